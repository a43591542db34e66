"""The target panel: outcomes, facilities, projects and commitments, each with its light and what holds it back."""

from collections.abc import Sequence
from typing import Final

from sim.common.language import Language, Text
from sim.common.numbers import MISSING, canonical, estimate, grouped, in_canonical, percent, quantity
from sim.common.typography import has_chinese, sentence
from sim.output.charts.style import STATUS, TARGET
from sim.output.report.binding import binding
from sim.output.report.html import Cell, Html, element, joined, table
from sim.output.report.words import chance, first_reached, followed, is_facility, is_opening, obstacle, shortfall
from sim.output.texts import tr
from sim.run.curves import assessed
from sim.run.tables import RunTables, Verdict
from sim.run.words import COMPARISONS, SYMBOLS, status

_LIGHTS: Final = ((1.0, "certain"), (0.5, "possible"), (0.0, "out of reach"))
"""Light of a commitment by the share of it that is delivered."""
_BEGINS: Final = (
    tr("Verdict"),
    Text("指标", "Target"),
    tr("Value"),
    tr("Probability"),
)
_MEDIAN: Final = tr("Median and 80% band")
_MATTERS: Final = tr("What matters most")
_SHORT: Final = tr("Short by")
_BINDS: Final = tr("What binds")
_NOTHING: Final = tr("none")
_WIDTH: Final = 150
_HEIGHT: Final = 26


def panel(tables: RunTables, language: Language) -> Html:
    """A row for each outcome with a probability: red, amber or green by status, in words as well as in colour."""
    heads = (*_BEGINS, _MEDIAN, tr("Shortfall"), tr("First reached"), _MATTERS)
    outcomes = [verdict for verdict in assessed(tables) if not is_facility(verdict) and not is_opening(verdict)]
    rows = [_row(tables, verdict, language) for verdict in outcomes]
    return _table(tr("Targets with a probability"), heads, rows, language)


def supply_panels(tables: RunTables, language: Language) -> Html:
    """Rows for facilities against their needs, projects against their dates, and commitments against deliveries."""
    parts = _facilities(tables, language), _openings(tables, language), _commitments(tables, language)
    return joined(part for part in parts if part.markup)


def _facilities(tables: RunTables, language: Language) -> Html:
    heads = (*_BEGINS, _MEDIAN, tr("Need"), tr("There by then"), _SHORT, _BINDS)
    rows = [_facility(tables, verdict, language) for verdict in assessed(tables) if is_facility(verdict)]
    return _table(tr("Standards against what there is by then"), heads, rows, language)


def _facility(tables: RunTables, verdict: Verdict, language: Language) -> Sequence[Cell]:
    return [
        *_first(verdict, language),
        _between(verdict, language),
        *(quantity(amount, verdict.need_unit, language) for amount in (verdict.need, verdict.capacity)),
        shortfall(tables, verdict, language) or _NOTHING.in_(language),
        sentence(binding(tables, verdict, language)) or MISSING,
    ]


def _openings(tables: RunTables, language: Language) -> Html:
    verdict_, _, value, _ = _BEGINS
    in_time, opens = tr("Probability in time"), tr("Opens, median")
    heads = (verdict_, tr("Project"), value, in_time, opens, _BINDS)
    rows: list[Sequence[Cell]] = [
        [
            *_first(verdict, language),
            str(verdict.first_year) if verdict.first_year else first_reached(tables, verdict, language),
            sentence(binding(tables, verdict, language)) or MISSING,
        ]
        for verdict in assessed(tables)
        if is_opening(verdict)
    ]
    return _table(tr("Projects of the plan: open in time?"), heads, rows, language)


def _commitments(tables: RunTables, language: Language) -> Html:
    made = tr("By the scenario (median, 80% band)")
    heads = (tr("Delivered"), tr("Commitment"), _BEGINS[2], made, _SHORT, _BINDS)
    rows = [_commitment(tables, verdict, language) for verdict in followed(tables)]
    caption = tr("Commitments against what the scenario itself delivers (inputs, not outcomes)")
    return _table(caption, heads, rows, language)


def _commitment(tables: RunTables, verdict: Verdict, language: Language) -> Sequence[Cell]:
    share = max(min((verdict.delivered or 0.0) / verdict.value, 1.0), 0.0) if verdict.value else 1.0
    light = next(status_ for least, status_ in _LIGHTS if share >= least)
    middle, band = estimate((verdict.low, verdict.median, verdict.high), verdict.unit, language)
    around = f"({band})"
    if verdict.low == verdict.high:  # an input without any spread is said as the plan says it
        middle, around = quantity(verdict.median, verdict.unit, language, exact=True), ""
    words = element("span", SYMBOLS[light], " ", percent(share), classes="badge", attributes=_painted(light))
    return [
        words,
        titled(verdict, language),
        under(element("span", aim(verdict, language), classes="nowrap"), _until(verdict)),
        under(element("span", middle, classes="nowrap"), around) if around else middle,
        shortfall(tables, verdict, language) or _NOTHING.in_(language),
        sentence(binding(tables, verdict, language)) or MISSING,
    ]


def _first(verdict: Verdict, language: Language) -> tuple[Cell, Cell, Cell, Cell]:
    """The cells with which every row with a probability begins."""
    return (
        badge(verdict, language),
        titled(verdict, language),
        under(element("span", aim(verdict, language), classes="nowrap"), _until(verdict)),
        Html(element("span", chance(verdict, language), classes="nowrap").markup + _meter(verdict).markup),
    )


def _until(verdict: Verdict) -> str:
    return MISSING if verdict.year is None else str(verdict.year)


def _table(caption: Text, heads: Sequence[Text], rows: Sequence[Sequence[Cell]], language: Language) -> Html:
    return table(caption.in_(language), [head.in_(language) for head in heads], rows)


def badge(verdict: Verdict, language: Language) -> Html:
    """The status as a coloured word with a symbol that fills as the chance grows."""
    symbol = element("span", SYMBOLS.get(verdict.status, ""), attributes='aria-hidden="true"')
    word = status(verdict.status, language)
    return element("span", symbol, " ", word, classes="badge", attributes=_painted(verdict.status))


def _painted(word: str) -> str:
    return f'style="background:{STATUS.get(word, "#566370")}"'


def aim(verdict: Verdict, language: Language) -> str:
    """The target's value with its comparison, as the plan sets it."""
    if verdict.value is None:
        return quantity(None, "", language)
    sign = COMPARISONS[verdict.op].in_(language) if verdict.op in COMPARISONS else ""
    if language == "en" and canonical(verdict.unit) == "place" and verdict.status != "need":
        return sign + grouped(verdict.value, 4, exact=True)  # the Chinese measure word counts anything
    return sign + quantity(verdict.value, verdict.unit, language, exact=True)


def titled(verdict: Verdict, language: Language) -> Html:
    """The target's title, with its number and where it stands in the plan below."""
    below = element("span", verdict.id)
    if verdict.source:
        below = Html(f"{below.markup} · {quoted(verdict.source.in_(language), language).markup}")
    return under(element("span", sentence(verdict.title.in_(language))), below)


def quoted(text: str, language: Language) -> Html:
    """A text as its author wrote it, marked where it is Chinese on an English page."""
    foreign = language == "en" and has_chinese(text)
    return element("span", text, attributes='lang="zh"' if foreign else "")


def under(above: Html, below: Cell) -> Html:
    """Something with a small line below it."""
    return Html(above.markup + element("small", below).markup)


def _row(tables: RunTables, verdict: Verdict, language: Language) -> Sequence[Cell]:
    return [
        *_first(verdict, language),
        _between(verdict, language),
        shortfall(tables, verdict, language) or _NOTHING.in_(language),
        first_reached(tables, verdict, language),
        sentence(obstacle(verdict, language)) or MISSING,
    ]


def _between(verdict: Verdict, language: Language) -> Html:
    """The median and its band in words, and beside the target as a small picture."""
    middle, band = estimate((verdict.low, verdict.median, verdict.high), verdict.unit, language)
    return Html(element("span", f"{middle} ({band})", classes="nowrap").markup + _strip(verdict).markup)


def _meter(verdict: Verdict) -> Html:
    share = 100.0 * (verdict.probability or 0.0)
    colour = STATUS.get(verdict.status, "#566370")
    bar = f'<i style="width:{share:.1f}%;background:{colour}"></i>'
    return element("span", Html(bar), classes="meter", attributes='aria-hidden="true"')


def _strip(verdict: Verdict) -> Html:
    """The 80% band as a bar, the median as a tick and the target as a diamond, on one small line."""
    found = [verdict.low, verdict.median, verdict.high, verdict.value]
    if any(value is None for value in found):
        return Html("")
    low, median, high, value = (in_canonical(v, verdict.unit) for v in found if v is not None)
    least, most = min(low, value), max(high, value)
    room = (most - least) or 1.0
    at = [round(8 + (_WIDTH - 16) * (v - least) / room, 1) for v in (low, median, high, value)]
    middle = _HEIGHT / 2
    colour = STATUS.get(verdict.status, "#566370")
    shapes = (
        f'<line x1="4" x2="{_WIDTH - 4}" y1="{middle}" y2="{middle}" stroke="#d5dbe1"/>'
        f'<rect x="{at[0]}" y="{middle - 5}" width="{max(at[2] - at[0], 1.0):.1f}" height="10" rx="2" '
        f'fill="{colour}" opacity=".35"/>'
        f'<line x1="{at[1]}" x2="{at[1]}" y1="{middle - 8}" y2="{middle + 8}" stroke="{colour}" stroke-width="2.5"/>'
        f'<path d="M{at[3]} {middle - 7}l6 7-6 7-6-7z" fill="{TARGET}" stroke="#fff"/>'
    )
    frame = f'width="{_WIDTH}" height="{_HEIGHT}" viewBox="0 0 {_WIDTH} {_HEIGHT}" aria-hidden="true" focusable="false"'
    return Html(f'<svg class="strip" {frame}>{shapes}</svg>')
