"""Figures that do not weigh the runs, or do so scaled, each with the reason."""

from collections.abc import Iterator, Sequence

from sim.common.language import Text
from sim.evidence.figures.errors import is_share
from sim.evidence.figures.figures import Figure
from sim.evidence.figures.series import Series
from sim.evidence.texts import tr
from sim.model.registry import MEASURES


def asides(series: Sequence[Series], outside: Sequence[Figure] = ()) -> tuple[Text, ...]:
    """What is to be said of the figures of a fit. outside: those of other years than are asked for."""
    said = [_left_out(figure, tr("its year is outside the period")) for figure in outside]
    for one in series:
        said += _of_series(one)
    return tuple(said)


def _of_series(one: Series) -> Iterator[Text]:
    for figure, weighs in zip(one.figures, one.weighing, strict=True):
        if not figure.used:
            yield _left_out(figure, tr("its row says `use: no`"))
        elif not weighs:
            yield _left_out(figure, tr("it follows from two others of the same year"))
    if not one.link.is_none:
        yield _scaled(one)


def _left_out(figure: Figure, reason: Text) -> Text:
    return tr("left out: {named} of {year}: {reason}", named=_named(figure), year=figure.year, reason=reason)


def _scaled(one: Series) -> Text:
    """How runs are brought to the published area."""
    first = one.figures[0]
    by = one.figures[0].link or one.measure
    if is_share(one.measure):
        return tr(
            "runs are compared with {named} after {shift:+.2f} points, as {by} of {year} asks: its area or definition",
            named=_named(first),
            shift=100.0 * one.link.shift,
            by=MEASURES[by].name,
            year=one.base_year,
        )
    return tr(
        "runs are compared with {named} after × {ratio:.4f}, as {by} of {year} asks: its area or definition",
        named=_named(first),
        ratio=one.link.ratio,
        by=MEASURES[by].name,
        year=one.base_year,
    )


def _named(figure: Figure) -> Text:
    name = MEASURES[figure.measure].name
    return Text(f"{name.zh}({figure.region})", f"{name.en} ({figure.region})")
