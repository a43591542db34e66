"""All parameters and measures of the model, from the tables in the folders of its subjects."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeVar

from sim.common.errors import Fault, InvalidInput
from sim.model import subject
from sim.model.parameter import Parameter
from sim.model.texts import tr

T = TypeVar("T")

SUBJECTS: Final = ("people", "jobs", "homes", "money", "moves", "control")
"""The subjects in the order of summaries and pages; every other folder with tables follows by name."""
FIXED_PREFIXES: Final = ("profile.", "noise.")
"""Parameters that are one number for the whole run: they have no path over years and no distribution."""


def _together(read: Callable[[str], Mapping[str, T]], subjects: Iterable[str]) -> dict[str, T]:
    """What the tables of the subjects hold; InvalidInput where two name the same."""
    found: dict[str, T] = {}
    for name in subject.listed(subjects):
        twice = next((path for path in read(name) if path in found), None)
        if twice is not None:
            problem = tr("another subject has this name already")
            raise InvalidInput([Fault(subject.place(twice, name), twice, problem)])
        found.update(read(name))
    return found


def _with_dimensions(parameters: dict[str, Parameter]) -> dict[str, Parameter]:
    """The parameters; InvalidInput where one that differs between draws has no dimension of the design to itself."""
    free = max(parameter.dimension for parameter in parameters.values()) + 1
    holders: dict[int, str] = {}
    faults = []
    for path, parameter in parameters.items():
        is_fixed, own = path.startswith(FIXED_PREFIXES), parameter.dimension
        holder = holders.setdefault(own, path) if own else path
        problem = None
        if is_fixed and own:
            problem = tr("a number for the whole run has no dimension")
        elif not is_fixed and not own:
            problem = tr("a dimension is missing; the next free one is {free}", free=free)
        elif holder != path:
            problem = tr("this is the dimension of {holder}; the next free one is {free}", holder=holder, free=free)
        if problem is not None:
            faults.append(Fault(subject.place(path), f"{path}.dimension", problem))
    if faults:
        raise InvalidInput(faults)
    return parameters


PARAMETERS: Final = _with_dimensions(_together(subject.parameters, SUBJECTS))
MEASURES: Final = _together(subject.measures, SUBJECTS)

ECONOMIC: Final = tuple(path for path in PARAMETERS if path not in subject.parameters("people"))
"""Parameters of jobs, homes, services and money: what the year of a county is given beside the kernel's rates."""
