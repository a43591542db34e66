"""Chinese and English side by side: a text, and which of the two a reader wants."""

import os
from collections.abc import Callable, Iterable
from typing import Final, Literal

from sim.common.quickclass import quickclass
from sim.common.typography import typeset

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@quickclass(frozen=True, slots=True)
class Text:
    """One thing said in both languages."""

    zh: str
    en: str

    def __add__(self, other: "Text") -> "Text":
        return Text(self.zh + other.zh, self.en + other.en)

    def in_(self, language: Language) -> str:
        """The text in the language asked for, Chinese with its own punctuation."""
        return typeset(self.zh) if language == "zh" else self.en


NOTHING: Final = Text("", "")


def same(word: str) -> Text:
    """A name that is the same in every language."""
    return Text(word, word)


def joined(texts: Iterable[Text], zh: str, en: str) -> Text:
    """Texts one after another, with a separator of each language between them."""
    said = tuple(texts)
    return Text(zh.join(text.zh for text in said), en.join(text.en for text in said))


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
