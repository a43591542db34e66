"""Which uncertain inputs the figures moved, and which of them move a target most now."""

from collections.abc import Mapping, Sequence
from math import exp
from typing import Final

import numpy as np

from sim.common.language import Text
from sim.evidence.inference.proposal import uncertainty
from sim.evidence.inference.weights import effective
from sim.model.arrays import Array, Flags
from sim.model.registry import PARAMETERS
from sim.questions.checkup.findings import Influence, InputFinding
from sim.run.case import Case
from sim.run.halves import change_name
from sim.scenario.resolved import PolicyRef

MOST_INFLUENCES: Final = 6


def names(case: Case, policies: Sequence[PolicyRef]) -> dict[str, Text]:
    """What each uncertain input is called, by path or by the key of a change's own uncertainty."""
    known = PARAMETERS | case.parameters
    found = {path: parameter.name for path, parameter in known.items()}
    for region in case.regions:
        for setting in region.settings:
            if setting.key not in found:
                found[setting.key] = change_name(setting, known[setting.path].name, policies)
    return found


def moved_inputs(
    standings: Mapping[str, Array], outset: Array, now: Array, case: Case, called: Mapping[str, Text]
) -> tuple[InputFinding, ...]:
    """Shift and narrowing of every input, the most moved first. standings: as `sample.standings`."""
    noise = 2.0 * float(np.sqrt(1.0 / effective(now) + 1.0 / effective(outset)))
    found = []
    for path, z in standings.items():
        first, later = _moments(z, outset), _moments(z, now)
        if first[1] <= 0.0:
            continue
        shift = (later[0] - first[0]) / first[1]
        proportion = _proportion(case, path)
        factor = None if proportion is None else exp(proportion * (later[0] - first[0]))
        found.append(InputFinding(path, called[path], shift, later[1] / first[1], factor, abs(shift) > noise))
    return tuple(sorted(found, key=lambda one: -abs(one.shift)))


def influences(
    outcome: Array,
    reached: Flags,
    standings: Mapping[str, Array],
    weights: Array,
    called: Mapping[str, Text],
) -> tuple[Influence, ...]:
    """The inputs that move a target most: the upper half of each input's weighted draws against the lower.

    As `sim.run.verdict` ranks what holds a target back; those within Monte Carlo noise are left out.
    """
    centre = weights @ outcome
    noise = 3.0 * 2.0 * float(np.sqrt(weights @ (outcome - centre) ** 2) / np.sqrt(effective(weights)))
    found = []
    for path, z in standings.items():
        upper = z > _weighted_median(z, weights)
        part = float(weights[upper].sum())
        if not 0.05 < part < 0.95:
            continue
        high, low = weights * upper / part, weights * ~upper / (1.0 - part)
        shift, effect = float((high - low) @ outcome), float((high - low) @ reached)
        if abs(shift) > noise:
            found.append(Influence(path, called[path], effect, shift, path.startswith("policy/")))
    return tuple(sorted(found, key=lambda one: -abs(one.shift))[:MOST_INFLUENCES])


def _moments(values: Array, weights: Array) -> tuple[float, float]:
    mean = float(weights @ values)
    return mean, float(np.sqrt(max(float(weights @ (values - mean) ** 2), 0.0)))


def _weighted_median(values: Array, weights: Array) -> float:
    order = np.argsort(values, kind="stable")
    at = int(np.searchsorted(np.cumsum(weights[order]), 0.5))
    return float(values[order][min(at, len(values) - 1)])


def _proportion(case: Case, path: str) -> float | None:
    """The deviation of the logarithm of an input, where its uncertainty is of that kind in every region."""
    found = []
    for region in case.regions:
        own = [setting for setting in region.settings if setting.path == path and setting.is_value]
        dists = [dist for setting in own if (dist := uncertainty(setting)) is not None]
        if not own and path in PARAMETERS and PARAMETERS[path].spread:
            found.append(PARAMETERS[path].spread)
        elif dists and dists[-1].kind == "lognormal":
            found.append(dists[-1].sd)
        else:
            return None
    return float(np.mean(found)) if found else None
