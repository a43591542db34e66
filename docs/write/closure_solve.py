"""Factors on learnt moves and births with which the counties' sum changes as the nation does."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from docs.write.closure_sums import NATION, YEARS, Block, Sums, summed
from sim.evidence.calibrate.free_parameters import LEARNT_PARAMETERS
from sim.evidence.calibrate.prior import load_prior
from sim.model.arrays import Array
from sim.scenario.closure import FLOWS, KINDS, Made

Changes = Mapping[tuple[str, int], float]

SOLVED: Final = ("arrive", "to_town", "births")
"""Flows whose factors are solved for what is met."""
GIVEN: Final = ("leave", "return")
"""Flows whose factors are given, the same in every year and kind."""
MET: Final = ("resident_pop", "urbanization_rate", "birth_rate")
CUMULATED: Final = ("resident_pop", "urbanization_rate")
"""Those of them that are changes since the census; the others are of a year."""
CLOSE_ENOUGH: Final = 0.005
"""Gap at which no further run is made [% of residents, points of urban share, births per thousand since the census]."""
FARTHEST: Final = 0.15
"""Gap at which a year is left whose factor is at its least: fewer than no moves cannot be asked for."""
MOST_RUNS: Final = 12
LEAST: Final = 0.02
TRIED: Final = 0.8
LAST_YEARS: Final = 3
"""Years whose mean is held afterwards."""
_MOVED: Final = [list(FLOWS).index(flow) for flow in SOLVED]
LEAST_DEVIATION: Final = {"arrive": 0.10, "to_town": 0.10, "births": 0.03, "leave": 0.25, "return": 0.25}
"""Deviation of the held factor's logarithm is at least this (assumption); fertility has a drift of its own."""


def solved(blocks: Sequence[Block], target: Changes, weights: Array, given: Mapping[str, float]) -> Array:
    """The factors [flow, kind, year].

    target: the nation's changes; weights: how far each kind moves [flow, kind]; given: factors of flows that are not
    solved for.
    """
    factors = np.array([np.full(len(YEARS), given.get(flow, 1.0)) for flow in FLOWS])
    first = _gaps(summed(blocks, by_kind(factors, weights)), target)
    slopes = _slopes(blocks, target, weights, factors, first)
    gaps = first
    for _ in range(MOST_RUNS):
        factors = _nearer(factors, slopes, gaps)
        gaps = _gaps(summed(blocks, by_kind(factors, weights)), target)
        off = np.abs(gaps.cumsum(axis=0)).max(axis=1)
        bound = (factors <= LEAST).any(axis=0)
        if (off < np.where(bound, FARTHEST, CLOSE_ENOUGH)).all():
            return by_kind(factors, weights)
    raise RuntimeError(f"the counties do not add up after {MOST_RUNS} runs: {gaps.cumsum(axis=0).round(3).tolist()}")


def _nearer(factors: Array, slopes: Array, gaps: Array) -> Array:
    """Factors [flow, year] that close the gaps [year, measure]; what a bound leaves in a year, the next one closes."""
    found, left = factors.copy(), np.zeros(gaps.shape[1])
    for i, gap in enumerate(gaps):
        found[_MOVED, i] = np.maximum(factors[_MOVED, i] - np.linalg.solve(slopes[i], gap + left), LEAST)
        left = gap + left - slopes[i] @ (factors[_MOVED, i] - found[_MOVED, i])
    return found


def by_kind(factors: Array, weights: Array) -> Array:
    """Factors [flow, kind, year] of factors [flow, year] and how far each kind moves [flow, kind]."""
    found: Array = factors[:, np.newaxis] ** weights[:, :, np.newaxis]
    return found


def learnt_weights() -> Array:
    """How far each kind moves [flow, kind]: by the variance of its parameter between counties, 1 on average.

    Births, leaving and return by the same in each: nothing says of which kind they are.
    """
    spread = load_prior().known.learnt.by_kind
    variances = np.array([[_variance(spread[kind], flow) for kind in KINDS] for flow in FLOWS])
    found: Array = variances / variances.mean(axis=1, keepdims=True)
    return found


def _variance(spread: Array, flow: str) -> float:
    """Of the flow's parameter between counties of a kind; 1 where all kinds are to move alike."""
    names = [one.name for one in LEARNT_PARAMETERS]
    return float(np.diag(spread)[names.index(flow)]) if flow in SOLVED and flow in names else 1.0


def write(made: Mapping[Made, Array], path: Path) -> None:
    """The table of factors [flow, kind, year] by how rates are made, the last row of each the one that is held.

    Its deviation is the standard error of a mean of the years, relative to it.
    """
    lines = ["rates,flow,kind,year,factor,deviation"]
    for rates, factors in made.items():
        acting = [(flow, kinds) for flow, kinds in zip(FLOWS, factors, strict=True) if (kinds != 1.0).any()]
        for flow, kinds in acting:
            for kind, own in zip(KINDS, kinds, strict=True):
                stem = f"{rates},{flow},{kind}"
                lines += [f"{stem},{year},{value:.4f},0" for year, value in zip(YEARS, own, strict=True)]
                held = float(own[-LAST_YEARS:].mean())
                error = float(np.sqrt(((own - held) ** 2).mean() / len(own))) / held
                lines.append(f"{stem},{YEARS[-1] + 1},{held:.4f},{max(LEAST_DEVIATION[flow], error):.4f}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _gaps(sums: Sums, target: Changes) -> Array:
    """What each year adds to the distance from the target [year, measure]."""
    found = sums.changes(NATION)
    gaps = np.array([[found[measure, year] - target[measure, year] for measure in MET] for year in YEARS])
    steps = np.diff(gaps, axis=0, prepend=0.0)
    return np.where([measure in CUMULATED for measure in MET], steps, gaps)


def _slopes(blocks: Sequence[Block], target: Changes, weights: Array, factors: Array, first: Array) -> Array:
    """Change of a year's gaps, `first` at these factors, with the same year's factors [year, measure, solved flow]."""
    found = []
    for flow in _MOVED:
        tried = factors.copy()
        tried[flow] *= TRIED
        gaps = _gaps(summed(blocks, by_kind(tried, weights)), target)
        found.append((gaps - first) / (tried[flow] - factors[flow])[:, np.newaxis])
    return np.stack(found, axis=2)
