"""Sensitivity indices of one output, by a method that fits the design and the output."""

from collections.abc import Callable
from typing import Final

import numpy as np

from sim.model.arrays import Array
from sim.questions.sensitivity import designed, given
from sim.questions.sensitivity.index import CONSTANT, FEW, Index, NoIndicesError
from sim.questions.texts import tr

METHODS: Final = {
    "saltelli": ("sobol", "delta", "pawn", "variance"),
    "morris": ("morris",),
    "fast": ("fast",),
    "latin": ("delta", "pawn", "variance"),
    "sobol": ("delta", "pawn", "variance"),
    "grid": ("anova",),
    "one_at_a_time": ("swing",),
}
"""Methods that suit each design, the usual one first."""

GIVEN: Final = ("delta", "pawn", "variance")
"""Methods for any independent sample."""

LEADING: Final = {
    "sobol": "total",
    "fast": "total",
    "anova": "total",
    "morris": "mu_star",
    "delta": "delta",
    "pawn": "pawn",
    "variance": "first",
    "swing": "swing",
}
"""The index that factors are ranked by."""

_ROUNDING: Final = 1e-12
"""Results closer than this are the same."""

_METHODS: Final[dict[str, Callable[[Array, Array], tuple[Index, ...]]]] = {
    "sobol": designed.sobol,
    "fast": designed.fast,
    "morris": designed.morris,
    "anova": designed.anova,
    "swing": designed.swing,
    "delta": given.delta,
    "pawn": given.pawn,
    "variance": given.variance,
}


def usual(kind: str, outcome: Array) -> str:
    """The method for an output of a design.

    Where many members share a result no density describes them, and shares of variance are taken.
    """
    first = METHODS[kind][0]
    return "variance" if first == "delta" and given.has_atoms(outcome) else first


def indices(method: str, points: Array, outcome: Array) -> tuple[Index, ...]:
    """Sensitivity indices of an output [1; morris and swing in the output's unit], one array entry a factor.

    points: where members stand in the range of each factor, 0…1, in the order of their design [member, factor];
    outcome: finite values [member]. sobol: first and total (doi:10.1016/j.cpc.2009.09.018); fast: the same by spectrum
    (doi:10.1080/00401706.1999.10485594); morris: mu_star and sigma (doi:10.1016/j.envsoft.2006.10.004); delta
    (doi:10.1016/j.ejor.2012.11.047); pawn (doi:10.1016/j.envsoft.2018.07.019); variance: first by classes of a factor;
    anova: exact over the levels of a full grid; swing: largest less smallest result with all other factors at their
    base. Raises NoIndicesError for values that are no numbers, or all the same, and for too few members.
    """
    if not np.isfinite(outcome).all():
        raise NoIndicesError(tr("an output has values that are no numbers"))
    if len(outcome) == 0 or np.ptp(outcome) <= _ROUNDING * np.abs(outcome).max():
        raise NoIndicesError(CONSTANT)
    found = _METHODS[method](points, outcome)
    if any(not np.isfinite(index.values).all() for index in found):
        raise NoIndicesError(FEW)
    return found
