"""The registered as runs have them beside published figures: `docs/registered.md`.

`python -m docs.write.registered [--output FILE]`. The figures are in `calibration/registered.csv`; of areas with more
than one, change from the first is compared too, since registers and the census count differently.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import click
import numpy as np

from docs.write.put import put
from sim.common.paths import library
from sim.output.documents.markdown import table
from sim.run.ensemble import Ensemble, simulate
from sim.run.scenario_run import ready
from sim.scenario import scenario

FILE: Final = Path("calibration") / "registered.csv"
DRAWS: Final = 200
LAST: Final = 2025
_SCALE: Final = {"万人": 1e4, "%": 1e-2}
_HEAD: Final = """\
# Registered people, published and run · 户籍人口与户籍人口城镇化率

Written by `python -m docs.write.registered`: every published figure of registered people, and of the share of urban
hukou among them, that is known of the shipped regions from the base year on, beside the trend's median and 80% band.
The base year is matched to a published share where there is one of the area, its prefecture, its province or the
nation (`calibration/national/urban_hukou.csv`), registered people are the published ones of 2020 where a county's
are known (`registered.csv` beside it), so that figures of 2020 are met by making, and else those of the census of 2010
carried on, less whom settlement elsewhere takes. Registers count who has a hukou, a census who lives where: levels may
differ by some percent.
"""


@dataclass(frozen=True, slots=True)
class Compared:
    """A published figure [person or share] and the run's: median and the ends of its 80% band."""

    area: str
    measure: str
    year: int
    published: float
    run: float
    low: float
    high: float

    @property
    def error(self) -> float:
        """Of registered people relative [1], of a share in points."""
        return 100.0 * (self.run - self.published) if self.measure != "registered" else self.run / self.published - 1.0


def compared(draws: int = DRAWS, only: Sequence[str] = ()) -> list[Compared]:
    """Every published figure beside the run's. only: scenarios to run, all where none is named."""
    with (library() / FILE).open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if not only or row["scenario"] in only]
    found = []
    for row in rows:
        names, ensemble = _run(row["scenario"], draws)
        year, measure = int(row["year"]), row["measure"]
        at = ensemble.of(measure, names.index(row["area"]))[ensemble.years.index(year)]
        low, median, high = (float(number) for number in np.quantile(at, [0.1, 0.5, 0.9]))
        found.append(Compared(row["area"], measure, year, float(row["value"]) * _SCALE[row["unit"]], median, low, high))
    return found


@cache
def _run(name: str, draws: int) -> tuple[tuple[str, ...], Ensemble]:
    """Names of the rows, and the run."""
    of = scenario(library() / "scenarios" / name / "trend.yaml", (f"horizon={LAST}", f"test_year={LAST}"))
    names = (*(group.id for group in of.groups), *(region.id for region in of.regions))
    return names, simulate(ready(of).case, range(draws), jobs=2)


def page(found: Sequence[Compared]) -> str:
    """The page as Markdown."""
    rows = [(one.area, str(one.year), *_numbers(one)) for one in sorted(found, key=lambda one: one.measure)]
    head = ("area", "year", "published", "run, median", "80% band", "off")
    errors = [abs(one.error) for one in found if one.measure == "registered"]
    mean = f"Mean error of registered people: {100.0 * float(np.mean(errors)):.1f}% over {len(errors)} figures."
    return "\n".join([_HEAD, table(head, rows, numbers=True), "", mean, ""])


def _numbers(of: Compared) -> tuple[str, ...]:
    if of.measure == "registered":
        return (
            f"{of.published:,.0f}",
            f"{of.run:,.0f}",
            f"{of.low:,.0f}–{of.high:,.0f}",
            f"{100.0 * of.error:+.1f}%",
        )
    return f"{of.published:.2%}", f"{of.run:.2%}", f"{of.low:.2%}–{of.high:.2%}", f"{of.error:+.2f} points"


@click.command()
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), default=None, help="else standard output")
def main(output: Path | None) -> None:
    """Run the trend of every place with published figures of its registered people."""
    text = page(compared())
    put(text, output)


if __name__ == "__main__":
    main()
