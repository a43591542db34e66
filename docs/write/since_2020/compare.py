"""Trend runs beside published figures of the years after the base year."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from docs.write.closure_sums import NATION
from docs.write.since_2020.areas import FIGURES, CensusFolder, areas_with_figures, prepared
from sim.common.language import Text
from sim.common.paths import library
from sim.evidence.conditioning.clues import load
from sim.evidence.crosscheck import crosschecks
from sim.places.region_add import RATES
from sim.run.curves import Observation, curves, observations
from sim.run.ensemble import Ensemble
from sim.run.grounds import grounds
from sim.run.observed import observed
from sim.run.scenario_run import run
from sim.run.tables import RunTables
from sim.scenario import scenario
from sim.scenario.resolved import ResolvedScenario

HORIZON: Final = 2025
MEASURES: Final = ("urbanization_rate", "resident", "urban", "rural", "age_0_14", "age_15_59", "age_60_plus")
SHIPPED: Final = ("jieshou", "hanyin", "haidong", "anyang", "shijiazhuang", "guangzhou")
"""Regions and groups whose trend scenario is shipped."""

PLANNERS: Final = ("composite_growth", "growth_difference", "logistic")
YEARLY: Final = "yearly estimate"

PARTS: Final = {"anyang": "安阳市"}
"""Groups that hold nearly all of a prefecture, and its name: its figures are scaled by the group's part in 2020."""

Founding = Literal["fitted", "learnt", "mixed"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A published figure beside the trend. said: what other methods say, by their id (no_change among them).

    published, low, median, high: persons or shares; low and high: the 80% band. scaled: published of a whole prefecture
    of which the group is a part, and scaled by that part. chance: what the draws gave a yardstick, that the urban share
    gains as much as the nation's or that residents are no fewer than in the census [1]; yardstick: its value.
    """

    place: str
    name: Text
    measure: str
    year: int
    published: float
    low: float
    median: float
    high: float
    said: dict[str, float]
    source: str
    founding: Founding
    scaled: bool = False
    chance: float | None = None
    yardstick: float = 0.0

    @property
    def held(self) -> bool:
        """Whether the 80% band held the figure."""
        return self.low <= self.published <= self.high

    def error_of(self, value: float) -> float:
        """How far a value is off: a share in points, a count in percent of what was published."""
        if self.measure == "urbanization_rate":
            return 100.0 * (value - self.published)
        return 100.0 * (value / self.published - 1.0)

    @property
    def error(self) -> float:
        """How far the trend's median is off [points or %]."""
        return self.error_of(self.median)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the trend says of a place in 2025: 10, 50, 90% quantiles of the urban share [1] and residents [person]."""

    name: Text
    rate: tuple[float, float, float]
    resident: tuple[float, float, float]
    founding: Founding


@dataclass(frozen=True, slots=True)
class Later:
    """Every comparison, what the trend says of 2025, and the provinces and prefectures that no table was given for."""

    comparisons: tuple[Comparison, ...]
    outlooks: tuple[Outlook, ...]
    without: tuple[Text, ...] = ()


def later(
    census: CensusFolder | None, draws: int | None = None, say: Callable[[Text], None] = lambda text: None
) -> Later:
    """Run the shipped trends and, with the census tables at hand, provinces and prefectures; nothing is refitted.

    census: where the tables of two censuses lie; None leaves provinces and prefectures out.
    """
    overrides = [f"horizon={HORIZON}", f"test_year={HORIZON}", *([] if draws is None else [f"draws={draws}"])]
    comparisons: list[Comparison] = []
    outlooks: list[Outlook] = []
    without: list[Text] = []
    with tempfile.TemporaryDirectory() as folder:
        resolved = [scenario(library() / "scenarios" / name / "trend.yaml", overrides) for name in SHIPPED]
        for area in areas_with_figures():
            if census is None or not census.has(area):
                without.append(Text(area.name, area.name_en))
                continue
            say(Text(f"拟合 {area.name}", f"fitting {area.name_en}"))
            prepared(area, census, Path(folder), HORIZON)
            resolved.append(scenario(Path(folder) / area.id / "trend.yaml", overrides))
        for one in resolved:
            say(Text(f"模拟 {one.main}", f"simulating {one.main}"))
            found, seen = compared(one)
            comparisons += found
            outlooks += seen
    return Later(tuple(comparisons), tuple(outlooks), tuple(without))


def compared(of: ResolvedScenario) -> tuple[list[Comparison], list[Outlook]]:
    """Figures published since the base year beside the trend, and what the trend says of 2025, place by place."""
    done = run(of)
    tables, rows = done.tables, grounds(of)
    founding = _founding(of)
    found = []
    for id_, name in tables.regions:
        for measure in MEASURES:
            own = observations(tables, measure, id_)
            whole = () if own or id_ not in PARTS else _scaled(tables, id_, measure)
            for one in (*own, *whole):
                if tables.base_year < one.year <= HORIZON and one.series == YEARLY:
                    made = _comparison(tables, id_, name, measure, one, founding[id_])
                    found.append(_against_yardstick(replace(made, scaled=bool(whole)), done.ensemble, rows[id_].row))
    with_others = _with_methods(of, tables, found)
    names = dict(tables.regions)
    places = dict.fromkeys([of.main, *(one.place for one in found)])
    return with_others, [_outlook(tables, id_, names[id_], founding[id_]) for id_ in places]


def _against_yardstick(one: Comparison, ensemble: Ensemble, row: int) -> Comparison:
    """The comparison with what the draws gave the yardstick of its measure, where there is one."""
    nation = load()[NATION].values
    if one.measure not in ("urbanization_rate", "resident") or (one.measure, one.year) not in nation:
        return one
    wanted = one.said["no_change"]
    if one.measure == "urbanization_rate":
        wanted += nation[one.measure, one.year] - nation[one.measure, ensemble.years[0]]
    draws = ensemble.of(one.measure, row)[ensemble.years.index(one.year)]
    return replace(one, chance=float((draws >= wanted).mean()), yardstick=wanted)


def _scaled(tables: RunTables, place: str, measure: str) -> tuple[Observation, ...]:
    """Figures of the prefecture that a group is part of: counts in proportion, shares with their gap at the census."""
    whole = replace(tables, observed=observed(place, PARTS[place], {}, library() / FIGURES))
    figures = observations(whole, measure, place)
    census = next((one.value for one in figures if one.year == tables.base_year), None)
    if census is None:
        return ()
    base = _base(tables, place, measure)
    if measure == "urbanization_rate":
        return tuple(replace(one, value=one.value + base - census) for one in figures)
    return tuple(replace(one, value=one.value * base / census) for one in figures)


def _founding(of: ResolvedScenario) -> dict[str, Founding]:
    """Whether the rates of each region and group are fitted to its own past."""
    learnt = {ref.id: any(note.what == RATES for note in ref.notes) for ref in of.regions}
    found: dict[str, Founding] = {id_: "learnt" if own else "fitted" for id_, own in learnt.items()}
    for group in of.groups:
        kinds = {learnt[member] for member in group.members}
        found[group.id] = "mixed" if len(kinds) > 1 else "learnt" if True in kinds else "fitted"
    return found


def _comparison(
    tables: RunTables, place: str, name: Text, measure: str, of: Observation, founding: Founding
) -> Comparison:
    found = curves(tables, [measure], place)
    low, median, high = (found.quantile(measure, q)[of.year] for q in (0.1, 0.5, 0.9))
    base = _base(tables, place, measure)
    return Comparison(
        place, name, measure, of.year, of.value, low, median, high, {"no_change": base}, of.source, founding
    )


def _base(tables: RunTables, place: str, measure: str) -> float:
    """A measure in the base year, which no draw differs in."""
    return curves(tables, [measure], place).quantile(measure, 0.5)[tables.base_year]


def _with_methods(of: ResolvedScenario, tables: RunTables, found: Sequence[Comparison]) -> list[Comparison]:
    """The comparisons with what planners' methods say of the same figures."""
    said: dict[tuple[str, str, int], dict[str, float]] = {}
    for year in sorted({one.year for one in found}):
        for row in crosschecks(of, tables, year):
            for measure, value in (("resident", row.resident), ("urbanization_rate", row.rate)):
                if row.method in PLANNERS and value is not None:
                    said.setdefault((row.region, measure, year), {})[row.method] = value
    return [replace(one, said=one.said | said.get((one.place, one.measure, one.year), {})) for one in found]


def _outlook(tables: RunTables, place: str, name: Text, founding: Founding) -> Outlook:
    found = curves(tables, ["urbanization_rate", "resident"], place)

    def band(measure: str) -> tuple[float, float, float]:
        low, median, high = (found.quantile(measure, q)[HORIZON] for q in (0.1, 0.5, 0.9))
        return low, median, high

    return Outlook(name, band("urbanization_rate"), band("resident"), founding)
