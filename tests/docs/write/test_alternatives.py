"""How the scenarios of a plan differ from the plan's own."""

import numpy as np
import pytest

from docs.write import alternatives
from docs.write.alternatives import amount, beside, change
from tests.scenarios import resolved


def test_what_differs_is_told_and_what_does_not_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alternatives, "DRAWS", 8)
    last = "horizon=2026"
    others = {
        "same": resolved("pilot", last),
        "jobs": resolved("jobs-first", last),
        "poor": resolved("tight-budget", last),
    }
    same, jobs, poor = beside(resolved("pilot", last), others)
    assert (same.changes, same.moved) == ((), False)
    assert jobs.moved
    assert any(one.startswith("urban jobs 202") and "+" in one for one in jobs.changes)
    assert poor.moved
    assert any(one.startswith("delivers hospital_beds") for one in poor.changes)


def test_noise_alone_is_no_difference() -> None:
    rng = np.random.default_rng(1)
    assert alternatives._sureness(rng.normal(size=400)) < 3.0
    assert alternatives._sureness(np.zeros(5)) == 0.0
    assert alternatives._sureness(np.ones(5)) == float("inf")


def test_nothing_has_no_sign_and_large_amounts_have_separators() -> None:
    assert [change(one) for one in (-0.004, 0.004, -0.006, 0.25, -1234.5)] == [
        *("0.00", "0.00", "−0.01", "+0.25", "−1,234.50")
    ]
    assert [amount(one) for one in (58_000.0, 5_809_912.0, 18.604, 0.0, 1_200.0, 0.5)] == [
        *("58,000", "5,810,000", "18.6", "0", "1,200", "0.5")
    ]
