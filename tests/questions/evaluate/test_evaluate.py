"""The evaluation of a plan: every line with its outcome, its forecast, and a value that could be promised next."""

import csv
import json
from functools import cache
from pathlib import Path

import pytest

from sim.cli.main import _run
from sim.common.errors import InvalidInput
from sim.questions.evaluate.evaluate import evaluated, scenario_of
from sim.questions.evaluate.finding import PlanEvaluation
from sim.questions.evaluate.words import headline
from sim.run.lines import own_scenario
from sim.scenario import scenario
from sim.scenario.targets import file_of, known, read
from tests.paths import ROOT


@cache
def found() -> PlanEvaluation:
    return evaluated(scenario(ROOT / "scenarios" / "jieshou" / "pilot.yaml", ("draws=20",)), 1)


def test_every_shipped_plan_names_the_scenario_in_which_it_acts() -> None:
    for plan in read([name for name in known() if name != "targets-2030"]):
        assert own_scenario(plan, file_of(plan.id)) is not None, plan.id


def test_every_line_is_evaluated_with_what_came_and_what_had_been_said() -> None:
    lines = {line.verdict.id: line for line in found().lines}
    assert len(lines) == 92
    airport, share, seat = lines["T339"], lines["T207"], lines["T206"]
    assert (airport.verdict.class_, airport.verdict.said, airport.advice) == ("outcome", "conditional", "done")
    assert share.advice == "agree"
    assert seat.advice == "new value"
    assert seat.proposal is not None
    assert seat.proposal.year == 2030
    assert seat.proposal.value < float(seat.verdict.value or 0.0)
    assert lines["T246"].advice == "count"
    assert lines["T258"].cause is not None


def test_words_are_scored_only_where_any_were_said() -> None:
    first, scored, advice = headline(found())
    assert (
        first.en
        == "92 lines in “Pilot plan of new urbanization of Jieshou”; the outcome of 2 is known: 1 met, 1 met in part."
    )
    assert "none of the answered lines a probability" in scored.en
    assert advice.en.startswith("For the next plan: done 2; ")


def test_it_writes_a_page_and_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = [
        "evaluate",
        "landscaping",
        "--draws",
        "20",
        "--lang",
        "zh",
        "-o",
        str(tmp_path / "e"),
        "--format",
        "json",
    ]
    assert _run(arguments) == 0
    told = json.loads(capsys.readouterr().out)
    with (tmp_path / "e" / "evaluation.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["id"] for row in rows] == [line["id"] for line in told["lines"]]
    assert "下一轮可承诺" in (tmp_path / "e" / "report.html").read_text("utf-8")


def test_a_plan_without_a_scenario_is_told_what_to_add(tmp_path: Path) -> None:
    plan = tmp_path / "own.yaml"
    plan.write_text(
        "id: own\ntitle: {zh: 一, en: one}\n"
        "source: {title: {zh: 一, en: one}, issuer: {zh: 一, en: one}, date: assumption}\n"
        "targets:\n  - {id: A1, title: {zh: 一, en: one}, kind: deadline, source: assumption, reason: assumption}\n",
        encoding="utf-8",
    )
    with pytest.raises(InvalidInput, match="scenario: FILE"):
        scenario_of(str(plan))
