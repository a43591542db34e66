"""Golden cases: a scenario of each plan, and what it is known to say, kept as data with tolerance and reason."""

import math
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

import sim.scenario.shapes
from sim.common.paths import library
from sim.run.scenario_run import Run, run
from sim.scenario.targets import known

HERE = Path(__file__).parent
CASES = sorted(HERE.glob("*.yaml"))
KEYS = {"scenario", "about", "set", "medians", "sums", "verdicts"}
MOST_DRAWS = 100


@cache
def told(case: Path) -> dict[str, Any]:
    content = yaml.safe_load(case.read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


@cache
def result(case: Path) -> Run:
    golden = told(case)
    overrides = tuple(f"{name}={value}" for name, value in golden["set"].items())
    return run(sim.scenario.scenario(library() / "scenarios" / f"{golden['scenario']}.yaml", overrides), jobs=1)


def median(of: Run, measure: str, year: int, region: str) -> float:
    rows = [name for name, _ in of.tables.regions]
    ensemble = of.ensemble
    return float(np.median(ensemble.of(measure, rows.index(region))[ensemble.years.index(year)]))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_case_names_its_plan_and_is_quick(case: Path) -> None:
    golden = told(case)
    assert set(golden) <= KEYS
    assert {"scenario", "about", "set"} <= set(golden)
    assert case.stem in known()
    assert golden["set"]["draws"] <= MOST_DRAWS
    assert "seed" in golden["set"]
    for entry in (*golden.get("medians", ()), *golden.get("verdicts", ())):
        assert entry["why"], entry


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_medians_are_as_known(case: Path) -> None:
    done = result(case)
    main = done.tables.regions[0][0]
    found = {
        (entry["measure"], entry["year"]): (
            median(done, entry["measure"], entry["year"], entry.get("region", main)),
            entry["value"],
            entry["tolerance"],
        )
        for entry in told(case).get("medians", ())
    }
    assert not {name: entry for name, entry in found.items() if not abs(entry[0] - entry[1]) <= entry[2]}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_group_is_the_sum_of_its_regions(case: Path) -> None:
    done = result(case)
    ensemble = done.ensemble
    for measure in told(case).get("sums", ()):
        whole, parts = (
            ensemble.of(measure, 0),
            [ensemble.of(measure, row) for row in range(1, len(done.tables.regions))],
        )
        assert len(parts) > 1
        assert np.nanmax(np.abs(whole)) > 0.0, measure
        assert np.allclose(whole, np.sum(parts, axis=0), rtol=1e-5, equal_nan=True), measure


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_nothing_leaves_what_counties_have_shown(case: Path) -> None:
    assert result(case).tables.unusual == ()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_verdicts_are_as_known(case: Path) -> None:
    verdicts = {verdict.id: verdict for verdict in result(case).tables.verdicts}
    wrong = {}
    for entry in told(case).get("verdicts", ()):
        verdict = verdicts[entry["id"]]
        wanted = {
            name: entry[name] for name in ("status", "probability", "median", "delivered", "need") if name in entry
        }
        assert wanted, entry
        for name, value in wanted.items():
            seen = getattr(verdict if name == "status" else verdict.answer, name, None)
            near = (
                seen == value
                if isinstance(value, str)
                else math.isclose(math.nan if seen is None else seen, value, rel_tol=0.0, abs_tol=entry["tolerance"])
            )
            if not near:
                wrong[f"{entry['id']}.{name}"] = (seen, value)
    assert not wrong
