"""The model migration schedule against its published worked example."""

import numpy as np
import pandas as pd

from sim.model.demography.rogers_castro import RogersCastro, rogers_castro
from tests.paths import FIGURES


def test_published_example() -> None:
    table = pd.read_csv(FIGURES / "rogers_castro.csv", comment="#", dtype={"name": str})
    given = table[table["kind"] == "parameter"]
    rates = table[table["kind"] == "rate"]
    curve = RogersCastro(**dict(zip(given["name"], given["value"], strict=True)))
    computed = rogers_castro(rates["name"].to_numpy(float), curve)
    np.testing.assert_allclose(computed, rates["value"], rtol=0.0, atol=1e-12)


def test_only_the_level_is_left_without_the_other_parts() -> None:
    assert np.all(rogers_castro(np.arange(101.0), RogersCastro(c=0.01)) == 0.01)
