"""How far places strayed from the area around them: over ten years in two censuses, and over fewer in registers.

`python -m docs.write.strayed DATA` prints the table of docs/observed.md, from which `conditioning.clues.STRAYED` is
taken. DATA: `census/counties_{2010,2020}.csv` and `county_panel_2010_2023.csv`.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import click
import numpy as np

from sim.evidence.conditioning.clues import Kind, Whose, level_of
from sim.model.arrays import Array
from sim.output.documents.markdown import table
from sim.places.census.pairs import Pair, pairs
from sim.places.census.read import read_rows

_NEAREST: Final = 0.68
_FEWEST: Final = 2
_SPANS: Final = (1, 2, 3, 5, 7, 10)
_WIDTH: Final[dict[Whose, int]] = {"prefecture": 4, "province": 2}
_SPANS_SAID: Final = """\
Registered people of counties against their prefecture, over so many years: {said}; as the power {power:.2f} of time."""
Key = tuple[Kind, Whose, str]


class _People(NamedTuple):
    """Residents and townspeople of both censuses."""

    before: float
    now: float
    urban_before: float
    urban_now: float

    def strayed(self, area: "_People") -> tuple[float, float]:
        """Off the area: growth of residents (share), and gain of the urban share (share)."""
        growth = self.now / self.before / (area.now / area.before) - 1.0
        return growth, self.gain() - area.gain()

    def gain(self) -> float:
        """Gain of the urban share [share]."""
        return self.urban_now / self.now - self.urban_before / self.before


def strayed(matched: Sequence[Pair]) -> dict[Key, tuple[float, int]]:
    """The 68% of places that strayed least by kind, area and measure [share], with their number."""
    people = {one.second.code: _of(one) for one in matched}
    found: dict[Key, list[float]] = defaultdict(list)
    for whose, width in _WIDTH.items():
        for area in _grouped(people, width):
            _put(found, {code: people[code] for code in area}, whose)
    for province in _grouped(people, _WIDTH["province"]):
        parts = _grouped(province, _WIDTH["prefecture"])
        sums = {f"{area[0][:4]}00": _sum([people[code] for code in area]) for area in parts}
        _put(found, sums, "province")
    return {key: (float(np.quantile(np.abs(some), _NEAREST)), len(some)) for key, some in found.items()}


def _put(found: dict[Key, list[float]], people: dict[str, _People], whose: Whose) -> None:
    whole = _sum(list(people.values()))
    for code, one in people.items():
        growth, gain = one.strayed(whole)
        found[level_of(code), whose, "resident"].append(growth)
        found[level_of(code), whose, "urbanization_rate"].append(gain)


def _of(pair: Pair) -> _People:
    return _People(pair.first.resident, pair.second.resident, pair.first.urban, pair.second.urban)


def _sum(some: Sequence[_People]) -> _People:
    return _People(*np.sum(some, axis=0).tolist())


def _grouped(codes: Iterable[str], width: int) -> Iterator[list[str]]:
    """Codes that share their first digits, where there are several."""
    groups: dict[str, list[str]] = defaultdict(list)
    for code in codes:
        groups[code[:width]].append(code)
    yield from (some for some in groups.values() if len(some) >= _FEWEST)


def by_span(rows: Sequence[tuple[str, int, float]]) -> dict[int, float]:
    """The same of registered people over some years [share], by span. rows: code, year, people."""
    people: dict[str, dict[int, float]] = defaultdict(dict)
    for code, year, count in rows:
        people[code][year] = count
    found = {}
    for span in _SPANS:
        some = [off for codes in _grouped(people, _WIDTH["prefecture"]) for off in _off(people, codes, span)]
        if some:
            found[span] = float(np.quantile(np.abs(some), _NEAREST))
    return found


def _off(people: dict[str, dict[int, float]], codes: Sequence[str], span: int) -> Iterator[float]:
    for year in sorted({year for code in codes for year in people[code]}):
        known = [code for code in codes if {year, year + span} <= people[code].keys()]
        if len(known) > _FEWEST:
            before, now = (np.array([people[code][at] for code in known]) for at in (year, year + span))
            yield from (now / before / (now.sum() / before.sum()) - 1.0).tolist()


def power(found: dict[int, float]) -> float:
    """The power of time with which places stray, by least squares of logarithms."""
    spans, sizes = (np.log(np.array(list(some), dtype=np.float64)) for some in (found.keys(), found.values()))
    slope: Array = np.polyfit(spans, sizes, 1)
    return float(slope[0])


def section(data: Path) -> str:
    """The tables as Markdown."""
    tables = [read_rows(data / "census" / f"counties_{year}.csv")[0] for year in (2010, 2020)]
    rows = [
        (kind, whose, str(n), f"{100.0 * size:.1f}", f"{100.0 * found[kind, whose, 'urbanization_rate'][0]:.1f}")
        for found in (strayed(pairs(*tables).pairs),)
        for (kind, whose, measure), (size, n) in found.items()
        if measure == "resident"
    ]
    with (data / "county_panel_2010_2023.csv").open(encoding="utf-8-sig", newline="") as file:
        panel = [(row["code"], int(row["year"]), row["registered_pop_10k"]) for row in csv.DictReader(file)]
    spans = by_span([(code, year, float(count)) for code, year, count in panel if count and float(count) > 0.0])
    head = ("place", "from its", "n", "residents, %", "urban share, points")
    said = ", ".join(f"{span}: {100.0 * size:.1f}%" for span, size in spans.items())
    return "\n".join((table(head, rows, numbers=True), "", _SPANS_SAID.format(said=said, power=power(spans))))


@click.command()
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
def main(data: Path) -> None:
    """Print how far places strayed from the area around them."""
    click.echo(section(data))


if __name__ == "__main__":
    main()
