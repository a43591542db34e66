"""Every county of a census with learnt rates, run without noise and summed, with factors on its moves or without."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.evidence.calibrate.free_parameters import LEARNT_PARAMETERS, deviations, lasting
from sim.evidence.calibrate.inputs import inputs_of
from sim.evidence.calibrate.learning import expected_at, lanes_of_rows
from sim.evidence.calibrate.prior import HORIZON, load_prior
from sim.evidence.calibrate.replay import Lanes, central, lived
from sim.model.arrays import Array, Integers
from sim.model.axes import AWAY, CITY, REGISTRATIONS, TOWN
from sim.model.people.kernels.year import LEDGER_ARRIVALS, LEDGER_BIRTHS, LEDGER_DEATHS
from sim.model.people.state import State
from sim.model.people.step import Flows
from sim.places.census import CensusRow, Kind
from sim.places.china.national import load_national
from sim.scenario.closure import FLOWS, KINDS, Factors

YEARS: Final = range(2021, 2026)
BLOCK: Final = 192
NATION: Final = "000000"
RESIDENTS, URBAN, BIRTHS, DEATHS = range(4)
MEASURES: Final = ("resident_pop", "urbanization_rate", "birth_rate", "death_rate")
NO_FACTORS: Final = np.ones((len(FLOWS), len(KINDS), len(YEARS)))


@dataclass(frozen=True, slots=True)
class Sums:
    """Residents, urban residents, births and deaths [persons], [year from the census on, county, figure]."""

    codes: tuple[str, ...]
    of: Array

    def changes(self, code: str) -> dict[tuple[str, int], float]:
        """Measures of the counties of a nation, province or prefecture, or of one, as `published` has them."""
        stem = "" if code == NATION else code[:2] if code.endswith("0000") else code.removesuffix("00")
        own = [i for i, county in enumerate(self.codes) if county.startswith(stem)]
        total = self.of[:, own].sum(axis=1)
        share = total[:, URBAN] / total[:, RESIDENTS]
        found = {}
        for i, year in enumerate(YEARS, start=1):
            middle = total[i - 1 : i + 1, RESIDENTS].mean()
            found["resident_pop", year] = float(100.0 * (total[i, RESIDENTS] / total[0, RESIDENTS] - 1.0))
            found["urbanization_rate", year] = float(100.0 * (share[i] - share[0]))
            found["birth_rate", year] = float(1e3 * total[i, BIRTHS] / middle)
            found["death_rate", year] = float(1e3 * total[i, DEATHS] / middle)
        return found


@dataclass(frozen=True, slots=True)
class Block:
    """Counties ready to run. parameters: learnt numbers [county, parameter]; kinds: position in KINDS [county]."""

    codes: tuple[str, ...]
    lanes: Lanes
    parameters: Array
    kinds: Integers


def prepared(rows: Sequence[CensusRow]) -> tuple[Block, ...]:
    """The counties with what is learnt of each, in blocks."""
    return tuple(_block(rows[first : first + BLOCK]) for first in range(0, len(rows), BLOCK))


def summed(blocks: Sequence[Block], factors: Array = NO_FACTORS) -> Sums:
    """The counties' own runs. factors: on their moves [flow, kind, year]."""
    codes = tuple(code for block in blocks for code in block.codes)
    return Sums(codes, np.concatenate([_lived(block, factors) for block in blocks], axis=1))


def on_moves(carried: Mapping[tuple[Kind, str], Factors]) -> Array:
    """Factors as runs carry them, as an array [flow, kind, year]; 1 where there are none."""
    found = NO_FACTORS.copy()
    for i, flow in enumerate(FLOWS):
        for j, kind in enumerate(KINDS):
            own = carried.get((kind, flow))
            if own is not None:
                found[i, j] = [own.values[own.years.index(year)] for year in YEARS]
    return found


def _block(rows: Sequence[CensusRow]) -> Block:
    prior, lanes = load_prior(), lanes_of_rows(rows, YEARS, load_national())
    kinds = [row.kind for row in rows]
    ahead = lanes_of_rows(rows, range(YEARS[0], YEARS[0] + HORIZON), load_national())
    found = expected_at(prior.known, ahead, inputs_of(prior.design, rows)).parameters * deviations()
    places = np.array([KINDS.index(kind) for kind in kinds])
    return Block(tuple(row.code for row in rows), lanes, lasting(LEARNT_PARAMETERS, found), places)


def _lived(block: Block, factors: Array) -> Array:
    values = central(block.lanes, block.parameters)
    for flow, paths in enumerate(FLOWS.values()):
        for path in paths:
            values[path] = values[path] * factors[flow][block.kinds]
    start = np.zeros((len(block.codes), len(MEASURES)))
    start[:, [RESIDENTS, URBAN]] = people_of(block.lanes.pop)
    _, years = lived(block.lanes, values, year_of)
    return np.stack([start, *years])


def year_of(state: State, flows: Flows) -> Array:
    """Residents, urban residents, births and deaths of a year [county, figure]."""
    cells = slice(0, AWAY * len(REGISTRATIONS))
    ledger = flows.ledger[0]
    births = ledger[:, LEDGER_BIRTHS:LEDGER_DEATHS][:, cells].sum(axis=1)
    deaths = ledger[:, LEDGER_DEATHS:LEDGER_ARRIVALS][:, cells].sum(axis=1)
    return np.column_stack([people_of(state.pop[0]), births, deaths])


def people_of(pop: Array) -> Array:
    """Residents and urban residents [persons], [county, 2]."""
    zones = pop.sum(axis=(2, 3, 4))
    return np.column_stack([zones[:, :AWAY].sum(axis=1), zones[:, CITY] + zones[:, TOWN]])
