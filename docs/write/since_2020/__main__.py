"""`python -m docs.write.since_2020 [CENSUS] [--output FILE]`: score the trend on figures published since the census.

CENSUS is a folder of the tables `counties_YEAR.csv` and `provinces_YEAR.csv` of 2010 and 2020; without it provinces and
prefectures of which no region is shipped are left out.
"""

from pathlib import Path
from typing import Final

import click

from docs.write.since_2020.areas import CensusFolder
from docs.write.since_2020.compare import later
from docs.write.since_2020.page import page
from sim.common.errors import InvalidInput

YEARS: Final = (2010, 2020)


@click.command()
@click.argument("census", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), default=None, help="else standard output")
@click.option("--draws", type=click.IntRange(min=20), default=None, help="number of draws, else each scenario's own")
def main(census: Path | None, output: Path | None, draws: int | None) -> None:
    """Score the trend scenarios on figures published since the census."""
    try:
        text = page(later(None if census is None else CensusFolder(census, *YEARS), draws))
    except InvalidInput as problem:
        raise click.ClickException(problem.message("en")) from None
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
