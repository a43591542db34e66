"""The sheets of a workbook and their columns: what each is called in both languages, and the key that it fills."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Literal, NamedTuple

from sim.common.grid import Grid
from sim.common.language import Text
from sim.scenario.texts import tr

Form = Literal["text", "name", "number", "yes", "list"]
"""What a cell holds; a name is the first word of its cell, behind which a list says it in Chinese."""


class Column(NamedTuple):
    """A column: its heading, where its cells go (nowhere: for people only), what they hold, what to write."""

    heading: Text
    key: tuple[str, ...]
    form: Form = "text"
    help: Text | None = None


class Layout(NamedTuple):
    """A sheet: its name in both languages, and its columns."""

    name: Text
    columns: tuple[Column, ...]

    def of(self, grids: Iterable[Grid]) -> Iterator[Grid]:
        """The sheets of this name."""
        return (grid for grid in grids if grid.name.strip() in (self.name.zh, self.name.en))

    @property
    def by_heading(self) -> dict[str, Column]:
        """Columns by what they are called, in each language."""
        return {word: one for one in self.columns for word in (one.heading.zh, one.heading.en)}


def _both(heading: Text, heading_en: Text, key: str, *above: str) -> tuple[Column, Column]:
    """A text that may be given once, or in both languages."""
    return Column(heading, (*above, key, "zh")), Column(heading_en, (*above, key, "en"))


_SOURCE: Final = (tr("Source", context="column"), tr("Source in English"))
_NOTE: Final = (tr("Note", context="column"), tr("Note in English"))
_DIST: Final = (
    Column(tr("Spread"), ("dist",), "name", tr("normal, lognormal, uniform, triangular or certain")),
    Column(tr("Spread: sd or low"), ("first",), "number"),
    Column(tr("Spread: high"), ("second",), "number"),
)
_YEARS: Final = (
    Column(tr("From", context="first year"), ("from",), "number", tr("first year in force")),
    Column(tr("To", context="last year"), ("to",), "number", tr("last year in force")),
)

SCENARIO: Final = Layout(
    tr("Scenario", context="sheet"),
    (
        Column(tr("Key"), ("key",), "list"),
        Column(tr("Content"), ("value",)),
        Column(tr("What it is"), ()),
    ),
)
KEYS: Final[dict[str, tuple[Text, Text, Form]]] = {
    "name": (tr("name", context="key"), tr("name of the scenario, used in file names"), "text"),
    "title.zh": (tr("Chinese title"), tr("title of the report"), "text"),
    "title.en": (tr("English title"), tr("title of the report"), "text"),
    "extends": (tr("stands on"), tr("the file that this one changes, beside it; several in rows of their own"), "text"),
    "region": (tr("region", context="key"), tr("id or six-digit code; several in rows of their own"), "name"),
    "plan": (tr("plan", context="key"), tr("the plan whose targets are judged"), "name"),
    "base_year": (tr("base year"), tr("the census carried forward to its end; the census’s own if left out"), "number"),
    "mode": (tr("mode", context="key"), tr("rates, follow_homes, follow_jobs or control_total"), "text"),
    "horizon": (tr("last year"), tr("of the run; base year + 15 if left out"), "number"),
    "test_year": (tr("test year"), tr("of the verdicts; base year + 5 if left out"), "number"),
    "draws": (tr("draws"), tr("1000 if left out"), "number"),
    "observed": (tr("figures since the census"), tr("published: the run is held to them; or none"), "text"),
    "seed": (tr("seed"), tr("of the random numbers; 2020 if left out"), "number"),
}
"""Rows of the first sheet: what each key is called, what it is, and what its cell holds."""

POLICIES: Final = Layout(
    tr("Policies", context="sheet"),
    (
        Column(tr("Policy"), ("use",), "name", tr("from the list, or the name of a file of your own")),
        *_YEARS,
        Column(tr("Strength"), ("intensity",), "number", tr("1 as written, 0 off")),
        Column(tr("Amount"), ("amount", "value"), "number", tr("size, instead of the policy’s own")),
        Column(tr("Unit of the amount"), ("amount", "unit")),
        *_both(*_SOURCE, "source", "amount"),
        *_both(*_NOTE, "note", "amount"),
        *(one._replace(key=("amount", *one.key)) for one in _DIST),
        Column(tr("Apart from projects"), ("apart_from_projects",), "yes", tr("yes or no")),
    ),
)
CHANGES: Final = {"set": tr("becomes"), "times": tr("times"), "add": tr("plus")}
SETTINGS: Final = Layout(
    tr("Parameters", context="sheet"),
    (
        Column(tr("Parameter"), ("path",), "name", tr("from the list")),
        Column(tr("Change"), ("change",), "text", tr("empty: a new value; or becomes, times, plus")),
        Column(tr("Value", context="column"), ("value",), "number", tr("empty where the yearly sheet gives it")),
        Column(tr("Unit", context="column"), ("unit",), "text", tr("empty: the parameter’s own")),
        *_YEARS,
        Column(tr("Lag"), ("lag",), "number", tr("years before it acts")),
        Column(tr("Ramp"), ("ramp",), "number", tr("years to full strength")),
        *_both(*_SOURCE, "source"),
        *_both(*_NOTE, "note"),
        *_DIST,
    ),
)
CAPACITIES: Final = Layout(
    tr("Capacities", context="sheet"),
    (
        Column(tr("Service", context="column"), ("service",), "name", tr("from the list")),
        Column(tr("Value", context="column"), ("value",), "number"),
        Column(tr("Unit", context="column"), ("unit",), "text", tr("of the service, or of its standard")),
        Column(tr("Year", context="column"), ("year",), "number", tr("at the end of which year")),
        Column(tr("Evidence"), ("evidence",), "name", tr("class of evidence, from the list")),
        *_both(*_SOURCE, "source"),
        *_both(*_NOTE, "note"),
    ),
)
YEARLY: Final = Layout(
    tr("Yearly", context="sheet"),
    (
        Column(tr("Parameter"), ("path",), "name", tr("as on the sheet of parameters, or policies.NAME.amount")),
        Column(tr("Year", context="column"), ("year",), "number"),
        Column(tr("Value", context="column"), ("value",), "number"),
    ),
)
OTHER: Final = Layout(
    tr("Other", context="sheet"),
    (
        Column(tr("Key"), ("key",), "text", tr("services, projects, indicators, totals, set …")),
        Column(tr("Name", context="column"), ("name",), "text", tr("of a parameter, under set")),
        Column(tr("Content"), ("text",), "text", tr("as a scenario file writes it (YAML)")),
    ),
)
_PROCESSES: Final = (
    ("programme", tr("Programme elsewhere"), tr("by whose pace it is held")),
    ("works", tr("Kind of works"), tr("whose usual time gives the latest start")),
    ("award", tr("Award"), tr("whose rounds give the chance")),
    ("task", tr("Task"), tr("whose usual time gives the latest start")),
    ("rate", tr("Rate for a thousand persons"), tr("what others did a year")),
    ("prior", tr("Stock as elsewhere"), tr("where the place’s own is not known")),
)
TARGETS: Final = Layout(
    tr("Targets", context="sheet"),
    (
        Column(tr("No."), ("id",), "text", tr("T1, T2 …")),
        Column(tr("Indicator"), ("title", "zh")),
        Column(tr("Indicator in English"), ("title", "en")),
        Column(tr("Kind"), ("kind",), "name", tr("outcome, standard, commitment, deadline or rule")),
        Column(tr("Nature", context="of a target"), ("nature",), "name", tr("binding or expected")),
        Column(tr("Measure", context="column"), ("measure",), "name", tr("of an outcome, from the list")),
        Column(tr("Driver"), ("driver",), "name", tr("of a standard, from the list")),
        Column(tr("Service", context="column"), ("service",), "name", tr("whose capacity meets the need")),
        Column(tr("Project", context="column"), ("project",), "name", tr("of a deadline or commitment")),
        Column(tr("Comparison"), ("op",), "name", tr("at_least, at_most, about or equal")),
        Column(tr("Target", context="value"), ("value",), "number"),
        Column(tr("Tolerance"), ("tolerance",), "number", tr("of about")),
        Column(tr("Unit", context="column"), ("unit",)),
        Column(tr("Year due"), ("year",), "number"),
        Column(tr("Region", context="column"), ("region",), "name"),
        *(Column(heading, (key,), "name", what) for key, heading, what in _PROCESSES),
        Column(tr("Base"), ("base", "value"), "number", tr("where it stood, of a programme")),
        Column(tr("Base year", context="column"), ("base", "year"), "number"),
        Column(tr("Source of the base"), ("base", "source", "zh")),
        *_both(tr("Where in the plan"), tr("Where in the plan, in English"), "source"),
        *_both(*_NOTE, "note"),
        *_both(tr("Why it is not assessed"), tr("Why it is not assessed, in English"), "reason"),
    ),
)
TOTALS: Final = Layout(
    tr("Control totals", context="sheet"),
    (
        Column(tr("Year", context="column"), ("year",), "number", tr("at whose end people are that many")),
        Column(tr("Region", context="column"), ("region",), "name", tr("empty where there is one region")),
        Column(tr("Residents", context="column"), ("residents", "value"), "number"),
        Column(tr("Unit of residents"), ("residents", "unit"), "text", tr("empty: persons")),
        Column(tr("Townspeople"), ("urban", "value"), "number"),
        Column(tr("Unit of townspeople"), ("urban", "unit"), "text", tr("empty: persons")),
        *_both(*_SOURCE, "source"),
    ),
)
PLAN: Final = Layout(tr("Plan", context="sheet"), SCENARIO.columns)
PLAN_KEYS: Final[dict[str, tuple[Text, Text, Form]]] = {
    "id": (tr("id"), tr("the same as the file’s name"), "text"),
    "title.zh": (tr("Chinese title"), tr("of the plan"), "text"),
    "title.en": (tr("English title"), tr("of the plan"), "text"),
    "source.title.zh": (tr("document"), tr("title of the document, in Chinese"), "text"),
    "source.title.en": (tr("document in English"), tr("title of the document, in English"), "text"),
    "source.issuer.zh": (tr("issuer"), tr("who issued it, in Chinese"), "text"),
    "source.issuer.en": (tr("issuer in English"), tr("who issued it, in English"), "text"),
    "source.date": (tr("date"), tr("of the document, or what is known of it"), "text"),
    "region": (tr("region", context="key"), tr("left out where the plan fits any"), "name"),
    "base_year": (tr("base year"), tr("goes with the region"), "number"),
    "scenario": (
        tr("scenario", context="key"),
        tr("in which the plan itself acts: for its evaluation"),
        "text",
    ),
}

MEANT: Final[Mapping[str, Mapping[str, str]]] = {
    "kind": {
        "结果": "outcome",
        "结果指标": "outcome",
        "标准": "standard",
        "配置标准": "standard",
        "承诺": "commitment",
        "承诺事项": "commitment",
        "时限": "deadline",
        "时限要求": "deadline",
        "规则": "rule",
    },
    "nature": {"约束性": "binding", "预期性": "expected"},
    "op": {
        "≥": "at_least",
        "不低于": "at_least",
        "≤": "at_most",
        "不超过": "at_most",
        "约": "about",
        "=": "equal",
        "等于": "equal",
    },
}
"""Words of a plan's own table, and how the program writes them; of several for one the last is offered."""
