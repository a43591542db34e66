"""`townward backtest` as a user calls it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from sim.cli.main import main
from sim.common.errors import Exit
from tests.census_rows import write
from tests.evidence.backtest.counties import cells, first_rows, second_rows, truth


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


def test_tables_in_the_wrong_order_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = first_rows(42, seed=8)
    first = write(tmp_path / "counties_2010.csv", *(cells(row) for row in rows))
    second = write(tmp_path / "counties_2020.csv", *(cells(row) for row in second_rows(rows, truth(rows, seed=8))))
    for before, after in ((second, first), (second, second)):
        with pytest.raises(SystemExit) as left:
            main(["backtest", "--from", str(before), "--to", str(after), "--lang", "en"])
        assert left.value.code == Exit.INVALID_INPUT
        assert "--from: the earlier census comes first: here 2020 stands before" in capsys.readouterr().err


def test_learning_from_another_pair_of_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    teachers = first_rows(41, seed=8)
    pupils = tuple(replace(row, code=f"4{row.code[1:]}", name=f"另{row.name}") for row in first_rows(40, seed=9))
    tables = [
        [
            str(write(tmp_path / f"{name}_2010.csv", *(cells(row) for row in rows))),
            str(write(tmp_path / f"{name}_2020.csv", *(cells(row) for row in second_rows(rows, truth(rows, seed=8))))),
        ]
        for name, rows in (("teachers", teachers), ("pupils", pupils))
    ]
    page = tmp_path / "page.md"
    given = ["backtest", "--learn-from", *tables[0], "--json", "--draws", "20", "--output", str(page), "--lang", "en"]
    with pytest.raises(SystemExit) as left:
        main([*given, "--from", tables[1][0], "--to", tables[1][1]])
    assert left.value.code == Exit.DONE
    scores = json.loads(capsys.readouterr().out)["all"]["methods"]
    assert scores["townward"]["urbanization_rate"]["error"] < scores["no_change"]["urbanization_rate"]["error"]
    assert "transfer to other counties within a decade" in page.read_text(encoding="utf-8")
    with pytest.raises(SystemExit) as left:
        main([*given, "--from", tables[0][0], "--to", tables[0][1]])
    assert left.value.code == Exit.INVALID_INPUT
    assert "would be learnt from" in capsys.readouterr().err
