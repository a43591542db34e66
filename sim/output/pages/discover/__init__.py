"""One HTML file that says in which conditions the plan fails."""

from pathlib import Path
from typing import Final

from sim.common.language import Language
from sim.output.layout.parts import Answers, Charts, Page, Section
from sim.output.layout.render import write_page
from sim.output.layout.values import Styled
from sim.output.pages.discover import drawings, tables
from sim.output.texts import tr
from sim.questions.discover import Discovery

_METHODS: Final = {
    "prim": tr("PRIM (patient rule induction)"),
    "tree": tr("Classification tree (CART)"),
}


def write(found: Discovery, path: Path, language: Language) -> None:
    """Write what was discovered to one file."""
    write_page(page(found, language), path, language)


def page(found: Discovery, language: Language) -> Page:
    """The page before it is put into a file."""
    first, *more = found.sentences
    title = tr("Where it fails: {title}", title=found.cases.title)
    method, members, factors = _METHODS[found.method], len(found.cases.fails), len(found.cases.factors)
    about = tr("{method} · {members:,} members, {factors} factors", method=method, members=members, factors=factors)
    pictures = (
        Charts(drawings.tree(found, language), wide=True),
        Charts(drawings.main(found, language)),
        Charts(drawings.wide(found, language), wide=True),
    )
    conditions = tables.boxes(found, language), tables.limits(found, language)
    answers = Answers((Styled(first, "strong"), *more), several=True)
    sections = (
        Section("answer", tr("The answer", context="to a question"), (answers,)),
        Section("boxes", tr("The conditions"), conditions),
        Section("pictures", tr("In pictures"), pictures),
    )
    return Page(title, about, sections)
