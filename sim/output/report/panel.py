"""The target panel: outcomes, facilities, projects and commitments, each with its light and what holds it back."""

from typing import Final

from sim.common.language import Language
from sim.common.numbers import canonical, grouped, percent, quantity
from sim.common.typography import sentence
from sim.output.charts.style import MUTED, STATUS
from sim.output.layout.parts import Column, Table, listed
from sim.output.layout.values import Badge, Cell, Estimate, Meter, Quantity, Quoted, Strip, capital, kept, under
from sim.output.report.binding import binding
from sim.output.report.conditions import condition
from sim.output.report.words import (
    chance,
    conditional,
    first_reached,
    followed,
    is_facility,
    is_opening,
    met,
    obstacle,
    shortfall,
    since,
)
from sim.output.texts import tr
from sim.run.answers import Delivery, Outcome, Supply, Verdict
from sim.run.curves import assessed
from sim.run.tables import RunTables
from sim.run.words import COMPARISONS, SYMBOLS
from sim.run.words import STATUS as WORDS

_LIGHTS: Final = ((1.0, "certain"), (0.5, "possible"), (0.0, "out of reach"))
"""Light of a commitment by the share of it that is delivered."""
_VERDICT: Final = Column(tr("Verdict"))
_TARGET: Final = Column(tr("Target", context="indicator"))
_VALUE: Final = Column(tr("Value"))
_PROBABILITY: Final = Column(tr("Probability"))
_MEDIAN: Final = Column(tr("Median and 80% band"))
_SHORT: Final = Column(tr("Short by"))
_BINDS: Final = Column(tr("What binds"))
_NOTHING: Final = tr("none")


def panel(tables: RunTables, language: Language) -> Table:
    """A row for each outcome with a probability: red, amber or green by status, in words as well as in colour."""
    return listed(
        "targets",
        tr("Targets with a probability"),
        [verdict for verdict in assessed(tables) if not is_facility(verdict) and not is_opening(verdict)],
        (_VERDICT, badge),
        (_TARGET, titled),
        (_VALUE, lambda one: _aimed(one, language)),
        (_PROBABILITY, lambda one: _odds(one, language)),
        (_MEDIAN, _between),
        (Column(tr("Shortfall")), lambda one: _lacking(tables, one, language)),
        (Column(tr("First reached")), lambda one: first_reached(tables, one, language)),
        (Column(tr("Could be promised at 50, 80, 95%")), lambda one: promise(one, language)),
        (Column(tr("What matters most")), lambda one: sentence(obstacle(one, language)) or None),
    )


def promise(verdict: Verdict, language: Language) -> str | None:
    """The values that could be promised with 50, 80 and 95%; None where there are none."""
    said = verdict.answer
    if not isinstance(said, Outcome | Supply) or said.promised is None:
        return None
    return " · ".join(quantity(value, verdict.unit, language) for value in said.promised)


def supply_panels(tables: RunTables, language: Language) -> tuple[Table, ...]:
    """Rows for facilities against their needs, projects against their dates, and commitments against deliveries."""
    return (
        _facilities(tables, language),
        _openings(tables, language),
        _conditional(tables, language),
        _met(tables, language),
        _commitments(tables, language),
    )


def _conditional(tables: RunTables, language: Language) -> Table:
    return listed(
        "conditions",
        tr("Conditional: lines that hang on a start or a growth that is assumed"),
        conditional(tables),
        (_TARGET, titled),
        (_VALUE, lambda one: _aimed(one, language)),
        (Column(tr("Condition")), lambda one: sentence(condition(one, language))),
    )


def _met(tables: RunTables, language: Language) -> Table:
    return listed(
        "met",
        tr("Met already: reached in the base year and never lost"),
        met(tables),
        (_VERDICT, lambda one: sentence(since(one, language))),
        (_TARGET, titled),
        (_VALUE, lambda one: _aimed(one, language)),
        (_MEDIAN, _between),
    )


def _facilities(tables: RunTables, language: Language) -> Table:
    return listed(
        "facility-targets",
        tr("Standards against what there is by then"),
        filter(is_facility, assessed(tables)),
        (_VERDICT, badge),
        (_TARGET, titled),
        (_VALUE, lambda one: _aimed(one, language)),
        (_PROBABILITY, lambda one: _odds(one, language)),
        (_MEDIAN, _between),
        (Column(tr("Need")), _needed),
        (Column(tr("There by then")), _there),
        (_SHORT, lambda one: _lacking(tables, one, language)),
        (_BINDS, lambda one: _binds(tables, one, language)),
    )


def _openings(tables: RunTables, language: Language) -> Table:
    opens = Column(tr("Opens, median"), "year")
    return listed(
        "openings",
        tr("Projects of the plan: open in time?"),
        filter(is_opening, assessed(tables)),
        (_VERDICT, badge),
        (Column(tr("Project")), titled),
        (_VALUE, lambda one: _aimed(one, language)),
        (Column(tr("Probability in time")), lambda one: _odds(one, language)),
        (opens, lambda one: one.first_year or first_reached(tables, one, language)),
        (_BINDS, lambda one: _binds(tables, one, language)),
    )


def _commitments(tables: RunTables, language: Language) -> Table:
    caption = tr("Set by the scenario: commitments whose number it takes over (inputs, not answers)")
    return listed(
        "commitments",
        caption,
        followed(tables),
        (Column(tr("Delivered")), _delivered),
        (Column(tr("Commitment")), titled),
        (_VALUE, lambda one: _aimed(one, language)),
        (Column(tr("By the scenario (median, 80% band)")), _made),
        (_SHORT, lambda one: _lacking(tables, one, language)),
        (_BINDS, lambda one: _binds(tables, one, language)),
    )


def _needed(verdict: Verdict) -> Cell:
    held = verdict.answer
    return Quantity(held.need, held.need_unit) if isinstance(held, Supply) else None


def _there(verdict: Verdict) -> Cell:
    held = verdict.answer
    return Quantity(held.capacity, held.need_unit) if isinstance(held, Supply) else None


def _delivered(verdict: Verdict) -> Badge:
    made = verdict.answer.delivered if isinstance(verdict.answer, Delivery) else 0.0
    share = max(min(made / verdict.value, 1.0), 0.0) if verdict.value else 1.0
    light = next(status for least, status in _LIGHTS if share >= least)
    return Badge(SYMBOLS[light], percent(share), STATUS[light])


def _made(verdict: Verdict) -> Cell:
    """What is delivered; an input without any spread is said as the plan says it."""
    low, median, high = verdict.band
    if low == high:
        return Quantity(median, verdict.unit, exact=True)
    return Estimate(low, median, high, verdict.unit)


def _odds(verdict: Verdict, language: Language) -> Meter:
    return Meter(chance(verdict, language), verdict.probability or 0.0, _colour(verdict))


def _aimed(verdict: Verdict, language: Language) -> Cell:
    return under(kept(aim(verdict, language)), verdict.year and str(verdict.year))


def _lacking(tables: RunTables, verdict: Verdict, language: Language) -> Cell:
    return shortfall(tables, verdict, language) or _NOTHING


def _binds(tables: RunTables, verdict: Verdict, language: Language) -> Cell:
    return sentence(binding(tables, verdict, language)) or None


def _between(verdict: Verdict) -> Strip:
    """The median and its band in words, and beside the target as a small picture."""
    found = Estimate(*verdict.band, verdict.unit, beside=True)
    return Strip(found, verdict.value, _colour(verdict))


def badge(verdict: Verdict) -> Badge:
    """The status as a coloured word with a symbol that fills as the chance grows."""
    return Badge(SYMBOLS.get(verdict.status, ""), WORDS.get(verdict.status, verdict.status), _colour(verdict))


def _colour(verdict: Verdict) -> str:
    return STATUS.get(verdict.status, MUTED)


def aim(verdict: Verdict, language: Language) -> str:
    """The target's value with its comparison, as the plan sets it."""
    if verdict.value is None:
        return quantity(None, "", language)
    sign = COMPARISONS[verdict.op].in_(language) if verdict.op in COMPARISONS else ""
    if language == "en" and canonical(verdict.unit) == "place" and verdict.status != "need":
        return sign + grouped(verdict.value, 4, exact=True)  # the Chinese measure word counts anything
    return sign + quantity(verdict.value, verdict.unit, language, exact=True)


def titled(verdict: Verdict) -> Cell:
    """The target's title, with its number and where it stands in the plan below."""
    source = (" · ", Quoted(verdict.source)) if verdict.source else ()
    return under(capital(verdict.title), (verdict.id, *source))
