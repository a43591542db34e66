"""Each textbook method on one region's facts: its figure, or why it has none."""

import math
from collections.abc import Callable, Mapping
from typing import Final

from sim.common.language import Text, joined, same
from sim.common.quickclass import quickclass
from sim.evidence.crosscheck.facts import WORKING_AGES, Facts
from sim.evidence.crosscheck.formulas import (
    Countryside,
    composite_growth,
    economic_correlation,
    growth_difference,
    labour_demand,
    logistic_rate,
    surplus_labour,
    urban_rural_growth_difference,
)
from sim.evidence.crosscheck.inputs import INPUTS, Given
from sim.evidence.texts import tr

LEAST_YEARS: Final = 3


@quickclass(frozen=True, slots=True)
class Said:
    """What a method says of the residents [person] and the urban share [1] of a year, and on what basis."""

    resident: float | None
    rate: float | None
    basis: Text


@quickclass(frozen=True, slots=True)
class Place:
    """Facts of a region, the inputs that hold for it, and the year asked for."""

    facts: Facts
    inputs: Mapping[str, Given]
    year: int

    @property
    def ahead(self) -> int:
        """Years after the base year."""
        return self.year - self.facts.base_year

    @property
    def before(self) -> int | None:
        """The census before the base year's, if there is a usable one."""
        return max((year for year in self.facts.residents if year < self.facts.base_year), default=None)

    def value(self, name: str) -> float | None:
        """An input as the user set it, else as it stands by default."""
        given = self.inputs.get(name, INPUTS[name].default)
        return None if given is None else given.value

    def source(self, name: str) -> Text:
        """What backs an input that has a value."""
        given = self.inputs.get(name) or INPUTS[name].default
        assert given is not None
        return given.source


class _LackError(Exception):
    """A figure that a method needs is not there."""

    def __init__(self, why: Text) -> None:
        self.why = why
        super().__init__(why.en)


def composite(place: Place) -> Said:
    """Residents at the growth between the two censuses."""
    residents, rate, natural = _grown(place)
    before, base = _two(place), place.facts.base_year
    basis = tr(
        "grew by {rate:.2%} a year in {before}–{base}; natural {natural:.2%} ({source}), the rest mechanical",
        rate=rate,
        before=before,
        base=base,
        natural=natural,
        source=place.source("natural_growth"),
    )
    return Said(residents, None, basis)


def surplus(place: Place) -> Said:
    """Urban residents with the surplus of rural labour, over residents by composite growth."""
    land, per_worker = _needed(place, "farmland"), _needed(place, "land_per_worker")
    labour = place.value("rural_labour")
    labour = place.facts.rural_labour if labour is None else labour
    other = _other_jobs(place, labour)
    share, carried = _needed(place, "share_to_town"), _needed(place, "carried")
    countryside = Countryside(labour, land, per_worker, other)
    urban = surplus_labour(_urban(place), _needed(place, "natural_growth"), place.ahead, countryside, share, carried)
    residents, _, _ = _grown(place)
    spare = max(labour - land / per_worker - other, 0.0)
    ages = "—".join(map(str, WORKING_AGES))
    basis = tr(
        "{labour:,.0f} villagers of working age, {other:,.0f} in other jobs, {land:,.0f} mu at "
        "{per_worker:g} mu a worker: {spare:,.0f} spare, {share:.0%} of them to these towns, "
        "{carried:g} dependants each; residents by composite growth",
        labour=labour,
        other=other,
        land=land,
        per_worker=per_worker,
        spare=spare,
        share=share,
        carried=carried,
        ages_zh=ages,
    )
    return Said(None, min(urban / residents, 1.0), basis)


def demand(place: Place) -> Said:
    """Urban residents that the jobs of the year keep, over residents by composite growth."""
    jobs, growth = _jobs(place), _needed(place, "jobs_growth")
    if jobs <= 0.0:
        raise _LackError(tr("there are no jobs outside farming"))
    own = place.value("dependants")
    dependants = _urban(place) / jobs - 1.0 if own is None else own
    if dependants < 0.0:
        raise _LackError(tr("more jobs than urban residents: no dependants to reckon with"))
    to_come = jobs * (1.0 + growth) ** place.ahead
    residents, _, _ = _grown(place)
    of_base = tr("urban residents a job in the base year")
    basis = tr(
        "{jobs:,.0f} jobs outside farming growing by {growth:.1%} a year ({source}), "
        "{dependants:.2f} dependants a job ({of}); residents by composite growth",
        jobs=jobs,
        growth=growth,
        source=place.source("jobs_growth"),
        dependants=dependants,
        of=Text(
            (place.source("dependants") if own is not None else of_base).zh,
            (place.source("dependants") if own is not None else of_base).en,
        ),
    )
    return Said(None, min(labour_demand(to_come, 1.0, dependants) / residents, 1.0), basis)


def correlation(place: Place) -> Said:
    """Residents on the logarithm of output."""
    known = sorted(place.facts.output)
    if len(known) < LEAST_YEARS:
        years = joined([same(str(year)) for year in known], "、", ", ") if known else tr("none")
        raise _LackError(
            tr(
                "needs {least_years} years with both output and comparable residents; known: {years}",
                least_years=LEAST_YEARS,
                years=years,
            )
        )
    growth = _needed(place, "output_growth")
    line = economic_correlation(
        tuple(place.facts.output[year] for year in known), tuple(place.facts.people[year] for year in known)
    )
    last = place.facts.output[known[-1]] * (1.0 + growth) ** (place.year - known[-1])
    basis = tr(
        "{years} years of {first}–{last}, R² = {explained:.2f}, output grows by {growth:.1%} a year",
        years=len(known),
        first=known[0],
        last=known[-1],
        explained=line.explained,
        growth=growth,
    )
    return Said(line.at(math.log(last)), None, basis)


def united_nations(place: Place) -> Said:
    """Urban share at the urban less rural growth between the two censuses."""
    before, base = _two(place), place.facts.base_year
    first, second = _rate(place, before), _rate(place, base)
    if not (0.0 < first < 1.0 and 0.0 < second < 1.0):
        raise _LackError(tr("all residents, or none, are urban"))
    difference = growth_difference(first, second, base - before)
    basis = tr(
        "urban less rural growth of {before}–{base}: {difference:.2%}", before=before, base=base, difference=difference
    )
    return Said(None, urban_rural_growth_difference(second, difference, place.ahead), basis)


def logistic(place: Place) -> Said:
    """Urban share on a logistic curve through the base year's."""
    slope, ceiling = _needed(place, "logistic_slope"), _needed(place, "ceiling")
    basis = tr(
        "slope {slope:.2%} a year ({source}), ceiling {ceiling:.0%}",
        slope=slope,
        source=place.source("logistic_slope"),
        ceiling=ceiling,
    )
    return Said(None, logistic_rate(_rate(place, place.facts.base_year), slope, place.ahead, ceiling), basis)


@quickclass(frozen=True, slots=True)
class Method:
    """A textbook method. scored: as what the backtest knows it; unscored: why it does not."""

    id: str
    name: Text
    run: Callable[[Place], Said]
    scored: bool
    unscored: Text | None = None


_NO_JOBS: Final = tr("not scored: the tables of 2010 hold no employment")
METHODS: Final = (
    Method("composite_growth", tr("composite growth"), composite, True),
    Method(
        "surplus_labour",
        tr("rural surplus labour"),
        surplus,
        False,
        tr("not scored: the county tables hold no farmland"),
    ),
    Method("labour_demand", tr("labour demand with dependants"), demand, False, _NO_JOBS),
    Method(
        "economic_correlation",
        tr("economic correlation"),
        correlation,
        False,
        tr("not scored: the county tables hold no output"),
    ),
    Method("growth_difference", tr("UN growth difference"), united_nations, True),
    Method("logistic", tr("logistic curve", context="method"), logistic, True),
)


def said(method: Method, place: Place) -> Said:
    """What a method says, or why it cannot be used."""
    try:
        return method.run(place)
    except _LackError as lack:
        basis = tr("not applicable: {why}", why=lack.why)
    except ValueError as problem:
        basis = tr("not applicable: {problem}", problem=problem)
    return Said(None, None, basis)


def _two(place: Place) -> int:
    if place.before is None:
        raise _LackError(tr("no comparable census before the base year"))
    return place.before


def _grown(place: Place) -> tuple[float, float, float]:
    """Residents of the year by composite growth, growth a year, and its natural part."""
    before, base = _two(place), place.facts.base_year
    now = place.facts.residents[base]
    rate = (now / place.facts.residents[before]) ** (1.0 / (base - before)) - 1.0
    natural = _needed(place, "natural_growth")
    return composite_growth(now, natural, rate - natural, place.ahead), rate, natural


def _needed(place: Place, name: str) -> float:
    value = place.value(name)
    if value is None:
        words = INPUTS[name].words
        raise _LackError(tr("{words} is not known ({name}; the user may give it)", words=words, name=name))
    return value


def _urban(place: Place) -> float:
    return place.facts.urban[place.facts.base_year]


def _rate(place: Place, year: int) -> float:
    if year not in place.facts.urban:
        raise _LackError(tr("no urban residents of {year}", year=year))
    return place.facts.urban[year] / place.facts.residents[year]


def _jobs(place: Place) -> float:
    own = place.value("jobs")
    if own is not None:
        return own
    if place.facts.employed is None or place.facts.farming is None:
        raise _LackError(tr("jobs are not known (jobs; the user may give them)"))
    return place.facts.employed - place.facts.farming


def _other_jobs(place: Place, labour: float) -> float:
    """Rural jobs outside farming: as given, else working villagers less farm workers of the census's long form."""
    own = place.value("other_rural_jobs")
    if own is not None:
        return own
    if place.facts.farming is None:
        raise _LackError(tr("people working in farming are not known"))
    return max(labour - place.facts.farming, 0.0)
