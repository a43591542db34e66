"""What a page asks, out of the words of an address or a body: names that are known, and finite numbers."""

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any, Final, get_args

from sim.common.errors import Fault, InvalidInput, Place
from sim.common.language import LANGUAGES, Language
from sim.common.quickclass import quickclass
from sim.output.texts import tr
from sim.questions.live.answer import Stage

MOST: Final = 300
"""Levers moved at once."""
_LONGEST: Final = 200
"""Signs of a name."""
_PLACE: Final = Place("")


@quickclass(frozen=True, slots=True)
class State:
    """Where the levers of a scenario stand: its name, and values by lever."""

    scenario: str
    values: tuple[tuple[str, float], ...] = ()


@quickclass(frozen=True, slots=True)
class View:
    """What of the answer is shown, in which language."""

    language: Language
    stage: Stage = "preview"
    region: str = ""
    measure: str = ""
    year: int = 0
    pane: str = ""


def state(scenario: str | None, moves: Sequence[str]) -> State:
    """A state out of `key:value` words. Raises InvalidInput for what is no finite number."""
    if not scenario or len(scenario) > _LONGEST:
        raise _refused("scenario", tr("no scenario is named"))
    if len(moves) > MOST:
        raise _refused("move", tr("at most {most} levers are moved at once", most=MOST))
    return State(scenario, tuple(sorted(_move(words) for words in moves)))


def state_of(content: Mapping[str, Any]) -> State:
    """A state out of a body: `scenario`, and `moves` with values by lever."""
    moves, scenario = content.get("moves", {}), content.get("scenario")
    if not isinstance(moves, dict) or not isinstance(scenario, str):
        raise _refused("moves", tr("no scenario is named"))
    return state(scenario, [f"{key}:{value!r}" for key, value in moves.items()])


def view(given: Mapping[str, str]) -> View:
    """What is shown, out of an address. Raises InvalidInput for a stage that there is not."""
    stage = next((one for one in get_args(Stage) if one == given.get("stage", "preview")), None)
    year = given.get("year", "0")
    if stage is None or not (year.isascii() and year.isdigit() and len(year) <= len("2070")):
        raise _refused("stage", tr("there is no such stage or year"))
    names = {name: given.get(name, "")[:_LONGEST] for name in ("region", "measure", "pane")}
    return View(language(given.get("lang")), stage, year=int(year), **names)


def language(word: str | None) -> Language:
    """The language of that name; English where there is none."""
    return next((one for one in LANGUAGES if one == word), "en")


def _move(words: str) -> tuple[str, float]:
    key, _, number = words.rpartition(":")
    try:
        value = float(number)
    except ValueError:
        value = float("nan")
    if not key or len(words) > _LONGEST or not isfinite(value):
        raise _refused(key[:_LONGEST], tr("expected a finite number, got {number!r}", number=number[:_LONGEST]))
    return key, value


def _refused(path: str, problem: Any) -> InvalidInput:
    return InvalidInput([Fault(_PLACE, path, problem)])
