"""Each textbook method on one region's facts: its figure, or why it has none."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from sim.common.language import Text
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

LEAST_YEARS: Final = 3


@dataclass(frozen=True, slots=True)
class Said:
    """What a method says of the residents [person] and the urban share [1] of a year, and on what basis."""

    resident: float | None
    rate: float | None
    basis: Text


@dataclass(frozen=True, slots=True)
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


def composite(of: Place) -> Said:
    """Residents at the growth between the two censuses."""
    residents, rate, natural = _grown(of)
    before, base = _two(of), of.facts.base_year
    basis = Text(
        f"{before}—{base}年年均增长{rate:.2%},其中自然增长{natural:.2%}({of.source('natural_growth').zh}),其余为机械增长",
        f"grew by {rate:.2%} a year in {before}–{base}; natural {natural:.2%} ({of.source('natural_growth').en}), the "
        "rest mechanical",
    )
    return Said(residents, None, basis)


def surplus(of: Place) -> Said:
    """Urban residents with the surplus of rural labour, over residents by composite growth."""
    land, per_worker = _needed(of, "farmland"), _needed(of, "land_per_worker")
    labour = of.value("rural_labour")
    labour = of.facts.rural_labour if labour is None else labour
    other = _other_jobs(of, labour)
    share, carried = _needed(of, "share_to_town"), _needed(of, "carried")
    countryside = Countryside(labour, land, per_worker, other)
    urban = surplus_labour(_urban(of), _needed(of, "natural_growth"), of.ahead, countryside, share, carried)
    residents, _, _ = _grown(of)
    spare = max(labour - land / per_worker - other, 0.0)
    ages = "—".join(map(str, WORKING_AGES))
    basis = Text(
        f"乡村{ages}岁劳动力{labour:,.0f}人,非农{other:,.0f}人,耕地{land:,.0f}亩、劳均{per_worker:g}亩,剩余{spare:,.0f}人,"
        f"{share:.0%}进本地城镇,带眷{carried:g};总人口按综合增长率法",
        f"{labour:,.0f} villagers of working age, {other:,.0f} in other jobs, {land:,.0f} mu at {per_worker:g} mu a "
        f"worker: {spare:,.0f} spare, {share:.0%} of them to these towns, {carried:g} dependants each; residents by "
        "composite growth",
    )
    return Said(None, min(urban / residents, 1.0), basis)


def demand(of: Place) -> Said:
    """Urban residents that the jobs of the year keep, over residents by composite growth."""
    jobs, growth = _jobs(of), _needed(of, "jobs_growth")
    if jobs <= 0.0:
        raise _LackError(Text("非农就业为0", "there are no jobs outside farming"))
    own = of.value("dependants")
    dependants = _urban(of) / jobs - 1.0 if own is None else own
    if dependants < 0.0:
        raise _LackError(
            Text("非农就业多于城镇人口,带眷系数无意义", "more jobs than urban residents: no dependants to reckon with")
        )
    to_come = jobs * (1.0 + growth) ** of.ahead
    residents, _, _ = _grown(of)
    of_base = Text("基年城镇人口与岗位之比", "urban residents a job in the base year")
    basis = Text(
        f"非农就业{jobs:,.0f}人,年增{growth:.1%}({of.source('jobs_growth').zh}),每岗带眷{dependants:.2f}"
        f"({(of.source('dependants') if own is not None else of_base).zh});总人口按综合增长率法",
        f"{jobs:,.0f} jobs outside farming growing by {growth:.1%} a year ({of.source('jobs_growth').en}), "
        f"{dependants:.2f} dependants a job ({(of.source('dependants') if own is not None else of_base).en}); "
        "residents by composite growth",
    )
    return Said(None, min(labour_demand(to_come, 1.0, dependants) / residents, 1.0), basis)


def correlation(of: Place) -> Said:
    """Residents on the logarithm of output."""
    known = sorted(of.facts.output)
    if len(known) < LEAST_YEARS:
        years = Text("、".join(map(str, known)) or "无", ", ".join(map(str, known)) or "none")
        raise _LackError(
            Text(
                f"同时有地区生产总值与可比人口的年份不足{LEAST_YEARS}个(有:{years.zh})",
                f"needs {LEAST_YEARS} years with both output and comparable residents; known: {years.en}",
            )
        )
    growth = _needed(of, "output_growth")
    line = economic_correlation(
        tuple(of.facts.output[year] for year in known), tuple(of.facts.people[year] for year in known)
    )
    last = of.facts.output[known[-1]] * (1.0 + growth) ** (of.year - known[-1])
    basis = Text(
        f"{known[0]}—{known[-1]}年{len(known)}个年份,R²={line.explained:.2f},产值年增{growth:.1%}",
        f"{len(known)} years of {known[0]}–{known[-1]}, R² = {line.explained:.2f}, output grows by {growth:.1%} a year",
    )
    return Said(line.at(math.log(last)), None, basis)


def united_nations(of: Place) -> Said:
    """Urban share at the urban less rural growth between the two censuses."""
    before, base = _two(of), of.facts.base_year
    first, second = _rate(of, before), _rate(of, base)
    if not (0.0 < first < 1.0 and 0.0 < second < 1.0):
        raise _LackError(Text("全部或全无城镇人口", "all residents, or none, are urban"))
    difference = growth_difference(first, second, base - before)
    basis = Text(
        f"{before}—{base}年城乡增长率差{difference:.2%}",
        f"urban less rural growth of {before}–{base}: {difference:.2%}",
    )
    return Said(None, urban_rural_growth_difference(second, difference, of.ahead), basis)


def logistic(of: Place) -> Said:
    """Urban share on a logistic curve through the base year's."""
    slope, ceiling = _needed(of, "logistic_slope"), _needed(of, "ceiling")
    basis = Text(
        f"斜率{slope:.2%}/年({of.source('logistic_slope').zh}),上限{ceiling:.0%}",
        f"slope {slope:.2%} a year ({of.source('logistic_slope').en}), ceiling {ceiling:.0%}",
    )
    return Said(None, logistic_rate(_rate(of, of.facts.base_year), slope, of.ahead, ceiling), basis)


@dataclass(frozen=True, slots=True)
class Method:
    """A textbook method. scored: as what the backtest knows it; unscored: why it does not."""

    id: str
    name: Text
    run: Callable[[Place], Said]
    scored: bool
    unscored: Text | None = None


_NO_JOBS: Final = Text("分县表2010年无就业数,无法评分", "not scored: the tables of 2010 hold no employment")
METHODS: Final = (
    Method("composite_growth", Text("综合增长率法", "composite growth"), composite, True),
    Method(
        "surplus_labour",
        Text("剩余劳动力转移法", "rural surplus labour"),
        surplus,
        False,
        Text("分县表无耕地,无法评分", "not scored: the county tables hold no farmland"),
    ),
    Method("labour_demand", Text("劳动力需求(带眷系数)法", "labour demand with dependants"), demand, False, _NO_JOBS),
    Method(
        "economic_correlation",
        Text("经济相关分析法", "economic correlation"),
        correlation,
        False,
        Text("分县表无生产总值,无法评分", "not scored: the county tables hold no output"),
    ),
    Method("growth_difference", Text("联合国法", "UN growth difference"), united_nations, True),
    Method("logistic", Text("逻辑斯蒂曲线法", "logistic curve"), logistic, True),
)


def said(method: Method, of: Place) -> Said:
    """What a method says, or why it cannot be used."""
    try:
        return method.run(of)
    except _LackError as lack:
        basis = Text(f"不适用:{lack.why.zh}", f"not applicable: {lack.why.en}")
    except ValueError as problem:
        basis = Text(f"不适用:{problem}", f"not applicable: {problem}")
    return Said(None, None, basis)


def _two(of: Place) -> int:
    if of.before is None:
        raise _LackError(Text("没有可比的上一次普查", "no comparable census before the base year"))
    return of.before


def _grown(of: Place) -> tuple[float, float, float]:
    """Residents of the year by composite growth, growth a year, and its natural part."""
    before, base = _two(of), of.facts.base_year
    now = of.facts.residents[base]
    rate = (now / of.facts.residents[before]) ** (1.0 / (base - before)) - 1.0
    natural = _needed(of, "natural_growth")
    return composite_growth(now, natural, rate - natural, of.ahead), rate, natural


def _needed(of: Place, name: str) -> float:
    value = of.value(name)
    if value is None:
        words = INPUTS[name].words
        raise _LackError(
            Text(f"缺{words.zh}({name},可由用户给出)", f"{words.en} is not known ({name}; the user may give it)")
        )
    return value


def _urban(of: Place) -> float:
    return of.facts.urban[of.facts.base_year]


def _rate(of: Place, year: int) -> float:
    if year not in of.facts.urban:
        raise _LackError(Text(f"{year}年无城镇人口", f"no urban residents of {year}"))
    return of.facts.urban[year] / of.facts.residents[year]


def _jobs(of: Place) -> float:
    own = of.value("jobs")
    if own is not None:
        return own
    if of.facts.employed is None or of.facts.farming is None:
        raise _LackError(Text("缺非农就业(jobs,可由用户给出)", "jobs are not known (jobs; the user may give them)"))
    return of.facts.employed - of.facts.farming


def _other_jobs(of: Place, labour: float) -> float:
    """Rural jobs outside farming: as given, else working villagers less farm workers of the census's long form."""
    own = of.value("other_rural_jobs")
    if own is not None:
        return own
    if of.facts.farming is None:
        raise _LackError(Text("缺农业就业", "people working in farming are not known"))
    return max(labour - of.facts.farming, 0.0)
