"""The table of services: what ships is whole, a scenario's additions merge, and slips are located."""

from pathlib import Path

import pytest

from docs.write.services import reference, shipped
from sim.common.paths import library as root
from sim.common.typography import has_chinese
from sim.common.units import base, factor, is_known, per
from sim.model.measure import Measure
from sim.model.registry import MEASURES
from sim.model.services.parameters import measures_of, parameters_of
from sim.model.services.service import CATEGORIES, Service, standard_scale
from sim.scenario.library import Reading
from sim.scenario.services import Part, capacities, library, services
from sim.scenario.shapes.service_file import ServicesFile
from sim.scenario.yaml.checking import check
from sim.scenario.yaml.yaml_core import parse

TABLE = shipped()
REGIONS = sorted((root() / "scenarios" / "regions").glob("*/capacity.yaml"))
POOLS = """
services:
  - id: pools
    name: {zh: 泳池, en: pools}
    category: culture_sport
    driver: urban
    unit: 座
    standard: {value: 0.1, unit: 座/万人, evidence: assumption, source: one for 100 thousand}
"""


def added(*texts: str) -> tuple[tuple[Service, ...], str]:
    """The library with these files on top, and the faults in English."""
    reading = Reading()
    parts = [library(reading)]
    for index, text in enumerate(texts):
        document = parse(text, f"{index}.yaml")
        model = check(document, ServicesFile, reading.faults)
        parts.append(Part(document, ("services",), model.services) if model is not None else None)
    found = services([part for part in parts if part is not None], reading)
    return found, "\n".join(fault.message("en") for fault in reading.faults)


def by_id(table: tuple[Service, ...], id_: str) -> Service:
    return next(service for service in table if service.id == id_)


def test_about_sixty_services_in_all_categories() -> None:
    assert len(TABLE) >= 38
    assert {service.category for service in TABLE} == set(CATEGORIES)
    assert len({service.id for service in TABLE}) == len(TABLE)


@pytest.mark.parametrize("service", TABLE, ids=lambda service: service.id)
def test_shipped_service_is_whole(service: Service) -> None:
    assert service.parent is not None or service.driver in MEASURES
    if service.parent is None:
        assert MEASURES[service.driver].unit == service.driver_unit
    price = per("yuan", service.unit)
    for figure, unit in ((service.unit_cost, price), (service.running_cost, f"{price}/year")):
        assert figure is None or factor(figure.unit, unit) > 0.0
    assert standard_scale(service) > 0.0
    for figure in (service.standard, service.enrolment, service.unit_cost, service.land, service.running_cost):
        if figure is None:
            continue
        assert figure.low <= figure.value <= figure.high
        assert figure.source.zh
        assert figure.source.en
        assert not has_chinese(figure.source.en)
        assert figure.evidence != "assumption" or len(figure.source.en.split()) > 3
    assert has_chinese(service.name.zh)
    assert not has_chinese(service.name.en)
    if service.part_of is not None:
        assert by_id(TABLE, service.part_of).part_of is None


def test_a_driver_stands_before_what_it_drives() -> None:
    ids = [service.id for service in TABLE]
    for service in TABLE:
        assert service.parent is None or ids.index(service.parent) < ids.index(service.id)


def test_parameters_lie_in_their_range_and_units_are_known() -> None:
    parameters = parameters_of(TABLE)
    for name, parameter in parameters.items():
        assert parameter.low <= parameter.default <= parameter.high, name
        assert is_known(parameter.unit), name
        assert not has_chinese(parameter.unit), name
        assert has_chinese(parameter.name.zh)
    assert parameters["service.hospital_beds.standard"].unit == "beds/1000"
    assert "service.hospital_beds.enrolment" not in parameters
    assert parameters["service.hospital_beds.unit_cost"].spread == pytest.approx(0.2189, abs=1e-3)
    assert parameters["service.hospital_beds.standard"].spread == 0.0


def test_a_standard_may_be_doubled_within_its_range() -> None:
    for service in TABLE:
        parameter = parameters_of([service])[f"service.{service.id}.standard"]
        assert 2.0 * parameter.default <= parameter.high


def test_weights_are_a_share_each_for_the_four_kinds() -> None:
    weights: dict[str, float] = {}
    for service in TABLE:
        if service.weight:
            weights[service.category] = weights.get(service.category, 0.0) + service.weight
    assert weights == pytest.approx({"education": 1.0, "health": 1.0, "childcare": 1.0, "elder_care": 1.0})


def test_measures_are_named_once_and_unlike_those_of_the_model() -> None:
    measures = measures_of(TABLE)
    names = [measure.id for measure in measures]
    assert len(set(names)) == len(names)
    found: dict[str, Measure] = {measure.id: measure for measure in measures}
    assert (found["need.hospital_beds"].unit, found["need.hospital_beds"].zone) == ("bed", "resident")
    assert found["gap.street_lights"].zone == "urban"
    assert found["cost.kindergarten_places"].unit == "yuan"
    assert "cost.kindergarten_classes" not in found
    assert "land.kindergarten_places" in found
    assert all(base(measure.unit)[0] == measure.unit for measure in measures)


def test_a_scenario_adds_a_service() -> None:
    table, faults = added(POOLS)
    assert not faults
    assert len(table) == len(TABLE) + 1
    pools = by_id(table, "pools")
    assert (pools.unit, pools.driver_unit, standard_scale(pools)) == ("count", "person", 1e-4)
    assert "service.pools.standard" in parameters_of(table)


def test_a_scenario_changes_only_what_it_says() -> None:
    text = "services:\n  - {id: hospital_beds, weight: 2}\n  - {id: pools, driver: resident}\n"
    table, faults = added(POOLS, text)
    assert not faults
    beds, before = by_id(table, "hospital_beds"), by_id(TABLE, "hospital_beds")
    assert (beds.weight, beds.standard, beds.unit_cost) == (2.0, before.standard, before.unit_cost)
    assert by_id(table, "pools").driver == "resident"
    assert [service.id for service in table[: len(TABLE)]] == [service.id for service in TABLE]


def test_a_service_may_be_driven_by_a_later_one() -> None:
    text = POOLS.replace("driver: urban", "driver: need.baths").replace("座/万人", '"1"')
    baths = POOLS.replace("pools", "baths").replace("services:\n", "")
    table, faults = added(text + baths)
    assert not faults
    ids = [service.id for service in table]
    assert ids.index("baths") < ids.index("pools")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("driver: urban", "driver: urbann", "1.yaml:6:13: services[0].driver: no driver is called urbann; did you"),
        ("driver: urban", "driver: need.hospital_bed", "did you mean need.hospital_beds?"),
        ("driver: urban", "driver: need.pools", "the drivers form a circle: need.pools"),
        ("unit: 座\n", "unit: 千座\n", "1.yaml:7:11: services[0].unit: 千座 is no unit of capacity"),
        ("座/万人", "座/户", "1.yaml:8:34: services[0].standard.unit: unit 座/户 does not fit"),
        ("category: culture_sport", "category: culture", "category: must be one of"),
        ("    driver: urban\n", "", "a new service (pools) also needs driver"),
        ("unit: 座\n", "unit: 座\n    part_of: hospital_bed\n", "did you mean hospital_beds?"),
        ("unit: 座\n", "unit: 座\n    unit_price: 3\n", "services[0].unit_price: unknown key"),
        ("value: 0.1", "value: 0.1, low: 0.2", "low 0.2 ≤ value 0.1 ≤ high 0.1 must hold"),
        ("value: 0.1", "value: -0.1", "must be ≥ 0"),
        ("evidence: assumption", "evidence: guess", "must be one of"),
        ("id: pools", "id: Pools Two", "must match"),
    ],
)  # fmt: skip
def test_slips_are_located(before: str, after: str, said: str) -> None:
    _, faults = added("services: [{id: doctors, weight: 1}]", POOLS.replace(before, after))
    assert said in faults


def test_a_circle_of_two_and_an_id_given_twice() -> None:
    one = POOLS.replace("driver: urban", "driver: need.baths").replace("座/万人", '"1"')
    two = one.replace("pools", "baths").replace("need.baths", "need.pools").replace("services:\n", "")
    assert "circle" in added(one + two)[1]
    twice = POOLS + POOLS.replace("services:\n", "")
    assert "service pools is given twice in this file" in added(twice)[1]


def test_what_a_library_service_gets_wrong_points_at_who_said_it() -> None:
    _, faults = added("services:\n  - {id: doctors, driver: urban_households}\n")
    assert "does not fit" in faults  # people by household: the standard still is by 1,000 persons
    assert "services.yaml" in faults


@pytest.mark.parametrize("file", REGIONS, ids=lambda file: file.parent.name)
def test_shipped_capacities_are_sound(file: Path) -> None:
    reading = Reading()
    found = capacities(file.parent, 2020, TABLE, reading)
    assert found
    assert not reading.faults
    assert file in reading.inputs
    for capacity in found.values():
        assert capacity.value > 0.0
        assert has_chinese(capacity.figure.source.zh)
        assert not has_chinese(capacity.figure.source.en)


def test_jieshou_says_its_beds_and_nothing_else() -> None:
    found = capacities(root() / "scenarios" / "regions" / "jieshou", 2020, TABLE, Reading())
    assert {name: (one.value, one.per_driver, one.year) for name, one in found.items()} == {
        "hospital_beds": (4600.0, False, 2022)
    }
    assert capacities(root() / "scenarios" / "regions" / "hanyin", 2020, TABLE, Reading()) == {}


def test_a_capacity_is_in_the_unit_of_the_service_or_of_its_standard(tmp_path: Path) -> None:
    rest = "year: 2020, evidence: statistic, source: bulletin"
    (tmp_path / "capacity.yaml").write_text(
        f"capacities:\n  hospital_beds: {{value: 6, unit: beds/1000, {rest}}}\n"
        f"  park_green: {{value: 2, unit: 公顷, {rest}}}\n  nurse: {{value: 2, unit: 人员, {rest}}}\n"
        f"  doctors: {{value: 2, unit: 张, {rest}}}\n",
        encoding="utf-8",
    )
    reading = Reading()
    found = capacities(tmp_path, 2020, TABLE, reading)
    assert (found["hospital_beds"].value, found["hospital_beds"].per_driver) == (0.006, True)
    assert (found["park_green"].value, found["park_green"].per_driver) == (20_000.0, False)
    said = [fault.message("en") for fault in reading.faults]
    assert len(said) == 2
    assert "no service is called nurse; did you mean nurses?" in said[0]
    assert "capacity.yaml:4:3" in said[0]
    assert "capacity.yaml:5:29: capacities.doctors.unit: unit 张 does not fit" in said[1]


def test_the_examples_of_the_page_can_be_read() -> None:
    page = reference(TABLE, "en")
    scenario, region = (block.split("```")[0] for block in page.split("```yaml\n")[1:])
    table, faults = added("services:" + scenario.split("services:")[1])
    assert not faults
    assert by_id(table, "swimming_pools").category == "culture_sport"
    assert "capacities:" in region
