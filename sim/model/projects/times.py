"""When a project gets through a stage [month], for arrays and single numbers alike."""

import numpy as np

from sim.model.arrays import Array
from sim.model.projects.months import GRID


def approval_ends(begins: Array | float, length: Array | float, factor: Array | float) -> Array:
    """The end of an approval of that length, at a factor on it; lengths are rounded to the grid of times."""
    ends: Array = begins + np.rint(length * factor * GRID) / GRID
    return ends


def rank(approved: float, priority: int, entry: str, number: int) -> tuple[float, int, float, str, int]:
    """The order in which projects are served: by quarter of the end of approval, priority, its moment, and name."""
    return approved // 3.0, priority, approved, entry, number


def opens(completed: Array | float, wait: Array | float, month: Array | float) -> Array:
    """When it opens: in the calendar month asked for, where one is (NaN: in any), at the first that comes."""
    moment = completed + wait
    since = (moment - (month - 1.0)) % 12.0
    return np.where(np.isnan(month) | (since < 1.0), moment, moment + (12.0 - since))
