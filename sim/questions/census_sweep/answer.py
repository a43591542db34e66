"""What came of a batch over a census table: one row a county, for programs and for people."""

import csv
from collections import Counter
from pathlib import Path
from typing import Final

import pandas as pd

from sim.common.inert import cell
from sim.common.language import Language
from sim.questions.census_sweep.batch import CensusBatch
from sim.questions.census_sweep.block import OUTPUTS as COLUMNS
from sim.questions.sweep.folder import FAILURES, MEMBERS, OUTPUTS, kept, read_table
from sim.questions.texts import tr
from sim.run.folder import Writer, parquet, publish
from sim.run.words import status as verdict_word

COUNTIES: Final = "counties"
UNREAD: Final = "unread.csv"
FAILED: Final = "failed"
STATUSES: Final = ("certain", "likely", "possible", "unlikely", "out of reach", FAILED)

_HEADS: Final = {
    "code": tr("code"),
    "name": tr("name"),
    "province": tr("province"),
    "prefecture": tr("prefecture"),
    "census_year": tr("census year"),
    "residents": tr("residents (persons)"),
    "rate": tr("urbanization rate (%)"),
    "target": tr("target rate (%)"),
    "target_year": tr("target year"),
    "target_of": tr("whose target"),
    "rate_low": tr("rate in target year, 10% (%)"),
    "rate_median": tr("rate in target year, median (%)"),
    "rate_high": tr("rate in target year, 90% (%)"),
    "residents_then": tr("residents in target year, median (persons)"),
    "horizon": tr("horizon"),
    "horizon_rate_low": tr("rate at horizon, 10% (%)"),
    "horizon_rate_median": tr("rate at horizon, median (%)"),
    "horizon_rate_high": tr("rate at horizon, 90% (%)"),
    "horizon_residents": tr("residents at horizon, median (persons)"),
    "probability": tr("probability (%)"),
    "probability_error": tr("error of the probability (points)"),
    "status": tr("verdict"),
    "error": tr("why it could not be run"),
}
_SCOPES: Final = {
    "province": tr("province", context="the county's own"),
    "nation": tr("nation"),
    "given": tr("given"),
}


def counties(folder: Path) -> pd.DataFrame:
    """One row a county in the order of the table: the census, the target, the outlook, its status or why it failed.

    Rates and probabilities are shares [1], residents persons.
    """
    members = read_table(folder / MEMBERS)
    found = members.merge(read_table(kept(folder, OUTPUTS)), on="member", how="left")
    failures = kept(folder, FAILURES)
    if failures:
        found = found.merge(read_table(failures)[["member", "error"]], on="member", how="left")
        found["error"] = found["error"].fillna("")
    else:
        found["error"] = ""
    found["status"] = found["status"].fillna(FAILED)
    ordered = [*(name for name in _HEADS if name in found.columns)]
    return found.sort_values("member")[ordered].reset_index(drop=True)


def publish_answer(batch: CensusBatch, language: Language) -> pd.DataFrame:
    """Write `counties.parquet` and `counties.csv`, and `unread.csv` where rows of the table cannot be used."""
    table = counties(batch.folder)
    parts: dict[str, Writer] = {
        f"{COUNTIES}.parquet": parquet(table),
        f"{COUNTIES}.csv": _csv(for_people(table, language)),
    }
    if batch.table.unread:
        parts[UNREAD] = _csv(_unread(batch, language))
    publish(batch.folder, parts)
    return table


def counted(table: pd.DataFrame) -> dict[str, int]:
    """How many counties have each status, in the order of STATUSES."""
    found = Counter(table["status"])
    return {status: found[status] for status in STATUSES}


def status_word(status: str, language: Language) -> str:
    """What a status is called."""
    return tr("failed").in_(language) if status == FAILED else verdict_word(status, language)


def for_people(table: pd.DataFrame, language: Language) -> pd.DataFrame:
    """The table with rates in per cent, persons as whole numbers, and heads in the language."""
    shown = table.copy()
    for column in ("rate", "target", *COLUMNS):
        persons = column.endswith(("residents", "residents_then"))
        shown[column] = shown[column].round() if persons else (100.0 * shown[column]).round(2)
    for column in ("residents", "residents_then", "horizon_residents"):
        shown[column] = shown[column].round().astype("Int64")
    shown["target_of"] = [_SCOPES[scope].in_(language) for scope in shown["target_of"]]
    shown["status"] = [status_word(status, language) for status in shown["status"]]
    return shown.rename(columns={name: head.in_(language) for name, head in _HEADS.items()})


def _unread(batch: CensusBatch, language: Language) -> pd.DataFrame:
    heads = (tr("place"), tr("column"), tr("reason"))
    rows = [(str(fault.place), fault.path, fault.problem.in_(language)) for fault in batch.table.unread]
    return pd.DataFrame(rows, columns=[head.in_(language) for head in heads])


def _csv(table: pd.DataFrame) -> Writer:
    """Writer of a table that a Chinese spreadsheet opens: UTF-8 with a byte-order mark."""

    def write(path: Path) -> None:
        texts = {name: table[name].map(cell) for name in table.select_dtypes(["object", "string"]).columns}
        table.assign(**texts).to_csv(
            path, index=False, encoding="utf-8-sig", lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL
        )

    return write
