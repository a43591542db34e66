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
    title = Text(f"在哪些条件下失败:{found.cases.title.zh}", f"Where it fails: {found.cases.title.en}")
    method = {
        "prim": Text("PRIM(耐心规则归纳)", "PRIM (patient rule induction)"),
        "tree": Text("分类树(CART)", "Classification tree (CART)"),
    }[found.method]
    about = Text(
        f"{method.zh} · {len(found.cases.fails):,} 个成员,{len(found.cases.factors)} 个因素",
        f"{method.en} · {len(found.cases.fails):,} members, {len(found.cases.factors)} factors",
    )
    parts = (
        section("answer", Text("答案", "The answer").in_(language), element("div", *said, classes="answers several")),
        section(
            "boxes", Text("条件", "The conditions").in_(language), _boxes(found, language), _limits(found, language)
        ),
        section(
            "pictures",
            Text("图", "In pictures").in_(language),
            placed({key: figure for key, figure in wide.items() if key == "tree"}, wide=True),
            placed(main),
            placed({key: figure for key, figure in wide.items() if key != "tree"}, wide=True),
        ),
    )
    return Page(title.in_(language), about.in_(language), parts, main | wide)


def _boxes(found: Discovery, language: Language) -> Html:
    heads = [
        Text("条件", "Conditions"),
        Text("涵盖的失败", "Coverage"),
        Text("失败率", "Density"),
        Text("占全部成员", "Share of members"),
        Text("成员", "Members"),
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
        rows.append([Text("合计", "Together").in_(language), *shares])
    caption = Text(
        "涵盖的失败占全部失败的比例;失败率为满足条件的成员中失败的比例;后一条只计前面未包括的成员",
        "Coverage: share of all failures; density: share of these members that fail; each row leaves out the "
        "members of those above",
    )
    return table(caption.in_(language), [head.in_(language) for head in heads], rows, (1, 2, 3, 4))


def _limits(found: Discovery, language: Language) -> Html:
    """The limits of the first box: how significant each is, and how often it came back."""
    if not found.boxes:
        return Html("")
    first, steps = found.boxes[0], roundings(found.cases.points)
    heads = [
        Text("首个条件中的界限", "Limits of the first conditions"),
        Text("准 p 值", "Quasi-p"),
        Text("在半数样本中重现", "Came back in halves"),
        Text("重现时的界限(80%)", "Limit then (80%)"),
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
    caption = Text(
        "准 p 值:若此界限无关紧要,条件内仍有这么多失败的概率(界限由同一批成员选出,故只作参考)",
        "Quasi-p: how likely so many failures would be inside if the limit did not matter; the limit was chosen by the "
        "same members, so take it as a guide",
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
    fails = Text("失败(未达标)", "fails (target missed)") if is_target else Text("失败", "fails")
    holds = Text("达标", "target reached") if is_target else Text("不失败", "does not fail")
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
    title = (
        Text("两个最强的因素", "The two strongest factors")
        if len(ranked) > 1
        else Text("因素与结果", "Factor and outcome")
    )
    under = Text("每点一个成员;框内为所述条件", "A mark a member; the frame is the first conditions")
    if hidden:
        under = Text(f"{under.zh};淡色的不满足其余条件", f"{under.en}; faint: other conditions not met")
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
        Text("涵盖率与失败率的取舍", "Coverage against density").in_(language),
        Text("每点一个可选的条件组合;星号为所述条件", "A dot a choice of conditions; the star is what is told").in_(
            language
        ),
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
        sampled = Text(f"{len(fails):,} 个成员中的 {drawn_} 个", f"{drawn_} of {len(fails):,} members").in_(language)
    else:
        sampled = Text("全部成员", "all members").in_(language)
    bars = Text("黑条为所述条件", "black bars: the first conditions").in_(language)
    across = (
        Text("全部因素", "All factors").in_(language),
        Text(f"{sampled};{bars}", f"{sentence(sampled)}; {bars}").in_(language),
    )
    along = (
        Text("各因素与失败率", "Share that fails, along each factor").in_(language),
        Text(
            f"{what};其余因素任其变动,误差线为 95% 区间,底色为所述条件",
            f"{what}: other factors as they come; bars are 95% intervals, shaded: the first conditions",
        ).in_(language),
    )
    figures = {
        "parallel": lines.parallel(axes, fails, _names(found, language), across, language),
        "responses": drawn.responses(axes, fails, along, language),
    }
    if found.tree is not None and found.tree.left is not None:
        told = frozenset(one.box for one in found.boxes)
        root = _group(found.tree, found, told, Box(*_open(found)), language)
        words = (
            Text("分类树", "The tree").in_(language),
            Text("颜色为失败率;粗框为所述条件", "Colour: share that fails; thick frames: what is told").in_(language),
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
