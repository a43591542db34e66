"""The population kernel against C, against the textbook year and against NumPy."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import numpy as np

from sim.model.arrays import Array
from sim.model.people.changes import BOUNDARY_CHANGES
from sim.model.people.flows import FLOWS
from sim.model.people.kernels.step import space
from sim.model.people.kernels.year import N_LEADING
from sim.model.people.state import State
from sim.model.people.step import LEDGER_WIDTH, N_CELLS, N_GROUPS, ROUTES, Constants, YearInputs, step
from tests import lanes, oracle, vectorised
from tests.bench import native
from tests.bench.population import lanes_year
from tests.bench.table import Row, at_least, at_most, plain
from tests.bench.timing import WALL, paired, seconds

N_LANES = 256
BAYESPOP: Final = (2.0, 202)
"""Microseconds of a trajectory-year of bayesPop's C kernel on such a machine, and its cells: sex × age."""
LEAPFROG: Final = (3.5, 162)
"""The same of leapfrog."""


def rows() -> list[Row]:
    """The kernel by itself: a lane-year, the same sums in C, NumPy and the textbook, two threads, and its peers."""
    of, state, given = _lanes()
    kernel, new = _kernel(of, state, given)
    people = state.pop[:, 0].reshape(N_LANES, 4, 3, N_GROUPS)
    compiled, numpy = paired(kernel, lambda: vectorised.lanes_year(people, of, given))
    expected = vectorised.lanes_year(people, of, given)
    np.testing.assert_allclose(new.reshape(people.shape), expected, rtol=1e-9, atol=1e-6)
    year = lanes.oracle_year(of, given, 0, 0)
    textbook = seconds(lambda: oracle.lane_year(state.pop[0, 0], year), 3)
    alone, together = _threads(of, state, given)
    a_lane, cells = 1e6 * compiled / N_LANES, N_CELLS * N_GROUPS
    peers = (a_lane / cells) / (BAYESPOP[0] / BAYESPOP[1])
    return [
        plain(f"population kernel, a lane-year of {cells:,} cells", a_lane, "µs"),
        *_in_c(of, state, given),
        at_most("a cell-year ÷ that of bayesPop's C kernel (2.0 µs for 202 cells)", peers, "×", 0.2, 2),
        plain(
            "the same ÷ that of leapfrog (3.5 µs for 162 cells)", a_lane / cells / (LEAPFROG[0] / LEAPFROG[1]), "×", 2
        ),
        plain("step with tally and checks, a lane-year", 1e6 * seconds(lambda: step(of, state, given)) / N_LANES, "µs"),
        at_least("textbook NumPy year ÷ kernel", textbook / compiled * N_LANES, "×", 50, 0),
        at_least("NumPy over many lanes ÷ kernel", numpy / compiled, "×", 5, 1),
        at_least("kernel: one thread ÷ two threads", alone / together, "×", 1.8),
    ]


def _lanes() -> tuple[Constants, State, YearInputs]:
    rng = np.random.default_rng(0)
    of, state = lanes.constants(rng, 1), lanes.state(rng, (N_LANES, 1))
    drawn = lanes.inputs(rng, (N_LANES, 1), high=0.05)
    rates = drawn.rates.copy()
    first = N_LEADING + len(FLOWS)
    rates[..., first : first + len(BOUNDARY_CHANGES)] = 0.0
    return of, state, YearInputs(2021, rates, np.zeros_like(drawn.counts))


def _kernel(of: Constants, state: State, given: YearInputs) -> tuple[Callable[[], None], Array]:
    """A call of the kernel, and where it leaves the people."""
    old = state.pop.reshape(N_LANES, 1, N_CELLS, N_GROUPS)
    new, ledger, before = np.empty_like(old), np.empty((N_LANES, 1, LEDGER_WIDTH)), np.empty((N_LANES, 1))
    work = space(N_CELLS, N_GROUPS, given.rates.shape[2])
    schedules = of.taken.schedules
    return lambda: lanes_year(old, new, given.rates, given.counts, schedules, ROUTES, ledger, before, work), new


def _in_c(of: Constants, state: State, given: YearInputs) -> list[Row]:
    """The kernel over the same sums in C, which must come to the same people."""
    if native.compiler() is None:
        return [Row("population kernel ÷ the same sums in C", "no C compiler here")]
    kernel, new = _kernel(of, state, given)
    old, found = state.pop.reshape(N_LANES, 1, N_CELLS, N_GROUPS), []
    for options in (native.PLAIN, native.RELAXED):
        call, people = native.year(options, of, old, given)
        ours, theirs = paired(kernel, call, 15)
        np.testing.assert_allclose(people, new, rtol=1e-9, atol=1e-6)
        also = "" if options == native.PLAIN else ", sums in any order as in ours"
        what = f"population kernel ÷ the same sums in C (`cc {' '.join(native.PLAIN)}`{also})"
        found.append(at_most(what, ours / theirs, "×", 1.2, 2))
    return found


def _threads(of: Constants, state: State, given: YearInputs) -> tuple[float, float]:
    """Seconds of the same kernel calls one after the other, and on two threads at once."""
    old = state.pop.reshape(N_LANES, 1, N_CELLS, N_GROUPS)
    outs = [(np.empty_like(old), np.empty((N_LANES, 1, LEDGER_WIDTH)), np.empty((N_LANES, 1))) for _ in range(2)]

    def years(out: tuple[np.ndarray, ...]) -> None:
        schedules, work = of.taken.schedules, space(N_CELLS, N_GROUPS, given.rates.shape[2])
        for _ in range(40):
            lanes_year(old, out[0], given.rates, given.counts, schedules, ROUTES, *out[1:], work)

    with ThreadPoolExecutor(2) as pool:
        return paired(lambda: [years(out) for out in outs], lambda: list(pool.map(years, outs)), clock=WALL)
