"""A run with all that its report shows, and its folder."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path

from sim.common.language import Language
from sim.evidence.conditioning.condition import conditioned
from sim.evidence.crosscheck import crosschecks
from sim.output import report
from sim.run import folder as files
from sim.run.contents import contents
from sim.run.copies import INPUTS, write_inputs
from sim.run.kept import TABLES, write_tables
from sim.run.scenario_run import Run, manifest
from sim.run.stuck import stuck
from sim.run.tables import Contributions, RunTables

CONTRIBUTIONS = "contributions.json"
DRAWS = "draws.parquet"
REPORT = "report.html"


def completed(done: Run) -> Run:
    """The run held to figures where its scenario asks for it, with planners' methods, stuck projects, what is in it.

    Its scenario's inputs are all files that these rest on.
    """
    done = conditioned(done)
    of, tables = done.scenario, done.tables
    said, inputs = contents(of)
    more = replace(tables, crosschecks=crosschecks(of, tables), stuck=stuck(of, tables), contents=said)
    return replace(done, tables=more, scenario=replace(of, inputs=inputs))


def write(
    done: Run,
    folder: Path,
    language: Language,
    command: Sequence[str],
    started: str,
    *,
    keep_draws: bool = False,
    late: Callable[[], Contributions] | None = None,
) -> None:
    """Write the folder of a completed run: tables, verdicts, report, inputs, manifest, and every draw where asked for.

    command, started: what ran it, and when; late: gives the contributions, asked for once all else is written. Raises
    InvalidInput where the folder cannot be written.
    """

    @cache
    def whole() -> RunTables:
        return done.tables if late is None else replace(done.tables, contributions=late())

    told = [TABLES, REPORT, *([CONTRIBUTIONS] if late is not None or done.tables.contributions is not None else [])]
    made = _of_draws(done, language, keep_draws=keep_draws)
    made[INPUTS] = lambda path: write_inputs(done.scenario, path)
    made |= {name: lambda path: _of_tables(whole(), language)[path.name](path) for name in told}

    def write_manifest(path: Path) -> None:
        outputs = {name: files.file_hash(path.parent / name) for name in made}
        said = manifest(done, command, started) | {"language": language, "outputs": outputs}
        if (contributions := whole().contributions) is not None:
            said["contribution_draws"] = contributions.draws
        files.json_file(said)(path)

    files.publish(folder, made | {files.MANIFEST: write_manifest}, done.scenario.inputs, is_answer=True)


def parts(done: Run, language: Language, *, keep_draws: bool = False) -> dict[str, files.Writer]:
    """What writes each file of a run's answer: the same run gives the same files."""
    return _of_draws(done, language, keep_draws=keep_draws) | _of_tables(done.tables, language)


def _of_draws(done: Run, language: Language, *, keep_draws: bool) -> dict[str, files.Writer]:
    """Writers of what nothing that is worked out beside the tables changes."""
    tables = done.tables
    made: dict[str, files.Writer] = {
        "scenario.resolved.yaml": files.text_file(files.resolved_yaml(done.scenario)),
        files.SERIES: files.parquet(tables.series),
        files.PYRAMID: files.parquet(tables.pyramid),
        "summary.csv": files.csv_for_people(tables, language),
        "verdicts.csv": files.verdicts_csv(tables.verdicts, language),
        files.VERDICTS: files.verdicts_json(tables.verdicts),
    }
    if keep_draws:
        names = tuple(name for name, _ in tables.regions)
        made[DRAWS] = files.draws_parquet(tables.scenario, names, done.ensemble)
    return made


def _of_tables(tables: RunTables, language: Language) -> dict[str, files.Writer]:
    made: dict[str, files.Writer] = {
        TABLES: lambda path: write_tables(tables, path),
        REPORT: lambda path: report.write(tables, path, language),
    }
    if tables.contributions is not None:
        made[CONTRIBUTIONS] = files.json_file(asdict(tables.contributions))
    return made
