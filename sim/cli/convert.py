"""Scenarios from YAML to a workbook and back, and empty tables to fill in."""

from pathlib import Path
from typing import Any, Final

import click

from sim.cli.options import FILE, language_option, say
from sim.cli.texts import tr
from sim.common.errors import fault
from sim.common.grid import CSV, WORKBOOK, is_workbook
from sim.common.language import Language

_TABLES: Final = ("targets", "region", "capacities", "figures")


@click.command()
@click.argument("file", type=FILE)
@click.argument("target", type=FILE)
@language_option
def convert(file: Path, target: Path, lang: Language) -> None:
    """A scenario from YAML to a workbook, or back."""
    from sim.common.errors import InvalidInput
    from sim.run.folder import publish, text_file
    from sim.scenario.loading import load
    from sim.scenario.shapes.scenario_file import ScenarioFile
    from sim.scenario.yaml.checking import check

    if {file.suffix.lower(), target.suffix.lower()} not in ({".yaml", WORKBOOK}, {".yml", WORKBOOK}):
        raise fault(str(target), "", tr("one of the two files must end in .yaml, the other in .xlsx"))
    if target.exists():
        raise fault(str(target), "", tr("exists already and is not overwritten"))
    document = load(file)
    faults: list[Any] = []
    check(document, ScenarioFile, faults)
    if faults:
        raise InvalidInput(faults)
    data: Any = document.data
    if is_workbook(target):
        publish(target.parent, {target.name: lambda path: write_scenario(data, file, path, lang)}, [file])
    else:
        import yaml

        text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120)
        publish(target.parent, {target.name: text_file(text)}, [file])
    say(tr("written: {folder}", folder=target).in_(lang))


@click.command()
@click.argument("table", type=click.Choice(_TABLES))
@click.option("-o", "--out", type=FILE, default=None, help="file to write, .xlsx or .csv (<table>.xlsx)")
@language_option
def template(table: str, out: Path | None, lang: Language) -> None:
    """An empty table to fill in, with headings in Chinese or English."""
    from sim.output.documents.templates import write
    from sim.run.folder import publish

    path = out or Path(f"{table}{WORKBOOK}")
    if path.suffix.lower() not in (WORKBOOK, CSV):
        raise fault(str(path), "", tr("a table ends in .xlsx or .csv"))
    if path.exists():
        raise fault(str(path), "", tr("exists already and is not overwritten"))
    office_needed()
    publish(path.parent, {path.name: lambda part: write(table, part, lang)})
    say(tr("written: {folder}", folder=path).in_(lang))


def write_scenario(data: dict[str, Any], beside: Path, path: Path, lang: Language) -> None:
    """Write a scenario's data as a workbook, with lists of what a file there could name."""
    office_needed()
    from sim.output.documents.scenario_workbook import write_scenario as write
    from sim.scenario.names import names_for

    write(data, names_for(beside), path, lang)


def office_needed() -> None:
    """Raises InvalidInput where workbooks cannot be written."""
    try:
        import openpyxl  # noqa: F401
    except ImportError:
        problem = tr('Excel files need the extra office: pip install "townward[office]"')
        raise fault(WORKBOOK, "", problem) from None
