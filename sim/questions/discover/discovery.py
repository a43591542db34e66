"""Where a plan fails: boxes in the space of factors, with what they cover, how sure, and in words."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Literal

import numpy as np

from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.model.arrays import Array, Flags
from sim.questions.discover.box import Box, Face, Shares, inside_any, shares
from sim.questions.discover.cases import Cases, cases
from sim.questions.discover.choice import Wish, best_box, covering, quasi_p, roundings
from sim.questions.discover.prim import peeled
from sim.questions.discover.question import Asked
from sim.questions.discover.sentences import sentences
from sim.questions.discover.stability import Stability, stability
from sim.questions.discover.tree import Node, fitted, joined, leaves, rounded
from sim.questions.sensitivity.missing import Treatment

Method = Literal["prim", "tree"]
METHODS: Final[tuple[Method, ...]] = ("prim", "tree")


@quickclass(frozen=True, slots=True)
class Found:
    """A box and what it holds of the members that no earlier one holds.

    coverage is a share of all failures; quasi_p: of each of its limits.
    """

    box: Box
    shares: Shares
    quasi_p: tuple[tuple[Face, float], ...]


@quickclass(frozen=True, slots=True)
class Step:
    """A box that might have been told: its coverage, density and mass [1], and how many factors it restricts."""

    coverage: float
    density: float
    mass: float
    restricted: int


@quickclass(frozen=True, slots=True)
class Discovery:
    """In which conditions cases fail.

    boxes: the strongest first, empty where nothing tells failures apart; together: all boxes as one; curve: coverage
    against density of all that might have been told; tree: of the tree method.
    """

    cases: Cases
    method: Method
    boxes: tuple[Found, ...]
    together: Shares
    curve: tuple[Step, ...]
    tree: Node | None
    stability: Stability
    sentences: tuple[Text, ...]


def discover(
    folder: Path,
    asked: Asked,
    method: Method = "prim",
    density: float | None = None,
    treatment: Treatment = "refuse",
    tell: Callable[[float], None] = lambda share: None,
) -> Discovery:
    """In which conditions the cases of a sweep fail.

    density: the least share of failing cases that a box should have [1]; None: the best balance with coverage; tell:
    told how much of the search on halves of the members, which takes nearly all of the time, is done [1]. Raises
    InvalidInput as `sim.questions.discover.cases.cases` does.
    """
    return discovered(cases(folder, asked, treatment), method, Wish(density), tell)


def discovered(
    of: Cases,
    method: Method = "prim",
    wish: Wish | None = None,
    tell: Callable[[float], None] = lambda share: None,
) -> Discovery:
    """The same, of cases that have been read."""
    wanted = wish or Wish()
    points, fails = of.points, of.fails
    steps = roundings(points)
    tree = None
    if method == "tree":
        tree = rounded(fitted(points, fails), points, fails, steps)
        boxes, curve = failing_leaves(tree, points, fails, wanted)
    else:
        boxes = covering(points, fails, wanted)
        curve = tuple(_step((box,), points, fails) for box in peeled(points, fails))

    def again(some: Array, failing: Flags) -> Sequence[Box]:
        if method == "tree":
            part = rounded(fitted(some, failing), some, failing, steps)
            return failing_leaves(part, some, failing, wanted)[0][:1]
        box = best_box(some, failing, wanted, steps)
        return (box,) if box.faces else ()

    settled = stability(points, fails, boxes[:1], again, of.block, tell)
    found = _found(boxes, points, fails)
    together = shares(inside_any(boxes, points), fails)
    told = sentences(of, [(one.box, one.shares) for one in found], settled)
    return Discovery(of, method, found, together, curve, tree, settled, told)


def failing_leaves(tree: Node, points: Array, fails: Flags, wish: Wish) -> tuple[tuple[Box, ...], tuple[Step, ...]]:
    """The leaves of a tree in which failures gather, those with the most failures first, and the curve of choices.

    Leaves are taken in by falling density; told are as many as serve best together.
    """
    ranked = sorted(leaves(tree, points.shape[1]), key=lambda leaf: (-leaf[1].density, -leaf[1].members))
    boxes = [box for box, _ in ranked]
    scores = [wish.score(shares(inside_any(boxes[: n + 1], points), fails)) for n in range(len(boxes))]
    curve = tuple(_step(boxes[: n + 1], points, fails) for n in range(len(boxes)))
    if len(boxes) == 1:
        return (), curve
    best = min(int(np.argmax(scores)) + 1, len(boxes) - 1)
    whole = joined(tree, points.shape[1], frozenset(boxes[:best]))
    told = sorted(whole, key=lambda box: -shares(box.inside(points), fails).failures)
    return tuple(told), curve


def _step(boxes: Sequence[Box], points: Array, fails: Flags) -> Step:
    own = shares(inside_any(boxes, points), fails)
    return Step(own.coverage, own.density, own.mass, len({column for box in boxes for column in box.columns}))


def _found(boxes: Sequence[Box], points: Array, fails: Flags) -> tuple[Found, ...]:
    left = np.ones(len(fails), dtype=np.bool_)
    found = []
    for box in boxes:
        within = box.inside(points) & left
        p = tuple((face, quasi_p(box, face, points[left], fails[left])) for face in box.faces)
        found.append(Found(box, shares(within, fails), p))
        left &= ~within
    return tuple(found)
