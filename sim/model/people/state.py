"""What is true at the end of a year."""

from sim.common.quickclass import quickclass
from sim.model.arrays import Array
from sim.model.axes import AWAY, OUTSIDE_REGISTRATION, POP_SHAPE


@quickclass(frozen=True, slots=True)
class State:
    """The stock at the end of `year`.

    pop: persons [draw, region, zone, registration, sex, age], float64.
    """

    year: int
    pop: Array

    def __post_init__(self) -> None:
        if self.pop.ndim != 6 or self.pop.shape[2:] != POP_SHAPE:
            raise ValueError(f"population of shape {self.pop.shape}, expected [draw, region, *{POP_SHAPE}]")
        if self.pop[:, :, AWAY, OUTSIDE_REGISTRATION].any():
            raise ValueError("people registered in another region cannot be counted as away from this one")
