"""Life tables, migration schedules and census survival against published values."""

from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from docs.write.lifetable import (
    COALE_DEMENY,
    STANDARD,
    LifeTable,
    Sex,
    life_table,
    life_table_of_probabilities,
)
from docs.write.validation.check import Check, absent
from docs.write.validation.survival_estimates import net_migration
from docs.write.validation.tables import greatest_gap, named, read
from sim.common.errors import fault
from sim.common.language import Text
from sim.model.arrays import Array
from sim.model.demography.rogers_castro import RogersCastro, rogers_castro
from sim.model.people.kernels.vital import survive

TABLES: Final = Text("生命表(MortCast)", "Life tables (MortCast)")
OFFICIAL: Final = Text("联合国 2024 版官方生命表", "UN WPP 2024 official life tables")
CURVES: Final = Text("Rogers–Castro 迁移曲线", "Rogers–Castro curves")
CENSUSES: Final = Text("普查存活法", "Census survival")
SCHEDULES: Final = Text("迁移年龄模式", "Migration schedules")

TABLE_LIMIT, CURVE_LIMIT, IDENTITY_LIMIT, EXPECTATION_LIMIT = 1e-9, 1e-12, 1e-12, 1e-3
COLUMNS: Final = ("qx", "lx", "dx", "Lx", "Tx", "ex", "ax")
RULES: Final = {"ak": STANDARD, "cd": COALE_DEMENY}
_BY_SEX: Final[dict[str, Sex]] = {"male": "male", "female": "female"}


def life_tables(data: Path) -> list[Check]:
    """Every table of every file: all columns, and the survival ratios."""
    found = named(data / "peers", "mortcast_life_tables_*.csv")
    if not found:
        return [absent(TABLES, "peers/mortcast_life_tables_*.csv")]
    return [_tables_of_file(name, path) for name, path in found]


def _tables_of_file(name: str, path: Path) -> Check:
    table = read(path, ("sex", "a0rule", "age", "mx", "sx", *COLUMNS))
    keys = [column for column in table.columns if column in {"iso3", "country", "period", "year", "sex", "a0rule"}]
    worst, where, count = 0.0, "", 0
    for key, rows in table.groupby(keys):
        of = dict(zip(keys, key, strict=True))
        sex, rule = _known(of, "sex", list(_BY_SEX), path), _known(of, "a0rule", list(RULES), path)
        gap = table_gap(rows.sort_values("age"), sex, rule)
        count += 1
        if gap >= worst:
            worst, where = gap, " ".join(str(part) for part in key)
    return Check(TABLES, f"{name}: {count} tables, all columns", worst, TABLE_LIMIT, f"greatest in {where}")


def table_gap(rows: pd.DataFrame, sex: str, rule: str) -> float:
    """Greatest deviation of a life table built from the rows' mx from their other columns [1]."""
    built = life_table(rows["age"].to_numpy(np.float64), rows["mx"].to_numpy(np.float64), _BY_SEX[sex], RULES[rule])
    gaps = [greatest_gap(_column(built, name), rows[name].to_numpy(np.float64)) for name in COLUMNS]
    published = rows["sx"].to_numpy(np.float64)[: built.sx.size]
    return max(*gaps, greatest_gap(built.sx, published))


def _column(table: LifeTable, name: str) -> Array:
    values: Array = getattr(table, name)
    return values


def _known(of: dict[str, object], key: str, allowed: list[str], path: Path) -> str:
    value = str(of[key])
    if value not in allowed:
        names = ", ".join(allowed)
        raise fault(str(path), key, Text(f"{value},可用 {names}", f"{value}, allowed {names}"))
    return value


def official_tables(data: Path) -> list[Check]:
    """Expectation of life of the official complete tables against the published one."""
    folder = data / "wpp/wpp2024"
    found = sorted(folder.glob("*_official_life_table_*.csv"))
    needed = (folder / "annual_indicators.csv", folder / "mx_5x5.csv")
    if not found or not all(path.is_file() for path in needed):
        return [absent(OFFICIAL, "wpp/wpp2024/*_official_life_table_*.csv")]
    indicators, rates = read(needed[0], ("iso3", "year", "e0M", "e0F")), read(needed[1], ("iso3", "period", "age"))
    lines = []
    for path in found:
        for key, rows in read(path, ("iso3", "year", "sex", "age", "qx")).groupby(["iso3", "year", "sex"]):
            country, year, sex = str(key[0]), int(str(key[1])), str(key[2])
            lines.append(_official(rows, (country, year, sex), indicators, rates))
    return lines


def _official(rows: pd.DataFrame, key: tuple[str, int, str], indicators: pd.DataFrame, rates: pd.DataFrame) -> Check:
    country, year, sex = key
    first = 5 * (year // 5)
    in_period = (rates["iso3"] == country) & (rates["period"] == f"{first}-{first + 5}")
    oldest = rates.loc[in_period & (rates["age"] == rows["age"].max()), f"mx_{sex}"].to_numpy(np.float64)
    column = {"male": "e0M", "female": "e0F"}[sex]
    of_year = (indicators["iso3"] == country) & (indicators["year"] == year)
    published = indicators.loc[of_year, column].to_numpy(np.float64)
    label = f"{country} {year} {sex}: expectation of life at birth"
    if not oldest.size or not published.size:
        return Check(OFFICIAL, label, None)
    qx = rows.sort_values("age")["qx"].to_numpy(np.float64)
    built = life_table_of_probabilities(qx, 1.0 / float(oldest[0]), _BY_SEX[sex])
    gap = abs(float(built.ex[0]) / float(published[0]) - 1.0)
    return Check(OFFICIAL, label, gap, EXPECTATION_LIMIT, f"{built.ex[0]:.3f} against {published[0]:.3f} years")


def migration_curves(data: Path) -> list[Check]:
    """Every published case of the model migration schedule."""
    paths = [data / "migration" / f"rogers_castro_{part}.csv" for part in ("params", "expected")]
    if not all(path.is_file() for path in paths):
        return [absent(CURVES, "migration/rogers_castro_*.csv")]
    given = read(paths[0], ("case", "param", "value"))
    expected = read(paths[1], ("case", "age", "rate"))
    worst, where, count = 0.0, "", 0
    for case, rows in expected.groupby("case"):
        of_case = given[given["case"] == case]
        if of_case.empty:
            raise fault(str(paths[0]), str(case), Text("没有该例的参数", "no parameters of this case"))
        curve = schedule(dict(zip(of_case["param"], of_case["value"], strict=True)), paths[0])
        rates = rogers_castro(rows["age"].to_numpy(np.float64), curve)
        gap = float(np.max(np.abs(rates - rows["rate"].to_numpy(np.float64))))
        count += 1
        if gap >= worst:
            worst, where = gap, str(case)
    return [Check(CURVES, f"{count} cases, rate by age", worst, CURVE_LIMIT, f"greatest in {where}")]


def schedule(values: dict[str, float], path: Path) -> RogersCastro:
    """The schedule of named parameters; InvalidInput where a name is not one of its thirteen."""
    known = list(RogersCastro.__dataclass_fields__)
    for name in values:
        if name not in known:
            zh, en = f"未知参数 {name},可用 {', '.join(known)}", f"unknown parameter {name}; known: {', '.join(known)}"
            raise fault(str(path), name, Text(zh, en))
    return RogersCastro(*(float(values.get(name, 0.0)) for name in known))


def census_survival(data: Path) -> list[Check]:
    """The censuses' cohorts: those who survive by the kernel, with the net migrants, are the second census."""
    found = named(data / "migration", "census_survival_*.csv")
    if not found:
        return [absent(CENSUSES, "migration/census_survival_*.csv")]
    return [_between_censuses(name, path) for name, path in found]


def _between_censuses(name: str, path: Path) -> Check:
    table = read(path)
    counts = sorted(column for column in table.columns if column.startswith("pop_"))
    ratios = [column for column in table.columns if column.endswith("sr")]
    if len(counts) != 2 or len(ratios) != 1:
        needed = Text("需要两列 pop_年份 和一列 sr", "two columns pop_<year> and one ending in sr are needed")
        raise fault(str(path), "", Text(needed.zh, needed.en))
    rows = table[[*counts, *ratios]].dropna()
    first, second, ratio = rows.to_numpy(np.float64).T
    net = net_migration(first, second, ratio)
    start, deaths = np.zeros(first.size + 2), np.zeros(first.size + 2)
    start[: first.size] = first + net.reverse
    deaths[1 : first.size + 1] = 1.0 - ratio
    end = np.empty(start.shape)
    survive(start, deaths, 1.0, end)
    gap = float(np.max(np.abs(end[1 : first.size + 1] - second) / second))
    detail = f"net migrants {net.forward.sum():,.0f} alive at the second census, {net.reverse.sum():,.0f} at the first"
    return Check(CENSUSES, f"{name}: {first.size} cohorts, identity", gap, IDENTITY_LIMIT, detail)


def schedules(data: Path) -> list[Check]:
    """How far published age profiles of migrants are from summing to 1."""
    lines = []
    families = data / "migration/unpd_migration_families_1x1.csv"
    in_out = data / "migration/fdm_in_out_schedules_1x1.csv"
    if families.is_file():
        table = read(families, ("family", "sex", "mig_sign", "age", "prop"))
        sums = table.groupby(["family", "mig_sign"])["prop"].sum().abs().to_numpy(np.float64)
        label = f"UN model families: {sums.size} sums over age and sex"
        lines.append(Check(SCHEDULES, label, float(np.max(np.abs(sums - 1.0)))))
    if in_out.is_file():
        shares = read(in_out, ("iso3", "age", "in_share", "out_share")).groupby("iso3")[["in_share", "out_share"]].sum()
        gap = float(np.max(np.abs(shares.to_numpy(np.float64) - 1.0)))
        lines.append(Check(SCHEDULES, f"in- and out-migrants of {len(shares)} countries: sums over age", gap))
    return lines or [absent(SCHEDULES, "migration/*_1x1.csv")]


def checks(data: Path) -> list[Check]:
    """All textbook functions."""
    parts = (life_tables, official_tables, migration_curves, census_survival, schedules)
    return [line for part in parts for line in part(data)]
