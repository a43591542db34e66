"""Charts of a study: a series before and after the fit, what is left of each figure, what is left of each parameter."""

from collections.abc import Sequence
from typing import Final

from sim.common.language import Language, Text
from sim.common.quickclass import quickclass
from sim.output.charts.axes import axis_title, value_axis, years_axis, zero_line
from sim.output.charts.before import AFTER, BEFORE, Bands, before_and_after
from sim.output.charts.notes import stripe, unit_note
from sim.output.charts.style import (
    AXIS,
    FOOT_LEGEND,
    GRID,
    INK,
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
from sim.output.charts.traces import marker, points, published, whiskers
from sim.output.texts import tr

_ROW: Final = 26


@quickclass(frozen=True, slots=True)
class Track:
    """A series. before, after: of runs; figures: (year, value, one standard error) of what was published."""

    name: str
    unit: str
    before: Bands
    after: Bands
    figures: tuple[tuple[int, float, float], ...]


def track(of: Track, language: Language) -> Figure:
    """Runs before and after the fit, with the figures and their errors [unit]."""
    axis = axis_of(of.unit, language)
    names = tr("Before the fit"), tr("After the fit")
    traces = [
        *before_and_after((of.before, of.after), names, axis, language),
        _published(of, axis, language),
    ]
    years = list(of.after.median)
    layout: Spec = {
        "xaxis": years_axis(min(years), max(years), language) | {"dtick": 1},
        "yaxis": value_axis(axis),
        "annotations": [unit_note(axis, language)],
        "margin": margins(62, 26, 96, 84),
        "height": 400,
        "legend": FOOT_LEGEND,
    }
    subtitle = tr("Grey: before; blue: after; dots: published, ± 2 se")
    return figure(traces, of.name, subtitle.in_(language), layout, language)


def _published(of: Track, axis: Axis, language: Language) -> Trace:
    years, values, errors = zip(*of.figures, strict=True)
    dots = published(years, values, axis, tr("Published").in_(language), 8)
    return dots | {"error_y": whiskers([axis.scaled(2.0 * error) for error in errors], None, INK, 1.1, 3)}


def residuals(rows: Sequence[tuple[str, int, float, float]], language: Language) -> Figure:
    """What is left of each figure, in standard errors: (series, year, before, after), a row a figure."""
    labels = [f"{name} {year}" for name, year, _, _ in rows]
    before = tr("Before the fit").in_(language)
    after = tr("After the fit").in_(language)
    traces = [
        _dots(before, labels, [row[2] for row in rows]) | marker(BEFORE, 9, symbol="circle-open"),
        _dots(after, labels, [row[3] for row in rows]) | marker(AFTER, 10, symbol="circle"),
    ]
    reach = max(2.6, *(abs(value) + 0.4 for row in rows for value in row[2:]))
    layout: Spec = {
        "xaxis": _errors_axis(tr("standard errors"), language) | {"range": [-reach, reach]},
        "yaxis": {"autorange": "reversed", "automargin": True, "gridcolor": GRID, "ticklabelstandoff": 8},
        "shapes": [stripe(-2, 2, tint(AFTER, 0.1))],
        "margin": margins(40, 26, 90, 96),
        "height": 200 + _ROW * len(rows),
        "hovermode": "closest",
        "legend": FOOT_LEGEND,
    }
    title = tr("What is left of each figure")
    subtitle = tr("Published less the run, in standard errors; pale: ± 2")
    return figure(traces, title.in_(language), subtitle.in_(language), layout, language)


def _errors_axis(title: Text, language: Language) -> Spec:
    """An axis of deviations around 0."""
    return zero_line(AXIS, None) | {"gridcolor": GRID, "title": axis_title(title.in_(language))}


def _dots(name: str, labels: Sequence[str], values: Sequence[float]) -> Trace:
    x = [round(value, 3) for value in values]
    return points("markers", x, [plain(label) for label in labels], name, "%{y}: %{x:+.2f}")


def parameters(rows: Sequence[tuple[str, float, float]], language: Language) -> Figure:
    """Where each parameter stands and how sure: (name, shift, deviation left), both in prior deviations."""
    names = [name for name, _, _ in rows]
    before = tr("Prior, 80%").in_(language)
    after = tr("Posterior, 80%").in_(language)
    reach = 1.2816
    left = [round(reach * row[2], 3) for row in rows]
    traces = [
        _dots(before, names, [0.0] * len(rows))
        | {"error_x": whiskers([round(reach, 3)] * len(rows), None, BEFORE, 1.6, 0)}
        | marker(BEFORE, 7, symbol="circle-open"),
        _dots(after, names, [row[1] for row in rows])
        | {"error_x": whiskers(left, None, AFTER, 5.0, 0)}
        | marker(AFTER, 11, symbol="circle"),
    ]
    layout: Spec = {
        "xaxis": _errors_axis(tr("prior standard deviations"), language),
        "yaxis": {"autorange": "reversed", "automargin": True, "showgrid": False, "ticklabelstandoff": 8},
        "margin": margins(40, 26, 90, 96),
        "height": 190 + _ROW * len(rows),
        "hovermode": "closest",
        "legend": FOOT_LEGEND,
    }
    title = tr("Each parameter before and after")
    subtitle = tr("Blue shorter than grey: the figures speak of it")
    return figure(traces, title.in_(language), subtitle.in_(language), layout, language)
