"""The report of several scenarios side by side."""

from collections.abc import Callable, Sequence
from itertools import groupby
from math import inf, isinf
from pathlib import Path
from typing import Final

from sim.common.language import Language, Text
from sim.common.numbers import estimate, points
from sim.common.quickclass import quickclass
from sim.common.typography import sentence
from sim.output.charts import comparison
from sim.output.charts.style import Figure
from sim.output.layout.parts import Answers, Charts, Column, Page, Row, Section, Table
from sim.output.layout.render import write_page
from sim.output.layout.values import Cell, Styled, capital, kept, under
from sim.output.report.conditions import condition
from sim.output.report.listing import estimate_in, provenance
from sim.output.report.panel import aim, badge, titled
from sim.output.report.words import brief, chance, conditional, followed, is_opening, met, needs
from sim.output.texts import tr
from sim.run.answers import Condition, Need, Verdict
from sim.run.columns import Columns
from sim.run.comparison import Changes, Difference, Effect
from sim.run.curves import assessed, curves
from sim.run.differing import Differing
from sim.run.tables import RunTables
from sim.run.words import measure_name

_PLACE: Final = ("resident", "urbanization_rate")
_KINDS: Final = {
    "region": tr("Place"),
    "key": tr("Plan and run"),
    "policy": tr("Policies"),
    "setting": tr("Values that files and --set change"),
    "project": tr("Projects", context="heading"),
}
NONE: Final = Styled("—", "muted")
_MEASURES = ("urbanization_rate", "city")
_TOGETHER: Final = "\u00a0…\u00a0"
_DIGITS: Final = "+−0123456789.,"


@quickclass(frozen=True, slots=True)
class Apart:
    """How scenarios differ, by how much on the main measures, and whether they are of several places."""

    differing: Sequence[Differing] = ()
    effects: Sequence[Effect] = ()
    are_places: bool = False


NOTHING_APART: Final = Apart()


def compare(
    runs: Sequence[RunTables],
    path: Path,
    language: Language,
    differences: Columns | None = None,
    changes: Changes = (),
    apart: Apart = NOTHING_APART,
) -> None:
    """Write the comparison of runs to one HTML file.

    differences: paired differences against the first run, in the columns of a series; changes: the same of targets,
    by run; apart: how the scenarios differ, and by how much. Raises ValueError without runs.
    """
    write_page(page(runs, language, differences, changes, apart), Path(path), language)


def page(
    runs: Sequence[RunTables],
    language: Language,
    differences: Columns | None = None,
    changes: Changes = (),
    apart: Apart = NOTHING_APART,
) -> Page:
    """The comparison, before it is put into a file: first how the scenarios differ and by how much, then the rest."""
    if not runs:
        raise ValueError("nothing to compare: no run was given")
    medians = {f"medians-{measure}": comparison.medians(runs, measure, language) for measure in _MEASURES}
    chances = {"probabilities": comparison.probabilities(runs, language)} if any(map(assessed, runs)) else {}
    paired = Charts(_paired(runs, differences, language))
    first = places_table(runs) if apart.are_places else differing_table(runs, apart)
    answer = _effects(runs, apart, language), first, _answers(runs, language)
    body = (
        Section("answer", tr("The answer"), answer),
        Section("targets", tr("Targets", context="heading"), (verdicts(runs, language, changes), Charts(medians))),
        Section("chances", tr("Chances"), (Charts(chances, wide=True),)),
        Section("differences", tr("What the scenarios change"), (paired,)),
        Section("amounts", tr("Needs and deliveries"), (amounts(runs, language, changes),)),
        Section("provenance", tr("Provenance"), (provenance(runs),)),
    )
    name = runs[0].regions[0][1]
    heading = tr("{name}: {runs} scenarios side by side", name=name, runs=len(runs))
    if apart.are_places:
        heading = tr("{n} places side by side", n=len(runs))
    return Page(heading, " · ".join(run.title.in_(language) for run in runs), body)


def differing_table(runs: Sequence[RunTables], apart: Apart) -> Table:
    """How the scenarios differ: each policy, setting and project that not all have alike."""
    heads = (tr("What differs"), *(run.title for run in runs))
    rows = by_kind(apart.differing)
    notes = () if rows else (tr("Nothing differs: the scenarios ask for the same."),)
    return Table("differing", tr("How the scenarios differ"), tuple(map(Column, heads)), rows, notes)


def by_kind(differing: Sequence[Differing]) -> tuple[Row, ...]:
    """A row for each thing that differs, under the heading of its kind."""
    rows: list[Row] = []
    for kind, own in groupby(differing, lambda one: one.kind):
        rows += [(_KINDS[kind],), *(differing_row(one) for one in own)]
    return tuple(rows)


def differing_row(of: Differing) -> Row:
    """What each scenario has of something in which they differ."""
    return (under(capital(of.name), of.id), *(value or NONE for value in of.values))


def places_table(runs: Sequence[RunTables]) -> Table:
    """Residents and urbanization rate of each place in the base year, the year of the verdicts and the last one."""
    years = sorted({year for run in runs for year in (run.base_year, run.test_year, run.horizon)})
    rows: list[Row] = []
    for run in runs:
        found = curves(run, _PLACE)
        rows.append((run.title, *(estimate_in(found, one, year) for one in _PLACE for year in years)))
    names = (tr("Residents"), tr("Urban"))
    heads = (Text(f"{name.zh} {year}", f"{name.en} {year}") for name in names for year in years)
    columns = (Column(tr("Place")), *(Column(head, "number") for head in heads))
    caption = tr("Places: medians (80% band in brackets). They differ in more than policy; no effect is reckoned")
    return Table("places", caption, columns, tuple(rows))


def effect_words(apart: Apart, first: Text, language: Language) -> list[str]:
    """By how much each scenario is from the first, in a sentence each."""
    said = []
    for title, own in groupby(apart.effects, lambda one: one.scenario):
        effects = list(own)
        stop = tr("; ").in_(language)
        parts = stop.join(
            f"{lower(measure_name(one.measure, language))} {size(one.difference, language)}" for one in effects
        )
        text = tr(
            "{title} against {first}, {year}: {parts}", title=title, first=first, year=effects[0].year, parts=parts
        )
        said.append(text.in_(language))
    return said


def lower(name: str) -> str:
    """A name within a sentence."""
    return name[:1].lower() + name[1:]


def _effects(runs: Sequence[RunTables], apart: Apart, language: Language) -> Answers:
    return Answers(tuple(effect_words(apart, runs[0].title, language)), large=True)


def verdicts(runs: Sequence[RunTables], language: Language, changes: Changes = ()) -> Table:
    """Targets by scenario: status, probability, median, and how far it is from the first scenario."""
    caption = tr("Verdicts by scenario")
    return _matrix("verdicts", caption, runs, language, changes, assessed)


def amounts(runs: Sequence[RunTables], language: Language, changes: Changes = ()) -> Table:
    """Needs and deliveries by scenario, and how far each is from the first scenario."""
    caption = tr("Needs of facilities and promised deliveries by scenario")
    return _matrix(
        "amounts",
        caption,
        runs,
        language,
        changes,
        lambda run: (*needs(run), *followed(run), *met(run), *conditional(run)),
    )


def change(difference: Difference, language: Language) -> str:
    """How far a scenario is from the first one, as `+1,290 people (+689 people … +2,090 people)`, or that it is not."""
    if difference.same:
        return tr("same as the first").in_(language)
    return f"{tr('against the first').in_(language)} {size(difference, language)}"


def size(difference: Difference, language: Language) -> str:
    """A difference as `+1,290 people (+689 … +2,090)`."""
    if difference.unit == "month":
        middle, *ends = (_later(value, language) for value in (difference.median, difference.low, difference.high))
    else:
        nothing = points(0.0, difference.unit, language)
        if all(
            points(abs(value), difference.unit, language) == nothing
            for value in (difference.low, difference.median, difference.high)
        ):
            return tr("hardly any difference").in_(language)
        middle, *ends = (
            _signed(value, difference.unit, language) for value in (difference.median, difference.low, difference.high)
        )
        ends = ends if {*ends} == {middle} else _unit_once(middle, ends)
    return middle if {*ends} == {middle} else f"{middle} ({' … '.join(ends)})"


def _unit_once(middle: str, ends: Sequence[str]) -> list[str]:
    """The ends of a band without their unit, where it is that of the middle."""
    numbers = [text[: len(text) - len(text.lstrip(_DIGITS))] for text in (middle, *ends)]
    units = {text.removeprefix(number).rstrip("s") for number, text in zip(numbers, (middle, *ends), strict=True)}
    return numbers[1:] if len(units) == 1 and all(numbers) else list(ends)


def _signed(value: float, unit: str, language: Language) -> str:
    size = points(abs(value), unit, language)
    sign = "+" if value > 0.0 else "−"
    return size if size == points(0.0, unit, language) else sign + size


def _later(months: float, language: Language) -> str:
    """By how much a project opens later or earlier than in the first scenario."""
    if isinf(months):
        never = tr("no longer open within the run")
        return (never if months == inf else tr("now open within the run")).in_(language)
    whole = round(abs(months))
    if whole == 0:
        return tr("the same month").in_(language)
    unit = "month" if whole == 1 else "months"
    later = tr("{whole} {unit} later", whole=whole, unit=unit)
    return (later if months > 0.0 else tr("{whole} {unit} earlier", whole=whole, unit=unit)).in_(language)


def _matrix(
    id_: str,
    caption: Text,
    runs: Sequence[RunTables],
    language: Language,
    changes: Changes,
    chosen: Callable[[RunTables], Sequence[Verdict]],
) -> Table:
    """What each scenario says of each of the chosen targets, with its difference from the first scenario."""
    by_run = [{verdict.id: verdict for verdict in chosen(run)} for run in runs]
    apart = changes or [{}] * len(runs)
    rows = []
    for target in dict.fromkeys(target for found in by_run for target in found):
        known = next(found[target] for found in by_run if target in found)
        cells = (
            _cell(found[target], differences.get(target), language) if target in found else None
            for found, differences in zip(by_run, apart, strict=True)
        )
        rows.append((titled(known), under(aim(known, language), known.year and str(known.year)), *cells))
    heads = (tr("Target", context="indicator"), tr("Value"), *(run.title for run in runs))
    return Table(id_, caption, tuple(map(Column, heads)), tuple(rows))


def _cell(verdict: Verdict, difference: Difference | None, language: Language) -> Cell:
    lines = [sentence(change(difference, language)).replace(" … ", _TOGETHER)] if difference else []
    if isinstance(verdict.answer, Condition):
        return under(sentence(condition(verdict, language)), *lines)
    if verdict.probability is None:
        middle, band = _estimated(verdict, language)
        return under(kept(middle), *band, *lines)
    said: list[Cell] = [chance(verdict, language)]
    if not is_opening(verdict):
        middle, band = _estimated(verdict, language)
        said.append((middle, *(piece for one in band for piece in (" ", kept(one)))))
    elif verdict.first_year is not None:
        said.append(sentence(_opens(verdict.first_year, language)))
    return under(badge(verdict), *said, *lines)


def _estimated(verdict: Verdict, language: Language) -> tuple[str, list[str]]:
    """A median in its unit, with its band where there is one."""
    unit = verdict.answer.need_unit if isinstance(verdict.answer, Need) else verdict.unit
    middle, band = estimate(verdict.band, unit, language)
    return middle, [] if verdict.band[0] == verdict.band[2] else [f"({band})"]


def _opens(year: int, language: Language) -> str:
    return tr("opens in {year}", year=year).in_(language)


def _answers(runs: Sequence[RunTables], language: Language) -> Answers:
    """The first assessed target of each scenario in words, most likely first."""
    ranked = sorted((run for run in runs if assessed(run)), key=lambda run: -(assessed(run)[0].probability or 0.0))
    colon = tr(": ").in_(language)
    lines = (f"{run.title.in_(language)}{colon}{brief(assessed(run)[0], language)}" for run in ranked)
    return Answers(tuple(lines), several=True)


def _paired(runs: Sequence[RunTables], differences: Columns | None, language: Language) -> dict[str, Figure]:
    if differences is None or len(runs) < 2:
        return {}
    known = set(differences["measure"].tolist())
    return {
        f"difference-{measure}": comparison.differences(runs, differences, measure, language)
        for measure in _MEASURES
        if measure in known
    }
