"""What a run says of a place is held against what counties have shown."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from sim.run.ensemble import Ensemble, simulate
from sim.run.plausible import NAMES, limit, limits, unusual
from tests.scenarios import prepared

YEARS = (2020, 2025)


@cache
def jieshou() -> Ensemble:
    return simulate(prepared("trend", "horizon=2025").case, range(8), YEARS)


def changed(measure: str, times: float, year: int) -> set[tuple[int, str]]:
    """What is unusual once all draws of a measure of a year are multiplied."""
    ensemble = jieshou()
    values = ensemble.values.copy()
    values[list(ensemble.measures).index(measure), :, ensemble.years.index(year)] *= times
    return {(one.year, one.what.en) for one in unusual(replace(ensemble, values=values), ["jieshou"])}


def test_a_county_of_its_own_past_is_usual() -> None:
    assert unusual(jieshou(), ["jieshou"]) == ()


@pytest.mark.parametrize(("measure", "times", "year", "said"), [
    ("births", 5.0, 2025, {(2025, "births per 1,000 residents")}),
    ("deaths", 5.0, 2025, {(2025, "deaths per 1,000 residents")}),
    ("births", 3.0, 2021, {(2025, "births of the first year against residents under one")}),
    ("resident", 0.8, 2021, {(2025, "growth of residents in the first year")}),
    ("urbanization_rate", 1.2, 2021, {(2025, "gain of the urbanization rate in the first year")}),
    ("urbanization_rate", 1.5, 2025, {(2025, "gain of the urbanization rate a year since the base year")}),
    ("household_size", 0.3, 2020, {(2020, "household size")}),
    ("floor_per_person", 4.0, 2025, {(2025, "floor area per person")}),
    ("vacancy_rate", 10.0, 2025, {(2025, "vacancy of homes")}),
    ("vacancy_rate", -1.0, 2025, {(2025, "vacancy of homes")}),
    ("adequacy", 9.0, 2025, {(2025, "adequacy of services")}),
    ("homes", -1.0, 2025, {(2025, "homes")}),
])  # fmt: skip
def test_what_counties_have_not_shown_is_named(
    measure: str, times: float, year: int, said: set[tuple[int, str]]
) -> None:
    assert changed(measure, times, year) == said


def test_too_many_of_great_age_are_named() -> None:
    ensemble = jieshou()
    older = ensemble.pyramids.copy()
    older[1, ..., 90:] *= 20.0
    (found,) = unusual(replace(ensemble, pyramids=older), ["jieshou"])
    assert (found.year, found.what.en, found.region) == (2025, "people of 90 and over", "jieshou")
    assert found.high is not None
    assert found.value > found.high > 0.0


def test_limits_are_ordered_sourced_and_follow_the_years() -> None:
    assert {one.quantity for one in limits()} == set(NAMES)
    for one in limits():
        assert one.low < one.high
        assert one.source.zh != one.source.en
    early, middle, late = (limit("deaths_per_1000", year) for year in (2020, 2030, 2035))
    assert early.high < middle.high < late.high
    assert limit("deaths_per_1000", 1999).high == early.high
    assert np.isclose(limit("household_size", 2022).low, limit("household_size", 2020).low, rtol=0.1)
