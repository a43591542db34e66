"""Single years of age from age groups.

The cumulated count is interpolated by a cubic with the monotone filter of Hyman, so that every group
keeps its total and no year is negative. Unlike the one-pass slopes of Fritsch and Carlson (PCHIP), the
filter leaves the twice-differentiable spline alone wherever that is monotone already, so that the
single years run smoothly across the bounds of the groups. It is the choice of R's `splinefun(method =
"hyman")` and of demographic tools built on it.

Reference: J. M. Hyman (1983), Accurate monotonicity preserving cubic interpolation, SIAM Journal on
Scientific and Statistical Computing 4(4): 645–654, doi:10.1137/0904045.
"""

from collections.abc import Sequence

import numpy as np

from sim.model.arrays import Array

_STEEPEST = 3.0
"""A cubic is monotone between two knots if neither slope exceeds three times the secant."""


def monotone_slopes(x: Array, y: Array) -> Array:
    """Slopes at the knots of a monotone cubic through non-decreasing `y` [y/x], shape of `y` (Hyman 1983).

    x: knots [knot]; y: [..., knot].
    """
    secants = np.diff(y) / np.diff(x)
    slopes: Array = np.maximum(spline_slopes(x, y), 0.0)
    below = np.concatenate([secants[..., :1], secants], axis=-1)
    above = np.concatenate([secants, secants[..., -1:]], axis=-1)
    held: Array = np.minimum(slopes, _STEEPEST * np.minimum(below, above))
    return held


def spline_slopes(x: Array, y: Array) -> Array:
    """Slopes at the knots of the cubic spline through `y` [y/x], shape of `y`.

    x: knots [knot]; y: [..., knot]. The third derivative does not jump at the second knot and the last but one; of
    fewer than four knots the second is zero at both ends. de Boor (1978), A Practical Guide to Splines, ch. IV.
    """
    steps = np.diff(x)
    secants = np.diff(y) / steps
    system, right = np.zeros((x.size, x.size)), np.empty_like(y)
    inner = np.arange(1, x.size - 1)
    system[inner, inner - 1], system[inner, inner + 1] = steps[1:], steps[:-1]
    system[inner, inner] = 2.0 * (steps[:-1] + steps[1:])
    right[..., 1:-1] = 3.0 * (steps[1:] * secants[..., :-1] + steps[:-1] * secants[..., 1:])
    for end, step in ((0, 1), (-1, -1)):
        next_ = end + step
        if x.size < 4:
            system[end, end], system[end, next_] = 2.0, 1.0
            right[..., end] = 3.0 * secants[..., end]
            continue
        own, further = steps[end], steps[next_]
        system[end, end], system[end, next_] = further, own + further
        weighted = (3.0 * own + 2.0 * further) * further * secants[..., end] + own**2 * secants[..., next_]
        right[..., end] = weighted / (own + further)
    return np.asarray(np.linalg.solve(system, right[..., np.newaxis])[..., 0], dtype=np.float64)


def graduate(groups: Array, starts: Sequence[int], end: int) -> Array:
    """Persons by single year of age [persons], ages `starts[0]` to `end` − 1.

    groups: persons by group along the last axis; group i holds ages `starts[i]` to `starts[i + 1]` − 1,
    the last one ages up to `end` − 1. Each group's years add up to it (to rounding), none is negative.
    ValueError: groups and starts differ in number, starts do not rise, a count is negative or not finite.
    """
    bounds = np.array([*starts, end], dtype=np.float64)
    counts = np.asarray(groups, dtype=np.float64)
    if counts.ndim == 0 or counts.shape[-1] != len(starts):
        raise ValueError(f"{counts.shape} groups for {len(starts)} starts")
    if (np.diff(bounds) <= 0).any():
        raise ValueError(f"bounds {bounds.tolist()} do not rise")
    if not np.isfinite(counts).all() or (counts < 0).any():
        raise ValueError("a group is negative or not finite")
    return _keep_totals(_on_curve(counts, bounds), counts, bounds)


def graduate_with_open_group(groups: Array, starts: Sequence[int], open_shares: Array) -> Array:
    """Persons by single year of age [persons]; the last, open group is split by given shares.

    groups: persons by group along the last axis, the last group open; open_shares: share of the open
    group by single age from its first age on [1], last axis, adding up to 1, other axes as in `groups`.
    ValueError: as `graduate`, or shares that do not add up to 1.
    """
    if not np.allclose(open_shares.sum(axis=-1), 1.0, atol=1e-6) or (open_shares < 0).any():
        raise ValueError("shares of the open group must be 0 or more and add up to 1")
    counts = np.asarray(groups, dtype=np.float64)
    first_open, years = starts[-1], open_shares.shape[-1]
    shares = open_shares / open_shares.sum(axis=-1, keepdims=True)
    old = counts[..., -1:] * shares
    fives = np.arange(0, years - 1, 5)
    old_groups = np.add.reduceat(old, fives, axis=-1)
    bounds = [*starts[:-1], *(first_open + fives).tolist()]
    single = graduate(np.concatenate([counts[..., :-1], old_groups], axis=-1), bounds, first_open + years)
    single[..., first_open - starts[0] :] = old
    return single


def _on_curve(counts: Array, bounds: Array) -> Array:
    """What each year adds to the monotone cubic through the cumulated counts, shape [..., year]."""
    cumulated = np.concatenate([np.zeros((*counts.shape[:-1], 1)), np.cumsum(counts, axis=-1)], axis=-1)
    slopes, steps = monotone_slopes(bounds, cumulated), np.diff(bounds)
    secants = counts / steps
    third = (slopes[..., :-1] + slopes[..., 1:] - 2.0 * secants) / steps**2
    second = (3.0 * secants - 2.0 * slopes[..., :-1] - slopes[..., 1:]) / steps
    ages = np.arange(bounds[0], bounds[-1] + 1)
    group = np.minimum(np.searchsorted(bounds, ages, side="right") - 1, counts.shape[-1] - 1)
    past = ages - bounds[group]
    curve = cumulated[..., group] + past * (slopes[..., group] + past * (second[..., group] + past * third[..., group]))
    added: Array = np.maximum(np.diff(curve), 0.0)
    return added


def _keep_totals(single: Array, counts: Array, bounds: Array) -> Array:
    """Remove what rounding of the cumulated counts has left in a group."""
    widths = np.diff(bounds).astype(int)
    sums = np.add.reduceat(single, np.cumsum(widths) - widths, axis=-1)
    even = np.repeat(counts / widths, widths, axis=-1)
    factor = np.repeat(np.divide(counts, sums, out=np.zeros_like(counts), where=sums > 0), widths, axis=-1)
    scaled: Array = np.where(factor > 0, single * factor, even)
    return scaled
