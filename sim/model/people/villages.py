"""What a region without villages makes of its rates: nobody moves to a countryside it does not have."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from sim.model.arrays import Array, Flags
from sim.model.axes import RURAL
from sim.model.people.flows import ARRIVAL_PATHS, FLOWS
from sim.model.registry import PARAMETERS

INTO_VILLAGES: Final = (
    *(path for flow in FLOWS if flow.destination == RURAL for path in (flow.path, f"{flow.path}_count")),
    ARRIVAL_PATHS[RURAL],
)
"""Parameters by which people come to villages."""

OF_VILLAGES: Final = ("boundary.rural_to_town", "boundary.rural_to_city")
"""Parameters of villages that become urban, with those of people away who are registered there."""

_HOME: Final = (
    ("away.return_to_rural", "away.return_to_city"),
    ("away.return_to_rural_count", "away.return_to_city_count"),
)


def has_villages(pop: Array) -> Flags:
    """Whether anybody lives in villages, shape [...], of persons [..., zone, registration, sex, age]."""
    return np.asarray(pop[..., RURAL, :, :, :].sum(axis=(-3, -2, -1)) > 0.0)


def kept_from_villages(values: Mapping[str, Array], villages: Flags) -> dict[str, Array]:
    """The values, with no way into villages where there are none; who would return there returns to the county seat.

    values: of every parameter, each in its unit [lane or 1, year]; villages: as `has_villages` gives it in the base
    year, for all lanes [] or of each [lane, 1].
    """
    if villages.all():
        return dict(values)
    kept = {
        path: np.where(villages, values[path], 0.0) for path in (*INTO_VILLAGES, *OF_VILLAGES) if values[path].any()
    }
    for village, seat in _HOME:
        if village in kept:
            both = np.minimum(values[seat] + values[village], PARAMETERS[seat].high)
            kept[seat] = np.where(villages, values[seat], both)
    return {**values, **kept}
