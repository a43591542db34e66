"""Wherever an id is taken, the Chinese name is, as pages show it; and what is neither has the nearest of both."""

import shutil
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from sim.common.errors import Exit, InvalidInput
from sim.model.registry import MEASURES, PARAMETERS
from sim.questions.checkup.watch import watched
from sim.questions.seek.read import Options
from sim.questions.seek.read import read as read_seek
from sim.scenario import scenario, spelled
from sim.scenario.by_name import id_by_name
from sim.scenario.names import named
from sim.scenario.projects.project_costs import OWN_NAMES
from sim.scenario.resolved import ResolvedScenario
from sim.scenario.shapes.scenario_file import PolicyUse
from sim.scenario.targets import file_of
from sim.scenario.targets import read as read_plans
from tests.cli.test_kinds import code
from tests.paths import SCENARIOS
from tests.scenarios import JIESHOU

OWN = """\
name: own
title: {zh: 自拟, en: own}
extends: jieshou/trend.yaml
plan: null
"""


def own(folder: Path, more: str, overrides: Sequence[str] = ()) -> ResolvedScenario:
    (folder / "own.yaml").write_text(OWN + more, encoding="utf-8")
    return scenario(folder / "own.yaml", overrides)


def test_a_name_is_known_as_pages_show_it_and_as_people_type_it() -> None:
    names = [(id_, one.name) for id_, one in MEASURES.items()]
    assert id_by_name("县城（城区）常住人口", names) == "city"
    assert id_by_name("60-64岁常住人口", names) == id_by_name("60—64岁常住人口", names) == "age_60_64"
    assert id_by_name("城镇人口年增量：自然增长", names) == id_by_name("城镇人口年增量:自然增长", names) is not None


def test_keys_of_set_are_known_by_name_in_files(tmp_path: Path) -> None:
    found = own(tmp_path, "set:\n  外出→县城: {times: 1.5, source: assumption}\n")
    assert "away.return_to_city" in {one.path for one in found.settings["jieshou"] if one.change == "times"}
    with pytest.raises(InvalidInput, match="外出→县诚: no parameter is called 外出→县诚; did you mean 外出→县城"):
        own(tmp_path, "set: {外出→县诚: {times: 1.5, source: assumption}}\n")


def test_projects_name_kinds_regions_and_what_they_deliver(tmp_path: Path) -> None:
    entry = "projects:\n  - {id: p, kind: %s, region: 界首市, zone: city, delivers: {%s: 10}, source: assumption}\n"
    (project,) = (one for one in own(tmp_path, entry % ("医院", "医疗卫生机构床位")).projects if one.id == "p")
    assert (project.kind, project.region, project.delivers[0].what) == ("hospital", "jieshou", "hospital_beds")
    (project,) = (one for one in own(tmp_path, entry % ("公租房", "公租房")).projects if one.id == "p")
    assert project.delivers[0].what == "public_rental_homes"
    with pytest.raises(InvalidInput, match="did you mean 医院"):
        own(tmp_path, entry % ("医院楼", "公租房"))
    with pytest.raises(InvalidInput, match="did you mean 公租房"):
        own(tmp_path, entry % ("医院", "公租屋"))


def test_targets_name_measures_services_projects_programmes_and_regions(tmp_path: Path) -> None:
    rest = "unit: %s, value: %s, op: at_least, year: 2025, source: assumption}\n"
    found = own(
        tmp_path,
        "projects:\n  - {id: wing, name: {zh: 新院区（一期）, en: new wing}, kind: 医院, zone: city,"
        " delivers: {hospital_beds: 10}, source: assumption}\n"
        "targets:\n"
        "  - {id: A1, title: {zh: 一, en: a}, kind: outcome, region: 界首市, measure: 县城（城区）常住人口, "
        + rest % ("人", 250000)
        + "  - {id: A2, title: {zh: 二, en: b}, kind: standard, driver: 常住人口, service: 医疗卫生机构床位, "
        + rest % ("张/千人", 7)
        + "  - {id: A3, title: {zh: 三, en: c}, kind: deadline, project: 新院区（一期）, year: 2025,"
        " source: assumption}\n"
        "  - {id: A4, title: {zh: 四, en: d}, kind: commitment, programme: 老旧小区改造, " + rest % ("'%'", 90),
    )
    assert found.plan is not None
    lines = {one.id: one for one in found.plan.targets}
    assert (lines["A1"].region, lines["A1"].measure) == ("jieshou", "city")
    assert (lines["A2"].driver, lines["A2"].service) == ("resident", "hospital_beds")
    assert lines["A3"].project == "wing"
    assert lines["A4"].process is not None
    assert lines["A4"].process.id == "old-estates"  # type: ignore[union-attr]


def test_services_name_their_drivers_and_capacities_their_services(tmp_path: Path) -> None:
    standard = "{value: 1, unit: 个/万人, evidence: assumption, source: assumption}"
    found = own(
        tmp_path,
        "services:\n  - {id: tea_houses, name: {zh: 茶馆, en: tea houses}, category: culture_sport,"
        f" driver: 城镇常住人口, unit: 个, standard: {standard}}}\n"
        "capacities:\n  医疗卫生机构床位: {value: 4000, unit: 张, year: 2020, evidence: assumption,"
        " source: assumption}\n",
    )
    assert next(one.driver for one in found.services if one.id == "tea_houses") == "urban"
    assert found.capacities["jieshou"]["hospital_beds"].value == 4000


def test_indicators_and_policies_and_plans_and_regions_are_called_by_name(tmp_path: Path) -> None:
    found = own(
        tmp_path,
        "indicators:\n  - {id: cars, name: {zh: 汽车, en: cars}, unit: 辆, region: 界首市, year: 2020, base: 5,"
        " source: assumption, growth: {value: 1, source: assumption}}\n"
        "policies:\n  - {use: 紧凑用地、提高容积率, from: 2022}\n",
    )
    assert [one.place for one in found.indicators if one.id == "cars"] == ["jieshou"]
    assert "compact-land" in {one.id for one in found.policies}
    with pytest.raises(InvalidInput, match="did you mean 紧凑用地、提高容积率"):
        own(tmp_path, "policies:\n  - {use: 紧凑用地提高容积率, from: 2022}\n")
    with pytest.raises(InvalidInput, match="did you mean 界首市"):
        own(tmp_path, "region: 界首县\n")
    with pytest.raises(InvalidInput, match="did you mean 界首市新型城镇化试点实施方案"):
        scenario(JIESHOU / "trend.yaml", ("plan=界首市新型城镇化试点方案",))
    (tmp_path / "some.yaml").write_text("name: some\nregion: 广州第一圈层（按区近似）\nplan: null\n", encoding="utf-8")
    assert scenario(tmp_path / "some.yaml").groups
    assert file_of("界首市新型城镇化试点实施方案").name == "jieshou.yaml"


@pytest.mark.parametrize("name", ["../secret", "a/b", "a\\b", ".hidden", "con", " ", "a" * 65])
def test_a_name_never_leads_elsewhere(tmp_path: Path, name: str) -> None:
    with pytest.raises(InvalidInput, match=r"is no name|name of a device"):
        own(tmp_path, f"policies:\n  - {{use: '{name}', from: 2022}}\n")


def test_targets_of_a_command_are_spelled_with_names(tmp_path: Path) -> None:
    words = "界首市：县城（城区）常住人口 ≥ 25万人 @ 2025"
    plan = scenario(JIESHOU / "trend.yaml", ("plan=null", f"target:{words}")).plan
    assert plan is not None
    assert (plan.targets[0].region, plan.targets[0].measure) == ("jieshou", "city")
    whole = scenario(JIESHOU / "trend.yaml")
    (target,) = watched([words], whole)
    assert (target.region, target.measure, target.value) == ("jieshou", "city", 250_000)
    with pytest.raises(InvalidInput, match=r"did you mean 县城\(城区\)常住人口"):
        watched(["县城（城区）常驻人口>=25万人@2025"], whole)
    asked = Options((words,), ("外出→县城.times=0.5:2",), ("外出→县城.times=3",), 0.8, 20, None, ())
    found = read_seek(JIESHOU / "pilot.yaml", asked)
    assert (found.goals[0].target.region, found.goals[0].target.measure) == ("jieshou", "city")
    assert found.levers[0].weight == 3.0


def test_a_measure_whose_name_has_a_colon_is_not_taken_for_a_region() -> None:
    names = {id_: one.name for id_, one in MEASURES.items()}
    read = spelled.read("城镇人口年增量：自然增长 >= 100 @ 2025")
    assert read is not None
    region, measure = read.placed(names)
    assert region is None
    assert names[measure].zh == "城镇人口年增量:自然增长"


def test_a_target_of_a_region_elsewhere_is_told_at_its_own_place() -> None:
    with pytest.raises(
        InvalidInput, match=r"^--target: Q1: region 界首县 is not in this scenario; did you mean 界首市"
    ):
        scenario(JIESHOU / "trend.yaml", ("plan=null", "target:界首县: resident >= 60万人 @ 2030"))


def test_commands_that_take_a_region_an_example_or_an_output_take_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert code("region", "show", "界首市", "--lang", "en") == Exit.DONE
    assert capsys.readouterr().out.startswith("jieshou  Jieshou  2020")
    assert code("region", "show", "界首县", "--lang", "en") == Exit.INVALID_INPUT
    assert "did you mean 界首市?" in capsys.readouterr().err
    assert code("new", "界首", "--lang", "en") == Exit.DONE
    assert (tmp_path / "jieshou" / "pilot.yaml").is_file()
    assert code("new", "--lang", "en") == Exit.DONE
    assert "processes" not in capsys.readouterr().out.splitlines()


def own_policies(folder: Path, *ids: str) -> None:
    text = (SCENARIOS / "policies" / "affordable-rental.yaml").read_text(encoding="utf-8")
    (folder / "policies").mkdir()
    for id_ in ids:
        other = text.replace("id: affordable-rental", f"id: {id_}").replace("保障性租赁住房", "同名", 1)
        (folder / "policies" / f"{id_}.yaml").write_text(other, encoding="utf-8")


def test_a_name_that_several_bear_is_told_with_the_ids_of_all(tmp_path: Path) -> None:
    own_policies(tmp_path, "one", "two")
    with pytest.raises(InvalidInput, match=r"no policy is called 同名; did you mean one / two\?"):
        own(tmp_path, "policies: [{use: 同名, from: 2022}]\n")


def test_an_english_name_where_an_id_or_a_chinese_one_is_taken_is_told_with_the_id(tmp_path: Path) -> None:
    english = named(tmp_path / "own.yaml", "policies")["hukou-zero-threshold"].en
    with pytest.raises(InvalidInput, match=r"did you mean hukou-zero-threshold\?"):
        own(tmp_path, f"policies: [{{use: {english!r}, from: 2022}}]\n")


def test_a_policy_may_be_called_as_the_files_of_regions_are(tmp_path: Path) -> None:
    own_policies(tmp_path, "region")
    assert "region" in named(tmp_path / "own.yaml", "policies")


def test_what_is_given_by_its_id_and_by_its_name_is_given_twice(tmp_path: Path) -> None:
    both = (
        "set:\n  外出→县城: {times: 1.5, source: assumption}\n  away.return_to_city: {times: 2, source: assumption}\n"
    )
    with pytest.raises(InvalidInput, match=r"away\.return_to_city: is given twice"):
        own(tmp_path, both)
    delivers = "{公租房: 10, public_rental_homes: 20}"
    entry = f"{{id: p, kind: 公租房, region: jieshou, zone: city, delivers: {delivers}, source: assumption}}"
    with pytest.raises(InvalidInput, match="public_rental_homes: is given twice"):
        own(tmp_path, f"projects: [{entry}]\n")


@pytest.mark.parametrize("words", ["C:同名", "../同名", "有/同名", ".同名"])
def test_a_name_is_no_path(words: str) -> None:
    with pytest.raises(ValueError, match="use"):
        PolicyUse.model_validate({"use": words})
    assert PolicyUse.model_validate({"use": "城镇人口年增量:自然增长"}).use == "城镇人口年增量:自然增长"


def test_a_plan_of_another_folder_is_no_plan_of_the_library() -> None:
    with pytest.raises(InvalidInput, match="no plan is called elsewhere/jieshou"):
        read_plans(["elsewhere/jieshou"])


@pytest.mark.parametrize("words", [" " * 20_000, "a" + " " * 20_000 + "b", "a >= 1" + " " * 20_000, " a >= 1 b" * 999])
def test_what_is_no_target_is_told_at_once(words: str) -> None:
    begun = time.process_time()
    assert spelled.read(words) is None
    assert time.process_time() - begun < 1.0


def test_spaces_around_the_parts_of_a_target_are_no_part_of_them() -> None:
    read = spelled.read("  界首市 ： 常住人口  ≥  93.5  万 人  @  2030 ")
    assert read == ("界首市 ： 常住人口", "at_least", "93.5", "万 人", 2030)
    assert read.placed({"resident": MEASURES["resident"].name}) == ("界首市", "resident")


def test_rates_that_move_together_may_be_named(tmp_path: Path) -> None:
    shutil.copytree(SCENARIOS / "regions" / "jieshou", tmp_path / "regions" / "jieshou")
    rates = tmp_path / "regions" / "jieshou" / "rates.yaml"
    name = PARAMETERS["fertility.tfr"].name.zh
    said = rates.read_text(encoding="utf-8").replace("paths: [fertility.tfr,", f"paths: [{name},")
    assert f"[{name}," in said
    rates.write_text(said, encoding="utf-8")
    (mine,) = own(tmp_path, "region: jieshou\n").regions
    (shipped,) = scenario(JIESHOU / "trend.yaml").regions
    assert mine.folder != shipped.folder
    assert mine.correlation_paths == shipped.correlation_paths != ()


def test_a_policy_names_the_services_whose_stock_must_be_unknown(tmp_path: Path) -> None:
    text = (SCENARIOS / "policies" / "schools-in-town.yaml").read_text(encoding="utf-8")
    (tmp_path / "policies").mkdir()
    names = {service.id: service.name.zh for service in scenario(JIESHOU / "trend.yaml").services}
    said = text.replace("id: schools-in-town", "id: mine").replace("[kindergarten_places,", "[%s,")
    (tmp_path / "policies" / "mine.yaml").write_text(said % names["kindergarten_places"], encoding="utf-8")
    use = "policies: [{use: mine, from: 2022}]\n"
    assert "mine" in [policy.id for policy in own(tmp_path, use).policies]
    known = "{value: 9, unit: place, year: 2020, evidence: assumption, source: assumption}"
    with pytest.raises(InvalidInput, match=r"policies\[0\]\.use"):
        own(tmp_path, f"{use}capacities: {{kindergarten_places: {known}}}\n")


def test_services_name_what_drives_them_and_what_they_are_a_part_of(tmp_path: Path) -> None:
    shipped = {service.id: service for service in scenario(JIESHOU / "trend.yaml").services}
    part = next(service for service in shipped.values() if service.part_of)
    assert part.part_of is not None
    whole = shipped[part.part_of].name.zh
    driver = MEASURES["resident"].name.zh
    entries = f"[{{id: {part.id}, part_of: {whole}}}, {{id: hospital_beds, driver: {driver}}}]"
    found = {service.id: service for service in own(tmp_path, f"services: {entries}\n").services}
    assert (found[part.id].part_of, found["hospital_beds"].driver) == (part.part_of, "resident")


def test_a_kind_of_project_names_what_its_costs_are_of(tmp_path: Path) -> None:
    entry = "{id: p, kind: 公租房, region: jieshou, zone: city, delivers: {公租房: 10}, source: assumption}"
    before = own(tmp_path, f"projects: [{entry}]\n").projects
    (tmp_path / "projects").mkdir()
    text = (SCENARIOS / "projects" / "kinds.yaml").read_text(encoding="utf-8")
    said = text.replace("of: homes", f"of: {OWN_NAMES['homes'].zh}")
    assert said != text
    (tmp_path / "projects" / "kinds.yaml").write_text(said, encoding="utf-8")
    assert own(tmp_path, f"projects: [{entry}]\n").projects == before != ()
