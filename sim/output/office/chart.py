"""A drawing as a native chart of a workbook: whoever opens it can change it, and sees the numbers it is made of."""

from collections.abc import Sequence
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from sim.common.language import Language
from sim.output.charts.style import AXIS, GRID, INK, MUTED
from sim.output.office.sheet import Drawing, Look, Series

FONTS: Final[dict[Language, str]] = {"zh": "宋体", "en": "Calibri"}
HEADING_FONTS: Final[dict[Language, str]] = {"zh": "黑体", "en": "Calibri"}
_LINES: Final[tuple[Look, ...]] = ("line", "dashes", "dots")

_STEPS: Final = (5.0, 0.5)
"""Of an axis that spans less than these, the numbers have one decimal, two."""
_MANY: Final = 10
_EVERY: Final = 5
"""Years from which on every fifth is written on an axis."""


def place_data(sheet: Worksheet, drawing: Drawing, row: int, heading: Any) -> None:
    """Write the numbers of a drawing in columns: categories, and then each series."""
    sheet.write_string(row, 0, drawing.title, heading)
    sheet.write_string(row + 1, 0, drawing.x)
    for column, series in enumerate(drawing.series, start=1):
        sheet.write_string(row + 1, column, series.name)
        for line, value in enumerate(series.values):
            if value is not None:
                sheet.write_number(row + 2 + line, column, value)
    if _is_long(drawing):
        sheet.write_string(row + 1, 1 + len(drawing.series), drawing.x)
    for line, category in enumerate(drawing.categories):
        sheet.write_string(row + 2 + line, 0, category)
        if _is_long(drawing) and line % _EVERY == 0:
            sheet.write_string(row + 2 + line, 1 + len(drawing.series), category)


def _is_long(drawing: Drawing) -> bool:
    """Whether only some categories are named at the axis, from a column of their own: not every program skips some."""
    return not drawing.lying and len(drawing.categories) > _MANY


def rows_of(drawing: Drawing) -> int:
    """How many rows its numbers take, with an empty one below."""
    return len(drawing.categories) + 3


def chart(book: Workbook, drawing: Drawing, name: str, row: int, language: Language) -> Any:
    """The chart of numbers that `place_data` wrote to the sheet of that name from that row on."""
    columns = list(enumerate(drawing.series, start=1))
    whole = [one for one in columns if one[1].look not in _LINES]
    lines = [one for one in columns if one[1].look in _LINES]
    if whole:
        made = book.add_chart(_kind(drawing, whole[0][1]))
        _add(made, whole, drawing, name, row)
        if lines:
            over = book.add_chart({"type": "line"})
            _add(over, lines, drawing, name, row)
            made.combine(over)
    else:
        made = book.add_chart({"type": "line"})
        _add(made, lines, drawing, name, row)
    _dress(made, drawing, columns, language)
    return made


def _kind(drawing: Drawing, first: Series) -> dict[str, str]:
    kind = "area" if first.look in ("area", "gap") else "bar" if drawing.lying else "column"
    return {"type": kind, "subtype": "stacked"} if drawing.stacked else {"type": kind}


def _add(made: Any, columns: Sequence[tuple[int, Series]], drawing: Drawing, name: str, row: int) -> None:
    first, last = row + 2, row + 1 + len(drawing.categories)
    named = 1 + len(drawing.series) if _is_long(drawing) else 0
    for column, series in columns:
        made.add_series(
            {
                "name": [name, row + 1, column],
                "categories": [name, first, named, last, named],
                "values": [name, first, column, last, column],
                **_look(series, lying=drawing.lying),
            }
        )


def _look(series: Series, *, lying: bool) -> dict[str, Any]:
    colour = series.colour
    if series.look == "gap":
        return {"fill": {"none": True}, "border": {"none": True}}
    if series.look in ("area", "bar"):
        return {"fill": {"color": colour}, "border": {"none": True}, **({"gap": 8} if lying else {"gap": 60})}
    if series.look == "dots":
        marker = {"type": "diamond", "size": 8, "fill": {"color": colour}, "border": {"color": "#ffffff"}}
        return {"line": {"none": True}, "marker": marker}
    dash = {"dash_type": "dash"} if series.look == "dashes" else {}
    return {"line": {"color": colour, "width": 2.25, **dash}, "marker": {"type": "none"}}


def _dress(made: Any, drawing: Drawing, columns: Sequence[tuple[int, Series]], language: Language) -> None:
    """Title, axes and legend in the fonts and colours of all charts."""
    font = {"name": FONTS[language], "size": 9, "color": MUTED, "bold": False}
    heading = {"name": HEADING_FONTS[language], "size": 12, "color": INK, "bold": language == "en"}
    finest = _decimals(drawing)
    decimals = f"0.{'0' * finest}" if finest else "0"
    number = f"#,##{decimals};#,##{decimals}" if drawing.lying else f"#,##{decimals}"
    hidden = [place for place, (_, series) in enumerate(_in_order(columns)) if series.look == "gap"]
    has_bars = any(one.look == "bar" for one in drawing.series)
    categories = {
        **({} if _are_years(drawing) else {"name": drawing.x, "name_font": font}),
        "num_font": font,
        "line": {"color": AXIS},
        "interval_unit": _EVERY if _is_long(drawing) else 1,
        **({"label_position": "low"} if has_bars else {"position_axis": "on_tick"}),
    }
    values = {
        "name": drawing.y,
        "name_font": font,
        "num_font": font,
        "num_format": number,
        "line": {"none": True},
        "major_gridlines": {"visible": True, "line": {"color": GRID}},
        **({"min": drawing.least} if drawing.least is not None else {}),
    }
    made.set_title({"name": drawing.title, "name_font": heading, "overlay": False})
    across, up = (values, categories) if drawing.lying else (categories, values)
    made.set_x_axis(across)
    made.set_y_axis(up)
    made.set_legend({"position": "bottom", "font": font, **({"delete_series": hidden} if hidden else {})})
    made.show_blanks_as("gap")


def _are_years(drawing: Drawing) -> bool:
    """Whether the categories are years, which need no title."""
    return all(len(one) == len("2020") and one.isdecimal() for one in drawing.categories)


def _decimals(drawing: Drawing) -> int:
    """Decimals of the numbers at an axis: those of the values, or as few as keep its steps apart."""
    rows = list(zip(*(one.values for one in drawing.series if one.look not in _LINES), strict=True))
    if drawing.stacked and rows:
        parts = [one.look != "gap" for one in drawing.series if one.look not in _LINES]
        reach = max(sum(abs(v or 0.0) for v, seen in zip(row, parts, strict=True) if seen) for row in rows)
    else:
        values = [value for one in drawing.series for value in one.values if value is not None] or [0.0]
        reach = max(values) - (min(values) if drawing.least is None and not rows else min(0.0, *values))
    return min(drawing.decimals, len([step for step in _STEPS if reach < step]))


def _in_order(columns: Sequence[tuple[int, Series]]) -> list[tuple[int, Series]]:
    """The series as the legend counts them: areas and bars before lines."""
    return sorted(columns, key=lambda one: one[1].look in _LINES)
