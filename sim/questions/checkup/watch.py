"""Targets that the user watches beside those of the plan, as written on the command line."""

from collections.abc import Iterator, Sequence

from sim.common.errors import Fault, InvalidInput, Place
from sim.common.language import Text
from sim.common.units import UnitError, factor
from sim.model.registry import MEASURES
from sim.questions.texts import tr
from sim.scenario import spelled
from sim.scenario.by_name import MEASURE_NAMES, close, known_id
from sim.scenario.magnitudes import impossible
from sim.scenario.resolved import ResolvedScenario, Target
from sim.scenario.shares import residents_by_place


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
    place, read = Place("--watch"), spelled.read(text)
    if read is None:
        problem = tr("must be written {form}", form="[REGION:]MEASURE>=VALUE[UNIT]@YEAR")
        faults.append(Fault(place, text, problem))
        return None
    said, measure = read.placed(MEASURE_NAMES)
    region = None if said is None else known_id(said, scenario.places)
    wrong = [Fault(place, text, words, like) for words, like in _problems(read, region, measure, scenario)]
    faults.extend(wrong)
    if wrong:
        return None
    known, unit, value = MEASURES[measure], read.unit, float(read.value)
    target = Target(
        id=id_,
        title=known.name,
        kind="outcome",
        measure=known.id,
        driver=None,
        op=read.op,
        value=value * (factor(unit, known.unit) if unit else 1.0),
        tolerance=0.0,
        unit=known.unit,
        written_value=value,
        written_unit=unit or known.unit,
        year=read.year,
        source=tr("given by the user (--watch)"),
        note=None,
        reason=None,
        place=place,
        region=region,
    )
    residents = residents_by_place(scenario.regions, scenario.groups)
    too_far = impossible(target, residents.get(target.region or scenario.main, 0.0))
    faults.extend([] if too_far is None else [Fault(place, text, too_far)])
    return target


def _problems(
    read: spelled.Spelled, region: str | None, measure: str, scenario: ResolvedScenario
) -> Iterator[tuple[Text, str | None]]:
    """What is wrong with a target as it was read, and the nearest right name. region, measure: by id, if they are."""
    if region is not None and region not in scenario.places:
        yield tr("no region of the scenario is called {region}", region=region), close(region, scenario.places)
    if measure not in MEASURES:
        yield tr("no measure is called {measure}", measure=measure), close(measure, MEASURE_NAMES)
        return
    if not scenario.base_year < read.year <= scenario.horizon:
        allowed = f"{scenario.base_year + 1}…{scenario.horizon}"
        yield tr("{year} must be in {allowed}", year=read.year, allowed=allowed), None
    known = MEASURES[measure].unit
    try:
        float(read.value)
        factor(read.unit or known, known)
    except UnitError as problem:
        yield tr("unit {unit} does not fit a measure in {known}", unit=read.unit, known=known), problem.close
    except ValueError:
        yield tr("{read} is not a number", read=read.value), None
