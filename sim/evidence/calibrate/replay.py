"""The decade between two censuses, run once with given knobs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.evidence.calibrate.knobs import KNOBS
from sim.model.arrays import Array
from sim.model.axes import AWAY, POP_SHAPE
from sim.model.engine import trajectory
from sim.model.people import rates as population
from sim.model.people.state import State
from sim.model.people.step import WEIGHTS, Constants, YearInputs, step
from sim.model.people.transfer_parameters import ARRIVAL_PATHS
from sim.model.people.villages import has_villages, kept_from_villages
from sim.model.registry import FIXED_PREFIXES, PARAMETERS
from sim.places.national import National

ARRIVAL_SHARES = (0.6, 0.25, 0.15)
"""Where outsiders arrive: county seat, towns, villages (assumption)."""


@dataclass(frozen=True, slots=True)
class Decade:
    """What is known before the fit: the first census as a base year, and the years until the second.

    pop: persons [zone, hukou, sex, age]; arrivals: prior of outsiders arriving a year [persons].
    """

    pop: Array
    years: range
    arrivals: float
    national: National


def central(of: Decade, knobs: Array) -> dict[str, Array]:
    """Values of all parameters with these knobs, each [1, year] (fixed ones repeat their number)."""
    defaults = {path: parameter.default for path, parameter in PARAMETERS.items()}
    for zone, path in ARRIVAL_PATHS.items():
        defaults[path] = of.arrivals * ARRIVAL_SHARES[zone]
    values = {path: np.full((1, len(of.years)), value) for path, value in defaults.items()}
    values["fertility.tfr"] = np.array([[of.national.tfr_of(year) for year in of.years]])
    values["fertility.males_per_female"] = np.array([[of.national.males_per_female_of(year) for year in of.years]])
    first, last = of.years[0] - 1, of.years[-1]
    fall = of.national.death_level_of(last) / of.national.death_level_of(first)
    values["mortality.decline"] = np.full((1, len(of.years)), 1.0 - fall ** (1.0 / (last - first)))
    for knob, number in zip(KNOBS, knobs, strict=True):
        for path in knob.paths:
            values[path] = values[path] * np.exp(number) if knob.kind == "times" else values[path] + number
    values = kept_from_villages(values, has_villages(of.pop))
    return {path: np.clip(value, PARAMETERS[path].low, PARAMETERS[path].high) for path, value in values.items()}


def replay(of: Decade, knobs: Array) -> Array:
    """Persons at the end of the decade, [zone, hukou, sex, age]."""
    return run(of.pop, of.years, central(of, knobs), of.national)


def run(pop: Array, years: Sequence[int], values: Mapping[str, Array], national: National) -> Array:
    """Persons after those years with central values and no noise, [zone, hukou, sex, age]."""
    fixed = {path: float(value[0, 0]) for path, value in values.items() if path.startswith(FIXED_PREFIXES)}
    middle = years[len(years) // 2]
    constants = Constants(
        deaths_ratio=population.zone_deaths(national.deaths_ratio, national.zone_mortality)[np.newaxis],
        fertility=np.broadcast_to(national.fertility_of(middle), (1, POP_SHAPE[0], POP_SHAPE[-1])).copy(),
        profiles=population.flow_profiles(fixed)[np.newaxis],
        arrival_profile=population.arrival_profile(fixed)[np.newaxis],
        weights=np.zeros((1, len(WEIGHTS), AWAY, POP_SHAPE[2] * POP_SHAPE[3])),
    )
    rates = population.rates(values, years, 1)
    counts = population.counts(values, years, 1)
    given = [
        YearInputs(year, rates[:, np.newaxis, i].copy(), counts[:, np.newaxis, i].copy())
        for i, year in enumerate(years)
    ]
    start = State(years[0] - 1, pop[np.newaxis, np.newaxis])
    last, _ = trajectory(lambda state, x: step(constants, state, x), start, given, lambda state, flows: None)
    people: Array = last.pop[0, 0]
    return people
