"""From paths and ranges to levers: what each is called, where it stands at present, how far it may go."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import exp
from typing import Final, Literal

from sim.common.errors import Fault, InvalidInput, nearest
from sim.common.language import Text
from sim.model.draws.distribution import Distribution
from sim.model.draws.setting import Setting
from sim.model.parameter import Parameter
from sim.model.registry import FIXED_PREFIXES
from sim.questions.seek.lever import PLACE, Ends, Kind, Lever
from sim.questions.texts import tr
from sim.scenario.by_name import close, close_path
from sim.scenario.library import Reading, find
from sim.scenario.policies import EVERY, Use
from sim.scenario.quantities import Written
from sim.scenario.resolved import PolicyRef, ResolvedScenario
from sim.scenario.shapes.policy_file import PolicyFile
from sim.scenario.shapes.values import Valued

_WIDTH: Final = 1.959963984540054
"""Standard deviations on either side that hold 95% of a normal distribution."""
_OF_POLICY: Final = ("intensity", "amount", "from", "to")
_CHANGES: Final[tuple[Kind, ...]] = ("times", "add", "set")


def levers(given: Sequence[Ends], scenario: ResolvedScenario, uses: Mapping[str, Use], last: int) -> tuple[Lever, ...]:
    """The levers that are asked for. last: the last year that any target looks at.

    Raises InvalidInput with every fault: paths that name nothing, ends that are none, what cannot be varied.
    """
    faults: list[Fault] = []
    found: dict[str, Lever] = {}
    for ends in given:
        try:
            lever = _lever(ends, scenario, uses, last)
        except InvalidInput as invalid:
            faults.extend(invalid.faults)
            continue
        if any((other.path, _slot(other)) == (lever.path, _slot(lever)) for other in found.values()):
            problem = tr("{path} is varied already", path=lever.path)
            faults.append(Fault(PLACE, ends.key, problem))
        found[ends.key] = replace(lever, weight=ends.weight)
    if faults:
        raise InvalidInput(dict.fromkeys(faults))
    return tuple(found.values())


def _slot(lever: Lever) -> str:
    """Two changes of one parameter have one place in a file; a policy has a place for each of its keys."""
    return lever.kind if lever.kind in _OF_POLICY else ""


def _lever(ends: Ends, scenario: ResolvedScenario, uses: Mapping[str, Use], last: int) -> Lever:
    if ends.key.startswith("policies."):
        lever = _of_policy(ends, scenario, uses, last)
    else:
        lever = _of_parameter(ends, scenario)
    if lever.is_integer and (lever.low != int(lever.low) or lever.high != int(lever.high)):
        raise _refused(ends.key, tr("a year is a whole number"))
    if not lever.low <= lever.present <= lever.high:
        raise _refused(
            ends.key,
            tr(
                "its present value {present:g} must lie in {low:g}:{high:g}",
                present=lever.present,
                low=lever.low,
                high=lever.high,
            ),
        )
    return lever


def _of_policy(ends: Ends, scenario: ResolvedScenario, uses: Mapping[str, Use], last: int) -> Lever:
    _, id_, *rest = ends.key.split(".")
    if id_ == EVERY and rest == ["intensity"] and scenario.policies:
        return _every(ends, scenario)
    reference = next((policy for policy in scenario.policies if policy.id == id_), None)
    if reference is None:
        problem = tr("the scenario uses no policy {id}; put it in, with intensity 0", id=id_)
        used = {policy.id: policy.name for policy in scenario.policies}
        raise InvalidInput([Fault(PLACE, ends.key, problem, close(id_, used))])
    what = ".".join(rest)
    if what == "intensity":
        return _intensity(ends, reference)
    if what == "amount":
        return _amount(ends, reference, uses[id_])
    if what in {"from", "to"}:
        return _date(ends, reference, "from" if what == "from" else "to", scenario.base_year, last)
    allowed = ", ".join(_OF_POLICY)
    problem = tr("of a policy these may be varied: {allowed}", allowed=allowed)
    raise InvalidInput([Fault(PLACE, ends.key, problem, nearest(what, _OF_POLICY))])


def _intensity(ends: Ends, policy: PolicyRef) -> Lever:
    low, high, said = _range(ends, (0.0, max(2.0, 2.0 * policy.intensity)), _TWICE)
    name = tr("strength of “{name}”", name=policy.name)
    return Lever(ends.key, "intensity", policy.id, name, policy.intensity, low, high, "1", said)


def _every(ends: Ends, scenario: ResolvedScenario) -> Lever:
    """A factor on the strength of every policy, up to where the strongest may go."""
    low, high, said = _range(ends, (0.0, 2.0), _TWICE)
    name = tr("strength of all policies together ({n})", n=len(scenario.policies))
    return Lever(ends.key, "intensity", EVERY, name, 1.0, low, high, "1", said)


def _amount(ends: Ends, policy: PolicyRef, use: Use) -> Lever:
    """The size of a policy, in the unit in which the scenario or the policy's file writes it."""
    written = amount_of(use)
    value = written.value if isinstance(written, Valued) else written
    if value is None:
        raise _refused(ends.key, tr("this policy has no amount"))
    if not isinstance(value, float | int):
        raise _refused(
            ends.key,
            tr("its size is a path over years: vary policies.{id}.intensity instead", id=policy.id),
        )
    low, high, said = _range(ends, (0.0, 2.0 * value), _TWICE)
    name = tr("size of “{name}”", name=policy.name)
    unit = (written.unit if isinstance(written, Valued) else None) or ""
    return Lever(ends.key, "amount", policy.id, name, float(value), low, high, unit, said)


def amount_of(use: Use) -> Written | None:
    """The size of a policy as its use or its own file writes it."""
    if use.asked.amount is not None:
        return use.asked.amount
    path = find(use.scenario, "policies", use.asked.use)
    file = None if path is None else Reading().read(path, PolicyFile)
    return None if file is None else file.model.amount


def _date(ends: Ends, policy: PolicyRef, kind: Literal["from", "to"], base: int, last: int) -> Lever:
    present = policy.start if kind == "from" else policy.end
    if present is None:
        raise _refused(ends.key, tr("the scenario gives it no {kind}", kind=kind))
    years = float(min(base + 1, present)), float(max(last, present))
    low, high, said = _range(ends, years, tr("default: the years from the base to the target"))
    words = tr("first year") if kind == "from" else tr("last year")
    name = tr("{words} of “{name}”", words=words, name=policy.name)
    return Lever(ends.key, kind, policy.id, name, float(present), low, high, "year", said)


def _of_parameter(ends: Ends, scenario: ResolvedScenario) -> Lever:
    known = scenario.parameters
    path, change = _parameter(ends.key, known)
    own = [_own(chain, path) for chain in scenario.settings.values()]
    return _whole(ends, known[path], own) if change == "set" else _changed(ends, known[path], change, own)


def _changed(ends: Ends, parameter: Parameter, change: Kind, own: Sequence[Sequence[Setting]]) -> Lever:
    """A factor on a parameter, or an addition to it."""
    name, path = parameter.name, parameter.path
    if change == "times":
        title = tr("factor on “{name}”", name=name)
        low, high, said = _range(ends, _factors(own[0], parameter), _SPREAD)
        return Lever(ends.key, "times", path, title, 1.0, low, high, "ratio", said)
    title = tr("addition to “{name}”", name=name)
    low, high, said = _range(ends, None, _SPREAD)
    return Lever(ends.key, "add", path, title, 0.0, low, high, parameter.unit, said)


def _whole(ends: Ends, parameter: Parameter, own: Sequence[Sequence[Setting]]) -> Lever:
    """The value of a parameter, whose uncertainty stays."""
    name, path = parameter.name, parameter.path
    present, dist = _present(ends.key, parameter, own)
    around = _factors(own[0], parameter)
    span = (present * around[0], present * around[1]) if around and present > 0.0 else None
    low, high, said = _range(ends, span, _SPREAD)
    kind: Kind = "fixed" if path.startswith(FIXED_PREFIXES) else "set"
    title = tr("“{name}”", name=name)
    return Lever(ends.key, kind, path, title, present, low, high, parameter.unit, said, 1.0, dist)


def _parameter(key: str, known: Mapping[str, Parameter]) -> tuple[str, Kind]:
    if key in known:
        return key, "set"
    path, _, change = key.rpartition(".")
    kind = next((one for one in _CHANGES if one == change), None)
    if path in known and kind is not None:
        if path.startswith(FIXED_PREFIXES) and kind != "set":
            raise _refused(key, tr("one number for the whole run: it is only set"))
        return path, kind
    problem = tr("no parameter and no part of a policy is called {key}", key=key)
    like = close_path(key if kind is None else path, known)
    whole = like if like is None or kind is None else f"{like}.{kind}"
    raise InvalidInput([Fault(PLACE, key, problem, whole)])


def _own(chain: Sequence[Setting], path: str) -> list[Setting]:
    """What region and scenario files set of a parameter; policies act on top of it."""
    return [setting for setting in chain if setting.path == path and setting.policy is None]


def _present(key: str, parameter: Parameter, own: Sequence[Sequence[Setting]]) -> tuple[float, Distribution | None]:
    """The value that setting a parameter anew would replace, and its uncertainty, which is kept."""
    found = {(parameter.default, None) if not chain else _last(chain[-1]) for chain in own}
    value, dist = next(iter(found))
    path = parameter.path
    if len(found) > 1 or value is None or (dist is not None and dist.kind in ("uniform", "triangular")):
        raise _refused(
            key,
            tr(
                "its present value is not one number, or its distribution cannot move with it: "
                "vary {path}.times instead",
                path=path,
            ),
        )
    return value, dist


def _last(setting: Setting) -> tuple[float | None, Distribution | None]:
    whole = setting.change == "set" and setting.start is None and setting.end is None
    single = len(set(setting.values)) == 1
    return (setting.values[0] if whole and single else None), setting.dist


def _factors(own: Sequence[Setting], parameter: Parameter) -> tuple[float, float] | None:
    """The 95% range of a parameter's own uncertainty, as factors; None where it is certain or no factor."""
    dist = next((setting.dist for setting in reversed(own) if setting.change == "set"), None)
    if dist is not None and dist.kind != "lognormal":
        return None
    sd = parameter.spread if dist is None else dist.sd
    return (exp(-_WIDTH * sd), exp(_WIDTH * sd)) if sd > 0.0 else None


_GIVEN: Final = tr("given in the question")
_TWICE: Final = tr("default: from none to twice as much")
_SPREAD: Final = tr("default: the 95% range of its own uncertainty")


def _range(ends: Ends, default: tuple[float, float] | None, said: Text) -> tuple[float, float, Text]:
    if ends.low is not None and ends.high is not None:
        return ends.low, ends.high, _GIVEN
    if default is None or default[0] >= default[1]:
        raise _refused(ends.key, tr("there is no range to take: give PATH=LOW:HIGH"))
    return (*default, said)


def _refused(key: str, text: Text) -> InvalidInput:
    return InvalidInput([Fault(PLACE, key, text)])
