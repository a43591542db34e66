"""Names that people know, accepted where ids are: of policies, regions, parameters and measures, in either language."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from sim.common.errors import InvalidInput
from sim.common.language import Text
from sim.model.parameter import Parameter
from sim.scenario.loading import load

POLICIES: Final = "policies."
"""What the key of a part of a policy begins with."""


def id_by_name(name: str, named: Iterable[tuple[str, Text]]) -> str | None:
    """The id of what bears the name in one of the languages; None where nothing does, or several do."""
    wanted = name.strip().lower()
    found = {id_ for id_, words in named if wanted in (words.zh.lower(), words.en.lower())}
    return found.pop() if len(found) == 1 else None


def path_of(name: str, parameters: Mapping[str, Parameter]) -> str:
    """The path of a parameter by its path or its name; what was said where there is none."""
    if name in parameters or not name:
        return name
    return id_by_name(name, ((path, one.name) for path, one in parameters.items())) or name


def known_id(name: str, named: Mapping[str, Text]) -> str:
    """The id of what bears a name, or is named by its id; what was said where nothing does, or several do."""
    return name if name in named else id_by_name(name, named.items()) or name


def key_of(key: str, parameters: Mapping[str, Parameter], policies: Mapping[str, Text]) -> str:
    """What `--set` and `--vary` take, by ids: `policies.NAME.PART`, a parameter's NAME, or NAME and a change of it."""
    if key.startswith(POLICIES):
        name, dot, part = key.removeprefix(POLICIES).rpartition(".")
        return f"{POLICIES}{known_id(name, policies)}{dot}{part}"
    found = path_of(key, parameters)
    if found in parameters:
        return found
    name, dot, change = key.rpartition(".")
    return f"{path_of(name, parameters)}{dot}{change}"


def file_by_name(name: str, files: Iterable[Path]) -> Path | None:
    """The only file that says that its `name` is this one; None where none does, or several."""
    found = [file for file in files if (said := _name(file)) is not None and id_by_name(name, [("", said)]) is not None]
    return found[0] if len({file.name if file.stem != "region" else file.parent.name for file in found}) == 1 else None


def _name(file: Path) -> Text | None:
    try:
        data = load(file).data
    except InvalidInput:
        return None
    words = (data.get("name") or data.get("title")) if isinstance(data, dict) else None
    if isinstance(words, str):
        return Text(words, words)
    return Text(str(words.get("zh")), str(words.get("en"))) if isinstance(words, Mapping) else None
