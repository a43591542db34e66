"""The measures of the house find what they are for."""

import sys
from pathlib import Path

import pytest

from tests.house import LONGEST, circle, functions, too_long


def test_a_function_is_measured_without_its_docstring() -> None:
    source = 'def f():\n    """One.\n\n    Two.\n    """\n    return 1\n'
    assert list(functions(source)) == [("f", 1, 2)]


def test_a_long_function_is_named(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text("def f():\n" + "    x = 1\n" * LONGEST, encoding="utf-8")
    (tmp_path / "two.py").write_text("def g():\n" + "    x = 1\n" * (LONGEST - 1), encoding="utf-8")
    assert too_long(tmp_path) == [f"{tmp_path.name}/one.py:1 f: {LONGEST + 1} lines, at most {LONGEST}"]


def test_a_circle_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "ringed"
    package.mkdir()
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "a.py").write_text("from ringed import b\n", encoding="utf-8")
    (package / "b.py").write_text("import sys\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert circle("ringed") == []
    (package / "b.py").write_text("from ringed import a\n", encoding="utf-8")
    assert set(circle("ringed")) == {"ringed.a", "ringed.b"}
    sys.modules.pop("ringed", None)
