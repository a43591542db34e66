"""Chinese punctuation: marks beside a Chinese character are written full width, as readers expect."""

import re
from typing import Final

_CHINESE: Final = "\u3000-\u303f\u3400-\u9fff\uff00-\uffef"
_WIDE: Final = {
    ",": "\uff0c",
    ":": "\uff1a",
    ";": "\uff1b",
    "!": "\uff01",
    "?": "\uff1f",
}
# Compiled when first used: classes of many characters take longer to compile than a scenario takes to read.
_BRACKETS: Final = r"\(((?:[^()]|\([^()]*\))*)\)"
_QUOTES: Final = "\u201c\u201d"  # as wide as a character in Chinese, and then the marks beside them too
_MARK: Final = f"(?<=[{_CHINESE}{_QUOTES}])[,:;!?]+|[,:;!?]+(?=[{_CHINESE}])"
_HAS_CHINESE: Final = f"[{_CHINESE}]"


def typeset(text: str) -> str:
    """The text with full-width punctuation wherever it stands beside Chinese characters; others stay as they are."""
    if not has_chinese(text):
        return text
    wider = re.sub(_BRACKETS, _bracket, text)
    wider = re.sub(_MARK, lambda found: "".join(_WIDE[mark] for mark in found.group()), wider)
    return wider if wider == text else typeset(wider)


def has_chinese(text: str) -> bool:
    """Whether there is any Chinese character or punctuation in the text."""
    return not text.isascii() and re.search(_HAS_CHINESE, text) is not None


def sentence(text: str) -> str:
    """The text with a capital at its beginning, as it stands alone in a table; a path stays as it is."""
    is_path = "." in text.split(" ", 1)[0].rstrip(".")
    return text if is_path else text[:1].upper() + text[1:]


def _bracket(found: re.Match[str]) -> str:
    before = found.string[: found.start()][-1:]
    if has_chinese(found.group(1)) or has_chinese(before):
        return f"\uff08{found.group(1)}\uff09"
    return found.group()
