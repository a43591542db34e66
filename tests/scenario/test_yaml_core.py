"""YAML 1.2 core schema with places."""

import math
import string

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.common.errors import InvalidInput, Place
from sim.scenario.yaml.core_schema import resolve
from sim.scenario.yaml.yaml_core import parse

WORDS = {
    "no": "no", "on": "on", "Yes": "Yes", "off": "off", "12:30": "12:30", "2020-01-01": "2020-01-01", "1_000": "1_000",
    "<<": "<<", "0b1": "0b1", "+": "+", ".": ".", "1e": "1e", "0o9": "0o9", "nan": "nan", "inf": "inf",
    "true": True, "True": True, "FALSE": False, "null": None, "~": None, "": None,
    "1e6": 1e6, "1E-3": 1e-3, ".5": 0.5, "5.": 5.0, "-1.5e+2": -150.0, "+7": 7, "-0": 0, "0123": 123, "0o17": 15,
    "0x1F": 31,
    '"1"': "1", "'no'": "no", '"~"': "~", ".inf": math.inf, "-.INF": -math.inf,
}  # fmt: skip


@pytest.mark.parametrize(("word", "value"), WORDS.items())
def test_plain_words_follow_the_core_schema(word: str, value: object) -> None:
    found = parse(f"key: {word}", "f").data
    assert isinstance(found, dict)
    assert found == {"key": value}
    assert type(found["key"]) is type(value)


def test_nan_is_a_number() -> None:
    value = resolve(".nan")
    assert isinstance(value, float)
    assert math.isnan(value)


def test_places_are_counted_from_one_and_aliases_stand_where_they_were_written() -> None:
    document = parse("a: &x {2020: 1}\nb:\n  - two\n  - *x\n", "f.yaml")
    assert document.place(("b", 0)) == Place("f.yaml", 3, 5)
    assert document.place(("b", 1, 2020)) == Place("f.yaml", 1, 14)
    assert document.place(("b",), at_key=True) == Place("f.yaml", 2, 1)
    assert document.place(("b", 0, "nothing")) == Place("f.yaml", 3, 5)
    assert document.data == {"a": {2020: 1}, "b": ["two", {2020: 1}]}


def test_every_repeated_key_is_reported_at_once() -> None:
    with pytest.raises(InvalidInput) as raised:
        parse("a: 1\nb: {c: 1, c: 2}\na: 2\n2020: 1\n0x7e4: 2\n", "f")
    assert [(fault.path, fault.place.line) for fault in raised.value.faults] == [("b.c", 2), ("a", 3), ("2020", 5)]


def test_integer_and_text_keys_differ() -> None:
    assert parse('{2020: 1, "2020": 2}', "f").data == {2020: 1, "2020": 2}


PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**62), 2**62)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(
        st.characters(
            codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co"), exclude_characters="\ufeff\u2028\u2029"
        )
    ),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(string.ascii_letters, min_size=1, max_size=8) | st.integers(1900, 2200), inner, max_size=4
        )
    ),
    max_leaves=12,
)


def _quoted(value: object) -> str:
    """A flow rendering of our own: independent of PyYAML's YAML 1.1 quoting rules."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, list):
        return "[" + ", ".join(map(_quoted, value)) + "]"
    assert isinstance(value, dict)
    return "{" + ", ".join(f"{_quoted(key)}: {_quoted(item)}" for key, item in value.items()) + "}"


@settings(deadline=None)
@given(PLAIN)
def test_what_is_written_is_read(value: object) -> None:
    assert parse(_quoted({"key": value}), "f").data == {"key": value}


@settings(deadline=None)
@given(
    st.dictionaries(
        st.text(string.ascii_letters, min_size=1), st.integers(0, 10**9) | st.lists(st.integers(0, 9)), min_size=1
    )
)
def test_block_style_of_pyyaml_is_read_alike(value: dict[str, object]) -> None:
    quoted = yaml.safe_dump(value, default_style=None, default_flow_style=False)
    read = parse(quoted, "f").data
    assert isinstance(read, dict)
    assert {str(key): item for key, item in read.items()} == {key: value[key] for key in value}


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read = parse(text, "f")
    except InvalidInput as problem:
        refused = problem
    else:
        assert read.place(()).line
        return
    assert refused.faults
    assert refused.message("zh")
