"""A state of the levers as a scenario file of its own, which `townward run` runs to the numbers of the page."""

import os
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

from sim.common.errors import Fault, InvalidInput, Place
from sim.common.language import LANGUAGES, Text
from sim.common.paths import library
from sim.common.staging import staging, synced
from sim.common.system import reason
from sim.questions.live.opened import Moved, Opened
from sim.questions.seek import draft
from sim.questions.texts import tr
from sim.scenario import scenario as resolve
from sim.scenario.shapes.words import LONGEST_NAME, Name

_PARTIAL: Final = ".townward-"
_LONGEST_TITLE: Final = 200


def folder_for(file: Path) -> Path:
    """Where files that extend a scenario are saved: beside it, but in this folder where it is one of the library."""
    return Path.cwd() if file.resolve().is_relative_to(library().resolve()) else file.parent


def saved(of: Opened, at: Moved, name: str, title: str) -> Path:
    """Write the state as a new file that extends the scenario; the file.

    Raises InvalidInput where nothing was moved, for a name that is none or is taken, and for what no scenario may say;
    nothing is written then.
    """
    problem = None if at else tr("nothing was moved: there is nothing to save")
    if problem is None and not _is_name(name):
        problem = tr("a name has letters, digits, - and _ only, at most {most}", most=LONGEST_NAME)
    if problem is None and len(title) > _LONGEST_TITLE:
        problem = tr("the title is too long")
    if problem is not None:
        raise _refused(name, problem)
    of.resolved(at)  # every fault, before anything is written
    folder = folder_for(of.file)
    path = folder / f"{name}.yaml"
    text = draft.text(content(of, at, name, title.strip() or name, folder))
    _write_new(path, text)
    try:
        resolve(path)
    except InvalidInput:
        path.unlink()
        raise
    return path


def content(of: Opened, at: Moved, name: str, title: str, folder: Path) -> draft.Content:
    """The content of the file, as it is to lie in a folder."""
    head: draft.Content = {
        "name": name,
        "title": dict.fromkeys(LANGUAGES, title),
        "extends": draft.extending(of.file, folder),
    }
    return of.content(at, head | ({} if of.draws is None else {"draws": of.draws}))


def _is_name(name: str) -> bool:
    try:
        TypeAdapter(Name).validate_python(name)
    except ValidationError:
        return False
    return True


def _write_new(path: Path, text: str) -> None:
    """Write a file that was not there, whole or not at all."""
    try:
        with staging(path.parent, _PARTIAL) as made:
            part = made / path.name
            part.write_text(text, encoding="utf-8", newline="\n")
            synced(part)
            try:
                os.link(part, path)  # unlike a rename it never takes another file's place
            except FileExistsError:
                raise
            except OSError:  # a disk that knows no links
                with path.open("x", encoding="utf-8", newline="\n") as new:
                    new.write(text)
            synced(path.parent)
    except FileExistsError:
        raise _refused(path.name, tr("exists already and is not overwritten: choose another name")) from None
    except OSError as failed:
        raise _refused(path.name, tr("cannot be written: {said}", said=reason(failed))) from None


def _refused(name: str, problem: Text) -> InvalidInput:
    return InvalidInput([Fault(Place("save"), name, problem)])
