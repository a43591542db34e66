"""Whether the counties add up: every county of a census with learnt rates, summed, beside the nation and the provinces.

`python -m docs.write.closure DATA [--solve] [--output docs/closure.md]`. DATA holds `census/counties_2020.csv`,
`census/provinces_2020.csv` and `later.csv`. The factors are those that ship, which any folder of the layout is scored
with; `--solve` finds them anew and writes them to `calibration/national/`. Only counties of the table are run, so what
is compared is the change since the census: residents as a ratio, urban share in points, births and deaths per thousand
residents.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click
import numpy as np
import pandas as pd

from docs.write.closure_fits import with_own_fits
from docs.write.closure_solve import GIVEN, learnt_weights, solved, write
from docs.write.closure_sums import (
    MEASURES,
    NATION,
    RESIDENTS,
    YEARS,
    Block,
    Sums,
    on_moves,
    people_of,
    prepared,
    summed,
)
from docs.write.folder import CENSUSES, later_figures, published, with_tables
from docs.write.put import put
from docs.write.since_2020.areas import CensusFolder
from docs.write.since_2020.provinces import PACES, facts, pace, provinces
from sim.common.errors import Fault, InvalidInput, Place
from sim.common.language import Text
from sim.common.paths import library
from sim.evidence.calibrate.unfitted import unlike
from sim.model.arrays import Array
from sim.output.documents.markdown import table
from sim.places.census import CensusRow, read_rows
from sim.scenario.closure import FILE, KINDS, Made, load_factors

Changes = Mapping[tuple[str, int], float]

NATION_FILE: Final = Path("calibration") / "national" / "residents.csv"
VITAL_FILE: Final = Path("calibration") / "national" / "vital_figures.csv"
MOST: Final = 0.5
"""Share of the nation's residents from which on a sum of counties is held to the nation's change [1]."""
_HELD: Final = "so their sum is held to the nation's change since\n2020, not to its level"
_PART: Final = (
    "too small a part for their sum to be held to\nthe nation's change; the nation stands beside it all the same"
)
_HEAD: Final = """\
# Do the counties add up? · 各县相加是否等于全国

Written by `make closure`: {counties:,} counties of the census of 2020 with rates learnt across counties, run to {last}
without noise and summed. They hold {share:.1%} of China's residents, {held}.
Births and deaths are per thousand residents.

What arrives in one county leaves no other. *Before*: the sum so gains residents and towns that the nation does not
have. *After*: with the yearly factors of `calibration/national/closure_factors.csv`, which every run with learnt or
fitted rates carries ([decision 22](decisions/0022-counties-add-up.md)). Where rates are learnt, leaving and return go
at the pace against the decade before that the provinces' residents ask for (× {leave:.2f} and × {back:.2f}, estimated
with each province run as one region, [since 2020](since-2020.md)); arrivals, moves to town and births are then solved
for the nation's residents, urban share and births per resident. Of the provinces' figures below, residents so entered
by two numbers that all counties share; deaths are not asked for. Births fall short without a factor because a county's
fertility is fitted to the children whom the census found there. Rates fitted to a county's own two censuses carry the
decade of 2010–2020 on, which learnt rates do not, so that factors of their own go with them, solved with every county
on its own fit: without factors such counties together change their residents by
{fitted_residents:+.1f}% and their urban share by {fitted_share:+.1f} points by {last}, and have
{fitted_births:+.1f}% of the nation's births per resident in {first}.

The factor on moves to town of 2022 makes a dent in every chart of moves. It follows the published share, which rose by
0.50 points that year and by 0.83 and 0.94 in the years beside it. Movement restrictions held people where they were:
rural workers away from their township grew by 0.18 million in 2022, after 2.13 million in 2021, a twelfth, and those in
another province fell by 1.0% (National Bureau of Statistics, surveys of migrant workers of 2021 and 2022). The factor
falls on reclassification as well, of which nothing is known by year; 2022 is not among the years whose mean is held
afterwards.
"""


@dataclass(frozen=True, slots=True)
class Closure:
    """The counties' sums without factors and with those that runs carry; fitted: on own fits, without factors."""

    before: Sums
    after: Sums
    fitted: Sums

    @property
    def residents(self) -> float:
        """Of the counties at the census [persons]."""
        return float(self.before.of[0, :, RESIDENTS].sum())


def closure(data: Path) -> Closure:
    """The counties of a folder, with the factors that the program carries."""
    blocks = prepared(counties(data))
    return _closure(blocks, with_own_fits(blocks, data))


def _closure(blocks: Sequence[Block], own: Sequence[Block]) -> Closure:
    """own: the same counties on their own fits."""
    return Closure(summed(blocks), summed(blocks, on_moves(load_factors())), summed(own))


def counties(data: Path) -> list[CensusRow]:
    """Those that rates are learnt for."""
    rows, _ = read_rows(data / "census" / "counties_2020.csv")
    return [row for row in rows if not unlike(row)]


def share_of_nation(residents: float) -> float:
    """Of the nation's residents at the census [1]. residents: of the counties that are run."""
    return residents / _nation_figures()[YEARS[0] - 1][0]


def _enough(blocks: Sequence[Block]) -> None:
    """Refuse to solve for the nation with too small a part of it."""
    share = share_of_nation(sum(float(people_of(block.lanes.pop)[:, 0].sum()) for block in blocks))
    if share < MOST:
        said = Text(
            f"这些县只占全国常住人口的{share:.1%}", f"these counties hold {share:.1%} of the nation's residents alone"
        )
        raise InvalidInput([Fault(Place("--solve"), "", said)])


def _nation_figures() -> dict[int, tuple[float, float]]:
    """The nation's residents [persons] and urban share [1] by year."""
    with (library() / NATION_FILE).open(encoding="utf-8", newline="") as file:
        return {int(row["year"]): (float(row["residents"]), float(row["urban_share"])) for row in csv.DictReader(file)}


def paces(data: Path, later: pd.DataFrame) -> dict[str, float]:
    """Leaving and return times the decade before [1], as the provinces' figures ask for."""
    of = provinces(CensusFolder(data / "census", *CENSUSES))
    logs = dict(zip(PACES, pace(of, facts(of, later), np.arange(len(of.rows))), strict=True))
    return {flow: float(np.exp(logs[flow])) for flow in GIVEN}


def nation() -> dict[tuple[str, int], float]:
    """The nation's residents [%] and urban share [points] as changes since the year of the census, and births [‰]."""
    known = _nation_figures()
    with (library() / VITAL_FILE).open(encoding="utf-8", newline="") as file:
        births = {int(row["year"]): float(row["value"]) for row in csv.DictReader(file) if row["measure"] == "births"}
    residents, share = known[YEARS[0] - 1]
    found = {}
    for year in YEARS:
        found["resident_pop", year] = 100.0 * (known[year][0] / residents - 1.0)
        found["urbanization_rate", year] = 100.0 * (known[year][1] - share)
        found["birth_rate", year] = 1e3 * births[year] / ((known[year - 1][0] + known[year][0]) / 2.0)
    return found


def page(of: Closure, provinces: Sequence[CensusRow], later: pd.DataFrame, names: Mapping[str, str]) -> str:
    """The page as Markdown. provinces: their census rows; names: of the provinces by code."""
    whole = sum(row.resident for row in provinces)
    urban = sum(row.urban for row in provinces)
    known = {row.code: published(later, row.code, row.resident, 100.0 * row.urban / row.resident) for row in provinces}
    fact = published(later, NATION, whole, 100.0 * urban / whole) | nation()
    share = share_of_nation(of.residents)
    held = _HELD if share >= MOST else _PART
    lines = [
        _HEAD.format(
            counties=len(of.before.codes), share=share, held=held, **_on_own_fits(of.fitted, fact), **_slowed()
        )
    ]
    lines += ["## The nation · 全国\n", _nation(of, fact), ""]
    lines += ["## The provinces · 各省\n", _provinces(of, known, names), ""]
    return "\n".join(lines)


def _on_own_fits(sums: Sums, fact: Changes) -> dict[str, float]:
    """What the page's head says of counties on their own fits, without factors."""
    first, last = YEARS[0], YEARS[-1]
    found = sums.changes(NATION)
    return {
        "first": first,
        "last": last,
        "fitted_residents": found["resident_pop", last],
        "fitted_share": found["urbanization_rate", last],
        "fitted_births": 100.0 * (found["birth_rate", first] / fact["birth_rate", first] - 1.0),
    }


def _slowed() -> dict[str, float]:
    """The pace of leaving and return that runs with learnt rates carry [1]."""
    carried = load_factors()
    leave, back = (carried[KINDS[0], flow].values[0] for flow in GIVEN)
    return {"leave": leave, "back": back}


def _nation(of: Closure, fact: Changes) -> str:
    names = ("residents %", "urban share, points", "births ‰", "deaths ‰")
    head = ("", *(f"{name}: {what}" for name in names for what in ("before", "after", "fact")))
    runs = (of.before.changes(NATION), of.after.changes(NATION), fact)
    rows = [(str(year), *(_number(one.get((measure, year))) for measure in MEASURES for one in runs)) for year in YEARS]
    return table(head, rows, numbers=True)


def _provinces(of: Closure, known: Mapping[str, Changes], names: Mapping[str, str]) -> str:
    titles = ("residents %", "urban share, points", "births ‰", "deaths ‰")
    head = (
        "mean error of the years known · 平均误差",
        *(f"{title}: {what}" for title in titles for what in ("before", "after")),
    )
    errors = {
        code: [_error(sums.changes(code), fact, measure) for measure in MEASURES for sums in (of.before, of.after)]
        for code, fact in known.items()
    }
    rows = [(names[code], *(_number(error) for error in own)) for code, own in errors.items()]
    means = []
    for column in range(len(head) - 1):
        found = [abs(error) for own in errors.values() if (error := own[column]) is not None]
        means.append(_number(sum(found) / len(found)).lstrip("+") if found else "–")
    return table(head, [*rows, ("**mean of absolute errors · 平均绝对误差**", *means)], numbers=True)


def _error(run: Changes, fact: Changes, measure: str) -> float | None:
    gaps = [run[measure, year] - value for (name, year), value in fact.items() if name == measure and year in YEARS]
    return sum(gaps) / len(gaps) if gaps else None


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:+.2f}"


@click.command()
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--solve", is_flag=True, help="find the factors anew and keep them")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), default=None, help="else standard output")
def main(data: Path, solve: bool, output: Path | None) -> None:
    """Set the sums of all counties of DATA beside published figures, with the factors that ship or found anew."""
    try:
        text = _written(with_tables(data), solve)
    except InvalidInput as problem:
        raise click.ClickException(problem.message("en")) from None
    put(text, output)


def _written(data: Path, solve: bool) -> str:
    """The page of a folder, with factors found anew or those that ship."""
    provinces, _ = read_rows(data / "census" / "provinces_2020.csv")
    later = later_figures(data)
    blocks = prepared(counties(data))
    if solve:
        _enough(blocks)
    own = with_own_fits(blocks, data)
    if solve:
        weights, given = learnt_weights(), paces(data, later)
        made: dict[Made, Array] = {
            "learnt": solved(blocks, nation(), weights, given),
            "fitted": solved(own, nation(), weights, {}),
        }
        write(made, library() / FILE)
        load_factors.cache_clear()
    found = _closure(blocks, own)
    return page(found, provinces, later, {row.code: row.name for row in provinces})


if __name__ == "__main__":
    main()
