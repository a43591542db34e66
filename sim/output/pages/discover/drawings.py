"""The charts of a discovery's page."""

from math import isinf

import numpy as np

from sim.common.language import Language, Text
from sim.common.numbers import quantity
from sim.common.typography import sentence
from sim.model.arrays import Flags
from sim.output.charts import discovery as charts
from sim.output.charts import parallel as lines
from sim.output.charts import tree as trees
from sim.output.charts.dimension import Dimension
from sim.output.charts.style import Figure
from sim.output.layout.values import capital
from sim.output.texts import tr
from sim.questions.discover import Discovery
from sim.questions.discover.box import Box, Face
from sim.questions.discover.cases import Varied
from sim.questions.discover.strength import strongest
from sim.questions.discover.tree import Node
from sim.questions.discover.words import extent, failure, opening, ticks, value

_MOST = 9
"""Factors that are drawn."""


def main(found: Discovery, language: Language) -> dict[str, Figure]:
    """The box over its two strongest factors, and the trade-off."""
    return {"scatter": _scatter(found, language), "tradeoff": _tradeoff(found, language)}


def wide(found: Discovery, language: Language) -> dict[str, Figure]:
    """Figures of all factors: parallel coordinates and responses."""
    axes = [_dimension(found, column, language) for column in strongest(found)[:_MOST]]
    fails, what = found.cases.fails, opening(failure(found.cases.criterion).in_(language))
    bars = tr("black bars: the first conditions")
    shaded = tr("{what}: other factors as they come; bars are 95% intervals, shaded: the first conditions", what=what)
    across = (
        tr("All factors").in_(language),
        tr("{sampled}; {bars}", sampled=capital(_sampled(len(fails))), bars=bars).in_(language),
    )
    along = (
        tr("Share that fails, along each factor").in_(language),
        shaded.in_(language),
    )
    return {
        "parallel": lines.parallel(axes, fails, _names(found, language), across, language),
        "responses": charts.responses(axes, fails, along, language),
    }


def tree(found: Discovery, language: Language) -> dict[str, Figure]:
    """The classification tree, where it was asked for and found anything."""
    if found.tree is None or found.tree.left is None:
        return {}
    told = frozenset(one.box for one in found.boxes)
    root = _group(found.tree, found, told, Box(*_open(found)), language)
    words = (
        tr("The tree").in_(language),
        tr("Colour: share that fails; thick frames: what is told").in_(language),
    )
    return {"tree": trees.tree(root, words, language)}


def placed(factor: Varied, where: str, colon: str, language: Language) -> str:
    """A factor with where it lies, the colon in English only."""
    name = sentence(factor.name.in_(language))
    return f"{name}{where}" if language == "zh" else f"{name}{colon} {where}"


def _scatter(found: Discovery, language: Language) -> Figure:
    ranked = strongest(found)
    first = _dimension(found, ranked[0], language)
    second = _dimension(found, ranked[1], language) if len(ranked) > 1 else _outcome(found, language)
    title = tr("Factor and outcome")
    if len(ranked) > 1:
        title = tr("The two strongest factors")
    under = tr("A mark a member; the frame is the first conditions")
    hidden = [column for column in found.boxes[0].box.columns if column not in ranked[:2]] if found.boxes else []
    if hidden:
        under = tr("{under}; faint: other conditions not met", under=under)
    return charts.scatter(
        (first, second),
        found.cases.fails,
        _meeting(found, hidden),
        _names(found, language),
        (title.in_(language), under.in_(language)),
        language,
    )


def _meeting(found: Discovery, columns: list[int]) -> Flags:
    """Which members meet the first conditions on these factors."""
    meeting = np.ones(len(found.cases.fails), dtype=np.bool_)
    for column in columns:
        box, values = found.boxes[0].box, found.cases.points[:, column]
        meeting &= (values > box.low[column]) & (values <= box.high[column])
    return meeting


def _tradeoff(found: Discovery, language: Language) -> Figure:
    curve = [(step.coverage, step.density, step.restricted) for step in found.curve]
    own = found.boxes[0].shares if found.boxes and found.method == "prim" else found.together
    told = (own.coverage, own.density) if found.boxes else (1.0, found.cases.density)
    words = (
        tr("Coverage against density"),
        tr("A dot a choice of conditions; the star is what is told"),
    )
    title, subtitle = (text.in_(language) for text in words)
    return charts.tradeoff(curve, told, found.cases.density, (title, subtitle), language)


def _dimension(found: Discovery, column: int, language: Language) -> Dimension:
    """A factor as it is drawn, with the limits of the first box."""
    factor, values = found.cases.factors[column], found.cases.points[:, column]
    low, high = float(values.min()), float(values.max())
    at, words, unit = ticks(factor, low, high, language)
    name = sentence(factor.name.in_(language))
    ends = [None, None]
    if found.boxes:
        box = found.boxes[0].box
        ends = [None if isinf(limit) else limit for limit in (box.low[column], box.high[column])]  # type: ignore[misc]
    said = ["" if end is None or factor.levels else value(factor, end, language) for end in ends]
    return Dimension(
        title=f"{name} [{unit}]" if unit else name,
        values=values,
        low=low,
        high=high,
        ticks=at,
        words=words,
        limits=(ends[0], ends[1]),
        limit_words=(said[0], said[1]),
        levels=factor.levels,
    )


def _names(found: Discovery, language: Language) -> tuple[str, str]:
    is_target = found.cases.criterion.target is not None
    fails = tr("fails (target missed)") if is_target else tr("fails")
    holds = tr("target reached") if is_target else tr("does not fail")
    return fails.in_(language), holds.in_(language)


def _outcome(found: Discovery, language: Language) -> Dimension:
    """The outcome as a dimension: of a sweep with one factor, it is what is left to draw."""
    criterion, values = found.cases.criterion, found.cases.outcome
    low, high = float(values.min()), float(values.max())
    span = tuple(float(f"{number:.3g}") for number in np.linspace(low, high, 5))
    words = tuple(quantity(number, criterion.unit, language) for number in span)
    limit = (None, criterion.limit) if criterion.side == "below" else (criterion.limit, None)
    return Dimension(sentence(criterion.title.in_(language)), values, low, high, span, words, limit)


def _sampled(members: int) -> Text:
    if members > lines.MOST:
        return tr("{drawn} of {members:,} members", drawn=lines.MOST, members=members)
    return tr("all members")


def _open(found: Discovery) -> tuple[tuple[float, ...], tuple[float, ...]]:
    n = len(found.cases.factors)
    return (float("-inf"),) * n, (float("inf"),) * n


def _group(node: Node, found: Discovery, told: frozenset[Box], box: Box, language: Language) -> trees.Group:
    if node.left is None or node.right is None:
        return trees.Group(node.members, node.failures, box in told)
    factor = found.cases.factors[node.column]
    where = extent(factor, float("-inf"), node.limit, language)
    below, above = Face(node.column, "high"), Face(node.column, "low")
    return trees.Group(
        node.members,
        node.failures,
        box in told,
        placed(factor, where, ":", language) + "?",
        _group(node.left, found, told, box.moved(below, node.limit), language),
        _group(node.right, found, told, box.moved(above, node.limit), language),
    )
