"""Registered people of runs stay near published figures, and so does the share of urban hukou."""

import numpy as np
import pytest

from docs.write.registered import Compared, compared, page


@pytest.fixture(scope="module")
def found() -> list[Compared]:
    return compared(draws=8)


def test_registered_people_are_within_some_percent_of_published_figures(found: list[Compared]) -> None:
    errors = {(one.area, one.year): abs(one.error) for one in found if one.measure == "registered"}
    assert len(errors) >= 25
    assert max(errors.values()) < 0.05
    assert np.mean(list(errors.values())) < 0.02
    assert errors["minhe", 2020] == pytest.approx(0.0, abs=1e-6)  # where a figure is known the base year has it


def test_the_share_of_urban_hukou_is_within_two_points(found: list[Compared]) -> None:
    rates = [one for one in found if one.measure == "hukou_urbanization_rate"]
    assert [one.area for one in rates] == ["guangzhou"]
    assert all(abs(one.error) < 2.0 for one in rates)


def test_the_page_has_a_row_for_every_figure(found: list[Compared]) -> None:
    rows = [line for line in page(found).splitlines() if line.startswith("| ") and "–" in line]
    assert len(rows) == len(found)
    assert any("80.81%" in row for row in rows)
