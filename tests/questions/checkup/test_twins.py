"""Twin experiments: one draw is the truth, its figures are made with their errors, and the others are weighed."""

from functools import cache

import numpy as np

from sim.evidence.figures.errors import covariance, own_error
from sim.evidence.figures.series import Series, all_series
from sim.evidence.inference.weights import effective, normalised, quantiles
from sim.model.arrays import Array
from sim.questions.checkup.sample import LEAST_DRAWS
from sim.run.ensemble import Ensemble, simulate
from sim.run.scenario_run import ready
from tests.questions.checkup.scenes import figure, jieshou

MEASURES = ("urbanization_rate", "resident", "births")
YEARS = (2021, 2022, 2023, 2024)
DRAWS, TRUTHS = 1200, 150


@cache
def ensemble() -> Ensemble:
    return simulate(ready(jieshou()).case, range(DRAWS + TRUTHS), (), 2)


def by_year(measure: str, columns: slice | int) -> dict[int, Array]:
    values = ensemble().of(measure)[:, columns].astype(np.float64)
    return {year: values[i] for i, year in enumerate(ensemble().years)}


def series_of(truth: int, rng: np.random.Generator) -> tuple[Series, ...]:
    """Figures of a truth with errors as the check-up takes them."""
    figures = []
    base = {("jieshou", measure): float(ensemble().of(measure)[0, 0]) for measure in MEASURES}
    for measure in MEASURES:
        true = np.array([float(by_year(measure, truth)[year]) for year in YEARS])
        own = np.array([own_error(measure, "estimate", value) for value in true])
        level = base["jieshou", measure] or true[0]
        errors = covariance(measure, [year - 2020 for year in YEARS], own, ["estimate"] * len(YEARS), level)
        said = rng.multivariate_normal(true, errors)
        figures += [figure(measure, y, v, e) for y, v, e in zip(YEARS, said, own, strict=True)]
    return all_series(figures, 2020, base)


def weights_of(series: tuple[Series, ...], truth: int) -> Array:
    """Weights of all draws but the truth, as the figures say."""
    logs = np.zeros(DRAWS + TRUTHS)
    for one in series:
        logs += one.likelihood(by_year(one.measure, slice(None)), YEARS[-1])
    logs[truth] = -np.inf
    return normalised(logs)


def crps(values: Array, weights: Array, truth: float) -> float:
    """Continuous ranked probability score of weighted draws: E|X − y| − ½ E|X − X'|."""
    order = np.argsort(values)
    x, w = values[order], weights[order]
    cumulated = np.cumsum(w)
    spread = float(np.sum(np.diff(x) * cumulated[:-1] * (1.0 - cumulated[:-1])))
    return float(w @ np.abs(x - truth)) - spread


def test_figures_of_a_truth_bring_the_forecast_nearer_to_it_and_bands_stay_honest() -> None:
    """Bands are held to account where weights are worth the draws that a check-up asks for: below, it draws more."""
    rng = np.random.default_rng(11)
    outcome = by_year("urbanization_rate", slice(None))[2026]
    gains, before, ranks = [], [], []
    for truth in range(0, len(outcome), 3):
        came = float(outcome[truth])
        weights = weights_of(series_of(truth, rng), truth)
        before.append(crps(outcome, weights_of((), truth), came))
        gains.append(before[-1] - crps(outcome, weights, came))
        if effective(weights) >= LEAST_DRAWS:
            ranks.append(float(weights[outcome < came].sum()))
    assert np.mean(gains) > 4.0 * np.std(gains) / np.sqrt(len(gains))
    assert np.mean(gains) > 0.1 * np.mean(before)
    assert len(ranks) > 100
    held = np.mean([0.1 <= rank <= 0.9 for rank in ranks])
    assert abs(held - 0.8) < 3.5 * np.sqrt(0.8 * 0.2 / len(ranks))
    assert abs(np.mean(ranks) - 0.5) < 3.5 / np.sqrt(12.0 * len(ranks))


def test_next_years_figure_lies_in_its_band_as_often_as_the_band_says() -> None:
    rng = np.random.default_rng(12)
    inside = 0
    for truth in range(DRAWS, DRAWS + TRUTHS):
        (one,) = [one for one in series_of(truth, rng) if one.measure == "resident"]
        model = by_year("resident", slice(0, DRAWS))
        weights = normalised(one.likelihood(model, YEARS[-2]))
        mean, deviation = one.ahead(model, YEARS[-2], YEARS[-1])
        low, high = quantiles(mean + deviation * rng.normal(size=DRAWS), weights, (0.1, 0.9))
        inside += int(low <= one.figures[-1].value <= high)
    assert abs(inside / TRUTHS - 0.8) < 3.5 * np.sqrt(0.8 * 0.2 / TRUTHS)
