"""An index of every factor, and why there may be none."""

from typing import Final

import numpy as np

from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.model.arrays import Array
from sim.questions.texts import tr

FEW: Final = tr("there are too few members for it")
CONSTANT: Final = tr("this output is the same in all members: there is nothing to explain")


class NoIndicesError(ValueError):
    """An output has no indices by a method, and why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@quickclass(frozen=True, slots=True)
class Index:
    """An index of every factor.

    half: half the width of its 95% interval; floor: what chance alone may give (NaN: the method gives none).
    """

    name: str
    values: Array
    half: Array
    floor: Array


def index(name: str, values: Array, half: Array | None = None, floor: Array | None = None) -> Index:
    """An index without what is left out."""
    none = np.full(values.shape, np.nan)
    return Index(name, values, none if half is None else half, none if floor is None else floor)
