"""What the command line settles before anything is loaded."""

import os
import subprocess
import sys

PRODUCT = """
import sim.cli, hashlib, numpy
square = numpy.random.default_rng(1).normal(size=(400, 400))
print(hashlib.sha256(numpy.linalg.inv(square).tobytes()).hexdigest())
"""


def digest(**settings: str) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    done = subprocess.run(
        [sys.executable, "-c", PRODUCT], env=kept | settings, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_linear_algebra_has_one_thread_and_so_the_same_digits_on_every_number_of_processors() -> None:
    assert digest() == digest(OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")


def test_who_asks_for_more_threads_has_them() -> None:
    code = "import sim.cli, os; print(os.environ['OPENBLAS_NUM_THREADS'])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"OPENBLAS_NUM_THREADS": "2"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "2\n"
