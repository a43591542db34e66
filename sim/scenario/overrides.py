"""What `--set a.b=1` asks for, as if it were one more scenario file on top."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from sim.common.errors import Fault, InvalidInput, Place, nearest
from sim.common.language import same
from sim.model.parameter import Parameter
from sim.scenario import spelled
from sim.scenario.by_name import close, close_path, path_of
from sim.scenario.library import Loaded, Reading, find
from sim.scenario.names import named
from sim.scenario.policies import EVERY, SET, Use
from sim.scenario.shapes.scenario_file import PolicyUse, ScenarioFile
from sim.scenario.texts import tr
from sim.scenario.yaml.checking import check
from sim.scenario.yaml.document import Document, Value
from sim.scenario.yaml.yaml_core import parse

FILE: Final = SET
TOP_LEVEL: Final = ("region", "plan", "base_year", "horizon", "test_year", "draws", "seed", "observed", "mode")
TARGET_FILE: Final = "--target"
TARGET: Final = "target:"
"""What an override begins with that is a target."""
_CHANGES: Final = ("set", "times", "add")
_POLICY_KEYS: Final = ("intensity", "from", "to", "amount")


def parts(overrides: Sequence[str], scenario: Path, reading: Reading) -> list[Loaded[ScenarioFile]]:
    """The overrides of top-level keys and parameters, each as a scenario file of its own."""
    made = [
        one
        for number, words in enumerate((one for one in overrides if one.startswith(TARGET)), start=1)
        for one in _target(words.removeprefix(TARGET), number, scenario, reading)
    ]
    for override in (one for one in overrides if not one.startswith(TARGET)):
        split = _split(override, reading)
        if split is None or split[0].startswith("policies."):
            continue
        key, value = split
        data = _as_file(key, value, reading.parameters)
        if data is None:
            problem = tr("no key or parameter is called {key}", key=key)
            reading.faults.append(Fault(Place(FILE), key, problem, close_path(key, reading.parameters, TOP_LEVEL)))
            continue
        document = _document(data)
        model = check(document, ScenarioFile, reading.faults)
        if model is not None:
            made.append(Loaded(scenario, document, model))
    return made


def _target(words: str, number: int, scenario: Path, reading: Reading) -> list[Loaded[ScenarioFile]]:
    """A target of the command line as a scenario file that holds it."""
    entry = spelled.target(words, number)
    if entry is None:
        problem = tr("write a target as MEASURE >= VALUE UNIT @ YEAR")
        reading.faults.append(Fault(Place(TARGET_FILE), words, problem))
        return []
    document = Document(TARGET_FILE, {"name": "override", "targets": [entry]})
    model = check(document, ScenarioFile, reading.faults)
    return [] if model is None else [Loaded(scenario, document, model)]


def adjusted(uses: Sequence[Use], overrides: Sequence[str], reading: Reading) -> list[Use]:
    """The policy uses after `policies.<id>.<key>=<value>`; faults of unknown policies and keys are kept.

    `policies.all.intensity` is a factor on the strength of every policy, after what is said of each.
    """
    by_id = {use.asked.use: use for use in uses}
    silent = Reading()
    every: list[tuple[str, Value]] = []
    for override in (one for one in overrides if not one.startswith(TARGET)):
        split = _split(override, silent)
        if split is None or not split[0].startswith("policies."):
            continue
        _, said, *rest = split[0].split(".")
        name = _policy(said, by_id)
        if name == EVERY and by_id and rest == ["intensity"]:
            every.append((override, split[1]))
        elif name == EVERY:
            problem = tr("of all policies only the intensity is set, where a scenario uses any")
            reading.faults.append(Fault(Place(FILE), split[0], problem))
        elif name not in by_id:
            problem = tr("the scenario uses no policy {name}", name=name)
            reading.faults.append(Fault(Place(FILE), split[0], problem, _near(name, by_id)))
        elif len(rest) != 1 or rest[0] not in _POLICY_KEYS:
            allowed = ", ".join(_POLICY_KEYS)
            problem = tr("of a policy these may be set: {allowed}", allowed=allowed)
            reading.faults.append(Fault(Place(FILE), split[0], problem, nearest(".".join(rest), _POLICY_KEYS)))
        else:
            by_id[name] = _adjusted(by_id[name], rest[0], (override, split[1]), reading)
    return [_scaled(use, every, reading) for use in by_id.values()]


def _scaled(use: Use, every: Sequence[tuple[str, Value]], reading: Reading) -> Use:
    """A use with its strength multiplied by what was said of every policy; what is no number is a fault of it."""
    for override, value in every:
        number = float(value) if isinstance(value, int | float) else None
        strength = value if number is None else use.asked.intensity * number
        use = _adjusted(use, "intensity", (override, strength), reading)
    return use


def _policy(said: str, by_id: Mapping[str, Use]) -> str:
    """The id of a policy in use by its id or its name; what was said where there is none."""
    if said in by_id or not by_id:
        return said
    file = find(next(iter(by_id.values())).scenario, "policies", said)
    return said if file is None else file.stem


def _near(said: str, by_id: Mapping[str, Use]) -> str | None:
    """The id or the name of the policy in use that is most like what was said, if any is."""
    if not by_id:
        return None
    words = named(next(iter(by_id.values())).scenario, "policies")
    return close(said, {id_: words.get(id_, same(id_)) for id_ in by_id})


def _split(override: str, reading: Reading) -> tuple[str, Value] | None:
    key, equals, words = override.partition("=")
    key = key.strip()
    if not equals or not key or not words.strip():
        problem = tr("expected key=value, got {override!r}", override=override)
        reading.faults.append(Fault(Place(FILE), "", problem))
        return None
    try:
        return key, parse(words, FILE).data
    except InvalidInput as invalid:
        reading.faults.extend(replace(fault, path=key, place=Place(FILE)) for fault in invalid.faults)
        return None


def _as_file(key: str, value: Value, parameters: Mapping[str, Parameter]) -> Value | None:
    if key in TOP_LEVEL:
        return {"name": "override", key: value}
    by_name = path_of(key, parameters)
    if by_name in parameters:
        return {"name": "override", "set": {by_name: value}}
    said, _, change = key.rpartition(".")
    path = path_of(said, parameters)
    if path in parameters and change in _CHANGES:
        return {"name": "override", "set": {path: {change: value}}}
    return None


def _document(data: Value) -> Document:
    return Document(FILE, data)


def _adjusted(use: Use, key: str, said: tuple[str, Value], reading: Reading) -> Use:
    override, value = said
    asked: dict[str | int, Value] = use.asked.model_dump(by_alias=True, exclude_unset=True, warnings=False)  # type: ignore[assignment]
    asked[key] = value
    document = _document(asked)
    faults: list[Fault] = []
    model = check(document, PolicyUse, faults)
    reading.faults.extend(replace(fault, path=f"policies.{use.asked.use}.{fault.path}") for fault in faults)
    if model is None or faults:
        return use
    return use._replace(asked=model, told=(*use.told, override))
