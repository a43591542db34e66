"""Published figures as series that runs can be held against: linked to the model's area, with their errors."""

from collections.abc import Mapping, Sequence
from math import isnan
from typing import Final

import numpy as np

from sim.common.errors import Fault, InvalidInput
from sim.common.quickclass import quickclass
from sim.evidence.figures.errors import covariance, is_share, own_error
from sim.evidence.figures.figures import Figure
from sim.evidence.texts import tr
from sim.model.arrays import Array
from sim.model.registry import MEASURES

FARTHEST_LINK: Final = 0.25
FARTHEST_FIGURE: Final = 3.0
LARGE_SHARE: Final = 0.05
"""A share from here on is held against the runs as a count is; a smaller one, a vacancy, may well be a multiple."""
_SAME: Final = (
    ("urbanization_rate", "resident", "urban", "rural"),
    ("hukou_urbanization_rate", "registered", "hukou_urban"),
)
"""Measures of which two say all; those later in the order are shown only."""


@quickclass(frozen=True, slots=True)
class Link:
    """From the model's area and definition to the published one: published = model × ratio + shift."""

    ratio: float = 1.0
    shift: float = 0.0

    def published(self, model: Array) -> Array:
        """Values as they would be published."""
        return model * self.ratio + self.shift

    @property
    def is_none(self) -> bool:
        """Whether both are the same."""
        return abs(self.ratio - 1.0) < 1e-9 and abs(self.shift) < 1e-9


@quickclass(frozen=True, slots=True)
class Series:
    """The published figures of one measure of one region after the base year, in order of years.

    base: what the model has in the base year; weighing: whether each weighs the runs [figure].
    """

    region: str
    measure: str
    figures: tuple[Figure, ...]
    weighing: tuple[bool, ...]
    link: Link
    base_year: int
    base: float

    @property
    def key(self) -> tuple[str, str]:
        """Region and measure."""
        return self.region, self.measure

    def until(self, year: int) -> tuple[Figure, ...]:
        """The figures that weigh the runs up to a year."""
        return tuple(f for f, on in zip(self.figures, self.weighing, strict=True) if on and f.year <= year)

    def likelihood(self, model: Mapping[int, Array], year: int) -> Array:
        """Logarithm of the likelihood of the figures up to `year` under each draw [draw], but for a constant.

        model: published values of each draw by year.
        """
        known = self.until(year)
        if not known:
            return np.zeros(len(next(iter(model.values()))))
        off = np.stack([figure.value - model[figure.year] for figure in known])
        factor = np.linalg.cholesky(self._errors(known))
        scaled = np.linalg.solve(factor, off)
        found: Array = -0.5 * (scaled**2).sum(axis=0)
        return found

    def ahead(self, model: Mapping[int, Array], known_to: int, year: int) -> tuple[Array, float]:
        """What would be published in `year` under each draw, given the figures up to `known_to`.

        Returns the mean of each draw [draw] and the standard deviation, common to all: errors that last are carried on.
        """
        known = self.until(known_to)
        kind = known[-1].kind if known else "estimate"
        level = float(np.median(model[year]))
        own = own_error(self.measure, kind, level)
        future = Figure(
            region=self.region,
            measure=self.measure,
            year=year,
            value=level,
            unit="",
            error=own,
            kind=kind,
            source="",
            link="",
            used=True,
            place=self.figures[0].place,
        )
        errors = self._errors((*known, future))
        if not known:
            return model[year], float(np.sqrt(errors[0, 0]))
        lean = np.linalg.solve(errors[:-1, :-1], errors[:-1, -1])
        off = np.stack([figure.value - model[figure.year] for figure in known])
        variance = errors[-1, -1] - lean @ errors[:-1, -1]
        return model[year] + lean @ off, float(np.sqrt(max(variance, 0.0)))

    def _errors(self, figures: Sequence[Figure]) -> Array:
        years = [figure.year - self.base_year for figure in figures]
        own = np.array([figure.error for figure in figures])
        level = self.link.ratio * self.base if self.base else figures[0].value
        return covariance(self.measure, years, own, [figure.kind for figure in figures], level)


def all_series(figures: Sequence[Figure], base_year: int, base: Mapping[tuple[str, str], float]) -> tuple[Series, ...]:
    """The series of all figures. base: the model's base year by region and measure.

    Raises InvalidInput where a base-year figure is too far from the model's to be the same area in the same unit, and
    where the model has no value for a figure to be held against.
    """
    faults = [_missing(figure) for figure in figures if isnan(base[figure.key[:2]])]
    if faults:
        raise InvalidInput(faults)
    links = {f.key[:2]: _link(f, base[f.key[:2]], faults) for f in figures if f.year == base_year}
    later = [figure for figure in figures if figure.year > base_year]
    idle = _repeating(later)
    found = []
    for key in sorted({figure.key[:2] for figure in later}):
        own = tuple(sorted((f for f in later if f.key[:2] == key), key=lambda f: f.year))
        linked = {_linked_by(figure, links, faults) for figure in own}
        weighing = tuple(figure.used and figure.key not in idle for figure in own)
        if len(linked) > 1:
            text = tr("the rows of one measure must have the same link")
            faults.append(Fault(own[-1].place, "link", text))
        found.append(Series(*key, own, weighing, linked.pop(), base_year, base[key]))
    if faults:
        raise InvalidInput(faults)
    return tuple(found)


def gross_faults(series: Sequence[Series], middle: Mapping[tuple[str, str, int], float]) -> list[Fault]:
    """Figures so far from the runs that their unit, region or measure must be wrong. middle: medians of the runs."""
    found = []
    for one in series:
        for figure in one.figures:
            usual = middle[figure.key]
            if usual == 0.0 or one.measure not in MEASURES or (is_share(one.measure) and usual < LARGE_SHARE):
                wrong = is_share(one.measure) and not -1.0 <= figure.value <= 1.0
            else:
                wrong = not 1.0 / FARTHEST_FIGURE < figure.value / usual < FARTHEST_FIGURE
            if wrong:
                text = tr(
                    "{value:.6g} is too far from the median run's {usual:.6g} [{unit}]: check unit and region",
                    value=figure.value,
                    usual=usual,
                    unit=figure.unit,
                )
                found.append(Fault(figure.place, "value", text))
    return found


def _missing(figure: Figure) -> Fault:
    problem = tr(
        "{measure} is not known in the base year of {region}, so that no figure can be held against it",
        measure=figure.measure,
        region=figure.region,
    )
    return Fault(figure.place, "measure", problem)


def _link(figure: Figure, model: float, faults: list[Fault]) -> Link:
    off = figure.value - model if is_share(figure.measure) else figure.value / model - 1.0 if model else 9.0
    if abs(off) > FARTHEST_LINK:
        text = tr(
            "in the base year {value:.6g} is too far from the model's {model:.6g} [{unit}]: check unit and region",
            value=figure.value,
            model=model,
            unit=figure.unit,
        )
        faults.append(Fault(figure.place, "value", text))
        return Link()
    return Link(shift=off) if is_share(figure.measure) else Link(ratio=1.0 + off)


def _linked_by(figure: Figure, links: Mapping[tuple[str, str], Link], faults: list[Fault]) -> Link:
    if not figure.link:
        return links.get(figure.key[:2], Link())
    found = links.get((figure.region, figure.link))
    if found is None or is_share(figure.measure) != is_share(figure.link):
        text = tr("the link needs a base-year figure of {link}, a measure of the same sort", link=figure.link)
        faults.append(Fault(figure.place, "link", text))
        return Link()
    return found


def _repeating(figures: Sequence[Figure]) -> set[tuple[str, str, int]]:
    """Figures that follow from two others of their region and year."""
    found = set()
    for family in _SAME:
        groups: dict[tuple[str, int], list[Figure]] = {}
        for figure in figures:
            if figure.measure in family and figure.used:
                groups.setdefault((figure.region, figure.year), []).append(figure)
        for group in groups.values():
            ranked = sorted(group, key=lambda figure: family.index(figure.measure))
            found |= {figure.key for figure in ranked[2:]}
    return found
