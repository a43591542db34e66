"""The tables a run leaves behind: what charts and reports are made of."""

from collections.abc import Mapping
from typing import Final

from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.model.measure import Measure
from sim.model.projects.records import ProjectRow
from sim.model.services.service import Service
from sim.run.answers import Verdict
from sim.run.columns import Columns
from sim.run.differing import Differing
from sim.scenario.resolved import PolicyRef

QUANTILES: Final = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)

SERIES_COLUMNS: Final = ("scenario", "region", "zone", "year", "measure", "unit", "statistic", "quantile", "value")
PYRAMID_COLUMNS: Final = ("scenario", "region", "year", "zone", "sex", "age", "value")
OBSERVED_COLUMNS: Final = ("region", "measure", "year", "value", "unit", "series", "source")


@quickclass(frozen=True, slots=True)
class Assumption:
    """A value the run used: what a reader may question, with its source and where it was set.

    changes: what acts on it besides, each with what backs it and where it was said; region: whose it is.
    """

    path: str
    name: Text
    value: str
    unit: str
    source: Text
    place: str
    changes: tuple[tuple[Text, Text, str], ...] = ()
    region: str = ""


@quickclass(frozen=True, slots=True, kw_only=True)
class Crosscheck:
    """What a planner's method (or, first, the model's median) says of a region in a year.

    resident [person] and rate (urban share) [1]: None where the method says nothing of it; basis: what it was reckoned
    from, or why it cannot be; resident_error [%] and rate_error [points]: its mean absolute error over a past
    decade; unscored: why it has none.
    """

    region: str
    method: str
    name: Text
    year: int
    resident: float | None
    rate: float | None
    basis: Text
    resident_error: float | None = None
    rate_error: float | None = None
    unscored: Text | None = None


@quickclass(frozen=True, slots=True)
class Contribution:
    """What one policy does to a measure, whatever the order in which the policies are put in force.

    mean, low, high: its Shapley value over the draws, mean, 10 and 90% quantiles; error: standard error of the mean,
    each in the unit of the measure.
    """

    policy: str
    name: Text
    mean: float
    low: float
    high: float
    error: float


@quickclass(frozen=True, slots=True, kw_only=True)
class Contributions:
    """What each policy of a scenario does to a measure in a year; the means of `rows` add up to after less before.

    before, after: mean of the measure without any of the policies and with all. draws, runs: how many draws each of
    how many runs had; exact: whether every combination was run, or a sample of orders.
    """

    measure: str
    unit: str
    region: str
    year: int
    before: float
    after: float
    rows: tuple[Contribution, ...]
    draws: int
    runs: int
    exact: bool


@quickclass(frozen=True, slots=True)
class Contents:
    """What is in a scenario, as its files and `--set` say it.

    policies: in use; changes: what `--set` changed; parent: title of the scenario that it extends, None if it extends
    none; differing: in what it differs from that, the parent's value before its own.
    """

    policies: tuple[PolicyRef, ...]
    changes: tuple[str, ...]
    parent: Text | None
    differing: tuple[Differing, ...]


@quickclass(frozen=True, slots=True, kw_only=True)
class Stuck:
    """A project that waits for money which can never come together within the run.

    id, entry, name, region: of the project; since: when it was approved [year, with its fraction]. cost: what it takes
    at once [yuan]; most: the most that any year has for it, carried over, of its own and borrowed [yuan], in `year`.
    behind: projects that wait behind it at the run's end.
    """

    id: str
    entry: str
    name: Text
    region: str
    since: float
    cost: float
    most: float
    year: int
    behind: int


@quickclass(frozen=True, slots=True)
class Unusual:
    """A median of a run that Chinese counties have not shown: what it is, its value, and what is usual.

    value, low, high: in `unit`, no high where there is none; source: where the limits come from.
    """

    region: str
    year: int
    what: Text
    value: float
    unit: str
    low: float
    high: float | None
    source: Text


@quickclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Lines of a plan that ask for something together which the lines do not say: it may be too much.

    ids: of the lines; text: what they come to together, with the run's figures.
    """

    ids: tuple[str, ...]
    text: Text


@quickclass(frozen=True, slots=True, kw_only=True)
class HeldFigure:
    """Figures of a measure that a place of a run was held to.

    whose: its own, or those of its prefecture or province, on which it leans; last: what the last of them comes to for
    the place; weight: how much it says against what the runs leave open [1].
    """

    place: str
    whose: str
    area: str
    measure: str
    years: tuple[int, ...]
    last: float
    weight: float
    source: str


@quickclass(frozen=True, slots=True, kw_only=True)
class Held:
    """How a run was held to figures published since the base year.

    worth: how many draws the weights are worth; force: exponent of the likelihood, below 1 where fewer would have been
    left. before, after: 10, 50 and 90% quantiles of the main place without the figures and with them.
    """

    figures: tuple[HeldFigure, ...]
    worth: float
    force: float
    before: dict[str, dict[int, tuple[float, float, float]]]
    after: dict[str, dict[int, tuple[float, float, float]]]


@quickclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What a place starts from in a base year after the census.

    known: urbanization rate and residents of the census; start: 10, 50 and 90% quantiles of both at the base year's
    end; how: what they were brought to.
    """

    place: str
    known: tuple[float, ...]
    start: tuple[tuple[float, float, float], ...]
    how: Text


@quickclass(frozen=True, slots=True, kw_only=True)
class Led:
    """A control total that moves were fitted to, beside the same draws let go.

    measure: whom it counts; off: the most that any draw is off it [person]; free: what the draws come to without it;
    is_more: whether it is above their median; probability: share of them that come to as many (or as few);
    moves, moves_free: what moves add a year since the base year, with it and without [person/year]; quantiles are 10,
    50 and 90%.
    """

    place: str
    measure: str
    year: int
    persons: float
    off: float
    free: tuple[float, float, float]
    is_more: bool
    probability: float
    probability_error: float
    moves: tuple[float, float, float]
    moves_free: tuple[float, float, float]
    source: Text | None


@quickclass(frozen=True, slots=True, kw_only=True)
class RunTables:
    """Everything of one scenario's run that people look at.

    series: SERIES_COLUMNS; statistic is `quantile` (with its quantile) or `mean` (quantile missing).
    pyramid: PYRAMID_COLUMNS; mean persons by zone (city, town, rural, away), sex and single age, for
        every year.
    measures: what the series holds, by id.
    regions: groups of regions, if any, and then regions; the first is shown where none is asked for.
    observed: OBSERVED_COLUMNS; published figures of the region since 2010, census or yearly estimate.
    crosschecks: planners' methods beside the model, where they were worked.
    services: the table of services that the run used; projects: its pool, as a Gantt chart shows it.
    contributions: of its policies, where they were asked for. stuck: projects that money can never start, where they
    were looked for. clashes: what lines of the plan ask for together. held: the figures that it was held to, if any.
    carried: what its places start from, where the base year is later than the census of `census_year`.
    led: the control totals that moves were fitted to. unusual: what leaves the limits of `sim.run.plausible`.
    contents: what is in the scenario, where it was looked up. mark_regions: whose base year each of the marks is of.
    """

    scenario: str
    title: Text
    regions: tuple[tuple[str, Text], ...]
    base_year: int
    test_year: int
    horizon: int
    draws: int
    seed: int
    plan_title: Text | None
    measures: Mapping[str, Measure]
    series: Columns
    pyramid: Columns
    observed: Columns
    verdicts: tuple[Verdict, ...]
    assumptions: tuple[Assumption, ...]
    marks: tuple[tuple[Text, str, Text], ...]
    crosschecks: tuple[Crosscheck, ...] = ()
    services: tuple[Service, ...] = ()
    projects: tuple[ProjectRow, ...] = ()
    contributions: Contributions | None = None
    stuck: tuple[Stuck, ...] = ()
    clashes: tuple[Clash, ...] = ()
    held: Held | None = None
    carried: tuple[Carried, ...] = ()
    census_year: int | None = None
    led: tuple[Led, ...] = ()
    unusual: tuple[Unusual, ...] = ()
    contents: Contents | None = None
    mark_regions: tuple[str, ...] = ()
