"""The report of a run that was kept: from its folder alone, which is believed only as far as it can be checked."""

from pathlib import Path

from sim.common.errors import fault
from sim.common.language import Language
from sim.output.layout.render import write_page
from sim.output.report.single import page as report_page
from sim.output.reproduce import checked
from sim.output.texts import tr
from sim.run.folder import publish
from sim.run.kept import read_tables


def write(folder: Path, path: Path, language: Language) -> None:
    """Write the report of a folder to a file.

    Raises InvalidInput where the folder holds no run, where its tables are not what its manifest says, or where the
    file cannot be written.
    """
    checked(folder)
    tables = read_tables(folder)
    try:
        page = report_page(tables, language)
    except (LookupError, TypeError, ValueError, ArithmeticError) as problem:
        said = f"{type(problem).__name__}: {problem}"
        raise fault(str(folder), "", tr("the tables of the run make no report: {said}", said=said)) from None
    publish(path.parent, {path.name: lambda made: write_page(page, made, language)})
