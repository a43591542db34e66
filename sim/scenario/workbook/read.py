"""A workbook as the document that a YAML file would be: a scenario, a plan, or what is known of capacities."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from sim.common.errors import Fault, InvalidInput, fault, nearest
from sim.common.grid import Grid, Mark, grids, header, heading, text_of
from sim.common.language import Text, joined
from sim.scenario.texts import tr
from sim.scenario.workbook import columns as sheets
from sim.scenario.workbook.columns import Column, Form, Layout
from sim.scenario.workbook.tree import Cells, mapping, nested, parts_of, placed, rows, sequence, typed
from sim.scenario.yaml.document import Document, Node
from sim.scenario.yaml.yaml_core import parse

_REPEATED: Final = ("extends", "region")
_NOTHING: Final = ("无", "none", "null")
_LISTS: Final = ("policies", "services", "projects", "indicators", "targets", "totals")


def load(path: Path) -> Document:
    """The document of a workbook. Raises InvalidInput with the faults of all its sheets."""
    pages = grids(path)
    faults: list[Fault] = []
    if any(True for _ in sheets.SCENARIO.of(pages)):
        node = _scenario(pages, faults)
    elif any(True for _ in sheets.PLAN.of(pages)):
        node = _plan(pages, faults)
    elif any(True for _ in sheets.CAPACITIES.of(pages)):
        node = mapping({"capacities": _capacities(pages, faults)}, _first(pages))
    else:
        names = "、".join(f"{one.name.zh} ({one.name.en})" for one in (sheets.SCENARIO, sheets.PLAN, sheets.CAPACITIES))
        raise fault(str(path), "", tr("no sheet is called any of {names}", names=names))
    if faults:
        raise InvalidInput(faults)
    return Document(str(path), node.value, node)


def targets(path: Path, faults: list[Fault]) -> Node:
    """The lines of a plan from a sheet of their own, a workbook or a CSV."""
    pages = grids(path)
    named = list(sheets.TARGETS.of(pages)) or list(pages[:1])
    return _targets(named, faults)


def capacities(path: Path, faults: list[Fault]) -> Node:
    """What is known of a region's services from a sheet of its own, a workbook or a CSV."""
    pages = grids(path)
    named = list(sheets.CAPACITIES.of(pages)) or list(pages[:1])
    return mapping({"capacities": _capacities(named, faults, named=True)}, _first(named))


def _scenario(pages: Sequence[Grid], faults: list[Fault]) -> Node:
    found = _keys(sheets.SCENARIO, sheets.KEYS, pages, faults)
    yearly = _yearly(pages, faults)
    policies = [_policy(mark, cells, yearly) for mark, cells in _rows(sheets.POLICIES, pages, faults)]
    settings = dict(_setting(mark, cells, yearly) for mark, cells in _rows(sheets.SETTINGS, pages, faults))
    known = _capacities(pages, faults)
    others: dict[str, list[Node]] = {"policies": policies, "targets": _lines(list(sheets.TARGETS.of(pages)), faults)}
    others["totals"] = [nested(_plain(cells), mark) for mark, cells in _rows(sheets.TOTALS, pages, faults)]
    for mark, cells in _rows(sheets.OTHER, pages, faults):
        word, name, node = _other(mark, cells, faults)
        if node is None:
            continue
        if word in _LISTS:
            others.setdefault(word, []).append(node)
        elif word == "set" and name:
            settings[name] = node
        else:
            found[word] = node
    for path, values in yearly.items():
        where = next(iter(values.values())).mark
        faults.append(Fault(where.place, path, tr("no row of the other sheets speaks of it")))
    mark = _first(pages)
    found |= {key: sequence(parts, parts[0].mark) for key, parts in others.items() if parts}
    if settings:
        found["set"] = mapping(settings, next(iter(settings.values())).mark)
    if known.value:
        found["capacities"] = known
    return mapping(found, mark)


def _plan(pages: Sequence[Grid], faults: list[Fault]) -> Node:
    found = _keys(sheets.PLAN, sheets.PLAN_KEYS, pages, faults)
    found["targets"] = _targets(list(sheets.TARGETS.of(pages)), faults)
    return mapping(found, _first(pages))


def _first(pages: Sequence[Grid]) -> Mark:
    return pages[0].mark(0, 0) if pages else Mark("", 0, 0)


def _rows(layout: Layout, pages: Sequence[Grid], faults: list[Fault]) -> list[tuple[Mark, Cells]]:
    return [row for grid in layout.of(pages) for row in _rows_of(layout, grid, faults)]


def _rows_of(layout: Layout, grid: Grid, faults: list[Fault]) -> list[tuple[Mark, Cells]]:
    if not grid.rows:
        return []
    known = layout.by_heading
    head = header(grid, list(known), faults)
    return [] if head is None else list(rows(grid, head, known))


def _keys(
    layout: Layout, keys: Mapping[str, tuple[Text, Text, Form]], pages: Sequence[Grid], faults: list[Fault]
) -> dict[str, Node]:
    """The sheet of keys and contents: a key a row, those that may be several in several rows."""
    known = {word: key for key, (name, _, _) in keys.items() for word in (name.zh, name.en, key)}
    cells: Cells = {}
    several: dict[str, list[Node]] = {}
    for grid in layout.of(pages):
        for mark, row in _rows_of(layout, grid, faults):
            name = row.get(("key",))
            content = row.get(("value",))
            if name is None or content is None:
                continue
            key = known.get(heading(text_of(name.value)))  # type: ignore[arg-type]
            if key is None:
                allowed = joined([said for said, _, _ in keys.values()], "、", ", ")
                problem = tr("no key is called {name}; allowed: {allowed}", name=name.value, allowed=allowed)
                faults.append(Fault(mark.place, "", problem, nearest(str(name.value), known)))
                continue
            node = _content(content, key, keys[key][2])
            if key in _REPEATED and layout is sheets.SCENARIO:
                several.setdefault(key, []).append(node)
            elif tuple(key.split(".")) in cells:
                faults.append(Fault(mark.place, key, tr("is given twice")))
            else:
                cells[tuple(key.split("."))] = node
    for key, nodes in several.items():
        cells[key,] = nodes[0] if len(nodes) == 1 else sequence(nodes, nodes[0].mark)
    made = nested(cells, _first(pages))
    return parts_of(made)


def _content(node: Node, key: str, form: Form) -> Node:
    """What a cell of the keys holds: nothing at all where it says so; no figures are a choice."""
    if text_of(node.value).lower() in _NOTHING:  # type: ignore[arg-type]
        return node._replace(value="none" if key == "observed" else None)
    return node._replace(value=typed(node.value, Column(Text("", ""), (), form)))  # type: ignore[arg-type]


def _yearly(pages: Sequence[Grid], faults: list[Fault]) -> dict[str, dict[int, Node]]:
    """Values by year of what the other sheets speak of."""
    found: dict[str, dict[int, Node]] = {}
    for mark, cells in _rows(sheets.YEARLY, pages, faults):
        path, year, value = (cells.get((key,)) for key in ("path", "year", "value"))
        if path is None or year is None or value is None:
            faults.append(Fault(mark.place, "", tr("a row needs a parameter, a year and a value")))
            continue
        if not isinstance(year.value, int):
            faults.append(Fault(year.mark.place, "", tr("{year} is no year", year=repr(year.value))))
            continue
        by_year = found.setdefault(str(path.value), {})
        if year.value in by_year:
            faults.append(Fault(year.mark.place, str(path.value), tr("the year is given twice")))
        by_year[year.value] = value
    return found


def _policy(mark: Mark, cells: Cells, yearly: dict[str, dict[int, Node]]) -> Node:
    use = cells.get(("use",))
    amount = {key[1:]: node for key, node in cells.items() if key[0] == "amount"}
    others = {key: node for key, node in cells.items() if key[0] != "amount"}
    made = nested(others, mark)
    parts = parts_of(made)
    quantity = _quantity(amount, yearly.pop(f"policies.{use.value}.amount", {}) if use else {}, mark)
    if quantity is not None:
        parts["amount"] = quantity
    return mapping(parts, mark)


def _quantity(cells: Cells, by_year: Mapping[int, Node], mark: Mark) -> Node | None:
    """A number, or a path over years, with what stands beside it; None of an empty row."""
    if by_year:
        cells = cells | {("value",): mapping(by_year, next(iter(by_year.values())).mark)}
    dist = _dist(cells)
    plain = {key: node for key, node in cells.items() if key[0] not in ("dist", "first", "second")}
    if dist is not None:
        plain["dist",] = dist
    if not plain:
        return None
    if set(plain) == {("value",)}:
        return plain["value",]
    return nested(plain, plain[min(plain, key=lambda key: plain[key].mark.column)].mark if not by_year else mark)


def _dist(cells: Cells) -> Node | None:
    """The spread: by its standard deviation, or between two ends."""
    kind, first, second = (cells.get((key,)) for key in ("dist", "first", "second"))
    if kind is None:
        return None
    names = ("low", "high") if second is not None or kind.value in ("uniform", "triangular") else ("sd", "high")
    ends = {name: node for name, node in zip(names, (first, second), strict=True) if node is not None}
    return mapping({str(kind.value): mapping(ends, kind.mark)}, kind.mark)


def _setting(mark: Mark, cells: Cells, yearly: dict[str, dict[int, Node]]) -> tuple[str, Node]:
    path = cells.get(("path",))
    name = str(path.value) if path is not None else ""
    change = cells.get(("change",))
    at = path.mark if path is not None else mark
    inner = {key: node for key, node in cells.items() if key[0] in ("value", "unit", "dist", "first", "second")}
    outer = {key: node for key, node in cells.items() if key[0] in ("from", "to", "lag", "ramp", "source", "note")}
    by_year = yearly.pop(name, {})
    is_change = change is not None or any(key[0] in ("from", "to", "lag", "ramp") for key in outer)
    if not is_change:
        return name, (_quantity(inner | outer, by_year, at) or mapping({}, at))._replace(mark=at)
    quantity = _quantity(inner, by_year, at)
    parts = dict(outer)
    if quantity is not None:
        parts[_change_of(change),] = quantity
    return name, nested(parts, at)


def _change_of(change: Node | None) -> str:
    if change is None:
        return "set"
    word = str(change.value)
    return next((key for key, name in sheets.CHANGES.items() if word in (key, name.zh, name.en)), word)


def _capacities(pages: Sequence[Grid], faults: list[Fault], *, named: bool = False) -> Node:
    found: dict[str, Node] = {}
    chosen = pages if named else list(sheets.CAPACITIES.of(pages))
    for grid in chosen:
        for mark, cells in _rows_of(sheets.CAPACITIES, grid, faults):
            service = cells.pop(("service",), None)
            if service is None:
                faults.append(Fault(mark.place, "", tr("a row needs a service")))
            elif service.value in found:
                problem = tr("service {id} is given twice in this file", id=service.value)
                faults.append(Fault(service.mark.place, "", problem))
            else:
                found[str(service.value)] = nested(cells, service.mark)
    return mapping(found, _first(list(chosen)))


def _targets(pages: Sequence[Grid], faults: list[Fault]) -> Node:
    return sequence(_lines(pages, faults), _first(list(pages)))


def _lines(pages: Sequence[Grid], faults: list[Fault]) -> list[Node]:
    lines = []
    for grid in pages:
        for mark, cells in _rows_of(sheets.TARGETS, grid, faults):
            title = cells.get(("title", "zh"))
            if title is not None and ("title", "en") not in cells:
                cells["title", "en"] = title
            lines.append(nested({key: _meant(key, node) for key, node in cells.items()}, mark))
    return lines


def _meant(key: tuple[str, ...], node: Node) -> Node:
    """A word of a plan's own table as the program writes it."""
    return node._replace(value=sheets.MEANT.get(key[0], {}).get(str(node.value), node.value))


def _plain(cells: Cells) -> Cells:
    """A number with nothing beside it as the number alone."""
    beside = {key[0] for key in cells if len(key) > 1 and key[1] != "value"}
    return {key[:1] if key[1:] == ("value",) and key[0] not in beside else key: node for key, node in cells.items()}


def _other(mark: Mark, cells: Cells, faults: list[Fault]) -> tuple[str, str, Node | None]:
    """Key, name and content of a part that has no sheet of its own, written as a scenario file writes it."""
    key, name, text = (cells.get((one,)) for one in ("key", "name", "text"))
    if key is None or text is None:
        faults.append(Fault(mark.place, "", tr("a row needs a key and a content")))
        return "", "", None
    word = str(key.value)
    try:
        root = parse(str(text.value), "").root
    except InvalidInput as invalid:
        faults.extend(Fault(text.mark.place, word, one.problem, one.nearest) for one in invalid.faults)
        return word, "", None
    return word, "" if name is None else str(name.value), None if root is None else placed(root, text.mark)
