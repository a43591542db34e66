"""A plan against itself: what its lines come to together."""

from dataclasses import replace
from functools import cache

import pytest

from sim.run.consistency import clashes
from sim.run.grounds import grounds
from sim.run.scenario_run import Run, run
from tests.scenarios import resolved


@cache
def pilot() -> Run:
    return run(resolved("pilot", "draws=40"), 1)


def found(**values: float) -> dict[tuple[str, ...], str]:
    """What clashes in the pilot plan with other values of some lines."""
    done = pilot()
    said = [replace(one, value=values.get(one.id, one.value)) for one in done.tables.verdicts]
    return {one.ids: one.text.en for one in clashes(said, done.ensemble, grounds(done.scenario))}


def test_the_pilot_plan_promises_fewer_beds_than_its_own_share_takes() -> None:
    assert found()["T222", "T223"].endswith("intensive-care beds promises 92 beds")
    assert ("T222", "T223") not in found(T223=120.0)


def test_a_larger_seat_and_an_urban_share_leave_towns_to_grow() -> None:
    assert "grow by" in found()["T205", "T207"]
    assert ("T205", "T207") not in found(T207=0.5)
    assert {one.ids for one in pilot().tables.clashes} == {("T222", "T223"), ("T205", "T207")}


def test_what_could_be_promised_is_reached_as_often_as_it_says() -> None:
    done = pilot()
    said = {one.id: one for one in done.tables.verdicts}["T207"]
    rates = done.ensemble.of("urbanization_rate")[done.ensemble.years.index(2025)]
    shares = [float((rates >= value).mean()) for value in said.answer.promised]
    assert shares == pytest.approx([0.5, 0.8, 0.95], abs=0.026)
