"""A run with all that its report shows, and its folder."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from sim.common.language import Language
from sim.evidence.conditioning.condition import conditioned
from sim.evidence.crosscheck import crosschecks
from sim.output import report
from sim.run import folder as files
from sim.run.contents import contents, files_of
from sim.run.copies import INPUTS, write_inputs
from sim.run.kept import TABLES, write_tables
from sim.run.scenario_run import Run, manifest
from sim.run.stuck import stuck

CONTRIBUTIONS = "contributions.json"
DRAWS = "draws.parquet"


def completed(done: Run) -> Run:
    """The run held to figures where its scenario asks for it, with planners' methods, stuck projects, what is in it."""
    done = conditioned(done)
    of, tables = done.scenario, done.tables
    more = replace(tables, crosschecks=crosschecks(of, tables), stuck=stuck(of, tables), contents=contents(of))
    return replace(done, tables=more)


def write(
    done: Run, folder: Path, language: Language, command: Sequence[str], started: str, *, keep_draws: bool = False
) -> None:
    """Write the folder of a run: its tables, verdicts, report, inputs and manifest, and every draw where asked for.

    command, started: what ran it, and when. Raises InvalidInput where the folder cannot be written.
    """
    made = parts(done, language, keep_draws=keep_draws)
    read = replace(done, scenario=replace(done.scenario, inputs=files_of(done.scenario)))
    made[INPUTS] = lambda path: write_inputs(read.scenario, path)

    def write_manifest(path: Path) -> None:
        outputs = {name: files.file_hash(path.parent / name) for name in made}
        said = manifest(read, command, started) | {"language": language, "outputs": outputs}
        if done.tables.contributions is not None:
            said["contribution_draws"] = done.tables.contributions.draws
        files.json_file(said)(path)

    files.publish(folder, made | {files.MANIFEST: write_manifest}, read.scenario.inputs, is_answer=True)


def parts(done: Run, language: Language, *, keep_draws: bool = False) -> dict[str, files.Writer]:
    """What writes each file of a run's answer: the same run gives the same files."""
    tables = done.tables
    made: dict[str, files.Writer] = {
        "scenario.resolved.yaml": files.text_file(files.resolved_yaml(done.scenario)),
        files.SERIES: files.parquet(tables.series),
        files.PYRAMID: files.parquet(tables.pyramid),
        TABLES: lambda path: write_tables(tables, path),
        "summary.csv": files.csv_for_people(tables, language),
        "verdicts.csv": files.verdicts_csv(tables.verdicts, language),
        files.VERDICTS: files.verdicts_json(tables.verdicts),
        "report.html": lambda path: report.write(tables, path, language),
    }
    if tables.contributions is not None:
        made[CONTRIBUTIONS] = files.json_file(asdict(tables.contributions))
    if keep_draws:
        names = tuple(name for name, _ in tables.regions)
        made[DRAWS] = files.draws_parquet(tables.scenario, names, done.ensemble)
    return made
