"""Pictures of a backtest for its page: forecast against what came, bands, errors by kind of region."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from sim.evidence.backtest.methods import METHODS
from sim.evidence.backtest.quantities import PEOPLE, QUANTITIES, RATE, of_rows
from sim.evidence.backtest.run import Backtest
from sim.evidence.backtest.scores import BANDS, Score
from sim.evidence.backtest.tables import KINDS, SIMULATION, Table, by_kind, everyone
from sim.output.charts.style import AXIS, INK, MUTED, SCENARIOS
from sim.output.charts.svg import Panel, axes, box, dots, heading, line, picture, words

COLOURS: Final = dict(zip(KINDS, (SCENARIOS[0], SCENARIOS[1], SCENARIOS[2]), strict=True))
BAND_COLOURS: Final = ("#9cc3de", "#4f9fd0", "#0b5c8c")
RIDGE: Final = "ridge"
_OTHER: Final = "#b8bfc6"


def pictures(backtest: Backtest) -> dict[str, str]:
    """The pictures by file name (SVG)."""
    return {
        "backtest-forecast.svg": forecast_picture(backtest),
        "backtest-bands.svg": bands_picture(everyone(backtest)),
        "backtest-kinds.svg": kinds_picture(by_kind(backtest)),
    }


def forecast_picture(backtest: Backtest) -> str:
    """Forecast against what came, a dot a county: the urbanization rate, and the change of residents."""
    first, second = backtest.first[0].year, backtest.second[0].year
    left = Panel(62, 92, 400, 400, (0.0, 100.0), (0.0, 100.0))
    right = Panel(562, 92, 400, 400, (-50.0, 50.0), (-50.0, 50.0))
    before = of_rows(backtest.first)[:, PEOPLE]
    rates = 100.0 * backtest.central[:, RATE], 100.0 * backtest.came[:, RATE]
    change = 100.0 * (backtest.central[:, PEOPLE] / before - 1.0), 100.0 * (backtest.came[:, PEOPLE] / before - 1.0)
    rate_ticks = [(float(value), f"{value}%") for value in range(0, 101, 20)]
    change_ticks = [(float(value), f"{value:+d}%".replace("-", "−") if value else "0") for value in range(-40, 41, 20)]
    parts = [
        *heading(left, f"Urbanization rate {second} · 城镇化率", "across: forecast, up: what came · 横:预测,纵:实际"),
        *axes(left, rate_ticks, rate_ticks),
        *heading(right, f"Change of residents {first}–{second} · 常住人口变化", "across: forecast, up: what came"),
        *axes(right, change_ticks, change_ticks),
    ]
    kinds = np.array([row.kind for row in backtest.first])
    for panel, (said, came) in ((left, rates), (right, change)):
        parts.append(_diagonal(panel))
        for kind, colour in COLOURS.items():
            rows = kinds == kind
            points = list(zip(said[rows].tolist(), came[rows].tolist(), strict=True))
            parts.append(dots(panel, points, colour, 3.4, 0.45))
    names = [(f"{text.en} {text.zh}", COLOURS[kind]) for kind, text in KINDS.items()]
    parts += _legend(62, 540, names)
    return picture(1000, 560, "Forecast against what came, a dot a county", parts)


def bands_picture(table: Table) -> str:
    """Share of counties whose truth lay in each band, by quantity, beside the share it promises."""
    panel = Panel(250, 92, 660, 34.0 * len(QUANTITIES), (40.0, 100.0), (0.0, float(len(QUANTITIES))))
    ticks = [(float(value), f"{value}%") for value in range(40, 101, 10)]
    parts = [
        *heading(panel, "Truths inside the bands · 区间覆盖率", "dots: held; lines: promised · 点:实际,竖线:应有"),
        *axes(panel, ticks, ()),
    ]
    bottom = panel.top + panel.height
    for band, colour in zip(BANDS, BAND_COLOURS, strict=True):
        parts.append(line((panel.across(band), panel.top), (panel.across(band), bottom), colour, 2.0))
    for row, quantity in enumerate(QUANTITIES):
        score, height = table.scores[SIMULATION][row], len(QUANTITIES) - row - 0.5
        label = f"{quantity.name.en} {quantity.name.zh}"
        parts.append(words(panel.left - 12, panel.down(height) + 4, label, anchor="end", size=12.5))
        for share, colour in zip(score.coverage if score else (), BAND_COLOURS, strict=bool(score)):
            parts.append(dots(panel, [(100.0 * share, height)], colour, 12.0))
    parts += _legend(250, int(bottom) + 52, [(f"{b}%", c) for b, c in zip(BANDS, BAND_COLOURS, strict=True)])
    return picture(960, int(bottom) + 74, "Share of counties whose truth lay in the bands", parts)


def kinds_picture(of: dict[str, Table]) -> str:
    """Mean absolute error by kind of region: the simulation, the ridge regression, the best planners' method."""
    left = Panel(200, 92, 300, 44.0 * len(of), (0.0, _most(of, RATE)), (0.0, float(len(of))))
    right = Panel(600, 92, 300, 44.0 * len(of), (0.0, _most(of, PEOPLE)), (0.0, float(len(of))))
    parts: list[str] = []
    for panel, quantity, unit in ((left, RATE, "points · 百分点"), (right, PEOPLE, "percent · %")):
        name = QUANTITIES[quantity].name
        parts += heading(panel, f"{name.en.capitalize()} {name.zh}", f"mean absolute error, {unit}")
        step = 2 if quantity == RATE else 5
        parts += axes(panel, [(float(v), str(v)) for v in range(0, int(panel.x[1]) + 1, step)], ())
        for row, (kind, table) in enumerate(of.items()):
            parts += _bars(panel, len(of) - row, _three(table, quantity))
            if panel is left:
                label = f"{KINDS[kind].en} {KINDS[kind].zh}"
                middle = panel.down(len(of) - row - 0.5)
                parts.append(words(panel.left - 12, middle, label, anchor="end"))
                parts.append(words(panel.left - 12, middle + 16, f"n = {table.counties:,}", anchor="end", colour=MUTED))
    bottom = left.top + left.height
    names = [("townward 本模型", SCENARIOS[0]), ("ridge regression 岭回归", SCENARIOS[1])]
    names.append(("best planners’ method 最好的规划方法", _OTHER))
    parts += _legend(200, int(bottom) + 52, names)
    return picture(960, int(bottom) + 74, "Mean absolute error by kind of region", parts)


def _three(table: Table, quantity: int) -> tuple[float, float, float]:
    planners = [_error(table.scores[method.id][quantity]) for method in METHODS if method.planners]
    own, ridge = _error(table.scores[SIMULATION][quantity]), _error(table.scores[RIDGE][quantity])
    return own, ridge, min(planners)


def _error(score: Score | None) -> float:
    return float("inf") if score is None else score.error


def _most(of: dict[str, Table], quantity: int) -> float:
    return 1.12 * max(max(_three(table, quantity)) for table in of.values())


def _bars(panel: Panel, top: float, values: Sequence[float]) -> list[str]:
    parts = []
    for i, (value, colour) in enumerate(zip(values, (SCENARIOS[0], SCENARIOS[1], _OTHER), strict=True)):
        y = panel.down(top) + 6 + 11 * i
        length = panel.across(value) - panel.left
        parts.append(box(panel.left, y, length, 9, colour))
        parts.append(words(panel.left + length + 5, y + 8.5, f"{value:.1f}", size=10.5, colour=INK))
    return parts


def _diagonal(panel: Panel) -> str:
    low, high = panel.x
    return line((panel.across(low), panel.down(low)), (panel.across(high), panel.down(high)), AXIS, 1.2)


def _legend(x: float, y: float, entries: Sequence[tuple[str, str]]) -> list[str]:
    parts, at = [], x
    for name, colour in entries:
        parts += [box(at, y - 10, 12, 12, colour), words(at + 18, y, name, size=12.5)]
        at += 44 + sum(13.0 if ord(mark) > 0x2E80 else 7.0 for mark in name)
    return parts
