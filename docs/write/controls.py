"""Factors that bring the counties of provinces and prefectures to their published totals, and how places in them fare.

`python -m docs.write.controls DATA [--output docs/base-year.md]`. DATA holds `census/counties_2010.csv`,
`census/counties_2020.csv` and `later.csv`. Every county of the census is run to 2025 with the rates and factors that
runs carry, once with learnt rates and once with its own fit, and summed by area; what the sum lacks of the area's
published change since the census is one factor on town and one on village residents. They are written to
`calibration/national/controls.csv`, which a scenario with a `base_year` after the census reads.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click
import numpy as np
import pandas as pd

from docs.write.closure import counties, nation
from docs.write.closure_fits import with_own_fits
from docs.write.closure_sums import NATION, RESIDENTS, URBAN, YEARS, Sums, on_moves, prepared, summed
from docs.write.folder import published
from docs.write.put import put
from sim.common.paths import library
from sim.evidence.conditioning.clues import Area, load
from sim.model.arrays import Array
from sim.output.documents.markdown import table
from sim.scenario.begins import FILE
from sim.scenario.closure import Made, load_factors

_CENSUS: Final = YEARS[0] - 1
_SHOWN: Final = ("resident_pop", "urbanization_rate")
_MANY: Final = "4401"
"""Guangzhou, whose districts are half of the figures."""
_HEAD: Final = """\
# A base year after the census · 普查后的基年

Written by `make controls`. A scenario with `base_year: 2025` starts from people of the census of 2020, carried forward
with the rates of its region and the yearly factors that make counties add up to the nation ([closure](closure.md)). At
the end of 2025 its town and village residents are multiplied by two factors of its prefecture, or where that has no
figures of its province: every county of the census is run the same way, summed by area, and held against what the area
published. A place that has figures of its own is held to those instead; what an area's residents and urban share lack
in the last year known stays until 2025, and an area without figures has no factors.

Figures of prefectures and counties are a test below: each place is given the factors of the area around it alone.
"""


@dataclass(frozen=True, slots=True)
class Control:
    """Factors on town and village residents of an area [1] at the end of a year. known: the year of its figures."""

    made: Made
    code: str
    year: int
    known: int
    urban: float
    rural: float


def controls(made: Made, sums: Sums, areas: Mapping[str, Area]) -> list[Control]:
    """The factors of every area that published residents since the census, for each year from its first figure."""
    found = []
    for code, area in sorted(areas.items()):
        if code != NATION and ("urbanization_rate", _CENSUS) in area.values:
            found += list(_of_area(made, code, area, _total(sums, code)))
    return found


def stem(code: str) -> str:
    """What the codes of an area's counties begin with."""
    return code[:2] if code.endswith("0000") else code.removesuffix("00")


def _total(sums: Sums, code: str) -> Array:
    """Residents and urban residents of an area's counties [year from the census on, 2]."""
    own = [i for i, county in enumerate(sums.codes) if county.startswith(stem(code))]
    total: Array = sums.of[:, own].sum(axis=1)[:, [RESIDENTS, URBAN]]
    return total


def _of_area(made: Made, code: str, area: Area, total: Array) -> Iterator[Control]:
    """What residents and the urban share lack in the last year known stays until the next."""
    share, apart, ratio, known = total[:, 1] / total[:, 0], 0.0, None, 0
    for at, year in enumerate(YEARS, start=1):
        if ("urbanization_rate", year) in area.values:
            gained = area.values["urbanization_rate", year] - area.values["urbanization_rate", _CENSUS]
            apart, known = share[0] + gained - share[at], year
        if ("resident", year) in area.values:
            grown = area.values["resident", year] / area.values["resident", _CENSUS]
            ratio, known = grown * total[0, 0] / total[at, 0], year
        if ratio is not None:
            rural = (1.0 - share[at] - apart) / (1.0 - share[at]) if share[at] < 1.0 else 1.0
            yield Control(made, code, year, known, float(ratio * (1.0 + apart / share[at])), float(ratio * rural))


def held(sums: Sums, found: Sequence[Control], place: str = "") -> Sums:
    """The counties' sums with the residents that factors of the nearest area leave. place: whose own are not used."""
    of = sums.of.copy()
    factors = {(stem(one.code), one.year): one for one in found if one.code != place}
    for i, county in enumerate(sums.codes):
        for at, year in enumerate(YEARS, start=1):
            one = factors.get((county[:4], year)) or factors.get((county[:2], year))
            if one is not None:
                urban = sums.of[at, i, URBAN]
                of[at, i, URBAN] = urban * one.urban
                of[at, i, RESIDENTS] = urban * one.urban + (sums.of[at, i, RESIDENTS] - urban) * one.rural
    return Sums(sums.codes, of)


def write(found: Sequence[Control], path: Path) -> None:
    """Write the factors."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("rates", "code", "year", "known", "urban", "rural"))
        for one in found:
            writer.writerow((one.made, one.code, one.year, one.known, f"{one.urban:.4f}", f"{one.rural:.4f}"))


def page(before: Mapping[Made, Sums], found: Sequence[Control], later: pd.DataFrame, names: Mapping[str, str]) -> str:
    """The page as Markdown. names: of provinces by code."""
    own = {made: [one for one in found if one.made == made] for made in before}
    after = {made: held(sums, own[made]) for made, sums in before.items()}
    lines = [_HEAD, "## Do places come nearer? · 各地是否更接近公布数\n"]
    lines += [_places(before, own, later), "", "## The nation · 全国\n", _nation(before, after), ""]
    return "\n".join([*lines, "## The factors at the end of 2025 · 2025年末的系数\n", _factors(found, names), ""])


def _nation(before: Mapping[Made, Sums], after: Mapping[Made, Sums]) -> str:
    last, fact = YEARS[-1], nation()
    head = ("all counties since 2020, in 2025 · 全部县", "residents %", "urban share, points")
    rows = [("published · 公布", *(f"{fact[one, last]:+.2f}" for one in _SHOWN))]
    for made in before:
        for name, sums in ((f"{made}", before[made]), (f"{made}, with the factors", after[made])):
            changes = sums.changes(NATION)
            rows.append((name, *(f"{changes[one, last]:+.2f}" for one in _SHOWN)))
    return table(head, rows, numbers=True)


def _places(before: Mapping[Made, Sums], found: Mapping[Made, Sequence[Control]], later: pd.DataFrame) -> str:
    """Mean absolute errors of prefectures and counties, each with the factors of the area around it."""
    head = ("mean absolute error · 平均绝对误差", "n", "rates alone · 仅速度", "with the factors · 加控制系数")
    rows = []
    for made in before:
        known = list(_figures(before[made], later))
        without = {code: held(before[made], found[made], code) for code in dict.fromkeys(one[0] for one in known)}
        for measure, unit in zip(_SHOWN, ("residents %", "urban share, points"), strict=True):
            own = [one for one in known if one[1] == measure]
            for where, some in (("", own), (", outside Guangzhou", [one for one in own if one[0][:4] != _MANY])):
                first, second = (
                    np.mean([abs(of[code].changes(code)[name, year] - fact) for code, name, year, fact in some])
                    for of in (dict.fromkeys(without, before[made]), without)
                )
                rows.append((f"{made}: {unit}{where}", str(len(some)), f"{first:.2f}", f"{second:.2f}"))
    return table(head, rows, numbers=True)


def _figures(sums: Sums, later: pd.DataFrame) -> Iterator[tuple[str, str, int, float]]:
    """Published changes since the census of prefectures and counties whose counties are in the table."""
    areas, known = load(), set(sums.codes)
    for code in sorted(set(later["code"])):
        if code.endswith("0000"):
            continue
        members = [i for i, county in enumerate(sums.codes) if county.startswith(code.removesuffix("00"))]
        own = areas.get(code)
        if not members or (own is None and code not in known):
            continue
        start = sums.of[0, members].sum(axis=0)
        residents = own.values["resident", _CENSUS] if own is not None else float(start[RESIDENTS])
        urban = own.values.get(("urbanization_rate", _CENSUS), np.nan) if own is not None else start[URBAN] / residents
        for (measure, year), value in published(later, code, residents, 100.0 * float(urban)).items():
            if measure in _SHOWN and year in YEARS and np.isfinite(value):
                yield code, measure, year, value


def _factors(found: Sequence[Control], names: Mapping[str, str]) -> str:
    head = (
        "area · 地区",
        "figures of · 公布至",
        *(f"{made}: {who}" for made in ("learnt", "fitted") for who in _WHO),
    )
    last = {(one.code, one.made): one for one in found if one.year == YEARS[-1]}
    rows = []
    for code in sorted({one.code for one in found}):
        both = [last[code, made] for made in ("learnt", "fitted")]
        rows.append((names[code], str(both[0].known), *(f"{x:.3f}" for one in both for x in (one.urban, one.rural))))
    return table(head, rows, numbers=True)


_WHO: Final = ("towns · 城镇", "villages · 乡村")


@click.command()
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), default=None, help="else standard output")
def main(data: Path, output: Path | None) -> None:
    """Find the factors of all provinces anew, keep them, and write what they do."""
    blocks = prepared(counties(data))
    sums: dict[Made, Sums] = {
        "learnt": summed(blocks, on_moves(load_factors("learnt"))),
        "fitted": summed(with_own_fits(blocks, data), on_moves(load_factors("fitted"))),
    }
    areas = load()
    found = [one for made, of in sums.items() for one in controls(made, of, areas)]
    write(found, library() / FILE)
    later = pd.read_csv(data / "later.csv", dtype={"code": str})
    text = page(sums, found, later, {code: area.name for code, area in areas.items()})
    put(text, output)


if __name__ == "__main__":
    main()
