"""Waves of draws: proposals say exactly what they mean, and the mixture's weights give a known posterior."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import ndtr

from sim.evidence.inference.distributions import Normal, fitted
from sim.evidence.inference.proposal import movable, moved, positions
from sim.model.draws.distribution import Distribution
from sim.model.draws.values import SAMPLED
from sim.questions.checkup.sample import Outcomes, least_effective, standings, weigh
from sim.run.case import points, region_values
from sim.run.ensemble import simulate
from sim.run.scenario_run import ready
from tests.questions.checkup.scenes import jieshou

CASE = ready(jieshou()).case
PATHS = movable(CASE)
RATE = [("urbanization_rate", 0)]


def test_every_uncertain_rate_of_the_county_can_be_moved() -> None:
    assert set(CASE.regions[0].correlation_paths) <= set(PATHS)
    assert {"fertility.tfr", "mortality.level", "transfer.rural_to_city"} <= set(PATHS)


def test_a_moved_case_gives_the_values_of_the_old_one_at_the_moved_places() -> None:
    rng = np.random.default_rng(1)
    size = len(PATHS)
    factor = np.tril(rng.normal(size=(size, size)) * 0.1, -1) + np.diag(rng.uniform(0.3, 1.0, size))
    proposal = Normal(0.5 * rng.normal(size=size), factor)
    other, block = moved(CASE, PATHS, proposal), range(40)
    where = points(other, block)
    xi = positions(other, where, PATHS, proposal)
    held = len(CASE.regions[0].correlation_paths)
    own = np.eye(size)
    own[:held, :held] = np.linalg.cholesky(np.array(CASE.regions[0].correlation))
    at = where[0].copy()
    at[:, [SAMPLED.index(path) for path in PATHS]] = ndtr(xi @ own.T)
    before = region_values(CASE, block, at[np.newaxis])[0]
    after = region_values(other, block, where)[0]
    for path in SAMPLED:
        assert np.broadcast_to(before[path], (40, len(CASE.years))) == pytest.approx(
            np.broadcast_to(after[path], (40, len(CASE.years))), rel=1e-9
        ), path


def test_the_density_of_a_proposal_integrates_to_one() -> None:
    xi = np.random.default_rng(2).normal(size=(200_000, 2))
    proposal = Normal(np.array([0.4, -0.3]), np.array([[0.8, 0.0], [0.2, 0.7]]))
    assert np.exp(proposal.log_ratio(xi)).mean() == pytest.approx(1.0, abs=0.02)


def test_a_fitted_proposal_finds_the_weighted_moments() -> None:
    rng = np.random.default_rng(5)
    xi = rng.normal(size=(100_000, 2)) @ np.array([[0.5, 0.0], [0.3, 0.6]]).T + np.array([1.0, -1.0])
    found = fitted(xi, np.full(len(xi), 1.0 / len(xi)))
    assert found.mean == pytest.approx([1.0, -1.0], abs=0.01)
    assert found.factor @ found.factor.T == pytest.approx(np.array([[0.25, 0.15], [0.15, 0.45]]), abs=0.01)


def test_a_figure_that_says_nothing_leaves_every_weight_as_it_was() -> None:
    sample = weigh(CASE, 64, RATE, lambda outcomes: np.zeros(outcomes.draws), 1)
    assert (sample.now == sample.outset).all()
    assert (sample.now == 1.0 / 64).all()
    assert sample.worth == pytest.approx((64.0,))
    assert sample.force == 1.0


def test_waves_are_added_where_few_draws_agree_and_find_the_known_posterior() -> None:
    """A figure of one input itself: ξ₀ = 2.2 ± 0.25. The prior is N(0, 1), so the posterior is N(2.0706, 0.2425²)."""

    def likelihood(outcomes: Outcomes) -> np.ndarray:
        found: np.ndarray = -0.5 * ((outcomes.xi[:, 0] - 2.2) / 0.25) ** 2
        return found

    sample = weigh(CASE, 400, RATE, likelihood, 2)
    assert sample.worth[0] < least_effective(400) <= sample.worth[-1]
    assert len(sample.worth) > 1
    mean = float(sample.now @ sample.outcomes.xi[:, 0])
    deviation = float(np.sqrt(sample.now @ (sample.outcomes.xi[:, 0] - mean) ** 2))
    assert mean == pytest.approx(2.2 / (1.0 + 0.25**2), abs=4.0 * 0.2425 / np.sqrt(sample.worth[-1]))
    assert deviation == pytest.approx(0.25 / np.sqrt(1.0 + 0.25**2), rel=0.25)
    other = float(sample.now @ sample.outcomes.xi[:, 5])
    assert abs(other) < 4.0 / np.sqrt(sample.worth[-1])
    assert sample.now.sum() == pytest.approx(1.0)
    assert (sample.outset[400:] == 0.0).all()


def test_where_no_run_agrees_the_errors_are_widened_and_it_is_said() -> None:
    def likelihood(outcomes: Outcomes) -> np.ndarray:
        found: np.ndarray = -0.5 * ((outcomes.xi - 3.0) / 0.02).sum(axis=1) ** 2
        return found

    sample = weigh(CASE, 100, RATE, likelihood, 2, waves=1)
    assert sample.force < 1.0
    assert 1.0 / np.sum(sample.now**2) == pytest.approx(least_effective(100), rel=0.01)


def test_where_nothing_can_be_moved_more_of_the_same_draws_are_taken() -> None:
    """A correlated input with a bounded range cannot be said by another normal distribution."""
    region = CASE.regions[0]
    bounded = Distribution("uniform", low=0.5, high=1.5)
    path = region.correlation_paths[0]
    settings = tuple(replace(s, dist=bounded) if s.path == path and s.is_value else s for s in region.settings)
    case = replace(CASE, regions=(replace(region, settings=settings),))
    assert movable(case) == ()
    plain = simulate(case, range(100))
    high = np.quantile(plain.of("urbanization_rate", 0)[plain.years.index(2026)].astype(np.float64), 0.95)

    def likelihood(outcomes: Outcomes) -> np.ndarray:
        found: np.ndarray = -0.5 * ((outcomes.at("urbanization_rate", 0, 2026) - high) / 0.004) ** 2
        return found

    sample = weigh(case, 100, RATE, likelihood, 2, waves=2)
    assert len(sample.worth) > 1
    assert sample.worth[-1] > sample.worth[0]
    assert path in standings(case, sample, (0,))


def test_what_is_enough() -> None:
    assert least_effective(1000) == 100.0
    assert least_effective(200) == 50.0
    assert least_effective(30) == 30.0
