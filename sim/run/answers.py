"""What a run says of a line of a plan: one record a kind of answer."""

from typing import Literal

from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.scenario.process import Persons
from sim.scenario.resolved import Came


@quickclass(frozen=True, slots=True)
class Driver:
    """An uncertain input and what it does to a target.

    effect: probability where the input is in its upper half less that in its lower half; shift: the same
    for the mean outcome, in the target's unit.
    """

    path: str
    name: Text
    effect: float
    shift: float


@quickclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A modelled outcome against its target.

    low, median, high: 10, 50 and 90% quantiles, in the unit of the line; shortfall: what the median lacks (0 where it
    reaches the value), in the same; first_year: the first year in which the median run reaches it, within the horizon.
    promised: the value that could be promised at 50, 80 and 95%, where there is one to reach or to stay within.
    """

    probability: float
    probability_error: float
    low: float
    median: float
    high: float
    shortfall: float
    first_year: int | None
    holds_back: tuple[Driver, ...] = ()
    promised: tuple[float, float, float] | None = None


@quickclass(frozen=True, slots=True, kw_only=True)
class Need:
    """How much a standard asks for: quantiles as of `Outcome`, in `need_unit`. service: whose need it is."""

    low: float
    median: float
    high: float
    driver: str
    need_unit: str
    service: str = ""


@quickclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """A standard held against what there is of its service.

    low, median, high, shortfall: of the capacity by its driver, in the unit of the line; capacity, need: what there is
    by then and what the standard asks for (medians), in `need_unit`. promised: as of `Outcome`.
    """

    probability: float
    probability_error: float
    low: float
    median: float
    high: float
    shortfall: float
    first_year: int | None
    driver: str
    need_unit: str
    service: str
    capacity: float
    need: float
    promised: tuple[float, float, float] | None = None


@quickclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Whether a project is open in time. first_year: that of the median run, within the horizon."""

    probability: float
    probability_error: float
    first_year: int | None


@quickclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A commitment against what the scenario itself sets for its year (`delivered`, the median), in the line's unit."""

    low: float
    median: float
    high: float
    delivered: float
    shortfall: float


@quickclass(frozen=True, slots=True, kw_only=True)
class Met:
    """A target that was reached in the base year (`since`) and is lost in no draw; quantiles as of `Outcome`."""

    since: int
    low: float
    median: float
    high: float


@quickclass(frozen=True, slots=True, kw_only=True)
class Start:
    """When a project whose start is assumed would have to begin at the latest to be in time.

    latest, assumed: the latest start, None where the line has no year, and that of the scenario if it has the project
    [year, with its fraction]; months: the usual time from there to what is asked, or one that is assumed (`usual`
    False); first_year: in which the median run has it open, within the horizon.
    """

    latest: float | None
    months: float
    assumed: float | None
    first_year: int | None
    usual: bool = True


@quickclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """The yearly change that the value asks for, and that the scenario assumes; in `pace_unit` (a year).

    low, high: what peers did, where that is known.
    """

    needed: float
    carried: float
    pace_unit: str
    low: float | None = None
    high: float | None = None


@quickclass(frozen=True, slots=True, kw_only=True)
class Works:
    """A need that is met only by a stock that is assumed, at the outset or through projects whose start is; medians.

    need: what the standard asks for by the year; outset: what there is in the base year; brought: what the projects of
    the scenario bring by then; in `need_unit`.
    """

    need: float
    outset: float
    brought: float
    need_unit: str
    service: str
    driver: str


@quickclass(frozen=True, slots=True, kw_only=True)
class Sized:
    """An outcome whose word hangs on assumed sizes of policies: its median with them and without, in the line's unit.

    policies: their names.
    """

    policies: tuple[Text, ...]
    with_them: float
    without: float


@quickclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What each year must bring of a share that a programme covers, or of a growth, that nothing in the model drives.

    needed: the yearly rise (or growth, where `grows`) from `base` at the end of the year `since`; where the base is not
    known (None) from nothing, which is the most it can take. low, high: what peers did a year, None where nothing was
    found; stood: the base that peers' pace would need, lowest and highest, where the base is not known. All are shares,
    and falls of them where `falls`. where: whose base it is, where the line's own is not known; takes: years that what
    is lacking takes at peers' pace, of a line without a year.
    """

    needed: float
    low: float | None
    high: float | None
    base: float | None
    since: int
    stood: tuple[float, float] | None
    grows: bool
    falls: bool = False
    where: Text | None = None
    takes: tuple[float, float] | None = None


@quickclass(frozen=True, slots=True, kw_only=True)
class Rounds:
    """A title that a higher level awards: `named` of `eligible` places in the round of the year `round_of`.

    chance: that one like the mean of them is named in the `rounds` there are in time; None where the line has no year.
    """

    once: float
    named: int
    eligible: int
    round_of: int
    rounds: int | None
    chance: float | None


@quickclass(frozen=True, slots=True, kw_only=True)
class PerHead:
    """What a line asks for in its year for each person, and what peers did [1/person]; per: of which kind.

    delivered: what the scenario itself sets for the year (median), in the line's unit, where it sets anything.
    """

    needed: float
    low: float
    high: float
    per: Persons
    delivered: float | None = None


@quickclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """How soon what fails must be mended [day] for the share in order, at so many failures of one in a year."""

    days: float
    failing: float


@quickclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """A need of which the stock is not known, beside what there would be as others had it; medians, in `need_unit`.

    there: what there would be by then as it was in `where` at the end of `level_year`; yearly: what a year must add,
    from the base year on.
    """

    need: float
    there: float
    yearly: float
    where: Text
    level_year: int
    need_unit: str
    service: str
    driver: str


Condition = Start | Pace | Works | Sized | Coverage | Rounds | PerHead | Repair | Lacking
"""The answers that hang on something assumed for the line."""


@quickclass(frozen=True, slots=True, kw_only=True)
class NoAnswer:
    """Why the model says nothing of the line."""

    reason: Text | None


Judged = Outcome | Supply | Opening
"""The answers that have a probability."""
Answer = Judged | Condition | Need | Delivery | Met | NoAnswer

Class = Literal["verdict", "outcome", "conditional", "met", "need", "echo", "milestone", "rule", "not assessed"]
"""What kind of word a line gets: only a verdict is one of the model.

outcome: the world has answered; conditional: it hangs on something assumed for it, so that only the condition is said;
met: reached in the base year and never lost; echo: the scenario itself sets the number; milestone: a date or decision
that nothing in the model drives; rule: no target, but a rule, a stock, or the wording of a draft.
"""


@quickclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A line of a plan with what a run says of it.

    status: certain, likely, possible, unlikely or out of reach where there is a probability; conditional, need, met,
    echo, tracked or not assessed otherwise. region: the region or group it was judged on. came: what the ledger says.
    nature: binding or expected, where the plan says which.
    """

    id: str
    title: Text
    kind: str
    measure: str
    op: str
    value: float | None
    unit: str
    year: int | None
    status: str
    source: Text | None = None
    note: Text | None = None
    region: str = ""
    nature: str | None = None
    answer: Answer
    came: Came | None = None

    @property
    def class_(self) -> Class:
        """What kind of word it is: the world's answer before the model's."""
        if self.came is not None and self.came.is_known:
            return "outcome"
        return "rule" if self.kind == "rule" else self.said

    @property
    def said(self) -> Class:
        """What kind of word the run itself has for it."""
        match self.answer:
            case Outcome() | Supply() | Opening():
                return "verdict"
            case Start() | Pace() | Works() | Sized() | Coverage() | Rounds() | PerHead() | Repair() | Lacking():
                return "conditional"
            case Met():
                return "met"
            case Need():
                return "need"
            case Delivery():
                return "echo"
            case NoAnswer():
                return "milestone" if self.kind == "deadline" else "not assessed"

    @property
    def probability(self) -> float | None:
        """Its probability, where it has one."""
        return self.answer.probability if isinstance(self.answer, Judged) else None

    @property
    def probability_error(self) -> float | None:
        """The Monte Carlo error of its probability, where it has one."""
        return self.answer.probability_error if isinstance(self.answer, Judged) else None

    @property
    def first_year(self) -> int | None:
        """The first year in which the median run is there, where that is known."""
        return self.answer.first_year if isinstance(self.answer, Judged | Start) else None

    @property
    def band(self) -> tuple[float | None, float | None, float | None]:
        """Its 10, 50 and 90% quantiles, where it has any."""
        said = self.answer
        return (
            (None, None, None)
            if isinstance(said, Opening | Condition | NoAnswer)
            else (said.low, said.median, said.high)
        )

    @property
    def shortfall(self) -> float | None:
        """What its median lacks, where there is one to reach a value."""
        return self.answer.shortfall if isinstance(self.answer, Outcome | Supply | Delivery) else None
