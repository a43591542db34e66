"""What of an answer is shown: targets in words, the measure that is chosen over the years, or a pane."""

from collections.abc import Callable
from typing import Any

from sim.common.errors import Fault, InvalidInput, Place
from sim.common.language import Language
from sim.output.live.asked import State, View
from sim.output.live.desk import Desk, focused
from sim.output.live.figures import BESIDE, SAVED, Other, over_years
from sim.output.live.panes import NAMES, pane
from sim.output.live.told import answer_of, faults_of
from sim.output.texts import tr
from sim.questions.live.opened import Opened
from sim.questions.live.seeking import Job
from sim.questions.seek.words import sentences
from sim.run.scenario_run import Run

Plain = dict[str, Any]


def shown(desk: Desk, state: State, beside: State | None, view: View, check: Callable[[], None]) -> Plain:
    """The answer at a stage, or a pane of the whole. Raises StaleError where the page has asked something newer."""
    if view.pane:
        if view.pane not in NAMES:
            raise InvalidInput([Fault(Place(""), "pane", tr("there is no such pane"))])
        run = focused(desk.run(state, "whole", (), check), view.region, view.year)
        return pane(view.pane, run.tables, view.language)
    of = desk.opened(state.scenario)
    shown_of = _pairs(of, view)
    run = desk.run(state, view.stage, shown_of, check)
    other = None if beside is None else _beside(desk, beside, view, check, whole=not of.is_first)
    found = answer_of(run, of.saved, other, view.stage, view.language)
    found["paired"] |= of.is_first  # all draws of both are on their way
    if view.stage == "years":  # later stages know no more of the years
        found["figure"] = _figure(of, run, other, view)
    return found


def search(job: Job, language: Language) -> Plain:
    """How far a search is; once it is done its sentences, and where it puts the levers."""
    told: Plain = {"standing": job.standing, "tried": job.tried}
    if job.problem is not None:
        invalid = job.problem if isinstance(job.problem, InvalidInput) else None
        faults = faults_of(invalid.faults, language) if invalid else [{"key": "", "message": str(job.problem)}]
        return told | {"faults": faults}
    if job.answer is None:
        return told
    found = job.answer.found or job.answer.best
    levers = zip((knob for knob, _ in job.at.knobs), found.at, strict=True)
    return told | {
        "status": job.answer.status,
        "sentences": sentences(job.answer, language),
        "moves": {knob.key: knob.shown(value) for knob, value in levers},
    }


def _pairs(of: Opened, view: View) -> tuple[tuple[str, int], ...]:
    """The measure and region that are shown over the years."""
    measure, region = _chosen(of, view)
    rows = [name for name, _ in of.saved.tables.regions]
    return ((measure, rows.index(region)),)


def _chosen(of: Opened, view: View) -> tuple[str, str]:
    tables = of.saved.tables
    regions = [name for name, _ in tables.regions]
    measure = view.measure if view.measure in tables.measures else "urbanization_rate"
    return measure, view.region if view.region in regions else regions[0]


def _beside(desk: Desk, beside: State, view: View, check: Callable[[], None], *, whole: bool) -> Run:
    """The run that is set beside; whole: on all its draws, which those of what it stands beside are."""
    other = desk.opened(beside.scenario, whole=whole)
    stage = "all" if view.stage == "preview" else view.stage
    return desk.run(beside, stage, _pairs(other, view), check)


def _figure(of: Opened, run: Run, other: Run | None, view: View) -> Plain:
    measure, region = _chosen(of, view)
    others = []
    if other is not None:
        others.append(Other(other.tables, other.scenario.title, BESIDE, shaded=True))
    elif run is not of.saved:
        others.append(Other(of.saved.tables, tr("as saved"), SAVED))
    return over_years(run.tables, others, measure, region, view.language)
