"""The fit of a study: what it finds, what it is held against, and what simulated truth says of it."""

from dataclasses import replace

import numpy as np
import pytest

from docs.write.proof.places import BANDS, coverage_tolerance, distance_tolerance
from docs.write.proof.study import study_places
from sim.evidence.inference.distributions import Normal
from sim.evidence.inference.proposal import moved
from sim.evidence.study.fit import Chance, Fitted, Truth, fit, fit_to
from sim.evidence.study.model import calm, central, drawn, observed, published_errors, rest, slopes, spots, values_of
from sim.evidence.study.read import Study, read_study
from sim.evidence.study.told import moved_parameters, told
from sim.run.ensemble import simulate
from tests.evidence.study.studies import study_file

CHANCE = 1e-4
"""That of a failure of all checks of the proof together, were the posteriors right."""


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return read_study(study_file(tmp_path_factory.mktemp("study")), draws=512)


@pytest.fixture(scope="module")
def found(study: Study) -> Fitted:
    return fit(study)


def test_a_central_run_is_every_input_at_its_middle(study: Study) -> None:
    """With nothing left to chance, all draws are one; and moving the design's own middle moves nothing."""
    of = spots(study)
    silent = values_of(study, of, calm(study.case, ()), range(40))
    np.testing.assert_array_equal(silent, np.broadcast_to(silent[:1], silent.shape))
    np.testing.assert_allclose(central(study, of, np.zeros(study.n_varied)), silent[0], rtol=1e-6)


def test_draws_are_central_runs_at_their_points(study: Study) -> None:
    of = spots(study)
    proposal = Normal(np.array([0.4, -0.2, 0.1]), np.array([[0.9, 0, 0], [0.2, 0.7, 0], [-0.1, 0.3, 0.5]]))
    points, figures = drawn(study, of, proposal, range(16))
    for draw in (0, 7, 15):
        np.testing.assert_allclose(central(study, of, points[draw]), figures[draw], rtol=5e-5)


def test_what_is_not_fitted_is_still_drawn(study: Study) -> None:
    """The rest varies about the central run, and by less than the prior does."""
    of = spots(study)
    others = rest(study, of, np.zeros(study.n_varied))
    whole = values_of(study, of, study.case, range(512))
    assert np.all(others.std(axis=0) > 0.0)
    assert np.all(others.std(axis=0) < whole.std(axis=0))
    middle = central(study, of, np.zeros(study.n_varied))
    assert np.all(np.abs(np.median(others, axis=0) - middle) < 0.25 * others.std(axis=0))


def test_one_sided_slopes_are_near_central_ones(study: Study) -> None:
    of, at = spots(study), np.array([0.5, -0.5, 0.2])
    exact = slopes(study, of, at)
    quick = slopes(study, of, at, central(study, of, at))
    np.testing.assert_allclose(quick, exact, atol=0.06 * float(np.abs(exact).max(axis=1).max()))


def test_the_fit_is_where_the_posterior_is_greatest(study: Study, found: Fitted) -> None:
    truth = Truth(observed(found.spots), found.errors)

    def cost(at: np.ndarray) -> float:
        return float((truth.whitened(central(study, found.spots, at) + offset) ** 2).sum() + (at**2).sum())

    offset = found.after - central(study, found.spots, found.mode)

    best = cost(found.mode)
    assert found.converged
    for direction in np.eye(study.n_varied):
        assert cost(found.mode + 0.1 * direction) > best
        assert cost(found.mode - 0.1 * direction) > best
    assert np.mean(found.residuals**2) < np.mean(((truth.figures - found.before) / np.sqrt(np.diag(found.errors))) ** 2)


def test_errors_are_those_of_figures_and_of_chance(study: Study, found: Fitted) -> None:
    np.testing.assert_allclose(found.errors, published_errors(study) + found.chance)
    assert np.all(np.linalg.eigvalsh(found.errors) > 0.0)


def test_the_fit_is_the_same_every_time(study: Study, found: Fitted) -> None:
    again = fit(study, jobs=2)
    np.testing.assert_array_equal(again.mode, found.mode)
    np.testing.assert_array_equal(again.posterior.factor, found.posterior.factor)
    assert again.final == found.final


def test_a_known_truth_without_errors_is_found(study: Study) -> None:
    """Figures of a run with inputs moved: tight errors bring them back, and the posterior is narrow there.

    Widest is the rate of moves to the city: reclassification is apart from it, so it moves the figures by little.
    """
    of, truth = spots(study), np.array([-0.8, 0.6, 0.5])
    exact = central(study, of, truth)
    tight = np.diag((1e-4 * np.abs(exact)) ** 2)
    found = fit_to(study, of, Truth(exact, tight), Chance(np.zeros(len(of)), tight))
    np.testing.assert_allclose(found.mode, truth, atol=0.02)
    assert np.all(np.sqrt(np.diag(found.covariance)) < [0.01, 0.02, 0.06])
    assert told(study, found).determined == pytest.approx(3.0, abs=0.02)


def test_figures_of_no_weight_leave_the_prior(study: Study) -> None:
    of = spots(study)
    loose = np.diag((10.0 * observed(of)) ** 2)
    found = fit_to(study, of, Truth(observed(of), loose), Chance(np.zeros(len(of)), loose))
    np.testing.assert_allclose(found.mode, 0.0, atol=0.01)
    np.testing.assert_allclose(found.covariance, np.eye(3), atol=0.01)
    assert told(study, found).determined == pytest.approx(0.0, abs=0.02)
    assert found.laplace.efficiency == pytest.approx(1.0, abs=0.01)


def test_inputs_that_follow_move_with_those_fitted(study: Study, found: Fitted) -> None:
    """Leaving from towns is tied to leaving from villages in the region's rates, and so is moved though not fitted."""
    by_path = {one.path: one for one in moved_parameters(study, found)}
    assert study.varied == ("fertility.tfr", "away.leave_rural", "transfer.rural_to_city")
    village, town = by_path["away.leave_rural"], by_path["away.leave_town"]
    assert village.shift * town.shift > 0.0
    assert town.shift == pytest.approx(village.shift, rel=0.25)
    assert town.left < 1.0
    size = len(study.paths)
    unmoved = simulate(moved(study.case, study.paths, Normal(np.zeros(size), np.eye(size))), range(50))
    np.testing.assert_allclose(unmoved.of("resident"), simulate(study.case, range(50)).of("resident"), rtol=1e-6)


def test_simulated_truth_is_covered_at_the_stated_rate(study: Study) -> None:
    """Runs of the scenario itself, noise and all, with errors as published: places along independent directions."""
    made = study_places(replace(study, draws=64), replicates=30, seed=3)
    truths, each = made.apart.size, CHANCE / (len(BANDS) + 1)
    assert truths == 90
    for band in BANDS:
        assert abs(made.joint_coverage(band) - band) <= coverage_tolerance(band, truths, each)
    assert made.joint_distance() <= distance_tolerance(truths, each)
