"""Prefectures and counties with published figures, as the sum of their counties run with learnt rates."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from docs.write.closure import counties
from docs.write.closure_sums import MEASURES, YEARS, on_moves, prepared, summed
from docs.write.folder import published
from sim.scenario.closure import load_factors


@dataclass(frozen=True, slots=True)
class PlaceError:
    """A published change since the census beside what learnt rates say.

    published, said: % of residents, points, ‰; nothing: what no change would be off by.
    """

    code: str
    name: str
    measure: str
    year: int
    published: float
    said: float

    @property
    def error(self) -> float:
        """What was said less what was published."""
        return self.said - self.published


def place_errors(data: Path, later: pd.DataFrame) -> tuple[PlaceError, ...]:
    """Every figure of a prefecture or county of later.csv whose counties are in the table of 2020."""
    places = {
        str(code): str(name)
        for code, name in later[["code", "region_zh"]].itertuples(index=False)
        if not str(code).endswith("0000")
    }
    rows = [row for row in counties(data) if any(row.code.startswith(code.removesuffix("00")) for code in places)]
    if not rows:
        return ()
    sums = summed(prepared(rows), on_moves(load_factors()))
    found = []
    for code, name in sorted(places.items()):
        own = [row for row in rows if row.code.startswith(code.removesuffix("00"))]
        if not own:
            continue
        resident = sum(row.resident for row in own)
        known = published(later, code, resident, 100.0 * sum(row.urban for row in own) / resident)
        said = sums.changes(code)
        found += [
            PlaceError(code, name, measure, year, value, said[measure, year])
            for (measure, year), value in sorted(known.items())
            if measure in MEASURES and year in YEARS
        ]
    return tuple(found)
