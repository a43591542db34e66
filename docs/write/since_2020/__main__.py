"""`python -m docs.write.since_2020 [DATA] [--output FILE]`: score the trend on figures published since the census.

DATA holds `census/` with the tables `counties_YEAR.csv` and `provinces_YEAR.csv` of 2010 and 2020, and `later.csv`, of
which every figure of residents, urban share, births and deaths is scored; without it only shipped places are.
"""

from pathlib import Path

import click

from docs.write.folder import CENSUSES, later_figures, with_tables
from docs.write.put import put
from docs.write.since_2020.areas import CensusFolder
from docs.write.since_2020.compare import later
from docs.write.since_2020.data_page import data_sections
from docs.write.since_2020.page import page
from docs.write.since_2020.places import place_errors
from docs.write.since_2020.provinces import facts, provinces, score
from docs.write.since_2020.words import answered, section
from sim.common.errors import InvalidInput


def scored(data: Path, census: CensusFolder) -> str:
    """Sections on every figure of the folder's later.csv."""
    table = later_figures(data)
    of = provinces(census)
    fact = facts(of, table)
    return data_sections(of, fact, score(of, fact), place_errors(data, table))


@click.command()
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), default=None, help="else standard output")
@click.option("--draws", type=click.IntRange(min=20), default=None, help="number of draws, else each scenario's own")
def main(data: Path | None, output: Path | None, draws: int | None) -> None:
    """Score the trend scenarios on figures published since the census."""
    try:
        census = None if data is None else CensusFolder(with_tables(data) / "census", *CENSUSES)
        found = later(census, draws)
        words = section(tuple(answered()), found.comparisons)
        text = page(found, "" if data is None or census is None else scored(data, census), words)
    except InvalidInput as problem:
        raise click.ClickException(problem.message("en")) from None
    put(text, output)


if __name__ == "__main__":
    main()
