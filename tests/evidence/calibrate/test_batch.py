"""Many counties at once are the counties one by one."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import least_squares

from sim.evidence.calibrate.batch import Belief, fit_many, run_many
from sim.evidence.calibrate.figures import HOUSEHOLDS, N_AGE, RESIDENT, URBAN, Figures, figures_of, figures_of_rows
from sim.evidence.calibrate.fit import county, fit
from sim.evidence.calibrate.free_parameters import FREE_PARAMETERS, LEARNT_PARAMETERS
from sim.evidence.calibrate.learning import own_fits, sample_of
from sim.evidence.calibrate.replay import Decade, Lanes, end, end_figures, lanes_of
from sim.model.arrays import Array
from sim.model.axes import AWAY, POP_SHAPE, RURAL, TOWN
from sim.model.people import transfer
from sim.places.base_year import base_year
from sim.places.census import CensusRow, read_region
from sim.places.china.national import load_national
from tests.evidence.backtest.counties import NAMES, first_rows, second_rows, truth
from tests.scenarios import ROOT

PRIOR = np.array([parameter.deviation for parameter in FREE_PARAMETERS])


@pytest.fixture(scope="module")
def censuses() -> dict[int, CensusRow]:
    return read_region(ROOT / "scenarios" / "regions" / "jieshou")


@pytest.fixture(scope="module")
def decade(censuses: dict[int, CensusRow]) -> Decade:
    national = load_national()
    start = base_year(censuses[2010], national, other=censuses[2020])
    return Decade(start.pop, range(2011, 2021), 1500.0, national, "341282")


def believed(counties: int) -> Belief:
    return Belief(np.zeros((counties, len(FREE_PARAMETERS))), np.diag(PRIOR**-2.0))


def others(decade: Decade) -> list[Decade]:
    """The county, and two unlike it."""
    smaller = replace(decade, pop=0.3 * decade.pop, arrivals=200.0)
    older = decade.pop * np.linspace(0.7, 1.4, POP_SHAPE[-1])
    return [decade, smaller, replace(decade, pop=older)]


def without_villages(pop: Array) -> Array:
    """The same people, villagers living in towns."""
    moved = pop.copy()
    moved[TOWN] += moved[RURAL]
    moved[RURAL] = 0.0
    return moved


def test_lanes_of_a_batch_end_where_each_ends_alone(decade: Decade) -> None:
    decades = [*others(decade), replace(decade, pop=without_villages(decade.pop))]
    parameters = np.random.default_rng(3).normal(size=(4, len(FREE_PARAMETERS))) * PRIOR
    together = end(lanes_of(decades, [None] * 4, FREE_PARAMETERS), parameters)
    for each, own, alone in zip(decades, parameters, together, strict=True):
        np.testing.assert_array_equal(alone, end(county(each), own[np.newaxis])[0])


def test_profiles_of_many_lanes_are_those_of_each() -> None:
    rng = np.random.default_rng(4)
    ranges = {"peak": (15.0, 40.0), "width": (3.0, 50.0), "family": (0.0, 4.0), "male_ratio": (0.5, 2.0)}
    keys = ("transfer", "back", "leave", "return", "arrive")
    fixed = {f"profile.{key}.{what}": rng.uniform(*limits, size=6) for key in keys for what, limits in ranges.items()}
    found = transfer.profiles(fixed)
    for key in keys:
        for lane in range(6):
            expected = transfer.profile(*(float(fixed[f"profile.{key}.{what}"][lane]) for what in ranges))
            np.testing.assert_array_equal(found[key][lane], expected)


def test_blocks_and_threads_do_not_matter(decade: Decade) -> None:
    lanes = lanes_of(others(decade), [None] * 3, FREE_PARAMETERS)
    parameters = np.random.default_rng(5).normal(size=(500, len(FREE_PARAMETERS))) * PRIOR
    rows = np.arange(500) % 3
    whole = run_many(lanes.take(rows), parameters, jobs=2)
    np.testing.assert_array_equal(whole, run_many(lanes.take(rows), parameters, jobs=1))
    np.testing.assert_array_equal(whole[321:324], run_many(lanes.take(rows[321:324]), parameters[321:324]))


def test_a_fit_ends_where_scipy_ends(decade: Decade, censuses: dict[int, CensusRow]) -> None:
    second = censuses[2020]
    found = fit(decade, second)
    target = figures_of_rows([second]).without(HOUSEHOLDS)

    def residuals(parameters: Array) -> Array:
        figures = end_figures(county(decade), parameters[np.newaxis])
        return np.concatenate([((np.log(figures) - target.logs) * target.weights)[0], parameters / PRIOR])

    other = least_squares(residuals, np.zeros(len(PRIOR)), x_scale=PRIOR, max_nfev=200)
    np.testing.assert_allclose(found.parameters / PRIOR, other.x / PRIOR, atol=0.02)
    spread = np.sqrt(np.diag(np.linalg.inv(other.jac.T @ other.jac)))
    np.testing.assert_allclose(np.sqrt(np.diag(found.covariance)) / spread, 1.0, atol=0.02)


def test_a_county_does_not_feel_its_neighbours(decade: Decade, censuses: dict[int, CensusRow]) -> None:
    target = figures_of_rows([censuses[2020]] * 3).without(HOUSEHOLDS)
    together = fit_many(lanes_of(others(decade), [None] * 3, FREE_PARAMETERS), target, believed(3), most=5)
    alone = fit_many(
        lanes_of(others(decade)[1:2], [None], FREE_PARAMETERS), target.take(np.array([1])), believed(1), most=5
    )
    np.testing.assert_array_equal(together.parameters[1], alone.parameters[0])


def test_figures_are_those_of_the_census(censuses: dict[int, CensusRow], decade: Decade) -> None:
    """The base year's figures are the census's own: ages, residents, urban people and households."""
    row = censuses[2010]
    lanes = lanes_of([decade], [row.households], LEARNT_PARAMETERS)
    level = lanes.headship[:, np.newaxis, np.newaxis] * lanes.national.headship
    found = np.log(figures_of(lanes.pop, level))
    given = figures_of_rows([row])
    for columns in (slice(0, N_AGE), RESIDENT, URBAN, HOUSEHOLDS):
        np.testing.assert_allclose(found[:, columns], given.logs[:, columns], rtol=1e-6)


def test_missing_figures_do_not_weigh(censuses: dict[int, CensusRow]) -> None:
    row = replace(censuses[2020], city_area=None, same_province=None, other_province=None, households=None)
    figures = figures_of_rows([row])
    assert figures.known[0, :RESIDENT].all()
    assert not figures.known[0, HOUSEHOLDS]
    looser = figures.loosened((0.2, 0.1, 0.1, 0.1, 0.1))
    assert isinstance(looser, Figures)
    assert looser.weights.max() <= 10.0


def test_a_district_without_villages_grows_none(decade: Decade) -> None:
    lanes: Lanes = lanes_of([replace(decade, pop=without_villages(decade.pop)), decade], [None, None], FREE_PARAMETERS)
    after = end(lanes, np.zeros((2, len(FREE_PARAMETERS))))
    assert not after[0, RURAL].any()
    assert after[1, RURAL].sum() > 0
    assert after[0, AWAY].sum() > 0


def test_simulated_truth_is_found_again() -> None:
    """Counties made by known parameters: the fit meets their second census, and covers the fertility that made it."""
    rows = first_rows(12, seed=9)
    parameters = truth(rows, seed=9)
    sample = sample_of(rows, second_rows(rows, parameters), load_national())
    found = own_fits(sample)
    assert np.abs(found.logs - sample.target.logs)[:, [RESIDENT, URBAN]].max() < 0.01
    fertility = NAMES.index("fertility")
    assert np.corrcoef(found.parameters[:, fertility], parameters[:, fertility])[0, 1] > 0.9
