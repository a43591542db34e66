"""Whether the draws of a run fit into memory: all of them are kept, for every measure and year."""

from typing import Final

from sim.common.language import Text
from sim.common.machine import memory
from sim.scenario.measures import reported
from sim.scenario.resolved import ResolvedScenario
from sim.scenario.texts import tr

_A_NUMBER: Final = 4 * 1.3
"""Bytes of a kept number, with what quantiles and a run besides take (measured on 500 and 4,000 draws of Jieshou)."""
_GIGA: Final = 1e9


def too_many(resolved: ResolvedScenario, draws: int) -> Text | None:
    """What to say where this machine has no memory for so many draws; None where it has."""
    needed, have = draws * _of_a_draw(resolved), memory()
    if needed <= have:
        return None
    return tr(
        "{draws:,} draws need about {needed:,.0f} GB of memory, this machine has {have:,.0f}: at most {most:,} draws",
        draws=draws,
        needed=needed / _GIGA,
        have=have / _GIGA,
        most=int(have / _of_a_draw(resolved)),
    )


def _of_a_draw(resolved: ResolvedScenario) -> float:
    """Bytes of a draw."""
    known = {service for capacities in resolved.capacities.values() for service in capacities}
    delivers = {part.what for project in resolved.projects for part in project.delivers}
    measures = reported(resolved.services, known, delivers, resolved.indicators)
    rows = len(resolved.groups) + len(resolved.regions)
    return len(measures) * rows * (resolved.horizon - resolved.base_year + 1) * _A_NUMBER
