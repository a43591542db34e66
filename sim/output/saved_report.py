"""The report of a run that was kept: from its folder alone, which is believed only as far as it can be checked."""

from datetime import date
from pathlib import Path
from typing import Final, Literal

from sim.common.errors import fault
from sim.common.language import Language
from sim.output import office
from sim.output.layout.render import render_brief, write_page
from sim.output.report.brief import brief
from sim.output.report.single import page
from sim.output.reproduce import checked
from sim.output.texts import tr
from sim.run.folder import publish, text_file
from sim.run.kept import read_tables
from sim.run.tables import RunTables

Form = Literal["html", "brief", "xlsx", "docx"]
FORMS: Final[tuple[Form, ...]] = ("html", *office.FORMS)


def write(folder: Path, path: Path, form: Form, language: Language, *, full: bool = False) -> None:
    """Write the report of a folder to a file. full: a document has all tables behind the brief.

    Raises InvalidInput where the folder holds no run, where its tables are not what its manifest says, where the file
    cannot be written, or where the extra of its form is not installed.
    """
    checked(folder)
    tables = read_tables(folder)
    try:
        write_tables(tables, path, form, language, full=full)
    except (LookupError, TypeError, ValueError, ArithmeticError) as problem:
        said = f"{type(problem).__name__}: {problem}"
        raise fault(str(folder), "", tr("the tables of the run make no report: {said}", said=said)) from None


def write_tables(
    tables: RunTables, path: Path, form: Form, language: Language, day: date | None = None, *, full: bool = False
) -> None:
    """Write the report of a run in one of the forms; a brief is of a day, today. Raises as `write` does."""
    if form == "html":
        made = page(tables, language)
        publish(path.parent, {path.name: lambda part: write_page(made, part, language)})
    elif form == "brief":
        text = render_brief(brief(tables, language, day or date.today()), language)
        publish(path.parent, {path.name: text_file(text)})
    else:
        office.write(tables, path, form, language, full=full, day=day)
