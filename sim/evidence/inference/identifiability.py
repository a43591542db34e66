"""What data tell of parameters: how much of the prior's spread is gone, and which parameters they cannot tell apart.

Everything is in units of the prior: in coordinates where the prior is standard normal, the eigenvalues λ of the data's
information say how much is known of each direction; the variance left is 1/(1 + λ) of the prior's. Σ λ/(1 + λ) is the
number of parameters that the data determine (MacKay 1992, doi:10.1162/neco.1992.4.3.415).
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from sim.common.language import Text, in_each
from sim.common.quickclass import quickclass
from sim.evidence.texts import tr
from sim.model.arrays import Array

TOGETHER: Final = 0.4
"""Correlation from which two parameters are said to trade off [1]."""

NEW: Final = 0.2
"""How far that correlation must be from the prior's own [1]."""

PART: Final = 0.35
"""Share of a direction from which a parameter is named in it [1]."""

SAME: Final = 0.9
"""Prior correlation above which two parameters count as one [1]."""

MOST_PARTS: Final = 4
SILENT: Final = 0.1
"""Contraction under which the data hardly speak of a parameter [1]."""


@quickclass(frozen=True, slots=True)
class Pair:
    """Two parameters, by position, whose posteriors are tied: correlation then, and before [1]."""

    first: int
    second: int
    after: float
    before: float


@quickclass(frozen=True, slots=True)
class Direction:
    """A combination of parameters. left: share of its prior variance that is left [1]; parts: (position, weight)."""

    left: float
    parts: tuple[tuple[int, float], ...]


@quickclass(frozen=True, slots=True)
class Identifiability:
    """What data tell of parameters.

    names; contraction: share of each one's prior variance that is gone [theta]; pairs: the most tied first;
    known, unknown: directions of which over half the prior variance is gone, or is left; determined: number of
    parameters that the data determine.
    """

    names: tuple[Text, ...]
    contraction: Array
    pairs: tuple[Pair, ...]
    known: tuple[Direction, ...]
    unknown: tuple[Direction, ...]
    determined: float

    @property
    def silent(self) -> tuple[int, ...]:
        """Parameters of which the data say next to nothing."""
        return tuple(int(i) for i in np.flatnonzero(self.contraction < SILENT))


def identifiability(names: Sequence[Text], before: Array, after: Array) -> Identifiability:
    """What data told of parameters, from prior and posterior covariance [theta, theta]."""
    root = np.linalg.cholesky(before)
    inside = np.linalg.solve(root, np.linalg.solve(root, after).T)
    left, vectors = np.linalg.eigh(0.5 * (inside + inside.T))
    directions = [_direction(share, vector) for share, vector in zip(left, vectors.T, strict=True)]
    contraction = 1.0 - np.diag(after) / np.diag(before)
    return Identifiability(
        tuple(names),
        contraction,
        _pairs(before, after),
        tuple(one for one in directions if one.left < 0.5),
        tuple(one for one in reversed(directions) if one.left >= 0.5),
        float((1.0 - left).sum()),
    )


def _direction(left: float, vector: Array) -> Direction:
    order = np.argsort(-np.abs(vector))[:MOST_PARTS]
    chosen = [int(i) for i in order if abs(vector[i]) >= PART] or [int(order[0])]
    sign = np.sign(vector[chosen[0]])
    return Direction(float(left), tuple((i, float(sign * vector[i])) for i in chosen))


def _pairs(before: Array, after: Array) -> tuple[Pair, ...]:
    then, now = _correlation(before), _correlation(after)
    rows, columns = np.triu_indices(len(now), 1)
    found = [
        Pair(int(i), int(j), float(now[i, j]), float(then[i, j]))
        for i, j in zip(rows, columns, strict=True)
        if abs(now[i, j]) >= TOGETHER and abs(now[i, j] - then[i, j]) >= NEW
    ]
    kept: list[Pair] = []
    for pair in sorted(found, key=lambda pair: -abs(pair.after - pair.before)):
        if not any(_alike(pair, other, then) for other in kept):
            kept.append(pair)
    return tuple(kept)


def _alike(pair: Pair, other: Pair, then: Array) -> bool:
    """Whether two pairs say the same, since beforehand their parameters are all but one."""
    straight = then[pair.first, other.first] > SAME and then[pair.second, other.second] > SAME
    crossed = then[pair.first, other.second] > SAME and then[pair.second, other.first] > SAME
    return bool(straight or crossed)


def _correlation(covariance: Array) -> Array:
    deviations = np.sqrt(np.diag(covariance))
    return np.asarray(covariance / np.outer(deviations, deviations), dtype=np.float64)


def sentences(of: Identifiability, most: int = 5) -> tuple[Text, ...]:
    """What is known and what is not, in words, the most important first."""
    total = len(of.names)
    said = [
        tr("the data determine about {determined:.1f} of {total} parameters", determined=of.determined, total=total)
    ]
    told = [i for i in np.argsort(-of.contraction) if of.contraction[i] >= 0.5][:most]
    if told:
        said.append(
            tr(
                "best known: {of} (share of the prior variance gone)",
                of=in_each(lambda language: _shares(of, told, language)),
            )
        )
    said += [pair_words(of, pair) for pair in of.pairs[:most]]
    if of.silent:
        zh = "、".join(of.names[i].zh for i in of.silent)
        en = ", ".join(of.names[i].en for i in of.silent)
        said.append(tr("the data hardly speak of: {part}", part=Text(zh, en)))
    return tuple(said)


def _shares(of: Identifiability, rows: Sequence[int], language: str) -> str:
    parts = [(of.names[i].zh if language == "zh" else of.names[i].en, f"{of.contraction[i]:.0%}") for i in rows]
    return ("、" if language == "zh" else ", ").join(f"{name} {share}" for name, share in parts)


def pair_words(of: Identifiability, pair: Pair) -> Text:
    """That two parameters cannot be told apart, and what of them is known."""
    one, two = of.names[pair.first], of.names[pair.second]
    size = f"{pair.after:+.2f}".replace("-", "−")
    if pair.after > 0.0:
        return tr(
            "{one} and {two} may rise and fall together: only their difference is known (correlation {size})",
            one=one,
            two=two,
            size=size,
        )
    return tr(
        "{one} and {two} may make up for each other: only their sum is known (correlation {size})",
        one=one,
        two=two,
        size=size,
    )


def record(of: Identifiability) -> dict[str, object]:
    """The same as plain data, for files."""
    return {
        "determined": round(of.determined, 2),
        "parameters": [
            {"en": name.en, "zh": name.zh, "contraction": round(float(share), 4)}
            for name, share in zip(of.names, of.contraction, strict=True)
        ],
        "pairs": [
            {
                "first": of.names[pair.first].en,
                "second": of.names[pair.second].en,
                "correlation": round(pair.after, 3),
                "before": round(pair.before, 3),
            }
            for pair in of.pairs
        ],
        "known": [_direction_record(of, one) for one in of.known],
        "unknown": [_direction_record(of, one) for one in of.unknown],
    }


def _direction_record(of: Identifiability, direction: Direction) -> dict[str, object]:
    parts = [{"name": of.names[i].en, "weight": round(weight, 3)} for i, weight in direction.parts]
    return {"variance_left": round(direction.left, 4), "parts": parts}
