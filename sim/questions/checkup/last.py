"""What the last check-up left in its folder: its figures, and what it said."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.common.errors import InvalidInput, fault
from sim.common.plain import content
from sim.common.quickclass import quickclass
from sim.evidence.figures.figures import Figure, Frame, read_figures
from sim.questions.checkup.findings import Band, Chance
from sim.questions.texts import tr

RECORD = "checkup.json"
FIGURES = "observed.csv"


@quickclass(frozen=True, slots=True)
class Last:
    """A check-up of an earlier year.

    chances: what it said of targets, by id; said: its forecasts by region, measure and year.
    """

    year: int
    figures: tuple[Figure, ...]
    chances: Mapping[str, Chance]
    said: Mapping[tuple[str, str, int], Band]


def read_last(folder: Path, scenario: str, frame: Frame) -> Last:
    """The check-up in a folder. Raises InvalidInput where there is none, or one of another scenario."""
    file = folder / RECORD
    try:
        record = json.loads(content(file))
        name, year = str(record["scenario"]), int(record["year"])
        chances = {one["id"]: _chance(one["now"]) for one in record["targets"]}
        said = {_key(one): _band(one["next"]) for one in record["curves"] if one["next"] is not None}
    except InvalidInput as none:
        raise fault(str(folder), "", tr("holds no check-up: {problem}", problem=none.faults[0].problem)) from None
    except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError, RecursionError):
        raise fault(str(file), "", tr("is not the record of a check-up")) from None
    if name != scenario:
        raise fault(str(file), "scenario", tr("is of the scenario {name}", name=name))
    return Last(year, read_figures(folder / FIGURES, frame), chances, said)


def _key(one: Mapping[str, Any]) -> tuple[str, str, int]:
    return str(one["region"]), str(one["measure"]), int(one["next"]["year"])


def _band(one: Mapping[str, Any]) -> Band:
    return Band(float(one["low"]), float(one["median"]), float(one["high"]))


def _chance(one: Mapping[str, Any]) -> Chance:
    likely, error = one["probability"], one["probability_error"]
    return Chance(likely, error, str(one["status"]), _band(one))
