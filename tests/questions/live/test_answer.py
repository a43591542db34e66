"""What a page is told is what a run of the saved file gives, to the last digit; a preview says how far it is sure."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from sim.common.errors import InvalidInput
from sim.questions.live.answer import answered
from sim.questions.live.opened import Opened
from sim.questions.live.saving import saved
from sim.run.answers import Judged
from sim.run.lanes import Wanted
from sim.run.scenario_run import Run, run
from sim.scenario import scenario
from tests.questions.live.pilot import DRAWS, FIRST, HUKOU, JOBS, MOVES, opened
from tests.scenarios import JIESHOU


def test_all_stages_agree_with_a_run_of_the_saved_file(tmp_path: Path) -> None:
    shutil.copytree(JIESHOU, tmp_path / "jieshou")
    of = Opened(tmp_path / "jieshou" / "pilot.yaml", DRAWS, 1)
    at = of.moved(MOVES)
    file = saved(of, at, "mine", "My scenario")
    of_file = run(scenario(file), 1)
    by_stage = {stage: answered(of, at, stage) for stage in ("all", "years", "sizes", "whole")}
    assert by_stage["whole"].tables.verdicts == of_file.tables.verdicts
    assert np.array_equal(by_stage["whole"].ensemble.values, of_file.ensemble.values, equal_nan=True)
    assert judged(by_stage["sizes"]) == judged(of_file)
    assert judged(by_stage["years"]).items() >= judged(of_file).items()  # without what hangs on assumed sizes
    without_years = {id_: (chance, band) for id_, (chance, band, _) in judged(by_stage["years"]).items()}
    assert {id_: (chance, band) for id_, (chance, band, _) in judged(by_stage["all"]).items()} == without_years


def judged(of: Run) -> dict[str, object]:
    """Probability, band and first year of each target that is not of a project."""
    return {
        one.id: (one.probability, one.band, one.first_year)
        for one in of.tables.verdicts
        if isinstance(one.answer, Judged) and not one.measure.startswith("project.")
    }


def test_policies_that_are_only_offered_change_no_number() -> None:
    of = opened()
    assert len(of.scenario.policies) > len(of.as_is.policies) + 30
    wanted = [Wanted(measure, 0, year) for measure in ("urbanization_rate", "city", "homes") for year in (2025, 2035)]
    few = of.few.answer((), np.empty((1, 0)), wanted)[:, 0]
    for place, one in enumerate(wanted):
        own = of.saved.ensemble.of(one.measure, one.row)[of.saved.ensemble.years.index(one.year)]
        assert (few[place] == own[: few.shape[1]]).all()


def test_a_preview_is_near_says_how_sure_and_is_never_certain() -> None:
    of = opened()
    for moves in ({JOBS: 2.0}, {"transfer.rural_to_city.times": 1.5}, {"away.return_to_city": 2.0}):
        at = of.moved(moves)
        quick, full = answered(of, at, "preview"), answered(of, at, "all")
        exact = {one.id: one for one in full.tables.verdicts}
        for one in quick.tables.verdicts:
            if not isinstance(one.answer, Judged):
                continue
            other = exact[one.id].answer
            assert isinstance(other, Judged)
            assert one.status != "certain"
            assert one.answer.probability_error >= other.probability_error * 0.5
            assert abs(one.answer.probability - other.probability) <= max(4.0 * one.answer.probability_error, 0.03)


def test_faults_are_those_of_a_file_and_stand_beside_their_lever() -> None:
    of = opened()
    with pytest.raises(InvalidInput) as bad:
        of.moved({"policies.nothing.intensity": 1.0, JOBS: 11.0, FIRST: 2022.5})
    assert {fault.path for fault in bad.value.faults} == {"policies.nothing.intensity", JOBS, FIRST}
    for moves, path in (
        ({"away.return_to_city": 150.0}, "away.return_to_city"),
        ({"policies.enclave-parks.intensity": 1.0}, "policies.enclave-parks.intensity"),
    ):
        with pytest.raises(InvalidInput) as bad:
            of.resolved(of.moved(moves))
        assert [fault.path for fault in bad.value.faults] == [path]


def test_nothing_moved_is_the_saved_run() -> None:
    of = opened()
    assert answered(of, of.moved({}), "years") is of.saved
    assert not of.moved({HUKOU: 0.0})
    assert not of.moved({"policies.hukou-zero-threshold.from": 2025.0})
