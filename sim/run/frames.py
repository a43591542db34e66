"""A run as tables of draws."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sim.common.errors import Fault, InvalidInput, Place
from sim.run.case import region_values
from sim.run.saved import known
from sim.run.scenario_run import Run, ready
from sim.run.texts import tr
from sim.scenario.by_name import names_by_id

if TYPE_CHECKING:
    import xarray as xr


def draws_of(done: Run, measure: str, region: str | None = None) -> pd.DataFrame:
    """All draws of a measure by year, a column each, of the first region where none is named."""
    names, ensemble = dict(done.tables.regions), done.ensemble
    measure = known(measure, names_by_id(ensemble.measures))
    row = 0 if region is None else list(names).index(known(region, names))
    columns = pd.RangeIndex(ensemble.draws.start, ensemble.draws.stop, name="draw")
    return pd.DataFrame(ensemble.of(measure, row), index=pd.Index(ensemble.years, name="year"), columns=columns)


def inputs_of(done: Run, year: int | None = None, region: str | None = None) -> pd.DataFrame:
    """The values that uncertain parameters had in a year, the year of the verdicts where none is given [draw, path].

    Of the first region where none is named; what is the same in every draw is left out.
    """
    ensemble, scenario = done.ensemble, done.scenario
    names = {one.id: one.name for one in scenario.regions}
    place = 0 if region is None else list(names).index(known(region, names))
    case = ready(scenario).case
    at = case.years.index(scenario.test_year if year is None else year)
    values = region_values(case, ensemble.draws, ensemble.where)[place]
    varied = {path: value[:, at] for path, value in values.items() if len(value) > 1 and np.ptp(value[:, at]) > 0.0}
    return pd.DataFrame(varied, index=pd.RangeIndex(ensemble.draws.start, ensemble.draws.stop, name="draw"))


def dataset_of(done: Run) -> "xr.Dataset":
    """Every measure as a variable [region, year, draw]. Raises InvalidInput without the extra `notebook`."""
    try:
        import xarray as xr  # noqa: PLC0415 - an extra of the installation
    except ImportError:
        problem = tr('xarray is in the extra notebook: pip install "townward[notebook]"')
        raise InvalidInput([Fault(Place("townward"), "", problem)]) from None
    ensemble = done.ensemble
    dims = ("region", "year", "draw")
    variables = {
        name: (dims, ensemble.values[row], {"units": measure.unit, "long_name": measure.name.en})
        for row, (name, measure) in enumerate(ensemble.measures.items())
    }
    coordinates = {
        "region": [name for name, _ in done.tables.regions],
        "year": list(ensemble.years),
        "draw": list(ensemble.draws),
    }
    return xr.Dataset(variables, coordinates, {"scenario": done.scenario.name, "seed": done.scenario.seed})
