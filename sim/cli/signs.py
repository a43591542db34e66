"""Signs for a stream whose encoding lacks them, as GBK lacks a minus: what stands instead says the same."""

import codecs
from typing import Final

NAME: Final = "townward.plain"
"""The name under which `plain` is known to codecs, once `known` was called."""
_INSTEAD: Final = {
    "−": "-",
    "–": "-",
    "—": "-",
    "→": "->",
    "≥": ">=",
    "≤": "<=",
    "±": "+/-",
    "×": "x",
    "·": ";",
    "…": "...",
    "“": '"',
    "”": '"',
    "’": "'",
    "²": "2",
    "³": "3",
    "✓": "+",
    "✗": "x",
}


def known() -> str:
    """Tell codecs of `plain`, and give the name to ask for it by."""
    codecs.register_error(NAME, plain)
    return NAME


def plain(problem: UnicodeError) -> tuple[str, int]:
    """What stands for signs that an encoding lacks: a question mark where nothing says the same."""
    if not isinstance(problem, UnicodeEncodeError):
        raise problem
    lacking = problem.object[problem.start : problem.end]
    return "".join(_INSTEAD.get(sign, "?") for sign in lacking), problem.end
