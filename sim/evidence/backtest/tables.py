"""The scores of a backtest by method, kind of region and province."""

from dataclasses import asdict

import numpy as np

from sim.common.language import same
from sim.common.quickclass import quickclass
from sim.evidence.backtest.methods import METHODS
from sim.evidence.backtest.quantities import QUANTITIES
from sim.evidence.backtest.run import Backtest
from sim.evidence.backtest.scores import BANDS, Score, score_draws, score_points
from sim.evidence.texts import tr
from sim.model.arrays import Array, Flags
from sim.places.china.province_names import province_name

SIMULATION = "townward"
KINDS = {
    "county": tr("counties"),
    "city": tr("county-level cities"),
    "district": tr("districts"),
}


@quickclass(frozen=True, slots=True)
class Table:
    """Scores of every method by quantity, for some counties: {method: [quantity]}."""

    counties: int
    scores: dict[str, list[Score | None]]


def table(backtest: Backtest, rows: Flags) -> Table:
    """The scores of those counties."""
    came = backtest.came[rows]
    scores = {SIMULATION: score_draws(backtest.central[rows], backtest.draws[rows], came)}
    scores |= {method.id: score_points(backtest.methods[method.id][rows], came) for method in METHODS}
    return Table(int(rows.sum()), scores)


def everyone(backtest: Backtest) -> Table:
    """The scores of all counties."""
    return table(backtest, np.ones(len(backtest.first), dtype=np.bool_))


def by_kind(backtest: Backtest) -> dict[str, Table]:
    """The scores by kind of region."""
    kinds = np.array([row.kind for row in backtest.first])
    return {kind: table(backtest, kinds == kind) for kind in KINDS if (kinds == kind).any()}


def by_province(backtest: Backtest) -> dict[str, Table]:
    """The scores by province, its code of two digits."""
    codes = np.array([row.code[:2] for row in backtest.first])
    return {str(code): table(backtest, codes == code) for code in np.unique(codes)}


def of_single(backtest: Backtest, central: Array | None) -> list[Score | None]:
    """Scores by quantity of another single figure of the simulation [county, quantity]; empty where there is none."""
    return [] if central is None else score_points(central, backtest.came)


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


def as_json(backtest: Backtest) -> dict[str, object]:
    """Everything that was scored, for `--json`."""
    return {
        "counties": len(backtest.first),
        "left_out": {
            "unmatched": backtest.pairs.unmatched,
            "under_20000": backtest.pairs.small,
            "boundary_changed": backtest.pairs.changed,
        },
        "matched": backtest.pairs.matched,
        "codes_changed_hands": [[pair.first.code, pair.second.code] for pair in backtest.pairs.moved],
        "from": backtest.first[0].year,
        "to": backtest.second[0].year,
        "draws": backtest.options.draws,
        "folds": backtest.options.folds,
        "seed": backtest.options.seed,
        "bands": list(BANDS),
        "quantities": [{"id": q.id, "unit": q.unit, "zh": q.name.zh, "en": q.name.en} for q in QUANTITIES],
        "learnt_from": None if backtest.taught is None else len(backtest.taught.pairs),
        "all": _json(everyone(backtest)),
        "province_folds": _single_json(backtest, backtest.provinces),
        "without_further_figures": _single_json(backtest, backtest.less),
        "by_kind": {kind: _json(scores) for kind, scores in by_kind(backtest).items()},
        "by_province": {
            code: {"name": (province_name(code) or same(code)).en} | _json(scores)
            for code, scores in by_province(backtest).items()
        },
    }


def _json(of: Table) -> dict[str, object]:
    methods = {
        method: {q.id: None if s is None else _rounded(s) for q, s in zip(QUANTITIES, scores, strict=True)}
        for method, scores in of.scores.items()
    }
    return {"counties": of.counties, "methods": methods}


def _single_json(backtest: Backtest, central: Array | None) -> dict[str, float | None]:
    """Mean errors by quantity."""
    scores = of_single(backtest, central)
    pairs = zip(QUANTITIES, scores, strict=True) if scores else ()
    return {quantity.id: None if score is None else round(score.error, 4) for quantity, score in pairs}


def _rounded(score: Score) -> dict[str, object]:
    return {
        key: [round(item, 4) for item in value] if isinstance(value, tuple) else round(value, 4)
        for key, value in asdict(score).items()
    }
