"""The evaluation of a plan as one HTML file."""

from pathlib import Path

from sim.common.language import Language
from sim.common.numbers import quantity
from sim.common.typography import sentence
from sim.output.layout.parts import Answers, Bullets, Column, Page, Section, Table, listed
from sim.output.layout.render import write_page
from sim.output.layout.values import Cell, Quoted, capital, under
from sim.output.report.came import said_then
from sim.output.report.panel import aim, titled
from sim.output.report.results import result
from sim.output.texts import tr
from sim.questions.evaluate.finding import Line, PlanEvaluation
from sim.questions.evaluate.words import ADVICE, headline
from sim.run.words import CLASS_NAMES


def write(of: PlanEvaluation, path: Path, language: Language) -> None:
    """Write the evaluation to one file."""
    write_page(page(of, language), path, language)


def page(of: PlanEvaluation, language: Language) -> Page:
    """The page before it is put into a file: what came first, then every other line by what is advised."""
    known = [line for line in of.lines if line.verdict.class_ == "outcome"]
    others = [line for line in of.lines if line not in known]
    against = tuple(tr("{ids}: {text}", ids=", ".join(clash.ids), text=clash.text) for clash in of.clashes)
    body = (
        Section("answer", tr("The answer"), (Answers(headline(of), several=True),)),
        Section("known", tr("Lines that the world has answered"), (_table("known", known, language),)),
        Section("clashes", tr("The plan against itself"), (Bullets(against) if against else None,)),
        Section("others", tr("Every other line"), (_table("others", others, language),)),
    )
    heading = tr("{title}: evaluation of {year}", title=of.title, year=of.year)
    about = tr(
        "forecast of “{scenario}” from base year {base_year}, {draws:,} draws; values proposed for {next_year}",
        scenario=of.scenario,
        base_year=of.base_year,
        draws=of.draws,
        next_year=of.next_year,
    )
    return Page(heading, about, body)


def _table(id_: str, lines: list[Line], language: Language) -> Table:
    return listed(
        id_,
        tr("Target, outcome, forecast at the time, cause, advice, and a value that could be promised next"),
        lines,
        (Column(tr("Target", context="indicator")), lambda one: titled(one.verdict)),
        (Column(tr("Value")), lambda one: under(aim(one.verdict, language), *_year(one))),
        (Column(tr("Outcome")), lambda one: _outcome(one, language)),
        (Column(tr("Forecast at the time")), lambda one: _forecast(one, language)),
        (Column(tr("Cause")), lambda one: sentence(one.cause.in_(language)) if one.cause else None),
        (Column(tr("Advice")), lambda one: capital(ADVICE[one.advice])),
        (Column(tr("Could be promised next")), lambda one: _next(one, language)),
    )


def _year(line: Line) -> tuple[str, ...]:
    return () if line.verdict.year is None else (str(line.verdict.year),)


def _outcome(line: Line, language: Language) -> Cell:
    came = line.verdict.came
    if came is None:
        return tr("not looked for")
    source = () if came.source is None else (Quoted(came.source),)
    return under(sentence(result(came, language)), came.note, *source)


def _forecast(line: Line, language: Language) -> Cell:
    said = line.verdict
    return under(capital(CLASS_NAMES[said.said]), said_then(said, language))


def _next(line: Line, language: Language) -> Cell:
    found = line.proposal
    if found is None:
        return None
    return under(f"{quantity(found.value, found.unit, language)} ({found.year})", found.basis)
