"""All parameters of the model, in one order that never depends on the scenario."""

from typing import Final

from sim.model.homes import parameters as homes
from sim.model.jobs import parameters as jobs
from sim.model.money import parameters as budget
from sim.model.moves import parameters as pull
from sim.model.parameter import Parameter
from sim.model.people import households_parameters as households
from sim.model.people import noise_parameters as noise
from sim.model.people import registration_parameters as registration
from sim.model.people import transfer_parameters as transfer
from sim.model.people import vital_parameters as vital

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
