"""What a planner's method needs besides the censuses: sourced values that a user may set."""

from types import MappingProxyType
from typing import Final

from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.evidence.texts import tr


@quickclass(frozen=True, slots=True)
class Given:
    """A value in the unit of its input, and what backs it."""

    value: float
    source: Text


@quickclass(frozen=True, slots=True)
class Input:
    """An input: its name, its unit, what is allowed, and its value where nobody sets one (None: it has to be given)."""

    name: str
    words: Text
    unit: str
    low: float
    high: float
    default: Given | None = None


def _assumed(value: float, why: Text) -> Given:
    return Given(value, tr("assumption: {part}", part=why))


INPUTS: Final = MappingProxyType(
    {
        one.name: one
        for one in (
            Input(
                "natural_growth",
                tr("natural growth"),
                "share/year",
                -0.05,
                0.05,
                Given(
                    0.00145,
                    tr("China Statistical Yearbook 2021: births 8.52‰ less deaths 7.07‰ in 2020"),
                ),
            ),
            Input("rural_labour", tr("rural labour"), "person", 0.0, 1e8),
            Input("other_rural_jobs", tr("rural jobs outside farming"), "person", 0.0, 1e8),
            Input("farmland", tr("farmland"), "亩", 0.0, 1e9),
            Input(
                "land_per_worker",
                tr("farmland a worker tends"),
                "亩/人",
                0.1,
                1e4,
                Given(
                    10.8,
                    tr(
                        "China's mean: 1.918 billion mu (third land survey) over 177.15 million employed in the "
                        "primary sector (China Statistical Yearbook 2021)"
                    ),
                ),
            ),
            Input(
                "share_to_town",
                tr("share of the surplus that comes to these towns"),
                "share",
                0.0,
                1.0,
                _assumed(0.5, tr("half move to these towns, half leave")),
            ),
            Input(
                "carried",
                tr("dependants a mover brings"),
                "ratio",
                0.0,
                5.0,
                _assumed(0.5, tr("1.5 with the worker; textbooks say 1.0–2.5")),
            ),
            Input("jobs", tr("jobs outside farming"), "person", 0.0, 1e8),
            Input(
                "jobs_growth",
                tr("growth of jobs"),
                "share/year",
                -0.2,
                0.3,
                Given(
                    0.0292,
                    tr(
                        "assumption: as China's urban employment, 346.87 to 462.71 million in 2010–2020 by the "
                        "China Statistical Yearbook 2021"
                    ),
                ),
            ),
            Input("dependants", tr("dependants a job"), "ratio", 0.0, 10.0),
            Input("output_growth", tr("growth of output"), "share/year", -0.2, 0.5),
            Input(
                "logistic_slope",
                tr("slope of the logistic curve"),
                "share/year",
                -0.5,
                0.5,
                Given(
                    0.0583,
                    tr("communiqués of the sixth and seventh censuses: China from 49.68% to 63.89%"),
                ),
            ),
            Input(
                "ceiling",
                tr("ceiling of the urbanization rate"),
                "share",
                0.1,
                1.0,
                _assumed(1.0, tr("none, as in the score")),
            ),
        )
    }
)
"""Inputs by name; those without a value here come from the region's own data, or have to be given."""
