"""Commands that list what a scenario can use: policies, measures, regions; each by id, with its name."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import click

from sim.cli.options import format_option, language_option, say, say_json
from sim.cli.texts import tr
from sim.common.errors import InvalidInput
from sim.common.language import Language, Text
from sim.common.numbers import unit_words
from sim.scenario.library import Reading, folders
from sim.scenario.loading import load
from sim.scenario.measures import named
from sim.scenario.services import library_services
from sim.scenario.shapes.policy_file import PolicyFile

HERE: Final = (Path("any.yaml"), Path("scenarios/any.yaml"))
"""Where a scenario of one's own would lie: files are looked for as from there."""


class Listed(NamedTuple):
    """Something that can be named: its id, its name, and what else is worth a line."""

    id: str
    name: Text
    more: Text


@click.command()
@click.argument("words", nargs=-1)
@language_option
@format_option
def policies(words: tuple[str, ...], lang: Language, form: str) -> None:
    """Policies that a scenario can use, own ones too; WORDS narrow the list."""
    _say(_chosen(_policies(), words), lang, form)


@click.command()
@click.argument("words", nargs=-1)
@language_option
@format_option
def measures(words: tuple[str, ...], lang: Language, form: str) -> None:
    """Measures that a plan can name and a run reports; WORDS narrow the list."""
    table = library_services(Reading())
    found = (Listed(one.id, one.name, Text(unit_words(one.unit, "zh"), one.unit)) for one in named(table))
    _say(_chosen(found, words), lang, form)


@click.command()
@click.argument("words", nargs=-1)
@language_option
@format_option
def regions(words: tuple[str, ...], lang: Language, form: str) -> None:
    """Regions that a scenario can name, own ones too; WORDS narrow the list."""
    _say(_chosen(_regions(), words), lang, form)


def _policies() -> Iterable[Listed]:
    for file in _files("policies", "*.yaml"):
        reading = Reading()
        found = reading.read(file, PolicyFile)
        if found is None:
            raise InvalidInput(reading.faults)
        yield Listed(found.model.id, found.model.name.text, found.model.from_plan.text)


def _regions() -> Iterable[Listed]:
    for file in _files("regions", "*/region.yaml"):
        data = load(file).data
        name = data.get("name") if isinstance(data, dict) else None
        if isinstance(data, dict) and isinstance(name, dict):
            code = str(data.get("code") or "—")
            yield Listed(str(data.get("id")), Text(str(name.get("zh")), str(name.get("en"))), Text(code, code))


def _files(kind: str, pattern: str) -> list[Path]:
    """Files of a kind, nearest first; of one id the nearest alone, as scenarios find them."""
    places = dict.fromkeys(folder.resolve() for near in HERE for folder in folders(near, kind))
    found: dict[str, Path] = {}
    for folder in places:
        for file in sorted(folder.glob(pattern)):
            found.setdefault(file.relative_to(folder).as_posix(), file)
    return list(found.values())


def _chosen(found: Iterable[Listed], words: Sequence[str]) -> list[Listed]:
    """What has every word in its id or in one of its names."""
    wanted = [word.lower() for word in words]
    return [one for one in found if all(word in f"{one.id} {one.name.zh} {one.name.en}".lower() for word in wanted)]


def _say(found: Sequence[Listed], lang: Language, form: str) -> None:
    if form == "json":
        say_json([{"id": one.id, "name": {"zh": one.name.zh, "en": one.name.en}} for one in found])
        return
    for one in found:
        more = one.more.in_(lang)
        say(f"{one.id}  {one.name.in_(lang)}" + (f"  ({more})" if more else ""))
    if not found:
        say(tr("nothing of that name").in_(lang))
