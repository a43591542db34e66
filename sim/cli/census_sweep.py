"""`townward sweep --census`: every county of a census table."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sim.cli.batches import Reporter, cost_record, takes_about
from sim.cli.options import note, note_first_run, progress, say, say_json
from sim.common.errors import Exit
from sim.common.language import Language, Text

if TYPE_CHECKING:
    import pandas as pd

    from sim.questions.census_sweep.batch import CensusBatch, Table
    from sim.questions.sweep.runner import Progress

RESULTS = Path("results")
DRAWS, HORIZON = 100, 2035


@dataclass(frozen=True, slots=True)
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
    progress(Text("正在读取普查表……", "reading the table …"), lang)
    from sim.questions.census_sweep.batch import opened, table
    from sim.questions.census_sweep.county import Asked
    from sim.questions.census_sweep.goal import parse_goal

    goal = None if asked.target is None else parse_goal(asked.target)
    of = table(asked.file, Asked(asked.draws or DRAWS, asked.horizon or HORIZON), goal, asked.year)
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
    words = Text(
        f"将运行 {len(of.members)} 个县 × {asked.draws} 次抽样,至 {asked.horizon} 年,{takes.zh};"
        f"不能使用的行 {of.unread_rows} 行;结果写入 {folder}",
        f"would run {counties} × {asked.draws} draws to {asked.horizon}; {takes.en}; "
        f"{_many(of.unread_rows, 'row', 'rows')} cannot be used; into {folder}",
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
        text = Text(
            f"未能计算的县 {done.failed} 个,不能使用的行 {unread} 行;原因见 {batch.folder}",
            f"{failed} could not be run and {rows} cannot be used: see why in {batch.folder}",
        )
        note(text, lang)
    return Exit.PARTIAL_SWEEP if done.failed or unread else Exit.DONE


def _many(count: int, one: str, more: str) -> str:
    return f"{count:,} {one if count == 1 else more}"


def _say_counts(batch: "CensusBatch", counts: dict[str, int], lang: Language) -> None:
    from sim.questions.census_sweep.answer import status_word

    asked, members = batch.table.asked, batch.table.members
    targets = Text("各省(未知者按全国)目标", "the province's target, or the nation's where none is known")
    if batch.table.given is not None:
        goal = f"{100.0 * batch.table.given.rate:g}%", batch.table.given.year
        targets = Text(f"{goal[1]}年 {goal[0]}", f"{goal[0]} by the end of {goal[1]}")
    number, draws = _many(len(members), "county", "counties"), _many(asked.draws, "draw", "draws")
    head = Text(
        f"{len(members)} 个县按趋势推算至 {asked.horizon} 年,每县 {asked.draws} 次;对照{targets.zh}:",
        f"{number} on the trend to {asked.horizon}, {draws} each; against {targets.en}:",
    )
    say(head.in_(lang))
    for status, count in counts.items():
        if count:
            say(f"  {count:>6}  {status_word(status, lang)}")
    path = batch.folder / "counties.csv"
    say(Text(f"每县一行:{path}", f"One row a county: {path}").in_(lang))
