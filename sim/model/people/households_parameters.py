"""Parameters of household formation."""

from typing import Final

from sim.common.language import Text
from sim.model.parameter import Parameter

PARAMETERS: Final = (
    Parameter(
        "household.headship_trend",
        Text("户主率年变化", "yearly change of headship rates"),
        "share/year",
        0.004,
        -0.05,
        0.05,
        Text("假设:家庭户继续变小,慢于2010—2020年", "assumption: households shrink further, slower than in 2010–2020"),
        0.0,
    ),
)
