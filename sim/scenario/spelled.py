"""A target as it is written on a command line: `urbanization_rate >= 60% @ 2030`, `linzhou: city >= 93万人 @ 2030`."""

import re
from typing import Final

from sim.common.language import same
from sim.model.registry import MEASURES
from sim.scenario.texts import tr
from sim.scenario.yaml.document import Value

_SPELLED: Final = re.compile(
    r"\s*(?:(?P<region>[\w-]+)\s*:)?\s*(?P<measure>[\w.-]+)\s*(?P<op>>=|<=|≥|≤)\s*(?P<value>-?[\d.]+(?:[eE][-+]?\d+)?)"
    r"\s*(?P<unit>[^@\d\s][^@\s]*)?\s*@\s*(?P<year>\d{4})\s*"
)
_OPS: Final = {">=": "at_least", "≥": "at_least", "<=": "at_most", "≤": "at_most"}


def target(words: str, number: int) -> dict[str | int, Value] | None:
    """The target as an entry of a scenario file; None where it is not written so. number: among those asked for."""
    read = _SPELLED.fullmatch(words)
    if read is None:
        return None
    try:
        value = float(read["value"])
    except ValueError:
        return None
    known = MEASURES.get(read["measure"])
    name = known.name if known is not None else same(read["measure"])
    source = tr("asked for on the command line (--target)")
    found: dict[str | int, Value] = {
        "id": f"Q{number}",
        "title": {"zh": name.zh, "en": name.en},
        "kind": "outcome",
        "measure": read["measure"],
        "op": _OPS[read["op"]],
        "value": value,
        "unit": read["unit"] or (known.unit if known is not None else "count"),
        "year": int(read["year"]),
        "source": {"zh": source.zh, "en": source.en},
    }
    return found | ({"region": read["region"]} if read["region"] else {})
