"""Mutated files, one after another: what became of each."""

import os
import re
import shutil
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import Random
from typing import Final

import duckdb

from tests.fuzz.attempt import Answer, attempt
from tests.fuzz.ground import BEFORE, KINDS, RUNS, Kind, made
from tests.fuzz.mutate import SLIP, mutated

SLOW: Final = 1.0
"""Seconds of processor time in which a file is refused or accepted, by a process that has loaded its libraries."""
_LOUD: Final = ("Outside what Chinese counties", "rare", "warning")
_SHARES: Final = ("vacancy_rate", "urbanization_rate", "hukou_urbanization_rate", "adequacy")
_PEOPLE: Final = ("resident", "urban", "rural", "city", "households", "births", "deaths", "homes")


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of a file: how it was checked, how it ran where it was run, what of its numbers cannot be."""

    kind: str
    number: int
    change: str
    checked: Answer
    ran: Answer | None
    nonsense: str

    @property
    def is_accepted(self) -> bool:
        """Whether the check let it pass."""
        return self.checked.code == 0

    @property
    def broken(self) -> str:
        """What an ending said that no command should have; empty where none did."""
        ends = [one for one in (self.checked, self.ran) if one is not None and one.is_broken]
        return ends[0].said.strip().rpartition("\n")[2][-300:] if ends else ""

    @property
    def is_slow(self) -> bool:
        """Whether it took too long to refuse the file or to accept it; a check that itself runs it may take longer."""
        return self.checked.seconds > SLOW and not (self.checked.code != 3 and self.kind in RUNS)

    @property
    def is_contradiction(self) -> bool:
        """Whether the run refused what the check had accepted."""
        return self.is_accepted and self.ran is not None and self.ran.code == 3

    @property
    def is_silent_slip(self) -> bool:
        """Whether a value in another unit was run, and nothing was said of it."""
        factors = [abs(float(one)) for one in re.findall(r"× (-?[\d.e+-]+)", self.change)]
        slips = [one for one in factors if one >= SLIP or 0.0 < one <= 1.0 / SLIP]
        told = self.ran is not None and any(word in self.ran.said for word in _LOUD)
        return self.ran is not None and self.ran.code in (0, 4) and bool(slips) and not told


def trials(
    folder: Path, seed: int, kinds: Sequence[Kind] = KINDS, seconds: float = 1e9, numbers: Iterable[int] | None = None
) -> Iterator[Trial]:
    """Trials without end, kind after kind, or those of some numbers; the same seed gives the same files.

    Works in `folder`, as current folder.
    """
    os.chdir(made(folder))
    for command in BEFORE if any(not Path(kind.file).is_file() for kind in kinds) else ():
        attempt(command)
    originals = {kind.file: Path(kind.file).read_bytes() for kind in kinds}
    for kind in kinds:
        _warm(kind)
    begun = time.monotonic()
    for number in count() if numbers is None else numbers:
        if time.monotonic() - begun >= seconds:
            return
        kind = kinds[number % len(kinds)]
        yield _trial(kind, seed, number, originals[kind.file])


def _warm(kind: Kind) -> None:
    """Checks and runs the file as it is, so that no trial pays for imports; RuntimeError where it is not taken."""
    for command in (kind.check, kind.run):
        answer = attempt(command) if command else None
        if answer is not None and answer.code not in (0, 4, 6):
            raise RuntimeError(f"{kind.name}: {answer.said.strip()[-300:]}")
    _clear()


def _clear() -> None:
    for left in ("out", "new", "added"):
        shutil.rmtree(left, ignore_errors=True)


def _checked(kind: Kind) -> Answer:
    """The check; one that took too long is made again and the quicker counts, since others use the machine."""
    first = attempt(kind.check)
    if first.seconds <= SLOW:
        return first
    _clear()
    return min(first, attempt(kind.check), key=lambda answer: answer.seconds)


def _trial(kind: Kind, seed: int, number: int, original: bytes) -> Trial:
    content, change = mutated(original, kind.file, Random(f"{seed}-{number}"))
    file = Path(kind.file)
    file.write_bytes(content)
    try:
        checked = _checked(kind)
        ran, nonsense = None, ""
        if checked.code == 0 and kind.run and Random(number).randrange(kind.every) == 0 and kind.may_run(content):
            ran = attempt(kind.run)
            nonsense = _nonsense(Path("out")) if ran.code == 0 and "out" in kind.run else ""
    finally:
        file.write_bytes(original)
        _clear()
    return Trial(kind.name, number, change, checked, ran, nonsense)


def _nonsense(folder: Path) -> str:
    """What cannot be in the numbers of a run; empty where all can."""
    with duckdb.connect() as connection:
        rows = connection.execute(
            f"select measure, year, quantile, value from '{folder / 'series.parquet'}' where not isfinite(value)"
            f" or (measure in {_SHARES} and (value < -1e-6 or value > 1 + 1e-6))"
            f" or (measure in {_PEOPLE} and value < 0)"
            " limit 3"
        ).fetchall()
    return "; ".join(f"{measure} {year}: {value:g}" for measure, year, _, value in rows)
