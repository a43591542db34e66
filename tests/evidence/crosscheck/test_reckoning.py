"""The methods on a region's facts: what they give, what they lack, and what a user may set."""

import math
from dataclasses import replace
from pathlib import Path

import pytest

from sim.common.errors import InvalidInput
from sim.common.language import Text
from sim.evidence.crosscheck.facts import Facts
from sim.evidence.crosscheck.given import FILE, given_of, read_inputs
from sim.evidence.crosscheck.inputs import INPUTS, Given
from sim.evidence.crosscheck.reckon import METHODS, Place, Said, said

FACTS = Facts(
    id="x",
    folder=None,
    base_year=2020,
    residents={2010: 100_000.0, 2020: 121_000.0},
    urban={2010: 40_000.0, 2020: 60_500.0},
    rural_labour=30_000.0,
    employed=60_000.0,
    farming=20_000.0,
    output={},
    people={},
)


def by(method: str, facts: Facts = FACTS, year: int = 2025, **values: float) -> Said:
    chosen = next(one for one in METHODS if one.id == method)
    inputs = {name: Given(value, Text("试", "test")) for name, value in values.items()}
    return said(chosen, Place(facts, inputs, year))


def test_there_are_six_and_each_has_a_score_or_a_reason() -> None:
    assert len(METHODS) == 6
    assert all(method.scored != (method.unscored is not None) for method in METHODS)


def test_composite_growth_carries_the_decade_on() -> None:
    found = by("composite_growth", year=2030)
    assert found.resident == pytest.approx(121_000.0 * 1.21)
    assert by("composite_growth", year=2030, natural_growth=0.01).resident == pytest.approx(found.resident)
    assert found.rate is None


def test_the_growth_difference_of_the_decade() -> None:
    """The ratio of urban to rural people went from 2/3 to 1 in ten years, so to 1.5 in ten more."""
    assert by("growth_difference", year=2030).rate == pytest.approx(1.5 / 2.5)


def test_a_logistic_slope_without_ceiling_is_a_growth_difference() -> None:
    slope = math.log(1.5) / 10.0
    assert by("logistic", year=2030, logistic_slope=slope).rate == pytest.approx(
        by("growth_difference", year=2030).rate
    )
    capped = by("logistic", year=2030, logistic_slope=slope, ceiling=0.55).rate
    assert capped is not None
    assert 0.5 < capped < 0.55


def test_labour_demand_starts_at_the_base_years_share() -> None:
    """Without growth of jobs the urban people stay; residents grow beside them."""
    still = by("labour_demand", jobs_growth=0.0)
    grown = 121_000.0 * 1.21 ** (5 / 10)
    assert still.rate == pytest.approx(60_500.0 / grown)
    assert by("labour_demand", jobs_growth=0.02).rate == pytest.approx(60_500.0 * 1.02**5 / grown)
    assert "no dependants" in by("labour_demand", jobs=70_000.0).basis.en


def test_surplus_labour_needs_farmland_and_moves_the_spare() -> None:
    assert by("surplus_labour").basis.en.startswith("not applicable: farmland")
    found = by(
        "surplus_labour", farmland=80_000.0, land_per_worker=8.0, natural_growth=0.0, share_to_town=0.5, carried=1.0
    )
    # 20,000 farm workers, 10,000 needed: 10,000 spare, half of them with one dependant each
    assert found.rate == pytest.approx((60_500.0 + 10_000.0) / (121_000.0 * 1.21 ** (5 / 10)))
    assert by("surplus_labour", farmland=1e8, natural_growth=0.0).rate == pytest.approx(
        60_500.0 / (121_000.0 * 1.21 ** (5 / 10))
    )


def test_economic_correlation_finds_the_line() -> None:
    output = {2018: 10.0, 2019: 20.0, 2020: 40.0}
    known = replace(FACTS, output=output, people={year: 5.0 + 3.0 * math.log(x) for year, x in output.items()})
    assert "output" in by("economic_correlation", known).basis.en
    found = by("economic_correlation", known, 2021, output_growth=0.5).resident
    assert found == pytest.approx(5.0 + 3.0 * math.log(60.0))
    short = replace(known, output={2019: 20.0, 2020: 40.0})
    assert "known: 2019, 2020" in by("economic_correlation", short, output_growth=0.5).basis.en


def test_a_region_with_one_census_says_so() -> None:
    one = replace(FACTS, residents={2020: 121_000.0}, urban={2020: 60_500.0})
    for method in ("composite_growth", "labour_demand", "growth_difference"):
        found = by(method, one)
        assert (found.resident, found.rate) == (None, None)
        assert "no comparable census" in found.basis.en
        assert found.basis.in_("zh").startswith("不适用")
    assert by("logistic", one).rate is not None


def test_a_region_all_urban_has_no_growth_difference() -> None:
    everyone = replace(FACTS, urban=FACTS.residents)
    assert "urban" in by("growth_difference", everyone).basis.en
    assert by("logistic", everyone).rate == 1.0


def test_inputs_of_a_regions_file(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(
        "farmland: {value: 50, unit: km², source: survey}\njobs_growth: {value: 3, unit: '%/年'}\ncarried: 1\n", "utf-8"
    )
    found = read_inputs(tmp_path)
    assert found["farmland"].value == pytest.approx(75_000.0)
    assert found["farmland"].source.en == "survey"
    assert found["jobs_growth"].value == pytest.approx(0.03)
    assert found["carried"].source.en.startswith("assumption")
    assert read_inputs(tmp_path / "nowhere") == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("farmlnd: 3\n", "did you mean farmland"),
        ("carried: many\n", "expected a number in 0…5"),
        ("carried: 9\n", "expected a number in 0…5"),
        ("farmland: {value: 3, unit: 人}\n", "unit 人"),
        ("farmland: {valu: 3}\n", "did you mean value"),
        ("land_per_worker: {value: 3, unit: mu}\n", "expected 亩/人"),
        ("- 3\n", "expected name: value"),
    ],
)
def test_a_bad_file_is_refused_with_its_place(tmp_path: Path, text: str, expected: str) -> None:
    (tmp_path / FILE).write_text(text, "utf-8")
    with pytest.raises(InvalidInput) as refused:
        read_inputs(tmp_path)
    assert expected in refused.value.message("en")
    assert f"{FILE}:1:" in refused.value.message("en")


def test_all_faults_of_a_file_are_said_at_once(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("farmlnd: 3\ncarried: 9\n", "utf-8")
    with pytest.raises(InvalidInput) as refused:
        read_inputs(tmp_path)
    assert len(refused.value.faults) == 2


def test_inputs_of_the_command_line() -> None:
    found = given_of(["jobs_growth=3%", "farmland = 620000"])
    assert found["jobs_growth"].value == pytest.approx(0.03)
    assert found["farmland"].value == 620_000.0
    with pytest.raises(InvalidInput) as refused:
        given_of(["jobs_grow=3%", "carried", "share_to_town=120%"])
    assert len(refused.value.faults) == 3


def test_every_default_lies_within_its_limits_and_names_a_source() -> None:
    for known in INPUTS.values():
        assert known.low < known.high
        if known.default is not None:
            assert known.low <= known.default.value <= known.high
            assert known.default.source.zh
            assert known.default.source.en
    slope = (math.log(0.6389 / 0.3611) - math.log(0.4968 / 0.5032)) / 10.0
    assert INPUTS["logistic_slope"].default is not None
    assert INPUTS["logistic_slope"].default.value == pytest.approx(slope, abs=1e-4)
