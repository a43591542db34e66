"""A whole check-up: from a scenario and published figures to everything that is said of them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np

from sim.common.errors import Fault, InvalidInput, Place, fault
from sim.common.language import NOTHING, Text
from sim.common.quickclass import quickclass
from sim.evidence.figures.aside import asides
from sim.evidence.figures.figures import Figure, merged
from sim.evidence.figures.frame import frame
from sim.evidence.figures.series import Series, all_series, gross_faults
from sim.model.arrays import Array
from sim.questions.checkup import causes, judge, outlook
from sim.questions.checkup.evaluation import evaluate
from sim.questions.checkup.findings import Checkup, Evaluation, Priority, TargetFinding
from sim.questions.checkup.last import Last
from sim.questions.checkup.outlook import View
from sim.questions.checkup.sample import MOST_WAVES, Outcomes, Sample, standings, weigh
from sim.questions.checkup.warnings import warnings
from sim.questions.texts import tr
from sim.run.case import Case
from sim.run.ensemble import simulate
from sim.run.grounds import Ground, grounds
from sim.run.reaching import reaches
from sim.run.scenario_run import ready
from sim.run.sizes import asked_of, hanging
from sim.scenario.resolved import ResolvedScenario, Target

FIVE_YEARS: Final = 5


@quickclass(frozen=True, slots=True)
class Asked:
    """What is asked of a check-up.

    year: None for that of the last figure; watched: targets beside the plan's; span: years of an evaluation; tell: told
    what is being run, and the share that is done of all that may have to be run.
    """

    year: int | None = None
    watched: tuple[Target, ...] = ()
    span: tuple[int, int] | None = None
    jobs: int = 1
    tell: Callable[[Text, float], None] = lambda text, share: None


@quickclass(frozen=True, slots=True)
class _Work:
    """A scenario made ready, with its series and targets."""

    scenario: ResolvedScenario
    case: Case
    places: dict[str, Ground]
    series: tuple[Series, ...]
    targets: tuple[tuple[Target, str], ...]
    asked: Asked

    @property
    def rows(self) -> dict[str, int]:
        """Row of each region or group in the ensemble."""
        return {name: ground.row for name, ground in self.places.items()}

    def sample(self, year: int) -> Sample:
        """The draws weighed by the figures up to a year."""
        wanted = {(one.measure, self.rows[one.region]) for one in self.series}
        wanted |= {(judge.measure_of(target), self.rows[place]) for target, place in self.targets}

        def likelihood(outcomes: Outcomes) -> Array:
            found = np.zeros(outcomes.draws)
            for one in self.series:
                found += one.likelihood(outlook.published(outcomes, one, self.rows), year)
            return found

        def tell(wave: int, share: float) -> None:
            self.asked.tell(tr("draws weighed, wave {wave} of at most {most}", wave=wave, most=1 + MOST_WAVES), share)

        return weigh(self.case, self.scenario.draws, sorted(wanted), likelihood, self.asked.jobs, tell=tell)

    def view(self, sample: Sample, year: int) -> View:
        """Those draws as published figures."""
        return View(sample, self.rows, self.scenario.seed, year)

    def findings(self, view: View, last: Last | None) -> tuple[TargetFinding, ...]:
        """What is said of every target that runs say anything of."""
        by_key = {one.key: one for one in self.series}
        said = last.chances if last else {}
        found = (judge.finding(target, self._spot(place), view, by_key, said) for target, place in self.targets)
        return tuple(one for one in found if one is not None)

    def _spot(self, place: str) -> judge.Spot:
        main = place == self.scenario.main
        return judge.Spot(place, NOTHING if main else frame(self.scenario).regions[place])


def checkup(scenario: ResolvedScenario, figures: Sequence[Figure], asked: Asked, last: Last | None = None) -> Checkup:
    """The check-up of a scenario with these figures and those of the last check-up.

    Raises InvalidInput where figures or years do not fit the scenario.
    """
    known, revised = merged(last.figures if last else (), figures)
    work = _work(scenario, known, asked)
    year = _year(work, last)
    sample = work.sample(year)
    view = work.view(sample, year)
    _check(view, work.series)
    targets = work.findings(view, last)
    found = outlook.figure_findings(view, work.series, dict(last.said) if last else {})
    called, plan = causes.names(work.case, scenario.policies), scenario.plan
    inputs = standings(work.case, sample, work.places[scenario.main].lanes)
    return Checkup(
        scenario=scenario.name,
        title=scenario.title,
        plan_title=plan.title if plan else None,
        place=frame(scenario).regions[scenario.main],
        places=tuple(frame(scenario).regions.items()),
        base_year=scenario.base_year,
        horizon=scenario.horizon,
        year=year,
        last_year=last.year if last else None,
        draws=scenario.draws,
        seed=scenario.seed,
        figures=found,
        revised=revised,
        known=tuple(figure for figure in known if figure.year <= year),
        targets=targets,
        unassessed=(len(plan.targets) if plan else 0) + len(asked.watched) - len(targets),
        curves=tuple(outlook.curve(view, one) for one in work.series if one.figures[0].year <= year),
        inputs=causes.moved_inputs(inputs, sample.outset, sample.now, work.case, called),
        priority=_priority(work, view, targets, called),
        warnings=warnings(targets, found, sample, year),
        evaluation=_evaluation(work, year),
        asides=asides(work.series),
        worth=sample.worth,
        least=sample.least,
        force=sample.force,
    )


def _work(scenario: ResolvedScenario, known: Sequence[Figure], asked: Asked) -> _Work:
    case, places = ready(scenario).case, grounds(scenario)
    start = simulate(case, range(1))
    base = {f.key[:2]: float(start.of(f.measure, places[f.region].row)[0, 0]) for f in known}
    series = tuple(sorted(all_series(known, scenario.base_year, base), key=lambda one: _rank(one, scenario.main)))
    if not series:
        after = scenario.base_year
        raise fault(known[0].place.file, "year", tr("no figure is later than {after}", after=after))
    plan = scenario.plan
    main = (plan.region if plan else None) or scenario.main
    lines = [(target, target.region or main) for target in (*(plan.targets if plan else ()), *asked.watched)]
    held = [
        one for one in lines if judge.is_assessed(one[0], case.shown) and not judge.is_conditional(one[0], scenario)
    ]
    outcomes = [(target, places[place].row) for target, place in held if target.kind == "outcome"]
    sized = hanging(outcomes, scenario, asked_of(case))
    held = [one for one in held if one[0].id not in sized]
    return _Work(scenario, case, places, series, tuple(held), asked)


def _rank(one: Series, main: str) -> tuple[bool, int, str, str]:
    """The main region first; in each the urbanization rate, residents, and then the others."""
    leading = {"urbanization_rate": 0, "resident": 1}
    return one.region != main, leading.get(one.measure, len(leading)), one.region, one.measure


def _year(work: _Work, last: Last | None) -> int:
    """The year of the check-up: asked for, or that of the last figure."""
    years = sorted({figure.year for one in work.series for figure in one.figures})
    year = work.asked.year if work.asked.year is not None else years[-1]
    if not years[0] <= year <= work.scenario.horizon:
        allowed = f"{years[0]}…{work.scenario.horizon}"
        raise fault("--year", "", tr("{year} must be in {allowed}", year=year, allowed=allowed))
    if last is not None and last.year >= year:
        raise fault(
            "--after",
            "",
            tr("the last check-up ({year}) is not before this one ({year_2})", year=last.year, year_2=year),
        )
    return year


def _check(view: View, series: Sequence[Series]) -> None:
    middle: dict[tuple[str, str, int], float] = {}
    for one in series:
        model = view.published(one)
        middle |= {figure.key: float(np.median(model[figure.year])) for figure in one.figures}
    faults: list[Fault] = gross_faults(series, middle)
    if faults:
        raise InvalidInput(faults)


def _priority(work: _Work, view: View, targets: Sequence[TargetFinding], called: Mapping[str, Text]) -> Priority | None:
    """What moves the least likely of the targets that are still open."""
    open_ = [one for one in targets if one.now.probability is not None and one.met is None and one.year > view.year]
    if not open_:
        return None
    worst = min(open_, key=lambda one: one.now.probability or 0.0)
    target = next(target for target, _ in work.targets if target.id == worst.id)
    own = next((one for one in work.series if one.key == (worst.region, worst.measure)), None)
    outcome = judge.outcome_of(target, worst.region, view, own)
    inputs = standings(work.case, view.sample, work.places[worst.region].lanes)
    found = causes.influences(outcome, reaches(outcome, target), inputs, view.sample.now, called)
    return Priority(worst.id, worst.name, found)


def _evaluation(work: _Work, year: int) -> Evaluation | None:
    """The evaluation that was asked for, or that of five years once figures reach so far."""
    base = work.scenario.base_year
    span = work.asked.span or ((base, year) if year - base >= FIVE_YEARS else None)
    if span is None:
        return None
    first, last = span
    if not base <= first < last <= year:
        text = tr("needs {base} ≤ FROM < TO ≤ {year}", base=base, year=year)
        raise InvalidInput([Fault(Place("--evaluate"), "", text)])
    then = work.view(work.sample(first), last)
    return evaluate(then, work.series, work.findings(then, None), first, last)
