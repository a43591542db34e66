"""The population kernel against the textbook year and against NumPy."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from sim.model.people.changes import BOUNDARY_CHANGES
from sim.model.people.flows import FLOWS
from sim.model.people.kernels.year import N_LEADING, lanes_year
from sim.model.people.state import State
from sim.model.people.step import LEDGER_WIDTH, N_CELLS, N_GROUPS, ROUTES, Constants, YearInputs, step
from tests import lanes, oracle, vectorised
from tests.bench.timing import paired, seconds

N_LANES = 256


def _threads(of: Constants, state: State, given: YearInputs) -> tuple[float, float]:
    """Seconds of the same kernel calls one after the other, and on two threads at once."""
    old = state.pop.reshape(N_LANES, 1, N_CELLS, N_GROUPS)
    outs = [(np.empty_like(old), np.empty((N_LANES, 1, LEDGER_WIDTH)), np.empty((N_LANES, 1))) for _ in range(2)]

    def years(out: tuple[np.ndarray, ...]) -> None:
        for _ in range(40):
            lanes_year(old, out[0], given.rates, given.counts, of.schedules, ROUTES, *out[1:])

    with ThreadPoolExecutor(2) as pool:
        return paired(lambda: [years(out) for out in outs], lambda: list(pool.map(years, outs)))


def measure() -> dict[str, float]:
    """Microseconds a lane-year of the kernel, the whole step, NumPy over lanes, and the textbook year."""
    rng = np.random.default_rng(0)
    of, state = lanes.constants(rng, 1), lanes.state(rng, (N_LANES, 1))
    drawn = lanes.inputs(rng, (N_LANES, 1), high=0.05)
    rates = drawn.rates.copy()
    first = N_LEADING + len(FLOWS)
    rates[..., first : first + len(BOUNDARY_CHANGES)] = 0.0
    given = YearInputs(2021, rates, np.zeros_like(drawn.counts))
    old = state.pop.reshape(N_LANES, 1, N_CELLS, N_GROUPS)
    new, ledger, before = np.empty_like(old), np.empty((N_LANES, 1, LEDGER_WIDTH)), np.empty((N_LANES, 1))
    people = state.pop[:, 0].reshape(N_LANES, 4, 3, N_GROUPS)

    def kernel() -> None:
        lanes_year(old, new, given.rates, given.counts, of.schedules, ROUTES, ledger, before)

    compiled, numpy = paired(kernel, lambda: vectorised.lanes_year(people, of, given))
    kernel()
    np.testing.assert_allclose(
        new.reshape(people.shape), vectorised.lanes_year(people, of, given), rtol=1e-9, atol=1e-6
    )
    year = lanes.oracle_year(of, given, 0, 0)
    textbook = seconds(lambda: oracle.lane_year(state.pop[0, 0], year), 3)
    whole = seconds(lambda: step(of, state, given))
    per_lane = 1e6 / N_LANES
    alone, together = _threads(of, state, given)
    return {
        "threads": alone / together,
        "kernel": compiled * per_lane,
        "step": whole * per_lane,
        "numpy": numpy * per_lane,
        "textbook": textbook * 1e6,
    }
