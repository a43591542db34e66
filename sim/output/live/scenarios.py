"""What a page needs of a scenario before anything is moved: levers, choosers and where everything is written."""

from collections.abc import Container
from itertools import count
from pathlib import Path
from typing import Any, Final

from sim.common.inert import shown
from sim.common.language import Language, Text
from sim.common.numbers import unit_words
from sim.common.paths import shown as shown_path
from sim.common.typography import sentence, typeset
from sim.common.units import is_known
from sim.output.live.panes import NAMES
from sim.output.report.assumptions import subject_of
from sim.output.texts import tr
from sim.questions.live.levers import Card, Knob
from sim.questions.live.opened import Opened, Shelf
from sim.run.scenario_run import Run
from sim.scenario.library import Reading
from sim.scenario.shapes.scenario_file import ScenarioFile

Plain = dict[str, Any]

_MAIN: Final = (
    *(
        "urbanization_rate",
        "hukou_urbanization_rate",
        "resident",
        "urban",
        "city",
        "town",
        "rural",
        "away",
        "registered",
    ),
    *("households", "births", "deaths", "age_60_plus", "age_0_14", "labour_force", "urban_jobs", "job_gap"),
    *("income_urban", "income_rural", "urban_homes", "urban_vacancy_rate", "home_demand", "money_year", "debt"),
)
"""Measures that are listed first."""
_KINDS: Final = {"intensity": tr("Strength"), "amount": tr("Size"), "from": tr("First year")}


def scenario(of: Opened, name: str, language: Language) -> Plain:
    """All of it, in the reader's language."""
    tables = of.saved.tables
    return {
        "name": name,
        "title": of.as_is.title.in_(language),
        "place": ", ".join(region.in_(language) for _, region in tables.regions[:1]),
        "plan": tables.plan_title.in_(language) if tables.plan_title else "",
        "file": shown_path(of.file),
        "draws": of.as_is.draws,
        "firstLook": of.is_first,
        "years": {"base": tables.base_year, "test": tables.test_year, "last": tables.horizon},
        "regions": [{"id": id_, "name": region.in_(language)} for id_, region in tables.regions],
        "measures": _measures(of.saved, language),
        "panes": [{"id": id_, "name": title.in_(language)} for id_, title in NAMES.items()],
        "cards": [_card(card, of, language) for card in of.cards.values()],
        "rates": _rates(of, language),
    }


def _measures(run: Run, language: Language) -> list[Plain]:
    known = run.tables.measures
    order = [*(one for one in _MAIN if one in known), *(one for one in known if one not in _MAIN)]
    return [{"id": one, "name": sentence(known[one].name.in_(language)), "main": one in _MAIN} for one in order]


def _card(card: Card, of: Opened, language: Language) -> Plain:
    return {
        "id": card.id,
        "name": sentence(card.name.in_(language)),
        "used": card.id in of.own_uses,
        "from": _said(card.from_plan, language),
        "who": _said(card.who, language),
        "caution": _said(card.caution, language),
        "evidence": [_said(one, language) for one in card.evidence],
        "place": card.place,
        "missing": "" if card.missing is None else _said(card.missing, language),
        "knobs": [_knob(knob, language) for knob in of.knobs if knob.part != "rate" and knob.card == card.id],
    }


def _rates(of: Opened, language: Language) -> list[Plain]:
    """Rates by subject; those that move the targets most come first and are shown open."""
    strongest = list(
        dict.fromkeys(
            driver.path for said in of.saved.tables.verdicts for driver in getattr(said.answer, "holds_back", ())
        )
    )
    rates = [knob for knob in of.knobs if knob.part == "rate"]
    first = [knob for path in strongest for knob in rates if knob.lever.path == path]
    groups: dict[Text, list[Knob]] = {tr("What moves the targets most"): first}
    for knob in rates:
        if knob not in first:
            groups.setdefault(subject_of(knob.lever.path), []).append(knob)
    return [
        {"name": title.in_(language), "open": place == 0, "knobs": [_knob(knob, language) for knob in knobs]}
        for place, (title, knobs) in enumerate(groups.items())
        if knobs
    ]


def _knob(knob: Knob, language: Language) -> Plain:
    lever = knob.lever
    title = _KINDS.get(lever.kind, knob.name).in_(language)
    return {
        "key": knob.key,
        "title": sentence(title),
        "value": knob.shown(lever.present),
        "low": knob.shown(lever.low),
        "high": knob.shown(lever.high),
        "least": knob.allowed[0],
        "most": knob.allowed[1],
        "step": knob.step,
        "whole": lever.is_integer,
        "unit": _unit(lever.kind, lever.unit, language),
        "range": _said(lever.range_of, language),
        "source": _said(knob.source, language),
        "place": knob.place,
    }


def _unit(kind: str, unit: str, language: Language) -> str:
    if kind in ("from", "to"):
        return ""
    if kind in ("intensity", "times"):
        return "×"
    if unit in ("share", "share/year"):
        return "%" if unit == "share" else tr("%/year").in_(language)
    return unit_words(unit, language) if is_known(unit) else unit


def _said(text: Text, language: Language) -> str:
    return shown(typeset(text.in_(language)))


def listed(shelf: Shelf, language: Language) -> list[Plain]:
    """The scenarios there are, with their titles."""
    return [
        {"name": name, "title": _title(file, language), "file": shown_path(file)} for name, file in shelf.files.items()
    ]


def added(shelf: Shelf, file: Path) -> Plain:
    """A file that was just saved, as one more scenario."""
    name = unused(file, shelf.files)
    shelf.add(name, file)
    return {"name": name, "file": shown_path(file)}


def unused(file: Path, taken: Container[str]) -> str:
    """A name for a file: its own, else with its folder, else with a number."""
    names = (file.stem, f"{file.resolve().parent.name}/{file.stem}")
    return next(
        (one for one in names if one not in taken),
        next(f"{file.stem}-{number}" for number in count(2) if f"{file.stem}-{number}" not in taken),
    )


def _title(file: Path, language: Language) -> str:
    """The title of a scenario, else its name; what is wrong with the file is said when it is opened."""
    loaded = Reading().read(file, ScenarioFile)
    if loaded is None:
        return file.stem
    title = loaded.model.title
    return loaded.model.name if title is None else title.text.in_(language)
