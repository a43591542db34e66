"""Urbanization targets that a county is held against: its province's, the nation's, or one that the user gives."""

import csv
import re
from functools import cache
from pathlib import Path
from typing import Final, Literal

from sim.common.errors import Fault, InvalidInput, Place, fault
from sim.common.language import Text
from sim.common.paths import library
from sim.common.quickclass import quickclass
from sim.questions.texts import tr
from sim.scenario.magnitudes import impossible
from sim.scenario.resolved import Target

FILE: Final = Path("calibration") / "national" / "urbanization_targets.csv"
NATION: Final = "00"
YEAR: Final = 2025
MEASURE: Final = "urbanization_rate"
_GIVEN: Final = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*([%％]?)\s*@\s*(\d{4})\s*$")

Scope = Literal["province", "nation", "given"]


@quickclass(frozen=True, slots=True)
class Goal:
    """An urbanization rate of residents [1] to be reached by the end of a year. scope: whose target it is."""

    rate: float
    year: int
    scope: Scope
    source: Text

    @property
    def target(self) -> Target:
        """The same as a line of a plan."""
        title = tr("urbanization rate")
        return Target(
            id=f"{self.scope}-{self.year}",
            title=title,
            kind="outcome",
            measure=MEASURE,
            driver=None,
            op="at_least",
            value=self.rate,
            tolerance=0.0,
            unit="share",
            written_value=100.0 * self.rate,
            written_unit="%",
            year=self.year,
            source=self.source,
            note=None,
            reason=None,
            place=Place(str(FILE)),
        )


@cache
def known_goals() -> dict[str, Goal]:
    """Targets of 2025 by the two digits of a province, 00 for the nation. Raises InvalidInput on a damaged table."""
    path = library() / FILE
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            known = {row["province"]: _goal(row) for row in csv.DictReader(file) if int(row["year"]) == YEAR}
    except (OSError, KeyError, ValueError, TypeError) as problem:
        raise fault(str(path), "", tr("cannot read the table of targets: {problem}", problem=problem)) from None
    if NATION not in known:
        raise fault(str(path), "", tr("has no target of the nation (00) for {year}", year=YEAR))
    return known


def _goal(row: dict[str, str]) -> Goal:
    scope: Scope = "nation" if row["province"] == NATION else "province"
    return Goal(float(row["rate"]), int(row["year"]), scope, Text(row["source_zh"], row["source_en"]))


def goal_of(code: str, given: Goal | None) -> Goal:
    """What the county of this code is held against: the given target, else its province's, else the nation's."""
    known = known_goals()
    return given or known.get(code[:2], known[NATION])


def parse_goal(text: str) -> Goal:
    """A target written RATE@YEAR, as 65%@2025 or 0.65@2025. Raises InvalidInput."""
    found = _GIVEN.match(text)
    rate = float("nan") if found is None else float(found[1]) / (100.0 if found[2] else 1.0)
    if found is None or not 0.0 < rate <= 1.0:
        problem = tr("{text!r}, expected for example 65%@2025 or 0.65@2025", text=text)
        raise InvalidInput([Fault(Place("--target"), "", problem)])
    goal = Goal(rate, int(found[3]), "given", tr("given on the command line"))
    too_far = impossible(goal.target, 0.0)
    if too_far is not None:
        raise InvalidInput([Fault(Place("--target"), text, too_far)])
    return goal
