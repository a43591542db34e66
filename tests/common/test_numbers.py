"""Numbers in words, and Chinese punctuation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.common import units
from sim.common.numbers import (
    about,
    estimate,
    grouped,
    percent,
    percent_error,
    points,
    quantity,
    span,
    unit_in,
    unit_words,
)
from sim.common.typography import has_chinese, typeset


@pytest.mark.parametrize(
    ("value", "unit", "en", "zh"),
    [
        (0.55, "share", "55%", "55%"),
        (0.076, "share", "7.6%", "7.6%"),
        (55.0, "%", "55%", "55%"),
        (250_000.0, "person", "250,000 people", "25万人"),
        (25.0, "万人", "250,000 people", "25万人"),
        (0.0075, "bed/person", "7.5 beds per 1,000 people", "7.5张/千人"),
        (7.5, "beds/1000", "7.5 beds per 1,000 people", "7.5张/千人"),
        (0.00083, "staff/person", "8.3 staff per 10,000 people", "8.3人/万人"),
        (0.35, "m²/household", "35 m² per 100 households", "35平方米/百户"),
        (1e11, "yuan", "100,000 million yuan", "1,000亿元"),
        (2.5e6, "yuan", "2.5 million yuan", "250万元"),
        (9_999.0, "yuan", "9,999 yuan", "9,999元"),
        (43_834.0, "yuan/person", "43,834 yuan per person", "43,834元/人"),
        (9_000.0, "job", "9,000 jobs", "9,000个岗位"),
        (49.0, "万人次", "490,000 person-times", "49万人次"),
        (1_500.0, "homes/year", "1,500 homes a year", "1,500套/年"),
        (3.0, "座", "3", "3个"),
        (0.02, "bed/bed", "2%", "2%"),
        (3.0, "schools", "3 schools", "3 schools"),
        (None, "person", "—", "—"),
        (float("nan"), "person", "—", "—"),
    ],
)
def test_a_plans_value_keeps_its_digits(value: float | None, unit: str, en: str, zh: str) -> None:
    assert quantity(value, unit, "en", exact=True) == en
    assert quantity(value, unit, "zh", exact=True) == zh


def test_a_models_value_is_rounded() -> None:
    assert quantity(207_423.7, "person", "en") == "207,400 people"
    assert quantity(207_423.7, "person", "zh") == "20.74万人"
    assert quantity(0.51637, "share", "en") == "51.6%"
    assert quantity(-1234.0, "person", "en") == "−1,230 people"


def test_no_number_has_more_digits_than_a_model_can_know() -> None:
    assert quantity(92_655.2e6, "yuan", "en") == "92,700 million yuan"
    assert quantity(92_655.2e6, "yuan", "zh") == "926.6亿元"
    assert quantity(3_631.4e6, "yuan/year", "en") == "3,631 million yuan a year"
    assert quantity(20_838_900.0, "person", "zh") == "2,084万人"
    assert quantity(102_655_321.0, "m²", "en") == "102,700,000 m²"

    assert quantity(9_999.6e4, "person", "zh") == "10,000万人"


def test_chinese_units_have_no_latin_ones_among_them() -> None:
    assert unit_in("m²/张", "zh") == "平方米/张"
    assert unit_in("m²/person", "en") == "m²/person"


def test_a_band_says_its_unit_once() -> None:
    assert estimate((0.521, 0.534, 0.548), "share", "en") == ("53.4%", "52.1–54.8")
    assert estimate((224_600.0, 232_300.0, 241_700.0), "person", "zh") == ("23.23万人", "22.46–24.17")
    assert span(224_600.0, 241_700.0, "person", "en") == "224,600–241,700 people"


def test_no_dash_stands_beside_a_minus() -> None:
    assert span(-0.017, 0.121, "share", "en") == "−1.7 to 12.1%"
    assert span(-0.017, 0.121, "share", "zh") == "−1.7至12.1%"
    assert estimate((-0.017, 0.05, 0.121), "share", "en") == ("5.0%", "−1.7 to 12.1")


def test_a_band_across_scales_says_both_units() -> None:
    middle, band = estimate((9_000.0, 9_600.0, 10_400.0), "person", "zh")
    assert middle == "9,600人"
    assert band == "0.90–1.04万人"


def test_what_rounds_to_nothing_has_no_minus() -> None:
    assert grouped(-0.04, 1) == "0.0"
    assert grouped(-0.4, 0) == "0"
    assert grouped(-0.06, 1) == "−0.1"
    assert grouped(-1000.0, 0) == "−1,000"
    assert quantity(-0.0001, "share", "en") == "0.0%"


def test_shares_differ_by_points() -> None:
    assert points(0.016, "share", "en") == "1.6 points"
    assert points(0.01, "share", "en") == "1.0 point"
    assert points(0.016, "share", "zh") == "1.6个百分点"
    assert points(17_700.0, "person", "en") == "17,700 people"


def test_a_probability_never_rounds_a_doubt_away() -> None:
    assert [percent(p) for p in (0.0, 0.004, 0.23, 0.996, 1.0)] == ["0%", "<1%", "23%", ">99%", "100%"]
    assert [percent_error(e) for e in (0.0, 0.004, 0.0136)] == ["± <0.1", "± 0.4", "± 1"]


@given(st.floats(min_value=1e-6, max_value=1e12))
def test_about_is_within_half_a_percent(value: float) -> None:
    assert about(value) == pytest.approx(value, rel=5.001e-3)


@given(st.floats(min_value=-1e12, max_value=1e12, allow_nan=False), st.sampled_from(sorted(units._UNITS)))
def test_every_unit_has_words_in_both_languages(value: float, unit: str) -> None:
    english = quantity(value, unit, "en")
    assert not has_chinese(english), f"{unit} reads {english} in English"
    chinese = quantity(value, unit, "zh")
    for foreign in ("people", "household", "bed", "place", "year", "yuan", "per"):
        assert foreign not in chinese


def test_units_beside_unscaled_numbers_have_words() -> None:
    for unit in ("share", "share/year", "ratio", "person/year", "children/woman", "males/female", "age", "year"):
        assert not has_chinese(unit_words(unit, "en"))
        assert has_chinese(unit_words(unit, "zh")), unit


def test_chinese_punctuation_is_full_width_beside_chinese_only() -> None:
    assert typeset("有可能:到2025年(80%)") == "有可能\uff1a到2025年\uff0880%\uff09"
    assert typeset("64%(± 3 个百分点);中位数") == "64%\uff08± 3 个百分点\uff09\uff1b中位数"
    for plain in ("T207: 53.4% (52.1–54.8)", "rates.yaml:12:5", "1,234", ""):
        assert typeset(plain) == plain
    assert typeset("约 22,900 人") == "约 22,900 人"


@given(st.text(alphabet="县城ab1,:;()!? \uff0c“”", max_size=30))
def test_typesetting_twice_changes_nothing_more(text: str) -> None:
    once = typeset(text)
    assert typeset(once) == once
    assert len(once) == len(text)
