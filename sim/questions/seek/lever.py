"""Levers: what a plan may change, between which ends, and how a command asks for them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final, Literal

from sim.common.errors import Fault, Place, nearest
from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.model.draws.distribution import Distribution
from sim.questions.texts import tr
from sim.run.moves import FirstYear, LastYear, Move, Size, Strength, Value

Kind = Literal["set", "times", "add", "fixed", "intensity", "amount", "from", "to"]

PLACE: Final = Place("--vary")


@quickclass(frozen=True, slots=True)
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
    def move(self) -> Move:
        """What it moves in a case."""
        match self.kind:
            case "intensity":
                return Strength(self.path)
            case "amount":
                return Size(self.path)
            case "from":
                return FirstYear(self.path)
            case "to":
                return LastYear(self.path)
            case "times" | "add":
                return Value(self.path, self.kind, first=True)
        return Value(self.path, dist=self.dist, first=True)

    @property
    def width(self) -> float:
        """High less low."""
        return self.high - self.low


@quickclass(frozen=True, slots=True)
class Ends:
    """What is asked of a lever: a path, its two ends if they are given, and its weight [1]."""

    key: str
    low: float | None = None
    high: float | None = None
    weight: float = 1.0


def all_ends(given: Sequence[str], faults: list[Fault]) -> tuple[Ends, ...]:
    """What all `--vary PATH=LOW:HIGH` of a command ask for; what is wrong is added to `faults`."""
    return tuple(ends for words in given if (ends := _ends(words, faults)) is not None)


def weighted(
    endss: Sequence[Ends], weights: Sequence[str], faults: list[Fault], by_id: Callable[[str], str] = str
) -> tuple[Ends, ...]:
    """The same with all `--weights PATH=NUMBER`; others than those varied, or none above 0, are added to `faults`.

    by_id: what a key is called by ids, as those of the levers are.
    """
    known = [ends.key for ends in endss]
    given: dict[str, float] = {}
    place = Place("--weights")
    for words in weights:
        key, _, number = (part.strip() for part in words.partition("="))
        weight = _number(number)
        key = by_id(key)
        if key not in known:
            problem = tr("{key} is not among those varied", key=key)
            faults.append(Fault(place, key, problem, nearest(key, known)))
        elif weight is None or weight <= 0.0:
            faults.append(Fault(place, key, tr("expected PATH=NUMBER, a number above 0")))
        else:
            given[key] = weight
    return tuple(replace(ends, weight=given.get(ends.key, ends.weight)) for ends in endss)


def _ends(words: str, faults: list[Fault]) -> Ends | None:
    key, equals, span = (part.strip() for part in words.partition("="))
    if not equals:
        return Ends(key, None, None)
    numbers = [_number(part) for part in span.split(":")]
    low, high = (*numbers, None, None)[:2]
    if len(numbers) != 2 or low is None or high is None or low >= high:
        problem = tr("expected PATH=LOW:HIGH with LOW below HIGH, got {span!r}", span=span)
        faults.append(Fault(PLACE, key, problem))
        return None
    return Ends(key, low, high)


def _number(words: str) -> float | None:
    try:
        value = float(words)
    except ValueError:
        return None
    return value if abs(value) < float("inf") else None
