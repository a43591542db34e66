"""Indicators: carried on by the growth that is set, and from before the run by the one that was given with the base."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.common.errors import Place
from sim.common.language import Text
from sim.model.draws.distribution import Distribution
from sim.model.draws.setting import Given, Origin, Setting
from sim.model.draws.values import values_of
from sim.model.indicators.indicator import Form, Indicator, parameters_of, path
from sim.model.indicators.indicators import over_years, past, past_growth

YEARS = range(2021, 2031)
DRAWS = range(50)
SEED = 7
SOURCE = Text("来源", "source")


def indicator(form: Form = "linear", year: int = 2012, base: float = 50.0, growth: float = 2.0) -> Indicator:
    return Indicator(
        id="share",
        name=SOURCE,
        unit="%",
        form=form,
        year=year,
        base=base,
        growth=growth,
        low=-1e15,
        high=1e15,
        place=None,
        source=SOURCE,
    )


def setting(of: Indicator, value: float, **more: Any) -> Setting:
    where = path(of, "growth")
    origin = Origin(Place("a.yaml"), SOURCE, None, "", "")
    made = Setting(
        path=where,
        change="set",
        years=(0,),
        values=(value,),
        source=Given("indicator"),
        origin=origin,
    )
    return replace(made, **more)


def traced(of: Indicator, *settings: Setting) -> np.ndarray[Any, np.dtype[np.float64]]:
    values = {
        name: values_of(parameter, [one for one in settings if one.path == name], YEARS, SEED, DRAWS)
        for name, parameter in parameters_of([of]).items()
    }
    return over_years(of, values | past_growth([of], settings, YEARS[0] - 1, SEED, DRAWS), YEARS)


@pytest.mark.parametrize(("form", "growth", "first"), [("linear", 2.0, 50 + 9 * 2), ("compound", 0.02, 50 * 1.02**9)])
def test_a_base_from_before_the_run_is_carried_on_to_it(form: Form, growth: float, first: float) -> None:
    found = traced(indicator(form, growth=growth))
    assert found[0, 0] == pytest.approx(first)
    last = first + 9 * growth if form == "linear" else first * (1.0 + growth) ** 9
    assert found[0, -1] == pytest.approx(last)


@pytest.mark.parametrize("form", ["linear", "compound"])
def test_what_is_set_from_the_first_year_on_leaves_the_past_alone(form: Form) -> None:
    of = indicator(form, growth=0.02)
    given_ = setting(of, 0.02)
    plain = traced(of, given_)
    faster = traced(of, given_, setting(of, 0.05, start=YEARS[0]))
    at_base = 50.0 + 8 * 0.02 if form == "linear" else 50.0 * 1.02**8
    for value, growth in ((plain, 0.02), (faster, 0.05)):
        first = at_base + growth if form == "linear" else at_base * (1.0 + growth)
        assert value[0, 0] == pytest.approx(first)


@given(value=st.floats(-0.5, 0.5), start=st.integers(2000, 2030), times=st.booleans())
def test_no_later_change_moves_the_value_at_the_runs_beginning(value: float, start: int, times: bool) -> None:
    of = indicator("linear", growth=0.02)
    given_ = setting(of, 0.02, dist=Distribution("normal", sd=0.01))
    change = setting(of, value, start=start, change="times" if times else "set", source=Given("scenario", int(times)))
    settings = (given_, change)
    moved = past_growth([of], settings, 2020, SEED, DRAWS)[past(of)]
    np.testing.assert_array_equal(moved, past_growth([of], (given_,), 2020, SEED, DRAWS)[past(of)])


def test_an_uncertain_growth_is_the_same_draw_before_the_run_and_in_it() -> None:
    of = indicator("linear", growth=2.0)
    found = traced(of, setting(of, 2.0, dist=Distribution("normal", sd=0.5)))
    growth = found[:, 1] - found[:, 0]
    assert growth.std() > 0.2
    np.testing.assert_allclose(found[:, 0], 50.0 + 9 * growth)


@pytest.mark.parametrize("year", [2020, 2025])
def test_a_base_within_the_run_needs_no_growth_before_it(year: int) -> None:
    of = indicator(year=year)
    assert past_growth([of], (), 2020, SEED, DRAWS) == {}
    found = traced(of)
    assert np.isnan(found[0, : max(year - 2021, 0)]).all()
    assert found[0, 2030 - 2021] == pytest.approx(50.0 + 2.0 * (2030 - year))


def test_nothing_can_set_the_growth_before_the_run() -> None:
    assert past(indicator()) not in parameters_of([indicator()])
