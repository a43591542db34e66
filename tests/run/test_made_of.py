"""What a measure is made of: the sums and ratios that are told hold in every draw of a run."""

import numpy as np
import pytest

from sim.run.made_of import made_of
from sim.run.scenario_run import Run, run
from sim.scenario import scenario
from tests.scenarios import JIESHOU


@pytest.fixture(scope="module")
def done() -> Run:
    return run(scenario(JIESHOU / "pilot.yaml", ["draws=20", "horizon=2026"]))


def test_parts_give_the_measure_in_every_draw(done: Run) -> None:
    ensemble, checked = done.ensemble, 0
    for measure in ensemble.measures:
        made = made_of(measure, ensemble.measures, done.scenario.services)
        if made is None or made.how not in ("sum", "ratio", "over"):
            continue
        values = [ensemble.of(part)[-1].astype(np.float64) for _, part in made.parts]
        if made.how == "ratio":
            found = values[0] / values[1]
        else:
            found = sum((value if sign == "+" else -value) for (sign, _), value in zip(made.parts, values, strict=True))
            found = np.maximum(found, 0.0) if made.how == "over" else found
        np.testing.assert_allclose(ensemble.of(measure)[-1], found, rtol=1e-4, atol=1e-3, err_msg=measure)
        checked += 1
    assert checked > 15


def test_the_moves_of_a_zone_and_the_standard_of_a_need_are_named(done: Run) -> None:
    ensemble = done.ensemble
    city = made_of("city", ensemble.measures)
    assert city is not None
    assert ("+", "moves.transfer.rural_to_city") in city.parts
    assert ("−", "moves.away.leave_city") in city.parts
    need = made_of("need.hospital_beds", ensemble.measures, done.scenario.services)
    assert need is not None
    assert [part for _, part in need.parts] == ["resident", "service.hospital_beds.standard"]
