"""The standard normal distribution.

Quantiles: M. J. Wichura (1988), Algorithm AS 241: The percentage points of the normal distribution, Applied Statistics
37(3): 477–484, doi:10.2307/2347330, good to about 1 part in 10¹⁶. SciPy's are as good, but importing them takes a good
part of a command's start.
"""

import math

import numpy as np

from sim.model.arrays import Array
from sim.model.compiled import STRICT, kernel, rule

_CENTRE = (
    (3.3871328727963666080, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
     4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3),
    (1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
     2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3),
)  # fmt: skip
"""Numerator and denominator by rising powers; so are the next two."""
_SIDE = (
    (1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504,
     1.27045825245236838258, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4),
    (1.0, 2.05319162663775882187, 1.67638483018380384940, 6.89767334985100004550e-1,
     1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9),
)  # fmt: skip
_TAIL = (
    (6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 2.96560571828504891230e-1,
     2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7),
    (1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
     7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15),
)  # fmt: skip


def quantiles(points: Array) -> Array:
    """Standard normal quantiles of points in (0, 1), shape of `points`."""
    found = np.empty(points.shape)
    lanes_quantiles(np.ascontiguousarray(points, dtype=np.float64).reshape(-1), found.reshape(-1))
    return found


def below(values: Array) -> Array:
    """The probability of less than each value, shape of `values`."""
    found = np.empty(values.shape)
    lanes_below(np.ascontiguousarray(values, dtype=np.float64).reshape(-1), found.reshape(-1))
    return found


@kernel(STRICT)
def lanes_quantiles(points: Array, found: Array) -> None:
    """As `quantiles`, written. points, found: [point]."""
    for i in range(points.shape[0]):
        found[i] = quantile(points[i])


@kernel(STRICT)
def lanes_below(values: Array, found: Array) -> None:
    """As `below`, written. values, found: [value]."""
    for i in range(values.shape[0]):
        found[i] = 0.5 * math.erfc(-values[i] / math.sqrt(2.0))


@rule
def quantile(point: float) -> float:
    """The standard normal quantile of a point; infinite at 0 and 1."""
    away = point - 0.5
    if abs(away) <= 0.425:
        return away * _ratio(_CENTRE, 0.180625 - away * away)
    share = point if away < 0.0 else 1.0 - point
    if share <= 0.0:
        return -np.inf if away < 0.0 else np.inf
    far = math.sqrt(-math.log(share))
    found = _ratio(_SIDE, far - 1.6) if far <= 5.0 else _ratio(_TAIL, far - 5.0)
    return -found if away < 0.0 else found


@rule
def _ratio(of: tuple[tuple[float, ...], tuple[float, ...]], at: float) -> float:
    above, under = 0.0, 0.0
    for power in range(7, -1, -1):
        above = above * at + of[0][power]
        under = under * at + of[1][power]
    return above / under
