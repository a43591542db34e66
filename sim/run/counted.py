"""What a census counts of the place that a line speaks of."""

from sim.places.census import CensusRow, read_region
from sim.run.assumed import regions_of
from sim.scenario.resolved import ResolvedScenario, Target


def counted(measure: str, target: Target, scenario: ResolvedScenario, year: int) -> float | None:
    """A measure in a year; None where no census of that year counts it, or not in each of the regions."""
    folders = {one.id: one.folder for one in scenario.regions}
    rows = [read_region(folders[one]).get(year) for one in regions_of(target, scenario)]
    known = [row for row in rows if row is not None]
    return _sum(measure, known) if len(known) == len(rows) else None


def _sum(measure: str, rows: list[CensusRow]) -> float | None:
    if measure == "urbanization_rate":
        return sum(row.urban for row in rows) / sum(row.resident for row in rows)
    if measure == "city":
        return sum(row.city_area or 0.0 for row in rows)
    if measure in ("resident", "urban", "rural"):
        return float(sum(getattr(row, measure) for row in rows))
    return None
