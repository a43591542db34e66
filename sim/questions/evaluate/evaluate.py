"""A plan evaluated: its own scenario run as at the outset, each line with its outcome, and values for the next plan."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from sim.common.errors import InvalidInput, fault
from sim.common.language import Text
from sim.questions.evaluate.finding import Advice, Line, PlanEvaluation, Proposal
from sim.questions.texts import tr
from sim.run.answers import Condition, Delivery, Met, Need, NoAnswer, Outcome, Supply, Verdict
from sim.run.ensemble import Watch
from sim.run.grounds import grounds
from sim.run.lines import own_scenario
from sim.run.reaching import PROMISES, promised
from sim.run.scenario_run import Run
from sim.run.scenario_run import run as simulate
from sim.run.tables import Clash
from sim.scenario.resolved import ResolvedScenario, Target
from sim.scenario.targets import file_of, read

SPAN: Final = 5
"""Years from the base year to the evaluation, and from there to the year of the values proposed."""
EVEN: Final = 0.5


def scenario_of(plan: str) -> ResolvedScenario:
    """The scenario in which a plan acts. plan: its name or file. Raises InvalidInput where there is none."""
    (found,) = read([plan])
    scenario = own_scenario(found, file_of(plan))
    if scenario is None:
        raise fault(
            str(file_of(plan)), "scenario", tr("the plan names no scenario to be evaluated with: add `scenario: FILE`")
        )
    return scenario


def evaluated(scenario: ResolvedScenario, jobs: int | None = None, watch: Watch | None = None) -> PlanEvaluation:
    """The evaluation of the plan of a scenario, five years after its base year. watch: told how far its run is."""
    if scenario.plan is None:
        raise InvalidInput([])
    done = simulate(scenario, jobs, watch)
    year = scenario.base_year + SPAN
    targets = {target.id: target for target in scenario.plan.targets}
    clashing = {id_: clash for clash in done.tables.clashes for id_ in clash.ids}
    lines = tuple(_line(one, targets[one.id], done, year, clashing) for one in done.tables.verdicts)
    return PlanEvaluation(
        plan=scenario.plan.id,
        title=scenario.plan.title,
        scenario=scenario.full_title,
        base_year=scenario.base_year,
        year=year,
        next_year=year + SPAN,
        draws=scenario.draws,
        seed=scenario.seed,
        lines=lines,
        clashes=done.tables.clashes,
    )


def _line(said: Verdict, target: Target, done: Run, year: int, clashing: Mapping[str, Clash]) -> Line:
    advice = _advice(said, year, clashing)
    wanted = advice in ("carry on", "new value", "count", "agree", "not due")
    proposal = _proposal(said, target, done, year + SPAN) if wanted else None
    return Line(verdict=said, cause=_cause(said, clashing), advice=advice, proposal=proposal)


def _advice(said: Verdict, year: int, clashing: Mapping[str, Clash]) -> Advice:
    if said.kind == "rule":
        return "drop"
    if said.came is not None and said.came.is_known:
        return "done" if said.came.result in ("met", "late") else "carry on"
    if said.year is not None and said.year > year:
        return "not due"
    if said.id in clashing:
        return "agree"
    return _unanswered(said)


def _unanswered(said: Verdict) -> Advice:
    match said.answer:
        case Outcome() | Supply() if said.answer.probability < EVEN:
            return "new value"
        case Met():
            return "done"
        case Need() | Delivery():
            return "count"
        case NoAnswer() if said.kind not in ("commitment", "deadline") or said.value is None:
            return "count" if said.value is not None else "drop"
    return "carry on"


def _cause(said: Verdict, clashing: Mapping[str, Clash]) -> Text | None:
    """Why a line was or will be missed, as far as the run or the ledger say."""
    if said.came is not None and said.came.is_known:
        return None if said.came.result == "met" else said.came.note
    if said.id in clashing:
        return clashing[said.id].text
    answer = said.answer
    if isinstance(answer, Outcome) and answer.probability < EVEN and answer.holds_back:
        return answer.holds_back[0].name
    if isinstance(answer, Condition):
        return tr("hangs on an assumption: no cause can be named")
    return None


def _proposal(said: Verdict, target: Target, done: Run, year: int) -> Proposal | None:
    """The value that could be promised for a later year with 80%, or what the same standard then takes."""
    ensemble = done.ensemble
    if year not in ensemble.years or target.value is None:
        return None
    row = grounds(done.scenario)[said.region].row
    at = ensemble.years.index(year)
    if isinstance(said.answer, Outcome | Met) and target.measure in ensemble.measures:
        found = promised(ensemble.of(str(target.measure), row)[at].astype(np.float64), target)
        if found is None:
            return None
        basis = tr("reached by {share:.0f}% of the runs", share=100.0 * PROMISES[1])
        return Proposal(year=year, value=found[1], unit=said.unit, basis=basis)
    if isinstance(said.answer, Need) and target.driver in ensemble.measures:
        need = float(np.median(ensemble.of(str(target.driver), row)[at])) * target.value
        unit = said.answer.need_unit
        return Proposal(year=year, value=need, unit=unit, basis=tr("the same standard for the people of that year"))
    return None
