"""A new region: its folder, written from a row of a county census table."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Literal

import yaml

from sim.common.errors import Fault, InvalidInput, Place, fault
from sim.common.language import Language, Text
from sim.common.paths import is_device
from sim.common.quickclass import quickclass
from sim.common.staging import staging, synced
from sim.common.system import reason
from sim.places.base_year import Mark, base_year
from sim.places.base_year.files import region_base
from sim.places.census import CensusRow, earlier_row, read_region, read_row, write_rows
from sim.places.census.store import FILE, IDENTITY
from sim.places.census.totals import CODE
from sim.places.china.national import load_national
from sim.places.china.place_names import pinyin
from sim.places.china.province_names import province_name
from sim.places.texts import tr

_ID: Final = re.compile(r"^[^\W_][\w-]{0,63}$")
_MADE: Final = ".adding-"
"""How a folder begins in which a region is made before it has its name."""
HISTORY: Final = "history.csv"
BEFORE: Final = tr("the census before")
RATES: Final = tr("rates of births, deaths and moves")
KINDS: Final = {
    "observed": tr("observed"),
    "estimated": tr("estimated"),
    "assumed": tr("assumed"),
    "missing": tr("missing"),
}


@quickclass(frozen=True, slots=True)
class Naming:
    """What a region is called where the census does not say: its id, and its English name (else pinyin)."""

    id: str | None = None
    name_en: str | None = None


@quickclass(frozen=True, slots=True)
class RegionReport:
    """What was written, and how each part of the region's base year came about."""

    id: str
    folder: Path
    row: CensusRow
    earlier: CensusRow | None
    marks: tuple[Mark, ...]

    def lines(self, language: Language) -> tuple[str, ...]:
        """The report in words, a line each: what was observed, estimated, assumed, missing."""
        row, colon = self.row, {"zh": ":", "en": ": "}[language]
        head = tr(
            "{name} ({code}) {year}: {resident:.0f} residents, {urbanization_rate:.2%} urban",
            name=row.name,
            code=row.code,
            year=row.year,
            resident=row.resident,
            urbanization_rate=row.urbanization_rate,
        )
        listed = [
            f"[{KINDS[kind].in_(language)}] {mark.what.in_(language)}{colon}{mark.method.in_(language)}"
            for kind in KINDS
            for mark in self.marks
            if mark.kind == kind
        ]
        return (head.in_(language), *listed)


def region_add(
    census: Path,
    code: str,
    out: Path,
    year: int | None = None,
    earlier: Path | None = None,
    naming: Naming | None = None,
    replace: bool = False,
    finish: Callable[[Path, bool], None] = lambda folder, before: None,
) -> RegionReport:
    """Write `out/<id>/region.yaml` and `census.csv` from a row of a census table.

    code: the region's six-digit code or its name; year: of the census, else from the file's name;
    earlier: another census table with the region's row of another year; naming: its id (else its code)
    and English names; replace: whether an existing folder may be rewritten (its other files stay);
    finish: writes what else belongs to the region, its rates, given its folder and whether an earlier row was found.
    A row of another area (see `sim.places.census.earlier`) is left out, and the report says so.
    The folder appears whole or not at all. InvalidInput: the row cannot be used, or the folder exists.
    """
    row = read_row(census, code, year)
    other, noticed = _before(earlier, row)
    called = naming or Naming()
    region_id = _id(called.id or row.code, census)
    _check_code(row, census)
    marks = (*base_year(row, load_national(), other=other).marks, *noticed)
    rows = sorted((row, *((other,) if other else ())), key=lambda one: one.year)
    folder = out / region_id
    _put_back(folder)
    if folder.exists() and not replace:
        raise fault(
            str(folder),
            "id",
            tr("{folder} exists; choose another --id, or add --replace", folder=folder),
        )
    content = description(row, region_id, called, marks)
    if (folder / HISTORY).is_file():
        content["history"] = HISTORY

    def make(part: Path) -> None:
        (part / IDENTITY).write_text(_yaml(content), encoding="utf-8", newline="\n")
        write_rows(part / FILE, rows)
        if list(read_region(part)) != [one.year for one in rows]:
            raise AssertionError("the region's files do not read back as they were written")
        finish(part, other is not None)

    rewritten(folder, make)
    return RegionReport(region_id, folder, row, other, marks)


def rewritten(folder: Path, make: Callable[[Path], None]) -> None:
    """Make or change a region's folder as a whole: `make` is given a copy, which then takes its place.

    Killed at any moment, it leaves the folder as it was, or as it was to be. Raises InvalidInput where it cannot be
    written.
    """
    whole = folder.resolve()
    try:
        whole.parent.mkdir(parents=True, exist_ok=True)
        _put_back(whole)
        with staging(whole.parent, _MADE) as made:
            part = made / whole.name
            if whole.exists():
                shutil.copytree(whole, part, symlinks=True)
            else:
                part.mkdir()
            make(part)
            for file in (*part.iterdir(), part):
                synced(file)
            _take_place(part, whole)
    except OSError as problem:
        raise _cannot_write(folder, problem) from None


def refresh_notes(folder: Path) -> None:
    """Write the notes of a region's `region.yaml` anew from what its folder holds now.

    All else stays, and so do notes on the census before.
    """
    path = folder / IDENTITY
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    base, _ = region_base(folder, content["base_year"], load_national())
    kept = [note for note in content.get("notes", ()) if note["what"] == _words(BEFORE)]
    content["notes"] = [*_notes(base.marks), *kept]
    _rewrite(path, content)


def _rewrite(path: Path, content: dict[str, Any]) -> None:
    partial = path.with_suffix(".partial")
    try:
        partial.write_text(_yaml(content), encoding="utf-8", newline="\n")
        partial.replace(path)
    except OSError as problem:
        partial.unlink(missing_ok=True)
        raise _cannot_write(path.parent, problem) from None


def note_rates(folder: Path, method: Text, kind: Literal["estimated", "assumed"]) -> None:
    """Say in a region's `region.yaml` how rates came about that were not fitted to its own past; once."""
    path = folder / IDENTITY
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    kept = [note for note in content.get("notes", ()) if note["what"] != _words(RATES)]
    content["notes"] = [*kept, *_notes((Mark(RATES, method, kind),))]
    _rewrite(path, content)


def description(row: CensusRow, region_id: str, naming: Naming, marks: tuple[Mark, ...]) -> dict[str, Any]:
    """The content of `region.yaml`."""
    province = province_name(row.code) or Text(row.province or row.code[:2], row.province or row.code[:2])
    content: dict[str, Any] = {
        "id": region_id,
        "code": row.code,
        "name": {"zh": row.name, "en": naming.name_en or pinyin(row.name)},
    }
    if row.prefecture:
        content["parent"] = {"zh": row.prefecture, "en": pinyin(row.prefecture)}
    content["province"] = _words(province)
    content["base_year"] = row.year
    content["census"] = FILE
    content["notes"] = _notes(marks)
    return content


def _notes(marks: tuple[Mark, ...]) -> list[dict[str, Any]]:
    return [{"what": _words(mark.what), "kind": mark.kind, "method": _words(mark.method)} for mark in marks]


def _words(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _before(path: Path | None, row: CensusRow) -> tuple[CensusRow | None, tuple[Mark, ...]]:
    """The region's row in another table, None where there is none of the same area, and what was noticed."""
    if path is None:
        return None, ()
    found = earlier_row(path, row)
    kind: Literal["observed", "missing"] = "missing" if found.row is None else "observed"
    return found.row, tuple(Mark(BEFORE, note, kind) for note in found.notes)


def _id(text: str, census: Path) -> str:
    if not _ID.fullmatch(text) or is_device(text):
        raise fault(
            str(census),
            "id",
            tr(
                "{text!r} cannot be an id: letters, digits, _ and - only, beginning with a letter or digit, at most "
                "64, no device of Windows",
                text=text,
            ),
        )
    return text


def _check_code(row: CensusRow, census: Path) -> None:
    if not CODE.match(row.code):
        problem = tr("{code!r} is not a six-digit code (GB/T 2260)", code=row.code)
        raise InvalidInput([Fault(Place(str(census)), "code", problem)])


def _yaml(content: dict[str, Any]) -> str:
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120)


def _take_place(part: Path, folder: Path) -> None:
    """Move the new folder to its place; an old one is kept beside it until it stands."""
    old = _old(folder)
    if folder.exists():
        folder.rename(old)
    try:
        part.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    synced(folder.parent)
    shutil.rmtree(old, ignore_errors=True)


def _put_back(folder: Path) -> None:
    """Give an old folder its name again where a process was killed before the new one stood."""
    old = _old(folder)
    if old.is_dir() and not folder.exists():
        old.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _old(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.before")


def _cannot_write(folder: Path, problem: OSError) -> InvalidInput:
    return fault(str(folder), "", tr("cannot be written: {reason}", reason=reason(problem)))
