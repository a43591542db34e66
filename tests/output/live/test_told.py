"""What the page says is what the report says."""

from sim.common.language import LANGUAGES
from sim.output.live.told import answer_of
from sim.output.report import headline
from sim.run.scenario_run import run
from sim.scenario import scenario
from tests.scenarios import ROOT


def test_a_plan_without_probabilities_is_answered_by_a_line_of_its_own() -> None:
    done = run(scenario(ROOT / "scenarios" / "landscaping" / "plan.yaml", ["draws=20"]), 1)
    for language in LANGUAGES:
        (said,) = answer_of(done, done, None, "years", language)["headline"]
        assert said["text"] == headline(done.tables, language)[0]


def test_scenarios_on_the_same_draws_are_paired_though_no_line_has_a_probability() -> None:
    place = ROOT / "scenarios" / "landscaping"
    done, trend = (run(scenario(place / f"{name}.yaml", ["draws=20"]), 1) for name in ("plan", "trend"))
    told = answer_of(done, done, trend, "years", "en")
    assert told["paired"]
    assert told["beside"] == trend.scenario.title.in_("en")
    fewer = run(scenario(place / "trend.yaml", ["draws=10"]), 1)
    assert not answer_of(done, done, fewer, "years", "en")["paired"]
