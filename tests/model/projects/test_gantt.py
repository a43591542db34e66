"""Rows of a Gantt chart: quantiles of dates over groups, and the share that opens in time."""

from dataclasses import replace

import numpy as np
import pytest

from sim.model.projects.gantt import rows
from sim.model.projects.months import month_of
from sim.model.projects.records import Moment
from sim.model.projects.stages import Stages
from tests.model.projects.project_pools import BASE, project

ONE = replace(project("a", month_of(2021) + 6.0), priority=3)


def ends(opened: list[float | None]) -> Stages:
    moments = np.array([[np.nan if moment is None else moment] for moment in opened])
    start = np.full_like(moments, month_of(2022))
    return Stages(start, start, moments, moments)


def test_quantiles_are_years_with_their_fraction() -> None:
    (row,) = rows([ONE], ends([month_of(2023) + month for month in range(10)]), 2030, 2025)
    assert (row.id, row.begins, row.priority, row.groups) == ("a", 2021.5, 3, 10)
    assert row.approved == row.started == Moment(2022.0, 2022.0, 2022.0)
    assert row.opened == Moment(2023.0, 2023.0 + 4 / 12, 2023.0 + 8 / 12)
    assert row.opened_by_test == 1.0


@pytest.mark.parametrize(
    ("late", "expected"), [(0, (2023.0, 1.0)), (4, (2023.0, 0.6)), (6, (None, 0.4)), (10, (None, 0.0))]
)
def test_what_never_opens_counts_as_later_than_everything(late: int, expected: tuple[float | None, float]) -> None:
    opened: list[float | None] = [None] * late
    (row,) = rows([ONE], ends([*opened, *[month_of(2023)] * (10 - late)]), 2030, 2025)
    assert (row.opened.median, row.opened_by_test) == expected


def test_the_test_year_is_over_at_its_end_and_the_run_at_the_horizon() -> None:
    (row,) = rows([ONE], ends([month_of(2026) - 1 / 1024, month_of(2026)]), 2025, 2025)
    assert row.opened_by_test == 0.5
    assert row.opened.high is None
    with pytest.raises(ValueError, match="no groups"):
        rows([ONE], Stages(*[np.empty((0, 1))] * 4), 2030, BASE)
