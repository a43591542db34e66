"""Whether a run held to published figures comes nearer to those that it was not shown.

`python -m docs.write.observed [DATA] [--output docs/observed.md]`: every shipped trend, and with DATA (`census/` with
tables of counties and provinces of 2010 and 2020) five provinces and prefectures besides. Each figure since the census
is left out in turn and said three ways: by the run as it is; by the run held to the earlier figures of the place
itself; and by the run held to the figures of its prefecture or province alone, as if it had none of its own.
"""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click
import numpy as np

from docs.write.put import put
from docs.write.since_2020.areas import CensusFolder, areas_with_figures, prepared
from docs.write.since_2020.compare import HORIZON, SHIPPED
from docs.write.strayed import section
from sim.common.paths import library
from sim.evidence.conditioning.clues import MEASURES, Clue, around, clues
from sim.evidence.conditioning.condition import weighed
from sim.model.arrays import Array
from sim.output.documents.markdown import table
from sim.run.scenario_run import Run, run
from sim.scenario import scenario

_BAND: Final = (0.1, 0.5, 0.9)
_ASKED: Final = (f"horizon={HORIZON}", f"test_year={HORIZON}", "plan=null")
_KINDS: Final = {"earlier": "its own earlier figures · 本地早年数", "around": "the area around it · 所在市或省"}
_UNITS: Final = {"urbanization_rate": "urban share, points", "resident": "residents %"}
_HEAD: Final = """\
# Held to figures since the census · 以普查后公布数约束

Written by `make observed`. A run with `observed: published` takes its draws again in proportion to how well they agree
with figures published since the census ([decision 30](decisions/0030-words-are-earned.md)). Does that bring it nearer
to figures that it was not shown? Each figure of 2021–2025 is left out in turn. *Alone*: the run as it is. *Held*: the
same draws, weighted by other figures: of the place itself in earlier years, or of its prefecture or province up to the
same year, whose weight against the run is the mean of those that reports show. Errors are points of the urban share
and percent of residents; bands are 80%. Figures of one place in several years are not independent.

{n} figures: {places}.
"""

_STRAYS: Final = """\
## How far places stray from the area around them · 与所在市或省的偏离

The 68% of places in both censuses that strayed least over 2010–2020, and counties' registered people over fewer years.
An area's figures are given this error besides their own (`sim.evidence.conditioning.clues.STRAYED`).

"""


@dataclass(frozen=True, slots=True)
class Scored:
    """A figure left out. alone, held: 10, 50 and 90% of what was said; weight: of the last figure that was used [1]."""

    place: str
    measure: str
    year: int
    kind: str
    published: float
    alone: tuple[float, float, float]
    held: tuple[float, float, float]
    weight: float

    def error(self, said: tuple[float, float, float]) -> float:
        """How far a median is off [points or %]."""
        off = said[1] - self.published
        return 100.0 * (off if self.measure == "urbanization_rate" else off / self.published)

    def inside(self, said: tuple[float, float, float]) -> bool:
        """Whether the band holds the figure."""
        return said[0] <= self.published <= said[2]


def scored(of: Run) -> Iterator[Scored]:
    """Every figure of a run's places, left out in turn."""
    for own in (one for one in clues(of) if one.whose == "own"):
        wider = around(of, own.place, own.measure)
        for year, value in zip(own.years, own.values, strict=True):
            for kind, clue in (("earlier", own.until(year - 1)), ("around", wider and wider.until(year))):
                if clue is not None:
                    yield _left_out(of, own, (year, value), kind, clue)


def _left_out(of: Run, own: Clue, figure: tuple[int, float], kind: str, clue: Clue) -> Scored:
    ensemble, (year, value) = of.ensemble, figure
    draws = ensemble.of(own.measure, own.row)[ensemble.years.index(year)].astype(np.float64)
    weights, _ = weighed([clue], ensemble)
    flat = np.full(len(draws), 1.0 / len(draws))
    bands = (_quantiles(draws, flat), _quantiles(draws, weights))
    return Scored(own.place, own.measure, year, kind, value, *bands, clue.weight(ensemble))


def _quantiles(draws: Array, weights: Array) -> tuple[float, float, float]:
    order = np.argsort(draws)
    reached = np.cumsum(weights[order]) - weights[order] / 2.0
    low, median, high = np.interp(_BAND, reached, draws[order]).tolist()
    return low, median, high


def page(found: Sequence[Scored], strays: str = "") -> str:
    """The page as Markdown. strays: how far places strayed from their areas."""
    places = ", ".join(dict.fromkeys(one.place for one in found))
    head = (
        "held to · 约束",
        "measure",
        "n",
        "weight",
        "alone: error",
        "held: error",
        "alone: in band",
        "held: in band",
    )
    rows = []
    for kind, name in _KINDS.items():
        for measure in MEASURES:
            some = [one for one in found if (one.kind, one.measure) == (kind, measure)]
            if some:
                rows.append((name, _UNITS[measure], *_row(some)))
    every = [(one.place, _UNITS[one.measure], str(one.year), one.kind, *_row([one])[1:4]) for one in found]
    figures = len({(one.place, one.measure, one.year) for one in found})
    parts = [_HEAD.format(n=figures, places=places), table(head, rows, numbers=True), "", _verdict(found), ""]
    parts += [strays, ""] if strays else []
    parts.append("## Every figure · 逐项\n")
    parts.append(table(("place", "measure", "year", "held to", "weight", "alone: error", "held: error"), every))
    return "\n".join([*parts, ""])


def _verdict(found: Sequence[Scored]) -> str:
    """Whether leaning on the area brought places nearer, by measure."""
    said = []
    for measure in MEASURES:
        some = [one for one in found if (one.kind, one.measure) == ("around", measure)]
        if some:
            alone, held = (float(np.mean([abs(one.error(of(one))) for one in some])) for of in (_alone, _held))
            words = "brings them nearer" if held < alone else "does not bring them nearer"
            said.append(f"{_UNITS[measure]}: {words} ({alone:.2f} → {held:.2f})")
    return f"Leaning on the area around them, {'; '.join(said)}." if said else ""


def _row(some: Sequence[Scored]) -> tuple[str, ...]:
    alone, held = ([abs(one.error(said(one))) for one in some] for said in (_alone, _held))
    inside = (f"{sum(one.inside(said(one)) for one in some)} of {len(some)}" for said in (_alone, _held))
    weight = float(np.mean([one.weight for one in some]))
    return (str(len(some)), f"{weight:.0%}", f"{np.mean(alone):.2f}", f"{np.mean(held):.2f}", *inside)


def _alone(one: Scored) -> tuple[float, float, float]:
    return one.alone


def _held(one: Scored) -> tuple[float, float, float]:
    return one.held


@click.command()
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), default=None, help="else standard output")
def main(data: Path | None, output: Path | None) -> None:
    """Leave every figure since the census out in turn."""
    asked = [scenario(library() / "scenarios" / name / "trend.yaml", _ASKED) for name in SHIPPED]
    with tempfile.TemporaryDirectory() as folder:
        for area in areas_with_figures() if data is not None else ():
            assert data is not None
            prepared(area, CensusFolder(data / "census", 2010, 2020), Path(folder), HORIZON)
            asked.append(scenario(Path(folder) / area.id / "trend.yaml", _ASKED))
        strays = "" if data is None else _STRAYS + section(data)
        text = page([one for of in asked for one in scored(run(of))], strays)
    put(text, output)


if __name__ == "__main__":
    main()
