"""From, to, lag, ramp and intensity."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.common.errors import Place
from sim.model.draws.setting import ChangeKind, Given, Origin, Setting
from sim.model.draws.strength import applied, changed, on_path, strength

ORIGIN = Origin(Place("f"), None, None, "1", "1")
YEARS = range(2018, 2036)


def setting(change: ChangeKind, value: float, start: int | None = None, ramp: int = 0, **more: float) -> Setting:
    end = more.get("end")
    return Setting(
        path="p",
        change=change,
        years=(0,),
        values=(value,),
        start=start,
        end=None if end is None else int(end),
        lag=int(more.get("lag", 0)),
        ramp=ramp,
        intensity=more.get("intensity", 1.0),
        source=Given("scenario"),
        origin=ORIGIN,
    )


def test_ramp_of_three_takes_thirds() -> None:
    by_year = [strength(setting("times", 2.0, 2022, 3), year) for year in range(2020, 2027)]
    assert by_year == pytest.approx([0, 0, 1 / 3, 2 / 3, 1, 1, 1])


def test_lag_moves_start_and_end_alike() -> None:
    lagged = setting("add", 1.0, 2022, lag=2, end=2024)
    assert [year for year in YEARS if strength(lagged, year) > 0] == [2024, 2025, 2026]


def test_without_start_it_is_always_in_force() -> None:
    assert {strength(setting("times", 2.0), year) for year in YEARS} == {1.0}


def test_three_kinds_of_change_at_half_intensity() -> None:
    assert changed(10.0, setting("times", 1.2, intensity=0.5), 2025) == pytest.approx(11.0)
    assert changed(10.0, setting("add", 4.0, intensity=0.5), 2025) == 12.0
    assert changed(10.0, setting("set", 20.0, intensity=0.5), 2025) == 15.0


@settings(deadline=None)
@given(st.floats(-1e6, 1e6), st.floats(0.0, 100.0), st.sampled_from(YEARS))
def test_full_set_is_the_new_value_exactly_and_times_one_the_old(old: float, new: float, year: int) -> None:
    assert changed(old, setting("set", new), year) == new
    assert changed(old, setting("times", 1.0), year) == old
    assert changed(old, setting("add", 0.0), year) == old


@settings(deadline=None)
@given(st.dictionaries(st.integers(2000, 2100), st.floats(-1e3, 1e3), min_size=1, max_size=6), st.integers(1990, 2110))
def test_a_path_passes_its_points_and_stays_between_them(path: dict[int, float], year: int) -> None:
    years = tuple(sorted(path))
    values = tuple(path[one] for one in years)
    assert all(on_path(years, values, one) == pytest.approx(path[one], abs=1e-9) for one in years)
    assert min(values) - 1e-9 <= on_path(years, values, year) <= max(values) + 1e-9
    assert on_path(years, values, 1900) == values[0]
    assert on_path(years, values, 2300) == values[-1]


def test_settings_act_in_their_order() -> None:
    chain = [setting("set", 2.0), setting("times", 3.0), setting("add", 1.0)]
    assert applied(100.0, chain, 2025) == 7.0
    assert applied(100.0, chain[::-1], 2025) == 2.0
