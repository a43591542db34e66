"""How far a fit is: its parts weighed by the draws that they run, so that the time left can be told."""

from collections.abc import Callable
from typing import Final

from sim.common.language import Text
from sim.evidence.study.model import REST
from sim.evidence.study.read import Study

SINGLE: Final = 25
"""Draws run together that take the time of one run by itself."""

SLOPES: Final = 7
"""How often slopes are usually taken until the misfit is least."""


class Stages:
    """What has been run of a study, told as it grows: a text, and the share that is done of what is usually run."""

    def __init__(self, study: Study, tell: Callable[[Text, float], None]) -> None:
        self._tell, self._done = tell, 0.0
        self._whole: float = REST + SLOPES * SINGLE * study.n_varied + study.draws + 2 * study.scenario.draws

    def step(self, what: Text, draws: float) -> None:
        """So many draws more, or runs by themselves as draws."""
        self._done += draws
        self._tell(what, min(self._done / self._whole, 1.0))

    def more(self, draws: float) -> None:
        """So many draws are needed beyond the usual."""
        self._whole += draws
