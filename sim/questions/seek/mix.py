"""Several levers together: the mix of least effort that makes every goal likely enough."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from sim.common.quickclass import quickclass
from sim.model.arrays import Array
from sim.model.draws.sobol import points
from sim.questions.seek.lever import Lever
from sim.questions.seek.line import Margin, edge
from sim.questions.seek.one import Alone, effort, rounded
from sim.questions.seek.response import SURE, Point, Response
from sim.questions.seek.surface import least, surface

_FIRST: Final = 8
"""Settings that are tried first for each lever."""
_ROUNDS: Final = 6
_LEAST_GAIN: Final = 1e-3
"""A round that gains no more than this, in ranges of a lever or in spreads of the outcome, is idle."""
_PATIENCE: Final = 2
"""Idle rounds after which the search ends."""
_NEAR: Final = 0.25
"""How near to the present some of the first settings lie, as a share of the way: there the least effort is."""
_BEYOND: Final = 1e3
"""What a setting that is not enough costs at least: more than any that is."""
_SIMPLER: Final = 1.005
"""What a mix may cost more for the sake of leaving a lever alone."""
_FLOOR: Final = -50.0
"""The margin of settings that are not allowed, in spreads."""
_APART: Final = 0.004
"""Settings nearer to each other than this, in ranges, say the same to the surface."""


@quickclass(frozen=True, slots=True)
class Mix:
    """The least-effort mix, None where none is enough; the best setting there is.

    around: how much of the mix's change, as shares of it, would be the answer in 95 of 100 sets of draws (None: beyond
    the range).
    """

    found: Point | None
    best: Point
    around: tuple[float | None, float | None]


def mix(
    response: Response,
    levers: tuple[Lever, ...],
    singles: tuple[Alone, ...],
    seed: int,
    tell: Callable[[float], None] = lambda share: None,
) -> Mix:
    """The mix of the levers of least effort. singles: what each does alone; the mix is never worse than one of them.

    tell: told the share of the rounds that are made at most.

    The margin is smooth in the levers: a radial basis function through all settings that were tried stands for it, the
    least effort is looked for on it, and the model is asked there; until that gains nothing.
    """
    search = _Search(response, levers, seed)
    search.try_all(_first(levers, seed))
    for column, single in enumerate(singles):
        search.try_all(search.beside_present(column, single.curve.at))
        if single.found is not None:
            search.keep(np.array(single.found.at))
    idle = 0
    for made in range(_ROUNDS):
        before = search.cost
        search.round()
        tell((made + 1) / _ROUNDS)
        idle = idle + 1 if before - search.cost <= _LEAST_GAIN else 0
        if idle == _PATIENCE:
            break
    search.simplify()
    return search.answer()


class _Search:
    """What is known so far. Settings are in the levers' units; positions in their ranges (0…1) are for the search."""

    def __init__(self, response: Response, levers: tuple[Lever, ...], seed: int) -> None:
        self._response, self._levers, self._seed = response, levers, seed
        self._low = np.array([lever.low for lever in levers])
        self._width = np.array([lever.width for lever in levers])
        self._present = np.array([lever.present for lever in levers])
        self._weights = np.array([lever.weight for lever in levers])
        self._tried: dict[bytes, tuple[Array, Array]] = {}
        self.found: Array | None = None
        self.least = np.inf

    def try_all(self, at: Array) -> Array:
        """The least margins of settings, which are remembered."""
        margins = np.maximum(self._response.margins(at), _FLOOR).T
        self._tried |= {row.tobytes(): (row, of_goals) for row, of_goals in zip(at, margins, strict=True)}
        least: Array = margins.min(axis=1)
        for row in at[least >= 0.0]:
            self.keep(row)
        return least

    def beside_present(self, column: int, values: Sequence[float]) -> Array:
        """Settings of which one lever has these values and the others are as they are at present."""
        at = np.repeat(self._present[np.newaxis], len(values), axis=0)
        at[:, column] = values
        return at

    @property
    def cost(self) -> float:
        """The least effort of what is enough; more than any of that, the less the margin, where nothing is."""
        if self.found is not None:
            return self.least
        return float(_BEYOND * self._weights.sum() - max(margins.min() for _, margins in self._tried.values()))

    def keep(self, at: Array) -> None:
        """Take note of a setting that is enough, if it costs less than what was known."""
        cost = effort(self._levers, at)
        if cost < self.least:
            self.found, self.least = at, cost

    def round(self) -> None:
        """Ask the model where the effort seems least, and bring that setting to where it is just enough."""
        there = self._least_on_surface()
        if not self._to_edge(there) and self.found is not None:
            self._along(there, self.found - there, 0.0, 1.0)

    def simplify(self) -> None:
        """Leave levers alone that are hardly needed, the least changed first."""
        if self.found is None:
            return
        shares = np.abs(self.found - self._present) / self._width * self._weights
        for column in np.argsort(shares, kind="stable"):
            without = self.found.copy()
            without[column] = self._present[column]
            before, self.least = self.least, self.least * _SIMPLER
            self._to_edge(without)
            self.least = min(before, self.least) if self.found[column] != self._present[column] else self.least

    def _to_edge(self, there: Array) -> bool:
        """Go from the present through a setting, or on, to where it is enough; whether it is anywhere."""
        change = there - self._present
        reach = self._reach(change)
        if not reach:
            return False
        shares = np.unique([min(1.0, reach), 0.5 * (min(1.0, reach) + reach), reach])
        before = 0.0
        for share in shares:
            if self.try_all(self._snapped(self._present + share * change)[np.newaxis])[0] >= 0.0:
                self._along(self._present, change, before, float(share))
                return True
            before = float(share)
        return False

    def _along(self, begin: Array, change: Array, outside: float, inside: float) -> None:
        """Go from a setting in the direction of a change, from where it is not enough to the edge of where it is."""
        share = edge(lambda at: self.try_all(self._snapped(begin + np.outer(at, change))), outside, inside)
        self.keep(self._snapped(begin + share * change))

    def _reach(self, change: Array) -> float:
        """How many times a change can be made within the ranges."""
        room = np.where(change > 0.0, self._low + self._width - self._present, self._present - self._low)
        moved = change != 0.0
        return float(min(2.0, (room[moved] / np.abs(change[moved])).min())) if moved.any() else 0.0

    def _least_on_surface(self) -> Array:
        """Where a surface through all margins that are known has the least effort, or the largest margin."""
        through = surface(*self._known())

        def cost(positions: Array) -> Array:
            at = self._snapped(self._low + positions * self._width)
            margin = through((at - self._low) / self._width).min(axis=1)
            spent = (np.abs(at - self._present) / self._width) @ self._weights
            fallen: Array = np.where(margin >= 0.0, spent, _BEYOND * self._weights.sum() - margin)
            return fallen

        now = (self._present - self._low) / self._width
        known = now if self.found is None else (self.found - self._low) / self._width
        best = least(cost, now, known, np.random.default_rng(self._seed))
        return self._snapped(self._low + best * self._width)

    def _known(self) -> tuple[Array, Array]:
        """Positions and margins of what was tried, without those that lie too near to a later one."""
        positions: list[Array] = []
        margins: list[Array] = []
        for at, of_goals in reversed(self._tried.values()):
            here = (at - self._low) / self._width
            if not positions or np.abs(np.stack(positions) - here).max(axis=1).min() >= _APART:
                positions.append(here)
                margins.append(of_goals)
        return np.stack(positions), np.stack(margins)

    def _snapped(self, at: Array) -> Array:
        """Settings within the ranges, with whole years."""
        inside = np.clip(at, self._low, self._low + self._width)
        whole = np.array([lever.is_integer for lever in self._levers])
        return np.where(whole, np.round(inside), inside)

    def answer(self) -> Mix:
        """What was found, in round numbers."""
        if self.found is None:
            return Mix(None, self._best(), (None, None))
        at = self._round_numbers(self.found)
        point = self._response.point([float(value) for value in at], effort(self._levers, at))
        return Mix(point, point, self._around(at))

    def _best(self) -> Point:
        """Where the hardest goal is likeliest for what is asked, of what was tried; of equals, the largest margin."""
        settings = np.stack([at for at, _ in self._tried.values()])
        likely = np.nan_to_num(self._response.hardest(settings)[0], nan=-1.0)
        margins = [float(of_goals.min()) for _, of_goals in self._tried.values()]
        at = settings[max(range(len(settings)), key=lambda index: (likely[index], margins[index]))]
        return self._response.point([float(value) for value in at], effort(self._levers, at))

    def _round_numbers(self, found: Array) -> Array:
        """The levers one after another in round numbers, as long as that is enough."""
        at = found.copy()
        for column, lever in enumerate(self._levers):
            if not lever.is_integer:
                at[column] = rounded(self._others_fixed(at, column), lever, float(at[column]))
        return at

    def _others_fixed(self, at: Array, column: int) -> Margin:
        def margin(values: Array) -> Array:
            rows = np.repeat(at[np.newaxis], len(values), axis=0)
            rows[:, column] = values
            return self.try_all(rows)

        return margin

    def _around(self, at: Array) -> tuple[float | None, float | None]:
        change = at - self._present
        reach = self._reach(change)
        if not reach:
            return None, None
        low, high = (self._share(change, np.linspace(0.0, reach, 9), errors) for errors in (-SURE, SURE))
        return low, high

    def _share(self, change: Array, shares: Array, errors: float) -> float | None:
        """How much of a change is enough for another probability, so many standard errors above that asked for."""
        if not self._response.can_ask(errors):
            return None

        def margin(at: Array) -> Array:
            return self._response.least(self._snapped(self._present + np.outer(at, change)), errors)

        enough = np.flatnonzero(margin(shares) >= 0.0)
        if not len(enough):
            return None
        first = int(enough[0])
        return edge(margin, float(shares[first - 1]), float(shares[first])) if first else float(shares[0])


def _filling(seed: int, n: int, size: int) -> Array:
    """Points in (0, 1) that fill the space of so many levers [point, lever]."""
    return points(seed, tuple((f"seek/{column}", column + 1) for column in range(n)), range(size))


def _first(levers: tuple[Lever, ...], seed: int) -> Array:
    """The settings that are tried first: all corners of a few levers, and points that fill the space between."""
    n = len(levers)
    size = 1 << (_FIRST * n - 1).bit_length()
    positions = _filling(seed, n, min(size, 128))
    corners = (
        np.stack(np.meshgrid(*[[0.0, 1.0]] * n, indexing="ij"), axis=-1).reshape(-1, n) if n <= 4 else np.ones((1, n))
    )
    low = np.array([lever.low for lever in levers])
    width = np.array([lever.width for lever in levers])
    whole = np.array([lever.is_integer for lever in levers])
    spread = low + np.concatenate([corners, positions]) * width
    present = np.array([lever.present for lever in levers])
    at = np.concatenate([spread, present + _NEAR * (spread[-len(positions) // 2 :] - present)])
    return np.unique(np.where(whole, np.round(at), at), axis=0)
