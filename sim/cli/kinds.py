"""Files that ask something of a scenario: told by their keys, and checked as the commands that run them would."""

from functools import partial
from pathlib import Path
from typing import Any, Final, Literal

import click
from pydantic import BaseModel

from sim.cli.options import say, say_json
from sim.cli.texts import tr
from sim.common.errors import InvalidInput, fault
from sim.common.grid import grids
from sim.common.language import Language, Text
from sim.common.quickclass import quickclass
from sim.scenario.kinds import keys_in, kind_by
from sim.scenario.shapes.scenario_file import ScenarioFile
from sim.scenario.yaml.checking import keys_of

Kind = Literal[
    "scenario",
    "sweep",
    "seek",
    "study",
    "policy",
    "plan",
    "region",
    "services",
    "outcomes",
    "capacities",
    "targets",
    "group",
    "region-rates",
    "kinds",
    "programmes",
    "awards",
    "tasks",
    "rates",
    "upkeep",
    "stocks",
    "crosscheck",
    "figures",
    "census",
    "own-census",
    "away",
    "observed",
    "centres",
    "boundaries",
]

_WORDS: Final[dict[Kind, Text]] = {
    "sweep": tr("sweep file"),
    "seek": tr("seek file"),
    "study": tr("study file"),
    "policy": tr("policy file"),
    "plan": tr("plan file"),
    "region": tr("region file"),
    "services": tr("services file"),
    "outcomes": tr("ledger of outcomes"),
    "capacities": tr("file of capacities"),
    "group": tr("group of regions"),
    "region-rates": tr("file of a region's rates"),
    "kinds": tr("library of kinds of projects"),
    "programmes": tr("library of programmes"),
    "awards": tr("library of awards"),
    "tasks": tr("library of tasks"),
    "rates": tr("library of rates"),
    "upkeep": tr("library of what is kept up"),
    "stocks": tr("library of stocks"),
    "crosscheck": tr("file of inputs of cross-checks"),
}
LIBRARIES: Final[tuple[Kind, ...]] = ("kinds", "programmes", "awards", "tasks", "rates", "upkeep", "stocks")
"""What lines of plans and projects name; each file has one key, of this name."""
_PLACED: Final[dict[str, tuple[str, Kind]]] = {
    "region.yaml": ("", "region"),
    "rates.yaml": ("", "region-rates"),
    "crosscheck.yaml": ("", "crosscheck"),
    "capacity.yaml": ("", "capacities"),
    "services.yaml": ("", "services"),
    "kinds.yaml": ("projects", "kinds"),
    **{f"{kind}.yaml": ("processes", kind) for kind in LIBRARIES[1:] if kind != "rates"},
}
"""Files whose place says what they are, whatever slips there are in their keys: folder (empty: any), and kind."""


@quickclass(frozen=True, slots=True)
class Checked:
    """A file without a fault: its name, what it asks, and the files that were read."""

    name: str
    words: Text
    files: tuple[Path, ...]


def kind_of(file: Path) -> Kind:
    """The kind of a file; a scenario without a slip is known at once."""
    keys = keys_in(file)
    told: tuple[Kind, ...] = ("services", "capacities", *LIBRARIES)
    alone = next((kind for kind in told if keys == {kind}), None)  # a scenario has a name
    if alone is not None:
        return alone
    if {"type", "features"} <= keys or (not keys and file.suffix.lower() in (".csv", ".xlsx", ".json", ".geojson")):
        from sim.cli.table_files import kind_of_table

        if (table := kind_of_table(file)) is not None:
            return table
        if file.suffix.lower() == ".csv":
            raise _unknown_table(file)
    if (placed := _by_place(file, keys)) is not None:
        return placed
    return "scenario" if keys.issubset(keys_of(ScenarioFile)) else kind_by(keys, shapes())


def _unknown_table(file: Path) -> InvalidInput:
    """What is wrong with a CSV that is no table of a known kind: what keeps it from being read, else its headings."""
    try:
        grids(file)
    except InvalidInput as unread:
        return unread
    problem = tr(
        "no table that is known: commas between its columns and the headings of `townward template` are expected"
    )
    return fault(str(file), "", problem)


def _by_place(file: Path, keys: frozenset[str | int]) -> Kind | None:
    """What a file is by its name and folder; None where these say nothing, or it is called as scenarios are."""
    folder = file.absolute().parent.name
    if (file.name, folder) == ("rates.yaml", "processes"):
        return "rates"
    placed = _PLACED.get(file.name)
    if placed is None or placed[0] not in ("", folder) or not keys:
        return None
    kind = placed[1]
    if kind == "region":
        return "group" if "members" in keys else "region"
    return None if keys & {"name", "extends"} else kind


def shapes() -> dict[Kind, type[BaseModel]]:
    """The shape of each kind of file that is YAML and has one."""
    from sim.evidence.study.study_file import StudyFile
    from sim.questions.seek.seek_file import SeekFile
    from sim.questions.sweep.sweep_file import SweepFile
    from sim.scenario.processes import SHAPES
    from sim.scenario.shapes.outcome_file import OutcomesFile
    from sim.scenario.shapes.plan_file import PlanFile
    from sim.scenario.shapes.policy_file import PolicyFile
    from sim.scenario.shapes.region_file import GroupFile, RatesFile, RegionFile
    from sim.scenario.shapes.service_file import CapacityFile, ServicesFile

    asked: dict[Kind, type[BaseModel]] = {"sweep": SweepFile, "seek": SeekFile, "study": StudyFile}
    parts: dict[Kind, type[BaseModel]] = {"policy": PolicyFile, "plan": PlanFile, "region": RegionFile}
    further: dict[Kind, type[BaseModel]] = {"outcomes": OutcomesFile, "capacities": CapacityFile}
    further |= {"group": GroupFile, "region-rates": RatesFile}
    libraries: dict[Kind, type[BaseModel]] = {kind: SHAPES[kind] for kind in LIBRARIES}
    return {"scenario": ScenarioFile, **asked, **parts, "services": ServicesFile, **further, **libraries}


def schema(kind: Kind) -> dict[str, Any]:
    """JSON Schema of a kind of file."""
    from sim.scenario.schema_of import schema as of_scenario
    from sim.scenario.schema_of import schema_of

    if kind == "scenario":
        return of_scenario()
    if kind == "crosscheck":
        from sim.evidence.crosscheck.given import schema as of_inputs

        return of_inputs(_WORDS[kind])
    return schema_of(shapes()[kind], _WORDS[kind])


def validate(kind: Kind, file: Path, overrides: tuple[str, ...], lang: Language, form: str) -> None:
    """Check a file that is no scenario, with the messages of the command that runs it, and say what it asks."""
    if overrides and kind != "seek":
        raise click.UsageError(tr("--set goes with scenarios and seeks").in_(lang))
    checks = {"sweep": _sweep, "study": _study} | {one: partial(_part, one) for one in PARTS}
    checks |= {one: partial(_table, one) for one in TABLES}
    found = checks[kind](file) if kind in checks else _seek(file, overrides)
    if form == "json":
        say_json({kind: found.name, "valid": True, "files": [str(path) for path in found.files]})
        return
    words = found.words
    say(tr("{file}: valid. {words}.", file=file, words=words).in_(lang))


def _sweep(file: Path) -> Checked:
    from sim.questions.sweep.read import read

    found = read(file)
    factors, outputs = len(found.factors), len(found.outputs)
    words = tr(
        "A sweep, “{title}”: {factors} factors, {outputs} columns of results, {draws} draws a member",
        title=found.title,
        factors=factors,
        outputs=outputs,
        draws=found.draws,
    )
    return Checked(found.name, words, found.inputs)


def _seek(file: Path, overrides: tuple[str, ...]) -> Checked:
    from sim.questions.seek.read import Options, read

    found = read(file, Options(overrides=overrides))
    targets, levers, draws = len(found.goals), len(found.levers), found.scenario.draws
    words = tr(
        "A seek, “{title}”: {targets} target(s), {levers} lever(s), {draws} draws",
        title=found.title,
        targets=targets,
        levers=levers,
        draws=draws,
    )
    files = (file, *(path for path in found.scenario.inputs if path.is_file()))  # what was set lay in a passing one
    return Checked(found.name or found.scenario.name, words, files)


def _study(file: Path) -> Checked:
    from sim.evidence.study.read import read_study

    found = read_study(file)
    figures = sum(len(one.until(found.scenario.horizon)) for one in found.series)
    words = tr(
        "A study, “{title}”: {figures} figures until {last_year}, {varied} parameters vary",
        title=found.title,
        figures=figures,
        last_year=found.last_year,
        varied=len(found.varied),
    )
    return Checked(found.name, words, found.inputs)


PARTS: Final[tuple[Kind, ...]] = (
    *("policy", "plan", "region", "group", "region-rates", "services", "outcomes"),
    *LIBRARIES,
    "crosscheck",
)
"""Files that scenarios stand on."""


def _part(kind: Kind, file: Path) -> Checked:
    """A policy, plan, region or table of services, checked as a scenario that names it would."""
    from sim.cli.part_files import check_part

    name, inputs = check_part(kind, file)
    words = tr("A {kind}, “{name}”", kind=_WORDS[kind], name=name)
    return Checked(file.stem, words, inputs)


TABLES: Final[tuple[Kind, ...]] = (
    *("capacities", "targets", "figures", "census"),
    *("own-census", "away", "observed", "centres", "boundaries"),
)
"""Tables that are filled in, or come from elsewhere."""


def _table(kind: Kind, file: Path) -> Checked:
    """A table, checked as what reads it would."""
    from sim.cli.table_files import check_table

    words, inputs = check_table(kind, file)
    return Checked(file.stem, words, inputs)
