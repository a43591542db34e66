"""Files as documents, whatever they are kept in: YAML, or a workbook where its name says so."""

from pathlib import Path

from sim.common.grid import is_workbook
from sim.scenario.yaml.document import Document
from sim.scenario.yaml.yaml_core import load as load_yaml


def load(file: Path) -> Document:
    """The document of a file. Raises InvalidInput with what is wrong with it."""
    if not is_workbook(file) or not file.is_file():
        return load_yaml(file)
    from sim.scenario.workbook.read import load as load_workbook  # noqa: PLC0415 - most files are no workbooks

    return load_workbook(file)
