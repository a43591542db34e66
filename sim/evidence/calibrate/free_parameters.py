"""The few numbers that are fitted to a county's two censuses, and what is believed of each beforehand."""

from typing import Final, Literal

import numpy as np

from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.evidence.texts import tr
from sim.model.arrays import Array

Kind = Literal["times", "shift", "split"]


@quickclass(frozen=True, slots=True)
class FreeParameter:
    """A fitted number: it multiplies (by its exponential), shifts or splits off the parameters it names.

    deviation: prior standard deviation, of the logarithm, in the parameters' unit or of the logit of the share that is
    split off; the prior mean is 0, that is, the national default. drift: how much more the coming decade may differ
    from the one fitted. own: whether one county's own fit moves it too, beside what many counties teach. lasts:
    whether the decade after starts from it.
    """

    name: str
    words: Text
    kind: Kind
    paths: tuple[str, ...]
    deviation: float
    drift: float
    own: bool = True
    lasts: bool = True


def lasting(parameters: tuple[FreeParameter, ...], numbers: Array) -> Array:
    """What of fitted numbers [..., theta] the years after the second census start from.

    Not the level of deaths: beyond the province's published figure it takes up how two censuses count the old.
    """
    found: Array = numbers * np.array([parameter.lasts for parameter in parameters])
    return found


LEARNT_PARAMETERS: Final = (
    FreeParameter("fertility", tr("fertility"), "times", ("fertility.tfr",), 0.25, 0.10),
    FreeParameter("mortality", tr("mortality"), "times", ("mortality.level",), 0.03, 0.05, lasts=False),
    FreeParameter(
        "leave",
        tr("leaving"),
        "times",
        ("away.leave_city", "away.leave_town", "away.leave_rural"),
        0.40,
        0.25,
    ),
    FreeParameter(
        "return",
        tr("return"),
        "times",
        ("away.return_to_city", "away.return_to_town", "away.return_to_rural"),
        0.40,
        0.25,
    ),
    FreeParameter(
        "return_to_towns",
        tr("return to towns rather than villages"),
        "times",
        ("away.return_to_city", "away.return_to_town"),
        0.40,
        0.20,
    ),
    FreeParameter(
        "to_town",
        tr("moves to town"),
        "times",
        ("transfer.rural_to_city", "transfer.rural_to_town"),
        0.60,
        0.35,
    ),
    FreeParameter(
        "to_city",
        tr("choice of the county seat"),
        "times",
        ("transfer.rural_to_city", "transfer.town_to_city"),
        0.50,
        0.20,
    ),
    FreeParameter(
        "back",
        tr("moves back to villages"),
        "times",
        ("transfer.city_to_rural", "transfer.town_to_rural"),
        0.30,
        0.20,
    ),
    FreeParameter(
        "arrive",
        tr("arrival of outsiders"),
        "times",
        ("outside.arrive_city", "outside.arrive_town", "outside.arrive_rural"),
        0.70,
        0.30,
    ),
    FreeParameter("leave_peak", tr("age of leaving"), "shift", ("profile.leave.peak",), 2.0, 0.0),
    FreeParameter("leave_width", tr("spread of ages of leaving"), "times", ("profile.leave.width",), 0.4, 0.0),
    FreeParameter("return_width", tr("spread of return ages"), "times", ("profile.return.width",), 0.7, 0.0),
    FreeParameter("leave_family", tr("families leaving"), "times", ("profile.leave.family",), 0.7, 0.0),
    FreeParameter("leave_male", tr("men among those leaving"), "times", ("profile.leave.male_ratio",), 0.2, 0.0),
    FreeParameter("return_peak", tr("age of return"), "shift", ("profile.return.peak",), 5.0, 0.0),
    FreeParameter("return_family", tr("families returning"), "times", ("profile.return.family",), 0.7, 0.0),
    FreeParameter("return_male", tr("men returning"), "times", ("profile.return.male_ratio",), 0.2, 0.0),
    FreeParameter("arrive_peak", tr("age of arrival"), "shift", ("profile.arrive.peak",), 3.0, 0.0),
    FreeParameter("arrive_width", tr("spread of ages of arrival"), "times", ("profile.arrive.width",), 0.5, 0.0),
    FreeParameter("arrive_family", tr("families arriving"), "times", ("profile.arrive.family",), 0.7, 0.0),
    FreeParameter(
        "reclassified",
        tr("share of villages that become town"),
        "split",
        ("boundary.rural_to_city", "boundary.rural_to_town"),
        0.50,
        0.0,
    ),
    FreeParameter(
        "headship", tr("change of headship rates"), "shift", ("household.headship_trend",), 0.01, 0.005, own=False
    ),
)
"""All fitted numbers: what is learnt across counties."""

FREE_PARAMETERS: Final = tuple(parameter for parameter in LEARNT_PARAMETERS if parameter.own)
"""Those of one county's own fit."""


def deviations() -> Array:
    """Deviation of each learnt parameter before any county has been seen [theta]."""
    return np.array([parameter.deviation for parameter in LEARNT_PARAMETERS])
