"""Small census tables of made-up counties in the layout of the county volumes."""

from pathlib import Path

from tests.census_rows import figures_2020, write

CODES = ("341299", "341298", "510199", "150199", "430199")


def county(code: str, times: int = 1) -> dict[str, str]:
    """A county whose persons are so many times those of the made-up one."""
    row = figures_2020()
    for key, value in row.items():
        if value.isdigit() and key != "code":
            row[key] = str(times * int(value))
    return row | {"code": code, "county": f"县{code}"}


def census(folder: Path, *rows: dict[str, str]) -> Path:
    """A table of these rows, of a few good ones where none is given; its name says the year."""
    return write(folder / "counties_2020.csv", *(rows or [county(code, 10 + i) for i, code in enumerate(CODES)]))
