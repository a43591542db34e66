"""The parameters that a scenario may set."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final

from sim.model.parameter import Parameter
from sim.model.registry import PARAMETERS
from sim.model.services.parameters import parameters_of
from sim.model.services.service import Service

SERVICE: Final = "service."
"""What the path of a parameter of a service begins with."""


class Settable(Mapping[str, Parameter]):
    """The parameters of the model, those of the services of a table, made only where one is asked for, and others."""

    def __init__(self, services: tuple[Service, ...], others: Mapping[str, Parameter]) -> None:
        self._services: Final = {service.id: service for service in services}
        self._others: Final = others
        self._made: Final = {**PARAMETERS, **parameters_of(()), **others}

    @cached_property
    def _all(self) -> dict[str, Parameter]:
        return {**PARAMETERS, **parameters_of(self._services.values()), **self._others}

    def __getitem__(self, path: str) -> Parameter:
        """The parameter of that path; KeyError if there is none."""
        if path not in self._made:
            id_ = path.removeprefix(SERVICE).partition(".")[0] if path.startswith(SERVICE) else ""
            if id_ in self._services:
                self._made.update(parameters_of([self._services[id_]]))
        return self._made[path]

    def __iter__(self) -> Iterator[str]:
        """Every path, those of the model first."""
        return iter(self._all)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._all)
