"""Where the rows of a run are, and what it reports: known of a scenario before anything is run."""

from sim.common.quickclass import quickclass
from sim.model.draws.setting import Setting
from sim.model.measure import Measure
from sim.scenario.measures import delivered, reported
from sim.scenario.resolved import GroupRef, RegionRef, ResolvedScenario


@quickclass(frozen=True, slots=True)
class Ground:
    """Where a target is judged: its row in the ensemble, the lanes of its regions, and what their user set.

    settings: those of the first region; what is common to a group's regions is uncertain in the same way in each.
    """

    row: int
    lanes: tuple[int, ...]
    settings: tuple[Setting, ...]


def places(scenario: ResolvedScenario) -> tuple[GroupRef | RegionRef, ...]:
    """Groups and then regions: the rows of the ensemble."""
    return (*scenario.groups, *scenario.regions)


def members_of(scenario: ResolvedScenario) -> tuple[tuple[int, ...], ...]:
    """The positions of each group's regions."""
    order = [ref.id for ref in scenario.regions]
    return tuple(tuple(order.index(member) for member in group.members) for group in scenario.groups)


def grounds(scenario: ResolvedScenario) -> dict[str, Ground]:
    """Where targets can be judged, by id: groups and then regions, in the order of the ensemble's rows."""
    lanes = [*members_of(scenario), *((i,) for i in range(len(scenario.regions)))]
    names = [place.id for place in places(scenario)]
    return {
        name: Ground(row, own, scenario.settings[scenario.regions[own[0]].id])
        for row, (name, own) in enumerate(zip(names, lanes, strict=True))
    }


def scenario_measures(scenario: ResolvedScenario) -> dict[str, Measure]:
    """What a run of the scenario reports, by id."""
    known = {service for capacities in scenario.capacities.values() for service in capacities}
    return reported(scenario.services, known, delivered(scenario.services, scenario.projects), scenario.indicators)
