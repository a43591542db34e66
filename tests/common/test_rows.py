"""A table of the program's own says every fault with its line."""

from pathlib import Path

import pytest

from sim.common.errors import InvalidInput
from sim.common.rows import Row, read

COLUMNS = ("id", "zh", "en", "size", "use")


def _made(row: Row) -> tuple[str, str, float, str]:
    return row.text("id"), row.words().en, row.number("size", empty=0.0), row.one_of("use", ("unit", "thing"))


def _table(folder: Path, *lines: str) -> Path:
    path = folder / "table.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_rows_are_read_in_their_order_and_an_empty_number_is_what_it_is_said_to_be(tmp_path: Path) -> None:
    path = _table(tmp_path, ",".join(COLUMNS), "b,乙,two,2.5,unit", 'a,甲,"one, or so",,thing')
    assert read(path, COLUMNS, _made) == (("b", "two", 2.5, "unit"), ("a", "one, or so", 0.0, "thing"))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("a,甲,one,many,unit", "3:1: size: a number is expected, not 'many'"),
        ("a,甲,one,inf,unit", "3:1: size: a number is expected, not 'inf'"),
        ("a,甲,,1,unit", "3:1: en: this cell must not be empty"),
        ("a,甲,one,1,units", "3:1: use: one of unit, thing is expected, not 'units'; did you mean unit?"),
        ("a,甲,one,1", "3:1: 5 cells are expected, not 4"),
        ("b,乙,two,1,unit", "3:1: id: b is in line 2 already"),
    ],
)
def test_a_fault_names_file_line_and_column_and_says_what_was_expected(tmp_path: Path, line: str, said: str) -> None:
    path = _table(tmp_path, ",".join(COLUMNS), "b,乙,two,2.5,unit", line)
    with pytest.raises(InvalidInput) as caught:
        read(path, COLUMNS, _made)
    assert caught.value.message("en") == f"{path}:{said}"


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    path = _table(tmp_path, ",".join(COLUMNS), "a,,one,x,unit", "b,乙,two,1,unit", "c,丙,three,1,no")
    with pytest.raises(InvalidInput) as caught:
        read(path, COLUMNS, _made)
    assert [(fault.place.line, fault.path) for fault in caught.value.faults] == [(2, "zh"), (2, "size"), (4, "use")]


def test_other_columns_than_expected_are_one_fault(tmp_path: Path) -> None:
    path = _table(tmp_path, "id,zh,en,size", "a,甲,one,1")
    with pytest.raises(InvalidInput, match=r"table\.csv:1:1: the columns must be id,zh,en,size,use, not id,zh,en,size"):
        read(path, COLUMNS, _made)


def test_a_missing_table_is_one_fault(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"table\.csv: this table is missing"):
        read(tmp_path / "table.csv", COLUMNS, _made)


def test_a_line_may_be_named_by_two_columns(tmp_path: Path) -> None:
    path = _table(tmp_path, "word,use", "a,unit", "a,thing")
    assert read(path, ("word", "use"), lambda row: row.text("use"), named=2) == ("unit", "thing")
