"""Would the same be found again? Enough members, too few, and designs whose members stand together."""

import numpy as np

from sim.questions.discover.box import Face
from sim.questions.discover.choice import Wish, best_box, covering
from sim.questions.discover.discovery import discovered
from sim.questions.discover.stability import HALVES, _half, stability
from tests.questions.discover.synthetic import corner, made, noisy, spread


def test_a_clear_box_settles_and_is_as_good_on_the_halves_left_out() -> None:
    points = spread(1500, 4)
    found = discovered(made(points, noisy(corner(points), 0.05)))
    settled = found.stability
    assert settled.status == "settled"
    assert settled.halves == HALVES
    for face in (Face(0, "high"), Face(1, "low")):
        limit = settled.of(face)
        assert limit is not None
        assert limit.share == 1.0
        assert limit.low <= found.boxes[0].box.limit(face) + 0.02
        assert limit.high - limit.low < 0.06
    assert abs(settled.density - found.boxes[0].shares.density) < 0.05
    assert "settled" in settled.words.en
    assert "全部样本中" in settled.words.zh


def test_few_members_with_a_faint_effect_do_not_settle() -> None:
    random = np.random.default_rng(4)
    points = random.random((80, 4))
    fails = random.random(80) < 0.1 + 0.6 * (points[:, 0] < 0.5)

    def find(some: np.ndarray, failing: np.ndarray) -> list:  # type: ignore[type-arg]
        return [best_box(some, failing, Wish(), (0.0,) * 4)]

    verdict = stability(points, fails, find(points, fails), find)
    assert verdict.status == "not settled"
    assert "double" in verdict.words.en


def test_figures_of_a_box_that_fits_its_own_members_too_well_fall_on_others() -> None:
    """Out of sample, the density is that of the truth and not that of the search."""
    random = np.random.default_rng(8)
    points = random.random((200, 6))
    fails = random.random(200) < np.where(points[:, 0] < 0.5, 0.7, 0.2)
    found = discovered(made(points[:, :4], fails))
    assert found.boxes
    assert found.stability.density < found.boxes[0].shares.density


def test_nothing_told_gives_no_verdict() -> None:
    random = np.random.default_rng(2)
    points, fails = random.random((300, 3)), random.random(300) < 0.4
    if not covering(points, fails, Wish()):
        assert discovered(made(points, fails)).stability.status == "unknown"
    assert stability(points, fails, (), lambda *_: ()).status == "unknown"


def test_members_of_a_block_stay_together() -> None:
    half = _half(np.random.default_rng(1), 40, 4).reshape(10, 4)
    assert (half.all(axis=1) | ~half.any(axis=1)).all()
    assert half.any(axis=1).sum() == 5
    assert _half(np.random.default_rng(1), 41, 4).sum() == 21
    assert _half(np.random.default_rng(1), 40_000, 1).sum() == 5000
