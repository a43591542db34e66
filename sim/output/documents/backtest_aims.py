"""What the backtest was to reach, and what it was before."""

from collections.abc import Callable
from typing import Final

from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.evidence.backtest.quantities import PEOPLE, RATE
from sim.evidence.backtest.scores import BANDS
from sim.evidence.backtest.tables import SIMULATION, Table
from sim.output.texts import tr


@quickclass(frozen=True, slots=True)
class Aim:
    """An aim of one or two figures.

    before: as it was; wanted: in words; low, high: what every figure is to lie within; of: the figures of the scores
    of all counties and by kind.
    """

    name: Text
    before: str
    wanted: str
    low: float
    high: float
    of: Callable[[Table, dict[str, Table]], list[float]]
    digits: int = 1

    def reached(self, now: list[float]) -> bool:
        """Whether every figure lies where it should."""
        return all(self.low <= round(value, self.digits) <= self.high for value in now)


def _error(quantity: int) -> Callable[[Table, dict[str, Table]], list[float]]:
    def of(whole: Table, _: dict[str, Table]) -> list[float]:
        score = whole.scores[SIMULATION][quantity]
        return [] if score is None else [score.error]

    return of


def _held(of: Table, band: int) -> list[float]:
    scores = (of.scores[SIMULATION][quantity] for quantity in (RATE, PEOPLE))
    return [100.0 * score.coverage[BANDS.index(band)] for score in scores if score is not None]


AIMS: Final = (
    Aim(tr("urbanization rate, points"), "4.26", "≤ 4.05", 0.0, 4.05, _error(RATE), 2),
    Aim(tr("residents, %"), "8.77", "≤ 8.3", 0.0, 8.3, _error(PEOPLE), 2),
    Aim(tr("80% bands of both hold, %"), "78.1, 81.3", "79–81", 79.0, 81.0, lambda whole, _: _held(whole, 80)),
    Aim(tr("95% bands of both hold, %"), "90.5, 96.1", "94–96", 94.0, 96.0, lambda whole, _: _held(whole, 95)),
    Aim(
        tr("80% bands of both in every kind, %"),
        "76–82",
        "77–83",
        77.0,
        83.0,
        lambda _, kinds: [held for of in kinds.values() for held in _held(of, 80)],
    ),
)
