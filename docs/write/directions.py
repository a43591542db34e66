"""Writes the table that Sobol's sequence is made of: `python -m docs.write.directions`.

S. Joe and F. Y. Kuo (2008), Constructing Sobol sequences with better two-dimensional projections, SIAM Journal on
Scientific Computing 30(5): 2635–2654, doi:10.1137/070709359; their search criterion D(6), as SciPy carries it.
"""

from pathlib import Path
from typing import Final

import numpy as np
import scipy

from sim.model.draws.sobol import DIRECTIONS

DIMENSIONS: Final = 512


def main() -> None:
    """Write the polynomial and the first direction numbers of each dimension after the first, which has none."""
    table = np.load(Path(scipy.__file__).parent / "stats" / "_sobol_direction_numbers.npz")
    rows = ["dimension,polynomial,first"]
    for row in range(1, DIMENSIONS):
        polynomial = int(table["poly"][row])
        first = table["vinit"][row, : polynomial.bit_length() - 1]
        rows.append(f"{row + 1},{polynomial},{' '.join(str(int(one)) for one in first)}")
    DIRECTIONS.write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
