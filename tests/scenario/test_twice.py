"""What a policy and a project, or a policy and a known service, would both count."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.common.errors import InvalidInput, Place
from sim.common.language import Text
from sim.common.paths import library
from sim.model.draws.distribution import Distribution
from sim.model.projects.months import month_of
from sim.model.projects.project import BROUGHT, THINGS, Brought, Chance, Delivers, Project, Stage
from sim.model.registry import PARAMETERS
from sim.scenario import scenario
from sim.scenario.twice import _earliest, _shortest

POLICY = """
id: fair
name: {{zh: 政策, en: Fair}}
from_plan: {{zh: 文件, en: Document}}
who: {{zh: 居民, en: residents}}
amount: {{value: 200, source: assumption}}
effects:
  - {{path: {path}, {change}: amount, lag: {lag}, evidence: a study}}
"""
HEAD = "name: p\nregion: [jieshou, hanyin]\nhorizon: 2030\npolicies:\n  - {use: fair%s}\nprojects:\n"
PARK = "  - {id: park, kind: industrial-park, region: hanyin, zone: city, delivers: {jobs: 500}, source: s%s}\n"
BLOCK = (
    "  - {id: block, kind: public-rental, region: hanyin, zone: city, delivers: {public_rental_homes: 90}, cost: 9e6, "
    "source: s%s}\n"
)


def said(folder: Path, text: str, path: str = "jobs.new", change: str = "add", lag: int = 0) -> tuple[str, str]:
    """What is wrong with a scenario, in English and Chinese; nothing where it is right."""
    policy = folder / "policies" / "fair.yaml"
    policy.parent.mkdir(exist_ok=True)
    policy.write_text(POLICY.format(path=path, change=change, lag=lag), encoding="utf-8")
    file = folder / "p.yaml"
    file.write_text(text, encoding="utf-8")
    try:
        scenario(file)
    except InvalidInput as invalid:
        return invalid.message("en"), invalid.message("zh")
    return "", ""


def test_a_policy_and_a_project_that_bring_the_same_are_a_fault_with_both_places(tmp_path: Path) -> None:
    english, chinese = said(tmp_path, HEAD % ", from: 2022" + PARK % "" + PARK.replace("id: park", "id: other") % "")
    start = f"{tmp_path}/p.yaml:5:11: policies[0].use: "
    assert english.startswith(
        f"{start}fair and project park ({tmp_path}/p.yaml:7:5) and 1 more both bring jobs to hanyin"
    )
    assert english.endswith("take one out or, where they differ, write apart_from_projects: true")
    assert chinese.startswith(f"{start}政策 fair 与项目 park")
    assert "等 2 项都在" in chinese
    assert len(english.splitlines()) == 1


@pytest.mark.parametrize(
    ("use", "project"),
    [
        (", apart_from_projects: true", PARK % ""),
        (", intensity: 0", PARK % ""),
        (", amount: 0", PARK % ""),
        ("", PARK % ", count: 0"),
        (", to: 2023", PARK % ", from: 2023-06, approval: 0, construction: 7"),
        ("", BLOCK % ""),
    ],
    ids=["said to be apart", "no intensity", "no amount", "no project", "other years", "other things"],
)
def test_what_is_not_counted_twice_is_none(use: str, project: str, tmp_path: Path) -> None:
    assert said(tmp_path, HEAD % use + project) == ("", "")


@pytest.mark.parametrize(
    ("use", "lag", "project", "years"),
    [
        (", to: 2024", 0, PARK % ", from: 2023-06, approval: 0, construction: 7", "in 2024,"),
        (", from: 2023", 2, PARK % ", approval: 0, construction: 1", "in 2025–2030,"),
        (", to: 2021", 2, PARK % ", approval: 0, construction: 24", "in 2023,"),
        ("", 0, PARK % ", stage: construction, since: 2019-03, construction: 40, opening: 0", "in 2022–2030,"),
        ("", 0, PARK % ", stage: construction, since: 2015, construction: 6, opening: 0", "in 2021–2030,"),
        ("", 0, PARK % ", stage: waiting, since: 2019, construction: 12, opening: 0", "in 2022–2030,"),
    ],
)
def test_years_are_those_in_which_both_may_bring_it(
    use: str, lag: int, project: str, years: str, tmp_path: Path
) -> None:
    assert years in said(tmp_path, HEAD % use + project, lag=lag)[0]


def test_starts_are_compared_with_starts(tmp_path: Path) -> None:
    path = "homes.public_rental_starts"
    under_way = BLOCK % ", stage: construction, since: 2020-02"
    assert said(tmp_path, HEAD % "" + under_way, path) == ("", "")
    to_come = BLOCK % ", from: 2022-02, approval: 6, construction: 40"
    assert "public_rental_homes to hanyin in 2022–2030" in said(tmp_path, HEAD % "" + to_come, path)[0]


def test_a_factor_brings_nothing_by_itself(tmp_path: Path) -> None:
    found = said(tmp_path, HEAD % ", amount: 2" + PARK % "", change="times")
    assert found == ("", "")


def test_what_policies_bring_is_known_by_both_its_names() -> None:
    assert set(BROUGHT) <= set(PARAMETERS)
    assert {brought.thing for brought in BROUGHT.values()} <= set(THINGS)


SCHOOLS = "name: p\nregion: testshire\npolicies: [{use: schools-in-town, from: 2022}]\n"


def test_a_policy_for_unknown_places_is_a_fault_where_they_are_known(tmp_path: Path) -> None:
    region = tmp_path / "regions" / "testshire"
    region.mkdir(parents=True)
    shipped = library() / "scenarios" / "regions" / "jieshou" / "region.yaml"
    kept = [line for line in shipped.read_text("utf-8").splitlines() if not line.startswith(("census:", "history:"))]
    (region / "region.yaml").write_text("\n".join(kept).replace("id: jieshou", "id: testshire", 1), "utf-8")
    assert said(tmp_path, SCHOOLS) == ("", "")
    known = "capacities:\n  primary_places: {value: 900, unit: place, year: 2020, evidence: statistic, source: s}\n"
    (region / "capacity.yaml").write_text(known, "utf-8")
    english, chinese = said(tmp_path, SCHOOLS)
    assert english.startswith(f"{tmp_path}/p.yaml:3:18: policies[0].use: it is for where primary_places is not known")
    assert f"that of testshire is ({region}/capacity.yaml:2:3)" in english
    assert "primary_places 不详的区域" in chinese
    assert said(tmp_path, SCHOOLS.replace("from: 2022", "from: 2022, intensity: 0")) == ("", "")


def test_a_service_that_a_policy_stands_in_for_exists(tmp_path: Path) -> None:
    said(tmp_path, "name: p\n")
    policy = tmp_path / "policies" / "fair.yaml"
    text = policy.read_text("utf-8").replace("effects:", "where_unknown: [primary_place]\neffects:")
    policy.write_text(text, "utf-8")
    file = tmp_path / "p.yaml"
    file.write_text("name: p\nregion: jieshou\npolicies: [{use: fair}]\n", "utf-8")
    with pytest.raises(InvalidInput, match=r"where_unknown\[0\]: no service .* did you mean primary_places\?"):
        scenario(file)


def project(stage: Stage, begins: float, months: tuple[int, int, int]) -> Project:
    approval, construction, opening = (Chance(float(one), Distribution("certain")) for one in months)
    jobs = (Delivers("jobs", 1.0),)
    return Project(
        id="a", entry="a", number=0, name=Text("甲", "a"), kind="k", region="r", zone=0, delivers=jobs,
        approval=approval, construction=construction, opening=opening, opens_in=None, cost=approval, budget_share=1.0,
        land=0.0, crews=1, begins=begins, stage=stage, priority=1, source=None, place=Place("f"),
    )  # fmt: skip


@settings(deadline=None)
@given(st.integers(0, 240), st.tuples(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99)))
def test_a_project_that_waits_for_nothing_opens_in_its_earliest_year(since: int, months: tuple[int, int, int]) -> None:
    begins = month_of(2021) + since
    opened = begins + sum(months)
    made = project("approval", begins, months)
    assert _earliest(made, Brought("jobs", False), 2020) == int(opened // 12)
    assert _earliest(made, Brought("jobs", True), 2020) == int((begins + months[0]) // 12)


def test_the_shortest_duration_is_the_low_end() -> None:
    assert _shortest(Chance(9.0, Distribution("triangular", low=6.0, high=12.0))) == 6.0
    assert _shortest(Chance(9.0, Distribution("certain"))) == 9.0
    assert _shortest(Chance(10.0, Distribution("lognormal", sd=0.2))) == pytest.approx(7.197, abs=1e-3)
