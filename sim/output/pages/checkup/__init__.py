"""The check-up as one HTML file, in the six steps 体检、评价、诊断、治理、复查、监测预警."""

from pathlib import Path

from sim.common.language import Language
from sim.output.layout.parts import Answers, Bullets, Charts, Page, Paragraph, Section
from sim.output.layout.render import write_page
from sim.output.layout.values import capital
from sim.output.pages.checkup import drawings, tables, told
from sim.output.texts import tr
from sim.questions.checkup.findings import Checkup
from sim.questions.checkup.words import headline, worth_words

_OBSERVED = tr("1 · Check-up: what came against what was forecast")
_STATUS = tr("2 · Appraisal: where the targets stand")
_INPUTS = tr("3 · Diagnosis: which inputs the figures moved")
_FIRST = tr("4 · Remedy: what to look at first")
_AGAIN = tr("5 · Review: against the last check-up")
_WATCH = tr("6 · Watch: next year's figures")


def write(checkup: Checkup, path: Path, language: Language) -> None:
    """Write the check-up to one file."""
    write_page(page(checkup, language), path, language)


def page(checkup: Checkup, language: Language) -> Page:
    """The page before it is put into a file."""
    odds, moved, causes = (
        Charts(drawn(checkup, language), wide=True) for drawn in (drawings.odds, drawings.moved, drawings.causes)
    )
    answer = Answers(tuple(headline(checkup, language))), *told.warnings(checkup)
    observed = tables.figures_table(checkup, language), Charts(drawings.tracks(checkup, language))
    status = tables.targets_table(checkup, language), odds, tables.needs_table(checkup, language)
    asides = (Bullets(tuple(capital(one) for one in checkup.asides)),) if checkup.asides else ()
    inputs = Paragraph(worth_words(checkup, language)), *asides, moved, tables.inputs_table(checkup, language)
    body = (
        Section("answer", tr("The answer"), answer),
        Section("observed", _OBSERVED, observed),
        Section("status", _STATUS, status),
        Section("inputs", _INPUTS, inputs),
        Section("first", _FIRST, (told.remedy(checkup), causes)),
        Section("again", _AGAIN, (*told.review(checkup, language), *tables.evaluation(checkup, language))),
        Section("watch", _WATCH, (tables.watch(checkup, language), tables.coming(checkup, language))),
    )
    heading = tr("{place}: check-up of {year}", place=checkup.place, year=checkup.year)
    about = tr("{title} · base year {base_year}", title=checkup.title, base_year=checkup.base_year)
    if checkup.plan_title:
        about = tr("{first} · {second}", first=checkup.plan_title, second=about)
    return Page(heading, about, body)
