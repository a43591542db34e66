"""Outcomes whose word hangs on assumed sizes of policies: asked again without them, on the same draws."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from sim.common.language import Text
from sim.model.arrays import Array
from sim.run.answers import Outcome, Sized, Verdict
from sim.run.case import Case
from sim.run.ensemble import Ensemble
from sim.run.experiment import outcomes
from sim.run.lanes import Wanted
from sim.run.moves import Move, Strength, Value
from sim.run.texts import tr
from sim.run.verdict import Ground, probability, reaches, word
from sim.scenario.resolved import ResolvedScenario, Target
from sim.scenario.totals import RESIDENTS, TOWNSPEOPLE

DRAWS: Final = 200
"""At most so many draws are asked again."""

LET_GO: Final = (Value(RESIDENTS), Value(TOWNSPEOPLE))
"""Moves that take a scenario's control totals away, at 0."""

Without = Callable[[Sequence[Move], Sequence[Wanted], int], Array]
"""What is wanted of the first so many draws, [wanted, draw], with every one of some moves at 0."""


def asked_of(case: Case) -> Without:
    """What a run of the case without some policies gives."""

    def without(moves: Sequence[Move], wanted: Sequence[Wanted], n: int) -> Array:
        return outcomes(case, moves, np.zeros((1, len(moves))), wanted, range(n))[:, 0].astype(np.float64)

    return without


def by_size(
    said: Sequence[Verdict],
    scenario: ResolvedScenario,
    ensemble: Ensemble,
    grounds: Mapping[str, Ground],
    ask: Without,
) -> tuple[Verdict, ...]:
    """The verdicts, where a word that is another one without the assumed sizes gives way to the condition."""
    sized = [policy for policy in scenario.policies if policy.size_assumed]
    names = [policy.name for policy in sized] + ([tr("control totals")] if scenario.totals else [])
    asked = [one for one in said if isinstance(one.answer, Outcome)]
    if not names or not asked or scenario.plan is None:
        return tuple(said)
    n = min(DRAWS, len(ensemble.draws))
    wanted = [Wanted(one.measure, grounds[one.region].row, int(one.year or 0)) for one in asked]
    moves = [*(Strength(policy.id) for policy in sized), *(LET_GO if scenario.totals else ())]
    without = ask(moves, wanted, n)
    targets = {target.id: target for target in scenario.plan.targets}
    found = {}
    for one, want, alone in zip(asked, wanted, without, strict=True):
        own = ensemble.of(want.measure, want.row)[ensemble.years.index(want.year)][:n].astype(np.float64)
        if _word(own, targets[one.id]) != _word(alone, targets[one.id]):
            found[one.id] = _conditional(one, names, own, alone)
    return tuple(found.get(one.id, one) for one in said)


def _word(outcome: Array, target: Target) -> str:
    return word(*probability(reaches(outcome, target)))


def _conditional(of: Verdict, names: Sequence[Text], own: Array, alone: Array) -> Verdict:
    answer = Sized(
        policies=tuple(names),
        with_them=float(np.median(own)),
        without=float(np.median(alone)),
    )
    return replace(of, answer=answer, status="conditional")
