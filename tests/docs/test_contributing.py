"""The worked example of CONTRIBUTING, done in a copy of the project: it works, and changes no other number."""

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import Step, read
from tests.paths import ROOT

EXAMPLE = [step for step in read("CONTRIBUTING.md").steps if step.mark]
NEW = {"cars", "parking_need", "cars_per_household", "homes_per_household"}
SCENARIO = """\
name: quota
title: {zh: 限购, en: Quota}
extends: trend.yaml
policies: [{use: car-quota, from: 2023}]
"""
Key = tuple[str, ...]


def written(step: Step, root: Path) -> int:
    """Do what a block says; how many lines it added to what was there."""
    what, _, rest = step.mark.partition(": ")
    name, _, anchor = rest.partition(" ")
    path = root / name
    if what == "file":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(step.text, encoding="utf-8")
        return 0
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    at = [index for index, line in enumerate(lines, 1) if anchor in line] if what == "after" else [len(lines)]
    assert len(at) == 1, f"{anchor} is to be in one line of {name}"
    path.write_text("".join([*lines[: at[0]], step.text, *lines[at[0] :]]), encoding="utf-8")
    return len(step.text.splitlines())


def townward(root: Path, *arguments: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(root), "TOWNWARD_LANG": "en"}
    command = [sys.executable, "-m", "sim.cli", *arguments]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def summary(root: Path, name: str, out: Path) -> dict[Key, Key]:
    """The summary of a short run: what each line is about, and its numbers."""
    short = ("--draws", "20", "--set", "horizon=2026", "-o", str(out))
    townward(root, "run", f"scenarios/jieshou/{name}.yaml", *short)
    with (out / "summary.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return {(row["measure"], row["region"]): tuple(row.values()) for row in rows}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("project")
    for name in ("sim", "scenarios", "calibration"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy2(ROOT / "pyproject.toml", root)
    return root


def test_the_example_works_and_changes_no_other_number(project: Path) -> None:
    before = summary(ROOT, "trend", project / "before")
    added = [(step.mark, written(step, project)) for step in EXAMPLE]
    of_process = [lines for mark, lines in added if mark.startswith("after: ") and "sim/output" not in mark]
    assert sum(of_process) <= 3
    after = summary(project, "trend", project / "trend")
    assert {key: after.get(key) for key in before} == before
    assert {key[0] for key in set(after) - set(before)} == NEW

    report = (project / "trend" / "report.html").read_text(encoding="utf-8")
    assert 'id="parking"' in report
    assert "Parking spaces needed" in report

    (project / "scenarios" / "jieshou" / "quota.yaml").write_text(SCENARIO, encoding="utf-8")
    limited = summary(project, "quota", project / "quota")
    changed = {key[0] for key, value in after.items() if limited[key] != value}
    assert changed == {"cars", "parking_need", "cars_per_household"}


def test_the_example_keeps_to_the_walls(project: Path) -> None:
    if not (project / "sim" / "model" / "cars").exists():
        for step in EXAMPLE:
            written(step, project)
    for tool in (["ruff", "check", "sim"], ["ruff", "format", "--check", "sim"], ["lint-imports"]):
        pytest.importorskip("importlinter" if tool[0] == "lint-imports" else "ruff")
        environment = {**os.environ, "PYTHONPATH": str(project)}
        command = [str(Path(sys.executable).parent / tool[0]), *tool[1:]]
        done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
