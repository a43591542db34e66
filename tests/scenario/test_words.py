"""Texts of files: one language is enough for a user's own, and what ships has both."""

from pathlib import Path
from typing import Any

import pytest
from yaml import CSafeLoader, load

from sim.common.language import Text
from sim.scenario.shapes.words import Words

_SHIPPED = [path for folder in ("scenarios", "calibration") for path in sorted(Path(folder).rglob("*.yaml"))]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("标题", Text("标题", "标题")),
        ({"zh": "标题"}, Text("标题", "标题")),
        ({"en": "Title"}, Text("Title", "Title")),
        ({"zh": "标题", "en": "Title"}, Text("标题", "Title")),
        ("两\n行", Text("两 行", "两 行")),
    ],
)
def test_one_language_stands_for_both(given: object, said: Text) -> None:
    assert Words.model_validate(given).text == said


def test_every_text_that_ships_is_in_both_languages() -> None:
    texts = [text for path in _SHIPPED for text in _texts(load(path.read_bytes(), CSafeLoader))]
    assert len(texts) > 1000
    one = [text for text in texts if text.keys() != {"zh", "en"} or (text["zh"] == text["en"] and not _is_number(text))]
    assert one == []


def _is_number(text: dict[str, Any]) -> bool:
    """Whether a text is the number of a standard, the same in both languages."""
    return str(text["zh"]).startswith(("GB", "JGJ", "CJJ"))


def _texts(value: Any) -> list[dict[str, Any]]:
    """Whatever says something in a language."""
    if isinstance(value, dict) and value.keys() & {"zh", "en"}:
        return [value]
    if isinstance(value, (dict, list)):
        return [text for inner in (value.values() if isinstance(value, dict) else value) for text in _texts(inner)]
    return []
