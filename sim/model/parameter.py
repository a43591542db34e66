"""What a parameter of the model is: a path, a quantity with unit and range, and words for it."""

from sim.common.language import Text
from sim.common.quickclass import quickclass


@quickclass(frozen=True, slots=True)
class Parameter:
    """A number of the model that a scenario may set, over the years.

    `default` is the national value used where neither region nor scenario says otherwise; `low` and
    `high` bound what a file may say; `evidence` names the source, or says `assumption`.
    `spread` is the default uncertainty: the standard deviation of the value's logarithm (0: certain).
    `dimension` is its own of the Sobol sequence, from 1, for good (0: none, it has no column of the design).
    """

    path: str
    name: Text
    unit: str
    default: float
    low: float
    high: float
    evidence: Text
    spread: float = 0.0
    dimension: int = 0
