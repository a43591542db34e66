"""One HTML file that says in which conditions the plan fails."""

from math import isinf, isnan
from pathlib import Path

import numpy as np

from sim.common.language import Language, Text
from sim.common.numbers import percent, quantity
from sim.common.typography import sentence
from sim.output.charts import discovery as drawn
from sim.output.charts import parallel as lines
from sim.output.charts import tree as trees
from sim.output.charts.dimension import Dimension
from sim.output.charts.style import Figure
from sim.output.report.html import Cell, Html, element, section, table
from sim.output.report.page import Page, write_page
from sim.output.report.page import charts as placed
from sim.output.texts import tr
from sim.questions.discover import Discovery
from sim.questions.discover.box import Box, Face
from sim.questions.discover.cases import Varied
from sim.questions.discover.choice import rounded_to, roundings
from sim.questions.discover.stability import Recurrence
from sim.questions.discover.strength import strongest
from sim.questions.discover.tree import Node
from sim.questions.discover.words import conditions, extent, failure, opening, ticks, value

_MOST = 9
"""Factors that are drawn."""


def write(found: Discovery, path: Path, language: Language) -> None:
    """Write what was discovered to one file."""
    write_page(page(found, language), path, language)


def page(found: Discovery, language: Language) -> Page:
    """The page before it is put into a file."""
    first, *more = (text.in_(language) for text in found.sentences)
    said: list[Cell] = [element("p", element("strong", first)), *(element("p", line) for line in more)]
    main, wide = _figures(found, language), _wide(found, language)
    title = tr("Where it fails: {title}", title=found.cases.title)
    method = {
        "prim": tr("PRIM (patient rule induction)"),
        "tree": tr("Classification tree (CART)"),
    }[found.method]
    about = tr(
        "{method} · {fails:,} members, {factors} factors",
        method=method,
        fails=len(found.cases.fails),
        factors=len(found.cases.factors),
    )
    parts = (
        section("answer", Text("答案", "The answer").in_(language), element("div", *said, classes="answers several")),
        section("boxes", tr("The conditions").in_(language), _boxes(found, language), _limits(found, language)),
        section(
            "pictures",
            tr("In pictures").in_(language),
            placed({key: figure for key, figure in wide.items() if key == "tree"}, wide=True),
            placed(main),
            placed({key: figure for key, figure in wide.items() if key != "tree"}, wide=True),
        ),
    )
    return Page(title.in_(language), about.in_(language), parts, main | wide)


def _boxes(found: Discovery, language: Language) -> Html:
    heads = [
        tr("Conditions"),
        tr("Coverage"),
        tr("Density"),
        tr("Share of members"),
        tr("Members"),
    ]
    rows: list[list[Cell]] = [
        [
            opening(conditions(one.box, found.cases.factors, language)),
            percent(one.shares.coverage),
            percent(one.shares.density),
            percent(one.shares.mass),
            f"{one.shares.members:,}",
        ]
        for one in found.boxes
    ]
    if len(rows) > 1:
        own = found.together
        shares = [percent(own.coverage), percent(own.density), percent(own.mass), f"{own.members:,}"]
        rows.append([tr("Together").in_(language), *shares])
    caption = tr(
        "Coverage: share of all failures; density: share of these members that fail; each row "
        "leaves out the members of those above"
    )
    return table(caption.in_(language), [head.in_(language) for head in heads], rows, (1, 2, 3, 4))


def _limits(found: Discovery, language: Language) -> Html:
    """The limits of the first box: how significant each is, and how often it came back."""
    if not found.boxes:
        return Html("")
    first, steps = found.boxes[0], roundings(found.cases.points)
    heads = [
        tr("Limits of the first conditions"),
        tr("Quasi-p"),
        tr("Came back in halves"),
        tr("Limit then (80%)"),
    ]
    rows: list[list[Cell]] = []
    for face, p in first.quasi_p:
        factor, again = found.cases.factors[face.column], found.stability.of(face)
        name = factor.name.in_(language)
        where = extent(factor, *_one_side(first.box, face), language)
        rows.append(
            [
                sentence(f"{name} {where}" if language == "en" else f"{name}{where}"),
                "<0.001" if p < 0.001 else f"{p:.3f}",
                "—" if again is None else percent(again.share),
                "—" if again is None else _range(factor, again, steps[face.column], language),
            ]
        )
    caption = tr(
        "Quasi-p: how likely so many failures would be inside if the limit did not matter; the "
        "limit was chosen by the same members, so take it as a guide"
    )
    return table(caption.in_(language), [head.in_(language) for head in heads], rows, (1, 2, 3))


def _one_side(box: Box, face: Face) -> tuple[float, float]:
    limit = box.limit(face)
    return (limit, float("inf")) if face.side == "low" else (float("-inf"), limit)


def _range(factor: Varied, again: Recurrence, step: float, language: Language) -> str:
    if isnan(again.low) or factor.levels:
        return "—"
    low, high = (rounded_to(end, step) for end in (again.low, again.high))
    return f"{value(factor, low, language)} … {value(factor, high, language)}"


def dimension(found: Discovery, column: int, language: Language) -> Dimension:
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


def _figures(found: Discovery, language: Language) -> dict[str, Figure]:
    """The box over its two strongest factors, and the trade-off."""
    ranked = strongest(found)
    first = dimension(found, ranked[0], language)
    second = dimension(found, ranked[1], language) if len(ranked) > 1 else _outcome(found, language)
    others = np.ones(len(found.cases.fails), dtype=np.bool_)
    shown = set(ranked[:2])
    hidden = False
    if found.boxes:
        box = found.boxes[0].box
        for column in box.columns:
            if column not in shown:
                hidden = True
                values = found.cases.points[:, column]
                others &= (values > box.low[column]) & (values <= box.high[column])
    title = tr("The two strongest factors") if len(ranked) > 1 else tr("Factor and outcome")
    under = tr("A mark a member; the frame is the first conditions")
    if hidden:
        under = tr("{under}; faint: other conditions not met", under=under)
    scatter = drawn.scatter(
        (first, second),
        found.cases.fails,
        others,
        _names(found, language),
        (title.in_(language), under.in_(language)),
        language,
    )
    curve = [(step.coverage, step.density, step.restricted) for step in found.curve]
    own = found.boxes[0].shares if found.boxes and found.method == "prim" else found.together
    told = (own.coverage, own.density) if found.boxes else (1.0, found.cases.density)
    words = (
        tr("Coverage against density").in_(language),
        tr("A dot a choice of conditions; the star is what is told").in_(language),
    )
    return {"scatter": scatter, "tradeoff": drawn.tradeoff(curve, told, found.cases.density, words, language)}


def _outcome(found: Discovery, language: Language) -> Dimension:
    """The outcome as a dimension: of a sweep with one factor, it is what is left to draw."""
    criterion, values = found.cases.criterion, found.cases.outcome
    low, high = float(values.min()), float(values.max())
    span = tuple(float(f"{number:.3g}") for number in np.linspace(low, high, 5))
    words = tuple(quantity(number, criterion.unit, language) for number in span)
    limit = (None, criterion.limit) if criterion.side == "below" else (criterion.limit, None)
    return Dimension(sentence(criterion.title.in_(language)), values, low, high, span, words, limit)


def _wide(found: Discovery, language: Language) -> dict[str, Figure]:
    """Figures that need the whole width: parallel coordinates, responses, the tree."""
    axes = [dimension(found, column, language) for column in strongest(found)[:_MOST]]
    fails = found.cases.fails
    drawn_ = min(len(fails), lines.MOST)
    what = opening(failure(found.cases.criterion).in_(language))
    if drawn_ < len(fails):
        sampled = tr("{drawn} of {fails:,} members", drawn=drawn_, fails=len(fails)).in_(language)
    else:
        sampled = tr("all members").in_(language)
    bars = tr("black bars: the first conditions").in_(language)
    across = (
        tr("All factors").in_(language),
        tr("{sampled}; {bars}", sampled=Text(sampled, sentence(sampled)), bars=bars).in_(language),
    )
    along = (
        tr("Share that fails, along each factor").in_(language),
        tr("{what}: other factors as they come; bars are 95% intervals, shaded: the first conditions", what=what).in_(
            language
        ),
    )
    figures = {
        "parallel": lines.parallel(axes, fails, _names(found, language), across, language),
        "responses": drawn.responses(axes, fails, along, language),
    }
    if found.tree is not None and found.tree.left is not None:
        told = frozenset(one.box for one in found.boxes)
        root = _group(found.tree, found, told, Box(*_open(found)), language)
        words = (
            tr("The tree").in_(language),
            tr("Colour: share that fails; thick frames: what is told").in_(language),
        )
        figures["tree"] = trees.tree(root, words, language)
    return figures


def _open(found: Discovery) -> tuple[tuple[float, ...], tuple[float, ...]]:
    n = len(found.cases.factors)
    return (float("-inf"),) * n, (float("inf"),) * n


def _group(node: Node, found: Discovery, told: frozenset[Box], box: Box, language: Language) -> trees.Group:
    if node.left is None or node.right is None:
        return trees.Group(node.members, node.failures, box in told)
    factor = found.cases.factors[node.column]
    where = extent(factor, float("-inf"), node.limit, language)
    name = sentence(factor.name.in_(language))
    below, above = Face(node.column, "high"), Face(node.column, "low")
    return trees.Group(
        node.members,
        node.failures,
        box in told,
        f"{name}{where}?" if language == "zh" else f"{name}: {where}?",
        _group(node.left, found, told, box.moved(below, node.limit), language),
        _group(node.right, found, told, box.moved(above, node.limit), language),
    )
