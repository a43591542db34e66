"""What the model says of the second census for counties of which only the first is known."""

import numpy as np

from sim.common.quickclass import quickclass
from sim.evidence.backtest.quantities import of_figures
from sim.evidence.calibrate.drawing import Noise, draw_figures
from sim.evidence.calibrate.hierarchy import Linear
from sim.evidence.calibrate.inputs import Inputs
from sim.evidence.calibrate.learning import Knowledge
from sim.evidence.calibrate.replay import Lanes
from sim.model.arrays import Array


@quickclass(frozen=True, slots=True)
class Forecast:
    """The single figure of each county [county, quantity], and draws around it [county, draw, quantity]."""

    central: Array
    draws: Array


def forecast(known: Knowledge, lanes: Lanes, inputs: Inputs, at: Linear, noises: list[Noise], jobs: int) -> Forecast:
    """The run with the parameters expected of each county (`at`), and draws around it."""
    figures = draw_figures(known.learnt, known.bands, lanes, inputs, at, noises, jobs)
    return Forecast(of_figures(np.exp(at.logs)), of_figures(figures))
