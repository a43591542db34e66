"""A run with all that its report shows, and its folder."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from sim.common.language import Language
from sim.evidence.crosscheck import crosschecks
from sim.output import report
from sim.run import folder as files
from sim.run.scenario_run import Run, manifest
from sim.run.stuck import stuck


def completed(done: Run) -> Run:
    """The run with planners' methods beside it, and with the projects that money can never start."""
    of, tables = done.scenario, done.tables
    return replace(done, tables=replace(tables, crosschecks=crosschecks(of, tables), stuck=stuck(of, tables)))


def write(
    done: Run, folder: Path, language: Language, command: Sequence[str], started: str, *, keep_draws: bool = False
) -> None:
    """Write the folder of a run: its tables, verdicts, report and manifest, and every draw where that is asked for.

    command, started: what ran it, and when. Raises InvalidInput where the folder cannot be written.
    """
    tables = done.tables
    parts: dict[str, files.Writer] = {
        "scenario.resolved.yaml": files.text_file(files.resolved_yaml(done.scenario)),
        files.SERIES: files.parquet(tables.series),
        "pyramid.parquet": files.parquet(tables.pyramid),
        "summary.csv": files.csv_for_people(tables, language),
        "verdicts.csv": files.verdicts_csv(tables.verdicts, language),
        files.VERDICTS: files.verdicts_json(tables.verdicts),
        "report.html": lambda path: report.write(tables, path, language),
        files.MANIFEST: files.json_file(manifest(done, command, started)),
    }
    if tables.contributions is not None:
        parts["contributions.json"] = files.json_file(asdict(tables.contributions))
    if keep_draws:
        names = tuple(name for name, _ in tables.regions)
        parts["draws.parquet"] = files.draws_parquet(tables.scenario, names, done.ensemble)
    files.publish(folder, parts, done.scenario.inputs)
