"""What an output or a target of a scenario is made of, and what moves it or holds it back: from a run of it."""

from dataclasses import asdict
from typing import Final

from sim.cli.options import say, say_json
from sim.cli.running import simulated
from sim.cli.texts import tr
from sim.common.errors import Fault, InvalidInput, Place
from sim.common.language import Language
from sim.common.numbers import points, quantity, unit_words
from sim.common.paths import shown_place
from sim.common.quickclass import quickclass
from sim.output.report.binding import binding
from sim.output.report.words import obstacle
from sim.output.run_folder import completed
from sim.run.answers import Driver, Need, NoAnswer, Supply, Verdict
from sim.run.curves import curves
from sim.run.grounds import grounds, scenario_measures
from sim.run.halves import drivers, halves, uncertain_inputs
from sim.run.made_of import Made, made_of
from sim.run.scenario_run import Run
from sim.run.words import measure_name
from sim.scenario.by_name import close, known_id, names_by_id
from sim.scenario.resolved import ResolvedScenario

_HOW: Final = {
    "sum": tr("the sum of"),
    "ratio": tr("the first divided by the second"),
    "over": tr("what the first has over the second, never less than nothing"),
    "standard": tr("the driver times its standard"),
    "moves": tr("last year’s, with births, deaths and these moves"),
}


@quickclass(frozen=True, slots=True)
class _Told:
    """A measure of a run in a year: what gives it, and what moves it most."""

    measure: str
    year: int
    made: Made | None
    moved_by: tuple[Driver, ...]


def explain_output(name: str, scenario: ResolvedScenario, lang: Language, form: str) -> None:
    """Say what a measure or a target of the plan is made of, and what moves it. Raises InvalidInput for other names."""
    targets = {one.id: one for one in scenario.plan.targets} if scenario.plan else {}
    measures = scenario_measures(scenario)
    called = names_by_id(measures)
    if name not in targets:
        name = known_id(name, called)
    if name not in targets and name not in measures:
        called |= {id_: one.title for id_, one in targets.items()}
        called |= names_by_id(scenario.parameters)
        problem = tr("no parameter, output or target of this scenario is called {name}", name=name)
        raise InvalidInput([Fault(Place("explain"), name, problem, close(name, called))])
    done = completed(simulated(scenario, None, lang))
    verdict = next((one for one in done.tables.verdicts if one.id == name), None)
    measure = name if verdict is None else _measure_of(verdict)
    year = scenario.test_year if verdict is None or verdict.year is None else min(verdict.year, scenario.horizon)
    told = _told(done, measure, year) if measure in measures else None
    if form == "json":
        say_json({"name": name, "verdict": verdict and asdict(verdict), "made_of": told and asdict(told)})
        return
    for line in (*_of_target(done, verdict, lang), *(_of_measure(done, told, lang) if told else ())):
        say(line)


def _measure_of(verdict: Verdict) -> str:
    """The measure that a verdict rests on: of a standard, what drives the need."""
    return verdict.answer.driver if isinstance(verdict.answer, Need | Supply) else verdict.measure


def _told(done: Run, measure: str, year: int) -> _Told:
    scenario, ensemble = done.scenario, done.ensemble
    values = ensemble.of(measure)[ensemble.years.index(year)].astype(float)
    inputs = uncertain_inputs(ensemble, grounds(scenario)[scenario.main], scenario.policies, scenario.seed)
    moved = drivers(values, values > values.mean(), halves(inputs)) if values.std() > 0.0 else ()
    return _Told(measure, year, made_of(measure, ensemble.measures, scenario.services), moved)


def _of_target(done: Run, verdict: Verdict | None, lang: Language) -> list[str]:
    from sim.cli.running import scorecard_line

    if verdict is None:
        return []
    lined = done.scenario.plan.targets if done.scenario.plan else ()
    place = next((shown_place(one.place) for one in lined if one.id == verdict.id), "")
    goal = quantity(verdict.value, verdict.unit, lang, exact=True)
    plain = f"  {verdict.id} {verdict.year or ''}  {verdict.title.in_(lang)} ({goal})"
    lines = [(scorecard_line(verdict, lang) or plain).strip()]
    if verdict.source is not None:
        lines.append(f"    {tr('source').in_(lang)}: {verdict.source.in_(lang)} ({place})")
    held = binding(done.tables, verdict, lang) or obstacle(verdict, lang)
    if isinstance(verdict.answer, NoAnswer) and verdict.answer.reason is not None:
        lines.append(f"    {verdict.answer.reason.in_(lang)}")
    if held:
        lines.append(f"    {tr('what holds it back').in_(lang)}: {held}")
    return lines


def _of_measure(done: Run, told: _Told, lang: Language) -> list[str]:
    names = (told.measure, *(part for _, part in told.made.parts)) if told.made else (told.measure,)
    found = curves(done.tables, names)
    label = measure_name(told.measure, lang)
    value = _amount(done, told.measure, told.year, lang) if found.has(told.measure) else ""
    lines = [f"{label} ({told.measure}), {told.year}: {value}"]
    if told.made is None:
        lines.append(f"    {tr('worked out by the model itself (docs/model.md)').in_(lang)}")
    else:
        lines.append(f"    {tr('made of').in_(lang)}: {_HOW[told.made.how].in_(lang)}")
        signed = told.made.how in ("sum", "over", "moves")
        lines += [
            f"    {sign if signed else '·'} {_part(done, part, told.year, lang)}" for sign, part in told.made.parts
        ]
    if told.moved_by:
        title = tr("what moves it most: where an uncertain input is in its upper half, against its lower half")
        lines.append(f"    {title.in_(lang)}")
        unit = done.ensemble.measures[told.measure].unit
        lines += [f"      {_shift(one.shift, unit, lang)}  {one.name.in_(lang)} ({one.path})" for one in told.moved_by]
    return lines


def _part(done: Run, part: str, year: int, lang: Language) -> str:
    if part in done.ensemble.measures:
        return f"{measure_name(part, lang)} ({part}) {_amount(done, part, year, lang)}"
    parameter = done.scenario.parameters[part]
    return f"{parameter.name.in_(lang)} ({part}) {parameter.default:g} {unit_words(parameter.unit, lang)}"


def _amount(done: Run, measure: str, year: int, lang: Language) -> str:
    found = curves(done.tables, (measure,))
    return quantity(found.median(measure, year), found.units.get(measure, ""), lang)


def _shift(value: float, unit: str, lang: Language) -> str:
    return ("+" if value > 0 else "−") + points(abs(value), unit, lang)
