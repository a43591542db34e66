"""Planners' methods beside the model: a dot each, over the model's 80% band."""

from typing import Final

from sim.common.language import Language
from sim.common.numbers import MISSING, estimate, grouped, quantity
from sim.common.typography import sentence
from sim.output.charts.axes import FRAMED, GRIDDED, rows_axis
from sim.output.charts.notes import stripe
from sim.output.charts.style import SCENARIOS, Axis, Figure, Spec, Trace, axis_of, figure, margins, plain, tint
from sim.output.charts.traces import beside, points
from sim.output.texts import tr
from sim.run.curves import curves, main_region
from sim.run.tables import Crosscheck, RunTables
from sim.run.words import measure_name

MODEL: Final = "townward"
_OTHERS: Final = "#6b5b3a"
_ROW: Final = 34


def of_region(tables: RunTables, region: str | None = None) -> tuple[Crosscheck, ...]:
    """The cross-checks of a region, by default the first; the model before the others."""
    chosen = region or main_region(tables)
    return tuple(one for one in tables.crosschecks if one.region == chosen)


def value_of(crosscheck: Crosscheck, measure: str) -> float | None:
    """What it says of residents [person] or of the urbanization rate [1]."""
    return crosscheck.resident if measure == "resident" else crosscheck.rate


def band_of(tables: RunTables, crosscheck: Crosscheck, measure: str) -> tuple[float, float] | None:
    """The 80% band of the model in that year; None for other methods."""
    if crosscheck.method != MODEL:
        return None
    found = curves(tables, [measure], crosscheck.region)
    return found.quantile(measure, 0.1)[crosscheck.year], found.quantile(measure, 0.9)[crosscheck.year]


def figure_words(tables: RunTables, crosscheck: Crosscheck, measure: str, language: Language) -> str:
    """A figure with its unit, with the model's 80% band in brackets; — where the method says nothing of it."""
    value, unit = value_of(crosscheck, measure), "person" if measure == "resident" else "share"
    band = band_of(tables, crosscheck, measure)
    if value is None or band is None:
        return quantity(value, unit, language)
    middle, between = estimate((band[0], value, band[1]), unit, language)
    return f"{middle} ({between})"


def error_words(crosscheck: Crosscheck, language: Language) -> str:
    """How far the method was off over the past decade: of residents, of the rate; or why it was not scored."""
    if crosscheck.resident_error is None and crosscheck.rate_error is None:
        return crosscheck.unscored.in_(language) if crosscheck.unscored else MISSING
    parts = []
    if crosscheck.resident_error is not None:
        parts.append(tr("residents {resident_error:.1f}%", resident_error=crosscheck.resident_error).in_(language))
    if crosscheck.rate_error is not None:
        number = grouped(crosscheck.rate_error, 1)
        parts.append(tr("rate {number} points", number=number).in_(language))
    return tr(", ").in_(language).join(parts)


def dots(tables: RunTables, measure: str, language: Language, region: str | None = None) -> Figure | None:
    """What each method says of a measure in the year asked for, over the model's 80% band; None if only the model."""
    rows = [one for one in of_region(tables, region) if value_of(one, measure) is not None]
    if len(rows) < 2:
        return None
    axis = axis_of("person" if measure == "resident" else "share", language)
    band = band_of(tables, rows[0], measure)
    assert band is not None
    low, high = axis.scaled(band[0]), axis.scaled(band[1])
    values = [axis.scaled(value_of(one, measure) or 0.0) for one in rows]
    words = [figure_words(tables, one, measure, language) for one in rows]
    name = measure_name(measure, language)
    layout = {
        "height": 150 + _ROW * len(rows),
        "hovermode": "closest",
        "showlegend": False,
        "margin": margins(24, 40, 84, 40),
        "xaxis": _values(axis) | {"range": _around([low, high, *values])},
        "yaxis": rows_axis([plain(sentence(one.name.in_(language))) for one in rows], 0.25),
        "shapes": [stripe(low, high, tint(SCENARIOS[0], 0.16))],
    }
    year = rows[0].year
    title = tr("{name} in {year}: cross-checks", name=name, year=year)
    unit = tr("; {unit}", unit=axis.unit).in_(language) if axis.suffix != "%" else ""
    subtitle = tr("the shaded band is the model's 80% band").in_(language) + unit
    return figure([_dots(rows, values, words)], title.in_(language), subtitle, layout, language)


def _values(axis: Axis) -> Spec:
    ticks = {"nticks": 7, "tickformat": ",~r", "ticksuffix": "%" if axis.suffix == "%" else ""}
    return GRIDDED | FRAMED | ticks


def _around(values: list[float]) -> list[float]:
    """From the least to the largest value, with room for the words over the outer dots."""
    room = 0.12 * (max(values) - min(values)) or 1.0
    return [min(values) - room, max(values) + room]


def _dots(rows: list[Crosscheck], values: list[float], words: list[str]) -> Trace:
    colours = [SCENARIOS[0] if one.method == MODEL else _OTHERS for one in rows]
    trace = points("markers+text", values, range(len(rows))[::-1], None, "%{customdata}<extra></extra>")
    return (
        trace
        | beside("top center", colours, 12)
        | {
            "text": [plain(text.split(" (")[0]) for text in words],
            "marker": {"size": [13 if one.method == MODEL else 10 for one in rows], "color": colours},
            "customdata": [plain(text) for text in words],
        }
    )
