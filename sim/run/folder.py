"""A run as a folder: tables, verdicts and manifest, each under its final name only when it is whole."""

import csv
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, replace
from hashlib import sha256
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import duckdb
import numpy as np
import yaml

from sim.common.errors import Fault, InvalidInput, Place, fault
from sim.common.inert import cell
from sim.common.language import Language, Text, same
from sim.common.machine import IS_WINDOWS
from sim.common.numbers import canonical, unit_words
from sim.common.parquet import marked, writing
from sim.common.paths import shown_place
from sim.common.staging import alone, staging, synced
from sim.common.system import reason
from sim.common.typography import typeset
from sim.common.units import POINTS
from sim.common.writable import unwritable
from sim.model.draws.setting import Setting
from sim.run.answers import Answer, Condition, Met, Need, NoAnswer, Opening, Outcome, Sized, Supply, Verdict
from sim.run.columns import Columns
from sim.run.ensemble import Ensemble
from sim.run.tables import RunTables
from sim.run.texts import tr
from sim.run.words import CLASSES, COMPARISONS, RESULTS, STATUS
from sim.scenario.resolved import ResolvedScenario

if TYPE_CHECKING:
    import pandas as pd

Writer = Callable[[Path], None]

SERIES: Final = "series.parquet"
PYRAMID: Final = "pyramid.parquet"
VERDICTS: Final = "verdicts.json"
MANIFEST: Final = "manifest.json"
_DUMPER: Final[Any] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
PARTIAL: Final = ".partial-"
"""How a folder begins whose parts are not whole yet."""


def publish(folder: Path, parts: Mapping[str, Writer], inputs: Iterable[Path] = (), *, is_answer: bool = False) -> None:
    """Write every part beside the folder's own files and rename them once all are whole and on the disk.

    The last of several parts marks the others as whole: it is taken away before them and named after them, so that
    a folder never shows the tables of one run with the manifest of another. is_answer: files of the parts' names that
    stand there without the last of them are somebody else's. Raises InvalidInput where the folder cannot be written,
    or a part would replace one of the inputs or such a file; what was there before is then untouched.
    """
    outputs = [folder / name for name in parts]
    _keep_apart(outputs, inputs)
    if is_answer:
        _keep_others(outputs)
    is_new = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with staging(folder, PARTIAL) as made:
            with ThreadPoolExecutor(max_workers=1) as disk:  # which is slow, while the next part is made
                written = []
                for name, write in parts.items():
                    write(made / name)
                    written.append(disk.submit(synced, made / name))
            for one in written:
                one.result()
            with alone(folder):
                _check_free(outputs)
                _name(made, folder, tuple(parts))
    except (OSError, duckdb.Error) as problem:
        said = _reason(problem, folder) if isinstance(problem, OSError) else same(_of_the_system(str(problem)))
        if is_new:
            with suppress(OSError):
                folder.rmdir()
        raise unwritable(folder, said) from None


def _name(made: Path, folder: Path, names: tuple[str, ...]) -> None:
    """Give the parts their names, the mark last; what interrupts it leaves a sign of it for the next command."""
    *others, mark = names
    try:
        if others:
            (folder / mark).unlink(missing_ok=True)
            synced(folder)
        for name in names:
            (made / name).replace(folder / name)
        synced(folder)
    except BaseException:
        (folder / f"{PARTIAL}cut").mkdir(exist_ok=True)
        raise


def _check_free(outputs: Iterable[Path]) -> None:
    """Raise InvalidInput where another program keeps a file that is to be replaced, as Excel does under Windows.

    It could not be replaced, and the folder would be left with files of two answers.
    """
    for file in outputs if IS_WINDOWS else ():
        try:
            if file.is_file():
                file.open("r+b").close()
        except OSError:
            raise fault(str(file), "", tr("another program has it open: close it there, and try again")) from None


def _reason(problem: OSError, folder: Path) -> Text:
    """What the system said, with the file it is about where that lies elsewhere: an input that is gone."""
    file = problem.filename
    elsewhere = isinstance(file, str | Path) and not Path(file).absolute().is_relative_to(folder.absolute())
    return reason(problem) + same(f": {file}" if elsewhere else "")


def _of_the_system(said: str) -> str:
    """What the system said of a Parquet file that could not be written; the database wraps it in JSON of its own."""
    inner = re.search(r'"exception_message":"(?:[^"\\]|\\.)*: ([^":]+)"', said)
    return inner[1] if inner else said.splitlines()[0]


def _keep_apart(outputs: Sequence[Path], inputs: Iterable[Path]) -> None:
    """Raise InvalidInput where an output is a file that the answer rests on, by whatever name."""
    read = {path.resolve() for path in inputs}
    faults = [
        Fault(
            Place(str(path)), "", tr("is an input of this command and is not overwritten: choose another folder (-o)")
        )
        for path in outputs
        if path.resolve() in read or any(path.exists() and one.exists() and path.samefile(one) for one in read)
    ]
    if faults:
        raise InvalidInput(faults)


def _keep_others(outputs: Sequence[Path]) -> None:
    """Raise InvalidInput where an output would replace a file that is no part of an earlier answer.

    An earlier one has its mark, or what a killed command left beside its parts.
    """
    folder, there = outputs[-1].parent, [path for path in outputs if path.exists()]
    if not there or outputs[-1].exists() or any(folder.glob(f"{PARTIAL}*")):
        return
    problem = tr("is there and is no result of this command, so it is not overwritten: choose another folder (-o)")
    raise InvalidInput([Fault(Place(str(path)), "", problem) for path in there])


def parquet(table: "Columns | pd.DataFrame", mark: str = "") -> Writer:
    """Writer of a table as Parquet. mark: says which answer it is a part of (`sim.common.parquet`)."""

    def write(path: Path) -> None:
        with writing() as connection:
            connection.register("written", table.by_name if isinstance(table, Columns) else table)
            connection.execute(f"COPY written TO '{_quoted(path)}' (FORMAT parquet, COMPRESSION zstd{marked(mark)})")

    return write


def draws_parquet(scenario: str, regions: tuple[str, ...], ensemble: Ensemble) -> Writer:
    """Writer of every draw of every measure as Parquet, long, in single precision."""

    def write(path: Path) -> None:
        years, draws = np.array(ensemble.years, dtype=np.int32), np.array(ensemble.draws, dtype=np.int32)
        with duckdb.connect() as connection:
            connection.execute(
                "CREATE TABLE draws (scenario VARCHAR, region VARCHAR, zone VARCHAR, year INTEGER, measure VARCHAR,"
                " unit VARCHAR, draw INTEGER, value FLOAT)"
            )
            for row, measure in enumerate(ensemble.measures.values()):
                for column, region in enumerate(regions):
                    values = ensemble.values[row, column]
                    part = {
                        "year": np.repeat(years, len(draws)),
                        "draw": np.tile(draws, len(years)),
                        "value": values.ravel(),
                    }
                    connection.register("part", part)
                    connection.execute(
                        "INSERT INTO draws SELECT ?, ?, ?, year, ?, ?, draw, value FROM part",
                        [scenario, region, measure.zone, measure.id, measure.unit],
                    )
            connection.execute(f"COPY draws TO '{_quoted(path)}' (FORMAT parquet, COMPRESSION zstd)")

    return write


_PARTS: Final = {0.5: tr("{year} median"), 0.1: tr("{year} low (10%)"), 0.9: tr("{year} high (90%)")}
"""What a year's columns are called; medians stand first, so that they can be charted."""


def csv_for_people(tables: RunTables, language: Language) -> Writer:
    """Writer of medians and 80% bands, a row a measure, as CSV that a Chinese spreadsheet opens: UTF-8 with a mark."""

    def write(path: Path) -> None:
        names, wide = dict(tables.regions), _wide(tables.series)
        years = sorted({year for found in wide.values() for _, year in found})
        ends = [(part, year) for part in _PARTS for year in years]
        heads = [_headed(one, language) for one in ("region", "region_name", "measure", "name", "unit")]
        heads += [_PARTS[part].in_(language).format(year=year) for part, year in ends]
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(heads)
            for (region, measure, unit), found in wide.items():
                place = names[region].in_(language) if region in names else region
                said = map(cell, (region, place, measure, tables.measures[measure].name.in_(language)))
                shown_unit = unit_words(unit, language) if language == "zh" else unit
                writer.writerow([*said, shown_unit, *(_written(found.get(end), unit) for end in ends)])

    return write


def _written(value: float | None, unit: str) -> float | None:
    """A value as people read it: what is counted is whole, all else has as many digits as anybody could know."""
    if value is None or not isfinite(value):
        return None
    found = round(value) if unit in _COUNTED else float(f"{value:.6g}")
    return int(found) if found == int(found) else found


def _wide(series: Columns) -> dict[tuple[str, str, str], dict[tuple[float, int], float]]:
    """Values by quantile and year of every region, measure and unit, region after region."""
    found: dict[tuple[str, str, str], dict[tuple[float, int], float]] = {}
    wanted = series.where(np.isin(series["quantile"], list(_PARTS)))
    for region, measure, unit, *at, value in wanted.rows("region", "measure", "unit", "quantile", "year", "value"):
        found.setdefault((region, measure, unit), {})[at[0], at[1]] = value
    regions = list(dict.fromkeys(region for region, _, _ in found))
    return {key: found[key] for key in sorted(found, key=lambda key: regions.index(key[0]))}


_COUNTED: Final = frozenset(
    (
        *("person", "person-time", "household", "home", "job", "count", "place", "staff", "bed", "class"),
        *("vehicle", "space", "charger", "lamp"),
    )
)
"""Units of what is counted one by one."""
_HEADS: Final[Mapping[str, str]] = {
    "region": "区域代码",
    "region_name": "区域",
    "measure": "指标代码",
    "name": "指标",
    "unit": "单位",
    "id": "编号",
    "title": "指标",
    "year": "目标年",
    "op": "比较",
    "value": "目标值",
    "class": "类别",
    "status": "判断",
    "probability": "概率",
    "probability_error": "概率误差",
    "low_10": "低(10%)",
    "median": "中位数",
    "high_90": "高(90%)",
    "shortfall": "差额",
    "first_year": "首次达到年",
    "need_unit": "需求单位",
    "came": "实际结果",
    "came_note": "实际结果说明",
    "reason": "不评估原因",
    "source": "依据",
}
"""Columns of files for people, in Chinese; in English they are called as they are."""


def _headed(key: str, language: Language) -> str:
    return typeset(_HEADS[key]) if language == "zh" else key


_KEYS: Final = (
    *("id", "title", "kind", "nature", "measure", "op", "value", "unit", "year", "class", "status"),
    *("source", "note", "reason"),
    *("probability", "probability_error", "low", "median", "high", "shortfall", "first_year", "region", "driver"),
    *("delivered", "capacity", "need_unit", "holds_back", "service", "need", "since"),
    *("latest", "months", "assumed", "needed", "carried", "pace_unit", "outset", "brought"),
    *("policies", "with_them", "without", "promised", "came", "base", "stood", "grows", "once", "named", "eligible"),
    *(
        "round_of",
        "rounds",
        "chance",
        "falls",
        "where",
        "takes",
        "per",
        "days",
        "failing",
        "there",
        "yearly",
        "level_year",
    ),
)
"""The keys of a verdict in files, of whatever kind its answer is."""


def verdict_record(verdict: Verdict) -> dict[str, object]:
    """A verdict as plain data: shares in %, gains in points; fields that do not apply are left out."""
    record = _flat(in_percent(verdict))
    return {key: value for key, value in record.items() if value not in (None, "", ()) or key in {"measure", "value"}}


def _flat(verdict: Verdict) -> dict[str, Any]:
    """The fields of a verdict and of its answer, in the order of the files."""
    line = asdict(verdict)
    record = line | line.pop("answer") | {"class": verdict.class_}
    return {key: record.get(key) for key in _KEYS}


def in_percent(verdict: Verdict) -> Verdict:
    """The verdict with shares as percentages, as plans print them; others as they are."""
    if verdict.unit not in {"share", "points"}:
        return verdict
    value = None if verdict.value is None else _hundred(verdict.value)
    unit = "%" if verdict.unit == "share" else "points"
    return replace(verdict, unit=unit, value=value, answer=_answer_in_percent(verdict.answer))


def _answer_in_percent(answer: Answer) -> Answer:
    if isinstance(answer, Sized):
        return replace(answer, with_them=_hundred(answer.with_them), without=_hundred(answer.without))
    if isinstance(answer, Opening | Condition | NoAnswer):
        return answer
    low, median, high = (_hundred(share) for share in (answer.low, answer.median, answer.high))
    if isinstance(answer, Need | Met):
        return replace(answer, low=low, median=median, high=high)
    moved = replace(answer, low=low, median=median, high=high, shortfall=_hundred(answer.shortfall))
    if isinstance(moved, Outcome | Supply) and moved.promised is not None:
        even, likely, certain = map(_hundred, moved.promised)
        moved = replace(moved, promised=(even, likely, certain))
    if not isinstance(moved, Outcome):
        return moved
    return replace(moved, holds_back=tuple(replace(one, shift=100.0 * one.shift) for one in moved.holds_back))


def _hundred(share: float) -> float:
    return round(100.0 * share, 9)


def verdicts_json(verdicts: tuple[Verdict, ...]) -> Writer:
    """Writer of all verdicts as a JSON list."""

    def write(path: Path) -> None:
        records = [verdict_record(verdict) for verdict in verdicts]
        path.write_text(json.dumps(records, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")

    return write


def _worded(word: str, words: Mapping[str, Text], language: Language) -> str:
    """A word of the program, in Chinese where people read Chinese."""
    return words[word].zh.strip() if language == "zh" and word in words else word


def _unit_said(unit: str, language: Language) -> str:
    """A unit as it stands beside a bare number: by its id, in Chinese in words."""
    if language == "en" or not unit:
        return unit
    if unit == "points":
        return POINTS[0]
    is_ratio = "/" in unit and canonical(unit) == "share"  # so many beds of all beds
    return unit_words("share" if is_ratio else unit, language)


def _band_of(verdict: Verdict, answer: Mapping[str, object]) -> dict[str, object]:
    """The median with its band; nothing for a condition, whose ends are what peers did a year."""
    ends = {"low_10": "low", "median": "median", "high_90": "high"}
    return {name: None if isinstance(verdict.answer, Condition) else answer[end] for name, end in ends.items()}


def verdicts_csv(verdicts: tuple[Verdict, ...], language: Language) -> Writer:
    """Writer of all verdicts as CSV for spreadsheets, titles and reasons in one language."""
    records = [
        {
            "id": verdict.id,
            "title": verdict.title.in_(language),
            "year": verdict.year,
            "op": _worded(verdict.op, COMPARISONS, language),
            "value": verdict.value,
            "unit": _unit_said(verdict.unit, language),
            "class": _worded(verdict.class_, CLASSES, language),
            "status": _worded(verdict.status, STATUS, language),
            "probability": verdict.probability,
            "probability_error": answer["probability_error"],
            **_band_of(verdict, answer),
            "shortfall": verdict.shortfall,
            "first_year": answer["first_year"],
            "need_unit": _unit_said(str(answer["need_unit"] or ""), language),
            "came": _worded(verdict.came.result, RESULTS, language) if verdict.came else None,
            "came_note": verdict.came.note.in_(language) if verdict.came else None,
            "reason": verdict.answer.reason.in_(language)
            if isinstance(verdict.answer, NoAnswer) and verdict.answer.reason
            else None,
            "source": verdict.source.in_(language) if verdict.source else None,
        }
        for verdict, answer in ((one, _flat(one)) for one in map(in_percent, verdicts))
    ]
    return records_csv([{_headed(key, language): value for key, value in one.items()} for one in records])


def records_csv(records: Sequence[Mapping[str, object]]) -> Writer:
    """Writer of rows as CSV that a Chinese spreadsheet opens."""

    def write(path: Path) -> None:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, fieldnames=list(records[0]) if records else ["id"])
            writer.writeheader()
            writer.writerows({key: cell(value) for key, value in record.items()} for record in records)

    return write


def resolved_yaml(scenario: ResolvedScenario) -> str:
    """The scenario as it was run: every setting in order of application, with the place that set it."""
    content = {
        "name": scenario.name,
        "title": asdict(scenario.title),
        "regions": [region.id for region in scenario.regions],
        "plan": scenario.plan.id if scenario.plan else None,
        "base_year": scenario.base_year,
        "horizon": scenario.horizon,
        "test_year": scenario.test_year,
        "draws": scenario.draws,
        "seed": scenario.seed,
        "policies": [{"use": p.id, "from": p.start, "to": p.end, "intensity": p.intensity} for p in scenario.policies],
        "settings": {region: [_setting(setting) for setting in chain] for region, chain in scenario.settings.items()},
    }
    return str(yaml.dump(content, Dumper=_DUMPER, allow_unicode=True, sort_keys=False, width=120))


def _setting(setting: Setting) -> dict[str, object]:
    by_year = dict(zip(setting.years, setting.values, strict=True))
    record: dict[str, object] = {
        "path": setting.path,
        setting.change: by_year if len(by_year) > 1 else setting.values[0],
        "from": setting.start,
        "to": setting.end,
        "lag": setting.lag or None,
        "ramp": setting.ramp if setting.ramp > 1 else None,
        "intensity": None if setting.intensity == 1.0 else setting.intensity,
        "dist": asdict(setting.dist) if setting.dist else None,
        "source": _said(setting.origin.source),
        "set_by": shown_place(setting.origin.place),
    }
    return {key: value for key, value in record.items() if value is not None}


def _said(text: Text | None) -> str | dict[str, str] | None:
    """A text as a scenario file writes it: once where both languages say the same."""
    return None if text is None else text.zh if text.zh == text.en else asdict(text)


def json_file(content: object) -> Writer:
    """Writer of plain data as JSON."""

    def write(path: Path) -> None:
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")

    return write


def text_file(text: str) -> Writer:
    """Writer of a text."""

    def write(path: Path) -> None:
        path.write_text(text, encoding="utf-8", newline="\n")

    return write


def bytes_file(content: bytes) -> Writer:
    """Writer of a file of bytes."""

    def write(path: Path) -> None:
        path.write_bytes(content)

    return write


def file_hash(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    return sha256(path.read_bytes()).hexdigest()


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
