"""The population kernel's sums in C (`lane_year.c`), compiled by the machine's own compiler where there is one."""

import ctypes
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np

from sim.model.arrays import Array
from sim.model.people.step import LEDGER_WIDTH, ROUTES, Constants, YearInputs

SOURCE: Final = Path(__file__).with_name("lane_year.c")
PLAIN: Final = ("-O3", "-march=native")
RELAXED: Final = (*PLAIN, "-fassociative-math", "-fno-signed-zeros", "-fno-trapping-math", "-ffp-contract=fast")
"""What the program's own kernels are compiled with: sums in any order."""


def compiler() -> str | None:
    """The C compiler of this machine, if it has one."""
    return shutil.which("cc")


def year(options: tuple[str, ...], of: Constants, old: Array, given: YearInputs) -> tuple[Callable[[], None], Array]:
    """A call that steps lanes of one region a year on, and where it leaves people. old: [lane, 1, cell, group]."""
    new, ledger, before = np.empty_like(old), np.empty((len(old), LEDGER_WIDTH)), np.empty(len(old))
    arrays = [each[0] for each in of.taken.schedules]
    tables = [table for route in ROUTES for table in (_at(route), ctypes.c_long(len(route)))]
    arguments = [
        *(ctypes.c_long(len(old)), _at(old), _at(new)),
        *(_at(given.rates), ctypes.c_long(given.rates.shape[-1]), _at(given.counts)),
        *(ctypes.c_long(given.counts.shape[-1]), *map(_at, arrays), *tables),
        *(_at(ledger), ctypes.c_long(LEDGER_WIDTH), _at(before)),
    ]
    function = _library(options).lanes_year
    function.restype = None
    kept = (old, new, ledger, before, given, arrays)  # as long as the call lives, so do they

    def call() -> None:
        function(*arguments)
        assert kept

    return call, new


def _library(options: tuple[str, ...]) -> ctypes.CDLL:
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "lane_year.so"
        subprocess.run([str(compiler()), *options, "-shared", "-fPIC", str(SOURCE), "-o", str(made)], check=True)
        return ctypes.CDLL(str(made))


def _at(array: np.ndarray) -> ctypes.c_void_p:
    assert array.flags.c_contiguous
    assert array.dtype in (np.float64, np.dtype(ctypes.c_long))
    return ctypes.c_void_p(array.ctypes.data)
