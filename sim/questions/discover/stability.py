"""Were there members enough? The same search on random halves of the members, held against the other halves."""

from collections.abc import Callable, Sequence
from typing import Final, Literal

import numpy as np

from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.model.arrays import Array, Flags
from sim.questions.discover.box import Box, Face, faces_of, inside_any, shares
from sim.questions.texts import tr

Finder = Callable[[Array, Flags], Sequence[Box]]
Status = Literal["settled", "nearly", "not settled", "unknown"]

HALVES: Final = 50
SETTLED: Final = 0.9
NEARLY: Final = 0.7
"""Shares of the halves in which every limit comes back."""
OTHERS: Final = 0.5
"""Share of the halves in which a limit that was not told may appear."""
_MOST: Final = 5_000
_SEED: Final = 2020


@quickclass(frozen=True, slots=True)
class Recurrence:
    """How often a limit came back in the halves [1], and between which values it lay in 80% of these."""

    face: Face
    share: float
    low: float
    high: float


@quickclass(frozen=True, slots=True)
class Stability:
    """Whether what was found would be found again.

    limits: those that were told, and others that appeared; coverage, density: median on the members that were left
    out [1]; halves: how many there were.
    """

    status: Status
    limits: tuple[Recurrence, ...]
    coverage: float
    density: float
    halves: int
    words: Text

    def of(self, face: Face) -> Recurrence | None:
        """What came of one limit."""
        return next((limit for limit in self.limits if limit.face == face), None)


def stability(
    points: Array,
    fails: Flags,
    told: Sequence[Box],
    find: Finder,
    block: int = 1,
    tell: Callable[[float], None] = lambda share: None,
) -> Stability:
    """The verdict on boxes that `find` found among all members.

    Stability selection (Meinshausen & Bühlmann 2010, doi:10.1111/j.1467-9868.2010.00740.x): a half drawn without
    replacement differs from the whole as the whole would from another sample of its size. Of very many members, halves
    are cut to 5,000. block: members of the design that stand and fall together. points: factor values
    [member, factor]; fails: [member]; tell: told the share of the halves that are searched.
    """
    random = np.random.default_rng(_SEED)
    limits: dict[Face, list[float]] = {face: [] for face in faces_of(told)}
    outside: list[tuple[float, float]] = []
    for done in range(HALVES if limits else 0):
        tell(done / HALVES)
        half = _half(random, len(fails), block)
        if not fails[half].any() or fails[half].all():
            continue
        found = find(points[half], fails[half])
        for face in faces_of(found):
            limits.setdefault(face, []).append(next(box.limit(face) for box in found if face in box.faces))
        if found and fails[~half].any():
            own = shares(inside_any(found, points[~half]), fails[~half])
            outside.append((own.coverage, own.density))
    if not outside:
        return Stability("unknown", (), float("nan"), float("nan"), 0, _UNKNOWN)
    recurring = tuple(_recurrence(face, values) for face, values in limits.items())
    coverage, density = (float(middle) for middle in np.median(np.array(outside), axis=0))
    return _judged(recurring, len(faces_of(told)), coverage, density)


def _half(random: np.random.Generator, members: int, block: int) -> Flags:
    whole = members // block if members % block == 0 else members
    chosen = np.zeros(whole, dtype=np.bool_)
    most = max(_MOST * whole // members, 1)
    chosen[random.permutation(whole)[: min((whole + 1) // 2, most)]] = True
    return np.repeat(chosen, members // whole)


def _recurrence(face: Face, values: Sequence[float]) -> Recurrence:
    low, high = np.quantile(values, (0.1, 0.9)) if values else (np.nan, np.nan)
    return Recurrence(face, len(values) / HALVES, float(low), float(high))


def _judged(limits: tuple[Recurrence, ...], told: int, coverage: float, density: float) -> Stability:
    weakest = min(limit.share for limit in limits[:told])
    other = max((limit.share for limit in limits[told:]), default=0.0)
    status: Status = "not settled"
    if weakest >= SETTLED and other <= OTHERS:
        status = "settled"
    elif weakest >= NEARLY:
        status = "nearly"
    words = _WORDS[status]
    often = tr("all") if weakest == 1.0 else tr("at least {weakest:.0%}", weakest=weakest)
    said = tr(
        "{words} (of {halves} random halves of the members, every condition came back in {often}; on the halves left "
        "out it covers {coverage:.0%} of the failures, and {density:.0%} of such cases fail)",
        words=words,
        halves=HALVES,
        often=often,
        coverage=coverage,
        density=density,
    )
    return Stability(status, limits, coverage, density, HALVES, said)


_WORDS: Final = {
    "settled": tr("there were members enough: the conditions have settled"),
    "nearly": tr("nearly settled: trust the factors, not the digits of the limits"),
    "not settled": tr("not settled: double the design's size before relying on them"),
}
_UNKNOWN: Final = tr("no verdict on convergence")
