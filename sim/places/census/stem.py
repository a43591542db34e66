"""Names of counties without the word for their kind."""

import re
from typing import Final

_KIND: Final = re.compile(r"(自治县|自治旗|县|区|市|巿|旗)$")


def stem(name: str) -> str:
    """The name without the word for its kind (乐都县 and 乐都区 share 乐都); names of one syllable keep it."""
    short = _KIND.sub("", name)
    return short if len(short) >= 2 else name


def plain(name: str) -> str:
    """A name without blanks and with the character for city as it should be (tables also print 巿)."""
    return "".join(name.split()).replace("巿", "市")
