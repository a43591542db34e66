"""What a project costs and what land it takes: as its entry says, else by what it delivers."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from sim.common.language import Text
from sim.common.units import UnitError, factor, is_known, per
from sim.model.draws.distribution import Distribution
from sim.model.projects.project import HOME_THINGS, THINGS, Chance, Delivers
from sim.model.services.service import EVIDENCE, Figure, Service
from sim.scenario.quantities import Number, Spot, number
from sim.scenario.shapes.project_file import ProjectEntry
from sim.scenario.shapes.service_file import FigureEntry
from sim.scenario.shapes.values import Valued
from sim.scenario.shapes.words import text_of
from sim.scenario.texts import tr

MONEY: Final = "yuan"
AREA: Final = "m²"
_CERTAIN: Final = Distribution("certain")


class Each(NamedTuple):
    """What one of a thing costs or takes: its value and plausible range."""

    value: float
    low: float
    high: float
    source: Text | None


class Thing(NamedTuple):
    """What projects may deliver: its unit and name, what one costs [yuan] and what land it takes [m²], where known."""

    unit: str
    name: Text
    cost: Each | None = None
    land: Each | None = None


class Rule(NamedTuple):
    """What a kind of project says instead of the things: cost and land of one of the thing `of`."""

    of: str | None
    cost: Each | None
    land: Each | None


OWN_NAMES: Final = {
    "jobs": tr("jobs", context="things"),
    "homes": tr("homes for the market"),
    "public_rental_homes": tr("public rental homes"),
    "affordable_homes": tr("affordable rental homes"),
    "talent_homes": tr("homes for talents"),
    "resettlement_homes": tr("resettlement homes"),
    "renovated_homes": tr("renovated homes"),
    "demolished_homes": tr("demolished homes"),
}
OWN_THINGS: Final = {thing: Thing("job" if thing == "jobs" else "home", OWN_NAMES[thing]) for thing in THINGS}
"""What projects deliver besides the capacity of services."""


def things_of(services: Iterable[Service]) -> dict[str, Thing]:
    """Everything that projects may deliver, by name: the capacity of services, homes and jobs.

    A service that is part of another costs nothing of its own: its cost is counted there.
    """
    made = {}
    for service in services:
        cost, land = (None, None) if service.part_of else (service.unit_cost, service.land)
        area = "share" if service.unit == AREA else per_unit(AREA, service.unit)
        made[service.id] = Thing(
            service.unit, service.name, _figure(cost, per_unit(MONEY, service.unit)), _figure(land, area)
        )
    return {**made, **OWN_THINGS}


def per_unit(name: str, unit: str) -> str:
    """The unit of a figure that says how much of `of` goes to one `unit`; `of` itself where there is no such word."""
    wanted = per(name, unit)
    return wanted if is_known(wanted) else name


def each(entry: FigureEntry, unit: str, spot: Spot) -> Each | None:
    """A figure of a file in `unit`; None, and a fault, where its own unit is of another quantity."""
    try:
        scale = factor(entry.unit, unit)
    except UnitError as wrong:
        allowed = ", ".join(wrong.allowed)
        problem = tr("unit {unit} does not fit; allowed: {allowed}", unit=entry.unit, allowed=allowed)
        spot.report(problem, "unit", nearest=wrong.close)
        return None
    low = entry.value if entry.low is None else entry.low
    high = entry.value if entry.high is None else entry.high
    kind, words = EVIDENCE[entry.evidence], text_of(entry.source)
    source = tr("{kind}: {words}", kind=kind, words=words)
    return Each(entry.value * scale, low * scale, high * scale, source)


def number_of(written: float | Valued, unit: str, spot: Spot) -> Number | None:
    """One number of 0 or more in `unit`; None, and a fault, if it is none."""
    if isinstance(written, Valued) and isinstance(written.value, dict):
        spot.report(tr("one number is expected here, without years"))
        return None
    made = number(written, unit, spot)
    if made is not None and min(*made.values, made.dist.low if made.dist else 0.0, 0.0) < 0.0:
        spot.report(tr("must not be negative"))
        return None
    return made


def cost_of(
    entry: ProjectEntry, rule: Rule, delivers: Sequence[Delivers], things: Mapping[str, Thing], spot: Spot
) -> Chance | None:
    """The investment of a project [yuan]; None, and a fault, where nothing says what it costs."""
    if entry.cost is not None:
        return _own_cost(entry.cost, Spot(spot.document, (*spot.path, "cost"), spot.faults))
    own = rule.of if rule.cost is not None else None
    parts = [
        (part.amount, found)
        for part in delivers
        if (found := rule.cost if _is_of(part.what, own) else things[part.what].cost) is not None
    ]
    if not parts:
        spot.report(tr("nothing says what one of what it delivers costs: give cost"))
        return None
    return _sum(parts)


def land_of(
    entry: ProjectEntry, rule: Rule, delivers: Sequence[Delivers], things: Mapping[str, Thing], spot: Spot
) -> float | None:
    """The land of a project [whole m²]; none where nothing says that it takes any."""
    if entry.land is not None:
        made = number_of(entry.land, AREA, Spot(spot.document, (*spot.path, "land"), spot.faults))
        return None if made is None else float(round(made.values[0]))
    own = rule.of if rule.land is not None else None
    found = [(part.amount, rule.land if _is_of(part.what, own) else things[part.what].land) for part in delivers]
    return float(round(sum(amount * one.value for amount, one in found if one is not None)))


def _is_of(what: str, own: str | None) -> bool:
    """Whether a kind's figure is of this thing; one of homes is of homes of every tenure."""
    return what == own or {what, own} <= set(HOME_THINGS)


def _own_cost(written: float | Valued, spot: Spot) -> Chance | None:
    made = number_of(written, MONEY, spot)
    if made is None:
        return None
    if made.dist is not None and (made.dist.kind == "normal" or made.values[0] == 0.0 < made.dist.sd):
        spot.report(
            tr("a cost cannot be normal, which has no lower end, and a lognormal one must be above 0"),
            "dist",
        )
        return None
    return Chance(made.values[0], made.dist or _CERTAIN, made.source)


def _figure(figure: Figure | None, unit: str) -> Each | None:
    if figure is None:
        return None
    scale = factor(figure.unit, unit)
    return Each(figure.value * scale, figure.low * scale, figure.high * scale, figure.backing)


def _sum(parts: Sequence[tuple[float, Each]]) -> Chance:
    """The sum of costs that are high or low together: their modes and ends add up."""
    central = sum(amount * one.value for amount, one in parts)
    low = sum(amount * one.low for amount, one in parts)
    high = sum(amount * one.high for amount, one in parts)
    source = next((one.source for _, one in parts if one.source is not None), None)
    return Chance(central, Distribution("triangular", low=low, high=high) if low < high else _CERTAIN, source)
