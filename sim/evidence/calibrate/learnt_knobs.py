"""The knobs that are learnt across counties: those of one county's fit, and four more that many counties show."""

from typing import Final

import numpy as np

from sim.evidence.calibrate.knobs import KNOBS, Knob
from sim.evidence.texts import tr
from sim.model.arrays import Array

LEARNT_KNOBS: Final = (
    *KNOBS,
    Knob("arrive_peak", tr("age of arrival"), "shift", ("profile.arrive.peak",), 3.0, 0.0),
    Knob("arrive_width", tr("spread of ages of arrival"), "times", ("profile.arrive.width",), 0.5, 0.0),
    Knob("arrive_family", tr("families arriving"), "times", ("profile.arrive.family",), 0.7, 0.0),
    Knob("headship", tr("change of headship rates"), "shift", ("household.headship_trend",), 0.01, 0.005),
)
_WIDER: Final = {"mortality": 0.15}
"""Prior deviations that are wider than in one county's fit, because here they are learnt."""


def deviations() -> Array:
    """Deviation of each learnt knob before any county has been seen [knob]."""
    return np.array([_WIDER.get(knob.name, knob.deviation) for knob in LEARNT_KNOBS])
