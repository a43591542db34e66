"""The scores of a backtest by method, kind of region and province."""

from dataclasses import asdict, dataclass

import numpy as np

from sim.common.language import same
from sim.evidence.backtest.methods import METHODS
from sim.evidence.backtest.quantities import QUANTITIES
from sim.evidence.backtest.run import Backtest
from sim.evidence.backtest.scores import BANDS, Score, score_draws, score_points
from sim.evidence.texts import tr
from sim.model.arrays import Flags
from sim.places.china.province_names import province_name

SIMULATION = "townward"
KINDS = {
    "county": tr("counties"),
    "city": tr("county-level cities"),
    "district": tr("districts"),
}


@dataclass(frozen=True, slots=True)
class Table:
    """Scores of every method by quantity, for some counties: {method: [quantity]}."""

    counties: int
    scores: dict[str, list[Score | None]]


def table(of: Backtest, rows: Flags) -> Table:
    """The scores of those counties."""
    came = of.came[rows]
    scores = {SIMULATION: score_draws(of.central[rows], of.draws[rows], came)}
    scores |= {method.id: score_points(of.methods[method.id][rows], came) for method in METHODS}
    return Table(int(rows.sum()), scores)


def everyone(of: Backtest) -> Table:
    """The scores of all counties."""
    return table(of, np.ones(len(of.first), dtype=np.bool_))


def by_kind(of: Backtest) -> dict[str, Table]:
    """The scores by kind of region."""
    kinds = np.array([row.kind for row in of.first])
    return {kind: table(of, kinds == kind) for kind in KINDS if (kinds == kind).any()}


def by_province(of: Backtest) -> dict[str, Table]:
    """The scores by province, its code of two digits."""
    codes = np.array([row.code[:2] for row in of.first])
    return {str(code): table(of, codes == code) for code in np.unique(codes)}


def beaten_by(of: Table) -> list[tuple[str, str]]:
    """(method, quantity) of every planners' method with a smaller mean error than the simulation."""
    return [
        (method.id, QUANTITIES[quantity].id)
        for method in METHODS
        if method.planners
        for quantity, score in enumerate(of.scores[method.id])
        if score is not None and _error(of.scores[SIMULATION][quantity]) >= score.error
    ]


def _error(score: Score | None) -> float:
    return float("inf") if score is None else score.error


def as_json(of: Backtest) -> dict[str, object]:
    """Everything that was scored, for `--json`."""
    return {
        "counties": len(of.first),
        "left_out": {
            "unmatched": of.pairs.unmatched,
            "under_20000": of.pairs.small,
            "boundary_changed": of.pairs.changed,
        },
        "from": of.first[0].year,
        "to": of.second[0].year,
        "draws": of.options.draws,
        "folds": of.options.folds,
        "seed": of.options.seed,
        "bands": list(BANDS),
        "quantities": [{"id": q.id, "unit": q.unit, "zh": q.name.zh, "en": q.name.en} for q in QUANTITIES],
        "all": _json(everyone(of)),
        "by_kind": {kind: _json(scores) for kind, scores in by_kind(of).items()},
        "by_province": {
            code: {"name": (province_name(code) or same(code)).en} | _json(scores)
            for code, scores in by_province(of).items()
        },
    }


def _json(of: Table) -> dict[str, object]:
    methods = {
        method: {q.id: None if s is None else _rounded(s) for q, s in zip(QUANTITIES, scores, strict=True)}
        for method, scores in of.scores.items()
    }
    return {"counties": of.counties, "methods": methods}


def _rounded(score: Score) -> dict[str, object]:
    return {
        key: [round(item, 4) for item in value] if isinstance(value, tuple) else round(value, 4)
        for key, value in asdict(score).items()
    }
