"""The five-year evaluation: the forecast made at the end of one year against what came until another."""

from collections.abc import Sequence

import numpy as np

from sim.evidence.figures.series import Series
from sim.evidence.inference.weights import quantiles
from sim.questions.checkup.findings import Evaluation, TargetFinding, Tested
from sim.questions.checkup.outlook import WIDE, View, band, expected


def evaluate(
    view: View, series: Sequence[Series], targets: Sequence[TargetFinding], first: int, last: int
) -> Evaluation | None:
    """The forecast made with the figures up to `first`, tested on those after it until `last`; None without any.

    view: weighed with the figures up to `first`; targets: with what was then said in `now`.
    """
    tests = []
    weights = view.sample.now
    for one in series:
        for figure in one.figures:
            if first < figure.year <= last:
                drawn = expected(view, one, weights, first, figure.year)
                low, high = quantiles(drawn, weights, WIDE)
                tests.append(Tested(figure, band(drawn, weights), (float(low), float(high))))
    if not tests:
        return None
    held80 = float(np.mean([test.band.holds(test.figure.value) for test in tests]))
    held95 = float(np.mean([test.wide[0] <= test.figure.value <= test.wide[1] for test in tests]))
    met = tuple(
        (target.id, target.met, float(target.now.probability))
        for target in targets
        if target.met is not None and target.now.probability is not None and first < target.year <= last
    )
    return Evaluation(first, last, tuple(tests), held80, held95, met)
