"""A scenario as rows of a workbook: what each sheet holds, so that reading it gives the same scenario again."""

from collections.abc import Mapping
from typing import Any, Final

import yaml

from sim.scenario.workbook import columns as sheets
from sim.scenario.workbook.columns import Layout

Row = dict[tuple[str, ...], Any]
"""The cells of a row by the key that they are of."""
Rows = dict[str, list[Row]]
"""The rows of each sheet by the sheet's Chinese name."""

_KEPT: Final = ("services", "projects", "indicators")
_TABLES: Final = {"capacities": sheets.CAPACITIES, "totals": sheets.TOTALS}
_CHANGES: Final = ("set", "times", "add")
_OUTER: Final = ("from", "to", "lag", "ramp")


def rows_of(data: Mapping[str, Any]) -> Rows:
    """The rows of a scenario's data, as its file has them; what has no columns is written as YAML."""
    made: Rows = {one.name.zh: [] for one in LAYOUTS}
    for key, value in data.items():
        if key in _KEPT:
            made[sheets.OTHER.name.zh] += [_text(key, None, item) for item in value]
        elif key == "targets":
            for line in value:
                _add_target(line, made)
        elif key == "policies":
            for use in value:
                _add_policy(use, made)
        elif key == "set":
            for path, entry in value.items():
                _add_setting(str(path), entry, made)
        elif key in _TABLES:
            made[_TABLES[key].name.zh] += _table(key, value)
        else:
            made[sheets.SCENARIO.name.zh] += _keys(key, value)
    return made


LAYOUTS: Final[tuple[Layout, ...]] = (
    sheets.SCENARIO,
    sheets.POLICIES,
    sheets.SETTINGS,
    sheets.CAPACITIES,
    sheets.YEARLY,
    sheets.TARGETS,
    sheets.TOTALS,
    sheets.OTHER,
)
_OF_TARGETS: Final = frozenset(column.key for column in sheets.TARGETS.columns)


def _keys(key: str, value: Any) -> list[Row]:
    if isinstance(value, list):
        return [{("key",): key, ("value",): one} for one in value]
    if isinstance(value, Mapping):
        return [{("key",): f"{key}.{side}", ("value",): said} for side, said in value.items()]
    return [{("key",): key, ("value",): "none" if value is None else value}]


def _flat(entry: Mapping[str, Any]) -> Row:
    """Keys within keys as one key; a text that is given once stands where the Chinese does."""
    found: Row = {}
    for key, value in entry.items():
        if isinstance(value, Mapping):
            found |= {(key, *inner): one for inner, one in _flat(value).items()}
        elif key in ("source", "note", "title", "reason"):
            found[key, "zh"] = value
        else:
            found[key,] = value
    return found


def _quantity(value: Any, name: str, made: Rows) -> Row:
    """The cells of a number with what stands beside it; its values by year go to their own sheet."""
    valued = dict(value) if isinstance(value, Mapping) and "value" in value else {"value": value}
    core = valued.pop("value")
    cells: Row = {} if isinstance(core, Mapping) else {("value",): core}
    if isinstance(core, Mapping):
        made[sheets.YEARLY.name.zh] += [{("path",): name, ("year",): y, ("value",): v} for y, v in core.items()]
    dist = valued.pop("dist", None)
    if dist is not None:
        ((kind, ends),) = dist.items()
        cells["dist",] = kind
        cells |= dict(zip((("first",), ("second",)), ends.values(), strict=False))
    return cells | _flat(valued)


def _table(key: str, value: Any) -> list[Row]:
    """Rows of capacities, or of control totals, of which a number alone is one of persons."""
    if key == "capacities":
        return [{("service",): service, **_flat(entry)} for service, entry in value.items()]
    return [
        _flat(
            {
                part: {"value": said} if part in ("residents", "urban") and not isinstance(said, Mapping) else said
                for part, said in one.items()
            }
        )
        for one in value
    ]


def _add_target(line: Mapping[str, Any], made: Rows) -> None:
    """A target of the scenario's own; one with parts that have no column is written as YAML."""
    row = _flat(line)
    if row.keys() <= _OF_TARGETS:
        made[sheets.TARGETS.name.zh].append(row)
    else:
        made[sheets.OTHER.name.zh].append(_text("targets", None, line))


def _add_policy(use: Mapping[str, Any], made: Rows) -> None:
    row: Row = {(key,): value for key, value in use.items() if key != "amount"}
    if "amount" in use:
        cells = _quantity(use["amount"], f"policies.{use['use']}.amount", made)
        row |= {("amount", *key): value for key, value in cells.items()}
    made[sheets.POLICIES.name.zh].append(row)


def _add_setting(path: str, entry: Any, made: Rows) -> None:
    change = next((key for key in _CHANGES if isinstance(entry, Mapping) and key in entry), None)
    if change is None:
        made[sheets.SETTINGS.name.zh].append({("path",): path} | _quantity(entry, path, made))
        return
    inner = entry[change]
    if isinstance(inner, Mapping) and {"source", "note"} & set(inner):  # the columns are those of the change
        made[sheets.OTHER.name.zh].append(_text("set", path, entry))
        return
    row: Row = {("path",): path, ("change",): sheets.CHANGES[change].zh} | _quantity(inner, path, made)
    made[sheets.SETTINGS.name.zh].append(row | _flat({key: value for key, value in entry.items() if key != change}))


def _text(key: str, name: str | None, content: Any) -> Row:
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120)
    row: Row = {("key",): key, ("text",): text}
    return row if name is None else row | {("name",): name}
