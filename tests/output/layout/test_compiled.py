"""Templates kept as byte code: the same text with it and without, and nothing fails where none can be kept."""

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from sim.output.layout import compiled
from sim.output.layout.compiled import Compiled

HERE = Path(__file__)


def said(template: str, folder: Path, monkeypatch: pytest.MonkeyPatch, *, by: Path = HERE) -> str:
    monkeypatch.setattr(compiled, "cache_from_source", lambda _: str(folder / "module.pyc"))
    made = Environment(loader=DictLoader({"page": template}), autoescape=True, bytecode_cache=Compiled(str(by), "en"))
    return made.get_template("page").render(who="<b>")


def kept(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.jinja"))


@pytest.fixture(autouse=True)
def _kept_as_for_users(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", False)


def test_what_is_kept_is_used_and_a_template_that_changed_is_compiled_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert said("one {{ who }}", tmp_path, monkeypatch) == "one &lt;b&gt;"
    (file,) = kept(tmp_path)
    first = file.stat().st_mtime_ns
    assert said("one {{ who }}", tmp_path, monkeypatch) == "one &lt;b&gt;"
    assert file.stat().st_mtime_ns == first
    assert said("two {{ who }}", tmp_path, monkeypatch) == "two &lt;b&gt;"
    assert kept(tmp_path) == [file]


def test_what_another_module_compiled_is_compiled_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = tmp_path / HERE.name
    module.write_text("a = 1\n", encoding="utf-8")
    said("one", tmp_path, monkeypatch, by=module)
    before = kept(tmp_path)[0].read_bytes()
    module.write_text("a = 2\n", encoding="utf-8")
    said("one", tmp_path, monkeypatch, by=module)
    assert kept(tmp_path)[0].read_bytes() != before


@pytest.mark.parametrize("damaged", [b"", b"nothing", None])
def test_a_damaged_file_is_as_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damaged: bytes | None) -> None:
    said("one {{ who }}", tmp_path, monkeypatch)
    (file,) = kept(tmp_path)
    whole = file.read_bytes()
    for content in [damaged] if damaged is not None else [whole[:end] for end in range(0, len(whole), 7)]:
        file.write_bytes(content)
        assert said("one {{ who }}", tmp_path, monkeypatch) == "one &lt;b&gt;"
        assert file.read_bytes() == whole


def test_nothing_is_kept_where_nothing_can_be_or_python_keeps_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert said("one", tmp_path / "absent", monkeypatch) == "one"
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    assert said("one", tmp_path, monkeypatch) == "one"
    assert kept(tmp_path) == []
