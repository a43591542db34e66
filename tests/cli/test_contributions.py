"""`townward run --contributions`: the section, the file, and the same run without them."""

import json
from pathlib import Path

from click.testing import CliRunner

from sim.cli.main import townward
from tests.scenarios import JIESHOU

SCENARIO = """\
name: one
extends: {trend}
policies:
  - {{use: industrial-park-jobs, from: 2021, amount: {{value: 3000, unit: 人/年, source: "assumption: a test"}}}}
"""


def run(tmp_path: Path, *options: str) -> tuple[int, Path]:
    tmp_path.mkdir(exist_ok=True)
    file, out = tmp_path / "one.yaml", tmp_path / "out"
    file.write_text(SCENARIO.format(trend=JIESHOU / "trend.yaml"), encoding="utf-8")
    command = ["run", str(file), "--draws", "10", "--lang", "en", "-o", str(out), *options]
    done = CliRunner().invoke(townward, command)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    return done.exit_code, out


def test_contributions_are_written_when_asked_for(tmp_path: Path) -> None:
    code, out = run(tmp_path, "--contributions")
    found = json.loads((out / "contributions.json").read_text(encoding="utf-8"))
    assert code == 0
    assert (found["measure"], found["year"], found["runs"], found["exact"]) == ("urbanization_rate", 2025, 2, True)
    (row,) = found["rows"]
    assert row["policy"] == "industrial-park-jobs"
    assert abs(row["mean"] - (found["after"] - found["before"])) < 1e-12
    assert "What each policy adds" in (out / "report.html").read_text(encoding="utf-8")


def test_what_costs_less_than_the_run_is_worked_out_unasked_and_nothing_where_it_is_refused(tmp_path: Path) -> None:
    code, out = run(tmp_path)
    assert code == 0
    found = json.loads((out / "contributions.json").read_text(encoding="utf-8"))
    assert found["runs"] * found["draws"] * 5 <= 10 * 15, "lane-years to 2025, against those of the run"
    code, out = run(tmp_path / "other", "--no-contributions")
    assert code == 0
    assert not (out / "contributions.json").exists()
    assert "What each policy adds" not in (out / "report.html").read_text(encoding="utf-8")
