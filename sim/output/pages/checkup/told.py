"""The sentences of a check-up's page."""

from typing import Final

from sim.common.language import Language, in_each
from sim.common.numbers import quantity
from sim.common.typography import sentence
from sim.output.layout.parts import Bullets, Heading, Paragraph, Part
from sim.output.layout.values import capital
from sim.output.texts import tr
from sim.questions.checkup.findings import Checkup, FigureFinding
from sim.questions.checkup.words import band_words, verdict_words
from sim.run.words import measure_name

_FIRST: Final = tr("This is the first check-up; follow it with --after.")


def warnings(checkup: Checkup) -> tuple[Part, ...]:
    """The early warnings, or that there are none."""
    if not checkup.warnings:
        return (Paragraph(tr("No warnings.")),)
    return Heading(tr("Early warnings")), Bullets(tuple(capital(one.text) for one in checkup.warnings))


def remedy(checkup: Checkup) -> Paragraph:
    """The hardest target, in words."""
    if checkup.priority is None:
        return Paragraph(tr("No open target has a probability."))
    title = checkup.priority.title
    if not checkup.priority.influences:
        nothing = tr("The hardest target: {title}. No input moves it clearly beyond sampling error.", title=title)
        return Paragraph(nothing)
    text = tr(
        "The hardest target: {title}. These inputs move it most now. It is a ranking of "
        "influence, not advice on cost or order; those marked as policies are in the scenario.",
        title=title,
    )
    return Paragraph(text)


def review(checkup: Checkup, language: Language) -> tuple[Part, ...]:
    """What the last check-up expected, and what came."""
    if checkup.last_year is None:
        return (Paragraph(_FIRST),)
    lines = (
        sentence(_said_words(one, language))
        for one in checkup.figures
        if one.said is not None and one.figure.year == checkup.year
    )
    changed = (
        _revised_words(checkup, figure.measure, figure.year, figure.value, figure.unit, language)
        for figure in checkup.revised
    )
    said = tr("What the check-up of {last_year} expected, and what came:", last_year=checkup.last_year)
    return Paragraph(said), Bullets((*lines, *changed))


def _said_words(one: FigureFinding, language: Language) -> str:
    figure = one.figure
    name, came = measure_name(figure.measure, language), quantity(figure.value, figure.unit, language)
    said = band_words(one.forecast, figure.unit, language)
    return tr(
        "{name}: expected {said}, came {came}: {one}",
        name=name,
        said=said,
        came=came,
        one=in_each(lambda language: verdict_words(one, language)),
    ).in_(language)


def _revised_words(checkup: Checkup, measure: str, year: int, old: float, unit: str, language: Language) -> str:
    new = next(one.value for one in checkup.known if (one.measure, one.year) == (measure, year))
    name = measure_name(measure, language)
    was, now = quantity(old, unit, language), quantity(new, unit, language)
    return tr("{name} of {year} revised from {was} to {now}", name=name, year=year, was=was, now=now).in_(language)
