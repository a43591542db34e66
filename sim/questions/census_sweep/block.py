"""Some counties of a batch: their outlooks, and those that could not be run with the reason."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import pandas as pd

from sim.common.errors import InvalidInput
from sim.common.quickclass import quickclass
from sim.evidence.calibrate.prior import Expected, load_prior
from sim.model.people.step import Broken
from sim.places.census import CensusRow
from sim.questions.census_sweep.county import YEARS, Asked, Outlook, county_case, outlook
from sim.questions.census_sweep.goal import Goal
from sim.questions.sweep.place import Place
from sim.run.ensemble import simulate

OUTPUTS: Final = (
    "rate_low",
    "rate_median",
    "rate_high",
    "residents_then",
    "horizon_rate_low",
    "horizon_rate_median",
    "horizon_rate_high",
    "horizon_residents",
    "probability",
    "probability_error",
)
"""Columns of an outlook: urbanization rates [1], medians of residents [persons], probability and its error [1]."""
_BAD: Final = (InvalidInput, Broken, ArithmeticError, ValueError)


@quickclass(frozen=True, slots=True)
class Member:
    """A county of a batch: its number, its row, and the target it is held against."""

    number: int
    row: CensusRow
    goal: Goal


@quickclass(frozen=True, slots=True)
class Outlooks:
    """Outlooks by number of the county, and failures: (number, reason, what would build it alone)."""

    found: tuple[tuple[int, Outlook], ...]
    failures: tuple[tuple[int, str, str], ...]

    def joined(self, other: "Outlooks") -> "Outlooks":
        """These and those of the counties that follow."""
        return Outlooks((*self.found, *other.found), (*self.failures, *other.failures))


@quickclass(frozen=True, slots=True)
class Counties:
    """Counties with all that is needed to run them, as `sim.questions.sweep.piece` describes it."""

    members: tuple[Member, ...]
    asked: Asked
    place: Place | None = None

    @property
    def size(self) -> int:
        """How many counties it holds."""
        return len(self.members)

    def prepare(self) -> None:
        """Look whether the national tables are this machine's, and compile or load the kernels."""
        if self.place is not None:
            self.place.enter()
        if not _WARM:
            _WARM.append(True)
            try:
                simulate(county_case(self.members[0].row, self.asked), range(1))
            except _BAD:
                return  # it is reported when it is run

    def run(self) -> Outlooks:
        """The outlook of every county; one that cannot be built or run is listed with the reason."""
        found, failures = [], []
        for member, expected in zip(self.members, _expected(self.members), strict=True):
            try:
                found.append((member.number, outlook(member.row, member.goal, self.asked, expected)))
            except _BAD as problem:
                failures.append((member.number, _reason(problem), _alone(member.row)))
        return Outlooks(tuple(found), tuple(failures))

    def halves(self) -> tuple["Counties", "Counties"]:
        """The same counties in two."""
        middle = len(self.members) // 2
        return replace(self, members=self.members[:middle]), replace(self, members=self.members[middle:])

    def given_up(self, error: str) -> Outlooks:
        """What says that none of these counties could be run."""
        return Outlooks((), tuple((member.number, error, _alone(member.row)) for member in self.members))


_WARM: Final[list[bool]] = []


def _expected(members: Sequence[Member]) -> Sequence[Expected | None]:
    """What is expected of counties, found together; of none of them where any one cannot be built."""
    try:
        return load_prior().expected_of([member.row for member in members], jobs=1)
    except _BAD:
        return [None] * len(members)


def _reason(problem: Exception) -> str:
    return problem.message("en") if isinstance(problem, InvalidInput) else f"{type(problem).__name__}: {problem}"


def _alone(row: CensusRow) -> str:
    return f"--code {row.code}"


def outputs_table(outlooks: Outlooks) -> pd.DataFrame:
    """Outlooks as a table: member, OUTPUTS, status."""
    numbers = [number for number, _ in outlooks.found]
    rows = [_numbers(one) for _, one in outlooks.found]
    table = pd.DataFrame({"member": pd.Series(numbers, dtype="int64")})
    for index, column in enumerate(OUTPUTS):
        table[column] = pd.Series([row[index] for row in rows], dtype="float64")
    table["status"] = pd.Series([one.status for _, one in outlooks.found], dtype="str")
    return table


def _numbers(of: Outlook) -> tuple[float, ...]:
    return (*of.rate, of.residents, *of.horizon_rate, of.horizon_residents, of.probability, of.error)


def years_table(outlooks: Outlooks, first: int) -> pd.DataFrame:
    """Outlooks by year as a table: member, year, YEARS. first: the year of the census."""
    rows = [
        (number, first + place, *values) for number, one in outlooks.found for place, values in enumerate(one.years)
    ]
    table = pd.DataFrame(rows, columns=["member", "year", *YEARS])
    return table.astype(dict.fromkeys(("member", "year"), "int64") | dict.fromkeys(YEARS, "float64"))


def failures_table(outlooks: Outlooks) -> pd.DataFrame:
    """Failures as a table: member, error, settings (what names the county to `townward region add`)."""
    columns = ("member", "error", "settings")
    return pd.DataFrame({name: [row[i] for row in outlooks.failures] for i, name in enumerate(columns)})
