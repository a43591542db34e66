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
from sim.run.grounds import Ground
from sim.run.lanes import Wanted
from sim.run.moves import Move, Strength, Value
from sim.run.reaching import probability, reaches, word
from sim.run.texts import tr
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


def assumed_sizes(scenario: ResolvedScenario) -> tuple[tuple[Text, ...], tuple[Move, ...]]:
    """What of a scenario acts with a size that is assumed: names, and the moves that take it away, at 0."""
    sized = [policy for policy in scenario.policies if policy.size_assumed]
    names = [policy.name for policy in sized] + ([tr("control totals")] if scenario.totals else [])
    moves = [*(Strength(policy.id) for policy in sized), *(LET_GO if scenario.totals else ())]
    return tuple(names), tuple(moves)


def hanging(
    lines: Sequence[tuple[Target, int]], scenario: ResolvedScenario, ask: Without, own: Array | None = None
) -> dict[str, Sized]:
    """The outcomes whose word is another one without the assumed sizes, by id: the one rule for it.

    lines: each with its row of the ensemble; own: what draws give with the sizes [line, draw], asked for if None.
    """
    names, moves = assumed_sizes(scenario)
    if not names or not lines:
        return {}
    n = min(DRAWS, scenario.draws) if own is None else min(DRAWS, own.shape[1])
    wanted = [Wanted(str(target.measure), row, int(target.year or 0)) for target, row in lines]
    with_them = ask((), wanted, n) if own is None else own[:, :n]
    without = ask(moves, wanted, n)
    return {
        target.id: Sized(policies=names, with_them=float(np.median(now)), without=float(np.median(alone)))
        for (target, _), now, alone in zip(lines, with_them, without, strict=True)
        if _word(now, target) != _word(alone, target)
    }


def by_size(
    said: Sequence[Verdict],
    scenario: ResolvedScenario,
    ensemble: Ensemble,
    grounds: Mapping[str, Ground],
    ask: Without,
) -> tuple[Verdict, ...]:
    """The verdicts, where a word that is another one without the assumed sizes gives way to the condition."""
    asked = [one for one in said if isinstance(one.answer, Outcome)]
    if not asked or scenario.plan is None:
        return tuple(said)
    targets = {target.id: target for target in scenario.plan.targets}
    lines = [(targets[one.id], grounds[one.region].row) for one in asked]
    years = [ensemble.years.index(int(target.year or 0)) for target, _ in lines]
    own = np.stack([ensemble.of(str(line.measure), row)[at] for (line, row), at in zip(lines, years, strict=True)])
    found = hanging(lines, scenario, ask, own.astype(np.float64))
    return tuple(replace(one, answer=found[one.id], status="conditional") if one.id in found else one for one in said)


def _word(outcome: Array, target: Target) -> str:
    return word(*probability(reaches(outcome, target)))
