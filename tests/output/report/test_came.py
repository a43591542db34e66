"""What came of lines stands beside what was said of them."""

from sim.common.language import Text
from sim.output.report.came import said_then
from sim.output.report.results import result
from sim.run.scenario_run import run
from sim.scenario.resolved import Came
from tests.scenarios import resolved


def came(**changes: object) -> Came:
    known = {"result": "met", "date": None, "months_late": None, "value": None, "unit": "", "year": None}
    words = {"note": Text("一", "one"), "source": Text("一", "one"), "evidence": "official"}
    return Came(**(known | words | changes))


def test_what_came_is_said_with_its_date_and_figure() -> None:
    assert result(came(date="2025-03"), "en") == "met (2025-03)"
    assert result(came(result="late", months_late=5), "en") == "late by 5 months"
    assert result(came(result="partly", value=7000, unit="套", year=2024), "en") == "met in part, 7,000 homes (2024)"
    assert result(came(result="missed"), "zh") == "未实现"


def test_a_line_that_the_world_answered_keeps_what_the_run_said() -> None:
    said = {one.id: one for one in run(resolved("pilot", "draws=10"), 1).tables.verdicts}
    assert (said["T339"].class_, said["T339"].said) == ("outcome", "conditional")
    assert said_then(said["T339"], "en").startswith("in time if begun by 2022-07")
    assert said["T205"].came is not None
    assert said["T205"].class_ == "verdict"  # nothing was found: unknown is no miss
