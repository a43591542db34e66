"""A plan against itself: what its lines come to together, with the figures of the run."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from sim.common.language import Text, in_each
from sim.common.numbers import quantity
from sim.model.services.parameters import DELIVERED
from sim.run.answers import Lacking, Need, Supply, Verdict, Works
from sim.run.ensemble import Ensemble
from sim.run.grounds import Ground
from sim.run.tables import Clash
from sim.run.texts import tr

_ROUNDING: Final = 0.005
"""Lines whose values agree to half a percent say the same."""


def clashes(said: Sequence[Verdict], ensemble: Ensemble, grounds: Mapping[str, Ground]) -> tuple[Clash, ...]:
    """What lines of the plan ask for together: promises that fall short of a standard, towns left to grow."""
    return (*_short(said), *_towns(said, ensemble, grounds))


def _short(said: Sequence[Verdict]) -> Iterator[Clash]:
    """Standards whose need is more than what is there with what the plan itself promises of their service."""
    promised = {
        one.measure.removeprefix(DELIVERED): one
        for one in said
        if one.measure.startswith(DELIVERED) and one.kind == "commitment" and one.value is not None
    }
    for standard in said:
        answer = standard.answer
        if not isinstance(answer, Need | Supply | Works | Lacking) or answer.service not in promised:
            continue
        promise = promised[answer.service]
        if (promise.region, promise.year) != (standard.region, standard.year):
            continue
        need = answer.median if isinstance(answer, Need) else answer.need
        there = answer.outset if isinstance(answer, Works) else 0.0
        together = there + float(promise.value or 0.0)
        if need > together * (1.0 + _ROUNDING):
            yield _shortage(standard, promise, need, there)


def _shortage(standard: Verdict, promise: Verdict, need: float, there: float) -> Clash:
    unit = promise.unit
    text = tr(
        "{standard} takes {need}; {promise} promises {value}",
        standard=standard.title,
        promise=promise.title,
        need=in_each(lambda language: quantity(need, unit, language)),
        value=in_each(lambda language: quantity(float(promise.value or 0.0), unit, language, exact=True)),
    )
    if there:
        text += tr(", beside {there} at the outset", there=in_each(lambda language: quantity(there, unit, language)))
    return Clash(ids=(standard.id, promise.id), text=text)


def _towns(said: Sequence[Verdict], ensemble: Ensemble, grounds: Mapping[str, Ground]) -> Iterator[Clash]:
    """A county seat and an urban share of one year: what the other towns then have to hold."""
    for seat in said:
        for share in said:
            together = seat.year == share.year and seat.region == share.region
            at_least = seat.op == share.op == "at_least" and seat.year in ensemble.years
            if (seat.measure, share.measure) != ("city", "urbanization_rate") or not (together and at_least):
                continue
            row = grounds[seat.region].row
            residents, towns = (ensemble.of(name, row) for name in ("resident", "town"))
            year = ensemble.years.index(int(seat.year or 0))
            asked = float(share.value or 0.0) * float(np.median(residents[year])) - float(seat.value or 0.0)
            base, expected = float(np.median(towns[0])), float(np.median(towns[year]))
            if base > 0.0 and asked > expected * (1.0 + _ROUNDING) and not _is_lesser(seat, said):
                yield Clash(ids=(seat.id, share.id), text=_growth(asked / base - 1.0, expected / base - 1.0))


def _is_lesser(seat: Verdict, said: Sequence[Verdict]) -> bool:
    """Whether another line asks for a larger seat in the same year: it is the one that counts."""
    return any(
        one.measure == seat.measure and one.year == seat.year and (one.value or 0.0) > (seat.value or 0.0)
        for one in said
    )


def _growth(asked: float, expected: float) -> Text:
    return tr(
        "together they ask the other towns to grow by {asked} from the base year; in the run they change by {expected}",
        asked=f"{100.0 * asked:.0f}%",
        expected=f"{100.0 * expected:+.0f}%".replace("-", "−"),
    )
