"""The tables and sentences of a check-up's page."""

from collections.abc import Sequence
from typing import Final

from sim.common.language import Language, Text, in_each
from sim.common.numbers import MISSING, percent, percent_error, points, quantity
from sim.common.typography import sentence
from sim.output.charts.style import STATUS
from sim.output.report.html import Cell, Html, element, joined, table
from sim.output.report.panel import quoted, under
from sim.output.texts import tr
from sim.questions.checkup.findings import Checkup, Curve, FigureFinding, TargetFinding
from sim.questions.checkup.words import band_words, goal, signed, since_words, threshold_words, verdict_words
from sim.run.words import SYMBOLS, measure_name, status

MOST_INPUTS: Final = 8


def warnings(of: Checkup, language: Language) -> Html:
    """The early warnings, or that there are none."""
    if not of.warnings:
        return element("p", tr("No warnings.").in_(language))
    heading = element("h3", tr("Early warnings").in_(language))
    items = element("ul", *(element("li", sentence(one.text.in_(language))) for one in of.warnings))
    return joined([heading, items])


def figures_table(of: Checkup, language: Language) -> Html:
    """Every published figure against its forecast."""
    heads = [
        tr("Figure"),
        tr("Year"),
        tr("Value (standard error)"),
        tr("Forecast (80% band)"),
        tr("Verdict"),
        tr("Source"),
    ]
    rows: list[Sequence[Cell]] = [_figure_row(of, one, language) for one in of.figures]
    caption = tr(
        "Forecasts made before the figure came (at the last check-up, else at the outset), with the errors of figures"
    )
    linked = [one for one in of.curves if one.linked]
    note = element("p", _link_words(of, linked, language)) if linked else Html("")
    return joined([table(caption.in_(language), [head.in_(language) for head in heads], rows, (2, 3)), note])


def _figure_row(of: Checkup, one: FigureFinding, language: Language) -> Sequence[Cell]:
    figure = one.figure
    error = points(figure.error, figure.unit, language)
    value = under(element("span", quantity(figure.value, figure.unit, language), classes="nowrap"), f"± {error}")
    verdict: Cell = verdict_words(one, language)
    if one.is_outside:
        verdict = element("span", verdict, classes="badge", attributes=f'style="background:{STATUS["unlikely"]}"')
    if not one.weighs:
        only = tr("shown only").in_(language)
        verdict = under(element("span", verdict), only)
    name = sentence(measure_name(figure.measure, language))
    place = dict(of.places)[figure.region].in_(language)
    return [
        under(element("span", name), place) if figure.region != of.places[0][0] else name,
        str(figure.year),
        value,
        band_words(one.forecast, figure.unit, language),
        verdict,
        quoted(figure.source, language),
    ]


def _link_words(of: Checkup, linked: Sequence[Curve], language: Language) -> str:
    parts = []
    for one in linked:
        name = measure_name(one.measure, language)
        if one.shift:
            sign = "+" if one.shift > 0 else "−"
            parts.append(f"{name} {sign} {points(abs(one.shift), one.unit, language)}")
        else:
            parts.append(f"{name} × {one.ratio:.4f}")
    listed = tr(", ").in_(language).join(parts)
    return tr(
        "The published area differs from the model's; they are linked by the base year "
        "{base_year}: {listed}. Everything here is in the published area.",
        base_year=of.base_year,
        listed=listed,
    ).in_(language)


def targets_table(of: Checkup, language: Language) -> Html:
    """Every target with a chance: before, and now."""
    heads = [
        tr("Verdict"),
        Text("指标", "Target"),
        tr("Value"),
        tr("Before"),
        tr("Now"),
        tr("Median and 80% band"),
    ]
    rows: list[Sequence[Cell]] = [
        [
            _badge(one, language),
            under(element("span", sentence(one.name.in_(language))), one.id),
            under(element("span", goal(one, language), classes="nowrap"), str(one.year)),
            percent(one.before.probability or 0.0),
            _now(one, language),
            band_words(one.now.band, one.unit, language),
        ]
        for one in of.targets
        if one.kind == "outcome"
    ]
    since = since_words(of, language)
    caption = tr("Chances of the targets (before: {since})", since=since)
    rest = tr("{unassessed} more lines of the plan are not assessed.", unassessed=of.unassessed)
    foot = element("p", rest.in_(language)) if of.unassessed else Html("")
    return joined([table(caption.in_(language), [head.in_(language) for head in heads], rows, (3, 4)), foot])


def _badge(one: TargetFinding, language: Language) -> Html:
    word, colour, symbol = status(one.now.status, language), STATUS[one.now.status], SYMBOLS[one.now.status]
    if one.met is not None:
        word = (tr("Met") if one.met else tr("Missed")).in_(language)
        colour, symbol = (STATUS["certain"], "✓") if one.met else (STATUS["out of reach"], "✗")
    return element("span", f"{symbol} {word}", classes="badge", attributes=f'style="background:{colour}"')


def _now(one: TargetFinding, language: Language) -> Cell:
    if one.met is not None:
        return under(element("span", quantity(one.came, one.unit, language)), tr("published").in_(language))
    error = percent_error(one.now.error or 0.0)
    return under(element("span", percent(one.now.probability or 0.0)), error)


def needs_table(of: Checkup, language: Language) -> Html:
    """What standards need: before, and now."""
    heads = [
        tr("Standard"),
        tr("Year"),
        tr("Need before"),
        tr("Need now"),
        tr("Change"),
    ]
    rows: list[Sequence[Cell]] = []
    for one in of.targets:
        if one.kind != "standard":
            continue
        then, now = one.before.band, one.now.band
        change = 100.0 * (now.median / then.median - 1.0) if then.median else 0.0
        rows.append(
            [
                under(element("span", sentence(one.name.in_(language))), one.id),
                str(one.year),
                band_words(then, one.unit, language),
                band_words(now, one.unit, language),
                f"{change + 0.0:+.1f}%".replace("-", "−").replace("−0.0%", "0.0%").replace("+0.0%", "0.0%"),
            ]
        )
    caption = tr("Needs that follow from the plan's standards (80% band)").in_(language)
    return table(caption, [head.in_(language) for head in heads], rows, (2, 3, 4))


def inputs_table(of: Checkup, language: Language) -> Html:
    """The inputs that the figures moved most."""
    heads = [
        tr("Input"),
        tr("Shift"),
        tr("Its middle"),
        tr("Spread, of before"),
    ]
    rows: list[Sequence[Cell]] = [
        [
            under(element("span", sentence(one.name.in_(language))), one.path),
            signed(one.shift, language),
            MISSING if one.factor is None else f"× {one.factor:.2f}",
            f"{100.0 * one.spread:.0f}%",
        ]
        for one in of.inputs[:MOST_INPUTS]
    ]
    caption = tr("The most moved first")
    return table(caption.in_(language), [head.in_(language) for head in heads], rows, (1, 2, 3))


def remedy(of: Checkup, language: Language) -> Html:
    """The hardest target, in words."""
    if of.priority is None:
        return element("p", tr("No open target has a probability.").in_(language))
    title = of.priority.title
    if not of.priority.influences:
        nothing = tr("The hardest target: {title}. No input moves it clearly beyond sampling error.", title=title)
        return element("p", nothing.in_(language))
    text = tr(
        "The hardest target: {title}. These inputs move it most now. It is a ranking of "
        "influence, not advice on cost or order; those marked as policies are in the scenario.",
        title=title,
    )
    return element("p", text.in_(language))


def review(of: Checkup, language: Language) -> Html:
    """What the last check-up expected, and what came."""
    if of.last_year is None:
        text = tr("This is the first check-up; follow it with --after.")
        return element("p", text.in_(language))
    lines = [
        element("li", sentence(_said_words(one, language)))
        for one in of.figures
        if one.said is not None and one.figure.year == of.year
    ]
    changed = [
        element("li", _revised_words(of, figure.measure, figure.year, figure.value, figure.unit, language))
        for figure in of.revised
    ]
    said = tr("What the check-up of {last_year} expected, and what came:", last_year=of.last_year)
    return joined([element("p", said.in_(language)), element("ul", *lines, *changed)])


def _said_words(one: FigureFinding, language: Language) -> str:
    figure = one.figure
    name, came = measure_name(figure.measure, language), quantity(figure.value, figure.unit, language)
    said = band_words(one.forecast, figure.unit, language)
    return tr(
        "{name}: expected {said}, came {came}: {one}",
        name=name,
        said=said,
        came=came,
        one=in_each(lambda language: verdict_words(one, language)),
    ).in_(language)


def _revised_words(of: Checkup, measure: str, year: int, old: float, unit: str, language: Language) -> str:
    new = next(one.value for one in of.known if (one.measure, one.year) == (measure, year))
    name = measure_name(measure, language)
    was, now = quantity(old, unit, language), quantity(new, unit, language)
    return tr("{name} of {year} revised from {was} to {now}", name=name, year=year, was=was, now=now).in_(language)


def evaluation(of: Checkup, language: Language) -> Html:
    """The forecast of an earlier year against what came."""
    found = of.evaluation
    if found is None:
        return Html("")
    heads = [tr("Figure"), tr("Year"), tr("Forecast then (80%)"),
             tr("Came"), tr("Off by")]  # fmt: skip
    rows: list[Sequence[Cell]] = [
        [
            sentence(measure_name(test.figure.measure, language)),
            str(test.figure.year),
            band_words(test.band, test.figure.unit, language),
            quantity(test.figure.value, test.figure.unit, language),
            ("+" if test.error >= 0 else "−") + points(abs(test.error), test.figure.unit, language),
        ]
        for test in found.tests
    ]
    heading = element("h3", tr("Evaluation").in_(language))
    met = sum(1 for _, reached, _ in found.met if reached)
    text = tr(
        "The forecast made at the end of {first} against figures until {last}: the 80% band held "
        "{held80:.0f}%, the 95% band {held95:.0f}%; of {met} targets due, {met_2} met.",
        first=found.first,
        last=found.last,
        held80=100 * found.held80,
        held95=100 * found.held95,
        met=len(found.met),
        met_2=met,
    )
    caption = tr("What was forecast, and what came").in_(language)
    return joined(
        [heading, element("p", text.in_(language)), table(caption, [h.in_(language) for h in heads], rows, (2, 3, 4))]
    )


def watch(of: Checkup, language: Language) -> Html:
    """Which figure of next year would decide a target."""
    lines = [(one, words) for one in of.targets if (words := threshold_words(one, language))]
    heads = [Text("指标", "Target"), tr("What next year's figure would say")]
    rows: list[Sequence[Cell]] = [
        [
            under(element("span", sentence(one.name.in_(language))), f"{one.id} · {goal(one, language)} · {one.year}"),
            sentence(words),
        ]
        for one, words in lines
    ]
    caption = tr("Thresholds").in_(language)
    return table(caption, [head.in_(language) for head in heads], rows)


def coming(of: Checkup, language: Language) -> Html:
    """The expected figures of next year."""
    heads = [tr("Figure"), tr("Expected in {year} (80% band)", year=of.year + 1)]
    rows: list[Sequence[Cell]] = [
        [sentence(measure_name(one.measure, language)), band_words(one.next, one.unit, language)]
        for one in of.curves
        if one.next is not None
    ]
    caption = tr("A figure outside its band next year is a warning").in_(language)
    return table(caption, [head.in_(language) for head in heads], rows, (1,))
