"""Money and land of projects, year by year."""

from typing import Final

from sim.output.charts.over_years import Chart, Series
from sim.output.charts.style import AXIS, INK, SCENARIOS, TARGET, tint
from sim.output.texts import tr

_OWN, _USED, _BACK = tint(SCENARIOS[0], 0.32), SCENARIOS[0], AXIS

BUDGET: Final = Chart(
    section="money",
    id="budget",
    title=tr("Money and debt"),
    note=tr("Prices of 2020, means of all draws"),
    series=(
        Series("money_year", tr("Money of the year"), _OWN, "bar"),
        Series("money_spent", tr("Spent on projects"), _USED, "bar"),
        Series("money_called_in", tr("Called in unspent"), _BACK, "bar"),
        Series("debt", tr("Debt"), TARGET, "line"),
    ),
)
LAND: Final = Chart(
    section="money",
    id="land",
    title=tr("Land quota"),
    note=tr("Means of all draws"),
    series=(
        Series("land_year", tr("Quota of the year"), _OWN, "bar"),
        Series("land_used", tr("Used by projects"), _USED, "bar"),
        Series("land_called_in", tr("Called in unused"), _BACK, "bar"),
        Series("land_left", tr("Left at the year's end"), INK, "line"),
    ),
)
