"""The check-up as one HTML file, in the six steps 体检、评价、诊断、治理、复查、监测预警."""

from pathlib import Path

from sim.common.language import Language
from sim.output.pages.checkup import drawings, tables
from sim.output.report.html import element, section
from sim.output.report.page import Page, charts, write_page
from sim.output.texts import tr
from sim.questions.checkup.findings import Checkup
from sim.questions.checkup.words import headline, worth_words

_OBSERVED = tr("1 · Check-up: what came against what was forecast")
_STATUS = tr("2 · Appraisal: where the targets stand")
_INPUTS = tr("3 · Diagnosis: which inputs the figures moved")
_FIRST = tr("4 · Remedy: what to look at first")
_AGAIN = tr("5 · Review: against the last check-up")
_WATCH = tr("6 · Watch: next year's figures")


def write(of: Checkup, path: Path, language: Language) -> None:
    """Write the check-up to one file."""
    write_page(page(of, language), path, language)


def page(of: Checkup, language: Language) -> Page:
    """The page before it is put into a file."""
    tracks, odds = drawings.tracks(of, language), drawings.odds(of, language)
    moved, causes = drawings.moved(of, language), drawings.causes(of, language)
    words = element("div", *(element("p", line) for line in headline(of, language)), classes="answers")
    worth = element("p", worth_words(of, language))
    answer = tr("The answer").in_(language)
    body = (
        section("answer", answer, words, tables.warnings(of, language)),
        section("observed", _OBSERVED.in_(language), tables.figures_table(of, language), charts(tracks)),
        section(
            "status",
            _STATUS.in_(language),
            tables.targets_table(of, language),
            charts(odds, wide=True),
            tables.needs_table(of, language),
        ),
        section("inputs", _INPUTS.in_(language), worth, charts(moved, wide=True), tables.inputs_table(of, language)),
        section("first", _FIRST.in_(language), tables.remedy(of, language), charts(causes, wide=True)),
        section("again", _AGAIN.in_(language), tables.review(of, language), tables.evaluation(of, language)),
        section("watch", _WATCH.in_(language), tables.watch(of, language), tables.coming(of, language)),
    )
    heading = tr("{place}: check-up of {year}", place=of.place, year=of.year)
    plan = f"{of.plan_title.in_(language)} · " if of.plan_title else ""
    about = tr("{title} · base year {base_year}", title=of.title, base_year=of.base_year)
    return Page(heading.in_(language), plan + about.in_(language), body, tracks | odds | moved | causes)
