"""Whether the counties add up: every county of a census with learnt rates, summed, beside the nation and the provinces.

`python -m docs.write.closure DATA [--output docs/closure.md]`. DATA holds `census/counties_2020.csv`,
`census/provinces_2020.csv` and `later.csv`. Only counties of the table are run, so what is compared is the change since
the census: residents as a ratio, urban share in points, births and deaths per thousand residents.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click
import numpy as np
import pandas as pd

from sim.evidence.calibrate.figures import figures_of_rows
from sim.evidence.calibrate.free_parameters import LEARNT_PARAMETERS, deviations, lasting
from sim.evidence.calibrate.learning import expected_at, lanes_of_rows
from sim.evidence.calibrate.prior import load_prior
from sim.evidence.calibrate.replay import central, lived
from sim.evidence.calibrate.unfitted import unlike
from sim.model.arrays import Array
from sim.model.axes import AWAY, CITY, REGISTRATIONS, TOWN
from sim.model.people.kernels.year import LEDGER_ARRIVALS, LEDGER_BIRTHS, LEDGER_DEATHS
from sim.model.people.state import State
from sim.model.people.step import Flows
from sim.output.documents.markdown import table
from sim.places.census import CensusRow, read_rows
from sim.places.china.national import load_national

YEARS: Final = range(2021, 2026)
BLOCK: Final = 192
NATION: Final = "000000"
RESIDENTS, URBAN, BIRTHS, DEATHS = range(4)
MEASURES: Final = ("resident_pop", "urbanization_rate", "birth_rate", "death_rate")
_UNITS: Final = {"万人": 1e4, "百万人": 1e6, "人": 1.0, "%": 1.0, "‰": 1.0}
_HEAD: Final = """\
# Do the counties add up? · 各县相加是否等于全国

Written by `make closure`: {counties:,} counties of the census of 2020 with rates learnt across counties, run to {last}
without noise and summed. They hold {share:.1%} of China's residents, so changes since are compared; births
and deaths are per thousand residents. The nation's deaths and births anchor every run; its residents and towns do not.

Learnt arrivals have no other side yet: what arrives in one county leaves no other, so that the sum gains residents and
towns that the nation does not have. The gap of both is what a factor on learnt arrivals would have to close.
"""


@dataclass(frozen=True, slots=True)
class Sums:
    """Residents, urban residents, births and deaths [persons], [year from the census on, county, figure]."""

    codes: tuple[str, ...]
    of: Array

    def changes(self, code: str) -> dict[tuple[str, int], float]:
        """Measures of the counties of a nation or province by measure and year, as `published` has them."""
        own = [i for i, county in enumerate(self.codes) if code == NATION or county.startswith(code[:2])]
        total = self.of[:, own].sum(axis=1)
        share = total[:, URBAN] / total[:, RESIDENTS]
        found = {}
        for i, year in enumerate(YEARS, start=1):
            middle = total[i - 1 : i + 1, RESIDENTS].mean()
            found["resident_pop", year] = float(100.0 * (total[i, RESIDENTS] / total[0, RESIDENTS] - 1.0))
            found["urbanization_rate", year] = float(100.0 * (share[i] - share[0]))
            found["birth_rate", year] = float(1e3 * total[i, BIRTHS] / middle)
            found["death_rate", year] = float(1e3 * total[i, DEATHS] / middle)
        return found


def summed(rows: Sequence[CensusRow]) -> Sums:
    """The counties' own runs, in blocks."""
    parts = [_block(rows[first : first + BLOCK]) for first in range(0, len(rows), BLOCK)]
    return Sums(tuple(row.code for row in rows), np.concatenate(parts, axis=1))


def _block(rows: Sequence[CensusRow]) -> Array:
    prior, lanes = load_prior(), lanes_of_rows(rows, YEARS, load_national())
    columns, kinds = prior.design.columns(rows), [row.kind for row in rows]
    parameters = expected_at(prior.known, lanes, columns, figures_of_rows(rows), kinds).parameters * deviations()
    start = np.zeros((len(rows), len(MEASURES)))
    start[:, [RESIDENTS, URBAN]] = _people(lanes.pop)
    _, years = lived(lanes, central(lanes, lasting(LEARNT_PARAMETERS, parameters)), _year)
    return np.stack([start, *years])


def _year(state: State, flows: Flows) -> Array:
    cells = slice(0, AWAY * len(REGISTRATIONS))
    ledger = flows.ledger[0]
    births = ledger[:, LEDGER_BIRTHS:LEDGER_DEATHS][:, cells].sum(axis=1)
    deaths = ledger[:, LEDGER_DEATHS:LEDGER_ARRIVALS][:, cells].sum(axis=1)
    return np.column_stack([_people(state.pop[0]), births, deaths])


def _people(pop: Array) -> Array:
    """Residents and urban residents [persons], [county, 2]."""
    zones = pop.sum(axis=(2, 3, 4))
    return np.column_stack([zones[:, :AWAY].sum(axis=1), zones[:, CITY] + zones[:, TOWN]])


def published(later: pd.DataFrame, code: str, residents: float, urban: float) -> dict[tuple[str, int], float]:
    """Published measures by measure and year, residents and urban share as changes since the census.

    residents [persons], urban [%]: of the census.
    """
    own = later.loc[(later["code"] == code) & later["measure"].isin(MEASURES) & later["unit"].isin(_UNITS)]
    found: dict[tuple[str, int], float] = {}
    for measure, year, value, unit in own[["measure", "year", "value", "unit"]].itertuples(index=False):
        number = float(value) * _UNITS[unit]
        if measure == "resident_pop":
            number = 100.0 * (number / residents - 1.0)
        if measure == "urbanization_rate":
            number -= urban
        found[str(measure), int(year)] = number
    return found


def page(sums: Sums, provinces: Sequence[CensusRow], later: pd.DataFrame, names: Mapping[str, str]) -> str:
    """The page as Markdown. provinces: their census rows; names: of nation and provinces by code."""
    whole = sum(row.resident for row in provinces)
    urban = sum(row.urban for row in provinces)
    known = {row.code: published(later, row.code, row.resident, 100.0 * row.urban / row.resident) for row in provinces}
    nation = published(later, NATION, whole, 100.0 * urban / whole)
    share = float(sums.of[0, :, RESIDENTS].sum()) / whole
    lines = [_HEAD.format(counties=len(sums.codes), last=YEARS[-1], share=share)]
    lines += ["## The nation · 全国\n", _nation(sums.changes(NATION), nation), ""]
    lines += ["## The provinces · 各省\n", _provinces({code: sums.changes(code) for code in known}, known, names), ""]
    return "\n".join(lines)


def _nation(run: Mapping[tuple[str, int], float], fact: Mapping[tuple[str, int], float]) -> str:
    head = (
        "",
        *(
            f"{name}: {what}"
            for name in ("residents %", "urban share, points", "births ‰", "deaths ‰")
            for what in ("run", "fact")
        ),
    )
    rows = [
        (str(year), *(_number(of.get((measure, year))) for measure in MEASURES for of in (run, fact))) for year in YEARS
    ]
    return table(head, rows, numbers=True)


def _provinces(
    runs: Mapping[str, Mapping[tuple[str, int], float]],
    known: Mapping[str, Mapping[tuple[str, int], float]],
    names: Mapping[str, str],
) -> str:
    head = ("mean error of the years known · 平均误差", "residents %", "urban share, points", "births ‰", "deaths ‰")
    errors = {code: [_error(runs[code], known[code], measure) for measure in MEASURES] for code in known}
    rows = [(names[code], *(_number(error) for error in own)) for code, own in errors.items()]
    means = []
    for column in range(len(MEASURES)):
        found = [abs(error) for own in errors.values() if (error := own[column]) is not None]
        means.append(_number(sum(found) / len(found)).lstrip("+") if found else "–")
    return table(head, [*rows, ("**mean of absolute errors · 平均绝对误差**", *means)], numbers=True)


def _error(run: Mapping[tuple[str, int], float], fact: Mapping[tuple[str, int], float], measure: str) -> float | None:
    gaps = [run[measure, year] - value for (name, year), value in fact.items() if name == measure and year in YEARS]
    return sum(gaps) / len(gaps) if gaps else None


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:+.2f}"


@click.command()
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), default=None, help="else standard output")
def main(data: Path, output: Path | None) -> None:
    """Sum all counties of DATA and set them beside the nation and the provinces."""
    counties, _ = read_rows(data / "census" / "counties_2020.csv")
    provinces, _ = read_rows(data / "census" / "provinces_2020.csv")
    later = pd.read_csv(data / "later.csv", dtype={"code": str})
    text = page(
        summed([row for row in counties if not unlike(row)]),
        provinces,
        later,
        {row.code: row.name for row in provinces},
    )
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
