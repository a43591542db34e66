"""Early warnings of a check-up."""

from collections.abc import Sequence
from math import sqrt

from sim.common.language import LANGUAGES, Text, in_each
from sim.common.numbers import estimate, percent, quantity
from sim.common.typography import sentence
from sim.questions.checkup.findings import Alarm, FigureFinding, TargetFinding
from sim.questions.checkup.judge import EVEN, SAFE
from sim.questions.checkup.sample import Sample
from sim.questions.checkup.words import goal
from sim.questions.texts import tr
from sim.run.words import measure_name, status


def warnings(
    targets: Sequence[TargetFinding], figures: Sequence[FigureFinding], sample: Sample, year: int
) -> tuple[Alarm, ...]:
    """Targets that fell below likely or possible, figures of the year outside their band, and too few draws."""
    found = [warning for target in targets if (warning := _of_target(target)) is not None]
    found += [_of_figure(one) for one in figures if one.figure.year == year and one.is_outside]
    if sample.force < 1.0:
        wide = 1.0 / sqrt(sample.force)
        text = tr(
            "hardly any run agrees with the figures; weights are as if their errors were {wide:.1f} "
            "times as wide: check how the figures are defined, and the scenario's assumptions",
            wide=wide,
        )
        found.append(Alarm("few", text))
    return tuple(found)


def _of_target(target: TargetFinding) -> Alarm | None:
    then, now = target.before.probability, target.now.probability
    name = _named(target)
    if then is None or now is None or target.met is not None:
        return None
    for floor in (EVEN, SAFE):
        if now < floor <= then:
            words = status("possible" if floor == EVEN else "likely", "zh"), status(target.now.status, "zh")
            text = tr(
                "{name} fell from {then} to {now}: it is now {status}",
                name=name,
                then=percent(then),
                now=percent(now),
                status=status(target.now.status, "en").lower(),
                floor_zh=words[0],
                status_zh=words[1],
            )
            return Alarm("fell", text)
    if now < EVEN:
        text = tr(
            "{name} is {status}: {now}",
            name=name,
            status=Text(status(target.now.status, "zh"), status(target.now.status, "en").lower()),
            now=percent(now),
        )
        return Alarm("unlikely", text)
    return None


def _named(target: TargetFinding) -> Text:
    """A target with its value and year, so that two of one measure are told apart."""
    zh, en = goal(target, "zh"), goal(target, "en")
    return tr(
        "{name} ({part}, {year})",
        name=sentence(target.name.en),
        part=en,
        year=target.year,
        name_zh=target.name.zh,
        part_zh=zh,
    )


def _of_figure(one: FigureFinding) -> Alarm:
    figure, said = one.figure, one.forecast
    side = tr("above") if figure.value > said.high else tr("below")
    words = {}
    for language in LANGUAGES:
        value = quantity(figure.value, figure.unit, language)
        _, around = estimate((said.low, said.median, said.high), figure.unit, language)
        words[language] = value, around, measure_name(figure.measure, language)
    text = tr(
        "{measure} of {year} came in at {value}, {side} the 80% band of its forecast ({band})",
        measure=in_each(lambda language: words[language][2]),
        year=figure.year,
        value=in_each(lambda language: words[language][0]),
        side=side,
        band=in_each(lambda language: words[language][1]),
    )
    return Alarm("outside", text)
