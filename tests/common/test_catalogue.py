"""Every text in every wing has its Chinese, with the same parts; nothing in a table is left over."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from sim.cli.main import COMMANDS
from sim.common.catalogue import Catalogue
from sim.common.language import Text
from tests.paths import ROOT

TABLES = sorted(ROOT.glob("sim/*/texts.zh.json"))


def entries(table: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads(table.read_text(encoding="utf-8"))
    return found


def calls(wing: Path) -> Iterator[tuple[str, str, set[str]]]:
    """Where each text of a wing is said, its key in the table, and its parts."""
    for file in sorted(wing.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr":
                (english,) = (ast.literal_eval(one) for one in node.args)
                named = {str(one.arg): one.value for one in node.keywords}
                context = named.pop("context", None)
                key = english if context is None else f"{english}|{ast.literal_eval(context)}"
                yield f"{file.relative_to(ROOT)}:{node.lineno}", key, set(named)


def shown_by_click(wing: Path) -> Iterator[tuple[str, str]]:
    """Where each text of a wing's help pages stands, and its key: of options, commands, and paragraphs on them."""
    for file in sorted(wing.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            said: list[str] = []
            if isinstance(node, ast.keyword) and node.arg == "help":
                said = [ast.literal_eval(node.value)]
            elif isinstance(node, ast.FunctionDef) and any(is_command(one) for one in node.decorator_list):
                said = (ast.get_docstring(node) or "").split("\n\n")
            for text in said:
                yield f"{file.relative_to(ROOT)}:{node.lineno}", " ".join(text.split())
    if wing.name == "cli":
        yield from ((f"COMMANDS: {name}", words) for name, (_, words) in COMMANDS.items())


def is_command(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(called, ast.Attribute) and called.attr in ("command", "group")


def parts(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.parent.name)
def test_texts_and_table_agree(table: Path) -> None:
    known, said, shown = entries(table), list(calls(table.parent)), list(shown_by_click(table.parent))
    assert [place for place, key, _ in said if key not in known] == []
    assert [(place, key) for place, key in shown if key not in known] == []
    assert sorted(set(known) - {key for _, key, _ in said} - {key for _, key in shown}) == []
    for place, key, given in said:
        if given:
            english = key.split("|")[0]
            assert parts(english) | parts(known[key]) == given, place


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.parent.name)
def test_tables_are_sorted_and_say_something(table: Path) -> None:
    known = entries(table)
    assert list(known) == sorted(known)
    assert all(known.values())


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.parent.name)
def test_a_scenario_has_one_name_in_chinese(table: Path) -> None:
    """A plan's own document, and a variant of a projection, are the only 方案."""
    others = ("实施方案", "行动方案", "试点方案", "中国中方案")
    for key, text in entries(table).items():
        left = text
        for other in others:
            left = left.replace(other, "")
        assert "方案" not in left, key


def test_parts_are_put_in_in_each_language(tmp_path: Path) -> None:
    table = {"{n:,} of {place}": "{place}的{n:,}个", "rise": "升", "rise|of a lever": "提高", "{}": "{}"}
    (tmp_path / "texts.zh.json").write_text(json.dumps(table), encoding="utf-8")
    tr = Catalogue(str(tmp_path / "texts.py"))
    assert tr("{n:,} of {place}", n=1200, place=Text("界首", "Jieshou")) == Text("界首的1,200个", "1,200 of Jieshou")
    assert tr("rise") == Text("升", "rise")
    assert tr("rise", context="of a lever") == Text("提高", "rise")
    assert tr("{}") == Text("{}", "{}")
    with pytest.raises(KeyError):
        tr("fall")
