"""Lotka's r, and a year in which nothing happens."""

import numpy as np
import pytest

from docs.write.validation.analytic import checks, intrinsic_growth, national_rates, settled_growth, still_year
from docs.write.validation.check import Status


def test_all_cases_hold() -> None:
    assert all(line.status is Status.WITHIN for line in checks())
    assert still_year() == 0.0


def test_lotka_is_the_dominant_root_of_the_projection_matrix() -> None:
    rates = national_rates(3.0)
    survival = rates.survival[1]
    matrix = np.diag(survival[1:], -1)
    matrix[-1, -1] = survival[-1]
    girls = survival[0] / (1.0 + rates.males_per_female)
    matrix[0] = 0.5 * girls * (rates.fertility @ (np.eye(101) + matrix))
    root = np.log(max(abs(np.linalg.eigvals(matrix))))
    assert intrinsic_growth(rates) == pytest.approx(root, abs=1e-12)
    assert settled_growth(rates) == pytest.approx(root, abs=1e-12)
