"""A scenario once every file is read: frozen data, in the units of the model."""

import re
from dataclasses import field
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Final, Literal

from sim.common.errors import Fault, Place
from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.model.draws.setting import Setting
from sim.model.indicators.indicator import Indicator
from sim.model.indicators.indicator import parameters_of as indicator_parameters
from sim.model.parameter import Parameter
from sim.model.projects.project import Project
from sim.model.registry import PARAMETERS
from sim.model.services.parameters import parameters_of
from sim.model.services.service import Capacity, Service
from sim.scenario.assumed import is_assumption
from sim.scenario.process import Process
from sim.scenario.texts import tr

_MOST_SAID: Final = 3
"""Changes that a title says."""
_LONGEST_NAME: Final = 48
"""Of the changes in the name of a folder [characters]."""

TargetKind = Literal["outcome", "standard", "commitment", "deadline", "rule"]
Result = Literal["met", "late", "missed", "partly", "unknown"]
Nature = Literal["binding", "expected"]
Comparison = Literal["at_least", "at_most", "about", "equal"]


@quickclass(frozen=True, slots=True)
class Note:
    """How a part of a region's base year came about."""

    what: Text
    method: Text
    kind: Literal["observed", "estimated", "assumed", "missing"]


@quickclass(frozen=True, slots=True, kw_only=True)
class RegionRef:
    """A region: its names, its base year, and the folder that holds its data.

    history: published figures of other years. correlation: the paths of rates whose uncertainty moves together, and
    their matrix.
    """

    id: str
    code: str
    name: Text
    parent: Text | None
    province: Text
    base_year: int
    folder: Path
    census: Path | None
    notes: tuple[Note, ...]
    history: Path | None = None
    correlation_paths: tuple[str, ...] = ()
    correlation: tuple[tuple[float, ...], ...] = ()


@quickclass(frozen=True, slots=True)
class GroupRef:
    """Regions that are reported as one besides each alone. members: ids of its regions; history: observed figures."""

    id: str
    code: str | None
    name: Text
    province: Text
    members: tuple[str, ...]
    history: Path | None


@quickclass(frozen=True, slots=True)
class Total:
    """People [person] that moves lead a region to by a year's end. path: of the parameter that holds whom it counts."""

    region: str
    path: str
    year: int
    persons: float
    source: Text | None


@quickclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What the world answered to a line of a plan.

    date: when it came, as precisely as it is known; months_late: after it was due; value, unit, year: the figure, as
    it was published; evidence: the class of its source. `unknown` is no miss: nothing was found.
    """

    result: Result
    date: str | None
    months_late: int | None
    value: float | None
    unit: str
    year: int | None
    note: Text
    source: Text | None
    evidence: str

    @property
    def is_known(self) -> bool:
        """Whether the world has answered."""
        return self.result != "unknown"


@quickclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One line of a plan's indicator table.

    An outcome compares `measure` with `value`; a standard asks for `value` × `driver`; both in `unit`
    (canonical). Without measure and driver it is not assessed, for the `reason` given.
    A commitment with a measure is tracked against what the scenario delivers; one with a `project`, and a deadline,
    against when it opens. A rule is no target. service: whose capacity should meet the need of a standard.
    written_value, written_unit: as the plan prints them. region: region or group it speaks of, None for the plan's.
    came: what the ledger says of it. nature: whether the plan binds those who are to meet it, where it says so.
    process: what was done elsewhere, by which its condition is said.
    """

    id: str
    title: Text
    kind: TargetKind
    measure: str | None
    driver: str | None
    op: Comparison | None
    value: float | None
    tolerance: float
    unit: str
    written_value: float | None
    written_unit: str
    year: int | None
    source: Text
    note: Text | None
    reason: Text | None
    place: Place
    region: str | None = None
    service: str | None = None
    project: str | None = None
    process: Process | None = None
    came: Came | None = None
    nature: Nature | None = None


@quickclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan document and its whole indicator table.

    region: the region or group it is for; None for a plan that can be held against any, and then base_year is None.
    scenario: file of the scenario in which the plan itself acts, if any.
    """

    id: str
    title: Text
    document: Text
    issuer: Text
    date: Text
    region: str | None
    base_year: int | None
    targets: tuple[Target, ...]
    scenario: str | None = None


@quickclass(frozen=True, slots=True, kw_only=True)
class PolicyRef:
    """A policy in use: what it is called, where it comes from, from when, and how strongly.

    amount: its size as it is written, with its unit; None where its effects have values of their own. sized: what
    backs that amount.
    """

    id: str
    name: Text
    from_plan: Text
    lever: str | None
    start: int | None
    end: int | None
    intensity: float
    amount: str | None = None
    sized: Text | None = None

    @property
    def size_assumed(self) -> bool:
        """Whether it acts with an amount that is an assumption."""
        return self.intensity > 0.0 and self.sized is not None and is_assumption(self.sized)


@quickclass(frozen=True, slots=True, kw_only=True)
class ResolvedScenario:
    """A scenario ready to run: settings by region in order of application, and every file that was read.

    outset: the year whose end it is run from, where that is later than the census; groups: those the scenario names,
    each before the groups within it; services: the table it uses; capacities: what is known of each region's, by region
    and service; observed: whether it is held to figures published since the base year; projects: of all regions;
    indicators: what is only extrapolated; file, overrides: what it was made of, the latter as `--set` gave them;
    parent: the last of the files that its own extends, None where it extends none. totals: that moves are fitted to.
    remarks: what is rare in it, and worth a second look.
    """

    name: str
    title: Text
    regions: tuple[RegionRef, ...]
    plan: Plan | None
    horizon: int
    test_year: int
    draws: int
    seed: int
    settings: dict[str, tuple[Setting, ...]]
    policies: tuple[PolicyRef, ...]
    inputs: tuple[Path, ...]
    outset: int | None = None
    groups: tuple[GroupRef, ...] = ()
    services: tuple[Service, ...] = ()
    capacities: dict[str, dict[str, Capacity]] = field(default_factory=dict)
    observed: bool = False
    projects: tuple[Project, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    file: Path = Path()
    overrides: tuple[str, ...] = ()
    parent: Path | None = None
    remarks: tuple[Fault, ...] = ()
    totals: tuple[Total, ...] = ()

    @property
    def full_title(self) -> Text:
        """Its title, and that it was changed if it was."""
        if not self.overrides:
            return self.title
        some = self.overrides[:_MOST_SAID]
        words = Text("、".join(some), ", ".join(some))
        if len(self.overrides) > len(some):
            words = tr("{words} and {n} more", words=words, n=len(self.overrides) - len(some))
        return tr("{title}, changed: {words}", title=self.title, words=words)

    @property
    def folder_name(self) -> str:
        """What its runs are called in a folder of results: another name for every change, without a sign to escape."""
        plain = f"{self.main}-{self.name}"
        if not self.overrides:
            return plain
        asked = " ".join(self.overrides)
        words = re.sub(r"[^0-9A-Za-z._]+", "-", asked).strip("-.")
        is_told = len(words) <= _LONGEST_NAME and re.fullmatch(r"[a-z_.]+=[0-9a-z.]+( [a-z_.]+=[0-9a-z.]+)*", asked)
        mark = "" if is_told else f"-{sha256(asked.encode()).hexdigest()[:6]}"
        return f"{plain}-{words[:_LONGEST_NAME].rstrip('-.')}{mark}"

    @property
    def parameters(self) -> dict[str, Parameter]:
        """Every parameter that it may set, by path: the model's, and those of its services and indicators."""
        return PARAMETERS | _of_services(self.services) | indicator_parameters(self.indicators)

    @property
    def places(self) -> dict[str, Text]:
        """What its groups and regions are called, by id."""
        return {one.id: one.name for one in self.groups} | {one.id: one.name for one in self.regions}

    @property
    def main(self) -> str:
        """The region or group that is shown first, and that a plan for any region is judged on."""
        return self.groups[0].id if self.groups else self.regions[0].id

    @property
    def base_year(self) -> int:
        """The year whose end is the start of the run, common to all regions."""
        return self.census_year if self.outset is None else self.outset

    @property
    def census_year(self) -> int:
        """The year that its people are known in, common to all regions."""
        return self.regions[0].base_year


@lru_cache(maxsize=8)
def _of_services(services: tuple[Service, ...]) -> dict[str, Parameter]:
    """Asked hundreds of times of the same services."""
    return parameters_of(services)
