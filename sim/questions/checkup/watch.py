"""Targets that the user watches beside those of the plan, as written on the command line."""

import re
from collections.abc import Sequence
from typing import Final

from sim.common.errors import Fault, InvalidInput, Place, nearest
from sim.common.units import UnitError, factor
from sim.model.registry import MEASURES
from sim.questions.texts import tr
from sim.scenario.resolved import Comparison, ResolvedScenario, Target

_PATTERN: Final = re.compile(
    r"\s*(?:(?P<region>[\w-]+):)?(?P<measure>\w+)\s*(?P<op>>=|<=)\s*(?P<value>[-+.\d]+)\s*(?P<unit>[^@\d\s]*)\s*@\s*(?P<year>\d{4})\s*"
)
_OPS: Final[dict[str, Comparison]] = {">=": "at_least", "<=": "at_most"}


def watched(given: Sequence[str], scenario: ResolvedScenario) -> tuple[Target, ...]:
    """Targets of texts like `urbanization_rate>=58%@2025` or `linzhou:resident>=93万人@2025`.

    Raises InvalidInput with every text that is not understood.
    """
    faults: list[Fault] = []
    found = [_target(text, f"W{index}", scenario, faults) for index, text in enumerate(given, start=1)]
    if faults:
        raise InvalidInput(faults)
    return tuple(target for target in found if target is not None)


def _target(text: str, id_: str, scenario: ResolvedScenario, faults: list[Fault]) -> Target | None:
    place = Place("--watch")
    read = _PATTERN.fullmatch(text)
    if read is None:
        form = "[REGION:]MEASURE>=VALUE[UNIT]@YEAR"
        faults.append(Fault(place, text, tr("must be written {form}", form=form)))
        return None
    measure, unit, region = read["measure"], read["unit"], read["region"]
    regions = [*(group.id for group in scenario.groups), *(one.id for one in scenario.regions)]
    if region is not None and region not in regions:
        problem = tr("no region of the scenario is called {region}", region=region)
        faults.append(Fault(place, text, problem, nearest(region, regions)))
    if measure not in MEASURES:
        problem = tr("no measure is called {measure}", measure=measure)
        faults.append(Fault(place, text, problem, nearest(measure, MEASURES)))
        return None
    year = int(read["year"])
    if not scenario.base_year < year <= scenario.horizon:
        allowed = f"{scenario.base_year + 1}…{scenario.horizon}"
        faults.append(Fault(place, text, tr("{year} must be in {allowed}", year=year, allowed=allowed)))
    known = MEASURES[measure]
    try:
        value = float(read["value"])
        scale = factor(unit, known.unit) if unit else 1.0
    except UnitError as problem:
        words = tr("unit {unit} does not fit a measure in {known}", unit=unit, known=known.unit)
        faults.append(Fault(place, text, words, problem.close))
        return None
    except ValueError:
        faults.append(Fault(place, text, tr("{read} is not a number", read=read["value"])))
        return None
    source = tr("given by the user (--watch)")
    return Target(
        id=id_,
        title=known.name,
        kind="outcome",
        measure=measure,
        driver=None,
        op=_OPS[read["op"]],
        value=value * scale,
        tolerance=0.0,
        unit=known.unit,
        written_value=value,
        written_unit=unit or known.unit,
        year=year,
        source=source,
        note=None,
        reason=None,
        place=place,
        region=region,
    )
