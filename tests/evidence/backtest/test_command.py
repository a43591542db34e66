"""`townward backtest` as a user calls it."""

import json
from pathlib import Path

import pytest

from sim.cli.main import main
from sim.common.errors import Exit
from sim.places.census import AGE_GROUPS, CensusRow
from tests.census_rows import write
from tests.evidence.backtest.counties import first_rows, second_rows, truth


def cells(row: CensusRow) -> dict[str, str]:
    """A row in the layout of the county tables."""
    prefix = "in_migrants" if row.year == 2010 else "away_registration"
    found = {
        "code": row.code, "county": row.name, "resident": row.resident, "male": row.male, "female": row.female,
        "urban": row.urban, "rural": row.rural, "households": row.households,
        f"{prefix}_same_province": row.same_province, f"{prefix}_other_province": row.other_province,
        **({"registered": row.registered} if row.year == 2010 else {}),
        **{f"male_{group}": value for group, value in zip(AGE_GROUPS, row.male_by_age, strict=True)},
        **{f"female_{group}": value for group, value in zip(AGE_GROUPS, row.female_by_age, strict=True)},
    }  # fmt: skip
    return {key: "" if value is None else str(value) for key, value in found.items()}


def test_two_tables_give_scores_and_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = first_rows(42, seed=8)
    first = write(tmp_path / "counties_2010.csv", *(cells(row) for row in rows))
    second = write(tmp_path / "counties_2020.csv", *(cells(row) for row in second_rows(rows, truth(rows, seed=8))))
    page = tmp_path / "out" / "backtest.md"
    given = ["backtest", "--from", str(first), "--to", str(second), "--output", str(page)]
    with pytest.raises(SystemExit) as left:
        main([*given, "--json", "--draws", "20", "--folds", "2"])
    assert left.value.code == Exit.DONE
    content = json.loads(capsys.readouterr().out)
    assert content["counties"] + sum(content["left_out"].values()) == 42
    assert content["all"]["methods"]["townward"]["resident"]["error"] > 0.0
    assert "# Backtest" in page.read_text(encoding="utf-8")


def test_too_few_counties_and_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = first_rows(3, seed=8)
    first = write(tmp_path / "counties_2010.csv", *(cells(row) for row in rows))
    second = write(tmp_path / "counties_2020.csv", *(cells(row) for row in second_rows(rows, truth(rows, seed=8))))
    for to in (second, tmp_path / "nowhere_2020.csv"):
        with pytest.raises(SystemExit) as left:
            main(["backtest", "--from", str(first), "--to", str(to), "--lang", "en"])
        assert left.value.code == Exit.INVALID_INPUT
    said = capsys.readouterr().err
    assert "at least 40" in said
    assert "nowhere_2020.csv" in said
