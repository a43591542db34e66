"""The pages of policies and levers are current, whole, and refuse a bad lever."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from docs.write.policies import FILES, GROUPS, levers, main, policies, reference, uses
from sim.common.errors import InvalidInput
from sim.common.language import LANGUAGES, Language
from sim.common.paths import library

LIBRARY = policies()
LEVERS = levers()


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_is_current(language: Language) -> None:
    page = (library() / "docs" / FILES[language]).read_text(encoding="utf-8")
    assert page == reference(LIBRARY, LEVERS, language), "run `python -m docs.write.policies` and read what changed"


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_names_every_policy_and_lever_once(language: Language) -> None:
    page = reference(LIBRARY, LEVERS, language)
    assert all(page.count(f"<br>`{policy.id}` |") == 1 for policy in LIBRARY)
    assert all(page.count(f"\n| {lever.id} |") == 1 for lever in LEVERS)
    assert all(f"## {name.in_(language)}\n" in page for name in GROUPS.values())


def test_command_writes_both_pages(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["--output", str(tmp_path / "deep")])
    assert done.exit_code == 0
    assert {file.name for file in (tmp_path / "deep").iterdir()} == set(FILES.values())


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("{id: L01, name: {zh: 甲, en: a}, group: jobs, fate: policy}", "say by what"),
        ("{id: L01, name: {zh: 甲, en: a}, group: jobs, fate: none}", "give the reason"),
        ("{id: L01, name: {zh: 甲, en: a}, group: work, fate: none, reason: {zh: 甲, en: a}}", "group"),
    ],
)
def test_a_bad_lever_is_a_fault(entry: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "levers.yaml").write_text(f"levers:\n  - {entry}\n", "utf-8")
    monkeypatch.setenv("TOWNWARD_LIBRARY", str(tmp_path))
    with pytest.raises(InvalidInput, match=message):
        levers()


def test_every_lever_that_is_a_policy_acts_in_a_scenario_or_says_why_not() -> None:
    used = uses()
    nowhere = [one.id for one in LEVERS if one.fate == "policy" and not any(policy in used for policy in one.by)]
    assert nowhere == ["L04", "L18", "L39", "L68"]
    assert all(one.reason is not None for one in LEVERS if one.id in nowhere)
