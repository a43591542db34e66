"""What a file of figures of a scenario may speak of."""

from sim.evidence.figures.figures import Frame
from sim.scenario.resolved import ResolvedScenario


def frame(scenario: ResolvedScenario) -> Frame:
    """What a file of figures of a scenario may speak of."""
    places = {group.id: group.name for group in scenario.groups}
    places |= {region.id: region.name for region in scenario.regions}
    return Frame(places, scenario.main, scenario.base_year, scenario.horizon)
