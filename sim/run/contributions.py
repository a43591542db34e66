"""What each policy of a scenario does to a measure, whatever the order in which they are put in force.

Shapley values (Shapley 1953, A value for n-person games): the mean, over all orders of the policies, of what a policy
changes when it joins those before it. Runs share their random numbers, so that draws are subtracted one by one.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import combinations
from math import factorial
from typing import Final, NamedTuple

import numpy as np

from sim.common.errors import Fault, InvalidInput, Place, nearest
from sim.common.language import Text
from sim.model.arrays import Array
from sim.run.assumed import gives_totals
from sim.run.experiment import outcomes
from sim.run.grounds import grounds, scenario_measures
from sim.run.lanes import Wanted
from sim.run.moves import Strength
from sim.run.scenario_run import case_of
from sim.run.tables import Contribution, Contributions
from sim.run.texts import tr
from sim.scenario.resolved import ResolvedScenario

MEASURE: Final = "urbanization_rate"
"""What policies are asked about unless somebody asks about something else."""

Members = frozenset[int]
Value = Callable[[Members], Array]

MOST_EXACT: Final = 6
"""Policies of which every combination is run: 2⁶ runs."""

ORDERS: Final = 12
"""Orders of more policies than that, each taken forwards and backwards."""

DRAWS: Final = 100
"""Draws of a run, of those that the scenario has: differences of paired draws need few."""

FEWEST: Final = 10
"""Draws below which what a policy adds is not said unless it is asked for."""


class Means(NamedTuple):
    """How contributions are worked out: threads, and who is told the share that is done."""

    jobs: int
    tell: Callable[[float], None] | None


def affordable(scenario: ResolvedScenario) -> int:
    """Draws with which contributions cost less than the run itself, at most DRAWS; 0 where too few would be left.

    Runs of contributions end in the test year, so that lane-years are compared. 0 too where control totals give the
    rate, to which no policy adds.
    """
    if not scenario.policies or gives_totals(MEASURE, (scenario.main,), scenario.test_year, scenario):
        return 0
    n = len(scenario.policies)
    members = 2**n if n <= MOST_EXACT else len(_prefixes(sampled_orders(n, scenario.seed)))
    whole = scenario.draws * (scenario.horizon - scenario.base_year)
    draws = min(DRAWS, scenario.draws, whole // (members * (scenario.test_year - scenario.base_year)))
    return draws if draws >= FEWEST else 0


def contributions(
    scenario: ResolvedScenario,
    measure: str = MEASURE,
    year: int | None = None,
    draws: int = DRAWS,
    jobs: int = 1,
    tell: Callable[[float], None] | None = None,
) -> Contributions:
    """What each policy does to a measure of the main region in a year (the test year), on the first `draws` draws.

    Every combination of at most MOST_EXACT policies is run, else a sample of orders. tell: told the share that is done.
    Raises InvalidInput as `check` does, and for a measure that does not exist in every draw.
    """
    at = scenario.test_year if year is None else year
    check(scenario, measure, at)
    names = sorted(policy.id for policy in scenario.policies)
    n, used = len(names), range(min(draws, scenario.draws))
    exact = n <= MOST_EXACT
    orders = () if exact else sampled_orders(n, scenario.seed)
    wanted = _subsets(n) if exact else _prefixes(orders)
    values = _values(
        scenario, wanted, Wanted(measure, grounds(scenario)[scenario.main].row, at), used, Means(jobs, tell)
    )
    if not all(np.isfinite(value).all() for value in values.values()):
        problem = tr("{measure} does not exist in {year} in some draws", measure=measure, year=at)
        raise InvalidInput([Fault(Place(scenario.name), "contributions", problem)])
    by_policy = shapley(values.__getitem__, n) if exact else over_orders(values.__getitem__, orders)
    labels = {policy.id: policy.name for policy in scenario.policies}
    rows = {id_: _row(id_, labels[id_], found, exact) for id_, found in zip(names, by_policy, strict=True)}
    return Contributions(
        measure=measure,
        unit=scenario_measures(scenario)[measure].unit,
        region=scenario.main,
        year=at,
        before=float(values[frozenset()].mean()),
        after=float(values[frozenset(range(n))].mean()),
        rows=tuple(rows[policy.id] for policy in scenario.policies),
        draws=len(used),
        runs=len(values),
        exact=exact,
    )


def shapley(value: Value, n: int) -> Array:
    """Shapley values of n members [member, order 1, draw]. value: of a set of members, [draw]."""
    found = []
    for one in range(n):
        others = [member for member in range(n) if member != one]
        share = np.zeros_like(value(frozenset()))
        for size in range(n):
            weight = factorial(size) * factorial(n - size - 1) / factorial(n)
            for chosen in combinations(others, size):
                before = frozenset(chosen)
                share = share + weight * (value(before | {one}) - value(before))
        found.append(share[np.newaxis])
    return np.stack(found) if found else np.zeros((0, 1, len(value(frozenset()))))


def over_orders(value: Value, orders: Sequence[Sequence[int]]) -> Array:
    """What each member changes when it joins, by order [member, order, draw]; its mean estimates the Shapley value."""
    found = np.empty((len(orders[0]), len(orders), len(value(frozenset()))))
    for row, order in enumerate(orders):
        before = frozenset[int]()
        for one in order:
            found[one, row] = value(before | {one}) - value(before)
            before |= {one}
    return found


def sampled_orders(n: int, seed: int, pairs: int = ORDERS) -> tuple[tuple[int, ...], ...]:
    """Random orders of n members, each followed by its reverse, which takes most of the noise away."""
    random = np.random.default_rng(seed)
    drawn = [tuple(int(one) for one in random.permutation(n)) for _ in range(pairs)]
    return tuple(order for forwards in drawn for order in (forwards, forwards[::-1]))


def _subsets(n: int) -> list[Members]:
    return [frozenset(chosen) for size in range(n + 1) for chosen in combinations(range(n), size)]


def _prefixes(orders: Iterable[Sequence[int]]) -> list[Members]:
    found = (frozenset(order[:size]) for order in orders for size in range(len(order) + 1))
    return list(dict.fromkeys(found))


def _values(
    scenario: ResolvedScenario,
    members: Sequence[Members],
    wanted: Wanted,
    draws: range,
    means: Means,
) -> dict[Members, Array]:
    """The measure with only some of the policies in force [draw], run up to the year that is asked for."""
    whole = case_of(scenario)
    until = replace(whole, years=range(whole.base_year + 1, wanted.year + 1))
    policies = sorted(scenario.policies, key=lambda policy: policy.id)
    inside = [[float(index in one) for index in range(len(policies))] for one in members]
    at = np.array(inside).reshape(len(members), len(policies)) * [policy.intensity for policy in policies]
    moves = [Strength(policy.id) for policy in policies]
    found = outcomes(until, moves, at, [wanted], draws, means.jobs, means.tell)[0].astype(np.float64)
    return dict(zip(members, found, strict=True))


def _row(policy: str, name: Text, by_order: Array, exact: bool) -> Contribution:
    """by_order: [order, draw]. The error is that of draws, and of orders where they were sampled."""
    shares = by_order.mean(axis=0)
    low, high = (float(bound) for bound in np.quantile(shares, (0.1, 0.9)))
    spread = float(shares.var(ddof=1)) / len(shares) if len(shares) > 1 else 0.0
    if not exact:
        pairs = by_order.mean(axis=1).reshape(-1, 2).mean(axis=1)
        spread += float(pairs.var(ddof=1)) / len(pairs)
    return Contribution(policy, name, float(shares.mean()), low, high, spread**0.5)


def check(scenario: ResolvedScenario, measure: str, year: int) -> None:
    """Raise InvalidInput for a measure or year that the scenario lacks, or where its control totals give the number."""
    known, place = scenario_measures(scenario), Place(scenario.name)
    faults = []
    if measure not in known:
        problem = tr("no measure is called {measure}", measure=measure)
        faults.append(Fault(place, "contributions", problem, nearest(measure, known)))
    if not scenario.base_year < year <= scenario.horizon:
        years = f"{scenario.base_year + 1}…{scenario.horizon}"
        faults.append(Fault(place, "contributions", tr("{year} must be in {years}", year=year, years=years)))
    if not faults and gives_totals(measure, (scenario.main,), year, scenario):
        name = known[measure].name
        problem = tr("control totals give {name} of {year}: no policy adds to it", name=name, year=year)
        faults.append(Fault(place, "contributions", problem))
    if faults:
        raise InvalidInput(faults)
