"""A classification tree as a figure: questions from top to bottom, groups coloured by the share that fails."""

from typing import Final

from sim.common.language import Language
from sim.common.quickclass import quickclass
from sim.output.charts.axes import hidden_axis
from sim.output.charts.dimension import FAILS
from sim.output.charts.notes import BELOW, note
from sim.output.charts.style import AXIS, INK, MUTED, Figure, Spec, figure, margins, plain, tint
from sim.output.charts.words import wrapped
from sim.output.texts import tr

_WIDE: Final = 0.92


@quickclass(frozen=True, slots=True)
class Group:
    """A group of members. question: what parts it, empty for a leaf; `yes`: those to whom it applies."""

    members: int
    failures: int
    chosen: bool = False
    question: str = ""
    yes: "Group | None" = None
    no: "Group | None" = None


def tree(root: Group, words: tuple[str, str], language: Language) -> Figure:
    """The groups of a tree with their sizes and the share of each that fails; those chosen have a thick frame."""
    leaves, depth = _leaves(root), _depth(root)
    shapes: list[Spec] = []
    notes: list[Spec] = []
    _draw(root, 0.0, 0, shapes, notes, language)
    layout: Spec = {
        "height": 130 + 120 * (depth + 1),
        "hovermode": False,
        "showlegend": False,
        "shapes": shapes,
        "annotations": notes,
        "xaxis": hidden_axis(-0.05, leaves + 0.05),
        "yaxis": hidden_axis(-depth - 0.45, 0.42),
        "margin": margins(12, 12, 92, 16),
    }
    nothing = {"type": "scatter", "x": [None], "y": [None], "hoverinfo": "skip"}
    return figure([nothing], words[0], words[1], layout, language)


def _draw(node: Group, left: float, depth: int, shapes: list[Spec], notes: list[Spec], language: Language) -> float:
    """Draw a branch from `left` on; where its top stands."""
    wide = _leaves(node)
    middle = left + wide / 2.0
    if node.yes is not None and node.no is not None:
        ends = (
            (_draw(node.yes, left, depth + 1, shapes, notes, language), tr("yes")),
            (_draw(node.no, left + _leaves(node.yes), depth + 1, shapes, notes, language), tr("no")),
        )
        middle = (ends[0][0] + ends[1][0]) / 2.0
        for x, word in ends:
            shapes.append(_link(middle, -depth - 0.33, x, -depth - 0.67))
            notes.append(_note((middle + x) / 2.0, -depth - 0.5, word.in_(language), MUTED))
    half = min(_WIDE, 1.6 if node.question else _WIDE) / 2.0
    share = node.failures / node.members if node.members else 0.0
    shapes.append(
        {
            "type": "rect",
            "xref": "x",
            "yref": "y",
            "x0": middle - half,
            "x1": middle + half,
            "y0": -depth - 0.33,
            "y1": -depth + 0.33,
            "fillcolor": tint(FAILS, 0.06 + 0.5 * share),
            "line": {"color": INK if node.chosen else AXIS, "width": 2.6 if node.chosen else 1},
        }
    )
    notes.append(_note(middle, -depth, _label(node, share, language), INK))
    return middle


def _label(node: Group, share: float, language: Language) -> str:
    size = tr("{members:,} members", members=node.members).in_(language)
    failing = tr("{share:.0%} fail", share=share).in_(language)
    lines = [f"<b>{failing}</b> · {size}"]
    if node.question:
        lines += [plain(line) for line in wrapped(node.question, 14 if language == "zh" else 30)]
    return "<br>".join(lines)


def _leaves(node: Group) -> int:
    return 1 if node.yes is None or node.no is None else _leaves(node.yes) + _leaves(node.no)


def _depth(node: Group) -> int:
    return 0 if node.yes is None or node.no is None else 1 + max(_depth(node.yes), _depth(node.no))


def _link(x0: float, y0: float, x1: float, y1: float) -> Spec:
    ends: Spec = {"type": "line", "xref": "x", "yref": "y", "x0": x0, "y0": y0, "x1": x1, "y1": y1}
    return ends | BELOW | {"line": {"color": AXIS, "width": 1.2}}


def _note(x: float, y: float, text: str, colour: str) -> Spec:
    return note(x, y, text, colour) | {"bgcolor": "rgba(255,255,255,0.75)" if colour == MUTED else "rgba(0,0,0,0)"}
