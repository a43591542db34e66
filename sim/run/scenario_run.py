"""One scenario, run: from its resolved form to the tables and the folder it leaves behind."""

import os
import platform
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Final

from sim import __version__
from sim.common.language import NOTHING
from sim.common.paths import library, shown, shown_place
from sim.common.plain import as_read
from sim.common.quickclass import quickclass
from sim.model.arrays import Array
from sim.model.indicators.indicator import Indicator
from sim.model.projects.gantt import rows as project_rows
from sim.model.projects.months import month_of
from sim.model.projects.records import ProjectRow
from sim.places.base_year import BaseYear
from sim.places.base_year.files import region_base
from sim.places.base_year.homes import base_homes, marks_of_homes
from sim.places.census import CensusRow
from sim.places.china.national import NATIONAL, load_national
from sim.run.answers import Verdict
from sim.run.assumed import as_set, hangs
from sim.run.carried import carried
from sim.run.case import Case, case, region_case
from sim.run.columns import Columns
from sim.run.conditions import conditions
from sim.run.consistency import clashes
from sim.run.ensemble import Ensemble, Watch, simulate
from sim.run.folder import file_hash
from sim.run.grounds import grounds, members_of, places
from sim.run.observed import observed
from sim.run.plausible import unusual
from sim.run.results import pyramid, series
from sim.run.sizes import Without, asked_of, by_size
from sim.run.tables import OBSERVED_COLUMNS, Assumption, RunTables
from sim.run.totals import led
from sim.run.verdict import verdicts
from sim.scenario import explain
from sim.scenario.begins import CONTROL
from sim.scenario.explanation import said
from sim.scenario.resolved import GroupRef, ResolvedScenario

_LIBRARIES: Final = ("numpy", "numba", "simpy", "pandas", "duckdb", "plotly")
"""Those that numbers, or the bytes of files, come from."""


@quickclass(frozen=True, slots=True)
class Run:
    """A scenario that was run: its tables, and the draws they were made of."""

    scenario: ResolvedScenario
    tables: RunTables
    ensemble: Ensemble
    seconds: float


@quickclass(frozen=True, slots=True)
class Ready:
    """A case with what is known of its regions besides."""

    case: Case
    base_years: tuple[BaseYear, ...]
    observed: Columns


def ready(scenario: ResolvedScenario) -> Ready:
    """The case of a resolved scenario. Raises InvalidInput where a region's data are bad."""
    built, bases, rows = _built(scenario)
    figures = [
        observed(ref.id, ref.name.zh, rows[ref.id], ref.history or ref.folder / "history.csv")
        for ref in scenario.regions
    ]
    figures.extend(_of_group(group) for group in scenario.groups)
    figures.extend(_published(one, one.place or scenario.main) for one in scenario.indicators)
    return Ready(built, bases, Columns.joined(figures))


def case_of(scenario: ResolvedScenario) -> Case:
    """The same case, without what is published of its regions. Raises InvalidInput where a region's data are bad."""
    return _built(scenario)[0]


def _built(scenario: ResolvedScenario) -> tuple[Case, tuple[BaseYear, ...], dict[str, dict[int, CensusRow]]]:
    """The case, base years, and each region's census rows by year."""
    national = load_national()
    regions, bases, tables = [], [], {}
    for ref in scenario.regions:
        base, rows = region_base(ref.folder, ref.base_year, national)
        row = rows[ref.base_year]
        own = region_case(ref, scenario.settings[ref.id], base.pop, row.households)
        regions.append(replace(own, homes=base_homes(row), capacities=scenario.capacities.get(ref.id, {})))
        bases.append(replace(base, marks=(*base.marks, *marks_of_homes(row))))
        tables[ref.id] = rows
    built = case(scenario.census_year, scenario.horizon, scenario.seed, regions, national)
    order = [place.id for place in places(scenario)]
    built = replace(
        built,
        outset=scenario.outset,
        groups=members_of(scenario),
        services=scenario.services,
        projects=scenario.projects,
        indicators=tuple((one, order.index(one.place or scenario.main)) for one in scenario.indicators),
    )
    return built, tuple(bases), tables


def _of_group(group: GroupRef) -> Columns:
    """Published figures of a group, without its seat: the model means the seats of all members, a yearbook one."""
    found = observed(group.id, group.name.zh, {}, group.history)
    return found.where(found["measure"] != "city")


def _published(of: Indicator, place: str) -> Columns:
    """The published values of an indicator in the columns OBSERVED_COLUMNS."""
    rows = [(place, f"indicator.{of.id}", year, value, of.unit, "yearly", of.source.zh) for year, value in of.observed]
    return Columns.of_rows(OBSERVED_COLUMNS, rows)


def openings(scenario: ResolvedScenario, ensemble: Ensemble) -> dict[str, list[float | None]]:
    """When every like project of an entry of the pool is open, by group [year]; None: not within the run."""
    found: dict[str, list[float | None]] = {}
    for column, region in enumerate(scenario.regions):
        mine = [project for project in scenario.projects if project.region == region.id]
        for entry in dict.fromkeys(project.entry for project in mine):
            places = [index for index, project in enumerate(mine) if project.entry == entry]
            found[entry] = _last_opened(ensemble.pipelines[column].opened[:, places], scenario.horizon)
    return found


def _pool(scenario: ResolvedScenario, ensemble: Ensemble) -> tuple[ProjectRow, ...]:
    """The project pool as a Gantt chart shows it, region by region."""
    found: list[ProjectRow] = []
    for column, region in enumerate(scenario.regions):
        mine = [project for project in scenario.projects if project.region == region.id]
        if mine:
            found.extend(project_rows(mine, ensemble.pipelines[column], scenario.horizon, scenario.test_year))
    return tuple(found)


def _last_opened(opened: Array, horizon: int) -> list[float | None]:
    """The last of the moments of each group, where all lie within the run [year]. opened: [group, project]."""
    last = opened.max(axis=1)  # NaN where one of them is not known
    end = month_of(horizon + 1)
    return [moment / 12.0 if moment < end else None for moment in last.tolist()]


def run(
    scenario: ResolvedScenario,
    jobs: int | None = None,
    watch: Watch | None = None,
    then: Callable[[], None] | None = None,
) -> Run:
    """Run a scenario: all its draws, its tables and its verdicts.

    watch: is told how far it is; then: is called when all draws are simulated and the tables are still to be made.
    """
    begun = time.perf_counter()
    prepared = ready(scenario)
    shown = list(range(scenario.base_year, scenario.horizon + 1))
    ensemble = simulate(prepared.case, range(scenario.draws), shown, jobs or os.cpu_count() or 1, watch)
    if then is not None:
        then()
    tables = _tables(scenario, prepared, ensemble)
    return Run(scenario, tables, ensemble, time.perf_counter() - begun)


def _tables(scenario: ResolvedScenario, prepared: Ready, ensemble: Ensemble) -> RunTables:
    shown = places(scenario)
    names = [place.id for place in shown]
    ask = asked_of(prepared.case)
    said = judged(scenario, ensemble, openings(scenario, ensemble), ask)
    return RunTables(
        scenario=scenario.name,
        title=scenario.full_title,
        regions=tuple((place.id, place.name) for place in shown),
        base_year=scenario.base_year,
        test_year=scenario.test_year,
        horizon=scenario.horizon,
        draws=scenario.draws,
        seed=scenario.seed,
        plan_title=scenario.plan.title if scenario.plan else None,
        measures=ensemble.measures,
        services=scenario.services,
        projects=_pool(scenario, ensemble),
        series=series(scenario.name, names, ensemble),
        pyramid=pyramid(scenario.name, names, ensemble),
        observed=prepared.observed,
        verdicts=said,
        clashes=clashes(said, ensemble, grounds(scenario)),
        assumptions=_assumptions(scenario),
        marks=tuple((mark.what, mark.kind, mark.method) for base in prepared.base_years for mark in base.marks),
        mark_regions=_mark_regions(scenario, prepared),
        unusual=unusual(ensemble, names, sorted({scenario.base_year, scenario.test_year, scenario.horizon})),
        carried=carried(scenario, ensemble, names),
        census_year=scenario.census_year,
        led=led(scenario, ensemble, grounds(scenario), ask),
    )


def retold(done: Run, ensemble: Ensemble, ask: Without) -> Run:
    """A run told again from other draws: its series, verdicts and what is said of both. ask: as for `judged`."""
    names = [place.id for place in places(done.scenario)]
    said = judged(done.scenario, ensemble, openings(done.scenario, ensemble), ask)
    tables = replace(
        done.tables,
        series=series(done.scenario.name, names, ensemble),
        verdicts=said,
        clashes=clashes(said, ensemble, grounds(done.scenario)),
        unusual=unusual(ensemble, names),
        carried=carried(done.scenario, ensemble, names),
        led=led(done.scenario, ensemble, grounds(done.scenario), ask),
    )
    return replace(done, tables=tables, ensemble=ensemble)


def judged(
    scenario: ResolvedScenario,
    ensemble: Ensemble,
    opened: Mapping[str, Sequence[float | None]],
    ask: Without | None,
    *,
    explained: bool = True,
) -> tuple[Verdict, ...]:
    """What a run says of every line of the scenario's plan.

    opened, explained: as for `sim.run.verdict.verdicts`; ask: as for `sim.run.sizes.by_size`, which is left out where
    it is None.
    """
    if scenario.plan is None:
        return ()
    where, plan = grounds(scenario), as_set(scenario.plan, scenario)
    stocks = {one.id for one in scenario.plan.targets if one.service is not None and hangs(one, scenario)}
    hanging = conditions(scenario, opened)
    policies, seed = scenario.policies, scenario.seed
    said = verdicts(plan, ensemble, where, policies, seed, opened, hanging, stocks, explained=explained)
    return said if ask is None else by_size(said, scenario, ensemble, where, ask)


def _mark_regions(scenario: ResolvedScenario, prepared: Ready) -> tuple[str, ...]:
    """The region of each mark of the base years, in their order."""
    pairs = zip(scenario.regions, prepared.base_years, strict=True)
    return tuple(region.id for region, base in pairs for _ in base.marks)


def _assumptions(scenario: ResolvedScenario) -> tuple[Assumption, ...]:
    """What the run used, set or default; parameters of 0, and controls, that nobody set are left out."""
    found = []
    for item in explain(scenario):
        if not item.chain and (item.values[0] == 0.0 or item.path.startswith(CONTROL)):
            continue
        value = f"{item.values[0]:.6g}" if len(item.values) == 1 else f"{item.values[0]:.6g} … {item.values[-1]:.6g}"
        changes = tuple(
            (said(one), one.origin.source or NOTHING, shown_place(one.origin.place)) for one in item.changes
        )
        source, place = item.source or NOTHING, shown_place(item.place)
        found.append(Assumption(item.path, item.name, value, item.unit, source, place, changes, item.region))
    return tuple(found)


def manifest(of: Run, command: Sequence[str], started: str) -> dict[str, object]:
    """What made a run: program, command, seed, machine, and a hash of every file it read."""
    return {
        "program": "townward",
        "command": list(command),
        "scenario": of.scenario.name,
        "changes": list(of.scenario.overrides),
        "seed": of.scenario.seed,
        "draws": of.scenario.draws,
        "years": [of.scenario.base_year, of.scenario.horizon],
        "measures": len(of.ensemble.measures),
        "started": started,
        "seconds": round(of.seconds, 3),
        **circumstances(),
        "inputs": {shown(path): sha256(as_read(path)).hexdigest() for path in of.scenario.inputs},
    }


def circumstances() -> dict[str, object]:
    """What a result may hang on besides its inputs: program, libraries, machine, and the program's own tables."""
    tables = sorted(path for path in (library() / NATIONAL).iterdir() if path.is_file())
    return {
        "version": __version__,
        "commit": _commit(),
        "python": platform.python_version(),
        "machine": f"{platform.machine()} {platform.system()}",
        "libraries": {name: metadata.version(name) for name in _LIBRARIES},
        "program_files": {f"{NATIONAL.as_posix()}/{path.name}": file_hash(path) for path in tables},
    }


def _commit() -> str | None:
    """The commit of the source tree, where the program runs from one."""
    root = Path(__file__).resolve().parents[2]
    if not (root / ".git").exists():
        return None
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command
            ["git", "-C", str(root), "rev-parse", "HEAD"],  # noqa: S607
            capture_output=True,
            text=True,
            timeout=5,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip() or None
