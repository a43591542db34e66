"""Charts of measures over the years, written as data: medians with their bands, means as bars, areas and lines."""

from collections.abc import Callable, Mapping
from typing import Final, Literal

from sim.common.language import Language, Text
from sim.common.quickclass import quickclass
from sim.output.charts.axes import value_axis, years_axis
from sim.output.charts.notes import base_line, unit_note
from sim.output.charts.style import LEGEND, PAPER, Axis, Figure, Spec, Trace, axis_of, figure, rgba
from sim.output.charts.traces import HIDDEN, band, beaded, columns, curve, hover, stroke
from sim.run.curves import Curves, curves
from sim.run.tables import RunTables

Kind = Literal["median", "bar", "area", "line", "dashes"]


@quickclass(frozen=True, slots=True)
class Series:
    """A measure on a chart: what it is called there and its colour.

    kind: median with its 80% band, medians as areas or dashes, or means as bars and a line.
    """

    measure: str
    name: Text
    colour: str
    kind: Kind = "median"


@quickclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart of measures of one quantity [their unit]. section: of the report; id: of the figure in it.

    Bars stand side by side, areas on each other, both on an axis from 0; a mean line that is 0 throughout is left out.
    """

    section: str
    id: str
    title: Text
    note: Text
    series: tuple[Series, ...]

    def draw(self, tables: RunTables, language: Language, region: str | None = None) -> Figure | None:
        """The chart of a run; None where the run does not report the first of its measures."""
        found = curves(tables, [one.measure for one in self.series], region)
        first = self.series[0].measure
        if not found.has(first):
            return None
        axis = axis_of(found.units[first], language)
        traces = [trace for one in self.series for trace in _DRAWN[one.kind](found, one, axis, language)]
        years = tuple(found.mean(first))
        layout = self._layout(years, axis, tables.base_year, language)
        return figure(traces, self.title.in_(language), self.note.in_(language), layout, language)

    def _layout(self, years: tuple[int, ...], axis: Axis, base_year: int, language: Language) -> Spec:
        kinds = {one.kind for one in self.series}
        shapes, notes = ([], []) if "bar" in kinds else base_line(base_year, min(years), language)
        layout: Spec = {
            "xaxis": years_axis(min(years), max(years), language),
            "yaxis": value_axis(axis) | ({"rangemode": "tozero"} if kinds & {"bar", "area"} else {}),
            "annotations": [*notes, unit_note(axis, language)],
        }
        if "bar" in kinds:
            return layout | {"barmode": "group", "bargap": 0.25}
        return layout | {"shapes": shapes} | ({"legend": LEGEND | {"traceorder": "normal"}} if "area" in kinds else {})


def _median(found: Curves, series: Series, axis: Axis, language: Language) -> list[Trace]:
    """The median, with the band's ends when it is pointed at, over the band."""
    name, group = series.name.in_(language), {"legendgroup": series.measure}
    low, middle, high = (found.quantile(series.measure, at) for at in (0.1, 0.5, 0.9))
    low_end, high_end = (f"%{{customdata[{i}]:{axis.format}}}" for i in range(2))
    line = curve(middle, axis, name, series.colour) | {
        "customdata": [[axis.scaled(ends[year]) for ends in (low, high)] for year in middle],
        "hovertemplate": f"{hover(axis)} (80%: {low_end}–{high_end})",
    }
    shade = band(low, high, axis) | HIDDEN | {"fillcolor": rgba(series.colour, 0.16), "name": line["name"]}
    return [shade | group, line | group]


def _bar(found: Curves, series: Series, axis: Axis, language: Language) -> list[Trace]:
    return [columns(found.mean(series.measure), axis, series.name.in_(language), series.colour)]


def _area(found: Curves, series: Series, axis: Axis, language: Language) -> list[Trace]:
    outline = curve(found.quantile(series.measure, 0.5), axis, series.name.in_(language), PAPER, 1)
    return [outline | {"stackgroup": "whole", "fillcolor": rgba(series.colour, 0.92)}]


def _line(found: Curves, series: Series, axis: Axis, language: Language) -> list[Trace]:
    """A mean, of the years that the bars beside it have."""
    points = found.mean(series.measure)
    years = list(points)[1:]  # of the base year there are no flows to set it beside
    chosen = {year: points[year] for year in years}
    return [beaded(chosen, axis, series.name.in_(language), series.colour, 2.2)] if any(points.values()) else []


def _dashes(found: Curves, series: Series, axis: Axis, language: Language) -> list[Trace]:
    line = curve(found.quantile(series.measure, 0.5), axis, series.name.in_(language), series.colour)
    return [line | stroke(series.colour, 2.4, "dash")]


_DRAWN: Final[Mapping[Kind, Callable[[Curves, Series, Axis, Language], list[Trace]]]] = {
    "median": _median,
    "bar": _bar,
    "area": _area,
    "line": _line,
    "dashes": _dashes,
}
