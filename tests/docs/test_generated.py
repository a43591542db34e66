"""Pages that are written by the program are as it would write them now, and no page leads nowhere."""

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from docs.write.calibration import main, page, read, read_proof
from sim.common.errors import Exit, InvalidInput
from sim.common.language import LANGUAGES, Language
from sim.common.paths import library
from sim.output.documents.scenario_reference import reference
from tests.docs.pages import ROOT
from tests.docs.tables import TABLES, filled, named

DOCS = ROOT / "docs"
OWN = sorted({*ROOT.glob("*.md"), *DOCS.rglob("*.md")})
GENERATED = {"validation.md", "performance.md", "calibration.md", "scenario-reference.md", "scenario-reference.zh.md"}
WRITTEN = [path for path in OWN if path.name not in GENERATED]
REFRESH = "run `make docs` and read what changed"
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def anchors(path: Path) -> set[str]:
    """Anchors of the headings of a page, as code hosts make them."""
    headings = re.findall(r"^#+ (.+)$", text(path), re.MULTILINE)
    kept = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.strip().replace(" ", "-") for heading in kept}


@pytest.mark.parametrize("language", LANGUAGES)
def test_reference_is_current(language: Language) -> None:
    name = "scenario-reference.zh.md" if language == "zh" else "scenario-reference.md"
    assert text(DOCS / name) == reference(language), REFRESH


def test_calibration_is_current() -> None:
    regions = [read(path) for path in sorted((library() / "calibration" / "regions").glob("*.json"))]
    assert regions
    proof = read_proof(library() / "calibration" / "proof.json")
    assert text(DOCS / "calibration.md") == page(regions, proof), REFRESH


def test_ages_of_districts_that_are_off_are_named() -> None:
    shown = [read(path) for path in sorted((library() / "calibration" / "regions").glob("*.json"))]
    district = next(one for one in shown if one.name.endswith("区"))
    off = replace(district, figures=tuple(replace(one, error=-12.0) for one in district.figures))
    assert "off by 12.0% on average" in page([off])
    assert f"above it: {district.name} 12.0%" in page([off])
    assert "above it: none" in page([replace(off, figures=tuple(replace(one, error=9.0) for one in off.figures))])


def test_calibration_names_what_is_badly_fitted(tmp_path: Path) -> None:
    source = next((library() / "calibration" / "regions").glob("*.json"))
    content = text(source).replace('"error_percent": ', '"error_percent": 1').replace("1-", "-1")
    (tmp_path / "x.json").write_text(content, encoding="utf-8")
    region = read(tmp_path / "x.json")
    written = page([region])
    assert all(abs(figure.error) >= 10 for figure in region.figures)
    assert "boys 1–4" in written
    (listed,) = re.findall(r"^.*\*\*Badly fitted\*\* \(10% or more\): (.*)$", written, re.MULTILINE)
    assert len(listed.split(", ")) == len(region.figures)


def test_calibration_refuses_other_files(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{}", encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"x\.json"):
        read(tmp_path / "x.json")


def test_calibration_command_writes_every_region(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "page.md"
    done = CliRunner().invoke(main, ["--output", str(out)])
    assert done.exit_code == 0
    assert text(out) == text(DOCS / "calibration.md"), REFRESH


def test_model_tables_are_current() -> None:
    model = text(DOCS / "model.md")
    assert named(model) == set(TABLES)
    assert filled(model) == model, REFRESH


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(path: Path) -> None:
    for target in LINK.findall(text(path)):
        if target.startswith("http"):
            continue
        name, _, anchor = target.partition("#")
        linked = (path.parent / name).resolve() if name else path
        assert linked.exists(), target
        if anchor:
            assert anchor in anchors(linked), target


def test_wings_are_those_that_are_enforced() -> None:
    """Wings of the architecture page, top to bottom, are the layers of import-linter."""
    settings = tomllib.loads(text(ROOT / "pyproject.toml"))
    contract = settings["tool"]["importlinter"]["contracts"][0]
    page = text(DOCS / "architecture.md")
    said = [re.findall(r"\w+", wings) for wings in re.findall(r"^\| (`\w+`(?: `\w+`)*) \|", page, re.MULTILINE)]
    assert said == [layer.split(" | ") for layer in contract["layers"]]


def test_documents_are_reached_from_the_index() -> None:
    linked = {(DOCS / target.partition("#")[0]).resolve() for target in LINK.findall(text(DOCS / "index.md"))}
    assert {path.resolve() for path in DOCS.glob("*.md")} - linked == {(DOCS / "index.md").resolve()}
    decisions = {name for name in LINK.findall(text(DOCS / "decisions" / "README.md")) if name[0].isdigit()}
    assert decisions == {path.name for path in (DOCS / "decisions").glob("[0-9]*.md")}


@pytest.mark.parametrize("path", sorted((DOCS / "decisions").glob("[0-9]*.md")), ids=lambda path: path.stem)
def test_a_decision_says_what_was_not_chosen(path: Path) -> None:
    content = text(path)
    assert content.startswith(f"# {int(path.name[:4])}. ")
    for part in ("**Context.**", "**Decision.**", "**Not chosen.**"):
        assert part in content


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_exit_codes_are_those_of_the_program(name: str) -> None:
    listed = {int(code) for code in re.findall(r"^\| (\d+) \|", text(ROOT / name), re.MULTILINE)}
    assert listed == {int(code) for code in Exit}


def test_pictures_are_small_and_shown() -> None:
    shown = "".join(text(path) for path in WRITTEN)
    for image in (DOCS / "images").glob("*"):
        assert image.read_bytes().startswith((b"\x89PNG", b"<svg "))
        assert image.stat().st_size < 300_000
        assert image.name in shown


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_pages_are_written_carefully(path: Path) -> None:
    content = text(path)
    assert not re.search(r"/work\b|/tmp/|/home/|\bTODO\b|\bTBD\b", content)
    prose = re.sub(r"^```.*?^```$|`[^`]*`|\]\([^)]*\)", "", content, flags=re.MULTILINE | re.DOTALL)
    if path.name.endswith(".zh.md"):
        assert not re.findall(r"[\u4e00-\u9fff][,;:!?](?!\w)", prose)
        assert not re.findall(r"[\u4e00-\u9fff]\([\u4e00-\u9fff]", prose)
