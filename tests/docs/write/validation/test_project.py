"""The cohort-component step: bookkeeping, a matrix of its own, and a worked example."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from docs.write.validation.project import (
    AT_END,
    AT_END_BEARING,
    EMPTIED,
    HALF_AND_HALF,
    HALF_AND_HALF_BEARING,
    Rates,
    project,
)

from .published import excerpt

CONVENTIONS = [AT_END, AT_END_BEARING, HALF_AND_HALF, HALF_AND_HALF_BEARING]


def some_rates(seed: int, groups: int = 8, moves: float = 5.0) -> tuple[np.ndarray, Rates]:
    random = np.random.default_rng(seed)
    return random.uniform(50.0, 100.0, (2, groups)), Rates(
        survival=random.uniform(0.5, 1.0, (2, groups)),
        fertility=np.concatenate(([0.0], random.uniform(0.0, 0.1, groups - 2), [0.0])),
        males_per_female=random.uniform(1.0, 1.1),
        migrants=random.uniform(-moves, moves, (2, groups)),
        width=5.0,
    )


@pytest.mark.parametrize("convention", CONVENTIONS)
@given(seed=st.integers(0, 10_000))
def test_persons_are_conserved(convention: object, seed: int) -> None:
    start, rates = some_rates(seed)
    period = project(start, rates, convention)
    change = period.births - period.deaths.sum() + rates.migrants.sum()
    assert period.population.sum() == pytest.approx(start.sum() + change, rel=1e-12)


@given(seed=st.integers(0, 10_000))
def test_women_without_migrants_follow_the_leslie_matrix(seed: int) -> None:
    start, rates = some_rates(seed, moves=0.0)
    survival, size = rates.survival[1], start.shape[1]
    matrix = np.diag(survival[1:], -1)
    matrix[-1, -1] = survival[-1]
    girls = survival[0] / (1.0 + rates.males_per_female)
    matrix[0] = 2.5 * girls * (rates.fertility @ (np.eye(size) + matrix))
    np.testing.assert_allclose(project(start, rates).population[1], matrix @ start[1], rtol=1e-12)


def test_women_alone_are_as_women_of_both_sexes() -> None:
    start, rates = some_rates(1)
    alone = Rates(rates.survival[1:], rates.fertility, rates.males_per_female, rates.migrants[1:], rates.width)
    both = project(start, rates, HALF_AND_HALF).population[1]
    np.testing.assert_allclose(project(start[1:], alone, HALF_AND_HALF).population[0], both, rtol=1e-14)


def test_a_cell_is_never_negative() -> None:
    start, rates = some_rates(2)
    rates.migrants[:, 3] = -1e6
    assert np.all(project(start, rates).population[:, 3] == EMPTIED)


def test_sweden_of_the_textbook() -> None:
    table = excerpt("sweden_1993")
    start, end = (table[[column]].to_numpy(float).T for column in ("women_1993", "women_1998"))
    rates = Rates(
        survival=table[["survival"]].to_numpy(float).T,
        fertility=table["fertility"].to_numpy(float),
        males_per_female=1.05,
        migrants=table[["migrants"]].to_numpy(float).T,
        width=5.0,
    )
    period = project(start.copy(), rates, HALF_AND_HALF_BEARING)
    np.testing.assert_allclose(period.population, end, rtol=0.0, atol=1.0)
    assert period.births == pytest.approx(table["births"].sum(), abs=5.0)
    assert abs(project(start.copy(), rates, AT_END).population - end).max() > 1000.0
