"""All parameters and measures of the model, from the tables in the folders of its subjects."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeVar

from sim.common.errors import Fault, InvalidInput, Place
from sim.model import subject
from sim.model.texts import tr

T = TypeVar("T")

SUBJECTS: Final = ("people", "jobs", "homes", "money", "moves")
"""The subjects whose tables are read."""
_DRAWN: Final = ("people", "jobs", "moves", "money", "homes")
"""The subjects in the order of their parameters' random numbers."""


def _together(read: Callable[[str], Mapping[str, T]], subjects: Iterable[str]) -> dict[str, T]:
    """What the tables of the subjects hold; InvalidInput where two name the same."""
    found: dict[str, T] = {}
    for name in subject.listed(subjects):
        twice = next((path for path in read(name) if path in found), None)
        if twice is not None:
            raise InvalidInput([Fault(Place(f"sim/model/{name}"), twice, tr("another subject has this name already"))])
        found.update(read(name))
    return found


PARAMETERS: Final = _together(subject.parameters, _DRAWN)
MEASURES: Final = _together(subject.measures, SUBJECTS)

FIXED_PREFIXES: Final = ("profile.", "noise.")
"""Parameters that are one number for the whole run: they have no path over years and no distribution."""

ECONOMIC: Final = tuple(path for path in PARAMETERS if path not in subject.parameters("people"))
"""Parameters of jobs, homes, services and money: what the year of a county is given beside the kernel's rates."""
