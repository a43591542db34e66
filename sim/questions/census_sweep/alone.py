"""One county of a batch by itself: a region and a first scenario, held against the target that the batch has for it."""

from pathlib import Path
from typing import Any, Final

from sim.common.errors import Fault, InvalidInput, Place
from sim.evidence.calibrate.unfitted import write_unfitted
from sim.places.region_add import Naming, region_add
from sim.questions.census_sweep.goal import MEASURE, Goal, goal_of
from sim.questions.census_sweep.kept import KeptBatch
from sim.questions.texts import tr
from sim.scenario.trend import write_trend

FOLDER: Final = Path("alone") / "scenarios"
"""Where in a batch's folder the scenarios of its counties lie, as `townward region add` would lay them out."""


def county_scenario(batch: KeptBatch, code: str) -> Path:
    """The scenario of one county, made when it is first asked for, from the table that the batch keeps.

    Its rates are those of the batch, its draws 1,000. Raises InvalidInput for a code that no county of the batch has.
    """
    found = batch.counties[batch.counties["code"] == code]
    if len(found) != 1:
        raise InvalidInput([Fault(Place(""), "code", tr("no county of the batch has the code {code}", code=code))])
    regions = batch.folder / FOLDER / "regions"
    trend = regions.parent / code / "trend.yaml"
    if trend.is_file() and (regions / code).is_dir():
        return trend
    region_add(
        batch.census,
        code,
        regions,
        batch.census_year,
        naming=Naming(code),
        replace=True,
        finish=_with_rates,
    )
    given = float(found.iloc[0]["target"]), int(found.iloc[0]["target_year"])
    return write_trend(regions, code, batch.census_year, [_target(code, *given)])


def _with_rates(folder: Path, _: bool) -> None:
    write_unfitted(folder)


def _target(code: str, rate: float, year: int) -> dict[str, Any]:
    """The target as a scenario's own, with its source where the program knows it."""
    known: Goal = goal_of(code, None)
    is_known = (known.rate, known.year) == (rate, year)
    title, source = tr("urbanization rate"), known.source if is_known else tr("given on the command line")
    return {
        "id": f"U{year}",
        "title": {"zh": title.zh, "en": title.en},
        "kind": "outcome",
        "measure": MEASURE,
        "op": "at_least",
        "value": round(100.0 * rate, 6),
        "unit": "%",
        "year": year,
        "source": {"zh": source.zh, "en": source.en},
    }
