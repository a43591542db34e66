"""The check-up as one HTML file, in the six steps 体检、评价、诊断、治理、复查、监测预警."""

from pathlib import Path

from sim.common.language import Language, Text
from sim.output.pages.checkup import drawings, tables
from sim.output.report.html import element, section
from sim.output.report.page import Page, charts, write_page
from sim.questions.checkup.findings import Checkup
from sim.questions.checkup.words import headline, worth_words

_OBSERVED = Text("一、体检:公布数与预测", "1 · Check-up: what came against what was forecast")
_STATUS = Text("二、评价:指标现状", "2 · Appraisal: where the targets stand")
_INPUTS = Text("三、诊断:公布数改变了哪些因素", "3 · Diagnosis: which inputs the figures moved")
_FIRST = Text("四、治理:先看什么", "4 · Remedy: what to look at first")
_AGAIN = Text("五、复查:与上次体检相比", "5 · Review: against the last check-up")
_WATCH = Text("六、监测预警:明年看什么数", "6 · Watch: next year's figures")


def write(of: Checkup, path: Path, language: Language) -> None:
    """Write the check-up to one file."""
    write_page(page(of, language), path, language)


def page(of: Checkup, language: Language) -> Page:
    """The page before it is put into a file."""
    tracks, odds = drawings.tracks(of, language), drawings.odds(of, language)
    moved, causes = drawings.moved(of, language), drawings.causes(of, language)
    words = element("div", *(element("p", line) for line in headline(of, language)), classes="answers")
    worth = element("p", worth_words(of, language))
    answer = Text("结论", "The answer").in_(language)
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
    heading = Text(f"{of.place.zh}:{of.year} 年城镇化体检", f"{of.place.en}: check-up of {of.year}")
    plan = f"{of.plan_title.in_(language)} · " if of.plan_title else ""
    about = Text(f"{of.title.zh} · 基年 {of.base_year}", f"{of.title.en} · base year {of.base_year}")
    return Page(heading.in_(language), plan + about.in_(language), body, tracks | odds | moved | causes)
