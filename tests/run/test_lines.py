"""Every line of every plan is in exactly one plan file, and is classed as a run would treat it."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from sim.common.errors import InvalidInput
from sim.common.typography import has_chinese
from sim.model.services.service import Service
from sim.run.classes import NAMES
from sim.run.lines import between, counts, lines
from sim.scenario.library import Reading
from sim.scenario.measures import named
from sim.scenario.resolved import Target
from sim.scenario.services import library, services
from sim.scenario.targets import KINDS, known
from tests.paths import REFERENCE

TARGETS = REFERENCE / "targets.csv"
MENDED = {"T324"}
"""Lines whose document sets another year, or none, than the reference table."""
COUNTS = {"%", "persons", "dwelling units", "person-times", "households", "m", "min", "projects"}


@pytest.fixture(scope="module")
def printed() -> dict[str, dict[str, str]]:
    if not TARGETS.is_file():
        pytest.skip("the reference table of targets is not beside this checkout")
    with TARGETS.open(encoding="utf-8", newline="") as stream:
        return {row["id"]: row for row in csv.DictReader(stream)}


def services_of_library() -> tuple[Service, ...]:
    reading = Reading()
    table = library(reading)
    assert table is not None
    return services([table], reading)


def test_every_line_of_every_document_is_in_one_plan(printed: dict[str, dict[str, str]]) -> None:
    found = [line.target.id for line in lines()]
    assert not [name for name, times in Counter(found).items() if times > 1]
    assert len(printed) == 342
    added = sorted(name for name in set(found) - set(printed) if name.startswith("T"))
    assert set(printed) <= set(found)
    assert added == [f"T{number}" for number in range(343, 343 + len(added))]
    assert counts(lines())[-1].total == 342 + len(added) + 23 == 443


def test_values_and_years_are_those_of_the_documents(printed: dict[str, dict[str, str]]) -> None:
    for line in lines():
        if line.target.id not in printed or line.target.id in MENDED or line.target.kind == "rule":
            continue
        target, row = line.target, printed[line.target.id]
        if row["unit"] in COUNTS and row["value_low"] and target.kind != "deadline" and line.plan != "jieshou":
            assert target.written_value == float(row["value_low"]) or _is_restated(target, row["value_low"]), target.id
        if row["year_due_last"]:
            assert target.year == int(row["year_due_last"]), target.id
        elif target.year is not None:
            assert target.note is not None, target.id
            assert "no year printed" in target.note.en, target.id


def _is_restated(target: Target, printed: str) -> bool:
    """Whether a line that is computed in another unit than the document's gives the document's figure in its note."""
    note = target.note
    return note is not None and all(re.search(rf"(?<![\d.]){printed}(?![\d.]*\d)", text) for text in (note.zh, note.en))


def test_the_lines_of_a_document_stand_in_its_plan(printed: dict[str, dict[str, str]]) -> None:
    words = {
        "haidong-2021": "Haidong",
        "haidong-2022": "Haidong",
        "shijiazhuang": "Zone",
        "anyang": "Anyang",
        "guangzhou": "Guangzhou",
        "landscaping": "Unnamed",
        "jieshou": "Jieshou",
        "hanyin": "Hanyin",
    }
    assert {*words, "targets-2030"} == set(known())
    for line in lines():
        if line.target.id in printed:
            assert words[line.plan] in printed[line.target.id]["region"], line.target.id


def test_what_is_not_modelled_says_why_in_both_languages() -> None:
    for line in lines():
        target = line.target
        assert (target.reason is None) == bool(target.measure or target.driver or target.project), target.id
        for text in (target.title, target.source, target.note, target.reason):
            assert text is None or has_chinese(text.zh), target.id
            assert text is None or not has_chinese(text.en), target.id
        if target.year is None and line.plan != "jieshou":
            assert target.note is not None, target.id
            assert "no year printed" in target.note.en, target.id


def test_needs_follow_from_measures_of_the_model() -> None:
    names = {measure.id for measure in named(services_of_library())}
    needs = {line.target.id: line.target for line in lines() if line.target.driver}
    assert {target.driver for target in needs.values()} <= names
    assert needs["T139"].value == pytest.approx(12.0)
    assert (needs["T139"].region, needs["T139"].unit) == (None, "m²/person")
    assert (needs["T306"].value, needs["T306"].unit) == (pytest.approx(0.98), "person/person")
    assert needs["T071"].unit == "household/household"


def test_counts_add_up_and_classes_follow_kinds() -> None:
    *documents, everything = counts(lines())
    assert everything.total == sum(row.total for row in documents)
    for row in (*documents, everything):
        assert sum(row.kinds.values()) == sum(row.classes.values()) == row.total
        assert (tuple(row.kinds), tuple(row.classes)) == (KINDS, NAMES)
    for kind in KINDS:
        assert everything.kinds[kind] == sum(row.kinds[kind] for row in documents)
    untold = [
        one
        for one in lines()
        if not (one.target.measure or one.target.driver or one.target.project or one.target.process)
    ]
    assert {one.class_ for one in untold} <= {"outcome", "milestone", "rule", "not assessed"}
    assert everything.classes["rule"] == everything.kinds["rule"]


def test_more_than_half_of_the_printed_lines_are_answered(printed: dict[str, dict[str, str]]) -> None:
    """A verdict, the world's answer, or a condition to act on, of the 342 lines of the five documents alone."""
    found = between(lines(), "T001:T342")
    assert {line.target.id for line in found} == set(printed)
    count = counts(found)[-1].classes
    assert count["verdict"] + count["outcome"] + count["conditional"] >= 180
    assert count["verdict"] + count["outcome"] + count["conditional"] + count["need"] >= 230
    with pytest.raises(InvalidInput, match="FIRST:LAST"):
        between(found, "T009")


def test_more_than_a_third_of_the_lines_are_computed_and_every_line_that_can_drive_one_says_why_not(
    printed: dict[str, dict[str, str]],
) -> None:
    computed = {one.target.id for one in lines() if one.target.measure or one.target.driver or one.target.project}
    assert len(computed) > len(printed) / 3
    left = [line.target for line in lines() if line.target.id not in computed]
    assert all(target.reason is not None for target in left)


def test_what_only_a_scenario_defines_is_known_by_its_name_alone(tmp_path: Path) -> None:
    head = (
        "  - {id: A1, title: {zh: 一, en: one}, kind: outcome, op: at_least, value: 1, year: 2025, source: assumption, "
    )
    plan = tmp_path / "own.yaml"
    start = (
        "id: own\ntitle: {zh: 一, en: one}\n"
        "source: {title: {zh: 一, en: one}, issuer: {zh: 一, en: one}, date: assumption}\ntargets:\n"
    )
    plan.write_text(f"{start}{head}measure: indicator.green, unit: '%'}}\n", encoding="utf-8")
    assert [(line.class_, line.target.unit) for line in lines([str(plan)])] == [("conditional", "%")]
    plan.write_text(f"{start}{head}measure: indicatr.green, unit: '%'}}\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"indicatr\.green"):
        lines([str(plan)])


def test_some_plans_or_a_file(tmp_path: Path) -> None:
    assert {line.plan for line in lines(["hanyin", "jieshou"])} == {"hanyin", "jieshou"}
    with pytest.raises(InvalidInput, match="hanyin"):
        lines(["hanyim"])
    bad = tmp_path / "bad.yaml"
    bad.write_text("id: bad\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match="targets"):
        lines([str(bad)])
