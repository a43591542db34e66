"""What a page may move in a scenario: its policies, those of the library that it leaves out, and its rates."""

from collections.abc import Iterator, Mapping, Sequence
from math import floor, log10
from pathlib import Path
from typing import Any, Final, Literal

from sim.common.errors import Fault, InvalidInput, Place
from sim.common.language import NOTHING, Text
from sim.common.paths import shown_place
from sim.common.quickclass import quickclass
from sim.questions.seek.lever import Ends, Lever
from sim.questions.seek.levers import levers as sought
from sim.questions.texts import tr
from sim.scenario import explain
from sim.scenario.explanation import Explanation
from sim.scenario.library import Reading, find, known
from sim.scenario.policies import Use
from sim.scenario.resolved import ResolvedScenario
from sim.scenario.shapes.policy_file import PolicyFile
from sim.scenario.shapes.scenario_file import PolicyUse
from sim.scenario.shapes.words import text_of
from sim.scenario.yaml.document import Document

Part = Literal["used", "offered", "rate"]

OFFERED: Final = "library"
"""What stands for the file of the policies that are only offered."""
_OF_POLICY: Final = ("intensity", "amount", "from")
_STEPS: Final = 100
"""Steps of a slider, about."""
_LEAST: Final = 1e-9
_MOST: Final = 1e12
_STRONGEST: Final = 10.0
_SHARES: Final = ("share", "share/year")
"""Units that are shown in percent."""


@quickclass(frozen=True, slots=True)
class Knob:
    """A lever as a page offers it, with what backs it.

    name: as it stands alone; card: the policy or the subject that it stands under; step: of its slider, allowed: what
    its number box takes, both as they are shown; scale: what is shown for one of the lever's unit (100 of a share);
    source, place: what backs the present value, and where it is written.
    """

    lever: Lever
    name: Text
    part: Part
    card: str
    step: float
    allowed: tuple[float, float]
    scale: float
    source: Text
    place: str

    @property
    def key(self) -> str:
        """What it is called in an address and on the command line."""
        return self.lever.key

    def shown(self, value: float) -> float:
        """A value of the lever as the page shows it: shares in percent."""
        return float(f"{value * self.scale:.9g}")

    def taken(self, shown: float) -> float:
        """The value of the lever that is shown so."""
        if shown == self.shown(self.lever.present):
            return self.lever.present
        return shown if self.scale == 1.0 else float(f"{shown / self.scale:.12g}")


@quickclass(frozen=True, slots=True)
class Card:
    """A policy as a page shows it: its names, where it comes from, whom it touches, what backs its effects.

    missing: why it cannot be moved here; None where it can.
    """

    id: str
    name: Text
    from_plan: Text
    who: Text
    caution: Text
    evidence: tuple[Text, ...]
    place: str
    missing: Text | None = None


def offers(scenario: ResolvedScenario, file: Path, uses: Mapping[str, Use]) -> tuple[Use, ...]:
    """Uses, without any force, of the policies that a scenario could use and does not, by id.

    They begin with the earliest policy of the scenario, else in the first year. Left out are those that this scenario
    could not use as they are: without a size, or of parameters that it lacks.
    """
    started = [policy.start for policy in scenario.policies if policy.start is not None]
    first = min(started, default=scenario.base_year + 1)
    found = []
    for name in known(file, "policies"):
        model = None if name in uses else _read(file, name)
        if model is not None and _lacking(model, scenario) is None:
            asked = PolicyUse.model_validate({"use": name, "from": first, "intensity": 0.0})
            found.append(Use(asked, file, Document(OFFERED, None), ()))
    return tuple(found)


def cards(scenario: ResolvedScenario, file: Path, uses: Mapping[str, Use]) -> dict[str, Card]:
    """Every policy that a scenario file finds, by id: those in use first."""
    names = [policy.id for policy in scenario.policies if policy.id in uses]
    found = {}
    for name in dict.fromkeys((*names, *known(file, "policies"))):
        asking = uses[name].scenario if name in uses else file
        model = _read(asking, name)
        if model is not None:
            place = Place(str(find(asking, "policies", name)))
            if name in uses:
                place = uses[name].document.place((*uses[name].path, "use"))
            missing = None if name in uses else _lacking(model, scenario)
            found[name] = _card(model, shown_place(place), missing)
    return found


def knobs(
    scenario: ResolvedScenario, uses: Mapping[str, Use], offered: Mapping[str, Use], place_of: Mapping[str, Card]
) -> tuple[Knob, ...]:
    """Every lever: of the policies in use, of those only offered, and of the rates that have a range of their own.

    scenario: with what is offered in it.
    """
    both, last = {**uses, **offered}, scenario.horizon
    explained = {one.path: one for one in explain(scenario) if one.region == scenario.regions[0].id}
    found: list[Knob] = []
    for policy in scenario.policies:
        part: Part = "offered" if policy.id in offered else "used"
        for what in _OF_POLICY:
            lever = _lever(Ends(f"policies.{policy.id}.{what}"), scenario, both, last)
            if lever is not None:
                card = place_of[policy.id]
                found.append(_knob(lever, card.name, part, policy.id, _of_card(card), card.place, (0.0, _MOST)))
    for path, one in explained.items():
        lever = _rate(path, scenario, both, last)
        if lever is not None:
            parameter = scenario.parameters[path]
            ends = (0.0, _MOST) if lever.kind == "times" else (parameter.low, parameter.high)
            place, subject = shown_place(one.place), path.partition(".")[0]
            found.append(_knob(lever, parameter.name, "rate", subject, _source(one), place, ends))
    return tuple(found)


def _read(file: Path, name: str) -> PolicyFile | None:
    path = find(file, "policies", name)
    loaded = None if path is None else Reading().read(path, PolicyFile)
    return None if loaded is None else loaded.model


def _lacking(model: PolicyFile, scenario: ResolvedScenario) -> Text | None:
    """Why a scenario cannot use a policy as it is; None where it can."""
    sized = any("amount" in (effect.set_, effect.times, effect.add) for effect in model.effects)
    if sized and model.amount is None:
        return tr("it needs a size: put it into the scenario file")
    parameters = scenario.parameters
    unknown = next((effect.path for effect in model.effects if effect.path not in parameters), None)
    return None if unknown is None else tr("this scenario has no {path}", path=unknown)


def _card(model: PolicyFile, place: str, missing: Text | None) -> Card:
    return Card(
        id=model.id,
        name=model.name.text,
        from_plan=model.from_plan.text,
        who=model.who.text,
        caution=NOTHING if model.caution is None else model.caution.text,
        evidence=tuple(dict.fromkeys(text_of(effect.evidence) for effect in model.effects)),
        place=place,
        missing=missing,
    )


def _of_card(card: Card) -> Text:
    return card.evidence[0] if len(card.evidence) == 1 else NOTHING


def _source(one: Explanation) -> Text:
    return one.source or tr("no source is given")


def _rate(path: str, scenario: ResolvedScenario, uses: Mapping[str, Use], last: int) -> Lever | None:
    """A rate in the 95% range of its own uncertainty: its value, or a factor on what is no single value."""
    lever = _lever(Ends(path), scenario, uses, last) or _lever(Ends(f"{path}.times"), scenario, uses, last)
    return None if lever is None or lever.kind == "fixed" else lever


def _lever(ends: Ends, scenario: ResolvedScenario, uses: Mapping[str, Use], last: int) -> Lever | None:
    """The lever, None where the scenario has none with a range of its own."""
    try:
        return sought([ends], scenario, uses, last)[0]
    except InvalidInput:
        return None


def _knob(lever: Lever, name: Text, part: Part, card: str, source: Text, place: str, ends: tuple[float, float]) -> Knob:
    """ends: what a scenario file may say, in the lever's unit; of a strength and a year its own."""
    scale = 100.0 if lever.unit in _SHARES else 1.0
    low, high = {"intensity": (0.0, _STRONGEST), "from": (lever.low, lever.high)}.get(lever.kind, ends)
    return Knob(lever, name, part, card, _step(lever, scale), (low * scale, high * scale), scale, source, place)


def _step(lever: Lever, scale: float) -> float:
    """About a hundredth of the range, as people count."""
    if lever.is_integer:
        return 1.0
    rough = lever.width * scale / _STEPS
    power = 10.0 ** floor(log10(rough))
    step = min((1.0, 2.0, 5.0, 10.0), key=lambda one: abs(one * power - rough)) * power
    return float(f"{step:.6g}")


def moved(knobs_of: Sequence[Knob], values: Mapping[str, float]) -> tuple[tuple[Knob, float], ...]:
    """The levers that stand elsewhere than at present, with their values; those of policies without force left out.

    values: by lever, as they are shown. Raises InvalidInput for what names no lever, and for what is no number that it
    takes.
    """
    by_key = {one.key: one for one in knobs_of}
    faults = list(_faults(by_key, values))
    if faults:
        raise InvalidInput(faults)
    at = {key: one.taken(values[key]) if key in values else one.lever.present for key, one in by_key.items()}
    idle = {
        one.card for one in knobs_of if one.part == "offered" and one.lever.kind == "intensity" and at[one.key] == 0.0
    }
    return tuple(
        (one, at[key])
        for key, one in by_key.items()
        if at[key] != one.lever.present and not (one.part == "offered" and one.card in idle)
    )


def _faults(by_key: Mapping[str, Knob], values: Mapping[str, float]) -> Iterator[Fault]:
    for key, value in values.items():
        place = Place(OFFERED)
        if key not in by_key:
            yield Fault(place, key, tr("no lever is called so"))
            continue
        lever, (low, high) = by_key[key].lever, by_key[key].allowed
        if not low - _LEAST <= value <= high + _LEAST:  # false for what is no number, too
            allowed = f"{low:g}…{high:g}{'%' if by_key[key].scale != 1.0 else ''}"
            yield Fault(place, key, tr("{value:g} must be in {allowed}", value=value, allowed=allowed))
        elif lever.is_integer and value != int(value):
            yield Fault(place, key, tr("a year is a whole number"))


def with_uses(uses: Mapping[str, Use], offered: Sequence[Use]) -> dict[str, Use]:
    """The uses of a scenario and what is offered besides, by id."""
    return {**uses, **{one.asked.use: one for one in offered}}


def document_of(offered: Sequence[Use]) -> Document:
    """What is offered as a scenario file."""
    asked: list[Any] = [one.asked.model_dump(by_alias=True, exclude_unset=True) for one in offered]
    return Document(OFFERED, {"name": OFFERED, "policies": asked})
