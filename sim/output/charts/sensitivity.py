"""Which factors matter: tornado, indices with intervals, and indices over the years."""

from collections.abc import Mapping, Sequence
from math import isfinite, nan
from typing import Final

import pandas as pd

from sim.common.language import Language, Text
from sim.common.numbers import quantity
from sim.output.charts.axes import GRIDDED, NAMES, amount_axis
from sim.output.charts.notes import unit_note, upright
from sim.output.charts.style import (
    AXIS,
    FOOT_LEGEND,
    INK,
    SCENARIOS,
    Axis,
    Figure,
    Spec,
    Trace,
    axis_of,
    figure,
    margins,
    plain,
    tint,
)
from sim.output.charts.traces import lying, marker, points, stroke, whiskers
from sim.output.charts.words import label, wrapped
from sim.output.texts import tr

LOW, HIGH = SCENARIOS[1], SCENARIOS[0]
_INDICES: Final = (tint(SCENARIOS[2], 0.5), SCENARIOS[2])
"""Colours of one index and of two: neither is that of an end."""
INDEX_NAMES: Final[Mapping[str, Text]] = {
    "first": tr("alone (first order)"),
    "total": tr("in all (with other factors)"),
    "mu_star": tr("mean effect μ*"),
    "sigma": tr("spread of effects σ"),
    "delta": tr("effect on the distribution δ"),
    "pawn": tr("effect on the distribution, PAWN"),
    "swing": tr("swing when moved alone"),
}
_IN_UNIT: Final = ("mu_star", "sigma", "swing")
_MOST: Final = 20
_LINE: Final = 22
"""Height of a line of a title [px]."""


def tornado(table: pd.DataFrame, title: str, middle: float, unit: str, language: Language) -> Figure:
    """Mean result with each factor at its low and at its high end, the widest on top [unit of the output].

    table: factor, name_zh, name_en, low, high; middle: mean result of all members.
    """
    ranked = _ranked(table, (table["high"] - table["low"]).abs())
    axis = axis_of(unit, language)
    names = _labels(ranked, language)
    traces = [
        _bar(names, ranked[key], middle, axis.size, words.in_(language), colour)
        | {"customdata": [quantity(float(value), unit, language) for value in ranked[key]]}
        for key, words, colour in (
            ("low", tr("factor at its low end"), LOW),
            ("high", tr("factor at its high end"), HIGH),
        )
    ]
    base = quantity(middle, unit, language)
    subtitle = tr("Mean result at a factor's low and high end; line: all members, {base}", base=base)
    line = upright(axis.scaled(middle), INK, 1)
    percent = axis.suffix == "%"
    layout = _bars_layout(len(ranked), "" if percent else axis.unit) | {"barmode": "overlay", "shapes": [line]}
    layout["xaxis"]["ticksuffix"] = "%" if percent else ""
    return _titled(traces, title, subtitle.in_(language), layout, language)


def index_bars(table: pd.DataFrame, leading: str, title: str, unit: str, language: Language) -> Figure:
    """Indices of each factor with their 95% intervals, the strongest on top [1, or the unit of the output].

    table: factor, name_zh, name_en, index, value, half (NaN: no interval) and perhaps floor (NaN: none); leading: the
    index to rank by. A dotted line stands where chance alone may bring the leading index.
    """
    first = table[table["index"] == leading]
    order = list(_ranked(first, first["value"])["factor"])
    in_unit = leading in _IN_UNIT
    axis = axis_of(unit, language)
    scale, word = (axis.size, axis.unit) if in_unit else (1.0, tr("index").in_(language))
    traces = [
        _index_trace(table[table["index"] == name].set_index("factor").loc[order], name, position, scale, language)
        for position, name in enumerate(dict.fromkeys(table["index"]))
    ]
    spread = table["half"].notna().any()
    bars = tr("; bars are 95% intervals") if spread else Text("", "")
    floor = float(first["floor"].max()) if "floor" in first else nan
    chance = tr("; dotted line: what chance alone may give") if isfinite(floor) else Text("", "")
    subtitle = tr("What each factor does{bars}{chance}", bars=bars, chance=chance)
    layout = _bars_layout(len(order), word) | {"barmode": "group"}
    if isfinite(floor):
        layout["shapes"] = [upright(round(floor, 6), INK, 1, "dot")]
    layout["xaxis"]["rangemode"] = "tozero"
    return _titled(traces, title, subtitle.in_(language), layout, language)


def over_years(tables: Mapping[int, pd.DataFrame], index: str, title: str, language: Language) -> Figure:
    """An index of the strongest factors over the years of an output, with its 95% intervals [1].

    tables: by year, as for `index_bars`. Raises ValueError without years.
    """
    if not tables:
        raise ValueError("no year to draw")
    whole = pd.concat([table[table["index"] == index].assign(year=year) for year, table in tables.items()])
    strongest = whole.groupby("factor")["value"].max().sort_values(ascending=False).index[: len(SCENARIOS)]
    traces = [_line(whole[whole["factor"] == factor], SCENARIOS[i], language) for i, factor in enumerate(strongest)]
    years = sorted(tables)
    layout: Spec = {
        "annotations": [unit_note(Axis(1.0, tr("index").in_(language), "", 2), language)],
        "xaxis": {"tickvals": years, "showgrid": False, "zeroline": False, "showline": True, "linecolor": AXIS},
        "yaxis": GRIDDED | {"rangemode": "tozero", "tickformat": ",~r", "automargin": True},
    }
    subtitle = INDEX_NAMES[index].in_(language)
    return _titled(traces, title, subtitle, layout, language)


def _titled(traces: list[Trace], title: str, subtitle: str, layout: Spec, language: Language) -> Figure:
    """A figure whose title, however long, stands within the width of a phone."""
    made = figure(traces, title, subtitle, layout, language)
    lines = wrapped(title, 22 if language == "zh" else 42)
    own, more = made["layout"], _LINE * (len(lines) - 1)
    text = own["title"]["text"].replace(plain(title), "<br>".join(plain(line) for line in lines), 1)
    margin = own["margin"] | {"t": own["margin"]["t"] + more}
    return made | {
        "layout": own | {"title": own["title"] | {"text": text}, "margin": margin, "height": own["height"] + more}
    }


def _ranked(table: pd.DataFrame, by: "pd.Series[float]") -> pd.DataFrame:
    """The strongest rows, weakest first: the axis of bars runs upwards."""
    strongest = by.sort_values(ascending=False, kind="stable").index[:_MOST]
    ranked: pd.DataFrame = table.loc[strongest[::-1]]
    return ranked


def _labels(table: pd.DataFrame, language: Language) -> list[str]:
    width = 14 if language == "zh" else 26
    return [label(str(name), width) for name in table[f"name_{language}"]]


def _bar(names: Sequence[str], ends: "pd.Series[float]", middle: float, size: float, name: str, colour: str) -> Trace:
    reach = [round((float(end) - middle) / size, 6) for end in ends]
    start = [round(middle / size, 6)] * len(names)
    return lying(names, reach, name, colour) | {"base": start, "hovertemplate": "%{customdata}<extra></extra>"}


def _index_trace(table: pd.DataFrame, name: str, position: int, scale: float, language: Language) -> Trace:
    values = [float(value) / scale for value in table["value"]]
    halves = [float(half) / scale if isfinite(half) else 0.0 for half in table["half"]]
    words = INDEX_NAMES[name].in_(language)
    shown = [round(value, 6) for value in values]
    trace = lying(_labels(table, language), shown, words, _INDICES[position % 2])
    trace |= {"hovertemplate": "%{x:.3g}<extra></extra>"}
    if any(halves):
        trace["error_x"] = whiskers([round(half, 6) for half in halves], None, INK, 1.2)
    return trace


def _line(rows: pd.DataFrame, colour: str, language: Language) -> Trace:
    ordered = rows.sort_values("year")
    halves = [round(float(half), 6) if isfinite(half) else 0.0 for half in ordered["half"]]
    years, values = [int(year) for year in ordered["year"]], [round(float(value), 6) for value in ordered["value"]]
    trace = points("lines+markers", years, values, str(ordered[f"name_{language}"].iloc[0]), None)
    reach = {"error_y": whiskers(halves, None, colour, 1.2)}
    return trace | stroke(colour, 2) | marker(colour, 7) | reach


def _bars_layout(rows: int, unit: str) -> Spec:
    return {
        "height": 190 + rows * 46,
        "hovermode": "closest",
        "bargap": 0.35,
        "margin": margins(24, 40, 96, 78),
        "legend": FOOT_LEGEND,
        "xaxis": amount_axis(unit),
        "yaxis": NAMES,
    }
