"""Published tables as arrays: which files a folder has, and their values by age and sex."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd

from sim.common.errors import fault
from sim.common.language import Text
from sim.model.arrays import Array

SEXES = ("male", "female")


def read(path: Path, columns: Iterable[str] = ()) -> pd.DataFrame:
    """The table of a file; InvalidInput unless it is a CSV with the columns named.

    The age of an open group may be written with a plus sign.
    """
    try:
        table = pd.read_csv(path, encoding="utf-8-sig", dtype={"iso3": str, "period": str}, keep_default_na=True)
    except (OSError, ValueError) as problem:
        raise fault(str(path), "", Text(f"不是可读的 CSV:{problem}", f"not a readable CSV file: {problem}")) from None
    missing = [column for column in columns if column not in table.columns]
    if missing:
        names = ", ".join(missing)
        raise fault(str(path), "", Text(f"缺少列 {names}", f"columns are missing: {names}"))
    if "age" in table.columns and not pd.api.types.is_numeric_dtype(table["age"]):
        table["age"] = pd.to_numeric(table["age"].astype(str).str.extract(r"^(\d+)")[0])
    return table


def named(folder: Path, pattern: str) -> list[tuple[str, Path]]:
    """Files whose name is what the pattern's star stands for, and the rest of the pattern; sorted by name."""
    before, after = pattern.split("*")
    paths = sorted(folder.glob(pattern))
    return [(path.name[len(before) : len(path.name) - len(after)], path) for path in paths]


def by_sex(table: pd.DataFrame, columns: tuple[str, str] = SEXES) -> Array:
    """Values [sex, age] of a table with one row an age and one column a sex."""
    return table.sort_values("age")[list(columns)].to_numpy(np.float64).T.copy()


def by_sex_rows(table: pd.DataFrame, column: str, age: str = "age") -> Array:
    """Values [sex, age] of a table with one row an age and sex; women alone give one row."""
    wide = table.pivot_table(index="sex", columns=age, values=column)
    return wide.loc[[sex for sex in SEXES if sex in wide.index]].to_numpy(np.float64)


def at_ages(table: pd.DataFrame, column: str, ages: range) -> Array:
    """Values [age] at the ages asked for; 0 where the table is silent."""
    return table.set_index("age")[column].reindex(list(ages), fill_value=0.0).to_numpy(np.float64)


def on_axis(values: Array, size: int, path: Path, what: str) -> Array:
    """The values, once they are finite and have as many ages as expected; InvalidInput otherwise."""
    if values.shape[-1] != size:
        zh, en = f"{what}:{values.shape[-1]} 个年龄组,应为 {size}", f"{what}: {values.shape[-1]} ages, expected {size}"
        raise fault(str(path), what, Text(zh, en))
    if not np.all(np.isfinite(values)):
        raise fault(str(path), what, Text(f"{what}:有缺失或非数字的值", f"{what}: values are missing or not numbers"))
    return values


def collapse(values: Array, size: int) -> Array:
    """Persons or person-years [..., age] with all ages from the last of `size` on in one open group."""
    return np.concatenate((values[..., : size - 1], values[..., size - 1 :].sum(axis=-1, keepdims=True)), axis=-1)


def relative_error(got: Array, published: Array, least: float = 0.0) -> float:
    """Greatest deviation over the published value [1], among values over `least`; 0 where there is none."""
    counted = published > least
    if not counted.any():
        return 0.0
    return float(np.max(np.abs(got[counted] - published[counted]) / published[counted]))


def greatest_gap(got: Array, published: Array) -> float:
    """Greatest deviation [1], relative where the published value is over 1 and absolute below."""
    return float(np.max(np.abs(got - published) / np.maximum(np.abs(published), 1.0)))
