"""The ledger beside a plan: every entry is of a line of it, and what is known has a source."""

import re
from pathlib import Path

import pytest

from sim.common.errors import InvalidInput
from sim.common.typography import has_chinese
from sim.scenario.targets import known, read

PLAN = """id: own
title: {zh: 一, en: one}
source: {title: {zh: 一, en: one}, issuer: {zh: 一, en: one}, date: assumption}
targets:
  - {id: A1, title: {zh: 一, en: one}, kind: commitment, year: 2025, source: assumption, reason: assumption}
"""
SOURCE = "source: {title: one, evidence: official}"


def plan_with(folder: Path, entries: str) -> str:
    (folder / "own.yaml").write_text(PLAN, encoding="utf-8")
    (folder / "outcomes").mkdir()
    (folder / "outcomes" / "own.yaml").write_text(f"plan: own\noutcomes:\n{entries}", encoding="utf-8")
    return str(folder / "own.yaml")


def test_shipped_ledgers_say_what_is_known_in_both_languages_and_from_whom() -> None:
    came = {line.id: line.came for plan in read(known()) for line in plan.targets if line.came is not None}
    answered = {id_: one for id_, one in came.items() if one.is_known}
    assert len(came) >= 60
    assert {one.result for one in answered.values()} == {"met", "partly", "missed"}
    for id_, one in came.items():
        assert has_chinese(one.note.zh), id_
        names = re.sub(r"\S+\.(com|cn)|SaaS|reportify", "", one.source.zh if one.source else "")
        assert not re.search("[a-z]", names), f"{id_}: English in a Chinese source"
        assert not has_chinese(one.note.en), id_
    for id_, one in answered.items():
        assert one.source is not None, id_
        assert one.evidence not in ("", "second-hand"), id_


def test_a_line_is_given_what_came_of_it(tmp_path: Path) -> None:
    entry = f"  - {{id: A1, result: late, date: '2026-03', months_late: 3, note: {{zh: 晚, en: late}}, {SOURCE}}}\n"
    (plan,) = read([plan_with(tmp_path, entry)])
    came = plan.targets[0].came
    assert came is not None
    assert (came.result, came.date, came.months_late, came.is_known) == ("late", "2026-03", 3, True)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (f"{{id: A2, result: met, note: {{zh: 一, en: one}}, {SOURCE}}}", "no line A2"),
        ("{id: A1, result: met, note: {zh: 一, en: one}}", "needs its source"),
        (f"{{id: A1, result: late, note: {{zh: 一, en: one}}, {SOURCE}}}", "months_late"),
        (f"{{id: A1, result: met, value: 3, note: {{zh: 一, en: one}}, {SOURCE}}}", "value and unit together"),
    ],
)
def test_a_ledger_that_is_wrong_is_told_where(tmp_path: Path, entry: str, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        read([plan_with(tmp_path, f"  - {entry}\n")])
