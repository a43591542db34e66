"""Groups of draws: a project pool runs once for each, on the group's means."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.model.arrays import Array, Integers


@dataclass(frozen=True)
class Groups:
    """Which group each draw of a block belongs to.

    of: position of its group in this block [draw], ascending; starts: first draw of each group [group]; numbers: the
    groups' own numbers, which their chance is keyed by.
    """

    of: Integers
    starts: Integers
    numbers: tuple[int, ...]

    @cached_property
    def sizes(self) -> Array:
        """How many draws each group has [group]."""
        return np.diff(self.starts, append=len(self.of)).astype(np.float64)

    def mean(self, values: Array) -> Array:
        """The mean of each group [group, …], of values [draw, …]."""
        means: Array = np.add.reduceat(values, self.starts, axis=0) / self.sizes.reshape(-1, *([1] * (values.ndim - 1)))
        return means

    def spread(self, values: Array) -> Array:
        """The group's value for each of its draws [draw, …], of values [group, …]."""
        result: Array = values[self.of]
        return result


def grouped(draws: range, size: int, times: int = 1) -> Groups:
    """The groups of consecutive draws of that size, for the draws repeated that many times one after the other.

    Groups begin at multiples of `size`, whatever the block; a repetition shares no group with the next.
    """
    numbers = np.arange(draws.start, draws.stop) // size
    one = numbers - numbers[0]
    n_groups = int(one[-1]) + 1
    of = np.concatenate([one + n_groups * repetition for repetition in range(times)])
    starts = np.flatnonzero(np.diff(of, prepend=-1))
    return Groups(of, starts, tuple(range(int(numbers[0]), int(numbers[-1]) + 1)) * times)
