"""How far each method was off over a past decade: the figures of the backtest that the program carries."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from sim.common.errors import fault
from sim.common.paths import library
from sim.common.quickclass import quickclass
from sim.evidence.texts import tr

FILE: Final = Path("calibration") / "backtest.json"
MODEL: Final = "townward"


@quickclass(frozen=True, slots=True)
class Score:
    """Mean absolute error of residents [%] and of the urban share [points]; None where a method says nothing."""

    resident: float | None
    rate: float | None


@quickclass(frozen=True, slots=True)
class Scores:
    """Scores by method over some counties, from one census year to the next."""

    counties: int
    first: int
    second: int
    by_method: Mapping[str, Score]


@cache
def load_scores() -> Scores:
    """The scores that the program carries; InvalidInput where the file is missing or damaged."""
    path = library() / FILE
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        found = {
            method: Score(_error(scores, "resident"), _error(scores, "urbanization_rate"))
            for method, scores in content["all"]["methods"].items()
        }
        return Scores(int(content["counties"]), int(content["from"]), int(content["to"]), found)
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise fault(str(path), "", tr("cannot read the scores: {problem}", problem=problem)) from None


def _error(scores: Mapping[str, Mapping[str, float] | None], quantity: str) -> float | None:
    score = scores[quantity]
    return None if score is None else float(score["error"])
