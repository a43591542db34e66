"""What a batch over a census table would cost, from a few of its own counties."""

import tempfile
import time
from dataclasses import replace
from math import ceil
from pathlib import Path
from typing import Final

from sim.common.staging import staging
from sim.questions.census_sweep.answer import publish_answer
from sim.questions.census_sweep.batch import BLOCK, Table, opened
from sim.questions.census_sweep.block import Counties, Member, Outlooks
from sim.questions.census_sweep.county import Asked
from sim.questions.sweep.estimate import Estimate, held, side_by_side
from sim.questions.sweep.folder import OUTPUTS, YEARS

_MOST: Final = 12
"""Counties that are timed at most."""
_ENOUGH: Final = 3.0
"""Seconds that the counties that are timed together may take, at the speed of one alone."""


def estimate(table: Table, jobs: int) -> Estimate:
    """The cost of a whole batch: some counties from all over the table are run and written by the clock.

    The first is prepared for, which compiles or loads what every process needs, and run alone; by the time that it
    took, so many others are run together as a block would run them.
    """
    idle = held()
    sample = _sample(table.members)
    Counties(sample[:1], table.asked).prepare()
    found, each = _clocked(sample[:1], table.asked)
    more = sample[1 : 1 + int(_ENOUGH / each)]
    if more:
        others, each = _clocked(more, table.asked)
        found = found.joined(others)
    number = len(table.members)
    hands = side_by_side(jobs, ceil(number / BLOCK))
    disk = _disk(replace(table, members=sample[: 1 + len(more)]), found, number)
    return Estimate(number, table.asked.draws, each * number / hands, idle + hands * held(), disk)


def _clocked(members: tuple[Member, ...], asked: Asked) -> tuple[Outlooks, float]:
    """Outlooks of some counties, and the seconds that each took."""
    begun = time.perf_counter()
    found = Counties(members, asked).run()
    return found, (time.perf_counter() - begun) / len(members)


def _sample(members: tuple[Member, ...]) -> tuple[Member, ...]:
    """Counties at equal distances in the table, numbered anew."""
    count = min(_MOST, len(members))
    chosen = (members[(2 * i + 1) * len(members) // (2 * count)] for i in range(count))
    return tuple(replace(member, number=i) for i, member in enumerate(chosen))


def _disk(table: Table, found: Outlooks, number: int) -> float:
    """Bytes of the files of so many counties, by what those of one county and of all that were run take."""
    few, many = 1, len(table.members)
    least = _written(replace(table, members=table.members[:few]), _first(found, few))
    most = _written(table, found)
    files = ceil(number / BLOCK), 1
    total = 0.0
    for small, large, count in zip(least, most, files, strict=True):
        a_county = (large - small) / (many - few) if many > few else 0.0
        total += count * (small - few * a_county) + number * a_county
    return total


def _first(found: Outlooks, count: int) -> Outlooks:
    """The outlooks of the first counties."""
    return Outlooks(
        tuple(one for one in found.found if one[0] < count), tuple(one for one in found.failures if one[0] < count)
    )


def _written(table: Table, found: Outlooks) -> tuple[int, int]:
    """Bytes of the file of a block, and of all others, of a batch of these counties in one block."""
    with staging(Path(tempfile.gettempdir()), ".townward-estimate-") as made:
        batch = opened(table, made / "batch")
        batch.write(found, 0)
        publish_answer(batch, "zh")
        sizes = {path: path.stat().st_size for path in batch.folder.rglob("*") if path.is_file()}
    blocks = sum(size for path, size in sizes.items() if path.parent.name in (OUTPUTS, YEARS))
    return blocks, sum(sizes.values()) - blocks
