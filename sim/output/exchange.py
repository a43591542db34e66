"""A run in the common format of scenario databases (IAMC): model, scenario, region, variable, unit, and years.

Read by pyam (Huppmann et al. 2021, pyam: analysis and visualisation of integrated assessment scenarios).
"""

from typing import Final

import pandas as pd

import sim
from sim.run.tables import RunTables

_VARIABLES: Final = {
    "resident": "Population",
    "urban": "Population|Urban",
    "rural": "Population|Rural",
    "city": "Population|Urban|County Seat",
    "town": "Population|Urban|Other Towns",
    "away": "Population|Away",
    "registered": "Population|Registered",
    "urbanization_rate": "Urbanization Rate",
    "hukou_urbanization_rate": "Urbanization Rate|Registered",
    "households": "Households",
    "births": "Births",
    "deaths": "Deaths",
    "labour_force": "Labour Force",
    "income_urban": "Income|Urban",
    "income_rural": "Income|Rural",
    "homes": "Homes",
}
"""Variables of the common kind; every other measure keeps its id below the program's name."""
_UNITS: Final = {"share": "", "ratio": "", "count": ""}
_QUANTILES: Final = {0.1: "10th Percentile", 0.5: "", 0.9: "90th Percentile"}


def iamc(tables: RunTables) -> pd.DataFrame:
    """Median of every measure, with its 10th and 90th percentiles as variables below it; shares are shares."""
    series = tables.series.frame()
    rows = series[series["quantile"].isin(list(_QUANTILES))]
    variable = rows["measure"].map(lambda name: _VARIABLES.get(name, f"Townward|{name}"))
    below = rows["quantile"].map(_QUANTILES)
    long = pd.DataFrame(
        {
            "model": f"townward {sim.__version__}",
            "scenario": tables.scenario,
            "region": rows["region"].map({code: name.en for code, name in tables.regions}),
            "variable": variable.where(below == "", variable + "|" + below),
            "unit": rows["unit"].map(lambda unit: _UNITS.get(unit, unit)),
            "year": rows["year"],
            "value": rows["value"],
        }
    )
    keys = ["model", "scenario", "region", "variable", "unit"]
    wide = long.pivot_table(index=keys, columns="year", values="value", sort=False).reset_index()
    wide.columns = [str(name) for name in wide.columns]
    return wide
