"""A target as it is written on a command line: `urbanization_rate >= 60% @ 2030`, `linzhou: city >= 93万人 @ 2030`."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from sim.common.language import Text, same
from sim.model.registry import MEASURES
from sim.scenario.by_name import MEASURE_NAMES, known_id
from sim.scenario.resolved import Comparison
from sim.scenario.texts import tr
from sim.scenario.yaml.document import Value

_SPELLED: Final = re.compile(
    r"(?P<name>[^<>=≥≤@]+)(?P<op>>=|<=|≥|≤)\s*(?P<value>[-+]?[\d.]+(?:[eE][-+]?\d+)?)"
    r"\s*(?P<unit>[^@\d\s][^@]*)?@\s*(?P<year>\d{4})"
)
"""Spaces around the name and the unit are part of them: else many could be shared out in too many ways."""
_OPS: Final[Mapping[str, Comparison]] = {">=": "at_least", "≥": "at_least", "<=": "at_most", "≤": "at_most"}
_COLON: Final = re.compile(r"\s*[:\uff1a]\s*")


class Spelled(NamedTuple):
    """What is written: a measure, with a region before it or none, what it is held to, and when."""

    name: str
    op: Comparison
    value: str
    unit: str
    year: int

    def placed(self, measures: Mapping[str, Text]) -> tuple[str | None, str]:
        """The region as it is written, None where none is, and the measure by its id where it is known.

        A measure's own name may have a colon.
        """
        whole = known_id(self.name, measures)
        parts = _COLON.split(self.name, maxsplit=1)
        if whole in measures or len(parts) < 2:
            return None, whole
        return parts[0], known_id(parts[1], measures)


def read(words: str) -> Spelled | None:
    """The parts of a target that is written so; None where it is not."""
    found = _SPELLED.fullmatch(words.strip())
    if found is None or not found["name"].strip():
        return None
    unit = (found["unit"] or "").strip()
    return Spelled(found["name"].strip(), _OPS[found["op"]], found["value"], unit, int(found["year"]))


def target(words: str, number: int) -> dict[str | int, Value] | None:
    """The target as an entry of a scenario file; None where it is not written so. number: among those asked for."""
    spelled = read(words)
    if spelled is None:
        return None
    try:
        value = float(spelled.value)
    except ValueError:
        return None
    region, measure = spelled.placed(MEASURE_NAMES)
    known = MEASURES.get(measure)
    name = known.name if known is not None else same(measure)
    source = tr("asked for on the command line (--target)")
    found: dict[str | int, Value] = {
        "id": f"Q{number}",
        "title": {"zh": name.zh, "en": name.en},
        "kind": "outcome",
        "measure": measure,
        "op": spelled.op,
        "value": value,
        "unit": spelled.unit or (known.unit if known is not None else "count"),
        "year": spelled.year,
        "source": {"zh": source.zh, "en": source.en},
    }
    return found | ({"region": region} if region else {})
