"""Simulated truth is found again at the stated rate; the fit is the same every time."""

from dataclasses import replace

import numpy as np
import pytest

from docs.write.proof.places import (
    BANDS,
    Places,
    county_places,
    coverage_tolerance,
    distance_tolerance,
    distances,
    mean_tolerance,
    normal_places,
)
from sim.evidence.calibrate.free_parameters import FREE_PARAMETERS
from sim.evidence.calibrate.replay import Decade
from sim.places.base_year import base_year
from sim.places.census import CensusRow, read_region
from sim.places.china.national import load_national
from tests.scenarios import ROOT

CHANCE = 1e-4
"""That of a failure of all checks together, were the posteriors right."""

REPLICATES = 48


@pytest.fixture(scope="module")
def censuses() -> dict[int, CensusRow]:
    return read_region(ROOT / "scenarios" / "regions" / "jieshou")


@pytest.fixture(scope="module")
def decade(censuses: dict[int, CensusRow]) -> Decade:
    national = load_national()
    start = base_year(censuses[2010], national, other=censuses[2020])
    return Decade(start.pop, range(2011, 2021), 1500.0, national, "341282")


@pytest.fixture(scope="module")
def found(decade: Decade, censuses: dict[int, CensusRow]) -> Places:
    return county_places(decade, censuses[2020], REPLICATES, seed=11)


def covers(of: Places) -> bool:
    """Whether bands of parameters hold their share, and no parameter is off to one side.

    The parameters of a data set are not independent, so the error of their mean is that between data sets.
    """
    each = CHANCE / (len(BANDS) + of.places.shape[1])
    for band in BANDS:
        share, error = of.mean_coverage(band)
        if abs(share - band) > mean_tolerance(error, of.replicates, each):
            return False
    error = 1.0 / np.sqrt(12.0 * of.replicates)
    return bool(np.all(np.abs(of.places.mean(axis=0) - 0.5) <= mean_tolerance(error, of.replicates, each)))


def passes(of: Places) -> bool:
    """Whether independent directions are uniform, at the chance of a false alarm that is allowed."""
    truths, each = of.apart.size, CHANCE / (len(BANDS) + 1)
    covered = all(abs(of.joint_coverage(b) - b) <= coverage_tolerance(b, truths, each) for b in BANDS)
    return covered and of.joint_distance() <= distance_tolerance(truths, each)


def test_posteriors_cover_the_truth_at_their_rate(found: Places) -> None:
    assert found.apart.shape == (REPLICATES, len(FREE_PARAMETERS))
    assert covers(found), [found.mean_coverage(band) for band in BANDS]


def test_truths_are_looked_at_along_fixed_directions_and_together(found: Places) -> None:
    assert found.fixed.shape == found.places.shape
    assert found.together.shape == (REPLICATES,)
    own = drawn(count=2000)
    assert own.together_coverage(0.8) == pytest.approx(0.8, abs=4.0 * np.sqrt(0.16 / 2000))
    assert drawn(scale=0.7).together_coverage(0.8) < 0.3
    assert np.isnan(own.fixed_coverage(0.8))


def test_curved_posteriors_are_wider_than_normals_along_their_own_directions(found: Places) -> None:
    """A known limit, so that docs and code agree: parameters are covered, their sharpest combinations less."""
    assert 0.6 < found.joint_coverage(0.8) < 0.8


def drawn(scale: float = 1.0, shift: float = 0.0, count: int = REPLICATES) -> Places:
    """Truths drawn from posteriors that are then said to be `scale` times as wide and to lie `shift` lower."""
    rng = np.random.default_rng(4)
    size = len(FREE_PARAMETERS)
    root = np.tril(rng.normal(size=(count, size, size))) + 3.0 * np.eye(size)
    mean = rng.normal(size=(count, size))
    truth = mean + np.einsum("ikl,il->ik", root, rng.normal(size=(count, size)) + shift)
    names = [parameter.name for parameter in FREE_PARAMETERS]
    return normal_places(names, truth, mean, scale**2 * root @ root.transpose(0, 2, 1))


def test_a_true_posterior_passes_and_wrong_ones_do_not() -> None:
    for test in (covers, passes):
        assert test(drawn())
        assert not test(drawn(scale=0.7))
        assert not test(drawn(scale=1.4))
    assert not passes(drawn(shift=0.3))
    assert not covers(drawn(shift=0.8))


def test_tolerances_hold_what_they_promise() -> None:
    """Binomial counts leave the tolerance no more often than stated."""
    rng = np.random.default_rng(6)
    for band in BANDS:
        shares = rng.binomial(680, band, size=20_000) / 680
        assert np.mean(np.abs(shares - band) > coverage_tolerance(band, 680, 0.01)) <= 0.01
    uniform = distances(rng.uniform(size=(300, 2000)))
    assert np.mean(uniform > distance_tolerance(300, 0.05)) <= 0.05
    # of one truth at 0.3, the distance is 0.7
    np.testing.assert_allclose(distances(np.array([[0.3]])), [0.7])


def test_places_by_parameter_are_those_of_normals() -> None:
    found = normal_places(["a", "b"], np.array([[1.0, 0.0]]), np.zeros((1, 2)), np.array([np.diag([1.0, 4.0])]))
    np.testing.assert_allclose(found.places, [[0.8413447, 0.5]], atol=1e-6)
    np.testing.assert_allclose(found.coverage(0.5), [0.0, 1.0])


def test_the_proof_is_the_same_every_time(decade: Decade, censuses: dict[int, CensusRow]) -> None:
    some = [county_places(decade, censuses[2020], 3, seed=5, jobs=jobs).places for jobs in (1, 2)]
    np.testing.assert_array_equal(*some)
    other = county_places(replace(decade, arrivals=900.0), censuses[2020], 3, seed=5)
    assert not np.array_equal(other.places, some[0])
