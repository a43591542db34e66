"""Targets of forecasts, the least movement that meets them, and bands that hold what they should."""

import numpy as np

from sim.evidence.calibrate.bands import bands
from sim.evidence.calibrate.closing import closing
from sim.evidence.calibrate.contrasts import CONTRASTS
from sim.evidence.calibrate.figures import HOUSEHOLDS, N_FIGURES, OUTSIDE, RESIDENT, SEAT, URBAN, figures_of_rows
from sim.evidence.calibrate.inputs import Inputs
from sim.evidence.calibrate.targets import gaps_of, met, predictor
from tests.evidence.backtest.counties import first_rows


def test_gaps_of_a_census_lead_from_the_run_to_it() -> None:
    rows = first_rows(6, seed=2)
    target, run = figures_of_rows(rows), figures_of_rows(first_rows(6, seed=3)).logs
    found = met(run, gaps_of(target, run))
    shown = [figure for figure in range(N_FIGURES) if figure not in (SEAT, OUTSIDE)]
    np.testing.assert_allclose(found[:, shown], target.logs[:, shown], atol=1e-12)
    np.testing.assert_array_equal(found[:, [SEAT, OUTSIDE]], run[:, [SEAT, OUTSIDE]])


def test_no_target_has_more_urban_people_than_residents() -> None:
    gaps = np.zeros((1, N_FIGURES))
    gaps[0, URBAN] = 0.9
    found = met(figures_of_rows(first_rows(1, seed=2)).logs, gaps)
    assert found[0, URBAN] == found[0, RESIDENT]


def test_a_predictor_learns_a_line_in_spite_of_counties_far_off() -> None:
    rng = np.random.default_rng(1)
    columns = 10.0 * rng.normal(size=(400, 3))
    effects = 0.01 * rng.normal(size=(3, N_FIGURES))
    gaps = columns @ effects + 0.001 * rng.normal(size=(400, N_FIGURES))
    keys = [RESIDENT, URBAN, HOUSEHOLDS]
    gaps[:20, keys] += 0.5
    found = predictor(columns, gaps)
    with_mean = np.concatenate([np.ones((400, 1)), columns], axis=1)
    plain = np.linalg.lstsq(with_mean, gaps[:, keys], rcond=None)[0]
    off, plain_off = (np.abs(one - effects[:, keys]).max() for one in (found.effects[:, keys], plain[1:]))
    assert off < 0.9 * plain_off
    assert np.abs(found.centre[keys]).max() < 0.9 * np.abs(plain[0]).max()


def test_closing_moves_what_is_spread_most() -> None:
    """Two parameters with the same effect on residents, one spread three times as much: nine tenths of the move."""
    slopes = np.zeros((1, N_FIGURES, 2))
    slopes[0, RESIDENT] = 0.1
    gaps = np.zeros((1, N_FIGURES))
    gaps[0, RESIDENT] = 0.05
    found = closing(slopes, np.diag([9.0, 1.0]), gaps)[0]
    assert abs(found[0] / found[1] - 9.0) < 1e-9
    assert abs(0.1 * found.sum() - 0.05) < 1e-3


def made(rng: np.random.Generator, count: int) -> tuple[Inputs, np.ndarray]:
    """Counties and districts, and errors of their forecasts, wider in districts."""
    columns = rng.normal(size=(count, 4)) / 2.0
    kinds = tuple(rng.choice(["county", "district"], size=count))
    scale = 0.1 * np.exp(0.3 * columns[:, 0]) * np.array([3.0 if kind == "district" else 1.0 for kind in kinds])
    base = figures_of_rows(first_rows(1, seed=1)).take(np.zeros(count, dtype=np.int64))
    shown = Inputs(columns, 4, np.ones(count, dtype=np.bool_), base, kinds, 2010)
    return shown, scale[:, np.newaxis] * rng.standard_t(5.0, size=(count, len(CONTRASTS)))


def test_bands_hold_four_fifths_of_new_errors_in_every_kind() -> None:
    rng = np.random.default_rng(4)
    shown, errors = made(rng, 1500)
    part = np.arange(1500) % 5
    found = bands(shown, errors, 2.0 * errors, np.ones_like(errors, dtype=np.bool_), part)
    new, truth = made(rng, 4000)
    held = np.abs(truth) <= found.half(new)
    for kind in ("county", "district"):
        rows = np.array([one == kind for one in new.kinds])
        assert 0.76 < held[rows].mean() < 0.84, kind
    less = Inputs(new.columns, 4, ~new.beyond, new.base, new.kinds, 2010)
    np.testing.assert_allclose(found.half(less), 2.0 * found.half(new), rtol=1e-9)


def test_places_without_error_leave_bands_of_a_width() -> None:
    """Of a hundred counties some are wholly urban then and now, and their urban share is met exactly."""
    shown, errors = made(np.random.default_rng(5), 100)
    errors[:12, 0] = 0.0
    part = np.arange(100) % 5
    width = bands(shown, errors, errors, np.ones_like(errors, dtype=np.bool_), part).half(shown)
    assert np.isfinite(width).all()
    assert (width > 0.0).all()
