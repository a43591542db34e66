"""When projects begin and how long their stages take, as a file writes it."""

from typing import Final

from sim.common.language import Text
from sim.model.draws.distribution import Distribution
from sim.model.projects.months import month_of
from sim.model.projects.project import Chance
from sim.model.services.service import EVIDENCE
from sim.scenario.quantities import distribution
from sim.scenario.shapes.project_file import Duration
from sim.scenario.shapes.words import text_of
from sim.scenario.texts import tr

MONTHS_A_YEAR: Final = 12.0
NO_TIME: Final = Duration(months=0.0)
_CERTAIN: Final = Distribution("certain")


def moment(written: int | str) -> float:
    """The moment that a year, or a month such as `2021-07`, begins [month since year 0]."""
    if isinstance(written, int):
        return month_of(written)
    year, month = written.split("-")
    return month_of(int(year)) + int(month) - 1.0


def chance(written: float | Duration) -> Chance:
    """A duration [month] with its spread and what backs it."""
    if not isinstance(written, Duration):
        return Chance(float(written), _CERTAIN)
    dist = _CERTAIN if written.dist is None else distribution(written.dist, 1.0)
    return Chance(written.months, dist, _source(written))


def _source(written: Duration) -> Text | None:
    if written.source is None:
        return None if written.evidence is None else EVIDENCE[written.evidence]
    words = text_of(written.source)
    if written.evidence is None:
        return words
    kind = EVIDENCE[written.evidence]
    return tr("{kind}: {words}", kind=kind, words=words)
