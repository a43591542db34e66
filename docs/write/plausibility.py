"""Whether what the program says of places could be: every shipped scenario and every county against the limits.

`python -m docs.write.plausibility DATA [--every N] [--output docs/plausibility.md]`. DATA holds
`census/counties_2020.csv`. Every county of the census is run to 2035 with the rates that counties like it have taught,
every shipped scenario as it is. Leaves with exit code 1 where a shipped scenario is outside the limits.
"""

import os
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click
import numpy as np

from sim.common.language import Text
from sim.common.paths import library
from sim.output.documents.markdown import table
from sim.output.report.unusual import usual
from sim.places.census import CensusRow, read_rows
from sim.questions.census_sweep.county import Asked, county_case
from sim.run.ensemble import simulate
from sim.run.grounds import grounds
from sim.run.plausible import NAMES, limit, looked_at, unusual
from sim.run.scenario_run import ready
from sim.run.tables import Unusual
from sim.scenario import scenario

YEARS: Final = (2020, 2025, 2035)
DRAWS: Final = 8
OF_SCENARIO: Final = 50
_FILES: Final = ("regions", "plans", "policies", "projects", "processes")
_CHUNK: Final = 24
_HEAD: Final = """\
# Could it be so? · 结果是否合乎常情

Written by `make plausible`. Limits are what all but one in a thousand counties of the censuses of 2010 and 2020 lay
within, and what the nation becomes (`sim/run/plausible.csv`, each with its source; derived by
`python -m docs.write.plausible`). They are of medians. A run that leaves them says so in its report and on the
terminal. 界限为2010、2020年普查中千分之九百九十九的县所见,并随全国变化;超出者在报告和终端中说明。
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """A quantity of a county in a year: its value, and whether it lies within the limits."""

    code: str
    name: str
    quantity: str
    year: int
    value: float

    @property
    def is_usual(self) -> bool:
        """Whether the limits hold it."""
        held = limit(self.quantity, self.year)
        return held.low <= self.value <= held.high


def county(row: CensusRow, draws: int = DRAWS) -> list[Seen]:
    """What a county is like in the years, where it is known."""
    ensemble = simulate(county_case(row, Asked(draws=draws, horizon=YEARS[-1])), range(draws), YEARS)
    return [
        Seen(row.code, row.name, quantity, year, value)
        for year in YEARS
        for quantity, value in looked_at(ensemble, 0, year, YEARS).items()
        if np.isfinite(value)
    ]


def shipped() -> list[Path]:
    """The scenarios that the program carries."""
    return sorted(path for path in (library() / "scenarios").glob("*/*.yaml") if path.parent.name not in _FILES)


def outside(file: Path, draws: int = OF_SCENARIO) -> tuple[Unusual, ...]:
    """What leaves the limits in a shipped scenario."""
    of = scenario(file, (f"draws={draws}",))
    case = ready(of).case
    ensemble = simulate(case, range(draws), sorted({*YEARS, of.horizon} & {case.base_year, *case.years}))
    return unusual(ensemble, list(grounds(of)))


def page(seen: Sequence[Seen], counties: int, found: Mapping[Path, Sequence[Unusual]], every: int = 1) -> str:
    """The page in Markdown. counties: how many were run, every so many of the table."""
    rows = [(f"`{file.parent.name}/{file.stem}`", _listed(some)) for file, some in found.items() if some]
    heads = ("", *(f"{year}: {what}" for year in YEARS for what in ("usual · 常见", "seen · 结果", "outside · 超出")))
    scenarios = f"{len(found)} scenarios, {OF_SCENARIO} draws each; outside the limits: {len(rows)}.\n"
    which = f"every {every}th county" if every > 1 else "every county"
    number = f"{counties:,} counties ({which} of the census of 2020) on learnt rates, {DRAWS} draws each"
    return "\n".join(
        [
            _HEAD,
            f"## Shipped scenarios · 随附情景\n\n{scenarios}",
            *([table(("scenario · 情景", "outside · 超出"), rows)] if rows else []),
            f"## Counties · 各县\n\n{number}: the range of all but one in a hundred, and how many lie outside.\n",
            table(heads, list(_rows(seen))),
            "### Those outside · 超出者\n",
            table(("", "", *(str(year) for year in YEARS)), list(_those(seen))),
        ]
    )


def _rows(seen: Sequence[Seen]) -> Iterator[tuple[str, ...]]:
    groups: dict[tuple[str, int], list[Seen]] = defaultdict(list)
    for one in seen:
        groups[one.quantity, one.year].append(one)
    for quantity, (words, _) in NAMES.items():
        cells: list[str] = []
        for year in YEARS:
            some = groups.get((quantity, year), [])
            held = limit(quantity, year)
            low, high = np.quantile([one.value for one in some], (0.005, 0.995)) if some else (np.nan, np.nan)
            many = sum(not one.is_usual for one in some)
            usual = f"{held.low:.3g}–{held.high:.3g}"
            cells += [usual, f"{low:.3g}–{high:.3g}", str(many)] if some else ["", "", ""]
        if any(cells):
            yield (_both(words), *cells)


def _those(seen: Sequence[Seen]) -> Iterator[tuple[str, ...]]:
    """Counties outside by quantity, the furthest first, at most eight a year."""
    for quantity, (words, _) in NAMES.items():
        by_year = [[one for one in seen if (one.quantity, one.year) == (quantity, year)] for year in YEARS]
        wrong = [sorted((one for one in some if not one.is_usual), key=_distance, reverse=True) for some in by_year]
        if any(wrong):
            cells = (", ".join(f"{one.name} {one.code}: {one.value:.3g}" for one in some[:8]) for some in wrong)
            yield (_both(words), "", *cells)


def _distance(one: Seen) -> float:
    held = limit(one.quantity, one.year)
    return max(held.low - one.value, one.value - held.high) / (held.high - held.low)


def _listed(some: Sequence[Unusual]) -> str:
    return "; ".join(f"{one.region} {one.year} {one.what.en} {one.value:.3g} ({usual(one, 'en')})" for one in some)


def _both(words: Text) -> str:
    return f"{words.en} · {words.zh}"


def _counties(rows: Sequence[CensusRow]) -> list[Seen]:
    return [one for row in rows for one in county(row)]


@click.command()
@click.argument("data", type=click.Path(path_type=Path))
@click.option("--every", type=click.IntRange(min=1), default=1, help="only every so many counties")
@click.option("--output", type=click.Path(path_type=Path), default=Path("docs/plausibility.md"))
def main(data: Path, every: int, output: Path) -> None:
    """Write the page."""
    rows = read_rows(data / "census" / "counties_2020.csv")[0][::every]
    parts = [rows[first : first + _CHUNK] for first in range(0, len(rows), _CHUNK)]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        seen = [one for part in pool.map(_counties, parts) for one in part]
    found = {file: outside(file) for file in shipped()}
    output.write_text(page(seen, len(rows), found, every), encoding="utf-8")
    sys.exit(1 if any(found.values()) else 0)


if __name__ == "__main__":
    main()
