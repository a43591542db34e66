"""Whether a region's own tables can be read, for those who check a scenario without running it."""

import csv
import io
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Final

from sim.common.errors import Fault, InvalidInput, Place, fault, nearest
from sim.common.language import Text
from sim.common.plain import content
from sim.common.written import number
from sim.model.axes import N_AGES, REGISTRATIONS, SEXES
from sim.places.census.row import CensusRow
from sim.places.census.store import FILE, read_region
from sim.places.history import history_of
from sim.places.texts import tr

AWAY_FILE: Final = "away.csv"
AWAY_COLUMNS: Final = ("hukou", "sex", "age", "persons")
HISTORY: Final = "history.csv"
MOST_AWAY: Final = 5.0
"""How many times its residents are away from a region at most; in the censuses of 2010 and 2020 a county's registered
population is larger than its residents by 0.82 times these at the most (太仆寺旗, 2010)."""
Away = tuple[tuple[int, int, int, float], ...]
"""Positions of registration, sex and age, and the persons of each."""


def check_regions(
    regions: Iterable[tuple[Path, int, Path | None, str]], histories: Iterable[tuple[Path, str]] = ()
) -> None:
    """Reads what a run reads of regions: census rows, people away, history; and the histories of groups.

    regions: the folder of each, its base year, its history where a file names one, and its Chinese name; histories:
    with the name of each group. InvalidInput with the faults of every file.
    """
    looks: list[Callable[[], object]] = []
    for folder, base_year, named, name in regions:
        looks.append(partial(census_rows, folder, base_year))
        if (folder / AWAY_FILE).is_file():
            looks.append(partial(_away, folder, base_year))
        history = named or folder / HISTORY
        if history.is_file():
            looks.append(partial(_history, history, folder, base_year, name))
    looks += [partial(history_of, path, name) for path, name in histories]
    faults: list[Fault] = []
    for look in looks:
        try:
            look()
        except InvalidInput as invalid:
            faults.extend(invalid.faults)
    if faults:
        raise InvalidInput(faults)


def census_rows(folder: Path, year: int) -> dict[int, CensusRow]:
    """All census rows of a region; InvalidInput where a file is bad or the base year is not among them."""
    rows = read_region(folder)
    if year not in rows:
        known = ", ".join(str(known) for known in rows)
        raise fault(
            str(folder / FILE),
            str(year),
            tr("no census figures of the base year {year} (there are {known})", year=year, known=known),
        )
    return rows


def away_rows(path: Path, residents: float | None = None) -> Away:
    """People away by registration, sex and age [persons]; InvalidInput with every bad row.

    residents: of the region, of which no more can be away than some times as many.
    """
    total, rows, faults = 0.0, dict[tuple[int, int, int], float](), list[Fault]()
    for line, row in _away_lines(path):
        place = Place(str(path), line, 1)
        cell, persons, wrong = _away_row(row)
        if not wrong and cell in rows:
            wrong.append(("age", tr("is given twice"), None))
        faults.extend(Fault(place, column, problem, like) for column, problem, like in wrong)
        if wrong:
            continue
        rows[cell] = persons
        total += persons
        if residents is not None and total > MOST_AWAY * residents:
            raise _too_many(path, line, persons, residents)
    if faults:
        raise InvalidInput(faults)
    return tuple((*cell, persons) for cell, persons in rows.items())


def _away_lines(path: Path) -> list[tuple[int, dict[str, str]]]:
    """The lines of the table by column; InvalidInput with the line of the first that is none."""
    line = 1
    try:
        reader = csv.DictReader(io.StringIO(content(path).decode("utf-8-sig"), newline=""))
        found = []
        for row in reader:
            line = reader.line_num
            if None in row or None in row.values():
                raise ValueError(",".join(str(cell) for cell in row.values() if cell is not None))
            found.append((line, {column: row[column] for column in AWAY_COLUMNS}))
    except (OSError, KeyError, ValueError, TypeError, csv.Error) as problem:
        text_of = tr("not a table of people away (hukou, sex, age, persons): {problem}", problem=problem)
        raise InvalidInput([Fault(Place(str(path), line, 1), "", text_of)]) from None
    return found


def _too_many(path: Path, line: int, persons: float, residents: float) -> InvalidInput:
    problem = tr(
        "with {persons:g} here, more than {times:g} times the {residents:,.0f} residents are away: check the figures",
        persons=persons,
        times=MOST_AWAY,
        residents=residents,
    )
    return InvalidInput([Fault(Place(str(path), line, 1), "persons", problem)])


def _away(folder: Path, base_year: int) -> object:
    """People away, against the census where that can be read; its own faults are told where it is read."""
    try:
        residents = census_rows(folder, base_year)[base_year].resident
    except InvalidInput:
        return away_rows(folder / AWAY_FILE)
    return away_rows(folder / AWAY_FILE, residents)


def _away_row(row: dict[str, str]) -> tuple[tuple[int, int, int], float, list[tuple[str, Text, str | None]]]:
    """Registration, sex and age of a line, its persons, and what is wrong: column, problem, nearest right name."""
    wrong: list[tuple[str, Text, str | None]] = []
    for column, known in (("hukou", REGISTRATIONS), ("sex", SEXES)):
        if (given := row[column]) not in known:
            problem = tr("{given} must be one of {allowed}", given=repr(given), allowed=", ".join(known))
            wrong.append((column, problem, nearest(given, known)))
    if not (row["age"].isdecimal() and len(row["age"]) <= 3 and int(row["age"]) < N_AGES):
        allowed = f"0…{N_AGES - 1}"
        wrong.append(("age", tr("{given} must be an age in {allowed}", given=repr(row["age"]), allowed=allowed), None))
    persons = number(row["persons"])
    if persons is None or persons < 0.0:
        wrong.append(("persons", tr("{given} must be a number of 0 or more", given=repr(row["persons"])), None))
    if wrong:
        return (0, 0, 0), 0.0, wrong
    cell = REGISTRATIONS.index(row["hukou"]), SEXES.index(row["sex"]), int(row["age"])
    return cell, persons or 0.0, wrong


def _history(history: Path, folder: Path, base_year: int, name: str) -> object:
    """The history of a region, against its census where that can be read; its own faults are told where it is read."""
    try:
        residents = census_rows(folder, base_year)[base_year].resident
    except InvalidInput:
        return history_of(history, name)
    return history_of(history, name, residents)
