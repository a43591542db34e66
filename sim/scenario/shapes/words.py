"""What the file models share: strictness, bilingual descriptions, and faults said in both languages."""

from typing import Annotated, Any, Final, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Field, Tag, WithJsonSchema, model_validator
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError, PydanticKnownError

from sim.common.language import Language, Text, same
from sim.common.paths import is_device
from sim.scenario.texts import tr

FAULT: Final = "townward"
LONGEST_NAME: Final = 64
_DEVICES: Final = "|".join("".join(f"[{sign}{sign.upper()}]" for sign in word) for word in ("con", "prn", "aux", "nul"))
_PATH: Final = frozenset("/\\")
"""Signs that only a path has; one sign and a colon are a drive of Windows."""
NAME_PATTERN: Final = rf"^(?!(?:{_DEVICES}|(?:[cC][oO][mM]|[lL][pP][tT])[1-9])$)[^\W_][\w-]{{0,{LONGEST_NAME - 1}}}$"
ASSUMPTION: Final = tr("assumption")
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200


# A file's own model is built when the first such file is read; a part that several of them share is built at
# once (`defer_build=False`), or each of them would build it again.
class Strict(BaseModel):
    """A part of a file: no unknown key, no silent conversion, no change after reading."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False, defer_build=True)


def said(words: Text, alias: str | None = None) -> FieldInfo:
    """The description of a key, in both languages, for the schema and the reference."""
    extra: dict[str, Any] = {"x-zh": words.zh, "x-en": words.en}
    info: FieldInfo = Field(alias=alias, description=f"{words.zh} / {words.en}", json_schema_extra=extra)
    return info


def wrong(problem: Text) -> PydanticCustomError:
    """A fault found by a check of a model, said in both languages."""
    return PydanticCustomError(FAULT, "{en}", {"zh": problem.zh, "en": problem.en})


def _is_name(word: str) -> str:
    inside = word.replace("-", "_").replace("_", "x")  # the pattern in words: compiling it takes longer than a file
    if not (word[:1].isalnum() and inside.isalnum() and len(word) <= LONGEST_NAME):
        shown = word if len(word) <= 40 else f"{word[:40]}…"
        raise wrong(
            tr(
                "{shown!r} is no name: letters, digits, - and _ only, at most {longest_name} of them",
                shown=shown,
                longest_name=LONGEST_NAME,
            ),
        )
    if is_device(word):
        raise wrong(tr("{shown!r} is the name of a device under Windows, where no file can be called so", shown=word))
    return word


def _is_called(words: str) -> str:
    """A name in words stands for an id; as a path it could lead anywhere."""
    is_path = words.startswith(".") or words[1:2] == ":" or set(words) & _PATH or is_device(words)
    plain = words.strip() and words.isprintable() and len(words) <= LONGEST_NAME
    return words if plain and not is_path else _is_name(words)


# Checked here and not by pydantic: compiling this pattern there takes longer than reading a scenario.
Name = Annotated[str, AfterValidator(_is_name), WithJsonSchema({"type": "string", "pattern": NAME_PATTERN})]
Called = Annotated[
    str, AfterValidator(_is_called), WithJsonSchema({"type": "string", "pattern": r"^[^./\\](?!:)[^/\\]*$"})
]
"""What something else is called: its id, or its name in words, which may have brackets and commas."""
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
LONGEST_SENTENCE: Final = 2000
Sentence = Annotated[str, Field(min_length=1, max_length=LONGEST_SENTENCE)]
_LANGUAGES: Final = frozenset(get_args(Language))


def _either(schema: dict[str, Any]) -> None:
    """The JSON Schema of a text in one language or both."""
    both = {key: value for key, value in schema.items() if key != "required"} | {"minProperties": 1}
    once = {"type": "string", "minLength": 1, "maxLength": LONGEST_SENTENCE}
    schema.clear()
    schema["anyOf"] = [once, both]


class Words(Strict, defer_build=False):
    """A text in both languages, or in one, and then shown as it is in either."""

    model_config = ConfigDict(json_schema_extra=_either)

    zh: Annotated[Sentence, said(tr("in Chinese"))]
    en: Annotated[Sentence, said(tr("in English"))]

    @model_validator(mode="before")
    @classmethod
    def _in_both(cls, given: Any) -> Any:
        once = given
        if isinstance(given, dict) and len(given) == 1 and given.keys() <= _LANGUAGES:
            (once,) = given.values()
        if once == "":
            raise PydanticKnownError("string_too_short", {"min_length": 1})
        return dict.fromkeys(_LANGUAGES, once) if isinstance(once, str) else given

    @property
    def text(self) -> Text:
        """The pair as the rest of the program uses it, each in one line."""
        return Text(_one_line(self.zh), _one_line(self.en))


def _one_line(text: str) -> str:
    """A text whose lines follow each other: a line feed in a title would begin what looks like a message."""
    return " ".join(line.strip() for line in text.splitlines()) if "\n" in text or "\r" in text else text


def _languages(value: Any) -> str:
    return "Words" if isinstance(value, dict) else "sentence"


Said = Annotated[Annotated[Sentence, Tag("sentence")] | Annotated[Words, Tag("Words")], Discriminator(_languages)]
"""A text as a file gives it: in both languages, or once, and then shown as it is in either."""


def text_of(said: str | Words) -> Text:
    """What a file says, in both languages; `assumption` alone is the word for it in each."""
    if said == ASSUMPTION.en:
        return ASSUMPTION
    return said.text if isinstance(said, Words) else same(_one_line(said))


def text_if_any(said: str | Words | None) -> Text | None:
    """The same for what may be left out."""
    return None if said is None else text_of(said)
