"""All that a report shows of a run, as data in its folder: written, and read back by whoever trusts no folder."""

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final, NoReturn, get_args, get_type_hints

import duckdb
import numpy as np
from pydantic import TypeAdapter, ValidationError

from sim.common.errors import Place, fault
from sim.common.language import Text
from sim.common.parquet import DAMAGED
from sim.common.paths import shown
from sim.run.answers import Answer, Verdict
from sim.run.columns import Columns
from sim.run.folder import PYRAMID, SERIES
from sim.run.tables import OBSERVED_COLUMNS, PYRAMID_COLUMNS, SERIES_COLUMNS, RunTables
from sim.run.texts import tr

TABLES: Final = "tables.json"
_FRAMES: Final = {"series": (SERIES, SERIES_COLUMNS), "pyramid": (PYRAMID, PYRAMID_COLUMNS)}
_APART: Final = frozenset((*_FRAMES, "observed", "verdicts"))
"""Fields that are files of their own or rows, and verdicts, whose answers are of many kinds."""
_NUMBERS: Final = frozenset(("year", "quantile", "age", "value"))
_OBSERVED: Final = TypeAdapter(list[tuple[str, str, int, float, str, str, str]])
_ANSWERS: Final = {one.__name__: one for one in get_args(Answer)}
_OPTIONAL: Final = frozenset(one.name for one in fields(RunTables) if one.default is not MISSING)
_MOST_BYTES: Final = 256 << 20


def write_tables(tables: RunTables, path: Path) -> None:
    """Write all but the long series and the pyramids, which are tables of their own, as one JSON file."""
    kept = replace(tables, services=tuple(replace(one, place=_shown(one.place)) for one in tables.services))
    content = {name: _plain(getattr(kept, name)) for name in _names(RunTables) if name not in _APART}
    content["verdicts"] = [_with_kind(one) for one in kept.verdicts]
    content["observed"] = list(kept.observed.rows(*OBSERVED_COLUMNS))
    path.write_text(json.dumps(content, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")


def read_tables(folder: Path) -> RunTables:
    """The tables of a run from its folder. Raises InvalidInput where it holds none, or what is no table of a run."""
    path = folder / TABLES
    if not path.is_file():
        raise fault(
            str(folder),
            "",
            tr("this folder keeps no {name}: it holds no run, or one of an earlier version; run it again", name=TABLES),
        )
    try:
        if path.stat().st_size > _MOST_BYTES:
            _refuse(path, tr("the file is too large"))
        content = json.loads(path.read_text(encoding="utf-8"))
        found: dict[str, Any] = {
            name: adapter.validate_python(content[name])
            for name, adapter in _adapters().items()
            if name in content or name not in _OPTIONAL  # an earlier version kept less
        }
        found["verdicts"] = tuple(_verdict(one) for one in content["verdicts"])
        rows = _OBSERVED.validate_python(content["observed"])
    except ValidationError as problem:
        first = problem.errors(include_url=False)[0]
        _refuse(path, f"{'.'.join(map(str, first['loc']))}: {first['msg']}")
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as problem:
        _refuse(path, str(problem).splitlines()[0] if str(problem) else type(problem).__name__)
    frames = {name: _frame(folder / file, columns) for name, (file, columns) in _FRAMES.items()}
    found |= frames | {"observed": Columns.of_rows(OBSERVED_COLUMNS, rows)}
    tables = RunTables(**found)
    _check(path, tables)
    return tables


@cache
def _adapters() -> Mapping[str, TypeAdapter[Any]]:
    """How each field is read that does not stand apart."""
    hints = get_type_hints(RunTables)
    return {name: TypeAdapter(hints[name]) for name in _names(RunTables) if name not in _APART}


def _with_kind(verdict: Verdict) -> dict[str, Any]:
    said: dict[str, Any] = _plain(verdict)
    return said | {"answer": {"is": type(verdict.answer).__name__} | said["answer"]}


def _plain(value: Any) -> Any:
    """What JSON can say of a value: data classes by field."""
    if names := _names(type(value)):  # type: ignore[arg-type] # a class can be hashed
        return {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, tuple | list) else value


@cache
def _names(of: type) -> tuple[str, ...]:
    """The names of a data class's fields; none of anything else."""
    return tuple(one.name for one in fields(of)) if is_dataclass(of) else ()


def _verdict(said: Mapping[str, Any]) -> Verdict:
    answer = dict(said["answer"])
    made = _adapter(_ANSWERS[answer.pop("is")]).validate_python(answer)
    verdict: Verdict = _adapter(Verdict).validate_python({**said, "answer": made})
    return verdict


@cache
def _adapter(of: type) -> TypeAdapter[Any]:
    return TypeAdapter(of)


def _shown(place: Place) -> Place:
    return replace(place, file=shown(Path(place.file)))


def _frame(path: Path, columns: tuple[str, ...]) -> Columns:
    try:
        with duckdb.connect() as connection:
            found = Columns.of_frame(connection.read_parquet(str(path), hive_partitioning=False).df())
    except (OSError, *DAMAGED) as problem:
        _refuse(path, str(problem).splitlines()[0])
    if list(found.by_name) != list(columns):
        _refuse(path, ", ".join(found.by_name))
    wrong = [name for name in columns if np.issubdtype(found[name].dtype, np.number) != (name in _NUMBERS)]
    if wrong:
        _refuse(path, ", ".join(wrong))
    return found


def _check(path: Path, tables: RunTables) -> None:
    """That there is a region to show, and a description of every measure."""
    if not tables.regions or not set(tables.series["measure"]) <= set(tables.measures):
        _refuse(path, "regions, measures")


def _refuse(path: Path, said: Text | str) -> NoReturn:
    raise fault(str(path), "", tr("the files of the run are damaged: {said}", said=said)) from None
