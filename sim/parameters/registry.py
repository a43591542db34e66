"""All parameters of the model, in one order that never depends on the scenario."""

from typing import Final

from sim.parameters import households, noise, registration, transfer, vital
from sim.parameters.parameter import Parameter

PARAMETERS: Final[dict[str, Parameter]] = {
    parameter.path: parameter
    for parameter in (
        *vital.PARAMETERS,
        *transfer.PARAMETERS,
        *registration.PARAMETERS,
        *households.PARAMETERS,
        *noise.PARAMETERS,
    )
}

FIXED_PREFIXES: Final = ("profile.", "noise.")
"""Parameters that are one number for the whole run: they have no path over years and no distribution."""
