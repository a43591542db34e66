"""The tables of a check-up's page."""

from collections.abc import Sequence
from typing import Final

from sim.common.language import Language
from sim.common.numbers import percent, percent_error, points
from sim.common.typography import sentence
from sim.output.charts.style import STATUS
from sim.output.layout.parts import Column, Heading, Paragraph, Part, Table, listed
from sim.output.layout.values import Badge, Cell, Points, Quantity, Quoted, capital, kept, under
from sim.output.pages.checkup.drawings import MOST_INPUTS
from sim.output.texts import tr
from sim.questions.checkup.findings import Checkup, Curve, FigureFinding, TargetFinding, Tested
from sim.questions.checkup.words import band_words, goal, signed, since_words, threshold_words, verdict_words
from sim.run.words import STATUS as WORDS
from sim.run.words import SYMBOLS, measure_name

_FIGURE: Final = Column(tr("Figure"))
_YEAR: Final = Column(tr("Year"), "year")
_VERDICT: Final = Column(tr("Verdict"))
_TARGET: Final = Column(tr("Target", context="indicator"))


def figures_table(checkup: Checkup, language: Language) -> Table:
    """Every published figure against its forecast."""
    caption = tr(
        "Forecasts made before the figure came (at the last check-up, else at the outset), with the errors of figures"
    )
    linked = [one for one in checkup.curves if one.linked]
    forecast = Column(tr("Forecast (80% band)"), "number")
    return listed(
        "figures",
        caption,
        checkup.figures,
        (_FIGURE, lambda one: _named(checkup, one, language)),
        (_YEAR, lambda one: one.figure.year),
        (Column(tr("Value (standard error)"), "number"), _came),
        (forecast, lambda one: band_words(one.forecast, one.figure.unit, language)),
        (_VERDICT, lambda one: _fell(one, language)),
        (Column(tr("Source")), lambda one: Quoted(one.figure.source)),
        notes=(_link_words(checkup, linked, language),) if linked else (),
    )


def _named(checkup: Checkup, one: FigureFinding, language: Language) -> Cell:
    region = one.figure.region
    place = () if region == checkup.places[0][0] else (dict(checkup.places)[region],)
    return under(sentence(measure_name(one.figure.measure, language)), *place)


def _came(one: FigureFinding) -> Cell:
    figure = one.figure
    return under(kept(Quantity(figure.value, figure.unit)), Points(figure.error, figure.unit, "± "))


def _fell(one: FigureFinding, language: Language) -> Cell:
    words = verdict_words(one, language)
    verdict = Badge("", words, STATUS["unlikely"]) if one.is_outside else words
    return verdict if one.weighs else under(verdict, tr("shown only"))


def _link_words(checkup: Checkup, linked: Sequence[Curve], language: Language) -> str:
    parts = []
    for one in linked:
        name = measure_name(one.measure, language)
        if one.shift:
            sign = "+" if one.shift > 0 else "−"
            parts.append(f"{name} {sign} {points(abs(one.shift), one.unit, language)}")
        else:
            parts.append(f"{name} × {one.ratio:.4f}")
    listed = tr(", ").in_(language).join(parts)
    return tr(
        "The published area differs from the model's; they are linked by the base year "
        "{base_year}: {listed}. Everything here is in the published area.",
        base_year=checkup.base_year,
        listed=listed,
    ).in_(language)


def targets_table(checkup: Checkup, language: Language) -> Table:
    """Every target with a chance: before, and now."""
    since = since_words(checkup, language)
    rest = tr("{unassessed} more lines of the plan are not assessed.", unassessed=checkup.unassessed)
    band = Column(tr("Median and 80% band"))
    return listed(
        "targets",
        tr("Chances of the targets (before: {since})", since=since),
        (one for one in checkup.targets if one.kind == "outcome"),
        (_VERDICT, _badge),
        (_TARGET, _titled),
        (Column(tr("Value")), lambda one: under(kept(goal(one, language)), str(one.year))),
        (Column(tr("Before"), "share"), lambda one: one.before.probability or 0.0),
        (Column(tr("Now"), "number"), _now),
        (band, lambda one: band_words(one.now.band, one.unit, language)),
        notes=(rest,) if checkup.unassessed else (),
    )


def _titled(one: TargetFinding) -> Cell:
    return under(capital(one.name), one.id)


def _badge(one: TargetFinding) -> Badge:
    if one.met is None:
        return Badge(SYMBOLS[one.now.status], WORDS[one.now.status], STATUS[one.now.status])
    if one.met:
        return Badge("✓", tr("Met"), STATUS["certain"])
    return Badge("✗", tr("Missed"), STATUS["out of reach"])


def _now(one: TargetFinding) -> Cell:
    if one.met is not None:
        return under(Quantity(one.came, one.unit), tr("published"))
    return under(percent(one.now.probability or 0.0), percent_error(one.now.error or 0.0))


def needs_table(checkup: Checkup, language: Language) -> Table:
    """What standards need: before, and now."""
    before, now = tr("Need before"), tr("Need now")
    return listed(
        "needs",
        tr("Needs that follow from the plan's standards (80% band)"),
        (one for one in checkup.targets if one.kind == "standard"),
        (Column(tr("Standard")), _titled),
        (_YEAR, lambda one: one.year),
        (Column(before, "number"), lambda one: band_words(one.before.band, one.unit, language)),
        (Column(now, "number"), lambda one: band_words(one.now.band, one.unit, language)),
        (Column(tr("Change"), "number"), lambda one: _change(one.before.band.median, one.now.band.median)),
    )


def _change(then: float, now: float) -> str:
    """By how much a median has changed, with its sign; none where it is less than a tenth of a percent."""
    said = f"{100.0 * (now / then - 1.0) if then else 0.0:+.1f}%".replace("-", "−")
    return said[1:] if said[1:] == "0.0%" else said


def inputs_table(checkup: Checkup, language: Language) -> Table:
    """The inputs that the figures moved most."""
    spread = Column(tr("Spread, of before"), "number")
    middle = Column(tr("Its middle"), "number")
    return listed(
        "inputs",
        tr("The most moved first"),
        checkup.inputs[:MOST_INPUTS],
        (Column(tr("Input")), lambda one: under(capital(one.name), one.path)),
        (Column(tr("Shift"), "number"), lambda one: signed(one.shift, language)),
        (middle, lambda one: None if one.factor is None else f"× {one.factor:.2f}"),
        (spread, lambda one: f"{100.0 * one.spread:.0f}%"),
    )


def evaluation(checkup: Checkup, language: Language) -> tuple[Part, ...]:
    """The forecast of an earlier year against what came."""
    found = checkup.evaluation
    if found is None:
        return ()
    met = sum(1 for _, reached, _ in found.met if reached)
    text = tr(
        "The forecast made at the end of {first} against figures until {last}: the 80% band held "
        "{held80:.0f}%, the 95% band {held95:.0f}%; of {met} targets due, {met_2} met.",
        first=found.first,
        last=found.last,
        held80=100 * found.held80,
        held95=100 * found.held95,
        met=len(found.met),
        met_2=met,
    )
    forecast = Column(tr("Forecast then (80%)"), "number")
    made = listed(
        "evaluation",
        tr("What was forecast, and what came"),
        found.tests,
        (_FIGURE, lambda one: sentence(measure_name(one.figure.measure, language))),
        (_YEAR, lambda one: one.figure.year),
        (forecast, lambda one: band_words(one.band, one.figure.unit, language)),
        (Column(tr("Came"), "number"), lambda one: Quantity(one.figure.value, one.figure.unit)),
        (Column(tr("Off by"), "number"), _off),
    )
    return Heading(tr("Evaluation")), Paragraph(text), made


def _off(one: Tested) -> Points:
    return Points(abs(one.error), one.figure.unit, "+" if one.error >= 0 else "−")


def watch(checkup: Checkup, language: Language) -> Table:
    """Which figure of next year would decide a target."""
    return listed(
        "thresholds",
        tr("Thresholds"),
        ((one, words) for one in checkup.targets if (words := threshold_words(one, language))),
        (
            _TARGET,
            lambda line: under(capital(line[0].name), f"{line[0].id} · {goal(line[0], language)} · {line[0].year}"),
        ),
        (Column(tr("What next year's figure would say")), lambda line: sentence(line[1])),
    )


def coming(checkup: Checkup, language: Language) -> Table:
    """The expected figures of next year."""
    expected = tr("Expected in {year} (80% band)", year=checkup.year + 1)
    return listed(
        "next-year",
        tr("A figure outside its band next year is a warning"),
        ((one, one.next) for one in checkup.curves if one.next is not None),
        (_FIGURE, lambda line: sentence(measure_name(line[0].measure, language))),
        (Column(expected, "number"), lambda line: band_words(line[1], line[0].unit, language)),
    )
