"""Tables that are filled in for a region, told by their headings and checked as a scenario of it would."""

import re
from collections.abc import Sized
from contextlib import suppress
from pathlib import Path
from typing import Final, Literal

from sim.cli.texts import tr
from sim.common.errors import InvalidInput, fault
from sim.common.grid import grids, heading, is_workbook
from sim.common.language import Text
from sim.scenario.library import Loaded, Reading
from sim.scenario.loading import load
from sim.scenario.shapes.region_file import RegionFile
from sim.scenario.shapes.words import FIRST_YEAR, LAST_YEAR
from sim.scenario.tables import load_capacities
from sim.scenario.workbook.tree import mapping
from sim.scenario.yaml.document import Document, Value

Table = Literal["capacities", "targets", "figures", "census", "own-census", "away", "observed", "centres", "boundaries"]
Found = tuple[Text, tuple[Path, ...]]
_TOLD_BY: Final[dict[Table, tuple[frozenset[str], ...]]] = {
    "own-census": (frozenset(("item",)), frozenset(("age_group",))),
    "away": (frozenset(("hukou",)), frozenset(("persons",))),
    "observed": (frozenset(("measure",)), frozenset(("year",)), frozenset(("value",))),
    "centres": (frozenset(("longitude",)), frozenset(("latitude",))),
    "capacities": (frozenset(("设施", "Service")), frozenset(("依据类别", "Evidence"))),
    "targets": (frozenset(("编号", "No.")), frozenset(("类别", "Kind")), frozenset(("依据", "Where in the plan"))),
    "figures": (frozenset(("区域", "area")), frozenset(("指标", "indicator"))),
    "census": (frozenset(("区划代码", "code")), frozenset(("常住人口", "resident"))),
}
"""Headings that no table of another kind has together, each in either language."""
_OUTLINES: Final = (".json", ".geojson")
_CALLED: Final[dict[str, Table]] = {"away.csv": "away", "centres.csv": "centres"}
"""What files are called whose headings may have a slip."""
_ROWS: Final = 5
"""Rows in which headings are looked for."""
CENSUS: Final = "census.csv"
"""A region's own census figures, in its folder."""
LATEST: Final = 2020
"""The census that a table is of whose name says no year."""


def kind_of_table(file: Path) -> Table | None:
    """The kind of a workbook or CSV by its headings; None where it has none of those known, or cannot be read."""
    if file.suffix.lower() in _OUTLINES:
        return "boundaries"
    if not (is_workbook(file) or file.suffix.lower() == ".csv"):
        return None
    try:
        rows = [{heading(cell) for cell in cells} for page in grids(file) for _, cells in page.rows[:_ROWS]]
    except InvalidInput:
        return None
    told = (kind for kind in _TOLD_BY if any(all(row & one for one in _TOLD_BY[kind]) for row in rows))
    return next(told, None) or _CALLED.get(file.name) or ("own-census" if _is_own_census(file) else None)


def _is_own_census(file: Path) -> bool:
    return file.name == CENSUS and (file.parent / "region.yaml").is_file()


def check_table(kind: str, file: Path) -> Found:
    """What is in the table, and every file that was read. Raises InvalidInput with every fault of it."""
    checks = {
        "capacities": _capacities,
        "targets": _targets,
        "figures": _figures,
        "census": _census,
        "own-census": _own_census,
        "away": _away,
        "observed": _observed,
        "centres": _centres,
        "boundaries": _boundaries,
    }
    return checks[kind](file)


def _some(found: Sized, file: Path) -> int:
    """How many there are. Raises InvalidInput for a table that is not filled in yet."""
    if not len(found):
        raise fault(str(file), "", tr("nothing is filled in yet"))
    return len(found)


def _region(file: Path, reading: Reading) -> RegionFile | None:
    """The region in whose folder a table lies."""
    beside = file.resolve().parent / "region.yaml"
    found = reading.read(beside, RegionFile) if beside.is_file() else None
    return None if found is None else found.model


def _capacities(file: Path) -> Found:
    from sim.scenario.services import Known, known, library_services
    from sim.scenario.shapes.service_file import CapacityFile
    from sim.scenario.yaml.checking import check

    reading = Reading()
    region = _region(file, reading)
    reading.note(file)
    is_table = is_workbook(file) or file.suffix.lower() == ".csv"
    document = load_capacities(file) if is_table else load(file)
    model, found = check(document, CapacityFile, reading.faults), {}
    if model is not None:
        table = library_services(reading)
        found = known(Known(document, model.capacities), region.base_year if region else None, table, reading)
    if reading.faults:
        raise InvalidInput(reading.faults)
    return tr("Capacities of services: {n}", n=_some(found, file)), tuple(reading.inputs)


def _targets(file: Path) -> Found:
    """Held as the lines of a plan that fits any region."""
    from sim.scenario import plans
    from sim.scenario.measures import named
    from sim.scenario.services import library_services, names_of
    from sim.scenario.shapes.plan_file import PlanFile
    from sim.scenario.workbook.read import targets
    from sim.scenario.yaml.checking import check

    reading = Reading()
    reading.note(file)
    lines = targets(file, reading.faults)
    words: Value = {"zh": file.stem, "en": file.stem}
    source: Value = {"title": words, "issuer": words, "date": "none"}
    plan: dict[str | int, Value] = {"id": "targets", "title": words, "source": source}
    document = Document(str(file), {**plan, "targets": lines.value}, mapping({"targets": lines}, lines.mark))
    model = check(document, PlanFile, reading.faults) if (count := _some(lines.below or (), file)) else None
    if model is not None:
        table = library_services(reading)
        loaded = Loaded(file.with_name("targets.yaml"), document, model)
        plans.plan(loaded, reading, named(table), names_of(table))
    if reading.faults:
        raise InvalidInput(reading.faults)
    return tr("Lines of a plan: {n}", n=count), tuple(reading.inputs)


def _figures(file: Path) -> Found:
    from sim.places.history import history_of, read_history
    from sim.places.inputs import census_rows

    reading = Reading()
    region = _region(file, reading)
    residents: float | None = None
    if region is not None:
        try:
            residents = census_rows(file.resolve().parent, region.base_year)[region.base_year].resident
        except InvalidInput:
            residents = None
    found = read_history(file) if region is None else history_of(file, region.name.text.zh, residents)
    areas = dict.fromkeys(one.area for one in found)
    words = tr(
        "Published figures of {areas}: {n}", n=_some(found, file), areas=Text("、".join(areas), ", ".join(areas))
    )
    return words, (file, *reading.inputs)


def _census(file: Path) -> Found:
    from sim.places.census import read_rows

    is_named = re.search(r"(19|20)\d\d", file.name) is not None
    rows, faults = read_rows(file, None if is_named else LATEST)
    if faults:
        raise InvalidInput(list(faults))
    return tr("A census table of {year}: {n} counties", year=rows[0].year, n=len(rows)), (file,)


def _own_census(file: Path) -> Found:
    from sim.places.census.store import read_own, read_region

    found = read_region(file.parent) if _is_own_census(file) else read_own(file)
    years = [str(year) for year in found]
    if not found:
        raise fault(str(file), "", tr("nothing is filled in yet"))
    return tr("A region's own figures of the census of {years}", years=Text("、".join(years), ", ".join(years))), (
        file,
    )


def _away(file: Path) -> Found:
    from sim.places.inputs import away_rows, census_rows

    reading = Reading()
    region, residents = _region(file, reading), None
    if region is not None:
        with suppress(InvalidInput):  # told where the census itself is checked
            residents = census_rows(file.resolve().parent, region.base_year)[region.base_year].resident
    found = away_rows(file, residents)
    people = f"{sum(persons for *_, persons in found):,.0f}"
    return tr("People away: {people}", people=people if _some(found, file) else ""), (file, *reading.inputs)


def _observed(file: Path) -> Found:
    """Figures of a check-up or a study: of any region that can be named from where they lie, in any year."""
    from sim.evidence.figures.figures import Frame, read_figures
    from sim.scenario.names import named

    frame = Frame(named(file, "regions"), "", FIRST_YEAR, LAST_YEAR)
    found = read_figures(file, frame)
    return tr("Published figures for a check-up or a study: {n}", n=len(found)), (file,)


def _centres(file: Path) -> Found:
    from sim.places.census.surroundings import seats

    return tr("Coordinates of seats: {n}", n=_some(range(seats(file)), file)), (file,)


def _boundaries(file: Path) -> Found:
    from sim.output.atlas.boundaries import outlines

    return tr("Boundaries: {n} outlines", n=len(outlines(file))), (file,)
