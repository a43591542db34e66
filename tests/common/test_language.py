"""Which language a reader gets, and how Chinese is set."""

import locale

import pytest

from sim.common.language import Text, from_environment

NAMES = ("TOWNWARD_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


@pytest.mark.parametrize(
    ("variables", "system", "expected"),
    [
        ({"LANG": "zh_CN.UTF-8"}, None, "zh"),
        ({"LANG": "en_US.UTF-8"}, "zh_CN", "en"),
        ({"LANG": "zh_CN.UTF-8", "TOWNWARD_LANG": "en"}, None, "en"),
        ({}, "Chinese (Simplified)_China", "zh"),
        ({}, "zh_CN", "zh"),
        ({}, "English_United States", "en"),
        ({}, None, "en"),
        ({"LANG": "C.UTF-8"}, None, "en"),
    ],
)
def test_language_of_the_environment(
    variables: dict[str, str], system: str | None, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(locale, "getlocale", lambda: (system, "UTF-8"))
    assert from_environment() == expected


def test_chinese_has_its_own_punctuation_and_code_keeps_its_own() -> None:
    text = Text("共 3 项:城镇(城区),见 a.yaml:3:5", "3 in all: urban (seat), see a.yaml:3:5")
    assert text.in_("zh") == "共 3 项\uff1a城镇\uff08城区\uff09\uff0c见 a.yaml:3:5"
    nested = Text("预计(中位 5% (4–6)):低", "expected")
    assert nested.in_("zh") == "预计\uff08中位 5% (4–6)\uff09\uff1a低"
    assert Text("情景“a.b”:3 个", "x").in_("zh") == "情景“a.b”\uff1a3 个"
    assert text.in_("en") == "3 in all: urban (seat), see a.yaml:3:5"
