"""What the compiled year is given: constants of a region, and rates of every year and draw."""

from collections.abc import Mapping, Sequence

import numpy as np

from sim.model.arrays import Array
from sim.model.axes import AWAY
from sim.model.inputs import gathered
from sim.model.people import transfer, vital
from sim.model.people.changes import CHANGES
from sim.model.people.flows import ARRIVAL_PATHS, FLOWS
from sim.model.people.inputs import PeopleInputs

N_OWN_FLOWS = len(CHANGES)
DEVIATION_YEARS = 10.0
"""Years after which headship is off its trend by `household.headship_deviation`: from one census to the next."""


def flow_profiles(fixed: Mapping[str, float] | Mapping[str, Array]) -> Array:
    """Age profile of every flow of the kernel [1], [..., flow, sex × age]; changes of status have none (1)."""
    named = {key: _flat(shape) for key, shape in transfer.profiles(fixed).items()}
    moves = [named[flow.profile] for flow in FLOWS]
    return np.stack([*moves, *[np.ones_like(moves[0])] * N_OWN_FLOWS], axis=-2)


def arrival_profile(fixed: Mapping[str, float] | Mapping[str, Array], origin: Array) -> Array:
    """Share of arrivals by zone, sex and age, [..., zone without away, sex × age], each zone summing to 1.

    origin: persons, or their shares, where arrivals come from [sex, age]: a profile is of rates, not of people.
    """
    shape = _flat(transfer.named(fixed, "arrive") * origin)
    return np.stack([shape / shape.sum(axis=-1, keepdims=True)] * AWAY, axis=-2)


def _flat(shape: Array) -> Array:
    return shape.reshape(*shape.shape[:-2], -1)


def zone_deaths(deaths_ratio: Array, zone_mortality: Array) -> Array:
    """Cohort death ratios by zone [1], shape [zone, sex, age], at most 1."""
    return np.minimum(deaths_ratio[np.newaxis] * zone_mortality[:, np.newaxis, np.newaxis], 1.0)


def rates(values: Mapping[str, Array], years: Sequence[int], n_draws: int, national: Array) -> Array:
    """Columns of the kernel's rates, shape [draw, year, column]. national: as `vital.death_level` takes it [year]."""
    now = gathered(PeopleInputs, values)
    level = vital.death_level(now.mortality, np.asarray(years, dtype=np.float64), national)
    leading = [level, now.fertility.males_per_female, now.fertility.left_behind, *vital.total_fertility(now.fertility)]
    leading += [values[path] for path in ARRIVAL_PATHS.values()]
    flows = [values[flow.path] for flow in FLOWS]
    flows += [sum((values[path] for path in change.shares), start=np.zeros(1)) for change in CHANGES]
    return _columns([*leading, *flows], n_draws, len(years))


def counts(values: Mapping[str, Array], years: Sequence[int], n_draws: int) -> Array:
    """Persons a year that policies move by each flow over and above its rate, shape [draw, year, flow]."""
    none = np.zeros((1, len(years)))
    moved = [values[f"{flow.path}_count"] for flow in FLOWS]
    return _columns([*moved, *([none] * N_OWN_FLOWS)], n_draws, len(years))


def headship(values: Mapping[str, Array], years: Sequence[int], n_draws: int) -> Array:
    """Headship against the base year [1], shape [draw, year], before the floor of household size.

    A yearly change halves in every half-life since the base year; the deviation is what ten years bring beside it.
    """
    now, since = gathered(PeopleInputs, values).household, np.arange(len(years), dtype=np.float64)
    change = now.headship_trend * 0.5 ** (since / now.headship_half_life)
    level: Array = np.cumprod(1.0 + np.broadcast_to(change, (n_draws, len(years))), axis=1, dtype=np.float64)
    return level * now.headship_deviation ** ((since + 1.0) / DEVIATION_YEARS)


def _columns(parts: Sequence[Array], n_draws: int, n_years: int) -> Array:
    return np.stack([np.broadcast_to(part, (n_draws, n_years)) for part in parts], axis=-1)
