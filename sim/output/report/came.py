"""What the world answered to lines of a plan, beside what the run had said of them; and lines that clash."""

from sim.common.language import Language, Text
from sim.common.numbers import quantity
from sim.output.layout.parts import Bullets, Column, Paragraph, Table, listed
from sim.output.layout.values import Cell, Quoted, under
from sim.output.report.conditions import condition
from sim.output.report.panel import titled
from sim.output.report.results import result
from sim.output.report.words import chance, since
from sim.output.texts import tr
from sim.run.answers import Delivery, Need, Verdict
from sim.run.tables import RunTables
from sim.run.words import status


def answered(tables: RunTables) -> tuple[Verdict, ...]:
    """The lines that the world has answered."""
    return tuple(verdict for verdict in tables.verdicts if verdict.class_ == "outcome")


def said_then(verdict: Verdict, language: Language) -> str:
    """What the run says of a line, in a few words; that it says nothing where it does not."""
    if verdict.probability is not None:
        return f"{status(verdict.status, language)} {chance(verdict, language)}"
    said = verdict.answer
    if isinstance(said, Need):
        return tr("needs {amount}", amount=quantity(said.median, said.need_unit, language)).in_(language)
    if isinstance(said, Delivery):
        return status(verdict.status, language)
    return condition(verdict, language) or since(verdict, language) or tr("nothing was said").in_(language)


def outcomes_table(tables: RunTables, language: Language) -> Table:
    """Lines that the world has answered: what the run said, what came, and who says so."""
    return listed(
        "outcomes",
        tr("Said then, and what came: lines of the plan that the world has answered"),
        answered(tables),
        (Column(tr("Target", context="indicator")), titled),
        (Column(tr("Said then")), lambda one: said_then(one, language)),
        (Column(tr("What came")), lambda one: _came(one, language)),
        (Column(tr("Source")), _source),
    )


def _came(verdict: Verdict, language: Language) -> Cell:
    return None if verdict.came is None else under(result(verdict.came, language), verdict.came.note)


def _source(verdict: Verdict) -> Cell:
    return None if verdict.came is None or verdict.came.source is None else Quoted(verdict.came.source)


def clash_lines(tables: RunTables) -> tuple[Text, ...]:
    """Lines of the plan that clash, each with what they come to together."""
    return tuple(
        tr("{ids}: {text}", ids=Text("、".join(one.ids), ", ".join(one.ids)), text=one.text) for one in tables.clashes
    )


def clashes(tables: RunTables) -> Bullets | Paragraph:
    """The same as a list of the page, or that nothing was found to clash, and what was looked at."""
    if tables.clashes:
        return Bullets(clash_lines(tables))
    looked = tr(
        "No lines were found to ask for what does not fit together: each standard was held against what the plan "
        "promises of its service, and the county seat against the urban share of its year."
    )
    return Paragraph(looked, "remark")
