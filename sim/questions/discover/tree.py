"""A classification tree: the members parted in two again and again, so that failures gather in some of the leaves.

Breiman, Friedman, Olshen & Stone 1984, Classification and Regression Trees: Gini impurity, weakest-link pruning, and
the smallest tree within one standard error of the best in cross-validation. Leaves are held against members left out by
the squared error of their shares and not by a majority vote, which has nothing to say where most members do not fail.
"""

from collections.abc import Iterator
from itertools import pairwise
from math import ceil, inf
from typing import Final

import numpy as np

from sim.common.quickclass import quickclass
from sim.model.arrays import Array, Flags
from sim.questions.discover.box import Box, Face, between, everything
from sim.questions.discover.choice import rounded_to
from sim.questions.discover.prim import FEWEST

DEPTH: Final = 3
_LEAF: Final = 0.02
"""Share of the members that a leaf holds at least."""
_FOLDS: Final = 10
_SEED: Final = 2020


@quickclass(frozen=True, slots=True)
class Node:
    """A group of members: how many, how many of them fail, and how it is parted, unless it is a leaf.

    left: those at or below `limit` of the factor `column`; right: those above it.
    """

    members: int
    failures: int
    column: int = 0
    limit: float = 0.0
    left: "Node | None" = None
    right: "Node | None" = None

    @property
    def density(self) -> float:
        """Share of its members that fail [1]."""
        return self.failures / self.members if self.members else 0.0

    @property
    def impurity(self) -> float:
        """Members times Gini impurity / 2: the squared error of saying its share of each member."""
        return self.members * self.density * (1.0 - self.density)


def fitted(points: Array, fails: Flags) -> Node:
    """The pruned tree of these members. points: factor values [member, factor]; fails: [member]."""
    least = max(FEWEST, ceil(_LEAF * len(fails)))
    whole = grown(points, fails, DEPTH, least)
    strengths = _strengths(whole)
    if len(strengths) < 2:
        return whole
    middles = [*(float(np.sqrt(a * b)) for a, b in pairwise(strengths)), inf]
    errors = _errors(points, fails, least, middles)
    mean, error = errors.mean(axis=0), errors.std(axis=0, ddof=1) / np.sqrt(len(errors))
    best = int(np.argmin(mean))
    simplest = int(np.flatnonzero(mean <= mean[best] + error[best])[-1])
    return pruned(whole, middles[simplest])


def grown(points: Array, fails: Flags, depth: int, least: int) -> Node:
    """The tree before pruning, at most so deep, no leaf with fewer members than `least`."""
    node = Node(len(fails), int(fails.sum()))
    cut = _split(points, fails, least) if depth and 0 < node.failures < node.members else None
    if cut is None:
        return node
    column, limit = cut
    below = points[:, column] <= limit
    left, right = (grown(points[side], fails[side], depth - 1, least) for side in (below, ~below))
    return Node(node.members, node.failures, column, limit, left, right)


def _split(points: Array, fails: Flags, least: int) -> tuple[int, float] | None:
    """The factor and the limit that lower the impurity most."""
    n = len(fails)
    if n < 2 * least:
        return None
    order = np.argsort(points, axis=0, kind="stable")
    ordered = np.take_along_axis(points, order, axis=0)
    failing = np.cumsum(fails[order], axis=0, dtype=np.float64)
    size = np.arange(1.0, n)[:, np.newaxis]
    below, above = failing[:-1], failing[-1] - failing[:-1]
    impurity = below * (1.0 - below / size) + above * (1.0 - above / (n - size))
    allowed = (ordered[1:] > ordered[:-1]) & (size >= least) & (n - size >= least)
    impurity = np.where(allowed, impurity, inf)
    row, column = np.unravel_index(int(np.argmin(impurity)), impurity.shape)
    now = float(fails.sum()) * (1.0 - float(fails.mean()))
    if impurity[row, column] >= now - 1e-9:
        return None
    return int(column), between(float(ordered[row, column]), float(ordered[row + 1, column]))


def pruned(node: Node, strength: float) -> Node:
    """The tree without branches that lower the impurity by less than `strength` for each further leaf.

    This is the smallest tree with the least impurity plus `strength` a leaf (Breiman et al., §3.3).
    """
    if node.left is None or node.right is None:
        return node
    left, right = pruned(node.left, strength), pruned(node.right, strength)
    kept = Node(node.members, node.failures, node.column, node.limit, left, right)
    leaves = sum(1 for _ in _ends(kept))
    gain = node.impurity - sum(leaf.impurity for leaf in _ends(kept))
    return kept if gain > strength * (leaves - 1) else Node(node.members, node.failures)


def _strengths(node: Node) -> list[float]:
    """From which strengths on the pruned tree is a smaller one, the first 0."""
    found = [0.0]
    while node.left is not None:
        weakest = min(_links(node))
        found.append(max(weakest, found[-1]))
        node = pruned(node, weakest * (1.0 + 1e-12) + 1e-12)
    return found


def _links(node: Node) -> Iterator[float]:
    if node.left is None or node.right is None:
        return
    leaves = list(_ends(node))
    yield (node.impurity - sum(leaf.impurity for leaf in leaves)) / (len(leaves) - 1)
    yield from _links(node.left)
    yield from _links(node.right)


def _ends(node: Node) -> Iterator[Node]:
    if node.left is None or node.right is None:
        yield node
    else:
        yield from _ends(node.left)
        yield from _ends(node.right)


def _errors(points: Array, fails: Flags, least: int, strengths: list[float]) -> Array:
    """Mean squared error on each tenth of the members, of the tree grown on the others [fold, strength]."""
    folds = np.random.default_rng(_SEED).permutation(len(fails)) % _FOLDS
    rows = []
    for fold in range(_FOLDS):
        out = folds == fold
        tree = grown(points[~out], fails[~out], DEPTH, max(int(least * (1.0 - 1.0 / _FOLDS)), 1))
        trees = [pruned(tree, strength * (1.0 - 1.0 / _FOLDS)) for strength in strengths]
        rows.append([float(np.mean((shares_of(one, points[out]) - fails[out]) ** 2)) for one in trees])
    return np.array(rows)


def shares_of(node: Node, points: Array) -> Array:
    """The share of failures in the leaf of each member [member]. points: factor values [member, factor]."""
    if node.left is None or node.right is None:
        return np.full(len(points), node.density)
    below: Flags = points[:, node.column] <= node.limit
    said = np.empty(len(points))
    said[below], said[~below] = shares_of(node.left, points[below]), shares_of(node.right, points[~below])
    return said


def leaves(node: Node, factors: int) -> list[tuple[Box, Node]]:
    """The leaves as boxes, of which no two share a member, from left to right."""
    return list(_leaves(node, everything(factors)))


def _leaves(node: Node, box: Box) -> Iterator[tuple[Box, Node]]:
    if node.left is None or node.right is None:
        yield box, node
        return
    yield from _leaves(node.left, box.moved(Face(node.column, "high"), node.limit))
    yield from _leaves(node.right, box.moved(Face(node.column, "low"), node.limit))


def joined(node: Node, factors: int, chosen: frozenset[Box]) -> tuple[Box, ...]:
    """The chosen leaves as few boxes: two that part one branch between them are told as the branch."""
    return _joined(node, everything(factors), chosen)


def _joined(node: Node, box: Box, chosen: frozenset[Box]) -> tuple[Box, ...]:
    if node.left is None or node.right is None:
        return (box,) if box in chosen else ()
    left, right = box.moved(Face(node.column, "high"), node.limit), box.moved(Face(node.column, "low"), node.limit)
    below, above = _joined(node.left, left, chosen), _joined(node.right, right, chosen)
    return (box,) if below == (left,) and above == (right,) else (*below, *above)


def rounded(node: Node, points: Array, fails: Flags, steps: tuple[float, ...]) -> Node:
    """The tree with limits to so many digits (`sim.questions.discover.choice.roundings`), and members counted anew."""
    counted = Node(len(fails), int(fails.sum()))
    if node.left is None or node.right is None:
        return counted
    step = steps[node.column]
    limit = rounded_to(node.limit, step)
    below = points[:, node.column] <= limit
    left = rounded(node.left, points[below], fails[below], steps)
    right = rounded(node.right, points[~below], fails[~below], steps)
    if not left.members or not right.members:
        return counted
    return Node(counted.members, counted.failures, node.column, limit, left, right)
