"""Years of homes for tests: parameters at their defaults, paths of households, and a run of them."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from sim.model.arrays import Array
from tests.model.economy import economy
from tests.model.oracle import homes_homes as homes
from tests.model.oracle.homes_inputs import HomesInputs
from tests.model.oracle.homes_stock import N_ZONES, TENURES, BaseHomes, Homes, HomesYear, Occupants, Opened

Path = Callable[[int], Array]
PERSONS = 2.7
COUNTY = BaseHomes(floor_per_person=41.0, rented=0.1)


def defaults(draws: int = 1, regions: int = 1) -> HomesInputs:
    return changed({}, draws, regions)


def changed(values: Mapping[str, float | Array], draws: int = 1, regions: int = 1) -> HomesInputs:
    """Defaults with some of them changed."""
    return economy(values, (draws, regions)).homes


def one(amount: object) -> float:
    """The number in an array of one."""
    return float(np.asarray(amount).item())


def lane(*households: float) -> Array:
    """One draw of one region [1, 1, zone]."""
    return np.array([[households]], dtype=np.float64)


def steady(*households: float) -> Path:
    return lambda _: lane(*households)


def begin(path: Path, now: HomesInputs, base: BaseHomes = COUNTY) -> Homes:
    households = path(0)
    return homes.start(households, households * PERSONS, [base] * households.shape[1], now)


def run(
    path: Path,
    nows: Sequence[HomesInputs],
    base: BaseHomes = COUNTY,
    opened: Mapping[int, Opened] | None = None,
    settled: float = 0.0,
) -> list[tuple[Homes, HomesYear]]:
    """The years 1, 2, … of a path of households, one for each of `nows`; year 0 is the base year."""
    stock, years = begin(path, nows[0], base), []
    for year, now in enumerate(nows, start=1):
        households = path(year)
        lanes = households.shape[:2]
        people = Occupants(households, households * PERSONS, np.full(lanes, settled))
        stock, flows = homes.year(stock, people, (opened or {}).get(year, nothing_opened(*lanes)), now)
        years.append((stock, flows))
    return years


def nothing_opened(draws: int, regions: int) -> Opened:
    """A year in which no project opened."""
    lanes = (draws, regions)
    return Opened(np.zeros((len(TENURES), *lanes, N_ZONES)), np.zeros((*lanes, N_ZONES)), np.zeros(lanes))
