"""`townward sweep --census`: every county of a census table."""

from pathlib import Path
from typing import TYPE_CHECKING

from sim.cli.batches import Reporter, cost_record, takes_about
from sim.cli.options import note, note_first_run, progress, say, say_json
from sim.cli.texts import tr
from sim.common.errors import Exit
from sim.common.language import Language
from sim.common.quickclass import quickclass

if TYPE_CHECKING:
    import pandas as pd

    from sim.questions.census_sweep.batch import CensusBatch, Table
    from sim.questions.sweep.runner import Progress

RESULTS = Path("results")
DRAWS, HORIZON = 100, 2035


@quickclass(frozen=True, slots=True)
class Question:
    """What the command line asks of a census table."""

    file: Path
    out: Path | None
    target: str | None
    horizon: int | None
    year: int | None
    draws: int | None
    dry_run: bool


def run_census(asked: Question, means: tuple[int, str | None, float | None], lang: Language, form: str) -> int:
    """Run every county that has not been run. means: processes, scheduler, time limit."""
    progress(tr("reading the table …"), lang)
    from sim.questions.census_sweep.batch import opened, table
    from sim.questions.census_sweep.county import Asked
    from sim.questions.census_sweep.goal import parse_goal

    goal = None if asked.target is None else parse_goal(asked.target)
    of = table(
        asked.file, Asked(asked.draws or DRAWS, HORIZON if asked.horizon is None else asked.horizon), goal, asked.year
    )
    folder = asked.out or RESULTS / asked.file.stem

    note_first_run(lang)
    if asked.dry_run:
        return _say_cost(of, means[0], folder, lang, form)
    from sim.questions.census_sweep.answer import publish_answer
    from sim.questions.sweep import runner

    batch = opened(of, folder)
    done = runner.run(batch, runner.Means(*means), Reporter(lang), lambda text: note(text, lang))
    return _say_done(batch, done, publish_answer(batch, lang), lang, form)


def _say_cost(of: "Table", jobs: int, folder: Path, lang: Language, form: str) -> int:
    from sim.questions.census_sweep.estimate import estimate

    asked, cost = of.asked, estimate(of, jobs)
    if form == "json":
        record = {"counties": len(of.members), "unread": of.unread_rows, "horizon": asked.horizon}
        say_json(record | {"folder": str(folder)} | cost_record(cost, jobs))
        return Exit.DONE
    takes, counties = takes_about(cost, jobs), _many(len(of.members), "county", "counties")
    words = tr(
        "would run {counties} × {draws} draws to {horizon}; {takes}; {unread_rows} cannot be used; into {folder}",
        counties=counties,
        draws=asked.draws,
        horizon=asked.horizon,
        takes=takes,
        unread_rows=_many(of.unread_rows, "row", "rows"),
        folder=folder,
        members_zh=len(of.members),
        unread_rows_zh=of.unread_rows,
    )
    say(words.in_(lang))
    return Exit.DONE


def _say_done(batch: "CensusBatch", done: "Progress", table: "pd.DataFrame", lang: Language, form: str) -> int:
    from sim.questions.census_sweep.answer import counted

    counts = counted(table)
    unread = batch.table.unread_rows
    if form == "json":
        record = {"folder": str(batch.folder), "counties": done.members, "failed": done.failed, "unread": unread}
        say_json(record | {"run_now": done.done - done.before, "seconds": round(done.seconds, 3), "statuses": counts})
    else:
        _say_counts(batch, counts, lang)
    if done.failed or unread:
        failed, rows = _many(done.failed, "county", "counties"), _many(unread, "row", "rows")
        text = tr(
            "{failed} could not be run and {rows} cannot be used: see why in {folder}",
            failed=failed,
            rows=rows,
            folder=batch.folder,
            failed_zh=done.failed,
            unread_zh=unread,
        )
        note(text, lang)
    return Exit.PARTIAL_SWEEP if done.failed or unread else Exit.DONE


def _many(count: int, one: str, more: str) -> str:
    return f"{count:,} {one if count == 1 else more}"


def _say_counts(batch: "CensusBatch", counts: dict[str, int], lang: Language) -> None:
    from sim.questions.census_sweep.answer import status_word

    asked, members = batch.table.asked, batch.table.members
    targets = tr("the province's target, or the nation's where none is known")
    if batch.table.given is not None:
        goal = f"{100.0 * batch.table.given.rate:g}%", batch.table.given.year
        targets = tr("{goal} by the end of {goal_2}", goal=goal[0], goal_2=goal[1])
    number, draws = _many(len(members), "county", "counties"), _many(asked.draws, "draw", "draws")
    head = tr(
        "{number} on the trend to {horizon}, {draws} each; against {targets}:",
        number=number,
        horizon=asked.horizon,
        draws=draws,
        targets=targets,
        members_zh=len(members),
        draws_zh=asked.draws,
    )
    say(head.in_(lang))
    for status, count in counts.items():
        if count:
            say(f"  {count:>6}  {status_word(status, lang)}")
    path = batch.folder / "counties.csv"
    say(tr("One row a county: {path}", path=path).in_(lang))
