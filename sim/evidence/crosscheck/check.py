"""Every method on every region of a run, beside what the model says."""

from collections.abc import Mapping

from sim.common.language import Text
from sim.evidence.crosscheck.facts import facts
from sim.evidence.crosscheck.given import read_inputs
from sim.evidence.crosscheck.inputs import Given
from sim.evidence.crosscheck.reckon import METHODS, Place, Said, said
from sim.evidence.crosscheck.scores import MODEL, Score, Scores, load_scores
from sim.evidence.texts import tr
from sim.run.tables import Crosscheck, RunTables
from sim.scenario.resolved import ResolvedScenario


def crosschecks(
    scenario: ResolvedScenario,
    tables: RunTables,
    year: int | None = None,
    given: Mapping[str, Given] | None = None,
) -> tuple[Crosscheck, ...]:
    """What the model's median and each method say of a year, region by region in the order of the tables.

    year: after the base year and within the horizon; the test year where none is given. given: inputs that go before
    those of a region's own `crosscheck.yaml`. ValueError: a year that was not run.
    """
    asked = tables.test_year if year is None else year
    if not tables.base_year < asked <= tables.horizon:
        raise ValueError(f"the year must lie in {tables.base_year + 1}…{tables.horizon}")
    scores = load_scores()
    found: list[Crosscheck] = []
    for one in facts(scenario, tables):
        place = Place(one, {**read_inputs(one.folder), **(given or {})}, asked)
        found.append(_model(one.id, tables, asked, scores))
        for method in METHODS:
            score = scores.by_method[method.id] if method.scored else Score(None, None)
            found.append(_row(place, method.id, method.name, said(method, place), score, method.unscored))
    return tuple(found)


def _row(place: Place, id_: str, name: Text, what: Said, score: Score, unscored: Text | None) -> Crosscheck:
    return Crosscheck(
        region=place.facts.id,
        method=id_,
        name=name,
        year=place.year,
        resident=what.resident,
        rate=what.rate,
        basis=what.basis,
        resident_error=score.resident,
        rate_error=score.rate,
        unscored=unscored,
    )


def _model(region: str, tables: RunTables, year: int, scores: Scores) -> Crosscheck:
    series = tables.series
    chosen = (series["region"] == region) & (series["year"] == year) & (series["quantile"] == 0.5)
    value = dict(series.where(chosen).rows("measure", "value"))
    score = scores.by_method[MODEL]
    return Crosscheck(
        region=region,
        method=MODEL,
        name=tr("this model (townward)"),
        year=year,
        resident=value["resident"],
        rate=value["urbanization_rate"],
        basis=tr("median of {draws:,} draws", draws=tables.draws),
        resident_error=score.resident,
        rate_error=score.rate,
    )
