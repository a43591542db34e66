"""Whether a machine of this memory can work on what a run keeps: every draw of every measure and year."""

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
    """What to say where what is kept of so many draws is more than this machine's memory; None where it is not."""
    needed, have = draws * _of_a_draw(resolved), memory()
    if needed <= have:
        return None
    return tr(
        "{draws:,} draws keep about {needed:,.0f} GB, more than this machine's memory of {have:,.0f}:"
        " at most {most:,} draws",
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
