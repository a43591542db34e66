"""The project pools of the plans are what their documents say, and their rings have the shares that are asked for."""

from collections import Counter

import pytest

import sim.scenario
from sim.common.paths import library
from sim.model.projects.project import Project

SCENARIOS = library() / "scenarios"
HOME = 100.0
"""Floor of a renewed home [m²], as the pool's source says."""
RING = {
    **dict.fromkeys(("yuexiu", "liwan", "haizhu", "tianhe"), 1),
    **dict.fromkeys(("baiyun", "panyu"), 2),
    **dict.fromkeys(("huangpu", "huadu", "nansha", "conghua", "zengcheng"), 3),
}


def pool(name: str) -> tuple[Project, ...]:
    return sim.scenario.scenario(SCENARIOS / f"{name}.yaml").projects


def amount(project: Project, what: str) -> float:
    return sum(part.amount for part in project.delivers if part.what == what)


def industry_share(unit: Project) -> float:
    industry = amount(unit, "renewal_industry_floor")
    return industry / (industry + HOME * (amount(unit, "homes") + amount(unit, "resettlement_homes")))


def test_anyang_has_every_home_under_construction_and_every_work_that_is_counted() -> None:
    projects = pool("anyang/plan")
    estates = [project for project in projects if project.entry.startswith("estates-")]
    assert len(estates) == 33
    assert sum(amount(project, "resettlement_homes") for project in estates) == 51_355
    assert all(project.stage == "construction" for project in estates)
    begun = Counter(project.entry.split("-")[0] for project in projects)
    assert (begun["roads"], begun["parks"], begun["water"]) == (48, 110, 3)
    assert begun["markets"] + begun["later"] == 20
    assert sum(amount(project, "chargers") for project in projects) == 600
    assert sum(amount(project, "parcel_lockers") for project in projects) == 100


def test_late_start_has_the_same_works_and_none_under_way_but_the_estates() -> None:
    plan, late = pool("anyang/plan"), pool("anyang/late-start")

    def delivered(projects: tuple[Project, ...]) -> Counter[str]:
        total: Counter[str] = Counter()
        for project in projects:
            total.update({part.what: round(part.amount) for part in project.delivers})
        return total

    assert delivered(plan) == delivered(late)
    under_way = {project.entry.split("-")[0] for project in late if project.stage == "construction"}
    assert under_way == {"estates"}


@pytest.mark.parametrize(("ring", "share"), [(1, 0.6), (2, 0.4)])
def test_rings_of_guangzhou_have_their_share_of_industry(ring: int, share: float) -> None:
    units = [unit for unit in pool("guangzhou/plan") if RING[unit.region] == ring]
    assert len(units) == 5
    for unit in units:
        assert industry_share(unit) == pytest.approx(share)
        assert amount(unit, "jobs") == amount(unit, "renewal_industry_floor") / 30


def test_a_lower_share_comes_with_facilities_only() -> None:
    for unit in pool("guangzhou/relaxed-shares"):
        least = {1: 0.6, 2: 0.4, 3: 0.0}[RING[unit.region]]
        if amount(unit, "elder_beds") == 0.0:
            assert industry_share(unit) >= least - 1e-9, unit.id
        else:
            assert least - 0.1 <= industry_share(unit) < least, unit.id


def test_rings_are_groups_of_the_districts() -> None:
    groups = {
        group.id: set(group.members) for group in sim.scenario.scenario(SCENARIOS / "guangzhou" / "trend.yaml").groups
    }
    for ring in (1, 2, 3):
        assert groups[f"guangzhou-ring-{ring}"] == {name for name, of in RING.items() if of == ring}
