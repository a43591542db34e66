"""From a command or a seek file to a question: every target, path, range and weight checked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import BaseModel

from sim.common.errors import Fault, InvalidInput, Place
from sim.common.quickclass import quickclass
from sim.questions.seek import draft
from sim.questions.seek.ask import Asked
from sim.questions.seek.goal import PLACE as TARGET
from sim.questions.seek.goal import Goal, Wish, goals
from sim.questions.seek.lever import PLACE as VARY
from sim.questions.seek.lever import Ends, Lever, all_ends, weighted
from sim.questions.seek.levers import levers
from sim.questions.seek.seek_file import DEFAULT_PROBABILITY, LeverEntry, SeekFile, TargetEntry
from sim.questions.seek.start import Start, started
from sim.questions.texts import tr
from sim.scenario import scenario as resolve
from sim.scenario.by_name import key_of
from sim.scenario.kinds import keys_in, kind_by
from sim.scenario.library import Loaded, Reading, keeping, scenario_of
from sim.scenario.overrides import FILE as SET
from sim.scenario.shapes.scenario_file import ScenarioFile
from sim.scenario.yaml.document import Path as Steps

_END: Final = "...\n"
"""What closes a document that is a single word."""
_TRIAL: Final = tr("a trial")
_MOST: Final = 8
"""Levers that one search can tell apart in reasonable time."""


@quickclass(frozen=True, slots=True)
class Options:
    """What a command says besides the file: it goes before what a seek file says of the same.

    targets, vary, weights, overrides: all `--target`, `--vary`, `--weights`, `--set`; the first two replace a file's.
    """

    targets: tuple[str, ...] = ()
    vary: tuple[str, ...] = ()
    weights: tuple[str, ...] = ()
    probability: float | None = None
    draws: int | None = None
    seed: int | None = None
    overrides: tuple[str, ...] = ()


def read(file: Path, options: Options) -> Asked:
    """What a command asks of a scenario, or as a seek file says. Raises InvalidInput with every fault."""
    with keeping({}):  # the scenario is resolved at every end of every lever
        return _read(file, options)


def _read(file: Path, options: Options) -> Asked:
    kinds: dict[str, type[BaseModel]] = {"scenario": ScenarioFile, "seek": SeekFile}
    if kind_by(keys_in(file), kinds) == "scenario":
        odds = DEFAULT_PROBABILITY if options.probability is None else options.probability
        return _asked(file, [Wish(words, odds) for words in options.targets], (), options)
    reading = Reading()
    loaded = reading.read(file, SeekFile)
    if loaded is None or reading.faults:
        raise InvalidInput(reading.faults)
    model = loaded.model
    scenario = scenario_of(file, loaded.document, model.scenario)
    both = replace(
        options,
        draws=options.draws or model.draws,
        seed=model.seed if options.seed is None else options.seed,
        overrides=(*_overrides(model.set_), *options.overrides),
    )
    try:
        asked = _asked(scenario, _wishes(model, options), _levers(model, options), both)
    except InvalidInput as invalid:
        raise InvalidInput(_placed(fault, loaded, options) for fault in invalid.faults) from None
    return replace(asked, name=model.name, title=asked.title if model.title is None else model.title.text)


def _wishes(model: SeekFile, options: Options) -> list[Wish]:
    """The targets of the command, else of the file; `--probability` is asked for each of them."""
    general = model.probability if options.probability is None else options.probability
    if options.targets:
        return [Wish(words, general) for words in options.targets]
    entries = [one if isinstance(one, TargetEntry) else TargetEntry(target=one) for one in model.targets]
    if options.probability is not None:
        return [Wish(entry.target, general) for entry in entries]
    return [Wish(entry.target, entry.probability or general) for entry in entries]


def _levers(model: SeekFile, options: Options) -> tuple[Ends, ...]:
    """The levers of the file, unless the command gives its own."""
    if options.vary:
        return ()
    return tuple(Ends(_key(path, entry), entry.low, entry.high, entry.weight) for path, entry in model.vary.items())


def _key(path: str, entry: LeverEntry) -> str:
    return path if entry.change is None else f"{path}.{entry.change}"


def _overrides(of_file: Mapping[str, Any]) -> list[str]:
    """A file's `set` as `--set` would say it."""
    dumped = {key: yaml.safe_dump(value, default_flow_style=True, width=10**6) for key, value in of_file.items()}
    return [f"{key}={words.removesuffix(_END).strip()}" for key, words in dumped.items()]


def _asked(file: Path, wishes: Sequence[Wish], of_file: tuple[Ends, ...], options: Options) -> Asked:
    """The question, checked. of_file: the levers of a seek file; those of the command where there are none."""
    start = started(file, options.overrides)
    own = [f"{key}={value}" for key, value in (("draws", options.draws), ("seed", options.seed)) if value is not None]
    faults: list[Fault] = []
    wanted: tuple[Goal, ...] = ()
    varied: tuple[Lever, ...] = ()
    scenario = resolve(file, own, start.drafts())
    try:
        wanted = goals(wishes, scenario)
    except InvalidInput as invalid:
        faults += invalid.faults
    last = max((goal.wanted.year for goal in wanted), default=scenario.horizon)
    policies = {policy.id: policy.name for policy in scenario.policies}
    by_id = partial(key_of, parameters=scenario.parameters, policies=policies)
    asked = (replace(one, key=by_id(one.key)) for one in of_file or all_ends(options.vary, faults))
    ends = weighted(tuple(asked), options.weights, faults, by_id)
    if not of_file and not options.vary:
        faults.append(Fault(VARY, "", tr("give at least one lever")))
    try:
        varied = levers(ends, scenario, start.uses, last)
    except InvalidInput as invalid:
        faults += invalid.faults
    faults += _bounds(options.probability, len(varied))
    if not faults:
        faults += _ends(file, varied, start)
    if faults:
        raise InvalidInput(dict.fromkeys(faults))
    return Asked(file, scenario, wanted, varied, start, scenario.title)


def _bounds(probability: float | None, n_varied: int) -> Iterator[Fault]:
    if probability is not None and not 0.0 < probability < 1.0:
        problem = tr("{probability:g} must lie between 0 and 1", probability=probability)
        yield Fault(Place("--probability"), "", problem)
    if n_varied > _MOST:
        yield Fault(VARY, "", tr("at most {most} levers together", most=_MOST))


def _placed(fault: Fault, file: Loaded[SeekFile], options: Options) -> Fault:
    """A fault of what the seek file says, in place; one of the command's own options as it is."""
    steps = _steps(fault, file.model, options)
    return fault if steps is None else file.document.fault(steps, fault.problem, fault.nearest, at_key=True)


def _steps(fault: Fault, model: SeekFile, options: Options) -> Steps | None:
    """Where in a seek file stands what a fault is about; None where the file does not say it."""
    said = fault.place.file
    if said == TARGET.file and not options.targets:
        words = [one.target if isinstance(one, TargetEntry) else one for one in model.targets]
        return ("targets", words.index(fault.path)) if fault.path in words else ("targets",)
    if said == VARY.file and not options.vary:
        return _of_lever(fault.path, model)
    return _of_set(fault.path.removeprefix("set."), model, options) if said == SET else None


def _of_set(path: str, model: SeekFile, options: Options) -> Steps | None:
    """`set` and the key that a fault is about; None where the command says it."""
    given = {words.partition("=")[0].strip() for words in options.overrides}
    about = [key for key in model.set_ if f"{path}.".startswith(f"{key}.") or key.startswith(f"{path}.")]
    return ("set", about[0]) if about and about[0] not in given else None


def _of_lever(path: str, model: SeekFile) -> Steps:
    """`vary`, the lever, and the end of its range that a fault is about."""
    for key, entry in model.vary.items():
        whole = _key(key, entry)
        if path == whole:
            return "vary", key
        if path.startswith(f"{whole}=") and entry.low is not None:
            return "vary", key, "low" if path == f"{whole}={entry.low:g}" else "high"
    return ("vary",)


def _ends(file: Path, varied: Sequence[Lever], start: Start) -> list[Fault]:
    """Faults of the scenario with each lever at either end, the others at present, and with all at their high end."""
    faults: list[Fault] = []
    for column, lever in enumerate(varied):
        for end in (lever.low, lever.high):
            at = [one.present for one in varied]
            at[column] = end
            faults += _tried(file, varied, at, start, lever)
    return faults or _together(file, varied, start)


def _together(file: Path, varied: Sequence[Lever], start: Start) -> list[Fault]:
    """Faults of policies that cannot be in force at once: what they share would be counted twice."""
    strengths = [lever.high if lever.kind == "intensity" else lever.present for lever in varied]
    last = next((lever for lever in reversed(varied) if lever.kind == "intensity"), varied[-1])
    return _tried(file, varied, strengths, start, last)


def _tried(file: Path, varied: Sequence[Lever], at: Sequence[float], start: Start, moved: Lever) -> list[Fault]:
    """Faults of the scenario with the levers so, said of the one that was moved."""
    content = draft.content(varied, at, start.uses, {"name": draft.TRIAL}, _TRIAL)
    try:
        resolve(file, (), start.drafts(content))
    except InvalidInput as invalid:
        return draft.elsewhere(invalid, moved, f"{at[varied.index(moved)]:g}")
    return []
