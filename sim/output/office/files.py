"""Files for a bureau, written whole or not at all; the libraries that write them are an extra of the installation."""

from collections.abc import Mapping, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Literal

from sim.common.errors import fault
from sim.common.language import Language, Text
from sim.output.office.people_sheets import population, urbanization
from sim.output.office.sheet import Sheet
from sim.output.office.sheets import of_comparison, sheets
from sim.output.report.brief import brief
from sim.output.report.words import headline
from sim.output.texts import tr
from sim.run.folder import publish
from sim.run.scenario_run import Run
from sim.run.tables import RunTables

Form = Literal["xlsx", "docx"]
FORMS: Final[tuple[Form, ...]] = ("xlsx", "docx")
_NEEDS: Final = {"xlsx": ("xlsxwriter",), "docx": ("docx", "xlsxwriter")}


def write(
    of: Run | RunTables, path: Path, form: Form, language: Language, *, full: bool = False, day: date | None = None
) -> None:
    """Write a run as a workbook, or as a document: the brief of a day (today), with all tables behind it if `full`.

    Raises InvalidInput where the extra `office` is not installed, or where the file cannot be written.
    """
    tables = of.tables if isinstance(of, Run) else of
    if form == "docx":
        _write_brief(tables, path, language, full=full, day=day or date.today())
        return
    many = len(tables.regions)
    about = [tables.plan_title, tr("base year {first}, run to {last}", first=tables.base_year, last=tables.horizon)]
    about += [tr("{draws:,} draws", draws=tables.draws), tr("{many} regions", many=many) if many > 1 else None]
    heading = tr("{name}: {title}", name=tables.regions[0][1], title=tables.title)
    said = " · ".join(words.in_(language) for words in about if words)
    _write(sheets(tables, language), (heading, said), headline(tables, language), path, form, language)


def _write_brief(tables: RunTables, path: Path, language: Language, *, full: bool, day: date) -> None:
    check_installed("docx")
    from sim.output.office.document import write_brief  # noqa: PLC0415 - an extra of the installation

    made = sheets(tables, language)
    drawings = [one.charts[0] for one in (urbanization(tables, language), population(tables, language)) if one.charts]
    page, appendix = brief(tables, language, day), made if full else ()
    publish(path.parent, {path.name: lambda part: write_brief(page, drawings, appendix, part, language)})


def write_comparison(
    runs: Sequence[RunTables], rows: Sequence[Mapping[str, Any]], path: Path, form: Form, language: Language
) -> None:
    """Write scenarios side by side. rows: as `sim.run.comparison.rows` gives them. Raises InvalidInput as `write`."""
    heading = tr("{name}: {runs} scenarios side by side", name=runs[0].regions[0][1], runs=len(runs))
    said = " · ".join(run.title.in_(language) for run in runs)
    answer = [line for run in runs for line in (f"{run.title.in_(language)}", *headline(run, language)[:1])]
    _write(of_comparison(runs, rows, language), (heading, said), answer, path, form, language)


def _write(
    made: Sequence[Sheet],
    title: tuple[Text, str],
    answer: Sequence[str],
    path: Path,
    form: Form,
    language: Language,
) -> None:
    check_installed(form)
    said = title[0].in_(language), title[1]
    if form == "xlsx":
        from sim.output.office.workbook import write_workbook  # noqa: PLC0415 - an extra of the installation

        publish(path.parent, {path.name: lambda part: write_workbook(made, said, part, language)})
    else:
        from sim.output.office.document import write_document  # noqa: PLC0415 - an extra of the installation

        publish(path.parent, {path.name: lambda part: write_document(made, said, answer, part, language)})


def check_installed(form: Form) -> None:
    """Raises InvalidInput where what writes files of the form is not installed."""
    for name in _NEEDS[form]:
        try:
            import_module(name)
        except ImportError:
            problem = tr('Excel and Word files need the extra office: pip install "townward[office]"')
            raise fault(f".{form}", "", problem) from None
