"""One draw by itself, from any year to any other."""

from functools import partial

from sim.model.county.state import County
from sim.model.county.year import county_year
from sim.model.engine import trajectory
from sim.run.case import Case, inputs, points, programme_of, setup


def run_one(case: Case, draw: int, stop: int | None = None, resume: County | None = None) -> County:
    """One draw at the end of year `stop`, from the base year or from what it had come to before."""
    block = range(draw, draw + 1)
    given = inputs(case, block, points(case, block))[0].of()
    kept, first = setup(case, programme_of(case, block), given[0])
    begun = first if resume is None else resume
    wanted = [year for year in given if year.year > begun.people.year and (stop is None or year.year <= stop)]
    last, _ = trajectory(partial(county_year, kept), begun, wanted, lambda county, happened: None)
    return last
