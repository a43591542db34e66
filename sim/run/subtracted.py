"""Two runs on the same draws, subtracted draw by draw."""

import pandas as pd

from sim.common.errors import Fault, InvalidInput, Place
from sim.common.language import from_environment
from sim.common.quickclass import quickclass
from sim.run.comparison import MAIN, effects
from sim.run.differing import Differing, differing, of_one_place
from sim.run.frames import draws_of
from sim.run.scenario_run import Run
from sim.run.tables import QUANTILES
from sim.run.texts import tr
from sim.run.words import measure_name


@quickclass(frozen=True)
class Differences:
    """What one scenario changes against another. own, other: their runs, of one place and on the same draws."""

    own: Run
    other: Run

    def draws(self, measure: str, region: str | None = None) -> pd.DataFrame:
        """Differences of a measure by year and draw, each of the same random numbers."""
        return draws_of(self.own, measure, region) - draws_of(self.other, measure, region)

    def quantiles(self, measure: str, region: str | None = None) -> pd.DataFrame:
        """Quantiles of the differences of a measure by year, a column each."""
        found = self.draws(measure, region).quantile(list(QUANTILES), axis=1).T
        return found.rename_axis(columns="quantile")

    @property
    def why(self) -> tuple[Differing, ...]:
        """In what the two scenarios differ."""
        return differing((self.other.scenario, self.own.scenario))

    @property
    def table(self) -> pd.DataFrame:
        """The main measures in the year of the verdicts: low, median and high of the difference."""
        rows = [
            {
                "measure": one.measure,
                "name": measure_name(one.measure, from_environment()),
                "year": one.year,
                "low": one.difference.low,
                "median": one.difference.median,
                "high": one.difference.high,
                "unit": one.difference.unit,
            }
            for one in effects((self.other, self.own), MAIN)
        ]
        return pd.DataFrame(rows)

    def _repr_html_(self) -> str:
        return str(self.table.to_html(index=False))


def differences(own: Run, other: Run) -> Differences:
    """The differences. Raises InvalidInput where a draw of one is not a draw of the other, or the places differ."""
    if own.ensemble.draws != other.ensemble.draws or own.scenario.seed != other.scenario.seed:
        problem = tr("the runs have other draws or another seed: nothing can be subtracted draw by draw")
        raise InvalidInput([Fault(Place("townward"), "", problem)])
    if not of_one_place((own.scenario, other.scenario)):
        problem = tr("the runs are of several places: their difference is no effect of a scenario")
        raise InvalidInput([Fault(Place("townward"), "", problem)])
    return Differences(own, other)
