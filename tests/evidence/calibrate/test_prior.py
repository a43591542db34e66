"""The shipped prior gives a county with one census rates of its own."""

from dataclasses import replace

import numpy as np
import pytest

from docs.write.prior import dump
from sim.common.errors import InvalidInput
from sim.evidence.calibrate.covariates import expectations, filled
from sim.evidence.calibrate.design import design_of
from sim.evidence.calibrate.inputs import inputs_of
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


def test_a_county_among_others_is_expected_the_same_to_the_last_digit(row: CensusRow) -> None:
    others = [
        replace(row, households=None),
        replace(row, code="230182", name="某某区", mean_years_schooling=None),
        replace(row, code="650201", same_province=None, further={}),
    ]
    prior = load_prior()
    for found, of in zip(prior.expected_of([row, *others, row], jobs=1), [row, *others, row], strict=True):
        alone = prior.expected(of)
        assert found.parameters.tolist() == alone.parameters.tolist()
        assert found.covariance.tolist() == alone.covariance.tolist()
        assert found.lanes.headship.tolist() == alone.lanes.headship.tolist()


def test_the_prior_survives_its_file() -> None:
    prior = load_prior()
    text = dump(prior)
    again = parse(text, "prior")
    assert dump(again) == text
    assert len(text) < 800_000
    assert prior.manifest["counties"] > 1000
    assert all(len(table["sha256"]) == 64 for table in prior.manifest["tables"])


def test_bad_files_are_refused() -> None:
    for text in ("", "{}", "[]", dump(load_prior()).replace('"fertility"', '"fecundity"', 1)):
        with pytest.raises(InvalidInput):
            parse(text, "prior")


def test_a_missing_covariate_is_expected_from_those_that_are_known() -> None:
    """Two that go together: one tells of the other, as far as they are correlated; none known is the mean."""
    rng = np.random.default_rng(3)
    common = rng.normal(size=(4000, 1))
    standard = np.concatenate([common, 0.8 * common + 0.6 * rng.normal(size=(4000, 1))], axis=1)
    given = np.array([[1.0, np.nan], [np.nan, -2.0], [0.5, 0.4], [np.nan, np.nan]])
    found = filled(given, expectations(standard))
    np.testing.assert_allclose(found, [[1.0, 0.8], [-1.6, -2.0], [0.5, 0.4], [0.0, 0.0]], atol=0.06)


def test_figures_that_not_every_table_has_move_what_is_expected(row: CensusRow) -> None:
    """A shipped row has them; without them a county still gets rates, and its bands are no narrower on the whole."""
    bare = replace(row, further={})
    prior = load_prior()
    assert prior.design.known([row])[0]
    assert not prior.design.known([bare])[0]
    full, less = (prior.known.bands.half(inputs_of(prior.design, [one]))[0] for one in (row, bare))
    assert less[1] > 0.9 * full[1]
    assert prior.expected(bare).parameters.tolist() != prior.expected(row).parameters.tolist()


def test_the_design_is_the_same_each_time() -> None:
    rows = first_rows(30, seed=4)
    one, two = design_of(rows), design_of(rows)
    np.testing.assert_array_equal(one.columns(rows), two.columns(rows))
    np.testing.assert_allclose(one.columns(rows[:3]), one.columns(rows)[:3], rtol=1e-12)
