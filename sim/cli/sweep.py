"""Commands that run many members of one scenario, and ask what came of them."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.batches import Reporter, cost_record, takes_about
from sim.cli.options import (
    FILE,
    check_ending,
    format_option,
    language_option,
    note,
    note_first_run,
    progress,
    say,
    say_json,
    time_left,
)
from sim.cli.texts import tr
from sim.common import inert
from sim.common.errors import Exit
from sim.common.language import NOTHING, Language, Text

if TYPE_CHECKING:
    import pandas as pd

    from sim.questions.sensitivity import Analysis
    from sim.questions.sensitivity.missing import Treatment
    from sim.questions.sweep.estimate import Estimate
    from sim.questions.sweep.plan import Sweep
    from sim.questions.sweep.runner import Progress

RESULTS = Path("results")
_METHODS = ("sobol", "fast", "morris", "delta", "pawn", "variance", "anova", "swing")
_TREATMENTS = ("refuse", "drop", "nearest")


@click.command()
@click.argument("file", type=FILE, required=False)
@click.option("-o", "--out", type=FILE, default=None, help="folder of the sweep (results/<name>)")
@click.option("--jobs", type=click.IntRange(min=1), default=None, help="processes")
@click.option("--draws", type=click.IntRange(min=1), default=None, help="draws of each member")
@click.option("--scheduler", default=None, metavar="ADDRESS|FILE|config", help="of a Dask cluster")
@click.option("--limit", type=click.FloatRange(min=0.0, min_open=True), default=None, help="seconds a member may take")
@click.option("--dry-run", is_flag=True, help="say what it would cost")
@click.option("--census", type=FILE, default=None, help="instead: every county of a table")
@click.option("--target", default=None, metavar="RATE@YEAR", help="of every county, as 65%@2025")
@click.option("--horizon", type=int, default=None, help="last year of --census (2035)")
@click.option("--year", type=int, default=None, help="of the census, if its name does not say")
@language_option
@format_option
def sweep(
    file: Path | None,
    out: Path | None,
    jobs: int | None,
    draws: int | None,
    scheduler: str | None,
    limit: float | None,
    dry_run: bool,
    census: Path | None,
    target: str | None,
    horizon: int | None,
    year: int | None,
    lang: Language,
    form: str,
) -> int:
    """Run every member of a sweep, or every county, that has not been run; killed, it goes on."""
    if (file is None) == (census is None):
        raise click.UsageError(tr("give a sweep file, or --census FILE").in_(lang))
    if census is None and (target, horizon, year) != (None, None, None):
        raise click.UsageError(tr("--target, --horizon and --year go with --census").in_(lang))
    processes = jobs or os.cpu_count() or 1
    if census is not None:
        from sim.cli.census_sweep import Question, run_census

        asked_of_all = Question(census, out, target, horizon, year, draws, dry_run)
        return run_census(asked_of_all, (processes, scheduler, limit), lang, form)
    assert file is not None
    progress(tr("reading and checking …"), lang)
    from sim.questions.sweep.read import read

    asked = read(file, draws)
    folder = out or RESULTS / asked.name
    note_first_run(lang)
    if dry_run:
        return _say_cost(asked, processes, folder, lang, form)
    from sim.questions.sweep import runner, store

    means = runner.Means(processes, scheduler, limit)
    done = runner.run(store.opened(asked, folder), means, Reporter(lang), lambda text: note(text, lang))
    return _say_done(asked, done, folder, lang, form)


def _say_cost(asked: "Sweep", jobs: int, folder: Path, lang: Language, form: str) -> int:
    from sim.questions.sweep.estimate import estimate

    cost = estimate(asked, jobs)
    if form == "json":
        say_json({"sweep": asked.name, "folder": str(folder)} | cost_record(cost, jobs))
    else:
        say(_cost(asked, cost, jobs, folder).in_(lang))
    return Exit.DONE


def _cost(asked: "Sweep", cost: "Estimate", jobs: int, folder: Path) -> Text:
    takes = takes_about(cost, jobs)
    return tr(
        "would run “{title}”: {members} members × {draws} draws; {takes}, into {folder}",
        title=asked.title,
        members=cost.members,
        draws=cost.draws,
        takes=takes,
        folder=folder,
    )


def _say_done(asked: "Sweep", done: "Progress", folder: Path, lang: Language, form: str) -> int:
    if form == "json":
        record = {"sweep": asked.name, "folder": str(folder), "members": done.members, "failed": done.failed}
        say_json(record | {"run_now": done.done - done.before, "seconds": round(done.seconds, 3)})
    else:
        already = tr(" ({before} of them done before)", before=done.before)
        before = already if done.before else NOTHING
        say(
            tr(
                "“{title}”: {members} members{before}, {failed} failed, in {folder}",
                title=asked.title,
                members=done.members,
                before=before,
                failed=done.failed,
                folder=folder,
            ).in_(lang)
        )
    if done.failed and form != "json":
        ask = f'townward query {folder} "from failures"'
        note(tr("failed members are left out of the results; see: {ask}", ask=ask), lang)
    return Exit.PARTIAL_SWEEP if done.failed else Exit.DONE


@click.command()
@click.argument("folder", type=FILE)
@click.argument("sql")
@click.option("--format", "form", type=click.Choice(("text", "json", "csv")), default="text", help="text, json or csv")
@language_option
def query(folder: Path, sql: str, form: str, lang: Language) -> None:  # noqa: ARG001 - the language is noted for faults
    """Ask a sweep in SQL, of the tables members, outputs and failures."""
    from sim.questions.sweep.query import query as asked

    answer = asked(folder, sql)
    if form == "csv":
        safe = answer.rename(columns=inert.cell).map(inert.cell)
        say(safe.to_csv(index=False, lineterminator="\n").rstrip("\n"))
    elif form == "json":
        say_json(_records(answer))
    else:
        say(answer.to_string(index=False) if len(answer) else "\t".join(answer.columns))


def _records(table: "pd.DataFrame") -> list[dict[str, object]]:
    import json

    text = table.to_json(orient="records", double_precision=15, force_ascii=False)
    records: list[dict[str, object]] = json.loads(text)
    return records


@click.command()
@click.argument("folder", type=FILE)
@click.option("--output", "outputs", multiple=True, help="column of results, all if left out")
@click.option("--method", type=click.Choice(_METHODS), default=None, help="by the design if left out")
@click.option("--missing", type=click.Choice(_TREATMENTS), default="refuse", help="members without result")
@click.option("-o", "--out", type=FILE, default=None, help="page (FOLDER/sensitivity.html)")
@language_option
@format_option
def sensitivity(
    folder: Path,
    outputs: tuple[str, ...],
    method: str | None,
    missing: "Treatment",
    out: Path | None,
    lang: Language,
    form: str,
) -> None:
    """Which factors of a sweep matter most, how surely, and in which direction."""
    progress(tr("computing sensitivity indices …"), lang)
    from sim.common.typography import sentence
    from sim.output.pages import sensitivity as sensitivity_page
    from sim.questions.sensitivity import analyse
    from sim.questions.sweep.folder import batch_files, manifest
    from sim.run.folder import publish

    with time_left(lang) as tell:
        found = analyse(folder, outputs, method, missing, tell)
    title = Text(**manifest(folder)["title"])
    path = out or folder / "sensitivity.html"
    check_ending(path, ".html")
    parts = {path.name: lambda file: sensitivity_page.write(found, title, file, lang)}
    publish(path.parent, parts, batch_files(folder))
    if form == "json":
        say_json([_analysis_record(one) for one in found])
        return
    for one in found:
        say(f"{sentence(one.title.in_(lang))} [{one.output}]")
        for text in (*one.sentences, *(() if one.problem is None else (one.problem,))):
            say(f"  {text.in_(lang)}")
        if one.convergence is not None:
            say(f"  {sentence(one.convergence.words.in_(lang))}")
    say(tr("Page: {path}", path=path).in_(lang))


def _analysis_record(one: "Analysis") -> dict[str, object]:
    settled = one.convergence
    return {
        "output": one.output,
        "method": one.method,
        "members": one.members,
        "mean": one.middle,
        "unit": one.unit,
        "indices": _records(one.table),
        "tornado": _records(one.tornado),
        "convergence": None
        if settled is None
        else {
            "status": settled.status,
            "widest": settled.widest,
            "shift": settled.shift,
            "same_order": settled.same_order,
        },
        "sentences": [{"zh": text.zh, "en": text.en} for text in one.sentences],
        "problem": None if one.problem is None else {"zh": one.problem.zh, "en": one.problem.en},
    }
