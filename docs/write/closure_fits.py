"""Every county of a census with the rates that its own two censuses ask for, to be summed."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from docs.write.closure_sums import Block
from sim.evidence.calibrate.free_parameters import LEARNT_PARAMETERS, deviations, lasting
from sim.evidence.calibrate.learning import own_fits, sample_of
from sim.places.census import read_rows
from sim.places.census.pairs import pairs
from sim.places.china.national import load_national


def with_own_fits(blocks: Sequence[Block], data: Path) -> tuple[Block, ...]:
    """The blocks with each county's own fit to 2010 and 2020 instead of what is learnt; others keep what is learnt."""
    tables = [read_rows(data / "census" / f"counties_{year}.csv")[0] for year in (2010, 2020)]
    found = pairs(*tables).pairs
    first, second = (tuple(getattr(one, name) for one in found) for name in ("first", "second"))
    own = own_fits(sample_of(first, second, load_national())).parameters * deviations()
    place = {row.code: i for i, row in enumerate(second)}
    fitted = lasting(LEARNT_PARAMETERS, own)
    return tuple(
        replace(
            block,
            parameters=np.array(
                [
                    fitted[place[code]] if code in place else learnt
                    for code, learnt in zip(block.codes, block.parameters, strict=True)
                ]
            ),
        )
        for block in blocks
    )
