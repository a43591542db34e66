"""What an evaluation says of a plan, as data."""

from typing import Literal

from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.run.answers import Verdict
from sim.run.tables import Clash

Advice = Literal["done", "carry on", "new value", "count", "agree", "drop", "not due"]
"""What to do with a line.

done: reached, nothing is left to promise; carry on: promise it again; new value: promise what can be kept; count: say
first what there is; agree: make it agree with another line; drop: no target; not due: its year is still to come.
"""


@quickclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A value that could be promised for a year, in the unit of its line or of its need, and what it rests on."""

    year: int
    value: float
    unit: str
    basis: Text


@quickclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the plan evaluated. verdict: what the run said, with what came; cause: what explains a miss, if any."""

    verdict: Verdict
    cause: Text | None
    advice: Advice
    proposal: Proposal | None


@quickclass(frozen=True, slots=True, kw_only=True)
class PlanEvaluation:
    """A plan evaluated. year: of the evaluation; next_year: for which values are proposed."""

    plan: str
    title: Text
    scenario: Text
    base_year: int
    year: int
    next_year: int
    draws: int
    seed: int
    lines: tuple[Line, ...]
    clashes: tuple[Clash, ...]
