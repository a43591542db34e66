"""From the projects of scenario files to the pipeline: defaults of kinds and things, dates, numbers, and faults."""

from pathlib import Path

import pytest

from sim.common.errors import Place
from sim.common.language import Text
from sim.common.paths import library
from sim.common.typography import has_chinese
from sim.model.axes import RURAL, TOWN
from sim.model.draws.distribution import Distribution
from sim.model.projects.months import month_of
from sim.model.projects.project import Project
from sim.model.services.service import Figure, Service
from sim.scenario.library import Reading
from sim.scenario.projects import project_kinds, projects
from sim.scenario.projects.project_costs import OWN_THINGS, Each, Thing, things_of
from sim.scenario.projects.projects import Asked, Setting
from sim.scenario.shapes.project_file import KindsFile, Projects
from sim.scenario.shapes.words import Strict
from sim.scenario.yaml.checking import check
from sim.scenario.yaml.yaml_core import parse

KINDS = """
kinds:
  - id: school
    name: {zh: 学校, en: school}
    approval: {months: 9, dist: {triangular: {low: 6, high: 12}}, evidence: assumption, source: none seen}
    construction: {months: 14, dist: {lognormal: {sd: 0.2}}, evidence: derived, source: three projects}
    opens_in: 9
  - id: block
    name: {zh: 住宅, en: homes}
    approval: {months: 6}
    construction: {months: 30}
    opening: {months: 2}
    of: homes
    cost_each: {value: 20, low: 15, high: 30, unit: 万元/套, evidence: project, source: one project}
    land_each: {value: 30, unit: m²/套, evidence: assumption, source: plot ratio 2}
    crews: 2
    budget_share: {value: 25, unit: "%", evidence: assumption, source: a grant}
"""
COST, LAND = Each(7e4, 5e4, 1.1e5, Text("三例", "three")), Each(20.0, 18.0, 26.0, None)
THINGS = {"school_places": Thing("place", Text("学位", "places"), COST, LAND), **OWN_THINGS}
PLACES = "- {id: a, kind: school, zone: town, delivers: {school_places: 300}, source: plan%s}"


class Entries(Strict):
    """A scenario file that has nothing but projects."""

    projects: Projects = ()


def asked(folder: Path, text: str, reading: Reading, name: str = "main.yaml") -> list[Asked]:
    document = parse(f"projects:\n  {text.strip()}\n", name)
    model = check(document, Entries, reading.faults)
    return [] if model is None else projects.of_file(folder / name, document, model.projects, reading)


def resolve(
    folder: Path, *texts: str, regions: tuple[str, ...] = ("shire",), kinds: str = KINDS
) -> tuple[tuple[Project, ...], str]:
    """The projects of scenario files, the later on top, and all faults."""
    (folder / "projects").mkdir(exist_ok=True)
    (folder / "projects" / "kinds.yaml").write_text(kinds, encoding="utf-8")
    reading = Reading()
    entries = [one for index, text in enumerate(texts) for one in asked(folder, text, reading, f"{index}.yaml")]
    names = {id_: Text(f"{id_}县", id_.title()) for id_ in regions}
    made = projects.projects(entries, Setting(names, 2020, THINGS), reading)
    return made, "\n".join(fault.message("en") for fault in reading.faults)


def one(folder: Path, text: str) -> Project:
    (made,), faults = resolve(folder, text)
    assert not faults
    return made


def fault(folder: Path, *texts: str, regions: tuple[str, ...] = ("shire",), kinds: str = KINDS) -> str:
    _, faults = resolve(folder, *texts, regions=regions, kinds=kinds)
    assert faults
    return faults


def test_a_region_is_named_by_its_id_or_in_chinese(tmp_path: Path) -> None:
    for name in ("vale", "vale县", "Vale"):
        made, faults = resolve(tmp_path, PLACES % f", region: {name}", regions=("shire", "vale"))
        assert (faults, [project.region for project in made]) == ("", ["vale"])


def test_kind_and_things_fill_in_what_an_entry_leaves_out(tmp_path: Path) -> None:
    made = one(tmp_path, PLACES % "")
    assert (made.id, made.name, made.region, made.zone, made.priority) == (
        "a",
        Text("学校", "school"),
        "shire",
        TOWN,
        2,
    )
    assert made.cost.central == 21e6
    assert made.cost.dist == Distribution("triangular", low=15e6, high=33e6)
    assert (made.land, made.crews, made.budget_share, made.opens_in) == (6000.0, 1, 1.0, 9)
    assert (made.approval.central, made.approval.dist) == (9.0, Distribution("triangular", low=6.0, high=12.0))
    assert (made.construction.dist, made.opening.central) == (Distribution("lognormal", sd=0.2), 0.0)
    assert made.construction.source == Text("推算:three projects", "derived: three projects")
    assert (made.stage, made.begins, made.source) == ("approval", month_of(2021), Text("plan", "plan"))
    assert made.place == Place("0.yaml", 2, 5)


def test_a_kind_may_say_what_its_thing_costs(tmp_path: Path) -> None:
    made = one(tmp_path, "- {id: a, kind: block, zone: city, delivers: {homes: 100, jobs: 60}, source: plan}")
    assert made.cost.central == 20e6
    assert made.cost.dist == Distribution("triangular", low=15e6, high=30e6)
    assert (made.land, made.crews, made.budget_share, made.opening.central) == (3000.0, 2, 0.25, 2.0)
    assert [(part.what, part.amount) for part in made.delivers] == [("homes", 100.0), ("jobs", 60.0)]
    both = "- {id: a, kind: block, zone: city, delivers: {homes: 100, school_places: 10}, source: plan}"
    assert one(tmp_path, both).cost.dist == Distribution("triangular", low=15.5e6, high=31.1e6)


def test_an_entry_says_everything_itself(tmp_path: Path) -> None:
    made = one(
        tmp_path,
        """- id: a
    name: {zh: 甲, en: A}
    kind: school
    zone: rural
    delivers: {school_places: {value: 200, unit: places, source: plan}}
    cost: {value: 0.3, unit: 亿元, source: tender, dist: {lognormal: {sd: 0.1}}}
    budget_share: 0.5
    land: {value: 1.5, unit: 公顷}
    crews: 0
    approval: 3
    construction: {months: 10, dist: {uniform: {low: 8, high: 12}}}
    opening: 1
    opens_in: 3
    from: 2022-07
    batch: reserve
    source: {zh: 规划, en: plan}""",
    )
    assert (made.name, made.zone, made.cost.dist.sd) == (Text("甲", "A"), RURAL, 0.1)
    assert made.cost.central == pytest.approx(30e6)
    assert (made.budget_share, made.land, made.crews, made.opens_in, made.priority) == (0.5, 15_000.0, 0, 3, 3)
    assert (made.approval.central, made.approval.dist.kind) == (3.0, "certain")
    assert made.construction.dist == Distribution("uniform", low=8.0, high=12.0)
    assert made.begins == month_of(2022) + 6.0
    assert made.source == Text("规划", "plan")


@pytest.mark.parametrize(
    ("more", "priority"),
    [
        ("", 2),
        (", batch: finish", 1),
        (", batch: start", 2),
        (", batch: reserve", 3),
        (", batch: finish, priority: 7", 7),
    ],
)
def test_priority_goes_by_batch_unless_given(tmp_path: Path, more: str, priority: int) -> None:
    assert one(tmp_path, PLACES % more).priority == priority


def test_several_like_ones_are_numbered_and_may_begin_one_after_another(tmp_path: Path) -> None:
    made, faults = resolve(tmp_path, PLACES % ", count: 5, per_year: 2, from: 2022")
    assert not faults
    assert [project.id for project in made] == ["a-1", "a-2", "a-3", "a-4", "a-5"]
    assert {project.entry for project in made} == {"a"}
    assert [project.begins - month_of(2022) for project in made] == [0.0, 6.0, 12.0, 18.0, 24.0]
    assert made[1].name == Text("学校 2", "school 2")
    fifths, _ = resolve(tmp_path, PLACES % ", count: 3, per_year: 5")
    assert fifths[1].begins * 1024 % 1 == 0.0


def test_stages_of_the_base_year(tmp_path: Path) -> None:
    for stage in ("approval", "waiting", "construction"):
        made = one(tmp_path, PLACES % f", stage: {stage}, since: 2019-11")
        assert (made.stage, made.begins) == (stage, month_of(2019) + 10.0)


def test_a_later_file_replaces_an_entry_in_its_place_or_takes_it_out(tmp_path: Path) -> None:
    first = (
        "- {id: a, kind: school, zone: town, delivers: {school_places: 1}, source: p}\n  "
        + PLACES.replace("id: a", "id: b") % ""
    )
    made, faults = resolve(tmp_path, first, PLACES % ", priority: 1")
    assert not faults
    assert [(project.id, project.delivers[0].amount) for project in made] == [("a", 300.0), ("b", 300.0)]
    made, faults = resolve(tmp_path, first, PLACES % ", count: 0")
    assert [project.id for project in made] == ["b"]


def test_kinds_beside_the_scenario_come_before_those_of_the_library(tmp_path: Path) -> None:
    text = "- {id: a, kind: hospital, zone: city, delivers: {homes: 1}, cost: 5, source: p}"
    assert one(tmp_path, text).construction.central == 34.0
    nearer = KINDS.replace("id: block", "id: hospital")
    (made,), _ = resolve(tmp_path, text, kinds=nearer)
    assert made.construction.central == 30.0


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("kind: school", "kind: shcool", "kind: no kind of project is called shcool; did you mean school?"),
        (
            "school_places",
            "school_place",
            "delivers.school_place: nothing that projects deliver is called",
        ),
        ("300", "{value: 3, unit: 张}", "delivers.school_places.unit: unit 张 does not fit"),
        ("300", "-1", "delivers.school_places: must be ≥ 0"),
        ("300", "{value: {2021: 3}}", "delivers.school_places: one number is expected here, without years"),
        ("school_places", "jobs", "projects[0]: nothing says what one of what it delivers costs: give cost"),
        (", source: plan", "", "source: is missing"),
        ("%s", ", prority: 1", "prority: unknown key; allowed: id, name, kind"),
    ],
)
def test_faults_of_what_an_entry_has(tmp_path: Path, old: str, new: str, expected: str) -> None:
    text = PLACES.replace(old, new)
    assert expected in fault(tmp_path, text.replace("%s", ""))


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("region: mordor", "region: region mordor is not in this scenario"),
        ("from: 2021-13", "from: '2021-13' must be a year or a month: 2021 or 2021-07"),
        ("from: true", "from: expected an integer, got true"),
        ("stage: construction", "with stage construction, give since"),
        ("stage: waiting, since: 2021", "since: 2021 is after the end of the base year 2020"),
        ("since: 2019, per_year: 2", "since goes with neither from nor per_year"),
        ("approval: {months: 6, dist: {normal: {sd: 1}}}", "approval: a duration cannot be normal"),
        ("opening: {months: 6, dist: {triangular: {low: 7, high: 9}}}", "0 ≤ low ≤ months ≤ high ≤ 600 must hold"),
        ("construction: {months: 0, dist: {lognormal: {sd: 1}}}", "months of a lognormal must be above 0"),
        ("cost: {value: 5, dist: {normal: {sd: 1}}}", "cost.dist: a cost cannot be normal"),
        ("cost: {value: 5, unit: 公顷}", "cost.unit: unit 公顷 does not fit; allowed: 元"),
        ("land: {value: -5}", "land: must not be negative"),
        ("priority: 0", "priority: must be ≥ 1"),
    ],
)
def test_faults_of_what_is_added_to_an_entry(tmp_path: Path, more: str, expected: str) -> None:
    message = fault(tmp_path, PLACES % f", {more}")
    assert message.startswith("0.yaml:2:")
    assert expected in message


def test_ids_are_used_once(tmp_path: Path) -> None:
    twice = f"{PLACES % ''}\n  {PLACES % ''}"
    assert "projects[1].id: project a is given twice" in fault(tmp_path, twice)
    numbered = f"{PLACES % ', count: 2'}\n  {PLACES.replace('id: a', 'id: a-2') % ''}"
    assert "its number a-2 is taken by a" in fault(tmp_path, numbered)


def test_with_several_regions_a_project_says_which(tmp_path: Path) -> None:
    regions = ("shire", "gondor")
    assert "projects[0]: there are several regions; give one of shire, gondor" in fault(
        tmp_path, PLACES % "", regions=regions
    )
    (made,), _ = resolve(tmp_path, PLACES % ", region: gondor", regions=regions)
    assert made.region == "gondor"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("of: homes", "of: hoems", "kinds[1].of: nothing that projects deliver is called hoems; did you mean homes?"),
        ("万元/套", "张", "kinds[1].cost_each.unit: unit 张 does not fit"),
        ("id: block", "id: school", "kinds[1].id: kind school is given twice"),
        ("    of: homes\n", "", "cost_each and land_each need an of"),
    ],
)
def test_faults_of_kinds(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert expected in fault(tmp_path, PLACES % "", kinds=KINDS.replace(old, new))


def test_things_take_cost_and_land_from_services_once() -> None:
    def figure(value: float, unit: str) -> Figure:
        return Figure(
            value=value, low=value / 2, high=value * 2, unit=unit, evidence="project", source=Text("例", "case")
        )

    name, place = Text("床", "bed"), Place("x")
    beds = Service(
        id="beds",
        name=name,
        category="health",
        driver="resident",
        driver_unit="person",
        unit="bed",
        standard=figure(1, "张/千人"),
        place=place,
        unit_cost=figure(90, "万元/张"),
        land=figure(100, "m²/张"),
    )
    inside = Service(
        id="icu",
        name=name,
        category="health",
        driver="resident",
        driver_unit="person",
        unit="bed",
        standard=figure(1, "张/千人"),
        place=place,
        unit_cost=figure(100, "万元/张"),
        part_of="beds",
    )
    things = things_of([beds, inside])
    assert things["beds"].cost is not None
    assert (things["beds"].cost.value, things["beds"].cost.low, things["beds"].cost.high) == (9e5, 4.5e5, 1.8e6)
    assert things["beds"].land is not None
    assert things["beds"].land.value == 100.0
    assert (things["icu"].cost, things["icu"].land) == (None, None)
    assert OWN_THINGS.items() <= things.items()


def test_the_library_of_kinds_is_sound_and_names_what_backs_it() -> None:
    reading = Reading()
    file = library() / "scenarios" / "projects" / "kinds.yaml"
    made = project_kinds.kinds([file], THINGS, reading)
    assert not reading.faults
    assert {"kindergarten", "primary-school", "hospital", "resettlement", "industrial-park", "other"} <= made.keys()
    for kind in made.values():
        assert has_chinese(kind.name.zh)
        assert not has_chinese(kind.name.en)
        figures = [kind.approval.source, kind.construction.source]
        figures += [kind.opening.source] if kind.opening.central else []
        figures += [each.source for each in (kind.rule.cost, kind.rule.land) if each is not None]
        for source in figures:
            assert source is not None, f"{kind.id} has a figure without a source"
            assert has_chinese(source.zh)
            assert not has_chinese(source.en)
        slow = ("trunk-road", "village-renewal")  # approved by more offices, or voted on by a village
        longest = 24.0 if kind.id in slow else 12.0
        assert 0.0 < kind.approval.central <= longest
        assert kind.construction.dist.low < kind.construction.central < kind.construction.dist.high


def test_the_shape_of_kinds_is_read_from_its_own_model(tmp_path: Path) -> None:
    file = tmp_path / "kinds.yaml"
    file.write_text("kinds: []\n", encoding="utf-8")
    reading = Reading()
    assert reading.read(file, KindsFile) is None
    assert "kinds: must not be empty" in reading.faults[0].message("en")
