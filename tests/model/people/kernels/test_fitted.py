"""Years whose moves are fitted to totals."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.model.arrays import Array
from sim.model.axes import RURAL
from sim.model.people.kernels.fitted import TOLERANCE
from sim.model.people.kernels.year import LEDGER_BIRTHS, LEDGER_DEATHS
from sim.model.people.step import YearInputs, step
from tests import lanes

TOWNS, RESIDENT = slice(0, 2), slice(0, 3)


def counted(pop: Array) -> Array:
    """Residents and townspeople [draw, region, 2]."""
    return np.stack([pop[:, :, zones].sum(axis=(2, 3, 4, 5)) for zones in (RESIDENT, TOWNS)], axis=-1)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), more=st.floats(0.97, 1.03), urban=st.floats(0.97, 1.03))
def test_totals_are_reached_by_moves_alone(seed: int, more: float, urban: float) -> None:
    rng = np.random.default_rng(seed)
    of, before, asked = lanes.constants(rng, 1), lanes.state(rng, (3, 1)), lanes.inputs(rng, (3, 1))
    asked.rates[...] = np.where(asked.rates == 0.0, 0.05, asked.rates)  # moves of every kind
    free, _ = step(of, before, asked)
    totals = counted(free.pop) * (more, more * urban)
    after, flows = step(of, before, asked, totals)
    np.testing.assert_allclose(counted(after.pop), totals, rtol=2 * TOLERANCE)
    died = flows.ledger[..., LEDGER_DEATHS : LEDGER_DEATHS + LEDGER_DEATHS - LEDGER_BIRTHS]
    assert (after.pop >= 0.0).all()
    assert (died >= 0.0).all()


def test_a_lane_without_totals_is_as_it_was() -> None:
    rng = np.random.default_rng(5)
    of, before, asked = lanes.constants(rng, 2), lanes.state(rng, (2, 2)), lanes.inputs(rng, (2, 2))
    free, _ = step(of, before, asked)
    totals = np.zeros((2, 2, 2))
    totals[0, 1] = counted(free.pop)[0, 1] * 1.01
    after, _ = step(of, before, asked, totals)
    np.testing.assert_allclose(after.pop[1], free.pop[1], rtol=1e-12)
    np.testing.assert_allclose(after.pop[0, 0], free.pop[0, 0], rtol=1e-12)
    assert not np.allclose(after.pop[0, 1], free.pop[0, 1], rtol=1e-4)


def test_whom_policies_count_stays_and_what_cannot_be_reached_is_left() -> None:
    rng = np.random.default_rng(7)
    of, before, asked = lanes.constants(rng, 1), lanes.state(rng, (1, 1)), lanes.inputs(rng, (1, 1))
    still = np.zeros_like(asked.rates)
    still[..., :3] = asked.rates[..., :3]
    alone = YearInputs(2021, still, np.zeros_like(asked.counts))
    free, _ = step(of, before, alone)
    after, _ = step(of, before, alone, counted(free.pop) * 1.1)  # nobody moves: nothing can be multiplied
    np.testing.assert_allclose(after.pop, free.pop, rtol=1e-12)


def test_only_townspeople_are_led_where_only_they_are_asked() -> None:
    rng = np.random.default_rng(11)
    of, before, asked = lanes.constants(rng, 1), lanes.state(rng, (2, 1)), lanes.inputs(rng, (2, 1))
    free, _ = step(of, before, asked)
    totals = counted(free.pop) * (0.0, 1.02)
    after, _ = step(of, before, asked, totals)
    np.testing.assert_allclose(counted(after.pop)[..., 1], totals[..., 1], rtol=2 * TOLERANCE)
    assert (after.pop[:, :, RURAL].sum() < free.pop[:, :, RURAL].sum()).all()
