"""The answer of a run in words, before any table."""

from collections import Counter
from typing import Final

from sim.common.language import Language, Text, joined
from sim.common.numbers import (
    MISSING,
    about,
    canonical,
    estimate,
    grouped,
    in_canonical,
    percent,
    percent_error,
    points,
    quantity,
)
from sim.common.typography import sentence, typeset
from sim.output.report.conditions import condition
from sim.output.report.results import result
from sim.output.texts import tr
from sim.run.answers import (
    Condition,
    Delivery,
    Lacking,
    Met,
    Need,
    NoAnswer,
    Outcome,
    Supply,
    Verdict,
    Works,
)
from sim.run.curves import assessed, curves
from sim.run.tables import RunTables
from sim.run.words import CLASSES, MODELLED, status

_GOALS: Final = {
    "urbanization_rate": tr("urban", context="residents"),
    "hukou_urbanization_rate": tr("with urban registration"),
    "city": tr("in the county seat"),
    "urban": tr("in towns and the county seat"),
    "resident": tr("living in the county"),
}
_EVEN: Final = 0.5
_ENOUGH: Final = 0.95


def headline(tables: RunTables, language: Language) -> list[str]:
    """The run's answer: a paragraph for each target it assesses, then how many lines of the plan it covers.

    Where it assesses none, one line of where the region is heading.
    """
    if not tables.verdicts:
        return [typeset(unjudged(tables, language))]
    lines = [answer(tables, verdict, language) for verdict in assessed(tables)] or [unjudged(tables, language)]
    lines.append(coverage(tables, language))
    return [typeset(line) for line in lines]


def outlook(tables: RunTables, language: Language) -> str:
    """Where the region is heading: residents and urbanization rate at the test year and the horizon."""
    lines = curves(tables, ("urbanization_rate", "resident"))
    rate, people = lines.units["urbanization_rate"], lines.units["resident"]
    said = []
    for year in dict.fromkeys((tables.test_year, tables.horizon)):
        band = [lines.quantile("urbanization_rate", at)[year] for at in (0.1, 0.5, 0.9)]
        middle, around = estimate((band[0], band[1], band[2]), rate, language)
        residents = quantity(lines.quantile("resident", 0.5)[year], people, language)
        text = tr(
            "{year}: {middle} urban (80% band {around}), {residents}",
            year=year,
            middle=middle,
            around=around,
            residents=residents,
        )
        said.append(text.in_(language))
    return tr("; ").in_(language).join(said) + tr(".").in_(language)


def unjudged(tables: RunTables, language: Language) -> str:
    """A line of the plan that the world or the model answers without a chance, and where the region is heading."""
    if not tables.verdicts:
        return tr("No plan to judge. ").in_(language) + outlook(tables, language)
    told = [text for verdict in tables.verdicts if (text := _told(verdict, language))]
    if not told:
        return tr("No line of the plan is an outcome that the model drives. ").in_(language) + outlook(tables, language)
    return min(told, key=lambda one: one[0])[1] + outlook(tables, language)


def _told(verdict: Verdict, language: Language) -> tuple[int, str] | None:
    """What is said of a line without a chance, after its rank: what came, then needs, then conditions."""
    said, title = verdict.answer, verdict.title.in_(language)
    if verdict.came is not None and verdict.came.is_known:
        text, rank = result(verdict.came, language), 0 if verdict.came.value is not None else 1
    elif isinstance(said, Need):
        text, rank = tr("needs {amount}", amount=quantity(said.median, said.need_unit, language)).in_(language), 3
    elif isinstance(said, Condition):
        text, rank = condition(verdict, language), 2 if isinstance(said, Lacking | Works) else 4
    else:
        return None
    year = tr(" by {year}", year=verdict.year).in_(language) if verdict.year else ""
    return rank, sentence(tr("{title}{year}: {text}. ", title=title, year=year, text=text).in_(language))


def needs(tables: RunTables) -> tuple[Verdict, ...]:
    """Standards of the plan whose need the model says."""
    return tuple(verdict for verdict in tables.verdicts if isinstance(verdict.answer, Need))


def followed(tables: RunTables) -> tuple[Verdict, ...]:
    """Commitments whose number the scenario itself sets."""
    return tuple(verdict for verdict in tables.verdicts if isinstance(verdict.answer, Delivery))


def met(tables: RunTables) -> tuple[Verdict, ...]:
    """Targets that were reached in the base year and are never lost."""
    return tuple(verdict for verdict in tables.verdicts if isinstance(verdict.answer, Met))


def unassessed(tables: RunTables) -> tuple[Verdict, ...]:
    """Every other line of the plan; none is dropped."""
    return tuple(verdict for verdict in tables.verdicts if isinstance(verdict.answer, NoAnswer))


def is_facility(verdict: Verdict) -> bool:
    """Whether a need is held against what there is of its service."""
    return isinstance(verdict.answer, Supply)


def is_opening(verdict: Verdict) -> bool:
    """Whether the verdict says if a project opens in time."""
    return verdict.measure.startswith("project.")


def answer(tables: RunTables, verdict: Verdict, language: Language) -> str:
    """What the run says of one target: how likely, where the median lies, what is lacking, what holds it back."""
    parts = [_chance(verdict, language), _median(verdict, language)]
    lacking = shortfall(tables, verdict, language)
    if lacking:
        parts.append(tr("short by {lacking}", lacking=lacking).in_(language))
    if not is_facility(verdict):
        parts.append(_reached(tables, verdict, language))
    middle = tr("; ").in_(language).join(part for part in parts[1:] if part)
    text = parts[0] + tr(". ").in_(language) + middle + tr(".").in_(language)
    held = obstacle(verdict, language)
    if held:
        text += _decisive(verdict, held).in_(language)
    return text


def brief(verdict: Verdict, language: Language) -> str:
    """How likely a target is and where the median lies, in two short sentences."""
    stop = tr(". ").in_(language)
    said = [_chance(verdict, language), _median(verdict, language)]
    return "".join(part + stop for part in said if part).strip()


def goal(verdict: Verdict, language: Language) -> str:
    """What a target asks for, as a phrase after `to`."""
    if is_opening(verdict):
        return tr("have it open ({title})", title=verdict.title).in_(language)
    value = quantity(verdict.value, verdict.unit, language, exact=True)
    if language == "zh":  # a pair: the name comes first in Chinese and last in English
        name = _GOALS[verdict.measure].zh if verdict.measure in _GOALS else verdict.title.zh
        word = {"at_least": "达到", "at_most": "不超过", "about": "约为"}.get(verdict.op, "为")
        return f"{name}{word} {value} "
    verb = {"at_least": "reach", "at_most": "stay within", "about": "be about"}.get(verdict.op, "be")
    if verdict.measure in _GOALS:
        return f"{verb} {value} {_GOALS[verdict.measure].en}"
    return f"{verb} {value} ({verdict.title.en})"


def shortfall(tables: RunTables, verdict: Verdict, language: Language) -> str:
    """What the median lacks, in its unit, and for a rate also in about how many people; empty if nothing."""
    if not verdict.shortfall or verdict.shortfall <= 0.0:
        return ""
    if isinstance(verdict.answer, Supply):
        return quantity(max(verdict.answer.need - verdict.answer.capacity, 0.0), verdict.answer.need_unit, language)
    size = points(verdict.shortfall, verdict.unit, language)
    people = _lacking_people(tables, verdict)
    if people is None:
        return size
    words = grouped(about(people), 0)
    if verdict.measure == "urbanization_rate":
        return tr("{size}, about {words} people in towns", size=size, words=words).in_(language)
    return tr("{size}, about {words} people", size=size, words=words).in_(language)


def obstacle(verdict: Verdict, language: Language) -> str:
    """The uncertain input that moves the probability most; empty if none is known or the target is as good as met."""
    said = verdict.answer
    if not isinstance(said, Outcome) or not said.holds_back or said.probability >= _ENOUGH:
        return ""
    return said.holds_back[0].name.in_(language)


def first_reached(tables: RunTables, verdict: Verdict, language: Language) -> str:
    """The first year in which the median run reaches the value, or that it does not; of a need, nothing is known."""
    if is_facility(verdict):
        return MISSING
    if verdict.first_year is not None:
        return tr("{first_year}", first_year=verdict.first_year).in_(language)
    return tr("not by {horizon}", horizon=tables.horizon).in_(language)


def chance(verdict: Verdict, language: Language) -> str:
    """The probability with its error, as `23% (± 1)`."""
    if verdict.probability is None:
        return ""
    words = percent(verdict.probability)
    if verdict.probability_error is None:
        return words
    error = percent_error(verdict.probability_error)
    return words + tr(" ({error})", error=error).in_(language)


def coverage(tables: RunTables, language: Language) -> str:
    """How many lines of the plan there are, and of each class."""
    title = tables.plan_title
    plan = tr("“{title}”", title=title) if title else tr("the plan")
    counted = Counter[str](verdict.class_ for verdict in tables.verdicts)
    kinds = [(counted[name], word) for name, word in CLASSES.items() if counted[name]]
    part = joined([tr("{n} {kind}", n=many, kind=word) for many, word in kinds], "、", ", ")
    many = len(tables.verdicts)
    if many == 1:
        text = tr("One line in {plan}: {part}.", plan=plan, part=part)
    else:
        text = tr("{lines} lines in {plan}: {part}.", lines=many, plan=plan, part=part)
    return text.in_(language)


def conditional(tables: RunTables) -> tuple[Verdict, ...]:
    """Lines that hang on something assumed for them."""
    return tuple(verdict for verdict in tables.verdicts if isinstance(verdict.answer, Condition))


def since(verdict: Verdict, language: Language) -> str:
    """Since when a target is met; empty where it is no such target."""
    said = verdict.answer
    return tr("met since {year}", year=said.since).in_(language) if isinstance(said, Met) else ""


def _decisive(verdict: Verdict, name: str) -> Text:
    if (verdict.probability or 0.0) < _EVEN:
        return tr(" What holds it back most: {name}.", name=name)
    return tr(" What decides it most: {name}.", name=name)


def _chance(verdict: Verdict, language: Language) -> str:
    word = status(verdict.status, language) if verdict.status in MODELLED else verdict.status
    odds, what = chance(verdict, language), goal(verdict, language)
    return tr("{word}: {odds} to {what} by the end of {year}", word=word, odds=odds, what=what, year=verdict.year).in_(
        language
    )


def _median(verdict: Verdict, language: Language) -> str:
    if is_opening(verdict):
        return ""
    middle, band = estimate(verdict.band, verdict.unit, language)
    said = tr("Median {middle} (80% band {band})", middle=middle, band=band).in_(language)
    held = verdict.answer
    if not isinstance(held, Supply):
        return said
    need, there = (quantity(amount, held.need_unit, language) for amount in (held.need, held.capacity))
    return said + tr("; {need} needed, {there} there", need=need, there=there).in_(language)


def _reached(tables: RunTables, verdict: Verdict, language: Language) -> str:
    if is_opening(verdict):
        year, last = verdict.first_year, tables.horizon
        said = tr("Opens in {year} in the median run", year=year)
        if year is None:
            said = tr("Not open by {last} in the median run", last=last)
        return said.in_(language)
    if verdict.op != "at_least":
        return ""
    if verdict.first_year is None:
        return tr("not reached by {horizon} in the median run", horizon=tables.horizon).in_(language)
    year = verdict.first_year
    return tr("reached in {year} in the median run", year=year).in_(language)


def _lacking_people(tables: RunTables, verdict: Verdict) -> float | None:
    whole = {"urbanization_rate": "resident", "hukou_urbanization_rate": "registered"}.get(verdict.measure)
    if whole is None or verdict.shortfall is None or canonical(verdict.unit) != "share":
        return None
    everyone = curves(tables, [whole]).median(whole, verdict.year)
    return None if everyone is None else in_canonical(verdict.shortfall, verdict.unit) * everyone
