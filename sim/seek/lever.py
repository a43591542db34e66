"""Levers: what a plan may change, between which ends, and from which present value."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp
from typing import Final, Literal

from sim.errors import Fault, InvalidInput, Place, nearest
from sim.language import Text
from sim.load.files import Reading, find
from sim.load.policies import Use
from sim.load.quantities import Written
from sim.parameters.registry import FIXED_PREFIXES, PARAMETERS
from sim.scenario.distribution import Distribution
from sim.scenario.policy_file import PolicyFile
from sim.scenario.resolved import PolicyRef, ResolvedScenario, Setting
from sim.scenario.values import Valued

Kind = Literal["set", "times", "add", "fixed", "intensity", "amount", "from", "to"]

PLACE: Final = Place("--vary")
_WIDTH: Final = 1.959963984540054
"""Standard deviations on either side that hold 95% of a normal distribution."""
_OF_POLICY: Final = ("intensity", "amount", "from", "to")
_CHANGES: Final = ("times", "add", "set")


@dataclass(frozen=True, slots=True)
class Lever:
    """Something that a plan may change, as a scenario file that extends the given one would say it.

    key: what `--vary` calls it; path: of its parameter, or the policy's id; present, low, high: in `unit`
    (`ratio` of a factor, `1` of an intensity, `year` of a date); range_of: where the ends come from; dist: the
    uncertainty that the value keeps, of a parameter that is set.
    """

    key: str
    kind: Kind
    path: str
    name: Text
    present: float
    low: float
    high: float
    unit: str
    range_of: Text
    weight: float = 1.0
    dist: Distribution | None = None

    @property
    def is_integer(self) -> bool:
        """Whether it takes whole numbers only: years."""
        return self.kind in ("from", "to")

    @property
    def stacked(self) -> bool:
        """Whether settings that differ in it are stepped together; others are resolved one value at a time."""
        return self.kind in ("set", "times", "add", "intensity")

    @property
    def width(self) -> float:
        """High less low."""
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class Ends:
    """What `--vary` says: a path, and its two ends if they are given."""

    key: str
    low: float | None
    high: float | None


def levers(given: Sequence[str], scenario: ResolvedScenario, uses: dict[str, Use], last: int) -> tuple[Lever, ...]:
    """The levers of all `--vary` of a command. last: the last year that any target looks at.

    Raises InvalidInput with every fault: paths that name nothing, ends that are none, what cannot be varied.
    """
    faults: list[Fault] = []
    found: dict[str, Lever] = {}
    for words in given:
        ends = _ends(words, faults)
        if ends is None:
            continue
        try:
            lever = _lever(ends, scenario, uses, last)
        except InvalidInput as invalid:
            faults.extend(invalid.faults)
            continue
        if any((other.path, _slot(other)) == (lever.path, _slot(lever)) for other in found.values()):
            problem = Text(f"{lever.path} 已经是一项可变因素", f"{lever.path} is varied already")
            faults.append(Fault(PLACE, ends.key, problem))
        found[ends.key] = lever
    if not given:
        faults.append(Fault(PLACE, "", Text("至少写一项可变因素", "give at least one lever")))
    if faults:
        raise InvalidInput(dict.fromkeys(faults))
    return tuple(found.values())


def weighted(of: Sequence[Lever], weights: Sequence[str]) -> tuple[Lever, ...]:
    """The levers with `--weights PATH=NUMBER`. Raises InvalidInput for others than those varied, or none above 0."""
    by_key = {lever.key: lever for lever in of}
    faults = []
    for words in weights:
        key, _, number = (part.strip() for part in words.partition("="))
        weight = _number(number)
        place = Place("--weights")
        if key not in by_key:
            problem = Text(f"{key} 不在 --vary 之中", f"{key} is not among those varied")
            faults.append(Fault(place, key, problem, nearest(key, by_key)))
        elif weight is None or weight <= 0.0:
            faults.append(Fault(place, key, Text("应为 路径=正数", "expected PATH=NUMBER, a number above 0")))
        else:
            by_key[key] = replace(by_key[key], weight=weight)
    if faults:
        raise InvalidInput(faults)
    return tuple(by_key.values())


def _slot(lever: Lever) -> str:
    """Two changes of one parameter have one place in a file; a policy has a place for each of its keys."""
    return lever.kind if lever.kind in _OF_POLICY else ""


def _ends(words: str, faults: list[Fault]) -> Ends | None:
    key, equals, span = (part.strip() for part in words.partition("="))
    if not equals:
        return Ends(key, None, None)
    numbers = [_number(part) for part in span.split(":")]
    low, high = (*numbers, None, None)[:2]
    if len(numbers) != 2 or low is None or high is None or low >= high:
        problem = Text(
            f"应为 路径=下限:上限,下限小于上限,得到 {span!r}",
            f"expected PATH=LOW:HIGH with LOW below HIGH, got {span!r}",
        )
        faults.append(Fault(PLACE, key, problem))
        return None
    return Ends(key, low, high)


def _number(words: str) -> float | None:
    try:
        value = float(words)
    except ValueError:
        return None
    return value if abs(value) < float("inf") else None


def _lever(ends: Ends, scenario: ResolvedScenario, uses: dict[str, Use], last: int) -> Lever:
    if ends.key.startswith("policies."):
        lever = _of_policy(ends, scenario, uses, last)
    else:
        lever = _of_parameter(ends, scenario)
    if lever.is_integer and (lever.low != int(lever.low) or lever.high != int(lever.high)):
        raise _refused(ends.key, "年份只取整数", "a year is a whole number")
    if not lever.low <= lever.present <= lever.high:
        raise _refused(
            ends.key,
            f"现值 {lever.present:g} 应在 {lever.low:g}:{lever.high:g} 之内",
            f"its present value {lever.present:g} must lie in {lever.low:g}:{lever.high:g}",
        )
    return lever


def _of_policy(ends: Ends, scenario: ResolvedScenario, uses: dict[str, Use], last: int) -> Lever:
    _, id_, *rest = ends.key.split(".")
    reference = next((policy for policy in scenario.policies if policy.id == id_), None)
    if reference is None:
        problem = Text(
            f"方案没有采用政策 {id_};可在方案中加上它,力度写 0",
            f"the scenario uses no policy {id_}; put it in, with intensity 0",
        )
        raise InvalidInput([Fault(PLACE, ends.key, problem, nearest(id_, [policy.id for policy in scenario.policies]))])
    what = ".".join(rest)
    if what == "intensity":
        return _intensity(ends, reference)
    if what == "amount":
        return _amount(ends, reference, uses[id_])
    if what in {"from", "to"}:
        return _date(ends, reference, "from" if what == "from" else "to", scenario.base_year, last)
    allowed = ", ".join(_OF_POLICY)
    problem = Text(f"政策可变的是:{allowed}", f"of a policy these may be varied: {allowed}")
    raise InvalidInput([Fault(PLACE, ends.key, problem, nearest(what, _OF_POLICY))])


def _intensity(ends: Ends, policy: PolicyRef) -> Lever:
    low, high, said = _range(ends, (0.0, max(2.0, 2.0 * policy.intensity)), _TWICE)
    name = Text(f"“{policy.name.zh}”的力度", f"strength of “{policy.name.en}”")
    return Lever(ends.key, "intensity", policy.id, name, policy.intensity, low, high, "1", said)


def _amount(ends: Ends, policy: PolicyRef, use: Use) -> Lever:
    """The size of a policy, in the unit in which the scenario or the policy's file writes it."""
    written = amount_of(use)
    value = written.value if isinstance(written, Valued) else written
    if value is None:
        raise _refused(ends.key, "此政策没有规模", "this policy has no amount")
    if not isinstance(value, float | int):
        raise _refused(
            ends.key,
            f"规模随年份变化;请用 policies.{policy.id}.intensity",
            f"its size is a path over years: vary policies.{policy.id}.intensity instead",
        )
    low, high, said = _range(ends, (0.0, 2.0 * value), _TWICE)
    name = Text(f"“{policy.name.zh}”的规模", f"size of “{policy.name.en}”")
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
        raise _refused(ends.key, f"方案没有写 {kind}", f"the scenario gives it no {kind}")
    years = float(min(base + 1, present)), float(max(last, present))
    low, high, said = _range(
        ends, years, Text("缺省:基年之后至指标年份", "default: the years from the base to the target")
    )
    words = Text("起始年", "first year") if kind == "from" else Text("终止年", "last year")
    name = Text(f"“{policy.name.zh}”的{words.zh}", f"{words.en} of “{policy.name.en}”")
    return Lever(ends.key, kind, policy.id, name, float(present), low, high, "year", said)


def _of_parameter(ends: Ends, scenario: ResolvedScenario) -> Lever:
    path, change = _parameter(ends.key)
    name = PARAMETERS[path].name
    own = [_own(chain, path) for chain in scenario.settings.values()]
    if change == "times":
        low, high, said = _range(ends, _factors(own[0], path), _SPREAD)
        return Lever(
            ends.key, "times", path, Text(f"“{name.zh}”的倍数", f"factor on “{name.en}”"), 1.0, low, high, "ratio", said
        )
    unit = PARAMETERS[path].unit
    if change == "add":
        low, high, said = _range(ends, None, _SPREAD)
        return Lever(
            ends.key, "add", path, Text(f"“{name.zh}”的增量", f"addition to “{name.en}”"), 0.0, low, high, unit, said
        )
    present, dist = _present(ends.key, path, own)
    around = _factors(own[0], path)
    span = (present * around[0], present * around[1]) if around and present > 0.0 else None
    low, high, said = _range(ends, span, _SPREAD)
    kind: Kind = "fixed" if path.startswith(FIXED_PREFIXES) else "set"
    return Lever(ends.key, kind, path, Text(f"“{name.zh}”", f"“{name.en}”"), present, low, high, unit, said, 1.0, dist)


def _parameter(key: str) -> tuple[str, str]:
    if key in PARAMETERS:
        return key, "set"
    path, _, change = key.rpartition(".")
    if path in PARAMETERS and change in _CHANGES:
        if path.startswith(FIXED_PREFIXES) and change != "set":
            raise _refused(key, "此参数全程只有一个数值,不能相乘或相加", "one number for the whole run: it is only set")
        return path, change
    problem = Text(f"没有名为 {key} 的参数或政策项", f"no parameter and no part of a policy is called {key}")
    close = nearest(path, PARAMETERS) if change in _CHANGES else nearest(key, PARAMETERS)
    suffix = f".{change}" if close is not None and change in _CHANGES else ""
    raise InvalidInput([Fault(PLACE, key, problem, None if close is None else close + suffix)])


def _own(chain: Sequence[Setting], path: str) -> list[Setting]:
    """What region and scenario files set of a parameter; policies act on top of it."""
    return [setting for setting in chain if setting.path == path and not setting.site.startswith("policy/")]


def _present(key: str, path: str, own: Sequence[Sequence[Setting]]) -> tuple[float, Distribution | None]:
    """The value that setting a parameter anew would replace, and its uncertainty, which is kept."""
    found = {(PARAMETERS[path].default, None) if not chain else _last(chain[-1]) for chain in own}
    value, dist = next(iter(found))
    if len(found) > 1 or value is None or (dist is not None and dist.kind in ("uniform", "triangular")):
        raise _refused(
            key,
            f"现值不是一个数,或其分布不能随之移动;请用 {path}.times",
            f"its present value is not one number, or its distribution cannot move with it: vary {path}.times instead",
        )
    return value, dist


def _last(setting: Setting) -> tuple[float | None, Distribution | None]:
    whole = setting.change == "set" and setting.start is None and setting.end is None
    single = len(set(setting.values)) == 1
    return (setting.values[0] if whole and single else None), setting.dist


def _factors(own: Sequence[Setting], path: str) -> tuple[float, float] | None:
    """The 95% range of a parameter's own uncertainty, as factors; None where it is certain or no factor."""
    dist = next((setting.dist for setting in reversed(own) if setting.change == "set"), None)
    if dist is not None and dist.kind != "lognormal":
        return None
    sd = PARAMETERS[path].spread if dist is None else dist.sd
    return (exp(-_WIDTH * sd), exp(_WIDTH * sd)) if sd > 0.0 else None


_GIVEN: Final = Text("命令中给定", "given in the command")
_TWICE: Final = Text("缺省:从不施行到现值的两倍(至少到 2)", "default: from none to twice as much")
_SPREAD: Final = Text("缺省:参数自身不确定性的 95% 区间", "default: the 95% range of its own uncertainty")


def _range(ends: Ends, default: tuple[float, float] | None, said: Text) -> tuple[float, float, Text]:
    if ends.low is not None and ends.high is not None:
        return ends.low, ends.high, _GIVEN
    if default is None or default[0] >= default[1]:
        raise _refused(ends.key, "没有缺省范围,请写 路径=下限:上限", "there is no range to take: give PATH=LOW:HIGH")
    return (*default, said)


def _refused(key: str, zh: str, en: str) -> InvalidInput:
    return InvalidInput([Fault(PLACE, key, Text(zh, en))])
