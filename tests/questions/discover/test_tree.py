"""The tree against another program's, and its leaves as boxes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.questions.discover.box import Face
from sim.questions.discover.choice import Wish
from sim.questions.discover.discovery import failing_leaves
from sim.questions.discover.tree import Node, _strengths, fitted, grown, joined, leaves, pruned, rounded, shares_of
from tests.questions.discover.synthetic import corner, noisy, spread


def test_it_grows_and_prunes_as_another_program_does() -> None:
    """scikit-learn 1.9.1: DecisionTreeClassifier(max_depth=4, min_samples_leaf=20), its cost_complexity_pruning_path.

    Its strengths are in Gini impurity a member, ours in squared error of all: half of it, times 1,000 members.
    """
    points = spread(1000, 4)
    fails = noisy(corner(points), 0.08)
    whole = grown(points, fails, 4, 20)
    assert len(leaves(whole, 4)) == 13
    path = [0.0, 0.148617, 0.262966, 0.267534, 0.450977, 0.498301, 0.802365, 59.694926, 82.602667]
    np.testing.assert_allclose(_strengths(whole), path, atol=1e-6)
    root = pruned(whole, 3.0)
    assert (root.column, root.limit, root.members) == (0, pytest.approx(0.399674, abs=1e-6), 1000)
    assert root.left is not None
    assert (root.left.column, root.left.limit, root.left.members) == (1, pytest.approx(0.293353, abs=1e-6), 400)
    found = [(node.members, round(node.density, 6)) for _, node in leaves(root, 4)]
    assert found == [(118, 0.067797), (282, 0.914894), (600, 0.078333)]


def test_cross_validation_keeps_what_is_there_and_no_more() -> None:
    points = spread(1000, 4)
    tree = fitted(points, noisy(corner(points), 0.08))
    assert len(leaves(tree, 4)) == 3
    random = np.random.default_rng(2)
    assert leaves(fitted(random.random((500, 4)), random.random(500) < 0.3), 4)[0][1].members == 500


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.0, 5.0))
def test_leaves_part_the_members_and_hold_their_shares(seed: int, strength: float) -> None:
    random = np.random.default_rng(seed)
    points = np.round(random.random((150, 3)), 1)
    fails = random.random(150) < points[:, 0]
    tree = pruned(grown(points, fails, 3, 10), strength)
    for one in (tree, rounded(tree, points, fails, (0.1, 0.0, 0.2))):
        ends = leaves(one, 3)
        held = np.stack([box.inside(points) for box, _ in ends])
        assert (held.sum(axis=0) == 1).all()
        for inside, (_, node) in zip(held, ends, strict=True):
            assert (int(inside.sum()), int(fails[inside].sum())) == (node.members, node.failures)
            np.testing.assert_allclose(shares_of(one, points[inside]), node.density)


def test_failing_leaves_that_part_one_branch_are_told_as_the_branch() -> None:
    branch = Node(40, 36, 1, 0.5, Node(20, 18), Node(20, 18))
    tree = Node(100, 40, 0, 0.4, branch, Node(60, 4))
    ends = [box for box, _ in leaves(tree, 2)]
    (whole,) = joined(tree, 2, frozenset(ends[:2]))
    assert whole.faces == (Face(0, "high"),)
    assert joined(tree, 2, frozenset(ends[1:2])) == (ends[1],)
    assert joined(tree, 2, frozenset()) == ()


def test_the_leaves_told_are_those_where_failures_gather() -> None:
    points = spread(1000, 4)
    fails = noisy(corner(points), 0.05)
    told, curve = failing_leaves(fitted(points, fails), points, fails, Wish())
    assert [box.faces for box in told] == [(Face(0, "high"), Face(1, "low"))]
    assert [step.coverage for step in curve] == sorted(step.coverage for step in curve)
    assert curve[-1].coverage == 1.0
    assert [step.density for step in curve] == sorted((step.density for step in curve), reverse=True)
