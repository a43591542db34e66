"""Names that people know, accepted where ids are, in either language, and the nearest right one to what is none."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final, Protocol
from unicodedata import normalize

from sim.common.errors import InvalidInput, nearest
from sim.common.language import Text
from sim.model.parameter import Parameter
from sim.model.registry import MEASURES
from sim.scenario.loading import load

POLICIES: Final = "policies."
"""What the key of a part of a policy begins with."""
_DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—―−~～", "-"))


class Named(Protocol):
    """What has a name."""

    @property
    def name(self) -> Text:
        """In both languages."""


def names_by_id(of: Mapping[str, Named]) -> dict[str, Text]:
    """What things are called, by id."""
    return {id_: one.name for id_, one in of.items()}


MEASURE_NAMES: Final = names_by_id(MEASURES)
"""What the model's own measures are called, by id."""


def id_by_name(name: str, named: Iterable[tuple[str, Text]]) -> str | None:
    """The id of what bears the name in one of the languages; None where nothing does, or several do."""
    found = _bearing(name, named)
    return found[0] if len(found) == 1 else None


def _bearing(name: str, named: Iterable[tuple[str, Text]]) -> list[str]:
    """The ids of all that bear the name in one of the languages."""
    wanted = _plain(name)
    return list(dict.fromkeys(id_ for id_, words in named if wanted in (_plain(words.zh), _plain(words.en))))


@lru_cache(maxsize=1 << 14)
def _plain(name: str) -> str:
    """A name as it is compared: pages show it with wide brackets and colons, and people type what dash they have."""
    return normalize("NFKC", name.strip().lower()).translate(_DASHES)


def path_of(name: str, parameters: Mapping[str, Parameter]) -> str:
    """The path of a parameter by its path or its name; what was said where there is none."""
    if name in parameters or not name:
        return name
    return id_by_name(name, ((path, one.name) for path, one in parameters.items())) or name


def known_id(name: str, named: Mapping[str, Text]) -> str:
    """The id of what bears a name, or is named by its id; what was said where nothing does, or several do."""
    return name if name in named else id_by_name(name, named.items()) or name


def close(name: str, named: Mapping[str, Text]) -> str | None:
    """The id, or the name in one of the languages, that is most like what was said, if any is.

    The ids of all that bear the name, where several do: then the name alone is not enough.
    """
    if alike := _bearing(name, named.items()):
        return " / ".join(sorted(alike))
    words = (word for one in named.values() for word in (one.zh, one.en))
    as_compared = {_plain(word): word for word in (*words, *named)}
    like = nearest(_plain(name), as_compared)
    return None if like is None else as_compared[like]


def close_path(name: str, parameters: Mapping[str, Parameter], others: Iterable[str] = ()) -> str | None:
    """The path or name of a parameter, or one of the others, that is most like what was said, if any is."""
    return close(name, names_by_id(parameters) | {other: Text(other, other) for other in others})


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
    named = ((file, name_in(file)) for file in files)
    found = [file for file, words in named if words is not None and id_by_name(name, [("", words)]) is not None]
    return found[0] if len({file.name if file.stem != "region" else file.parent.name for file in found}) == 1 else None


def name_in(file: Path) -> Text | None:
    """What a file calls the policy, plan or region that it is of; None where it cannot be read."""
    try:
        data = load(file).data
    except InvalidInput:
        return None
    words = (data.get("name") or data.get("title")) if isinstance(data, dict) else None
    if isinstance(words, str):
        return Text(words, words)
    return Text(str(words.get("zh")), str(words.get("en"))) if isinstance(words, Mapping) else None
