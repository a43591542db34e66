"""A process that compiles the kernels and one that finds them in the cache give the same numbers."""

import os
import subprocess
import sys
from pathlib import Path

from tests.scenarios import ROOT

_CODE = """
import hashlib
from sim.run.case import inputs, points, pools, setup
from sim.model.county import county_year
from tests.scenarios import prepared

case, draws = prepared("trend").case, range(20)
given = inputs(case, draws, points(case, draws))
kept, county = setup(case, pools(case, draws), given)
county, happened = county_year(kept, county, given[0])
arrays = kept.tally, county.people.pop, happened.ledger, happened.tally
print(*(hashlib.sha256(array.tobytes()).hexdigest() for array in arrays))
"""


def test_whoever_compiles_gets_the_digits_of_whoever_finds_it_compiled(tmp_path: Path) -> None:
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    first, second = (
        subprocess.run(
            [sys.executable, "-c", _CODE], capture_output=True, text=True, check=True, env=environment, cwd=ROOT
        ).stdout.split()
        for _ in range(2)
    )
    assert len(first) == 4
    assert first == second
