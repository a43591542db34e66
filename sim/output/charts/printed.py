"""The fan of a measure for print: as a picture that needs no program, with the plan's targets and published figures."""

from math import ceil, floor
from typing import Final

from sim.common.language import Language
from sim.common.numbers import in_canonical
from sim.output.charts.published import targets_of
from sim.output.charts.style import INK, MUTED, SCENARIOS, TARGET, axis_of, tint
from sim.output.charts.svg import Panel, axes, dots, line, picture, words
from sim.output.texts import tr
from sim.run.curves import curves, observations
from sim.run.tables import RunTables
from sim.run.words import measure_name

_BANDS: Final = ((0.025, 0.975, 0.14), (0.1, 0.9, 0.28), (0.25, 0.75, 0.5))
_MOST_TICKS: Final = 5.0
_SIZE: Final = (480, 270)


def fan(tables: RunTables, measure: str, language: Language) -> str:
    """Median with 50, 80 and 95% bands as SVG; empty where the run does not report the measure."""
    found = curves(tables, [measure])
    if not found.has(measure):
        return ""
    axis = axis_of(found.units[measure], language)
    bands = [(found.quantile(measure, low), found.quantile(measure, high), tone) for low, high, tone in _BANDS]
    aims = [(t.year, in_canonical(t.value, t.unit)) for t in targets_of(tables, measure) if t.year and t.value]
    seen = [(one.year, one.value) for one in observations(tables, measure) if one.year >= tables.base_year]
    values = [value for low, high, _ in bands for value in (*low.values(), *high.values())]
    values += [value for _, value in (*aims, *seen)]
    least, most = min(values), max(values)
    room = 0.08 * ((most - least) or 1.0)
    x = (float(tables.base_year), float(tables.horizon))
    width, height = _SIZE
    panel = Panel(58, 44, width - 76, height - 76, x, (least - room, most + room))
    median = found.quantile(measure, 0.5)
    years = range(tables.base_year, tables.horizon + 1, 5)
    up = [(value * axis.size, f"{value:,.6g}") for value in _ticks(least / axis.size, most / axis.size)]
    parts = axes(panel, [(float(year), str(year)) for year in years], up)
    parts += [_area(panel, low, high, tint(SCENARIOS[0], tone)) for low, high, tone in bands]
    parts += [
        line(
            (panel.across(a), panel.down(median[a])),
            (panel.across(a + 1), panel.down(median[a + 1])),
            SCENARIOS[0],
            2.0,
        )
        for a in range(tables.base_year, tables.horizon)
    ]
    parts.append(dots(panel, [(float(year), value) for year, value in seen], INK, 6))
    parts += [_diamond(panel.across(float(year)), panel.down(value)) for year, value in aims]
    title = measure_name(measure, language)
    note = tr("{unit}; median and 50, 80, 95% bands; diamond: target", unit=axis.unit).in_(language)
    parts += [words(12, 18, title, size=14, bold=True), words(12, 34, note, size=11, colour=MUTED)]
    return picture(width, height, title, parts)


def _ticks(least: float, most: float) -> list[float]:
    """Round values within a range, at most six."""
    apart = (most - least) or 1.0
    steps = (factor * 10.0**power for power in range(-6, 12) for factor in (1.0, 2.0, 5.0))
    step = next(one for one in steps if apart / one <= _MOST_TICKS)
    return [round(step * n, 9) for n in range(ceil(least / step), floor(most / step) + 1)]


def _area(panel: Panel, low: dict[int, float], high: dict[int, float], colour: str) -> str:
    there = [(panel.across(float(year)), panel.down(value)) for year, value in sorted(high.items())]
    back = [(panel.across(float(year)), panel.down(value)) for year, value in sorted(low.items(), reverse=True)]
    points = "L".join(f"{x:.1f} {y:.1f}" for x, y in (*there, *back))
    return f'<path d="M{points}Z" fill="{colour}"/>'


def _diamond(x: float, y: float) -> str:
    return f'<path d="M{x:.1f} {y - 6:.1f}l6 6-6 6-6-6z" fill="{TARGET}" stroke="#fff"/>'
