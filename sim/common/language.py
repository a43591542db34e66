"""Chinese and English side by side: a text, and which of the two a reader wants."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sim.common.typography import typeset

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One thing said in both languages."""

    zh: str
    en: str

    def in_(self, language: Language) -> str:
        """The text in the language asked for, Chinese with its own punctuation."""
        return typeset(self.zh) if language == "zh" else self.en


def in_each(said: Callable[[Language], str]) -> Text:
    """What is said in each of the languages."""
    return Text(said("zh"), said("en"))


def from_environment() -> Language:
    """The reader's language, from the usual locale variables, else the system's; English where both are silent."""
    for name in ("TOWNWARD_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    import locale  # noqa: PLC0415 - costs more than the rest of this module, and is seldom needed

    system = locale.getlocale()[0] or ""
    return "zh" if system.lower().startswith(("zh", "chinese")) else "en"
