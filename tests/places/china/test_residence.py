"""The national patterns by residence: they add up, and their derivation gives what is shipped."""

import csv
from pathlib import Path

import numpy as np
import pytest

from docs.write.residence import OLD_SHARES, PLACES, derive
from sim.common.paths import library
from sim.model.axes import SEXES
from sim.places.census import AGE_GROUPS, AGE_STARTS
from sim.places.china.national import load_national
from sim.places.china.residence import by_single_age, load_patterns
from tests.paths import REFERENCE


@pytest.mark.parametrize("year", [2010, 2020])
def test_the_places_make_up_the_nation(year: int) -> None:
    patterns = load_patterns()
    weights = np.array(PLACES[year]) / sum(PLACES[year])
    mean = np.einsum("z,zsg->sg", weights, patterns.residence[patterns.nearest(year)])
    np.testing.assert_allclose(mean, 1.0, atol=5e-6)


def test_the_published_shares_of_the_old_are_met() -> None:
    patterns = load_patterns()
    groups = np.add.reduceat(load_national().age_structure_of(2020), AGE_STARTS, axis=1)
    persons = np.array(PLACES[2020])[:, np.newaxis, np.newaxis] * patterns.residence[patterns.nearest(2020)] * groups
    old = persons[:, :, AGE_STARTS.index(65) :].sum(axis=(1, 2))
    all_ages = persons.sum(axis=(1, 2))
    contrast = (old[2] / all_ages[2]) / (old[:2].sum() / all_ages[:2].sum())
    published = OLD_SHARES[2020]["rural"][1] / OLD_SHARES[2020]["urban"][1]
    assert contrast == pytest.approx(published, rel=0.03)


def test_outsiders_are_young_adults_with_few_children() -> None:
    patterns, national = load_patterns(), load_national()
    for year in (2010, 2020):
        shares = patterns.outsider_shares(year, national.old_age_of(year))
        assert shares.shape == (len(SEXES), 101)
        assert shares.sum() == pytest.approx(1.0)
        assert 0.5 < shares[:, 20:45].sum() < 0.8
        assert 0.03 < shares[:, :15].sum() < 0.15
        assert shares[:, 60:].sum() < 0.06


def test_ratios_at_single_ages_pass_through_the_groups() -> None:
    ratios = np.linspace(0.5, 1.5, len(AGE_GROUPS))
    single = by_single_age(ratios)
    assert single[7] == pytest.approx(ratios[2])
    assert single[100] == pytest.approx(ratios[-1])
    assert (np.diff(single) >= 0).all()


def test_an_unknown_province_has_the_nations_ratio() -> None:
    patterns = load_patterns()
    assert patterns.registered_over_local("341282", "city")[1]
    ratio, own = patterns.registered_over_local("990000", "county")
    assert not own
    assert 1.0 < ratio < 1.3


def test_every_rule_has_a_range_around_it_and_a_source() -> None:
    with (library() / "calibration" / "national" / "base_year_rules.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    kinds = ("city", "county", "district", "province")
    assert {f"seat_share_{kind}" for kind in kinds} <= {row["rule"] for row in rows}
    for row in rows:
        assert float(row["low"]) < float(row["value"]) < float(row["high"])
        assert row["evidence"]
        assert row["source"]


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference data are not beside the checkout")
def test_the_derivation_gives_what_is_shipped(tmp_path: Path) -> None:
    derive(REFERENCE, tmp_path)
    for path in tmp_path.iterdir():
        assert path.read_text() == (library() / "calibration" / "national" / path.name).read_text(), path.name
