"""Scalars of the YAML 1.2 core schema: which plain words are null, booleans, integers and floats."""

import re
from functools import lru_cache
from typing import Final

LONGEST_NUMBER: Final = 40
"""Characters of a number; a longer one is a slip or an attack, since float64 holds 17 digits."""

LARGEST_INTEGER: Final = 2**63 - 1

_NULL: Final = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE: Final = frozenset({"true", "True", "TRUE"})
_FALSE: Final = frozenset({"false", "False", "FALSE"})
_DECIMAL: Final = re.compile(r"[-+]?[0-9]+", re.ASCII)
_OCTAL: Final = re.compile(r"0o[0-7]+", re.ASCII)
_HEXADECIMAL: Final = re.compile(r"0x[0-9a-fA-F]+", re.ASCII)
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", re.ASCII)
_INFINITE: Final = re.compile(r"([-+]?)\.(?:inf|Inf|INF)")
_NAN: Final = frozenset({".nan", ".NaN", ".NAN"})

_FIRST: Final = frozenset("0123456789+-.~nNtTfF")
"""What a word that is not text can begin with."""

Scalar = None | bool | int | float | str


class TooLargeError(ValueError):
    """A number with more digits, or of greater size, than any quantity has."""


@lru_cache(maxsize=4096)  # a file says the same keys and words over and over
def resolve(word: str) -> Scalar:
    """The value of an unquoted word (YAML 1.2.2, §10.3.2): `no`, `on`, `12:30` and dates stay text.

    Raises TooLargeError for a number that a float64 or a 64-bit integer cannot hold.
    """
    if word and word[0] not in _FIRST:
        return word
    if word in _NULL:
        return None
    if word in _TRUE or word in _FALSE:
        return word in _TRUE
    if word in _NAN:
        return float("nan")
    infinite = _INFINITE.fullmatch(word)
    if infinite:
        return float(f"{infinite.group(1)}inf")
    return _number(word)


def _number(word: str) -> int | float | str:
    base = _base(word)
    is_float = base is None and _FLOAT.fullmatch(word) is not None
    if base is None and not is_float:
        return word
    if len(word) > LONGEST_NUMBER:
        raise TooLargeError(word)
    if base is not None:
        return _bounded_integer(word, base)
    value = float(word)
    if value in (float("inf"), float("-inf")):
        raise TooLargeError(word)
    return value


def _base(word: str) -> int | None:
    for pattern, base in ((_DECIMAL, 10), (_OCTAL, 8), (_HEXADECIMAL, 16)):
        if pattern.fullmatch(word):
            return base
    return None


def _bounded_integer(word: str, base: int) -> int:
    value = int(word, base)
    if abs(value) > LARGEST_INTEGER:
        raise TooLargeError(word)
    return value
