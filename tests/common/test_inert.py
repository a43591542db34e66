"""Texts made harmless for terminals and spreadsheets."""

import json

import pytest

from sim.common import inert
from sim.common.errors import Fault, Place
from sim.common.language import same


@pytest.mark.parametrize("sign", ["\x1b", "\x07", "\x9b", "\x7f", "\r", "\u202e", "\u2066", "\u2028", "\x00"])
def test_a_control_sign_is_shown_and_not_obeyed(sign: str) -> None:
    fault = Fault(Place(f"a{sign}b.yaml"), f"key{sign}", same(f"a{sign}[2Jb\nx: valid."), f"c{sign}d")
    message = fault.message("en")
    assert sign not in message
    assert "\n" not in message
    assert sign not in inert.coloured(f"\x1b[31m{sign}]52;c;x\x07\x1b[0m").replace("\x1b[31m", "").replace(
        "\x1b[0m", ""
    )
    assert json.loads(inert.in_json(json.dumps({"a": sign}, ensure_ascii=False))) == {"a": sign}


def test_words_of_any_language_are_left_alone() -> None:
    text = "城镇化率 50.7%,é — “quoted”\ttab\n次行 🌾"
    assert inert.shown(text) == text
    assert inert.coloured(f"\x1b[32m{text}\x1b[0m") == f"\x1b[32m{text}\x1b[0m"


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "@SUM(A1)", "+1+cmd", "-2+3", "\t=1", "\r=1", "＝1+1"])
def test_a_formula_is_a_text(text: str) -> None:
    assert inert.cell(text) == f"'{text}"


@pytest.mark.parametrize("value", ["", "-", "=", "-3.5", "+2e5", "县城", "a=b", 3.5, -2, None])
def test_other_values_are_as_they_are(value: object) -> None:
    assert inert.cell(value) == value
