"""Numbers as people write them in tables: with full-width digits, and with commas between thousands."""

import re
import unicodedata
from math import inf, isfinite
from typing import Final

_PLAIN: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?")
_GROUPED: Final = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")


def number(text: str, *, grouped: bool = False) -> float | None:
    """The number of a cell; None where it is none, too large, or not sure to be one (41,76). grouped: 1,234 is read."""
    plain = unicodedata.normalize("NFKC", text.strip())
    if not plain.isascii():
        return None
    if plain.isdigit():  # most of all, and told apart without a pattern
        found = float(plain)
        return found if isfinite(found) else None
    if grouped and _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    found = float(plain) if _PLAIN.fullmatch(plain) else inf
    return found if isfinite(found) else None


def without_groups(text: str) -> str | None:
    """A number with commas between its thousands, written without them; None where the text is no such number."""
    plain = unicodedata.normalize("NFKC", text.strip())
    return plain.replace(",", "") if _GROUPED.fullmatch(plain) else None
