"""Units: conversion, and refusal of another quantity."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.common.units import POINTS, UnitError, base, factor, in_language, is_known, units_of_same_quantity

PUBLISHED = [
    (25, "万人", "人", 250_000), (1, "百万人", "万人", 100), (3, "万人/年", "person/year", 30_000),
    (55, "%", "share", 0.55), (7.6, "百分点", "1", 0.076), (12, "‰", "%", 1.2), (2, "%/年", "share/year", 0.02),
    (7.5, "张/千人", "beds/1000", 7.5), (8.3, "人/万人", "人/千人", 0.83), (30, "平方米/百户", "m²/100 households", 30),
    (1200, "亿元", "元", 1.2e11), (15, "亩", "公顷", 1), (1, "km²", "ha", 100), (110, "女=100", "males/female", 1.1),
]  # fmt: skip


@pytest.mark.parametrize(("value", "unit", "wanted", "converted"), PUBLISHED)
def test_conversions(value: float, unit: str, wanted: str, converted: float) -> None:
    assert value * factor(unit, wanted) == pytest.approx(converted, rel=1e-12)
    assert converted * factor(wanted, unit) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    ("unit", "wanted"),
    [
        ("人", "户"),
        ("%", "share/year"),
        ("倍", "share"),
        ("张/千人", "人/千人"),
        ("m²", "m²/person"),
        ("元", "元/年"),
        ("", "人"),
    ],
)
def test_other_quantities_are_refused(unit: str, wanted: str) -> None:
    with pytest.raises(UnitError) as raised:
        factor(unit, wanted)
    assert wanted in raised.value.allowed


def test_the_nearest_unit_is_named() -> None:
    with pytest.raises(UnitError) as raised:
        factor("persons/yaer", "person/year")
    assert raised.value.close == "persons/year"


@settings(deadline=None)
@given(st.sampled_from(["人", "share", "m²", "元", "1/年", "户", "张/千人"]), st.data())
def test_conversion_is_consistent_through_a_third_unit(unit: str, data: st.DataObject) -> None:
    words = units_of_same_quantity(unit)
    one, two = data.draw(st.sampled_from(words)), data.draw(st.sampled_from(words))
    assert factor(one, two) * factor(two, unit) == pytest.approx(factor(one, unit), rel=1e-12)
    assert base(one)[0] == base(two)[0]


def test_known() -> None:
    assert is_known("万人")
    assert not is_known("万个人")


def test_counted_things_and_points_are_kept_apart_from_places_and_shares_of_something() -> None:
    assert factor("家", "items") == 1.0
    with pytest.raises(UnitError):
        factor("项", "places")
    assert {factor(word, "share") for word in POINTS} == {0.01}


@pytest.mark.parametrize(
    ("value", "unit", "wanted", "converted"),
    [
        (90, "万元/张", "yuan/bed", 900_000), (8, "公里/平方公里", "km/m²", 8e-6), (1.2, "辆/万人", "辆/千人", 0.12),
        (156, "L/人/日", "m³/day/person", 0.156), (7.5, "元/平方米/年", "yuan/m²/year", 7.5),
        (2800, "元/(m³/日)", "yuan/(m³/day)", 2800), (33.3, "班/千位", "class/place", 0.0333),
        (30, "m²/张", "m²/bed", 30),
    ],
)  # fmt: skip
def test_things_by_something(value: float, unit: str, wanted: str, converted: float) -> None:
    assert value * factor(unit, wanted) == pytest.approx(converted, rel=1e-12)
    assert unit in units_of_same_quantity(wanted)


@pytest.mark.parametrize("unit", ["张/", "/千人", "张/千", "张//人", "张/人/年", "元/年/年", "bed/person/year"])
def test_what_is_no_unit(unit: str) -> None:
    assert not is_known(unit)


def test_words_of_a_unit_by_language() -> None:
    assert in_language("元/平方米/年", "en") == "yuan/m²/year"
    assert in_language("beds/1000", "zh") == "张/千人"
    assert in_language("%", "zh") == "%"
    assert in_language("no unit", "zh") == "no unit"
