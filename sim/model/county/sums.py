"""What a year of a county adds up to: everything that is reported and adds up over regions, as one record of a lane."""

from typing import Final

import numpy as np

from sim.model.arrays import Array, Values
from sim.model.compiled import STRICT, kernel
from sim.model.homes.totals import HOMES_SUMS
from sim.model.jobs.jobs import JobsSums
from sim.model.measures import PeopleSums
from sim.model.money.budget import MoneySums
from sim.model.moves.between import MoversSums
from sim.model.projects.line import ProjectsSums
from sim.model.records import layout


class ServicesSums:
    """Adequacy of all services, and the share of all weight that is known: weighted by residents [person]."""

    adequacy_total: float
    adequacy_known_total: float


_PARTS: Final = (
    *(layout(PeopleSums), layout(JobsSums), HOMES_SUMS, layout(MoneySums), layout(MoversSums)),
    *(layout(ProjectsSums), layout(ServicesSums)),
)
SUMS: Final = np.dtype([(name, part[name]) for part in _PARTS for name in part.names or ()])


def _names(field: str) -> tuple[str, ...]:
    places = ("", "urban_", "rural_", "city_", "town_")[: SUMS[field].shape[0] if SUMS[field].shape else 1]
    return tuple(f"{place}{field}" for place in places)


NAMES: Final = tuple(name for field in SUMS.names or () for name in _names(field))
"""What its numbers are, in their order."""


def by_name(sums: Array) -> Values:
    """Sums by name. sums: [column, …]."""
    return dict(zip(NAMES, sums, strict=True))


@kernel(STRICT)
def turned(rows: Array, found: Array, at: tuple[int, int]) -> None:
    """Rows of some years and lanes as columns: [year, draw, region, column] → [column, year, draw, region].

    Some lanes at a time, which stay in cache. at: where the first year and the first draw of these stand among all.
    """
    years, draws, regions, width = rows.shape
    together = max(16 // regions, 1)
    for year in range(years):
        for begin in range(0, draws, together):
            end = min(begin + together, draws)
            for column in range(width):
                for draw in range(begin, end):
                    for region in range(regions):
                        found[column, at[0] + year, at[1] + draw, region] = rows[year, draw, region, column]
