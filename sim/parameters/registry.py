"""All parameters of the model, in one order that never depends on the scenario."""

from typing import Final

from sim.parameters import budget, homes, households, jobs, noise, pull, registration, transfer, vital
from sim.parameters.parameter import Parameter

PARAMETERS: Final[dict[str, Parameter]] = {
    parameter.path: parameter
    for parameter in (
        *vital.PARAMETERS,
        *transfer.PARAMETERS,
        *registration.PARAMETERS,
        *households.PARAMETERS,
        *noise.PARAMETERS,
        *jobs.PARAMETERS,
        *pull.PARAMETERS,
        *budget.PARAMETERS,
        *homes.PARAMETERS,
    )
}

FIXED_PREFIXES: Final = ("profile.", "noise.")
"""Parameters that are one number for the whole run: they have no path over years and no distribution."""

ECONOMIC: Final = tuple(parameter.path for part in (jobs, pull, budget, homes) for parameter in part.PARAMETERS)
"""Parameters of jobs, homes, services and money: what the year of a county is given beside the kernel's rates."""
