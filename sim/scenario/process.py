"""By what a line of a plan is held against the world where nothing in the model drives it."""

from math import floor
from typing import Literal

from sim.common.language import Text
from sim.common.quickclass import quickclass

Stage = Literal["begun", "open"]
"""What a line asks of works: that they have begun, or are open."""
Persons = Literal["resident", "urban", "rural"]
"""For whom something is done."""


@quickclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A share that grows by so many points a year, or a quantity by so much of itself.

    low, high: what peers did a year [share, or share/year of a growth], None where nothing was found; base: the value
    at the end of the year `since`, None where it is not known; grows: whether the line asks for a growth itself; value:
    what it asks for, in the same units; falls: whether less is better, and all of these are falls; where: whose base it
    is, where the line's own is not known.
    """

    id: str
    name: Text
    of: Text
    low: float | None
    high: float | None
    source: Text
    base: float | None
    since: int
    grows: bool
    value: float
    falls: bool = False
    where: Text | None = None


@quickclass(frozen=True, slots=True, kw_only=True)
class NamedWorks:
    """Named works or tasks without a date of their own.

    ahead: usual time of what lies before the stage asked for [month]; usual: whether it is more than an assumption.
    """

    kind: str
    name: Text
    ahead: float
    stage: Stage
    opens_in: int | None
    usual: bool = True


@quickclass(frozen=True, slots=True, kw_only=True)
class Award:
    """A title given in rounds: `named` of `eligible` places in the round of `year`, and a round every so many years.

    first: year of the first round; since: the year after whose end the line's rounds count.
    """

    id: str
    name: Text
    named: int
    eligible: int
    every: float
    year: int
    first: int
    since: int
    source: Text

    def rounds(self, by: int) -> int:
        """How many rounds there are after `since` until the end of the year `by`."""
        begun = max(self.since, self.first - 1)
        return max(floor((by - self.year) / self.every) - floor((begun - self.year) / self.every), 0)


@quickclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """What is done in a year for each person of a kind.

    low, high: what peers did [1/person]; value: what the line asks for in its year.
    """

    id: str
    name: Text
    of: Persons
    low: float
    high: float
    source: Text
    value: float


@quickclass(frozen=True, slots=True, kw_only=True)
class Upkeep:
    """Things that fail and are mended. failing: failures of one in a year; value: the share to be in order [share]."""

    id: str
    name: Text
    failing: float
    source: Text
    value: float


@quickclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """What others had of a stock in a year, for a place whose own is not known. part: of what the line asks for [1]."""

    id: str
    where: Text
    part: float
    year: int
    source: Text


Process = Programme | NamedWorks | Award | Rate | Upkeep | Prior
