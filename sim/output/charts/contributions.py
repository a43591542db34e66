"""What each policy does to a measure: steps that add up to what all of them do together."""

from typing import Final

from sim.common.language import Language, Text
from sim.common.numbers import canonical, points
from sim.common.typography import sentence
from sim.output.charts.axes import NAMES, amount_axis, zero_line
from sim.output.charts.style import MUTED, SCENARIOS, TARGET, Axis, Figure, Spec, axis_of, figure, margins, plain
from sim.output.charts.traces import steps as waterfall
from sim.output.texts import tr
from sim.run.tables import Contributions
from sim.run.words import measure_name

_LONGEST: Final = {"zh": 22, "en": 46}


def steps(found: Contributions, language: Language) -> Figure:
    """Mean contribution of each policy, the largest first, and their sum [unit of the measure; shares in points]."""
    axis = _axis(found, language)
    ranked = sorted(found.rows, key=lambda row: -abs(row.mean))
    whole = found.after - found.before
    names = [_label(row.name, language) for row in ranked]
    together = tr("All policies").in_(language)
    values = [*(row.mean for row in ranked), whole]
    kinds = ["relative"] * len(ranked) + ["total"]
    colours = SCENARIOS[2], TARGET, SCENARIOS[0]
    trace = waterfall(kinds, [signed(value, found, language) for value in values], colours, MUTED) | {
        "orientation": "h",
        "y": [*_apart(names), f"<b>{together}</b>"],
        "x": [axis.scaled(value) for value in values],
        "hovertemplate": "%{y}: %{text}<extra></extra>",
    }
    layout: Spec = {
        "height": 170 + 34 * len(values),
        "showlegend": False,
        "hovermode": "closest",
        "waterfallgap": 0.35,
        "margin": margins(24, 90, 96, 56),
        "xaxis": amount_axis(axis.unit) | zero_line(width=None),
        "yaxis": NAMES | {"autorange": "reversed"},
    }
    name = measure_name(found.measure, language)
    title = tr("{name} of {year}: what each policy adds", name=name, year=found.year)
    subtitle = tr("Whatever their order (Shapley values); they add up to what all do together")
    return figure([trace], title.in_(language), subtitle.in_(language), layout, language)


def signed(value: float, found: Contributions, language: Language) -> str:
    """A contribution with its sign; shares in percentage points, whose unit stands beside all of them."""
    if not in_points(found):
        return ("+" if value >= 0.0 else "−") + points(abs(value), found.unit, language)
    number = f"{round(100.0 * value, decimals(found)) + 0.0:+.{decimals(found)}f}".replace("-", "−")
    return number if number.strip("+−0.") else number[1:]


def in_points(found: Contributions) -> bool:
    """Whether contributions are differences of shares, in percentage points."""
    return canonical(found.unit) == "share"


def decimals(found: Contributions) -> int:
    """Decimals of contributions in percentage points: more where all of them are small."""
    return 2 if abs(found.after - found.before) >= 0.01 else 3


def _axis(found: Contributions, language: Language) -> Axis:
    axis = axis_of(found.unit, language)
    if not in_points(found):
        return axis
    return Axis(axis.size, tr("percentage points").in_(language), "", 2)


def _label(name: Text, language: Language) -> str:
    text, most = sentence(name.in_(language)), _LONGEST[language]
    return plain(text if len(text) <= most else text[: most - 1].rstrip() + "…")


def _apart(names: list[str]) -> list[str]:
    """The names, no two the same: Plotly would draw their bars on top of each other."""
    return [name + "\u200b" * names[:i].count(name) for i, name in enumerate(names)]
