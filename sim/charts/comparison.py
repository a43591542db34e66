"""Several scenarios side by side: the same colour stands for the same scenario in every chart."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from textwrap import wrap
from typing import Final

import pandas as pd

from sim.charts.curves import Curves, assessed, curves, observations
from sim.charts.marks import band, ends, median_line, observed_traces, target_trace, targets_of
from sim.charts.style import (
    INK,
    MUTED,
    SCENARIOS,
    Axis,
    Figure,
    Trace,
    axis_of,
    base_line,
    figure,
    plain,
    rgba,
    unit_note,
    value_axis,
    years_axis,
)
from sim.charts.words import measure_name, status
from sim.language import Language, Text
from sim.tables import RunTables
from sim.typography import sentence

Quantiles = Mapping[float, dict[int, float]]

_AREAS: Final = 3
_APART: Final = 0.45


def colour(position: int) -> str:
    """The colour of the scenario at a position; they repeat after eight."""
    return SCENARIOS[position % len(SCENARIOS)]


def medians(runs: Sequence[RunTables], measure: str, language: Language, region: str | None = None) -> Figure:
    """Medians of a measure by scenario, with the 80% band of the last year [unit of the measure].

    Up to three scenarios also show their bands over the years; more would hide each other.
    """
    found = [curves(run, [measure], region) for run in runs]
    axis = axis_of(found[0].units.get(measure, ""), language)
    rows, targets = observations(runs[0], measure, region), targets_of(runs[0], measure)
    traces = [
        *(_area(run, one, measure, axis, colour(i)) for i, (run, one) in _numbered(runs, found) if len(runs) <= _AREAS),
        *(
            trace
            for i, (run, one) in _numbered(runs, found)
            for trace in _line_and_end(run, _quantiles(one, measure), axis, i, language)
        ),
        *observed_traces(rows, axis, language),
        *target_trace(targets, axis, language),
    ]
    first, last = ends(rows, tuple(year for one in found for year in one.years), targets)
    years = years_axis(first, last, language)
    years["range"] = [years["range"][0], last + 0.7 + _APART * len(runs)]
    shapes, notes = base_line(runs[0].base_year, first, language)
    layout = {
        "xaxis": years,
        "yaxis": value_axis(axis),
        "shapes": shapes,
        "annotations": [*notes, unit_note(axis, language)],
    }
    subtitle = Text(
        f"各方案的中位数;右侧竖线为 {last} 年的 80% 区间", f"Medians; the bars at the right are 80% bands of {last}"
    )
    return figure(traces, measure_name(measure, language), subtitle.in_(language), layout, language)


def differences(
    runs: Sequence[RunTables], paired: pd.DataFrame, measure: str, language: Language, region: str | None = None
) -> Figure:
    """Paired differences of a measure against the first scenario, by year [unit of the measure; shares in points].

    paired: columns of a series; each value is a quantile of (scenario − first scenario) draw by draw.
    """
    base = runs[0]
    tables = [(position, run, _with_series(run, paired)) for position, run in enumerate(runs) if position > 0]
    traces: list[Trace] = []
    axis = _difference_axis(measure, paired, language)
    for position, run, table in tables:
        one = curves(table, [measure], region)
        outline = band(one.quantile(measure, 0.1), one.quantile(measure, 0.9), axis)
        name, shade = run.title.in_(language), colour(position)
        extra = {"name": plain(name), "showlegend": False, "fillcolor": rgba(shade, 0.14), "legendgroup": run.scenario}
        line = median_line(one.quantile(measure, 0.5), axis, name, shade)
        traces += [outline | extra, line | {"legendgroup": run.scenario}]
    layout = {
        "xaxis": years_axis(base.base_year, base.horizon, language),
        "yaxis": value_axis(axis) | {"zeroline": True, "zerolinecolor": INK, "zerolinewidth": 1},
        "annotations": [unit_note(axis, language)],
    }
    against = base.title.in_(language)
    title = Text(
        f"与“{against}”之差:{measure_name(measure, 'zh')}", f"{measure_name(measure, 'en')}: difference from {against}"
    )
    subtitle = Text(
        "同一随机数下逐次相减的中位数与 80% 区间",
        "Median and 80% band of differences, draw by draw with the same random numbers",
    )
    return figure(traces, title.in_(language), subtitle.in_(language), layout, language)


def probabilities(runs: Sequence[RunTables], language: Language) -> Figure:
    """Probability of reaching each assessed target, by scenario, ± one standard error [%]."""
    titles = {verdict.id: sentence(verdict.title.in_(language)) for run in runs for verdict in assessed(run)}
    order = {id_: position for position, id_ in enumerate(reversed(titles))}
    traces = [_dots(run, position, len(runs), order, language) for position, run in enumerate(runs)]
    layout = {
        "height": 180 + max(44, 16 * len(runs)) * len(titles),
        "hovermode": "closest",
        "margin": {"l": 24, "r": 40, "t": 96, "b": 44},
        "xaxis": {
            "range": [-2, 102],
            "tickvals": [0, 20, 50, 80, 95, 100],
            "gridcolor": "#dde3e8",
            "zeroline": False,
            "ticktext": ["0%", "20%", "50%", "80%", "95%", "100%"],
        },
        "yaxis": {
            "tickvals": list(order.values()),
            "ticktext": [_wrapped(titles[id_]) for id_ in order],
            "range": [-0.55, len(titles) - 0.45],
            "showgrid": False,
            "zeroline": False,
            "automargin": True,
        },
        "annotations": [
            {
                "text": status(word, language),
                "showarrow": False,
                "xref": "x",
                "x": x,
                "yref": "paper",
                "y": 1,
                "yanchor": "bottom",
                "yshift": 4,
                "font": {"size": 11.5, "color": MUTED},
            }
            for x, word in ((10, "out of reach"), (35, "unlikely"), (65, "possible"), (87.5, "likely"))
        ],
    }
    subtitle = Text("误差线为蒙特卡罗标准误", "Bars are Monte Carlo standard errors").in_(language)
    title = Text("达标概率", "Probability of reaching the targets").in_(language)
    return figure(traces, title, subtitle, layout, language)


def _numbered(runs: Sequence[RunTables], found: Sequence[Curves]) -> Iterable[tuple[int, tuple[RunTables, Curves]]]:
    return enumerate(zip(runs, found, strict=True))


def _quantiles(one: Curves, measure: str) -> Quantiles:
    return {quantile: one.quantile(measure, quantile) for quantile in (0.1, 0.5, 0.9)}


def _area(run: RunTables, one: Curves, measure: str, axis: Axis, shade: str) -> Trace:
    outline = band(one.quantile(measure, 0.1), one.quantile(measure, 0.9), axis)
    return outline | {"showlegend": False, "legendgroup": run.scenario, "fillcolor": rgba(shade, 0.11)}


def _line_and_end(run: RunTables, one: Quantiles, axis: Axis, position: int, language: Language) -> tuple[Trace, Trace]:
    """The median over the years, and the last year's 80% band as a bar beside those of the other scenarios."""
    middle, shade = one[0.5], colour(position)
    line = median_line(middle, axis, run.title.in_(language), shade) | {"legendgroup": run.scenario}
    end = max(middle)
    low, median, high = (axis.scaled(one[quantile][end]) for quantile in (0.1, 0.5, 0.9))
    bar: Trace = {
        "type": "scatter",
        "mode": "markers",
        "x": [end + 0.7 + _APART * position],
        "y": [median],
        "hoverinfo": "skip",
        "showlegend": False,
        "legendgroup": run.scenario,
        "marker": {"color": shade, "size": 6},
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [round(high - median, 6)],
            "arrayminus": [round(median - low, 6)],
            "color": shade,
            "thickness": 2,
            "width": 0,
        },
    }
    return line, bar


def _dots(run: RunTables, position: int, count: int, order: dict[str, int], language: Language) -> Trace:
    chosen = assessed(run)
    shift = 0.62 * ((count - 1) / 2.0 - position) / count
    return {
        "type": "scatter",
        "mode": "markers",
        "name": plain(run.title.in_(language)),
        "x": [round(100.0 * (verdict.probability or 0.0), 2) for verdict in chosen],
        "y": [order[verdict.id] + shift for verdict in chosen],
        "error_x": {
            "type": "data",
            "array": [round(100.0 * (verdict.probability_error or 0.0), 2) for verdict in chosen],
            "color": colour(position),
            "thickness": 1.4,
            "width": 3,
        },
        "marker": {"color": colour(position), "size": 11, "line": {"color": "#ffffff", "width": 1}},
        "customdata": [plain(verdict.title.in_(language)) for verdict in chosen],
        "hovertemplate": "%{customdata}: %{x:.1f}%",
    }


def _with_series(run: RunTables, paired: pd.DataFrame) -> RunTables:
    return replace(run, series=paired[paired["scenario"] == run.scenario])


def _difference_axis(measure: str, paired: pd.DataFrame, language: Language) -> Axis:
    units = paired.loc[paired["measure"] == measure, "unit"].tolist()
    axis = axis_of(str(units[0]) if units else "", language)
    if axis.unit != "%":
        return axis
    points = Text("个百分点", "percentage points").in_(language)
    return Axis(axis.size, points, Text(" 个百分点", " points").in_(language), 2)


def _wrapped(title: str, width: int = 26) -> str:
    lines = wrap(title, width) if " " in title else [title]
    return "<br>".join(plain(line) for line in lines)
