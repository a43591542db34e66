"""What kind of file a file is, told by its keys."""

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from sim.common.errors import InvalidInput
from sim.scenario.loading import load
from sim.scenario.yaml.checking import keys_of

Kind = TypeVar("Kind", bound=str)


def keys_in(file: Path) -> frozenset[str | int]:
    """The top-level keys of a file; none where it cannot be read, which whoever reads it will say."""
    try:
        data = load(file).data
    except InvalidInput:
        return frozenset()
    return frozenset(data) if isinstance(data, dict) else frozenset()


def kind_by(keys: frozenset[str | int], kinds: Mapping[Kind, type[BaseModel]]) -> Kind:
    """The kind that knows most of the keys; of equals the first."""
    return max(kinds, key=lambda kind: len(keys.intersection(keys_of(kinds[kind]))))
