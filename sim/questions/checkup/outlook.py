"""What weighted runs say of published figures: bands over the years, and of next year."""

from collections.abc import Sequence
from typing import Final

from scipy.special import ndtri

from sim.common.quickclass import quickclass
from sim.evidence.figures.series import Series
from sim.evidence.inference.weights import quantiles
from sim.model.arrays import Array
from sim.model.draws.rng import uniforms
from sim.model.registry import MEASURES
from sim.questions.checkup.findings import Band, Curve, FigureFinding
from sim.questions.checkup.sample import Outcomes, Sample

LEVELS: Final = (0.1, 0.5, 0.9)
WIDE: Final = (0.025, 0.975)


@quickclass(frozen=True, slots=True)
class View:
    """Weighted draws seen as published figures. rows: of each region or group in the ensemble; year: known up to."""

    sample: Sample
    rows: dict[str, int]
    seed: int
    year: int

    def published(self, series: Series) -> dict[int, Array]:
        """Each draw's figures as they would be published, by year [draw]."""
        return published(self.sample.outcomes, series, self.rows)


def published(outcomes: Outcomes, series: Series, rows: dict[str, int]) -> dict[int, Array]:
    """The model's measure of a series in the published area, by year [draw]."""
    values = outcomes.values[series.measure, rows[series.region]]
    return {year: series.link.published(values[i]) for i, year in enumerate(outcomes.years)}


def band(values: Array, weights: Array) -> Band:
    """10, 50 and 90% quantiles of weighted draws."""
    low, median, high = (float(value) for value in quantiles(values, weights, LEVELS))
    return Band(low, median, high)


def expected(view: View, series: Series, weights: Array, known_to: int, year: int) -> Array:
    """What may be published in `year`, as draws with the errors of figures in them [draw].

    known_to: last year whose figures are known; errors that last are carried on from them.
    """
    mean, deviation = series.ahead(view.published(series), known_to, year)
    site = f"checkup/{series.region}/{series.measure}/{year}"
    drawn: Array = mean + deviation * ndtri(uniforms(view.seed, site, range(len(weights)))[:, 0])
    return drawn


def expected_band(view: View, series: Series, weights: Array, known_to: int, year: int) -> Band:
    """The 80% band of what may be published in `year`."""
    return band(expected(view, series, weights, known_to, year), weights)


def figure_findings(
    view: View, series: Sequence[Series], said: dict[tuple[str, str, int], Band]
) -> tuple[FigureFinding, ...]:
    """Every figure up to the view's year against its forecast. said: forecasts of the last check-up."""
    found = []
    for one in series:
        for figure, weighs in zip(one.figures, one.weighing, strict=True):
            if figure.year <= view.year:
                outset = expected_band(view, one, view.sample.outset, one.base_year, figure.year)
                found.append(FigureFinding(figure, outset, said.get(figure.key), weighs))
    return tuple(found)


def curve(view: View, series: Series) -> Curve:
    """The measure of a series over the years as published, at the outset and now."""
    model, sample = view.published(series), view.sample
    years = tuple(
        year for year in sample.outcomes.years if not (MEASURES[series.measure].is_flow and year == series.base_year)
    )
    later = view.year + 1
    coming = expected_band(view, series, sample.now, view.year, later) if later in model else None
    return Curve(
        region=series.region,
        measure=series.measure,
        unit=MEASURES[series.measure].unit,
        linked=not series.link.is_none,
        ratio=series.link.ratio,
        shift=series.link.shift,
        years=years,
        outset=tuple(band(model[year], sample.outset) for year in years),
        now=tuple(band(model[year], sample.now) for year in years),
        next=coming,
    )
