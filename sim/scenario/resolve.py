"""From a scenario file and everything it names to one frozen scenario, with all faults reported together."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, NamedTuple

from sim.common.errors import Fault, InvalidInput
from sim.common.language import Text, same
from sim.model.draws.setting import Setting
from sim.model.draws.strength import applied
from sim.model.indicators.indicator import parameters_of as indicator_parameters
from sim.model.measure import Measure
from sim.model.parameter import Parameter
from sim.model.projects.project import Project
from sim.model.services.service import Capacity, Service
from sim.scenario import begins, indicators, magnitudes, plans, policies, regions, silent, totals, twice
from sim.scenario import overrides as on_top
from sim.scenario.by_name import close, known_id, names_by_id
from sim.scenario.chain import Drafts, ScenarioPart, chain, drafted, last_parent, last_part
from sim.scenario.library import Reading, find
from sim.scenario.measures import named
from sim.scenario.memory import too_many
from sim.scenario.names import named as named_there
from sim.scenario.projects import projects
from sim.scenario.projects.project_costs import things_of
from sim.scenario.quantities import Spot
from sim.scenario.resolved import Plan, RegionRef, ResolvedScenario
from sim.scenario.services import Known, Part, capacities, check_stocks, library, names_of, services
from sim.scenario.settable import Settable
from sim.scenario.settings import Sources, settings
from sim.scenario.shapes.plan_file import PlanFile
from sim.scenario.shapes.scenario_file import DEFAULT_DRAWS, DEFAULT_SEED, DEFAULT_SPAN, DEFAULT_TEST_SPAN, LONGEST_RUN
from sim.scenario.shares import divided, residents_by_place, residents_of, shares
from sim.scenario.texts import tr
from sim.scenario.yaml.document import Path as Steps

_TINY: Final = 1e-12
_NONE: Final = Drafts()


class _Years(NamedTuple):
    """longest: the last year of the run, or of that without overrides where those shorten it."""

    base: int
    horizon: int
    test: int
    longest: int


def scenario(file: Path, overrides: Sequence[str] = (), drafts: Drafts = _NONE) -> ResolvedScenario:
    """The scenario of a file with `--set` overrides on top, checked against regions, plan, policies and parameters.

    drafts: what acts before the overrides, as if a file that extends this one said so. Raises InvalidInput with every
    fault of every file that is read.
    """
    reading = Reading()
    files = chain(file, reading)
    if not files or files[-1].file != file:
        raise InvalidInput(_in_order(reading.faults))
    files += drafted(drafts, file, reading)
    resolved = _resolve(files, overrides, drafts, reading)
    if reading.faults or resolved is None:
        raise InvalidInput(_in_order(reading.faults))
    return replace(resolved, file=file, overrides=tuple(overrides), parent=last_parent(files[-1]))


def _in_order(faults: Sequence[Fault]) -> list[Fault]:
    """Each fault once, by file as they were met, then by line."""
    files = list(dict.fromkeys(fault.place.file for fault in faults))
    once = dict.fromkeys(faults)
    return sorted(once, key=lambda fault: (files.index(fault.place.file), fault.place.line, fault.place.column))


def _resolve(
    files: list[ScenarioPart], overrides: Sequence[str], drafts: Drafts, reading: Reading
) -> ResolvedScenario | None:
    own = files[-1]
    table, traced = _services(files, reading), _indicators(files, reading)
    reading.parameters = Settable(table, indicator_parameters(one.made for one in traced))
    parts = [*files, *(extra := on_top.parts(overrides, own.file, reading))]
    traced = _placed(traced, found := _regions(parts, own, reading))
    outset = begins.outset(parts, found, reading)
    plan = _plan(parts, (found, outset), (named(table, [one.made for one in traced]), names_of(table)), reading)
    in_use, by_policies = _policies(files, overrides, drafts, reading)
    changes = _changes(traced, files, by_policies, extra, reading)
    if not found.regions:
        return None
    references = tuple(reference for reference, _ in found.regions.values())
    years = _years(parts, len(files), (references[0].base_year, outset), reading)
    silent.report(parts, in_use, changes, (years.base + 1, years.longest), reading)
    found, changes = begins.carried(found, in_use, changes, outset, reading)
    known_here, pool = _there(files, (references, years.base), table, reading)
    twice.report(in_use, twice.Counted(years.base, years.horizon, by_policies, pool, table, known_here), reading)
    whole = ResolvedScenario(
        name=own.model.name,
        title=own.model.title.text if own.model.title is not None else same(own.model.name),
        regions=references,
        plan=plans.built(plan, pool),
        horizon=years.horizon,
        test_year=years.test,
        draws=_last(parts, "draws") or DEFAULT_DRAWS,
        seed=_seed(parts),
        settings=_by_region(found, changes, years, reading),
        policies=tuple(begins.since(policies.reference(policy), outset) for policy in in_use),
        inputs=tuple(reading.inputs),
        outset=outset,
        groups=tuple(found.groups.values()),
        services=table,
        capacities=known_here,
        projects=pool,
        indicators=tuple(one.made for one in traced),
    )
    return _noted(whole, parts, reading)


def _noted(whole: ResolvedScenario, parts: Sequence[ScenarioPart], reading: Reading) -> ResolvedScenario:
    """The scenario led to its totals, with its figures asked for or not, and what was remarked.

    A fault without memory for its draws.
    """
    whole = totals.led(whole, parts, reading)
    problem, part = too_many(whole, whole.draws), last_part(parts, "draws") or parts[-1]
    if problem is not None:
        reading.faults.append(part.document.fault(("draws",), problem))
    observed = (_last(parts, "observed") or _usual(whole, parts)) == "published"
    return replace(whole, observed=observed, remarks=tuple(dict.fromkeys(reading.remarks)))


def _usual(whole: ResolvedScenario, parts: Sequence[ScenarioPart]) -> str:
    """Whether figures since the base year are used where nothing is said: a run of a plan is what was said then."""
    return "none" if _last(parts, "plan") is not None and whole.outset is None else "published"


def _policies(
    files: Sequence[ScenarioPart], overrides: Sequence[str], drafts: Drafts, reading: Reading
) -> tuple[list[policies.Policy], list[Setting]]:
    """The policies in use, and what they set."""
    in_use = policies.opened(on_top.adjusted(_uses(files, drafts, reading), overrides, reading), reading)
    return in_use, policies.settings(in_use, reading)


def _changes(
    traced: Sequence[indicators.Traced],
    files: Sequence[ScenarioPart],
    by_policies: Sequence[Setting],
    extra: Sequence[ScenarioPart],
    reading: Reading,
) -> list[Setting]:
    """What all regions are given, the later over the earlier: growth, the files' own, policies, the command line."""
    return [
        *(one.growth for one in traced),
        *_sets(files, Sources("scenario"), reading),
        *totals.stills([*files, *extra]),
        *by_policies,
        *map(_told, _sets(extra, Sources("override"), reading)),
    ]


def _told(setting: Setting) -> Setting:
    """A setting of the command line, which is its source where it names no other."""
    if setting.origin.source is not None:
        return setting
    return replace(setting, origin=replace(setting.origin, source=same(policies.SET)))


def _by_region(
    found: regions.Found, changes: Sequence[Setting], years: _Years, reading: Reading
) -> dict[str, tuple[Setting, ...]]:
    """The settings of each region: its own rates, then its share of what all are given. Ranges are checked."""
    share = shares([reference for reference, _ in found.regions.values()])
    settled = {
        reference.id: (*rates, *divided(changes, share[reference.id])) for reference, rates in found.regions.values()
    }
    for reference, _ in found.regions.values():
        _check_ranges(settled[reference.id], years, reading)
        simulated = range(years.base + 1, years.horizon + 1)
        magnitudes.check_counts(settled[reference.id], residents_of(reference), simulated, reading)
    return settled


def _last(parts: Sequence[ScenarioPart], key: str) -> Any:
    """The value of a top-level key: the last file that gives it wins."""
    part = last_part(parts, key)
    return None if part is None else getattr(part.model, key)


def _seed(parts: Sequence[ScenarioPart]) -> int:
    seed = _last(parts, "seed")
    return DEFAULT_SEED if seed is None else int(seed)


def _regions(parts: Sequence[ScenarioPart], own: ScenarioPart, reading: Reading) -> regions.Found:
    """The regions of the scenario."""
    part = last_part(parts, "region")
    if part is None or part.model.region is None:
        if any(fault.path.startswith(("extends", "region")) or not fault.path for fault in reading.faults):
            return regions.Found()  # it may be in what could not be read
        problem = tr("is missing, here and in the files that this one extends")
        reading.faults.append(own.document.fault(("region",), problem))
        return regions.Found()
    names = (part.model.region,) if isinstance(part.model.region, str) else part.model.region
    found = regions.Found()
    for index, name in enumerate(names):
        path: Steps = ("region",) if isinstance(part.model.region, str) else ("region", index)
        before = set(found.regions)
        if before.intersection(regions.add(name, part.file, (part.document, path), reading, found)):
            problem = tr("region {name} is given twice", name=name)
            reading.faults.append(part.document.fault(path, problem))
    if len({reference.base_year for reference, _ in found.regions.values()}) > 1:
        problem = tr("the regions have different base years")
        reading.faults.append(part.document.fault(("region",), problem))
    return found


def _services(files: Sequence[ScenarioPart], reading: Reading) -> tuple[Service, ...]:
    """The table of services."""
    own = library(reading)
    asked = [Part(part.document, ("services",), part.model.services) for part in files if part.model.services]
    return services(asked if own is None else [own, *asked], reading)


def _indicators(files: Sequence[ScenarioPart], reading: Reading) -> list[indicators.Traced]:
    """The indicators of all files."""
    asked = [one for part in files for one in indicators.asked(part.document, part.model.indicators, reading.faults)]
    return indicators.traced(asked)


def _places(found: regions.Found) -> dict[str, Text]:
    """What groups and regions are called, by id."""
    return names_by_id(found.groups) | {id_: reference.name for id_, (reference, _) in found.regions.items()}


def _placed(traced: Sequence[indicators.Traced], found: regions.Found) -> list[indicators.Traced]:
    """The indicators with their regions by id; they must be of those of the scenario."""
    places, made = _places(found), []
    for one in traced:
        wanted = one.made.place
        at = None if wanted is None else known_id(wanted, places)
        if places and at is not None and at not in places:
            problem = tr("region {wanted} is not in this scenario", wanted=wanted)
            one.spot.report(problem, "region", nearest=close(at, places))
        made.append(one if at == wanted else one._replace(made=replace(one.made, place=at)))
    return made


def _there(
    files: Sequence[ScenarioPart], where: tuple[Sequence[RegionRef], int], table: Sequence[Service], reading: Reading
) -> tuple[dict[str, dict[str, Capacity]], tuple[Project, ...]]:
    """What regions have of services, and their projects. where: the regions, and the year that the run starts from."""
    return _capacities(files, where[0], table, reading), _projects(files, where, table, reading)


def _projects(
    files: Sequence[ScenarioPart], where: tuple[Sequence[RegionRef], int], table: Sequence[Service], reading: Reading
) -> tuple[Project, ...]:
    """where: the regions, and the year that the run starts from."""
    references, base = where
    asked = [one for part in files for one in projects.of_file(part.file, part.document, part.model.projects, reading)]
    names = {reference.id: reference.name for reference in references}
    return projects.projects(asked, projects.Setting(names, base, things_of(table)), reading)


def _capacities(
    files: Sequence[ScenarioPart], references: Sequence[RegionRef], table: Sequence[Service], reading: Reading
) -> dict[str, dict[str, Capacity]]:
    """What is known of each region's capacities; a scenario speaks of those of its only region."""
    said = [Known(part.document, part.model.capacities) for part in files if part.model.capacities]
    if said and len(references) > 1:
        problem = tr("capacities in a scenario are of its only region: of several, give each its own file")
        reading.faults.extend(known.document.fault(("capacities",), problem) for known in said)
        said = []
    found = {one.id: capacities(one.folder, one.base_year, table, reading, said) for one in references}
    for one in references:
        check_stocks(found[one.id], table, residents_of(one), reading)
    return found


def _plan(
    parts: Sequence[ScenarioPart],
    where: tuple[regions.Found, int | None],
    called: tuple[Sequence[Measure], Mapping[str, Text]],
    reading: Reading,
) -> Plan | None:
    """The plan with the targets that the scenario holds itself; both are checked against the regions.

    where: the regions, and the year that their people are carried forward to, if they are; called: measures, and
    what services are called by id.
    """
    base_year = where[1] or next((one.base_year for one, _ in where[0].regions.values()), None)
    asked = ((part.file, part.document, part.model.targets) for part in parts)
    own = plans.own(asked, base_year, reading, *called)
    files = [part for part in parts if part.model.name != "override"] or parts
    title = files[-1].model.title.text if files[-1].model.title is not None else same(files[-1].model.name)
    plan = plans.with_own(_document(parts, called, reading), own, files[-1].model.name, title)
    part = last_part(parts, "plan") or next((one for one in reversed(parts) if one.model.targets), None)
    plan = None if plan is None else plans.placed(plan, _places(where[0]))
    if plan is not None and part is not None and where[0].regions:
        _check_plan(plan, part, where, reading)
    return plan


def _document(
    parts: Sequence[ScenarioPart], called: tuple[Sequence[Measure], Mapping[str, Text]], reading: Reading
) -> Plan | None:
    """The plan that the files name."""
    part = last_part(parts, "plan")
    if part is None or part.model.plan is None:
        return None
    path = find(part.file, "plans", part.model.plan)
    if path is None:
        problem = tr("no plan is called {plan}", plan=part.model.plan)
        reading.faults.append(
            part.document.fault(("plan",), problem, close(part.model.plan, named_there(part.file, "plans")))
        )
        return None
    file = reading.read(path, PlanFile)
    return None if file is None else plans.plan(file, reading, *called)


def _check_plan(plan: Plan, part: ScenarioPart, where: tuple[regions.Found, int | None], reading: Reading) -> None:
    (found, outset), problems = where, []
    known_here = {*found.groups, *found.regions}
    if plan.region is None and not found.groups and len(found.regions) > 1:
        problems.append(tr("the plan fits any region: name one region or one group of regions"))
    if plan.region is not None and plan.region not in known_here:
        problems.append(tr("the plan is for region {wanted}, not in this scenario", wanted=plan.region))
    else:
        reading.faults.extend(_elsewhere(plan, found))
    base = outset or next(reference.base_year for reference, _ in found.regions.values())
    if not problems and plan.base_year not in (None, base):
        years = f"{plan.base_year} ≠ {base}"
        problems.append(tr("plan and region have different base years ({years})", years=years))
    reading.faults.extend(part.document.fault(("plan",), problem) for problem in problems)
    if not reading.faults:  # a value whose unit is wrong has no size
        residents = residents_by_place((reference for reference, _ in found.regions.values()), found.groups.values())
        magnitudes.check_plan(plan, residents, next(iter((*found.groups, *found.regions))), reading)


def _elsewhere(plan: Plan, found: regions.Found) -> list[Fault]:
    """Faults of the lines of a plan that are of a region that the scenario has not."""
    places = _places(found)
    return [
        Fault(one.place, one.id, tr("region {wanted} is not in this scenario", wanted=wanted), close(wanted, places))
        for one in plan.targets
        if (wanted := one.region) is not None and wanted not in places
    ]


def _uses(files: Sequence[ScenarioPart], drafts: Drafts, reading: Reading) -> list[policies.Use]:
    """Policies in use: a later file's use of a policy replaces an earlier one, in its place."""
    merged: dict[str, policies.Use] = {}
    for part in files:
        for use in policies.of_file(part.file, part.document, part.model.policies, reading):
            merged[use.asked.use] = use._replace(scenario=drafts.beside.get(use.asked.use, use.scenario))
    return list(merged.values())


def _sets(parts: Sequence[ScenarioPart], sources: Sources, reading: Reading) -> list[Setting]:
    return [
        setting
        for part in parts
        for setting in settings(
            part.model.set_, Spot(part.document, ("set",), reading.faults, reading.parameters), sources
        )
    ]


def _years(parts: Sequence[ScenarioPart], files: int, known: tuple[int, int | None], reading: Reading) -> _Years:
    """known: the year that people are known in, and the year that they are carried forward to, if they are."""
    base = known[0] if known[1] is None else known[1]
    horizon = _last(parts, "horizon") or base + DEFAULT_SPAN
    if not base < horizon <= base + LONGEST_RUN:
        allowed = f"{base + 1}…{base + LONGEST_RUN}"
        _report_year(parts, "horizon", horizon, allowed, reading)
        horizon = base + DEFAULT_SPAN
    test = _last(parts, "test_year") or min(base + DEFAULT_TEST_SPAN, horizon)
    if not base < test <= horizon:
        _report_year(parts, "test_year", test, f"{base + 1}…{horizon}", reading)
    by_files = _last(parts[:files], "horizon") or base + DEFAULT_SPAN
    return _Years(base, horizon, test, max(horizon, by_files))


def _report_year(parts: Sequence[ScenarioPart], key: str, year: int, allowed: str, reading: Reading) -> None:
    part = last_part(parts, key) or parts[-1]
    problem = tr("{year} must be in {allowed}", year=year, allowed=allowed)
    reading.faults.append(part.document.fault((key,), problem))


def _check_ranges(changes: Sequence[Setting], years: _Years, reading: Reading) -> None:
    """Reports parameters whose central value leaves its range once all changes are applied."""
    by_path: dict[str, list[Setting]] = {}
    for change in changes:
        by_path.setdefault(change.path, []).append(change)
    for path, chained in by_path.items():
        parameter = reading.parameters[path]
        for year in range(years.base + 1, years.horizon + 1):
            value = applied(parameter.default, chained, year)
            if not parameter.low - _TINY <= value <= parameter.high + _TINY:
                reading.faults.append(_out_of_range(parameter, value, year, chained[-1]))
                break


def _out_of_range(parameter: Parameter, value: float, year: int, last: Setting) -> Fault:
    allowed = f"{parameter.low:g}…{parameter.high:g} [{parameter.unit}]"
    problem = tr(
        "after all changes it is {value:g} in {year}, outside the allowed {allowed}",
        value=value,
        year=year,
        allowed=allowed,
    )
    return Fault(last.origin.place, parameter.path, problem)
