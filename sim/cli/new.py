"""Start from a running example."""

import re
import shutil
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import click

from sim.cli.options import FILE, language_option, say
from sim.cli.texts import tr
from sim.common.errors import Fault, InvalidInput, Place
from sim.common.language import Language, Text, same
from sim.common.paths import library
from sim.common.system import reason
from sim.scenario.by_name import close, known_id
from sim.scenario.names import named

_NOT_EXAMPLES = {"regions", "policies", "plans", "processes", "projects"}


@click.command()
@click.argument("example", required=False)
@click.option("-o", "--out", type=FILE, default=None, help="folder to make (./<example>)")
@click.option("--xlsx", is_flag=True, help="with a workbook to fill in, mine.xlsx; also into a folder made before")
@language_option
def new(example: str | None, out: Path | None, xlsx: bool, lang: Language) -> None:
    """Copy an example's scenarios into a folder of your own.

    Without a name, lists the examples.
    """
    examples = {
        folder.name: folder
        for folder in sorted((library() / "scenarios").iterdir())
        if folder.is_dir() and folder.name not in _NOT_EXAMPLES
    }
    if example is None and xlsx:
        _workbook(out or Path("mine.xlsx"), None, lang)
        return
    if example is None:
        for name in examples:
            say(name)
        return
    names = _names(examples)
    example = known_id(_place(example), names)
    if example not in examples:
        problem = tr(
            "no example is called {example} (there are: {examples})",
            example=example,
            examples=Text("、".join(examples), ", ".join(examples)),
        )
        raise InvalidInput([Fault(Place("new"), "", problem, close(example, names))])
    target = out or Path(example)
    files = sorted(path.name for path in examples[example].glob("*.yaml"))
    first = next((name for name in ("pilot.yaml", "trend.yaml", *files) if name in files), "")
    if not target.exists():
        _copy(examples[example], target)
        say(tr("made {target}: {files}", target=target, files=Text("、".join(files), ", ".join(files))).in_(lang))
    elif not (xlsx and (target / first).is_file()):
        problem = tr("exists already and is not overwritten")
        raise InvalidInput([Fault(Place(str(target)), "", problem)])
    if xlsx:
        _workbook(target / "mine.xlsx", first, lang)
    say(f"townward run {(target / (first if not xlsx else 'mine.xlsx')).as_posix()}")


def _names(examples: Iterable[str]) -> dict[str, Text]:
    """What examples are called: as the place of the region of the same name, without the word for its kind."""
    regions = named(library() / "scenarios" / "any.yaml", "regions")
    called = {name: regions.get(name, same(name)) for name in examples}
    return {name: Text(_place(words.zh), words.en) for name, words in called.items()}


def _place(name: str) -> str:
    """A Chinese name up to the word for the kind of place: of 安阳市九县（市、区） 安阳."""
    return re.split("[市县]", name, maxsplit=1)[0]


def _workbook(path: Path, parent: str | None, lang: Language) -> None:
    """A workbook to fill in that stands on another scenario, or on none yet."""
    from sim.cli.convert import write_scenario
    from sim.run.folder import publish

    if path.exists():
        raise InvalidInput([Fault(Place(str(path)), "", tr("exists already and is not overwritten"))])
    data = {"name": "mine", "title": asdict(tr("My scenario"))}
    data |= {"extends": parent} if parent else {"region": "", "plan": "", "horizon": "", "test_year": ""}
    publish(path.parent, {path.name: lambda part: write_scenario(data, path, part, lang)})
    say(tr("written: {folder}", folder=path).in_(lang))


def _copy(source: Path, target: Path) -> None:
    """Copy a folder so that it is whole or not there at all."""
    partial = target.with_name(f".{target.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        shutil.copytree(source, partial)
        partial.rename(target)
    except OSError as problem:
        shutil.rmtree(partial, ignore_errors=True)
        said = tr("cannot be written: {said}", said=reason(problem))
        raise InvalidInput([Fault(Place(str(target)), "", said)]) from None
