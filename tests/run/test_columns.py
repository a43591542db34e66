"""Tables as columns of arrays."""

import numpy as np
import pandas as pd

from sim.run.columns import Columns

NAMES = ("place", "year", "value")
ROWS = [("a", 2020, 1.5), ("b", 2021, 2.0), ("a", 2021, np.nan)]


def test_rows_become_columns_and_rows_again() -> None:
    table = Columns.of_rows(NAMES, ROWS)
    assert [table[name].dtype.kind for name in NAMES] == ["O", "i", "f"]
    assert [row[:2] for row in table.rows()] == [row[:2] for row in ROWS]
    assert list(table.where(table["place"] == "a").rows("year", "place")) == [(2020, "a"), (2021, "a")]
    assert len(table) == 3


def test_tables_are_joined_and_an_empty_one_adds_nothing() -> None:
    nothing = Columns.of_rows(NAMES, [])
    both = Columns.joined([nothing, Columns.of_rows(NAMES, ROWS[:1]), Columns.of_rows(NAMES, ROWS[1:2])])
    assert len(nothing) == 0
    assert list(both.rows()) == ROWS[:2]
    assert [both[name].dtype.kind for name in NAMES] == ["O", "i", "f"]


def test_pandas_has_the_same_table_and_gives_it_back() -> None:
    frame = Columns.of_rows(NAMES, ROWS).frame()
    pd.testing.assert_frame_equal(frame, pd.DataFrame(ROWS, columns=list(NAMES)))
    again = Columns.of_frame(frame)
    assert [again[name].dtype.kind for name in NAMES] == ["O", "i", "f"]
