"""Values of parameters by draw and year: settings in order, uncertainty, common random numbers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtri

from sim.common.errors import Place
from sim.model.draws.distribution import Distribution
from sim.model.draws.noise import paths
from sim.model.draws.sampling import correlate, triangular
from sim.model.draws.setting import ChangeKind, Given, OfPolicy, Origin, Setting, Source
from sim.model.draws.strength import applied
from sim.model.draws.values import SAMPLED, design, fixed, values
from sim.model.registry import PARAMETERS

YEARS = range(2021, 2031)
PATH = "away.return_to_city"
VALUE = Given("scenario")
POLICY = OfPolicy("x", 1)
CERTAIN = Distribution("certain")


def setting(
    change: ChangeKind = "set",
    value: float = 0.02,
    dist: Distribution | None = CERTAIN,
    source: Source = VALUE,
    start: int | None = None,
    end: int | None = None,
    ramp: int = 1,
    lag: int = 0,
    intensity: float = 1.0,
    path: str = PATH,
) -> Setting:
    origin = Origin(Place("test"), None, None, str(value), "")
    return Setting(
        path=path,
        change=change,
        years=(2021,),
        values=(value,),
        dist=dist,
        start=start,
        end=end,
        lag=lag,
        ramp=ramp,
        intensity=intensity,
        source=source,
        origin=origin,
    )


def quiet() -> list[Setting]:
    """Settings that switch off all yearly noise."""
    return [setting(path=path, value=0.0) for path in PARAMETERS if path.endswith(".deviation")]


def of(chain: list[Setting], draws: range = range(64)) -> np.ndarray:
    points = design(7, draws, (), None)
    return drawn([*quiet(), *chain], YEARS, 7, draws, points)[PATH]


def drawn(chain: list[Setting], years: range, seed: int, draws: range, points: np.ndarray) -> dict[str, np.ndarray]:
    """Values with the noise of a region."""
    noise = paths(seed, "r", draws, len(years), fixed(chain))
    return values(chain, years, seed, draws, points, noise)


def test_a_policy_of_zero_intensity_changes_no_digit() -> None:
    plain = of([setting()])
    for change in ("set", "times", "add"):
        policy = setting(change, 3.0, Distribution("lognormal", sd=0.3), POLICY, 2022, intensity=0.0)
        np.testing.assert_array_equal(of([setting(), policy]), plain)


@settings(max_examples=40, deadline=None)
@given(
    change=st.sampled_from(["set", "times", "add"]),
    value=st.floats(0.0, 2.0),
    start=st.integers(2018, 2032),
    ramp=st.integers(1, 5),
    lag=st.integers(0, 3),
    intensity=st.floats(0.0, 1.0),
)
def test_certain_settings_follow_the_definition_of_their_strength(
    change: ChangeKind, value: float, start: int, ramp: int, lag: int, intensity: float
) -> None:
    chain = [setting(), setting(change, value, CERTAIN, POLICY, start, None, ramp, lag, intensity)]
    expected = [applied(PARAMETERS[PATH].default, chain, year) for year in YEARS]
    bounded = np.clip(expected, PARAMETERS[PATH].low, PARAMETERS[PATH].high)
    np.testing.assert_allclose(of(chain, range(1))[0], bounded, rtol=1e-12, atol=1e-15)


def test_values_stay_inside_the_range_of_their_parameter() -> None:
    high = of([setting(), setting("times", 1000.0, CERTAIN, POLICY)])
    assert (high == PARAMETERS[PATH].high).all()


def test_distributions_have_their_moments() -> None:
    draws = range(4096)
    normal = of([setting(value=0.1, dist=Distribution("normal", sd=0.01))], draws)[:, 0]
    assert normal.mean() == pytest.approx(0.1, rel=1e-3)
    assert normal.std() == pytest.approx(0.01, rel=1e-2)
    lognormal = of([setting(value=0.1, dist=Distribution("lognormal", sd=0.2))], draws)[:, 0]
    assert np.median(lognormal) == pytest.approx(0.1, rel=1e-3)
    assert np.log(lognormal).std() == pytest.approx(0.2, rel=1e-2)
    uniform = of([setting(value=0.1, dist=Distribution("uniform", low=0.05, high=0.25))], draws)[:, 0]
    assert uniform.min() >= 0.05
    assert uniform.max() <= 0.25
    assert uniform.mean() == pytest.approx(0.15, rel=1e-3)
    tri = triangular(design(1, draws, (), None)[:, 0], 1.0, 2.0, 5.0)
    assert tri.mean() == pytest.approx((1.0 + 2.0 + 5.0) / 3.0, rel=1e-3)


def test_a_plain_value_keeps_the_spread_of_its_parameter() -> None:
    spread = np.log(of([setting(value=0.1, dist=None)], range(2048))[:, 0]).std()
    assert spread == pytest.approx(PARAMETERS[PATH].spread, rel=2e-2)


def test_draws_are_the_same_alone_and_together() -> None:
    chain = [setting(value=0.1, dist=None), setting("times", 1.2, Distribution("normal", sd=0.1), POLICY)]
    noisy = list(chain)
    points = design(7, range(100), (), None)
    together = drawn(noisy, YEARS, 7, range(100), points)
    alone = drawn(noisy, YEARS, 7, range(37, 38), design(7, range(37, 38), (), None))
    for path in SAMPLED:
        np.testing.assert_array_equal(np.broadcast_to(together[path], (100, 10))[37:38], alone[path])


def test_what_nothing_sets_is_the_same_however_often_and_for_whomever_it_is_asked() -> None:
    """It is kept: by where its draws stand and how many years there are, and it is read only."""
    free = next(path for path in SAMPLED if PARAMETERS[path].spread and not path.startswith(("fertility", "away")))
    points = design(7, range(50), (), None)
    found = drawn([], YEARS, 7, range(50), points)[free]
    own = PARAMETERS[free]
    np.testing.assert_allclose(
        found[:, 0],
        np.clip(own.default * np.exp(own.spread * ndtri(points[:, SAMPLED.index(free)])), own.low, own.high),
    )
    assert drawn([setting(value=0.1)], YEARS, 7, range(50), points)[free] is found
    with pytest.raises(ValueError, match="read-only"):
        found += 1.0
    assert drawn([], range(2021, 2024), 7, range(50), points)[free].shape == (50, 3)
    other = drawn([], YEARS, 8, range(50), design(8, range(50), (), None))[free]
    assert not np.array_equal(other, found)


def test_a_policy_leaves_the_randomness_of_everything_else_alone() -> None:
    points = design(7, range(50), (), None)
    policy = setting("times", 2.0, Distribution("lognormal", sd=0.3), POLICY)
    without = drawn([], YEARS, 7, range(50), points)
    with_it = drawn([policy], YEARS, 7, range(50), points)
    for path in SAMPLED:
        if path != PATH:
            np.testing.assert_array_equal(without[path], with_it[path])
    assert not np.array_equal(without[PATH], with_it[PATH])


def test_correlated_inputs_have_their_correlation_and_keep_their_margins() -> None:
    matrix = np.array([[1.0, 0.8], [0.8, 1.0]])
    plain = design(5, range(4096), (), None)[:, :4]
    points = correlate(plain, [1, 3], matrix)
    assert np.corrcoef(points[:, 1], points[:, 3])[0, 1] == pytest.approx(0.786, abs=0.02)
    assert points.mean(axis=0) == pytest.approx([0.5] * 4, abs=0.01)
    np.testing.assert_array_equal(points[:, 0], plain[:, 0])


def test_noise_has_its_deviation_and_memory() -> None:
    path = "fertility.tfr"
    chain = [setting(path=path, value=1.0)]
    years = range(2021, 2061)
    points = design(9, range(2000), (), None)
    noise = np.log(drawn(chain, years, 9, range(2000), points)[path])
    shape = fixed(chain)
    late = noise[:, 20:]
    assert late.std() == pytest.approx(shape["noise.fertility.deviation"], rel=0.05)
    memory = np.corrcoef(late[:, :-1].ravel(), late[:, 1:].ravel())[0, 1]
    assert memory == pytest.approx(shape["noise.fertility.memory"], abs=0.03)
