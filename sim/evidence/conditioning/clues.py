"""What figures published since the base year say of the places of a run."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Final, Literal

import numpy as np

from sim.common.errors import fault
from sim.common.numbers import in_canonical
from sim.common.paths import library
from sim.common.quickclass import quickclass
from sim.evidence.figures.errors import covariance, is_share, own_error
from sim.evidence.texts import tr
from sim.model.arrays import Array
from sim.run.curves import observations
from sim.run.ensemble import Ensemble
from sim.run.grounds import grounds
from sim.run.scenario_run import Run
from sim.scenario.begins import PATHS
from sim.scenario.resolved import ResolvedScenario

MEASURES: Final = ("urbanization_rate", "resident")
YEARLY: Final = "yearly"
FILE: Final = "later_figures.csv"

Whose = Literal["own", "prefecture", "province"]
Kind = Literal["district", "county", "prefecture"]

# how far places strayed from their prefecture (province) over ten years, as the 68% of all that strayed least, in both
# censuses; the power of time with which registered people of counties did (docs/observed.md, `docs.write.strayed`)
STRAYED: Final[dict[tuple[Kind, Whose, str], float]] = {
    ("district", "prefecture", "urbanization_rate"): 0.079,
    ("district", "prefecture", "resident"): 0.184,
    ("district", "province", "urbanization_rate"): 0.093,
    ("district", "province", "resident"): 0.201,
    ("county", "prefecture", "urbanization_rate"): 0.048,
    ("county", "prefecture", "resident"): 0.095,
    ("county", "province", "urbanization_rate"): 0.052,
    ("county", "province", "resident"): 0.118,
    ("prefecture", "province", "urbanization_rate"): 0.037,
    ("prefecture", "province", "resident"): 0.076,
}
POWER: Final = 0.7
_DECADE: Final = 10.0
_NEARLY_ALL: Final = 0.9


@quickclass(frozen=True, slots=True)
class Area:
    """The figures of an area by year and measure, in the units of the model, with their sources."""

    name: str
    values: Mapping[tuple[str, int], float]
    sources: Mapping[tuple[str, int], str]

    def years(self, measure: str, after: int) -> tuple[int, ...]:
        """The years after one in which there is a figure of a measure."""
        return tuple(sorted(year for name, year in self.values if name == measure and year > after))


@quickclass(frozen=True, slots=True, kw_only=True)
class Clue:
    """Figures of a measure that say something of a place.

    row: of the place in the ensemble; kind: what it is; values: what the place would have if it had moved as the area
    did [year]; source: of the last.
    """

    place: str
    row: int
    kind: Kind
    whose: Whose
    area: str
    measure: str
    years: tuple[int, ...]
    values: tuple[float, ...]
    source: str

    def until(self, year: int) -> "Clue | None":
        """The figures up to a year; None where there are none."""
        n = sum(one <= year for one in self.years)
        return replace(self, years=self.years[:n], values=self.values[:n]) if n else None

    def errors(self, base_year: int, level: float) -> Array:
        """Covariance of what the figures leave open of the place [year, year]."""
        since = [year - base_year for year in self.years]
        own = np.array([own_error(self.measure, "estimate", value) for value in self.values])
        strayed = STRAYED.get((self.kind, self.whose, self.measure), 0.0)
        apart = strayed * (1.0 if is_share(self.measure) else abs(level)) * (np.array(since) / _DECADE) ** POWER
        total: Array = covariance(self.measure, since, own, ["estimate"] * len(since), level) + np.outer(apart, apart)
        return total

    def likelihood(self, ensemble: Ensemble) -> Array:
        """Logarithm of the likelihood of the figures under each draw, but for a constant [draw]."""
        model = ensemble.of(self.measure, self.row).astype(np.float64)
        at = [ensemble.years.index(year) for year in self.years]
        off = np.array(self.values)[:, np.newaxis] - model[at]
        factor = np.linalg.cholesky(self.errors(ensemble.years[0], float(model[0].mean())))
        scaled = np.linalg.solve(factor, off)
        found: Array = -0.5 * (scaled**2).sum(axis=0)
        return found

    def weight(self, ensemble: Ensemble) -> float:
        """How much the last figure says against what the runs leave open: 1 is all, 0 nothing."""
        model = ensemble.of(self.measure, self.row).astype(np.float64)
        prior = float(model[ensemble.years.index(self.years[-1])].var())
        error = float(self.errors(ensemble.years[0], float(model[0].mean()))[-1, -1])
        return prior / (prior + error) if prior + error > 0.0 else 0.0


def clues(of: Run) -> tuple[Clue, ...]:
    """What is known of the places of a run: of each its own figures, else those of the area around the main one."""
    main = {of.scenario.main} if of.scenario.groups else {one.id for one in of.scenario.regions}
    rows = grounds(of.scenario)
    return tuple(
        clue
        for place, _ in of.tables.regions
        for measure in MEASURES
        if (clue := _clue(of, place, rows[place].row, measure, leans=place in main)) is not None
    )


def around(of: Run, place: str, measure: str) -> Clue | None:
    """What the area around a place says of it, whether or not it has figures of its own."""
    return _clue(of, place, grounds(of.scenario)[place].row, measure, leans=True, own=False)


def _clue(of: Run, place: str, row: int, measure: str, *, leans: bool, own: bool = True) -> Clue | None:
    seen = of.ensemble.whole
    # people of a base year that is carried forward are brought to the figures of that year already
    base, last = seen.years[0], seen.years[-1] - is_controlled(of.scenario, place)
    for whose, area in _areas(of, place):
        years = tuple(year for year in area.years(measure, base) if year <= last)
        if not years or (not own if whose == "own" else not leans) or (measure, base) not in area.values:
            continue
        start = float(np.median(seen.of(measure, row)[0]))
        values = tuple(
            _linked(measure, start, area.values[measure, base], area.values[measure, year]) for year in years
        )
        return Clue(
            place=place,
            row=row,
            kind=level_of(_code(of, place)),
            whose=whose,
            area=area.name,
            measure=measure,
            years=years,
            values=values,
            source=area.sources[measure, years[-1]],
        )
    return None


def level_of(code: str) -> Kind:
    """What a place is by its code: a prefecture (or less of one), a district of a city, or a county."""
    number = code[4:6]
    return "prefecture" if number in ("", "00") else "district" if number <= "20" else "county"


def _linked(measure: str, start: float, before: float, now: float) -> float:
    """What a place would have, had it moved from the base year as an area did."""
    return start + now - before if is_share(measure) else start * now / before


def _areas(of: Run, place: str) -> Iterator[tuple[Whose, Area]]:
    """The areas whose figures say something of a place, the nearest first."""
    code = _code(of, place)
    province = code[:2] + "0000"
    yield "own", _published(of, place, dict(of.tables.regions)[place].zh)
    if code in load() and code != province:
        yield _nearness(of, place, load()[code]), load()[code]
    for whose, wider in (("prefecture", code[:4] + "00"), ("province", province)):
        if wider in load() and wider != code:
            yield whose, load()[wider]  # type: ignore[misc]


def is_controlled(scenario: ResolvedScenario, place: str) -> bool:
    """Whether people of a region, or of some region of a group, are brought to known totals."""
    members = next((one.members for one in scenario.groups if one.id == place), (place,))
    return any(one.path in PATHS for member in members for one in scenario.settings[member])


def _code(of: Run, place: str) -> str:
    """The code of a place; the main group is all but what its table lacks of the prefecture that its members share."""
    codes = {one.id: one.code for one in of.scenario.regions}
    if place in codes:
        return codes[place]
    members = next(one.members for one in of.scenario.groups if one.id == place)
    shared = {codes[member][:4] for member in members}
    if place == of.scenario.main and len(shared) == 1:
        return shared.pop() + "00"
    return of.scenario.regions[0].code[:2] + "0000" if place == of.scenario.main else ""


def _nearness(of: Run, place: str, area: Area) -> Whose:
    """Whether an area's figures are as good as a place's own: where it holds nearly all of the area's residents."""
    row, seen = grounds(of.scenario)[place].row, of.ensemble.whole
    held = float(np.median(seen.of("resident", row)[0])) / area.values["resident", seen.years[0]]
    return "own" if held >= _NEARLY_ALL else "prefecture"


def _published(of: Run, place: str, name: str) -> Area:
    """The figures of a place's own history."""
    found, sources = {}, {}
    for measure in MEASURES:
        for one in observations(of.tables, measure, place):
            if one.year == of.scenario.census_year or YEARLY in one.series:
                found[measure, one.year], sources[measure, one.year] = one.value, one.source
    return Area(name, found, sources)


@cache
def load() -> Mapping[str, Area]:
    """The figures that the program carries, of the nation, provinces and prefectures, by code."""
    path = library() / "calibration" / "national" / FILE
    names: dict[str, str] = {}
    values: dict[str, dict[tuple[str, int], float]] = {}
    sources: dict[str, dict[tuple[str, int], str]] = {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                code, key = row["code"], (row["measure"], int(row["year"]))
                names[code] = row["area"]
                values.setdefault(code, {})[key] = in_canonical(float(row["value"]), row["unit"])
                sources.setdefault(code, {})[key] = row["source"]
    except (OSError, KeyError, TypeError, ValueError) as problem:
        raise fault(str(path), "", tr("not a table of figures: {problem}", problem=problem)) from None
    return {code: Area(names[code], values[code], sources[code]) for code in names}


def together(found: Sequence[Clue], ensemble: Ensemble) -> Array:
    """Logarithm of the likelihood of all figures under each draw [draw]."""
    total = np.zeros(len(ensemble.draws))
    for one in found:
        total += one.likelihood(ensemble)
    return total
