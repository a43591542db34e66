"""How scenarios differ: their plans and years, policies, settings and projects, as files and `--set` say them."""

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Final, Literal

from sim.common.language import LANGUAGES, Language, Text, in_each, same
from sim.common.numbers import quantity
from sim.common.quickclass import quickclass
from sim.common.units import base
from sim.model.draws.setting import Given, Setting
from sim.model.projects.project import Project
from sim.run.texts import tr
from sim.scenario import scenario
from sim.scenario.explanation import said
from sim.scenario.resolved import PolicyRef, ResolvedScenario, Total
from sim.scenario.totals import LED, RESIDENTS, TOWNSPEOPLE

Kind = Literal["region", "key", "policy", "setting", "project"]

_NUMBERED: Final = re.compile(r" \d+$")
_ASKED: Final = ("scenario", "override")
"""Who asks for settings that are the scenario's own: its files, and `--set`."""


@quickclass(frozen=True, slots=True)
class Differing:
    """Something in which scenarios differ. values: what each of them has, in their order; None where it has nothing."""

    kind: Kind
    id: str
    name: Text
    values: tuple[Text | None, ...]


def differing(scenarios: Sequence[ResolvedScenario]) -> tuple[Differing, ...]:
    """All in which some of the scenarios differ: regions and years, then policies, settings, projects."""
    known = [_facts(one) for one in scenarios]
    keys = dict.fromkeys(key for facts in known for key in facts)
    found = []
    for key in sorted(keys, key=lambda key: _KINDS.index(key[0])):
        values = tuple(facts[key][1] if key in facts else None for facts in known)
        if len(set(values)) > 1:
            name = next(facts[key][0] for facts in known if key in facts)
            found.append(Differing(key[0], key[1], name, values))
    return tuple(found)


def parent_of(of: ResolvedScenario) -> ResolvedScenario | None:
    """The scenario that it extends, or itself without its `--set`; None where it stands alone."""
    if of.overrides:
        return scenario(of.file)
    return None if of.parent is None else scenario(of.parent)


def of_one_place(scenarios: Sequence[ResolvedScenario]) -> bool:
    """Whether all are of the same regions in the same base year, so that what differs is what they do."""
    return len({(one.main, tuple(ref.id for ref in one.regions), one.base_year) for one in scenarios}) == 1


def policy_words(policy: PolicyRef) -> Text:
    """A policy's dates, size and strength in words."""
    words = [_dates(policy)]
    if policy.amount is not None:
        words.append(Text(*(_size(policy.amount, side) for side in LANGUAGES)))
    words.append(tr("strength {n:g}", n=policy.intensity))
    return Text(" · ".join(one.zh for one in words), " · ".join(one.en for one in words))


def _size(written: str, language: Language) -> str:
    """A size as people write it; a path over years as it stands."""
    number, _, unit = written.partition(" ")
    try:
        kind, factor = base(unit) if unit else ("", 1.0)
        return quantity(float(number) * factor, kind, language, exact=True)
    except (ValueError, KeyError):
        return written


def _dates(policy: PolicyRef) -> Text:
    if policy.start is None and policy.end is None:
        return tr("all years")
    if policy.end is None:
        return tr("from {year}", year=policy.start)
    if policy.start is None:
        return tr("to {year}", year=policy.end)
    return same(f"{policy.start}–{policy.end}")


_KINDS: Final[tuple[Kind, ...]] = ("region", "key", "policy", "setting", "project")
_Facts = dict[tuple[Kind, str], tuple[Text, Text]]


def _facts(of: ResolvedScenario) -> _Facts:
    regions = [ref.name for ref in of.regions]
    found: _Facts = {
        ("region", "region"): (tr("region"), _together(regions)),
        ("key", "plan"): (tr("plan"), of.plan.title if of.plan else tr("none")),
        ("key", "horizon"): (tr("last year"), same(str(of.horizon))),
        ("key", "test_year"): (tr("year of the verdicts"), same(str(of.test_year))),
        ("key", "draws"): (tr("draws"), same(str(of.draws))),
        ("key", "seed"): (tr("seed"), same(str(of.seed))),
    }
    if of.totals:
        found["key", "totals"] = (tr("control totals"), _totals(of))
    found |= {("policy", one.id): (one.name, policy_words(one)) for one in of.policies}
    found |= {("setting", path): _set(of, path, own) for path, own in own_settings(of).items()}
    pool = sorted(of.projects, key=lambda one: one.entry)
    return found | {("project", entry): _project(list(own)) for entry, own in groupby(pool, lambda one: one.entry)}


def own_settings(of: ResolvedScenario) -> dict[str, list[Setting]]:
    """What the scenario's files and `--set` ask for beside policies and totals, by parameter; of its first region."""
    found: dict[str, list[Setting]] = {}
    for setting in of.settings[of.regions[0].id]:
        if isinstance(setting.source, Given) and setting.source.by in _ASKED and setting.path not in LED:
            found.setdefault(setting.path, []).append(setting)
    return found


def _set(of: ResolvedScenario, path: str, own: Sequence[Setting]) -> tuple[Text, Text]:
    return of.parameters[path].name, _together([said(one) for one in own])


def _totals(of: ResolvedScenario) -> Text:
    """Control totals as they were asked for, each with its place where there are several."""
    names = {ref.id: ref.name for ref in of.regions}
    return _together([_total(one, names[one.region] if len(names) > 1 else None) for one in of.totals])


def _total(one: Total, place: Text | None) -> Text:
    whom = {RESIDENTS: tr("residents"), TOWNSPEOPLE: tr("urban residents")}[one.path]
    people = in_each(lambda language: quantity(one.persons, "person", language, exact=True))
    said = tr("{year}: {whom} {people}", year=one.year, whom=whom, people=people)
    return said if place is None else tr("{place} {said}", place=place, said=said)


def _project(own: Sequence[Project]) -> tuple[Text, Text]:
    first = own[0]
    begins = f"{int(first.begins) // 12}-{int(first.begins) % 12 + 1:02d}"
    name = first.name if len(own) == 1 else Text(*(_NUMBERED.sub("", side) for side in (first.name.zh, first.name.en)))
    return name, tr("{n} from {month}", n=len(own), month=begins)


def _together(words: Sequence[Text]) -> Text:
    return Text("、".join(one.zh for one in words), ", ".join(one.en for one in words))
