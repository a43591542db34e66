"""What a scenario can name, with what each is called: regions, policies, plans and services."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sim.common.errors import InvalidInput
from sim.common.language import Text
from sim.scenario.library import folders, scenarios
from sim.scenario.loading import load
from sim.scenario.yaml.yaml_core import load as load_yaml


def names_for(file: Path) -> dict[str, dict[str, Text]]:
    """Ids and names of all that a scenario file could name, by kind; what cannot be read is left out."""
    found: dict[str, dict[str, Text]] = {"regions": {}, "policies": {}, "plans": {}}
    for kind, key in (("policies", "name"), ("plans", "title")):
        for path in (path for folder in folders(file, kind) for path in sorted(folder.glob("*.yaml"))):
            found[kind] |= dict(_named(path, "id", key))
    for path in (path for folder in folders(file, "regions") for path in sorted(folder.glob("*/region.yaml"))):
        found["regions"] |= dict(_named(path, "id", "name"))
    table: Any = load_yaml(scenarios() / "services.yaml").data
    found["services"] = {one["id"]: Text(one["name"]["zh"], one["name"]["en"]) for one in table["services"]}
    return found


def _named(path: Path, id_: str, key: str) -> Iterator[tuple[str, Text]]:
    try:
        data: Any = load(path).data
    except InvalidInput:
        return
    name = data.get(key) if isinstance(data, dict) else None
    if isinstance(name, dict):
        yield str(data.get(id_)), Text(str(name.get("zh")), str(name.get("en")))
