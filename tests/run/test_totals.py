"""Runs whose moves are fitted to control totals."""

from pathlib import Path

import numpy as np
import pytest

from sim.run.scenario_run import Run, run
from sim.scenario import scenario
from sim.scenario.resolved import ResolvedScenario
from tests.scenarios import JIESHOU

TEXT = """
name: own
extends: {trend}
draws: 40
mode: control_total
totals:
  - {{year: 2025, residents: 700000, urban: 350000}}
  - {{year: 2027, residents: 600000}}
"""
LINES = "targets:\n" + "".join(
    f"  - {{id: {id_}, title: {{zh: 甲, en: x}}, source: s, kind: outcome, op: at_least, measure: {asked}}}\n"
    for id_, asked in (
        ("X1", "resident, value: 690000, unit: person, year: 2025"),
        ("X2", 'urbanization_rate, value: 45, unit: "%", year: 2027'),
        ("X3", "households, value: 250000, unit: household, year: 2025"),
    )
)


def resolved(folder: Path, text: str = "") -> ResolvedScenario:
    file = folder / "own.yaml"
    file.write_text(TEXT.format(trend=JIESHOU / "trend.yaml") + text, "utf-8")
    return scenario(file, ("horizon=2029",))


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return run(resolved(tmp_path_factory.mktemp("totals"), LINES))


def test_every_draw_comes_to_the_totals_on_a_straight_line(done: Run) -> None:
    people, urban = done.ensemble.of("resident").astype(np.float64), done.ensemble.of("urban").astype(np.float64)
    before = people[0, 0]
    expected = [before + (700_000 - before) * year / 5 for year in range(6)] + [650_000, 600_000]
    np.testing.assert_allclose(people[:8], np.array(expected)[:, np.newaxis].repeat(40, axis=1), rtol=2e-7)
    np.testing.assert_allclose(urban[5], 350_000, rtol=2e-7)
    assert np.ptp(urban[7]) > 1_000
    assert np.ptp(people[8]) > 1_000


def test_what_it_takes_is_said_beside_the_draws_let_go(done: Run, tmp_path: Path) -> None:
    free = run(scenario(resolved(tmp_path).file, ("horizon=2029", "mode=rates")))
    first, second, _ = done.tables.led
    assert [(one.measure, one.year, one.is_more) for one in done.tables.led] == [
        ("resident", 2025, True),
        ("resident", 2027, False),
        ("urban", 2025, first.is_more),
    ]
    assert max(one.off for one in done.tables.led) < 0.1
    people = free.ensemble.of("resident")[5].astype(np.float64)
    assert first.free == pytest.approx(tuple(np.quantile(people, (0.1, 0.5, 0.9))))
    assert first.probability == pytest.approx((people >= 700_000).mean())
    births, deaths = (free.ensemble.of(one)[1:6].sum(axis=0) for one in ("births", "deaths"))
    moves = (people - free.ensemble.of("resident")[0] - births + deaths) / 5
    assert first.moves_free[1] == pytest.approx(np.median(moves), abs=1.0)
    assert first.moves[1] > first.moves_free[1]
    assert second.moves[1] < second.moves_free[1]


def test_lines_that_the_totals_give_are_set_by_the_scenario(done: Run) -> None:
    said = {one.id: one for one in done.tables.verdicts}
    assert said["X1"].status == "echo"
    assert said["X1"].probability is None
    assert said["X2"].status != "echo"  # townspeople are led to 2025 alone
    assert said["X3"].status != "echo"
