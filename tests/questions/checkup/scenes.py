"""A county, its figures, and a frame for reading them, for tests of the check-up."""

from functools import cache
from pathlib import Path

from sim.common.errors import Place
from sim.common.language import Text
from sim.evidence.figures.errors import own_error
from sim.evidence.figures.figures import Figure, Frame
from sim.model.registry import MEASURES
from sim.scenario import scenario
from sim.scenario.resolved import ResolvedScenario
from tests.scenarios import JIESHOU

FRAME = Frame({"jieshou": Text("界首市", "Jieshou")}, "jieshou", 2020, 2035)
HEAD = "region,measure,year,value,unit,error,kind,source,link,use\n"
BASE = {"resident": 650_870.0, "urbanization_rate": 0.4740}


@cache
def jieshou(draws: int = 300, horizon: int = 2026) -> ResolvedScenario:
    """Jieshou's pilot scenario, short."""
    return scenario(JIESHOU / "pilot.yaml", (f"draws={draws}", f"horizon={horizon}", "test_year=2025"))


def figure(measure: str, year: int, value: float, error: float | None = None, region: str = "jieshou") -> Figure:
    """A yearly estimate."""
    size = own_error(measure, "estimate", value) if error is None else error
    unit = MEASURES[measure].unit
    return Figure(
        region=region,
        measure=measure,
        year=year,
        value=value,
        unit=unit,
        error=size,
        kind="estimate",
        source="test",
        link="",
        used=True,
        place=Place("test.csv", year, 1),
    )


def written(folder: Path, rows: str, name: str = "observed.csv") -> Path:
    """A file of figures."""
    file = folder / name
    file.write_text(HEAD + rows, encoding="utf-8")
    return file
