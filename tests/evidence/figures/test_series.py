"""Series of figures: the link to the model's area, the likelihood, and what a year's figure says of the next."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import multivariate_normal

from sim.common.errors import InvalidInput
from sim.evidence.figures.aside import asides
from sim.evidence.figures.errors import covariance
from sim.evidence.figures.series import all_series, gross_faults
from tests.questions.checkup.scenes import BASE, figure

KEYS = {("jieshou", measure): value for measure, value in BASE.items()}
DRAWS = np.random.default_rng(3).normal(size=(4, 50))


def models(at: float, size: float) -> dict[int, np.ndarray]:
    return {2020 + step: at + size * DRAWS[: step + 1].sum(axis=0) / 2.0 for step in range(4)}


def test_errors_grow_with_the_years_and_are_shared_by_them() -> None:
    own = np.full(3, 100.0)
    found = covariance("resident", (1, 2, 3), own, ("estimate",) * 3, 100_000.0)
    assert np.linalg.eigvalsh(found).min() > 0.0
    assert (np.diff(np.diag(found)) > 0.0).all()
    drift, walk = (0.04e5 / 10.0) ** 2, 0.01e5**2 / 10.0
    assert found[0, 2] == pytest.approx(3.0 * drift + walk)
    assert found[1, 1] == pytest.approx(4.0 * drift + 2.0 * walk + 100.0**2)
    census = covariance("resident", (1, 2, 3), own, ("census",) * 3, 100_000.0)
    assert census[0, 2] == pytest.approx(walk)


def test_likelihood_is_the_normal_one() -> None:
    values = (648_000.0, 652_000.0, 651_000.0)
    (one,) = all_series([figure("resident", 2021 + i, value) for i, value in enumerate(values)], 2020, KEYS)
    model = models(650_870.0, 3000.0)
    own = np.array([0.003 * value for value in values])
    errors = covariance("resident", (1, 2, 3), own, ("estimate",) * 3, 650_870.0)
    stacked = np.stack([model[year] for year in (2021, 2022, 2023)], axis=1)
    known = multivariate_normal(mean=np.array(values), cov=errors).logpdf(stacked)
    found = one.likelihood(model, 2023)
    assert found - found[0] == pytest.approx(known - known[0])


def test_one_year_after_the_other_says_what_all_together_say() -> None:
    """The likelihood of three years is that of two times that of the third given them."""
    values = (0.482, 0.489, 0.501)
    (one,) = all_series([figure("urbanization_rate", 2021 + i, v) for i, v in enumerate(values)], 2020, KEYS)
    model = models(0.474, 0.01)
    mean, deviation = one.ahead(model, 2022, 2023)
    third = -0.5 * ((values[2] - mean) / deviation) ** 2
    sequential = one.likelihood(model, 2022) + third
    assert sequential == pytest.approx(one.likelihood(model, 2023))


def test_no_figure_yet_changes_nothing_exactly() -> None:
    (one,) = all_series([figure("resident", 2023, 640_000.0)], 2020, KEYS)
    assert (one.likelihood(models(650_870.0, 3000.0), 2022) == 0.0).all()


def test_a_base_year_figure_links_the_published_area() -> None:
    rows = [figure("resident", 2020, 676_904.8), figure("resident", 2021, 680_000.0)]
    rows += [figure("urbanization_rate", 2020, 0.484), figure("urbanization_rate", 2021, 0.49)]
    people, rate = all_series(rows, 2020, KEYS)
    assert people.link.published(np.array([650_870.0])) == pytest.approx(676_904.8)
    assert people.link.ratio == pytest.approx(1.04)
    assert rate.link.published(np.array([0.474])) == pytest.approx(0.484)
    assert not people.link.is_none


def test_a_base_year_figure_of_another_size_is_a_fault() -> None:
    rows = [figure("resident", 2020, 65.0), figure("resident", 2021, 65.0)]
    with pytest.raises(InvalidInput, match="check unit and region"):
        all_series(rows, 2020, KEYS)


def test_figures_that_follow_from_others_are_shown_only() -> None:
    base = KEYS | {("jieshou", "urban"): 308_500.0, ("jieshou", "rural"): 342_370.0}
    values = {"urbanization_rate": 0.48, "resident": 650_000.0, "urban": 312_000.0, "rural": 338_000.0}
    found = all_series([figure(measure, 2021, value) for measure, value in values.items()], 2020, base)
    assert {one.measure: one.weighing for one in found} == {
        "urbanization_rate": (True,),
        "resident": (True,),
        "urban": (False,),
        "rural": (False,),
    }


def test_a_share_written_as_a_fraction_under_percent_is_too_far_from_the_runs() -> None:
    rate = all_series([figure("urbanization_rate", 2021, 0.00487)], 2020, KEYS)
    usual = {("jieshou", "urbanization_rate", 2021): 0.487}
    (wrong,) = gross_faults(rate, usual)
    assert "0.00487 is too far from the median run's 0.487 [share]: check unit and region" in wrong.problem.en
    near = all_series([figure("urbanization_rate", 2021, 0.47)], 2020, KEYS)
    assert gross_faults(near, usual) == []


def test_a_figure_of_what_is_not_known_is_refused_where_it_stands() -> None:
    with pytest.raises(InvalidInput, match="households is not known in the base year of jieshou"):
        all_series([figure("households", 2021, 236_000.0)], 2020, {("jieshou", "households"): np.nan})


def test_figures_that_do_not_count_are_named_with_the_reason() -> None:
    known = KEYS | {("jieshou", "urban"): 308_493.0}
    rows = [figure("resident", 2020, 1.01 * KEYS["jieshou", "resident"])]
    rows += [figure(measure, 2021, known["jieshou", measure]) for measure in ("urbanization_rate", "resident", "urban")]
    rows.append(replace(figure("resident", 2022, 650_000.0), used=False))
    said = [one.en for one in asides(all_series(rows, 2020, known), [figure("resident", 2031, 600_000.0)])]
    assert said == [
        "left out: residents (jieshou) of 2031: its year is outside the period",
        "left out: residents (jieshou) of 2022: its row says `use: no`",
        "runs are compared with residents (jieshou) after × 1.0100, as residents of 2020 asks: its area or definition",
        "left out: urban residents (jieshou) of 2021: it follows from two others of the same year",
    ]
    assert asides(all_series(rows[2:3], 2020, known)) == ()
