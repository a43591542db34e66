"""What a search leaves behind: the scenario that was found, and the answer as plain data."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from sim.common.language import LANGUAGES, Text, joined
from sim.common.paths import shown as shown_path
from sim.questions.seek import draft
from sim.questions.seek.ask import Answer, Asked
from sim.questions.seek.goal import Goal
from sim.questions.seek.lever import Lever
from sim.questions.seek.one import Alone
from sim.questions.seek.response import Judged, Point
from sim.questions.seek.start import START
from sim.questions.seek.words import goal_words, odds_of, odds_words, sentences
from sim.questions.texts import tr
from sim.run.folder import Writer, text_file

FOUND: Final = "found.yaml"
_LONGEST: Final = 57


def scenario_parts(answer: Answer, folder: Path) -> dict[str, Writer]:
    """Writers of the scenario that was found, and of policies that it would not find from its folder."""
    if answer.found is None:
        return {}
    asked = answer.asked
    start = asked.start
    moved = [(lever, at) for lever, at in zip(asked.levers, answer.found.at, strict=True) if at != lever.present]
    levers, at = [lever for lever, _ in moved], [value for _, value in moved]
    head = {
        "name": f"{asked.scenario.name[:_LONGEST]}-found",
        "title": {language: _title(asked).in_(language) for language in LANGUAGES},
        "extends": START if start.content else draft.extending(asked.file, folder),
        "draws": asked.scenario.draws,
        "seed": asked.scenario.seed,
    }
    said = [f"{language}: {sentences(answer, language)[0]}" for language in LANGUAGES]
    text = draft.text(draft.content(levers, at, start.uses, head, _source(asked)), said)
    own = draft.own_policies([lever.path for lever in levers], start.uses, folder) | start.own_policies(folder)
    parts = {FOUND: text_file(text)} | {name: _copied(file, folder / name) for name, file in own.items()}
    if start.content:
        parts[START] = text_file(start.text(asked.file, folder))
    return parts


def _title(asked: Asked) -> Text:
    title, odds = asked.scenario.title, odds_of(asked.goals)
    return tr("{title}: {odds} to meet the target", title=title, odds=odds)


def _source(asked: Asked) -> Text:
    """What stands beside a number that was found."""
    said = [
        tr("{goal} with a probability of {odds_words}", goal=goal_words(goal), odds_words=odds_words(goal))
        for goal in asked.goals
    ]
    return tr("sought: {goals}", goals=joined(said, "、", " and "))


def _copied(file: Path, there: Path) -> Writer:
    """Writer of a copy of a file; its own folder is made, in which it takes its place."""
    content = file.read_bytes()

    def write(path: Path) -> None:
        for folder in (path.parent, there.parent):
            folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    return write


def record(answer: Answer) -> dict[str, Any]:
    """The answer as plain data: shares between 0 and 1, quantities in the model's units."""
    asked = answer.asked
    low, high = answer.around
    return {
        "scenario": asked.scenario.name,
        "file": shown_path(asked.file),
        "status": answer.status,
        "probability_asked": asked.probability,
        "draws": asked.scenario.draws,
        "seed": asked.scenario.seed,
        "set": {key: part for key, part in asked.start.content.items() if key in ("policies", "set")} or None,
        "settings_tried": answer.tried,
        "targets": [_goal(goal) for goal in asked.goals],
        "levers": [_lever(lever) for lever in asked.levers],
        "present": _point(answer.present, asked.levers),
        "found": None if answer.found is None else _point(answer.found, asked.levers),
        "best": _point(answer.best, asked.levers),
        "interval": {"of": "value" if len(asked.levers) == 1 else "share of the change", "low": low, "high": high},
        "alone": [_alone(one, asked.levers) for one in answer.alone],
        "region": None if answer.region is None else asdict(answer.region) | {"share": answer.region.share},
        "sentences": {language: sentences(answer, language) for language in LANGUAGES},
    }


def _goal(goal: Goal) -> dict[str, Any]:
    target = goal.target
    return {
        "id": target.id,
        "title": asdict(target.title),
        "measure": target.measure,
        "op": target.op,
        "value": target.value,
        "unit": target.unit,
        "year": target.year,
        "probability_asked": goal.probability,
    }


def _lever(lever: Lever) -> dict[str, Any]:
    return {
        "path": lever.key,
        "name": asdict(lever.name),
        "present": lever.present,
        "low": lever.low,
        "high": lever.high,
        "unit": lever.unit,
        "range": asdict(lever.range_of),
        "weight": lever.weight,
    }


def _point(point: Point, levers: tuple[Lever, ...]) -> dict[str, Any]:
    return {
        "at": {lever.key: value for lever, value in zip(levers, point.at, strict=True)},
        "effort": point.effort,
        "met": point.is_met,
        "binding": point.binding.goal.id,
        "together": point.together,
        "targets": [_judged(one) for one in point.judged],
    }


def _judged(one: Judged) -> Mapping[str, Any]:
    return {
        "id": one.goal.id,
        "probability": one.probability,
        "probability_error": one.error,
        "reached_with_probability": one.assured,
        "low": one.low,
        "median": one.median,
        "high": one.high,
    }


def _alone(one: Alone, levers: tuple[Lever, ...]) -> dict[str, Any]:
    return {
        "path": one.lever.key,
        "enough": [list(interval) for interval in one.met],
        "found": None if one.found is None else _point(one.found, levers),
        "best": _point(one.best, levers),
        "interval": list(one.around),
        "shapes": dict(zip((judged.goal.id for judged in one.best.judged), one.curve.shapes, strict=True)),
        "curve": {"at": one.curve.at, "probability": one.curve.probabilities, "median": one.curve.median},
    }
