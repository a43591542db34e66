"""One draw by itself, from any year to any other."""

from sim.model.county import County, county_years, room
from sim.run.case import Case, afterwards, points, programme_of, region_values, setup, yearly


def run_one(case: Case, draw: int, stop: int | None = None, resume: County | None = None) -> County:
    """One draw at the end of year `stop`, from the base year or from what it had come to before."""
    block = range(draw, draw + 1)
    tables = region_values(case, block, points(case, block))
    by = afterwards(case, tables)
    kept, first = setup(case, programme_of(case, block), yearly(case, tables, by, 1, range(1)).first)
    begun = first if resume is None else resume
    behind, ahead = (year - case.base_year for year in (begun.people.year, stop or case.years[-1]))
    return county_years(kept, begun, yearly(case, tables, by, 1, range(behind, ahead)), room(begun, ()))
