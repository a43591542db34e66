"""A run again, from the inputs that its folder keeps: which files come out the same, and what else is different."""

import os
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from sim.common.errors import InvalidInput, fault
from sim.common.language import Language, Text, same
from sim.common.paths import copied, shown
from sim.common.quickclass import quickclass
from sim.common.system import reason
from sim.output import run_folder
from sim.output.texts import tr
from sim.run.contributions import DRAWS, contributions
from sim.run.copies import INPUTS, Copy, unpacked
from sim.run.ensemble import Watch
from sim.run.folder import MANIFEST, file_hash
from sim.run.scenario_run import Run, circumstances, run
from sim.scenario import scenario
from sim.scenario.resolved import ResolvedScenario

_MOST_BYTES = 16 << 20


def _file_name(name: str) -> str:
    if Path(name).name != name or "\\" in name or not name.isprintable():
        raise ValueError("not the name of a file")
    return name


Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Manifest(BaseModel):
    """What reproduction needs of a manifest."""

    model_config = ConfigDict(frozen=True)

    language: Language
    inputs: dict[str, Hash]
    outputs: dict[Annotated[str, AfterValidator(_file_name)], Hash]
    version: str
    commit: str | None = None
    contribution_draws: Annotated[int, Field(ge=1, le=DRAWS)] = DRAWS
    python: str = ""
    machine: str = ""
    libraries: dict[str, str] = Field(default_factory=dict)
    program_files: dict[str, Hash] = Field(default_factory=dict)


class Means(NamedTuple):
    """How it is run again: threads, and who is told how far it is."""

    jobs: int | None
    watch: Watch | None


@quickclass(frozen=True, slots=True)
class Reproduction:
    """What came of running kept inputs again.

    alike, apart: files of the folder that came out the same, and that did not; changed: files of the folder, or kept
    inputs, that are not what the manifest says of them; others: what is not as it was when the folder was written.
    """

    alike: tuple[str, ...]
    apart: tuple[str, ...]
    changed: tuple[Text, ...]
    others: tuple[Text, ...]

    @property
    def is_same(self) -> bool:
        """Whether every file came out the same, and nothing in the folder was changed since."""
        return not self.apart and not self.changed


def reproduced(folder: Path, jobs: int | None = None, watch: Watch | None = None) -> Reproduction:
    """Run what a folder keeps, and compare. watch: told how far it is. Raises InvalidInput where it keeps no run."""
    said = read_manifest(folder)
    archive = folder / INPUTS
    if not archive.is_file():
        raise fault(str(folder), "", tr("this folder keeps no {inputs}: run the scenario again", inputs=INPUTS))
    changed = _changed_outputs(folder, said)
    with tempfile.TemporaryDirectory(prefix="townward-") as made:
        inputs, outputs = Path(made).resolve() / "inputs", Path(made).resolve() / "outputs"
        outputs.mkdir()
        copy = unpacked(archive, inputs)
        changed += _changed_inputs(copy, said)
        with copied(copy.library, copy.names):
            done = _run(_resolved(copy), copy, inputs, said, Means(jobs, watch))
            written = run_folder.parts(done, said.language, keep_draws=run_folder.DRAWS in said.outputs)
            for name, write in written.items():
                write(outputs / name)
        hashes = {path.name: file_hash(path) for path in outputs.iterdir()}
    answer = {name: hash_ for name, hash_ in said.outputs.items() if name != INPUTS}
    alike = tuple(name for name, hash_ in answer.items() if hashes.get(name) == hash_)
    apart = tuple(name for name in dict.fromkeys((*answer, *hashes)) if name not in alike)
    return Reproduction(alike, apart, tuple(changed), _others(said))


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a folder. Raises InvalidInput where there is none, or where it is damaged."""
    path = folder / MANIFEST
    if not path.is_file():
        raise fault(str(folder), "", tr("this folder holds no run: it has no {manifest}", manifest=MANIFEST))
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise fault(str(path), "", tr("the manifest is damaged: {said}", said="> 16 MiB"))
        return Manifest.model_validate_json(path.read_bytes())
    except ValidationError as problem:
        first = problem.errors(include_url=False)[0]
        where = ".".join(str(step) for step in first["loc"] if step != "[key]")
        raise fault(str(path), where, tr("the manifest is damaged: {said}", said=first["msg"])) from None
    except OSError as problem:
        raise fault(str(path), "", tr("the manifest is damaged: {said}", said=reason(problem))) from None


def _resolved(copy: Copy) -> ResolvedScenario:
    """The scenario of the copies; a fault of theirs is told of the file as it was called."""
    try:
        return scenario(copy.file, copy.overrides)
    except InvalidInput as invalid:
        told = (replace(one, place=replace(one.place, file=shown(Path(one.place.file)))) for one in invalid.faults)
        raise InvalidInput(told) from None


def _run(resolved: ResolvedScenario, copy: Copy, inputs: Path, said: Manifest, means: Means) -> Run:
    outside = [path for path in resolved.inputs if not path.resolve().is_relative_to(inputs)]
    if outside:
        problem = tr("the kept inputs name a file outside the folder, which is not read: {path}", path=outside[0])
        raise fault(copy.names.get(copy.file.resolve(), copy.file.name), "", problem)
    done = run_folder.completed(run(resolved, means.jobs, means.watch))
    if run_folder.CONTRIBUTIONS not in said.outputs:
        return done
    found = contributions(resolved, draws=said.contribution_draws, jobs=means.jobs or os.cpu_count() or 1)
    return replace(done, tables=replace(done.tables, contributions=found))


def _changed_outputs(folder: Path, said: Manifest) -> list[Text]:
    """Files of the folder that are not what was written."""
    found = []
    for name, hash_ in said.outputs.items():
        path = folder / name
        if not path.is_file():
            found.append(tr("{name} is missing", name=name))
        elif file_hash(path) != hash_:
            found.append(tr("{name} was changed since it was written", name=name))
    return found


def _changed_inputs(copy: Copy, said: Manifest) -> list[Text]:
    """Kept inputs that are not what was read."""
    kept = {name: file_hash(path) for path, name in copy.names.items() if path.is_file()}
    return [
        tr("input {name} is not the one that was run", name=name)
        for name in dict.fromkeys((*said.inputs, *kept))
        if kept.get(name) != said.inputs.get(name)
    ]


def _others(said: Manifest) -> tuple[Text, ...]:
    """What differs of program, libraries and machine."""
    now = Manifest.model_validate({"language": said.language, "inputs": {}, "outputs": {}, **circumstances()})
    named = {
        tr("version of the program"): (said.version, now.version),
        tr("commit"): (said.commit, now.commit),
        tr("Python", context="language"): (said.python, now.python),
        tr("machine"): (said.machine, now.machine),
        **{same(name): both for name, both in _both(said.libraries, now.libraries).items()},
    }
    found = [
        tr("{what}: {before} then, {after} now", what=what, before=before or "—", after=after or "—")
        for what, (before, after) in named.items()
        if before != after
    ]
    tables = [name for name, (before, after) in _both(said.program_files, now.program_files).items() if before != after]
    return (*found, *(tr("the program’s own table {name} is another one", name=name) for name in tables))


def _both(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, tuple[str | None, str | None]]:
    return {name: (before.get(name), after.get(name)) for name in dict.fromkeys((*before, *after))}


def checked(folder: Path) -> None:
    """Raises InvalidInput where a file of the folder is not what its manifest says."""
    changed = _changed_outputs(folder, read_manifest(folder))
    if changed:
        raise InvalidInput([*fault(str(folder), "", changed[0]).faults])
