"""One HTML file that says what it would take."""

from pathlib import Path

from sim.common.language import Language, Text
from sim.common.numbers import in_canonical, percent, quantity
from sim.common.typography import sentence
from sim.common.units import POINTS
from sim.output.charts import seek as drawn
from sim.output.charts.style import Figure, axis_of
from sim.output.layout.parts import Answers, Charts, Column, Page, Section, Table, listed
from sim.output.layout.render import write_page
from sim.output.layout.values import Quantity, Styled, capital
from sim.output.texts import tr
from sim.questions.seek.ask import Answer
from sim.questions.seek.goal import Goal
from sim.questions.seek.lever import Lever
from sim.questions.seek.one import Alone
from sim.questions.seek.words import chance, ended, goal_words, odds_of, odds_words, sentences, shown, unit_of
from sim.run.words import measure_name


def write(answer: Answer, path: Path, language: Language) -> None:
    """Write the answer to one file."""
    write_page(page(answer, language), path, language)


def page(answer: Answer, language: Language) -> Page:
    """The page before it is put into a file."""
    asked = answer.asked
    curves = {
        f"lever-{position}-{name}": chart
        for position, one in enumerate(answer.alone)
        for name, chart in _curves(one, answer, language).items()
    }
    first, *more = sentences(answer, language)
    title = tr("What would it take: {title}", title=asked.title)
    odds = odds_of(asked.goals)
    about = tr(
        "probability asked for {odds} · {draws} draws · {tried} settings tried",
        odds=odds,
        draws=asked.scenario.draws,
        tried=answer.tried,
    )
    answers = Answers((Styled(first, "strong"), *more), several=True)
    sections = (
        Section("answer", tr("The answer", context="to a question"), (answers,)),
        Section("tables", tr("In figures"), (_levers(answer, language), _goals(answer))),
        Section("region", tr("What is enough"), (Charts(_area(answer, language)),)),
        Section("levers", _each(answer), (Charts(curves),)),
    )
    return Page(title, about, sections)


def _each(answer: Answer) -> Text:
    if len(answer.alone) == 1:
        return tr("The response to the lever")
    return tr("The response to each lever, the others as they are")


def _levers(answer: Answer, language: Language) -> Table:
    then = tr("Found") if answer.found else tr("At best")

    def said(lever: Lever, *values: float) -> str:
        return " … ".join(shown(lever, value, language) for value in values)

    return listed(
        "levers",
        tr("What may change, and how far"),
        zip(answer.asked.levers, ended(answer, language), strict=True),
        (Column(tr("Lever")), lambda one: capital(one[0].name)),
        (Column(tr("Now", context="setting"), "number"), lambda one: said(one[0], one[0].present)),
        (Column(then, "number"), lambda one: one[1]),
        (Column(tr("Allowed range"), "number"), lambda one: said(one[0], one[0].low, one[0].high)),
        (Column(tr("Range from")), lambda one: one[0].range_of),
        (Column(tr("Weight"), "number"), lambda one: f"{one[0].weight:g}"),
    )


def _goals(answer: Answer) -> Table:
    then = tr("Probability then") if answer.found else tr("At best", context="probability")
    return listed(
        "goals",
        tr("The targets, now and then"),
        zip(answer.present.judged, (answer.found or answer.best).judged, strict=True),
        (Column(tr("Target", context="indicator")), lambda one: capital(goal_words(one[0].goal))),
        (Column(tr("Probability now"), "number"), lambda one: chance(one[0])),
        (Column(then, "number"), lambda one: chance(one[1])),
        (Column(tr("Median"), "number"), lambda one: Quantity(one[1].median, one[1].goal.target.unit)),
        (Column(_reached(answer), "number"), lambda one: Quantity(one[1].assured, one[1].goal.target.unit)),
    )


def _reached(answer: Answer) -> Text:
    if answer.asked.probability is None:
        return tr("Reached with the probability asked for")
    odds = odds_words(answer.asked.goals[0])
    return tr("Reached with {odds}", odds=odds)


def _axis(lever: Lever, found: float | None, one: Alone | None, language: Language) -> drawn.LeverAxis:
    title = sentence(lever.name.in_(language))
    if lever.kind not in ("intensity", "times", "from", "to") and lever.unit:
        title = f"{title} [{unit_of(lever, language)}]"
    around = (None, None) if one is None else one.around
    return drawn.LeverAxis(title, lever.low, lever.high, lever.present, found, around, lever.is_integer)


def _curves(one: Alone, answer: Answer, language: Language) -> dict[str, Figure]:
    """The probability of all goals, and the outcome of each, over one lever."""
    column = answer.asked.levers.index(one.lever)
    across = _axis(one.lever, None if one.found is None else one.found.at[column], one, language)
    curve, goals = one.curve, [judged.goal for judged in one.best.judged]
    lines = {sentence(goal_words(goal).in_(language)): curve.probabilities[row] for row, goal in enumerate(goals)}
    name = sentence(one.lever.name.in_(language))
    of_goals = tr("Probability of the targets") if len(goals) > 1 else tr("Probability of the target")
    title = of_goals.in_(language)
    stripe = tr("Stripe: 95% interval of the answer, by Monte Carlo error")
    under = stripe.in_(language) if one.found is not None and one.around[0] is not None else name
    words = (title, under)
    asked = [goal.probability for goal in goals]
    figures = {"probability": drawn.probabilities(curve.at, lines, asked, across, words, language)}
    for row, goal in enumerate(goals):
        target = goal.target
        axis = axis_of(target.unit, language)
        value = in_canonical(float(target.value or 0.0), target.unit)
        goal_of = quantity(target.value, _unit(goal), language, exact=True)
        said = tr("target: {goal_of}", goal_of=goal_of).in_(language)
        bands = (curve.low[row], curve.median[row], curve.high[row])
        measure = measure_name(str(target.measure), language)
        titles = (measure, tr("{year}; {name}", year=target.year, name=Text(name, one.lever.name.en)).in_(language))
        figures[f"outcome-{row}"] = drawn.outcome(curve.at, bands, (value, said), axis, across, titles, language)
    return figures


def _unit(goal: Goal) -> str:
    return "points" if goal.target.written_unit in POINTS else goal.target.unit


def _enough(answer: Answer) -> tuple[Text, Text]:
    """Title of the map, and what its line is."""
    if answer.asked.probability is None:
        return tr("Which combinations are enough"), tr("just enough")
    odds = odds_words(answer.asked.goals[0])
    title = tr("Which combinations are enough for {odds}", odds=odds)
    return title, tr("just {odds}", odds=odds)


def _area(answer: Answer, language: Language) -> dict[str, Figure]:
    if answer.region is None:
        return {}
    area = answer.region
    ends = [None, None] if answer.found is None else list(answer.found.at)
    axes = tuple(_axis(lever, at, None, language) for lever, at in zip(answer.asked.levers, ends, strict=True))
    title, edge = (words.in_(language) for words in _enough(answer))
    hardest = tr(", of the target that is hardest to meet") if len(answer.asked.goals) > 1 else Text("", "")
    inside = percent(area.share)
    subtitle = tr("Colour: probability{hardest}; enough on {inside} of the grid", hardest=hardest, inside=inside)
    figure = drawn.feasible(
        (area.x, area.y),
        area.probability,
        area.margin,
        edge,
        (axes[0], axes[1]),
        (title, subtitle.in_(language)),
        language,
    )
    return {"feasible": figure}
