"""Slips and malice in a file: of its text, of its values, of its cells."""

import csv
import io
import json
from collections.abc import Callable
from random import Random
from typing import Any, Final

import openpyxl
import yaml

FACTORS: Final = (0.0, -1.0, 1e-8, 1e-4, 1e-2, 0.5, 2.0, 10.0, 100.0, 1e4, 1e9, 1e300)
SLIP: Final = 1e4
"""A factor from which on a value is in another unit (万), and should not pass in silence."""
WORDS: Final = (
    *(
        "0",
        "-1",
        "1e308",
        "-1e308",
        "1e-308",
        "9" * 5000,
        "0.487",
        "null",
        "~",
        "true",
        "[]",
        "{}",
        "''",
        "nan",
        ".inf",
    ),
    *(
        "2050",
        "1899",
        "99999",
        "３",
        "１２",
        "1,100",
        "1 100",
        "万",
        "%",
        "2%",
        "0x1F",
        "1_000",
        "012",
        "1e400",
        "-0.0",
    ),
    *("=cmd|' /C calc'!A0", "@SUM(1)", "\u202e村", '"\x1b[31m"', "a" * 3000, "../../etc/passwd", "con", "2020-01-01"),
    *("!!python/object/apply:os.system [x]", "*a", "&a x", "<<: {}", "? x", "- x", "：", "，", "\t", "\0", "'"),
)
OBJECTS: Final[tuple[Any, ...]] = (
    *(
        0,
        -1,
        1,
        10**30,
        1e308,
        -1e308,
        0.487,
        None,
        True,
        [],
        {},
        "",
        "x",
        "2050",
        "％",
        [1],
        {"a": 1},
        2019,
        2200,
        1.5,
    ),
    *(float("inf"), float("nan"), "a" * 3000, "../x", "=1+1", "\u202e"),
)

Change = tuple[bytes, str]
"""A changed file, and what was done to it."""


def mutated(content: bytes, name: str, random: Random) -> Change:
    """The file after one to three changes of a kind that fits its name."""
    kinds = _KINDS.get(name.rpartition(".")[2], (_bytes,))
    said = []
    for _ in range(random.choice((1, 1, 1, 1, 2, 3))):
        change = random.choice((*kinds, *kinds, *kinds, _bytes))
        try:
            content, what = change(content, random)
        except Exception:  # noqa: BLE001 - it does not fit what an earlier one has left: any library may say so its way
            content, what = _bytes(content, random)
        said.append(what)
    return content, "; ".join(said)


def _bytes(content: bytes, random: Random) -> Change:
    """A byte changed, a piece cut out or twice, the end cut off, another encoding."""
    at, end = sorted(random.randrange(len(content) + 1) for _ in range(2))
    end = min(end, at + 40)
    kind = random.randrange(6)
    if kind == 0:
        return content[:at] + bytes([random.randrange(256)]) + content[at + 1 :], f"byte {at}"
    if kind == 1:
        return content[:at] + content[end:], f"cut out {at}–{end}"
    if kind == 2:
        return content[:end] + content[at:], f"twice {at}–{end}"
    if kind == 3:
        return content[:at], f"cut off at {at}"
    if kind == 4:
        encoding = random.choice(("gb18030", "utf-16", "utf-8-sig", "latin-1"))
        return content.decode("utf-8", errors="replace").encode(encoding, errors="replace"), encoding
    return content[:at] + random.choice(WORDS).encode() + content[at:], f"word at {at}"


def _line(content: bytes, random: Random) -> Change:
    """A line left out, twice, moved, or indented otherwise."""
    lines = content.decode("utf-8").split("\n")
    at, other = random.randrange(len(lines)), random.randrange(len(lines))
    kind = random.randrange(4)
    if kind == 0:
        del lines[at]
    elif kind == 1:
        lines.insert(other, lines[at])
    elif kind == 2:
        lines[at], lines[other] = lines[other], lines[at]
    else:
        lines[at] = random.choice(("  ", "\t", "    ")) + lines[at]
    return "\n".join(lines).encode(), f"line {at + 1}"


def _value(content: bytes, random: Random) -> Change:
    """A value of the document replaced, scaled, taken away, given another name, put twice."""
    document = yaml.safe_load(content.decode("utf-8"))
    said = _changed(document, random)
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=200).encode(), said


def _json(content: bytes, random: Random) -> Change:
    """The same of a document in JSON."""
    document = json.loads(content)
    said = _changed(document, random)
    return json.dumps(document, ensure_ascii=False).encode("utf-8", errors="surrogatepass"), said


def _changed(document: Any, random: Random) -> str:
    holder, key, path = random.choice(list(_places(document)))
    what = _scaled if isinstance(holder[key], int | float) and random.random() < 0.6 else _replaced
    return f"{path} {what(holder, key, random)}"


def _sheet_cell(content: bytes, random: Random) -> Change:
    """A cell of a workbook replaced or scaled, below and in its headings, or a row taken away."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = random.choice(book.worksheets[:-1])
    cell = sheet.cell(random.randrange(1, sheet.max_row + 2), random.randrange(1, sheet.max_column + 1))
    where = f"{sheet.title}!{cell.coordinate}"
    if isinstance(cell.value, int | float) and random.random() < 0.6:
        factor = random.choice(FACTORS)
        cell.value = cell.value * factor
        said = f"{where} × {factor:g}"
    elif random.random() < 0.2:
        sheet.delete_rows(cell.row)
        said = f"{where} row taken away"
    else:
        cell.value = random.choice((*WORDS, *(one for one in OBJECTS if not isinstance(one, list | dict))))
        said = f"{where} = {str(cell.value)[:20]}"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue(), said


def _places(node: Any, path: str = "") -> Any:
    """Every value with what holds it, its key there, and its path."""
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in list(items):
        yield node, key, f"{path}.{key}"
        yield from _places(value, f"{path}.{key}")


def _scaled(holder: Any, key: Any, random: Random) -> str:
    factor = random.choice(FACTORS)
    value = holder[key] * factor
    holder[key] = int(value) if isinstance(holder[key], int) and abs(value) < 1e18 else value
    return f"× {factor:g}"


def _replaced(holder: Any, key: Any, random: Random) -> str:
    kind = random.randrange(4)
    if kind == 0 and isinstance(holder, dict):
        name = str(key)
        holder[random.choice((name + "s", name[:-1], name.upper(), "x", key))] = holder.pop(key)
        return "renamed"
    if kind == 1 and isinstance(holder, list):
        holder.append(holder[key])
        return "twice"
    if kind == 2:
        del holder[key]
        return "taken away"
    holder[key] = random.choice(OBJECTS)
    return f"= {str(holder[key])[:20]}"


def _cell(content: bytes, random: Random) -> Change:
    """A cell replaced or scaled, or a column of cells scaled."""
    rows = _rows(content)
    row, column = random.randrange(1, len(rows)), random.randrange(len(rows[0]))
    which = [row] if random.random() < 0.7 else range(1, len(rows))
    factor, word = random.choice(FACTORS), random.choice(WORDS)
    scaled = random.random() < 0.6
    before = rows[row][column] if column < len(rows[row]) else ""
    for index in which:
        if column < len(rows[index]):
            cell = rows[index][column]
            rows[index][column] = f"{float(cell) * factor:.10g}" if scaled and _is_number(cell) else word
    told = f"× {factor:g}" if scaled and _is_number(before) else f"= {word[:20]}"
    return _table(rows, random), f"{rows[0][column]}, line {row + 1} {told}"


def _shape(content: bytes, random: Random) -> Change:
    """A row or column left out, twice, or in another place; another separator."""
    rows = _rows(content)
    row, column = random.randrange(len(rows)), random.randrange(len(rows[0]))
    kind = random.randrange(6)
    if kind == 0:
        del rows[row]
    elif kind == 1:
        rows.insert(row, rows[row])
    elif kind == 2:
        rows = [one[:column] + one[column + 1 :] for one in rows]
    elif kind == 3:
        rows = [one[:column] + one[column : column + 1] + one[column:] for one in rows]
    elif kind == 4:
        rows[0][column] = rows[0][column].upper() + random.choice(("", "s", " "))
    else:
        mark = random.choice((";", "\t", "|", "，"))
        return content.replace(b",", mark.encode()), f"separated by {mark!r}"
    return _table(rows, random), f"shape {kind} at {row + 1}, {rows[0][:1]}"


def _rows(content: bytes) -> list[list[str]]:
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    if len(rows) < 2:
        raise ValueError
    return rows


def _table(rows: list[list[str]], random: Random) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator=random.choice(("\n", "\r\n"))).writerows(rows)
    return file.getvalue().encode("utf-8", errors="surrogatepass")


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


_Change = Callable[[bytes, Random], Change]
_KINDS: Final[dict[str, tuple[_Change, ...]]] = {
    "csv": (_cell, _cell, _cell, _shape),
    "yaml": (_value, _value, _value, _line),
    "json": (_json,),
    "xlsx": (_sheet_cell,),
}
