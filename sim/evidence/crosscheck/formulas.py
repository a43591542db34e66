"""The six textbook methods by which planners forecast a county's people, beside the model.

They are in the customary handbooks of Chinese urban planning: 城市人口规模预测规程 (CECS) and textbooks after it; the
growth difference is that of United Nations (1974), Methods for Projections of Urban and Rural Population
(Manual VIII), ch. 3.
"""

import math

from sim.common.quickclass import quickclass


def composite_growth(persons: float, natural: float, mechanical: float, years: float) -> float:
    """Persons after some years by natural and mechanical growth (综合增长率法) [persons].

    P (1 + m + k)^n. natural, mechanical: growth a year [1/year], −1 < m + k.
    """
    rate = natural + mechanical
    if rate <= -1.0:
        raise ValueError("growth of −100% a year or less leaves nobody")
    return float(persons * (1.0 + rate) ** years)


@quickclass(frozen=True, slots=True)
class Countryside:
    """What the surplus of rural labour is reckoned from.

    labour: rural labour force [persons]; land: farmland [mu]; land_per_worker: farmland a worker tends [mu/person];
    other_jobs: rural jobs outside farming [persons].
    """

    labour: float
    land: float
    land_per_worker: float
    other_jobs: float = 0.0


def surplus_labour(
    urban: float, natural: float, years: float, countryside: Countryside, share: float, carried: float
) -> float:
    """Urban persons when surplus rural labour moves to town (剩余劳动力转移法) [persons].

    P (1 + m)^n + Z (1 + b) s, Z = labour − land / land per worker − other rural jobs, at least 0. urban: persons
    today; natural: their natural growth [1/year]; share: of the surplus that comes to this town [1]; carried:
    dependants that a mover brings [persons/person].
    """
    if countryside.land_per_worker <= 0.0:
        raise ValueError("farmland per worker must be above 0")
    surplus = max(countryside.labour - countryside.land / countryside.land_per_worker - countryside.other_jobs, 0.0)
    return float(urban * (1.0 + natural) ** years + surplus * (1.0 + carried) * share)


def labour_demand(jobs: float, in_town: float, dependants: float) -> float:
    """Urban persons that a number of jobs keeps (带眷系数法) [persons]: jobs × share × (1 + dependants).

    jobs: urban jobs [persons]; in_town: share of their holders who live in town [1]; dependants a job holder
    [persons/person].
    """
    if not 0.0 <= in_town <= 1.0:
        raise ValueError("the share of job holders in town must lie between 0 and 1")
    return jobs * in_town * (1.0 + dependants)


@quickclass(frozen=True, slots=True)
class Line:
    """A straight line y = intercept + slope · x, and the share of the variance it explains."""

    intercept: float
    slope: float
    explained: float

    def at(self, x: float) -> float:
        """The line's value."""
        return self.intercept + self.slope * x


def economic_correlation(output: tuple[float, ...], persons: tuple[float, ...]) -> Line:
    """Persons on the logarithm of output, by least squares (经济相关分析法): P = a + b ln(GDP).

    output: GDP at constant prices of past years, at least three [any unit]; persons of the same years. Use as
    `line.at(log(output to come))`.
    """
    if len(output) != len(persons) or len(output) < 3:
        raise ValueError("at least three years of output and persons, of the same years")
    x = [math.log(value) for value in output]
    mean_x, mean_y = sum(x) / len(x), sum(persons) / len(persons)
    spread = sum((value - mean_x) ** 2 for value in x)
    if spread == 0.0:
        raise ValueError("output that never changes explains nothing")
    slope = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, persons, strict=True)) / spread
    total = sum((value - mean_y) ** 2 for value in persons)
    explained = 1.0 if total == 0.0 else slope**2 * spread / total
    return Line(mean_y - slope * mean_x, slope, explained)


def urban_rural_growth_difference(rate: float, difference: float, years: float) -> float:
    """Urban share after some years when the urban growth rate stays above the rural (联合国法) [1].

    rate: urban share today [1]; difference: urban less rural growth rate [1/year]. The ratio of urban to rural
    people grows by that difference.
    """
    _check_share(rate)
    if rate in (0.0, 1.0):
        return rate
    ratio = rate / (1.0 - rate) * math.exp(difference * years)
    return ratio / (1.0 + ratio)


def growth_difference(first: float, second: float, years: float) -> float:
    """Urban less rural growth rate between two urban shares [1/year]."""
    for rate in (first, second):
        if not 0.0 < rate < 1.0:
            raise ValueError("a growth difference needs urban and rural people at both times")
    return (math.log(second / (1.0 - second)) - math.log(first / (1.0 - first))) / years


def logistic_rate(rate: float, slope: float, years: float, ceiling: float = 1.0) -> float:
    """Urban share after some years on a logistic curve through today's (逻辑斯蒂曲线法) [1].

    slope: of the curve's logit [1/year]; ceiling: the share that it tends to [1]. A share at or over the
    ceiling stays. With a ceiling of 1 it is the growth difference under another name.
    """
    _check_share(rate)
    if not 0.0 < ceiling <= 1.0:
        raise ValueError("the ceiling must lie above 0 and be at most 1")
    if rate >= ceiling:
        return rate
    return ceiling * urban_rural_growth_difference(rate / ceiling, slope, years)


def _check_share(rate: float) -> None:
    if not 0.0 <= rate <= 1.0:
        raise ValueError(f"an urban share of {rate}, expected 0 to 1")
