"""Were there members enough? Intervals against the indices, and half of the members against all."""

from typing import Final, Literal

import numpy as np

from sim.common.language import Text, joined
from sim.common.quickclass import quickclass
from sim.model.arrays import Array
from sim.questions.sensitivity.index import Index, NoIndicesError
from sim.questions.sensitivity.indices import indices
from sim.questions.sensitivity.missing import unit
from sim.questions.texts import tr

Status = Literal["exact", "settled", "nearly", "not settled", "unknown"]

SETTLED: Final = 0.1
NEARLY: Final = 0.25
"""Errors of the ranking index against the largest one."""
_FEWEST: Final = {"saltelli": 16, "morris": 4}
"""Blocks or trajectories below which an interval says nothing: those few may agree by chance."""
_FEWEST_MEMBERS: Final = 64


@quickclass(frozen=True, slots=True)
class Convergence:
    """Whether the indices can be relied on.

    widest: widest half-interval against the largest index; shift: largest change of an index from half of the
    members to all, against the largest; same_order: whether the factors that stand out keep their order.
    """

    status: Status
    widest: float | None
    shift: float | None
    same_order: bool | None
    words: Text


def convergence(method: str, points: Array, outcome: Array, leading: Index, kind: str) -> Convergence:
    """The verdict on the indices that factors are ranked by."""
    if method in ("anova", "swing"):
        return Convergence("exact", None, None, None, _WORDS["exact"])
    size = unit(kind, points.shape[1])
    if size is not None and len(outcome) < size * _FEWEST.get(kind, _FEWEST_MEMBERS):
        return Convergence(
            "not settled", None, None, None, tr("too few members to say whether the indices have settled")
        )
    largest = float(np.abs(leading.values).max())
    if largest <= 0.0:
        return Convergence("unknown", None, None, None, _WORDS["unknown"])
    if bool((leading.values <= leading.floor).all()):
        return Convergence("not settled", None, None, None, _WORDS["not settled"])
    widest = float(np.nanmax(leading.half)) / largest if np.isfinite(leading.half).any() else None
    half = _half(method, points, outcome, leading.name, size)
    shift = None if half is None else float(np.abs(half - leading.values).max()) / largest
    same = None if half is None else _same_order(half, leading.values, largest)
    status = _status(widest, shift, same)
    return Convergence(status, widest, shift, same, _said(status, widest, shift))


def _half(method: str, points: Array, outcome: Array, name: str, size: int | None) -> Array | None:
    """The index from the first half of the members; None where a design has no half."""
    if size is None:
        return None
    n = len(outcome) // size // 2 * size
    try:
        found = indices(method, points[:n], outcome[:n])
    except NoIndicesError:
        return None
    return next(index.values for index in found if index.name == name)


def _same_order(half: Array, whole: Array, largest: float) -> bool:
    """Whether factors further apart than the errors allowed keep their order."""
    order = np.argsort(-whole)
    pairs = [(a, b) for i, a in enumerate(order) for b in order[i + 1 :] if whole[a] - whole[b] > SETTLED * largest]
    return all(half[a] > half[b] for a, b in pairs)


def _status(widest: float | None, shift: float | None, same: bool | None) -> Status:
    errors = [error for error in (widest, shift) if error is not None]
    if not errors:
        return "unknown"
    worst = max(errors)
    if worst <= SETTLED and same is not False:
        return "settled"
    return "nearly" if worst <= NEARLY and same is not False else "not settled"


_WORDS: Final[dict[Status, Text]] = {
    "exact": tr("exact over the levels that were run: no sampling error"),
    "settled": tr("there were members enough: the indices have settled"),
    "nearly": tr("nearly settled: trust the order, not the digits"),
    "not settled": tr("not settled: double the design's size before relying on them"),
    "unknown": tr("no verdict on convergence: compare with another seed"),
}


def _said(status: Status, widest: float | None, shift: float | None) -> Text:
    said = []
    if widest is not None:
        said.append(tr("the widest 95% interval is ±{widest:.0%} of the largest index", widest=widest))
    if shift is not None:
        said.append(tr("half of the members change it by at most {shift:.0%}", shift=shift))
    words = _WORDS[status]
    return tr("{words} ({part})", words=words, part=joined(said, ";", "; ")) if said else words
