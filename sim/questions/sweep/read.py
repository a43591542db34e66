"""From a sweep file to a sweep: every path and every end checked as `--set` would check it."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from sim.common.errors import Fault, InvalidInput, Place, nearest
from sim.common.language import Text, same
from sim.common.paths import library
from sim.model.registry import PARAMETERS
from sim.questions.sweep.plan import Factor, Output, Sweep
from sim.questions.sweep.sweep_file import FactorEntry, OutputEntry, SweepFile
from sim.questions.texts import tr
from sim.run.classes import conditional, judged
from sim.run.grounds import grounds, scenario_measures
from sim.scenario import scenario as resolve
from sim.scenario.by_name import close, key_of, known_id, names_by_id
from sim.scenario.library import Loaded, Reading, keeping, scenario_of
from sim.scenario.memory import too_many
from sim.scenario.policies import EVERY
from sim.scenario.quantities import distribution
from sim.scenario.resolved import ResolvedScenario

_REFUSED: Final = ("draws", "region", "plan")
_NOWHERE: Final = Place("")
_BASELESS: Final = {"times": 1.0, "add": 0.0, "intensity": 1.0}


def read(file: Path, draws: int | None = None) -> Sweep:
    """The sweep of a file, with other draws where given. Raises InvalidInput with every fault of it."""
    with keeping({}):  # the scenario is resolved at every end of every factor
        return _read(file, draws)


def _read(file: Path, draws: int | None) -> Sweep:
    reading = Reading()
    loaded = reading.read(file, SweepFile)
    if loaded is None or reading.faults:
        raise InvalidInput(reading.faults)
    model = loaded.model
    base_file = scenario_of(file, loaded.document, model.scenario)
    base = resolve(base_file)
    policies = {policy.id: policy.name for policy in base.policies}
    factors = tuple(
        _factor(key_of(key, base.parameters, policies), entry, model.design.kind)
        for key, entry in model.factors.items()
    )
    files = _check_factors(loaded, base_file, factors, reading)
    outputs = _outputs(loaded, base, _last_years(base, factors), reading)
    each = draws or model.draws or base.draws
    problem = too_many(base, each)
    if problem is not None:
        reading.faults.append(loaded.document.fault(("draws",), problem))
    if reading.faults:
        raise InvalidInput(dict.fromkeys(reading.faults))
    design = model.design
    return Sweep(
        name=model.name,
        title=model.title.text if model.title else same(model.name),
        file=file,
        scenario=base_file,
        factors=factors,
        kind=design.kind,
        size=design.size,
        levels=design.levels,
        seed=design.seed,
        draws=each,
        outputs=outputs,
        inputs=_inputs(file, base, files),
        stacked=_can_be_stacked(base_file, factors),
    )


def _factor(key: str, entry: FactorEntry, design: str) -> Factor:
    full = f"{key}.{entry.change}" if entry.change else key
    dist = None if entry.dist is None else distribution(entry.dist, 1.0)
    low, high = entry.low or 0.0, entry.high or 0.0
    if dist is not None and dist.kind == "uniform":
        low, high, dist = dist.low, dist.high, None
    value = entry.value
    if value is None and design == "one_at_a_time":
        value = _BASELESS.get(full.rpartition(".")[2])
        if value is not None and not entry.values and dist is None and not low <= value <= high:
            value = None
    name = entry.name.text if entry.name else same(full)
    return Factor(full, name, low, high, entry.values or (), value, dist, entry.unit)


def ends(factor: Factor) -> tuple[float, ...]:
    """The values of a factor that must be allowed: its ends, or all listed ones; the centre of an open distribution."""
    if factor.values:
        found = factor.values
    elif factor.dist is not None and factor.dist.kind != "triangular":
        found = ()
    else:
        found = (factor.dist.low, factor.dist.high) if factor.dist else (factor.low, factor.high)
    return found if factor.value is None else (*found, factor.value)


def _check_factors(
    loaded: Loaded[SweepFile], base: Path, factors: Sequence[Factor], reading: Reading
) -> tuple[Path, ...]:
    """Resolves the scenario with every end of every factor alone; the files that were read."""
    files: dict[Path, None] = {}
    for key, factor in zip(loaded.model.factors, factors, strict=True):
        found = _own_faults(factor, loaded.model.design.kind)
        for value in () if found else ends(factor):
            try:
                files |= dict.fromkeys(resolve(base, [factor.override(value)]).inputs)
            except InvalidInput as invalid:
                found += [_elsewhere(fault, factor) for fault in invalid.faults]
        place = loaded.document.place(("factors", key), at_key=True)
        reading.faults.extend(replace(fault, place=place, path=f"factors.{key}") for fault in found)
    return tuple(files)


def _elsewhere(fault: Fault, factor: Factor) -> Fault:
    """The fault with its own path said, where that is not the factor's."""
    if not fault.path or factor.key.startswith(fault.path) or fault.path.startswith(factor.key):
        return fault
    return replace(fault, problem=tr("{path}: {problem}", path=fault.path, problem=fault.problem))


def _own_faults(factor: Factor, design: str) -> list[Fault]:
    """What is wrong with a factor before any scenario is asked."""
    problems = []
    if factor.key in _REFUSED:
        problems.append(tr("{key} cannot be a factor", key=factor.key))
    if factor.is_integer and any(value != int(value) for value in (*ends(factor), factor.low, factor.high)):
        problems.append(tr("this factor takes whole numbers only"))
    if factor.is_integer and factor.dist is not None:
        problems.append(tr("no dist here: give low and high, or values"))
    if design == "one_at_a_time" and factor.value is None and not factor.values:
        problems.append(tr("one_at_a_time needs a base value"))
    if design == "morris" and factor.dist is not None and factor.dist.kind in ("normal", "lognormal"):
        problems.append(tr("morris goes to the ends: give low and high"))
    return [Fault(place=_NOWHERE, path="", problem=problem) for problem in problems]


def _can_be_stacked(base: Path, factors: Sequence[Factor]) -> bool:
    """Whether the strengths of policies may differ among members that are stepped together.

    Not where two policies of one mechanism could be in force at once in some member, and not where a policy acts on
    what only the scenario has (its services and indicators): then each member is resolved alone.
    """
    varied = [factor.policy for factor in factors if factor.policy]
    tops = [factor.override(max(ends(factor), default=1.0)) for factor in factors if factor.policy]
    try:
        resolved = resolve(base, tops)
    except InvalidInput as invalid:
        return not any(fault.path.endswith(".use") or fault.path == "use" for fault in invalid.faults)
    acting = [one for chain in resolved.settings.values() for one in chain if one.policy is not None]
    return all(one.path in PARAMETERS for one in acting if one.policy in varied or EVERY in varied)


def _last_years(base: ResolvedScenario, factors: Sequence[Factor]) -> int:
    """The earliest last year of any member."""
    horizon = next((factor for factor in factors if factor.key == "horizon"), None)
    return base.horizon if horizon is None else int(min(ends(horizon), default=base.horizon))


def _outputs(loaded: Loaded[SweepFile], base: ResolvedScenario, last: int, reading: Reading) -> tuple[Output, ...]:
    found: list[Output] = []
    for index, entry in enumerate(loaded.model.outputs):
        faults: list[tuple[str, Text, str | None]] = []
        made = _output(entry, base, faults)
        for key, problem, like in faults:
            reading.faults.append(loaded.document.fault(("outputs", index, key), problem, like))
        for output in made:
            if not base.base_year < output.year <= last:
                allowed = f"{base.base_year + 1}…{last}"
                problem = tr("{year} must be in {allowed}", year=output.year, allowed=allowed)
                reading.faults.append(loaded.document.fault(("outputs", index, "year"), problem))
            if output.column in {other.column for other in found}:
                problem = tr("the column {column} is there already", column=output.column)
                reading.faults.append(loaded.document.fault(("outputs", index), problem))
            found.append(output)
    return tuple(found)


def _output(entry: OutputEntry, base: ResolvedScenario, faults: list[tuple[str, Text, str | None]]) -> list[Output]:
    names, places = list(grounds(base)), base.places
    region = None if entry.region is None else known_id(entry.region, places)
    if region is not None and region not in names:
        problem = tr("the scenario has no region {region}", region=region)
        faults.append(("region", problem, close(region, places)))
        return []
    row = names.index(region or base.main)
    if entry.target is not None:
        return _probability(entry, base, faults)
    assert entry.measure is not None
    assert entry.year is not None
    measures = scenario_measures(base)
    called = names_by_id(measures)
    measure = known_id(entry.measure, called)
    if measure not in measures:
        problem = tr("no measure is called {measure}", measure=measure)
        faults.append(("measure", problem, close(measure, called)))
        return []
    described = measures[measure]
    stem = entry.name or "_".join((region or "", measure, str(entry.year))).strip("_").replace(".", "_")
    title = tr("{name}, {year}", name=described.name, year=entry.year)
    alone = entry.name is not None and len(entry.statistics) == 1
    columns = {statistic: stem if alone else f"{stem}_{statistic}" for statistic in entry.statistics}
    return [
        Output(column, title, measure, entry.year, statistic, described.unit, row)
        for statistic, column in columns.items()
    ]


def _probability(
    entry: OutputEntry, base: ResolvedScenario, faults: list[tuple[str, Text, str | None]]
) -> list[Output]:
    measures = scenario_measures(base)
    usable = judged(base, measures)
    target = usable.get(str(entry.target))
    if target is None or base.plan is None:
        known = ", ".join(usable) or "—"
        problem = tr(
            "the plan has no target {target} that can be judged; allowed: {known}", target=entry.target, known=known
        )
        if conditional(base, str(entry.target)):
            problem = tr(
                "{line} hangs on something assumed for it, so it has a condition and no probability: keep its measure",
                line=entry.target,
            )
        faults.append(("target", problem, nearest(str(entry.target), usable)))
        return []
    column = entry.name or f"probability_{target.id}"
    title = tr("probability of reaching {title}", title=target.title)
    row = grounds(base)[target.region or base.plan.region or base.main].row
    year, measure = int(target.year or 0), str(target.measure)
    return [Output(column, title, measure, year, "probability", "share", row, target)]


def _inputs(file: Path, base: ResolvedScenario, others: Sequence[Path]) -> tuple[Path, ...]:
    """Every file that a member's numbers rest on."""
    folders = [*(region.folder for region in base.regions), library() / "calibration" / "national"]
    beside = [path for folder in folders for path in sorted(folder.iterdir()) if path.is_file()]
    return tuple(dict.fromkeys((file, *base.inputs, *others, *beside)))
