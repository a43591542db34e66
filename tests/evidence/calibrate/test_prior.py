"""The shipped prior gives a county with one census rates of its own."""

from dataclasses import replace

import numpy as np
import pytest

from docs.write.prior import dump
from sim.common.errors import InvalidInput
from sim.evidence.calibrate.covariates import NAMES, covariates, scale_of
from sim.evidence.calibrate.design import design_of
from sim.evidence.calibrate.prior import load_prior, parse, prior_rates
from sim.model.registry import PARAMETERS
from sim.places.census import CensusRow, read_region
from tests.evidence.backtest.counties import first_rows
from tests.scenarios import ROOT


@pytest.fixture(scope="module")
def row() -> CensusRow:
    return read_region(ROOT / "scenarios" / "regions" / "jieshou")[2020]


def test_rates_lie_in_the_range_of_their_parameters(row: CensusRow) -> None:
    found = prior_rates(row)
    for rate in found.rates:
        parameter = PARAMETERS[rate.path]
        assert parameter.low <= rate.value <= parameter.high, rate.path
        assert rate.deviation >= 0.0
    correlation = found.correlation
    assert correlation.shape == (len(found.uncertain), len(found.uncertain))
    np.testing.assert_allclose(np.diag(correlation), 1.0)
    assert np.linalg.eigvalsh(correlation).min() > 0.0
    assert min(found.tfr) == row.year
    assert 0.5 < found.tfr[row.year] < 2.5


def test_rates_follow_what_the_census_shows(row: CensusRow) -> None:
    """More outsiders among the residents bring more arrivals; another province, other rates."""

    def arriving(of: CensusRow) -> float:
        return sum(rate.value for rate in prior_rates(of).rates if rate.path.startswith("outside.arrive"))

    fuller = replace(row, same_province=10.0 * (row.same_province or 0.0))
    assert arriving(fuller) > 1.5 * arriving(row)
    elsewhere = replace(row, code="230182")
    assert load_prior().expected(elsewhere).parameters.tolist() != load_prior().expected(row).parameters.tolist()


def test_a_row_without_extras_still_gets_rates(row: CensusRow) -> None:
    bare = replace(
        row, mean_years_schooling=None, floor_area_per_person=None, rooms_per_household=None, households=None
    )
    assert all(np.isfinite(rate.value) for rate in prior_rates(bare).rates)


def test_the_prior_survives_its_file() -> None:
    prior = load_prior()
    text = dump(prior)
    again = parse(text, "prior")
    assert dump(again) == text
    assert len(text) < 200_000
    assert prior.manifest["counties"] > 1000
    assert all(len(table["sha256"]) == 64 for table in prior.manifest["tables"])


def test_bad_files_are_refused() -> None:
    for text in ("", "{}", "[]", dump(load_prior()).replace('"fertility"', '"fecundity"', 1)):
        with pytest.raises(InvalidInput):
            parse(text, "prior")


def test_covariates_that_are_missing_count_as_the_mean() -> None:
    rows = first_rows(30, seed=4)
    values = covariates(rows)
    scale = scale_of(values)
    standard = scale.standard(values)
    assert np.isfinite(standard).all()
    missing = replace(rows[0], registered=None)
    column = NAMES.index("log registered/residents")
    assert scale.standard(covariates([missing]))[0, column] == 0.0
    assert standard[0, column] != 0.0


def test_the_design_is_the_same_each_time() -> None:
    rows = first_rows(30, seed=4)
    one, two = design_of(rows), design_of(rows)
    np.testing.assert_array_equal(one.columns(rows), two.columns(rows))
    np.testing.assert_allclose(one.columns(rows[:3]), one.columns(rows)[:3], rtol=1e-12)
