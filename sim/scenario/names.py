"""What a scenario can name, with what each is called: regions, policies, plans and services."""

from pathlib import Path
from typing import Any, Final

from sim.common.grid import WORKBOOK
from sim.common.language import Text, same
from sim.scenario.by_name import name_in
from sim.scenario.library import folders, scenarios
from sim.scenario.yaml.yaml_core import load as load_yaml

_PATTERNS: Final = {
    "regions": ("*/region.yaml",),
    "policies": ("*.yaml",),
    "plans": ("*.yaml", f"*{WORKBOOK}"),
}


def names_for(file: Path) -> dict[str, dict[str, Text]]:
    """Ids and names of all that a scenario file could name, by kind."""
    table: Any = load_yaml(scenarios() / "services.yaml").data
    found = {kind: named(file, kind) for kind in _PATTERNS}
    return found | {"services": {one["id"]: Text(one["name"]["zh"], one["name"]["en"]) for one in table["services"]}}


def named(file: Path, kind: str) -> dict[str, Text]:
    """Ids of all of a kind (regions, policies, plans) that a scenario file could name, and what each is called.

    What cannot be read is called by its id.
    """
    paths = [
        path for folder in folders(file, kind) for pattern in _PATTERNS[kind] for path in sorted(folder.glob(pattern))
    ]
    ids = [path.parent.name if kind == "regions" else path.stem for path in paths]
    return {id_: name_in(path) or same(id_) for id_, path in reversed(list(zip(ids, paths, strict=True)))}
