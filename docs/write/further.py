"""What a county table says beside counts, and what lies around a county, in the rows of shipped regions.

`python -m docs.write.further CENSUS` rewrites `census.csv` of every shipped region that is a row of
`CENSUS/counties_2020.csv`; `CENSUS/centres.csv` gives coordinates. Nothing else of a row changes.
"""

from dataclasses import replace
from pathlib import Path
from typing import Final

import click

from sim.common.paths import library
from sim.places.census import read_region, read_rows, write_rows
from sim.places.census.store import FILE

YEAR: Final = 2020


def enriched(census: Path, regions: Path) -> list[str]:
    """Rewrite the rows of the regions in this folder; the names of those that were."""
    rows, _ = read_rows(census / f"counties_{YEAR}.csv")
    known = {row.code: row.further for row in rows}
    found = []
    for folder in sorted(regions.iterdir()):
        if not (folder / FILE).is_file():
            continue
        own = read_region(folder)
        last = own.get(YEAR)
        if last is not None and last.code in known:
            own[YEAR] = replace(last, further=known[last.code])
            write_rows(folder / FILE, own.values())
            found.append(folder.name)
    return found


@click.command()
@click.argument("census", type=click.Path(exists=True, file_okay=False, path_type=Path))
def main(census: Path) -> None:
    """Enrich the census rows of shipped regions."""
    click.echo(" ".join(enriched(census, library() / "scenarios" / "regions")))


if __name__ == "__main__":
    main()
