"""`python -m tests.fuzz [--minutes M] [--seed N] [--output FILE]`: mutated files for so long, and their page."""

import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from itertools import count
from pathlib import Path

import click

from sim.output.documents.markdown import table
from tests.fuzz.ground import KINDS
from tests.fuzz.trial import SLOW, Trial, trials

_HEAD = """\
# Mutated files · 变异文件试验

Written by `make fuzz`: files of every kind with one to three slips or tricks each (values, cells, lines, bytes,
encodings), through the command that checks them; a part of what is accepted is run. Seeded: `--seed {seed}` makes the
same files again. Seconds are of the processor, libraries loaded; a check over {slow:g} s is made again and the quicker
counts. 对各类文件随机改动后检查,部分通过者再运行。
"""


def page(done: Sequence[Trial], seed: int, minutes: float) -> str:
    """The figures of a trial as Markdown."""
    rows = []
    for kind in [one.name for one in KINDS]:
        own = [one for one in done if one.kind == kind]
        ran = [one for one in own if one.ran is not None]
        counts = (len(own), sum(not one.is_accepted for one in own), len(ran), sum(bool(one.broken) for one in own))
        more = (sum(one.is_contradiction for one in own), sum(one.is_slow for one in own))
        slowest = max((one.checked.seconds for one in own), default=0.0)
        rows.append((kind, *map(str, (*counts, *more)), f"{slowest:.2f}", str(sum(bool(one.nonsense) for one in own))))
    sums = [str(sum(int(row[column]) for row in rows)) for column in range(1, 7)]
    rows.append(("**all · 合计**", *sums, max(row[7] for row in rows), str(sum(int(row[8]) for row in rows))))
    heads = ("file", "inputs", "refused", "run", "tracebacks", "refused only when run", f"slow (> {SLOW:g} s)")
    parts = [
        _HEAD.format(seed=seed, slow=SLOW),
        f"{len(done):,} inputs in {minutes:.0f} minutes of a shared machine.\n",
        table((*heads, "slowest check [s]", "impossible numbers"), rows),
    ]
    for title, some in _lists(done).items():
        parts += [f"## {title}: {len(some)}\n", *(["\n".join(f"- {one}" for one in some[:40]) + "\n"] if some else [])]
    return "\n".join(parts)


def _lists(done: Sequence[Trial]) -> dict[str, list[str]]:
    """What is told one by one."""
    named = [(one, f"{one.kind} {one.number}: {_plain(one.change)}") for one in done]
    silent = Counter(f"{one.kind}: {_plain(one.change)}" for one in done if one.is_silent_slip)
    return {
        "Tracebacks": [f"{said} → {_plain(one.broken)}" for one, said in named if one.broken],
        "Refused only when run": [
            f"{said} → {_plain(one.ran.said[-160:])}" for one, said in named if one.ran and one.is_contradiction
        ],
        "Slow": [f"{said}: {one.checked.seconds:.2f} s" for one, said in named if one.is_slow],
        "Impossible numbers": [f"{said} → {one.nonsense}" for one, said in named if one.nonsense],
        "Run with a value ten thousand times too large or small, and nothing said": list(silent),
    }


def _plain(text: str) -> str:
    """A text in one line that no page takes for markup."""
    shown = text.encode("ascii", "backslashreplace").decode().replace("\n", " ")
    return f"`{shown[:200].replace('`', chr(39))}`"


@click.command()
@click.option("--minutes", type=float, default=60.0)
@click.option("--seed", type=int, default=2020)
@click.option("--again", type=int, multiple=True, help="only the files of these numbers, and no page")
@click.option("--output", type=click.Path(path_type=Path), default=Path("docs/fuzz.md"))
def main(minutes: float, seed: int, again: tuple[int, ...], output: Path) -> None:
    """Try files for so long, and write the page; or try some again."""
    output = output.resolve()
    begun, done = time.monotonic(), []
    with tempfile.TemporaryDirectory() as folder:
        for one in trials(Path(folder), seed, seconds=60.0 * minutes, numbers=again or count()):
            if again:
                ran = "not run" if one.ran is None else f"run: {one.ran.code}"
                click.echo(f"{one.kind} {one.number}: {one.checked.code}, {one.checked.seconds:.2f} s; {ran}")
            done.append(one)
            if one.broken or one.is_slow or one.nonsense or one.is_contradiction:
                said = f"{one.change[:100]!r} {one.broken[-200:]!r} {one.nonsense}"
                click.echo(f"{one.kind} {one.number} {one.checked.seconds:.2f} s: {said}")
    if not again:
        output.write_text(page(done, seed, (time.monotonic() - begun) / 60.0), encoding="utf-8")


if __name__ == "__main__":
    main()
