"""The made-up county of `county.py` with an economy: jobs, homes, services, money, projects and what policies add."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from sim.common.errors import Place
from sim.common.language import Text
from sim.model.arrays import Array
from sim.model.axes import CITY
from sim.model.measure import Measure
from sim.model.projects.records import Moment, ProjectRow
from sim.model.registry import MEASURES
from sim.model.services.parameters import measures_of
from sim.model.services.service import Figure, Service
from sim.run.answers import Delivery, Opening, Supply, Verdict
from sim.run.columns import Columns
from sim.run.tables import QUANTILES, SERIES_COLUMNS, Contribution, Contributions, RunTables
from tests.output.charts.county import REGION, YEARS, jieshou

PARTS = ("growth", "improvement", "replacement", "vacancy", "reused")
_SOURCE = Text("假设:测试", "assumption: a test")


def figure(value: float, unit: str) -> Figure:
    return Figure(value=value, low=value, high=value, unit=unit, evidence="assumption", source=_SOURCE)


def service(id_: str, name: Text, driver: str, standard: Figure, unit: str, **more: object) -> Service:
    return Service(
        id=id_,
        name=name,
        category=more.pop("category", "health"),  # type: ignore[arg-type]
        driver=driver,
        driver_unit="person",
        unit=unit,
        standard=standard,
        place=Place("services.yaml"),
        **more,  # type: ignore[arg-type]
    )


BEDS = service(
    "hospital_beds",
    Text("医疗机构床位", "hospital beds"),
    "resident",
    figure(7.5, "beds/1000"),
    "bed",
    unit_cost=figure(5e5, "yuan/bed"),
    land=figure(90.0, "m²/bed"),
)
PLACES = service(
    "kindergarten_places",
    Text("幼儿园学位", "kindergarten places"),
    "age_3_5",
    figure(1.0, "place/person"),
    "place",
    category="education",
    enrolment=figure(90.0, "%"),
)
STAFF = service(
    "kindergarten_staff",
    Text("幼儿园教职工", "kindergarten staff"),
    "need.kindergarten_places",
    figure(0.167, "staff/place"),
    "staff",
    category="education",
)
PARKING = service(
    "parking_spaces",
    Text("停车位", "parking spaces"),
    "urban",
    figure(1.0, "space/person"),
    "space",
    category="transport",
)
COUNTED = service(
    "airports", Text("通用机场", "airports"), "resident", figure(0.0, "count/person"), "count", category="transport"
)
SERVICES = (BEDS, PLACES, STAFF, PARKING, COUNTED)

Known = Mapping[str, tuple[str, Array]]


def _paths(draws: int, random: np.random.Generator) -> dict[str, tuple[str, Array]]:
    """Unit and values [year, draw] of every measure; flows begin a year after the base year."""
    years = np.arange(len(YEARS), dtype=float)[:, np.newaxis]
    noise = np.exp(0.1 * random.standard_normal(draws))[np.newaxis]
    found: dict[str, tuple[str, Array]] = {}

    def stock(name: str, unit: str, start: float, slope: float) -> Array:
        found[name] = unit, start + slope * years * noise
        return found[name][1]

    def flow(name: str, unit: str, start: float, slope: float = 0.0) -> Array:
        found[name] = unit, (start + slope * years[1:]) * noise
        return found[name][1]

    stock("urban_labour_force", "person", 158_000.0, 3_000.0)
    stock("urban_jobs", "job", 150_000.0, 3_200.0)
    stock("income_urban", "yuan/person", 40_000.0, 2_000.0)
    stock("income_rural", "yuan/person", 17_000.0, 1_200.0)
    found["income_ratio"] = "ratio", found["income_urban"][1] / found["income_rural"][1]
    flow("new_jobs_gross", "person/year", 3_000.0)
    parts = [flow(f"home_demand.{part}", "home/year", start) for part, start in zip(PARTS, _PART_SIZES, strict=True)]
    found["home_demand"] = "home/year", np.sum(parts, axis=0)
    flow("homes_completed", "home/year", 5_000.0)
    flow("homes_demolished", "home/year", 2_000.0)
    stock("homes", "home", 280_000.0, 2_000.0)
    stock("public_rental_need", "home", 3_700.0, 150.0)
    flow("money_year", "yuan/year", 1.0e9, 3e7)
    flow("money_spent", "yuan/year", 9.0e8)
    flow("money_called_in", "yuan/year", 0.0)
    stock("money_left", "yuan", 0.0, 1e5)
    stock("debt", "yuan", 0.0, 5e7)
    flow("land_year", "m²/year", 6e5)
    flow("land_used", "m²/year", 2e5)
    flow("land_called_in", "m²/year", 1e5)
    stock("land_left", "m²", 0.0, 4e4)
    stock("boundary_left", "m²", 9e6, -2e5)
    stock("projects_waiting", "count", 0.0, 1.0)
    _services(found, stock)
    return found


_PART_SIZES = (3_700.0, 1_100.0, 3_400.0, 900.0, -1_700.0)


def _services(found: dict[str, tuple[str, Array]], stock: object) -> None:
    assert callable(stock)
    need = stock("need.hospital_beds", "bed", 4_200.0, 60.0)
    capacity = stock("capacity.hospital_beds", "bed", 4_000.0, 20.0)
    gap = np.maximum(need - capacity, 0.0)
    found["gap.hospital_beds"] = "bed", gap
    found["adequacy.hospital_beds"] = "share", 1.0 - gap / need
    found["cost.hospital_beds"] = "yuan", 5e5 * gap
    found["land.hospital_beds"] = "m²", 90.0 * gap
    stock("delivered.hospital_beds", "bed", 0.0, 20.0)
    stock("need.kindergarten_places", "place", 27_000.0, -1_000.0)
    stock("need.kindergarten_staff", "staff", 4_500.0, -160.0)
    stock("need.parking_spaces", "space", 0.0, 3_000.0)
    stock("need.airports", "count", 0.0, 0.0)
    found["delivered.airports"] = (
        "count",
        np.where(np.arange(len(YEARS))[:, np.newaxis] > 6, 1.0, 0.0) * np.ones((1, 2)),
    )


def _series(values: Known, scenario: str) -> Columns:
    rows = []
    for name, (unit, by_year) in values.items():
        for year, draws in zip(list(YEARS)[-len(by_year) :], by_year, strict=True):
            for q, value in zip(QUANTILES, np.quantile(draws, QUANTILES), strict=True):
                rows.append((scenario, REGION, "resident", year, name, unit, "quantile", q, float(value)))
            rows.append((scenario, REGION, "resident", year, name, unit, "mean", np.nan, float(draws.mean())))
    return Columns.of_rows(SERIES_COLUMNS, rows)


def row(
    id_: str, name: Text, begins: float, opened: Moment, *, entry: str = "", number: int = 0, **more: object
) -> ProjectRow:
    """A project that is approved half a year after it begins and starts at once."""
    start = Moment(begins + 0.5, begins + 0.5, begins + 0.5)
    given: dict[str, object] = {
        "kind": "hospital",
        "region": REGION,
        "zone": CITY,
        "priority": 1,
        "delivers": ("hospital_beds",),
        "approved": start,
        "started": start,
        "lead": 24.0,
        "latest": 2024.0,
        "opened_by_test": 1.0,
        "groups": 10,
    }
    return ProjectRow(
        id=id_,
        entry=entry or id_,
        number=number,
        name=name,
        begins=begins,
        opened=opened,
        **(given | more),  # type: ignore[arg-type]
    )


PROJECTS = (
    row("campus", Text("医院南区", "south campus"), 2022.0, Moment(2024.5, 2025.0, 2025.5)),
    row("school-1", Text("学校 1", "school 1"), 2022.5, Moment(2024.0, 2024.7, 2024.7), entry="school", number=1),
    row("school-2", Text("学校 2", "school 2"), 2023.5, Moment(2025.0, 2025.7, 2026.7), entry="school", number=2),
    row(
        "airport",
        Text("通用机场", "airport"),
        2023.0,
        Moment(2026.2, 2027.0, None),
        delivers=("airports",),
        latest=2022.0,
        lead=48.0,
        opened_by_test=0.0,
    ),
    row(
        "works",
        Text("水厂", "water works"),
        2024.0,
        Moment(None, None, None),
        delivers=("water",),
        started=Moment(None, None, None),
        opened_by_test=0.0,
        latest=2024.5,
    ),
)

ADDED = Contributions(
    measure="urbanization_rate",
    unit="share",
    region=REGION,
    year=2025,
    before=0.512,
    after=0.519,
    rows=(
        Contribution("jobs", Text("岗位", "jobs"), 0.008, 0.004, 0.012, 0.0003),
        Contribution("buses", Text("公交", "buses"), -0.001, -0.002, 0.0, 0.0001),
    ),
    draws=100,
    runs=4,
    exact=True,
)

VERDICTS = (
    Verdict(
        id="F1",
        title=Text("每千人床位", "Beds per 1,000"),
        kind="standard",
        measure="",
        op="at_least",
        value=0.0075,
        unit="bed/person",
        year=2025,
        status="out of reach",
        answer=Supply(
            probability=0.1,
            probability_error=0.02,
            low=0.0067,
            median=0.0068,
            high=0.0070,
            shortfall=0.0007,
            capacity=4_100.0,
            need=4_500.0,
            need_unit="bed",
            driver="resident",
            service="hospital_beds",
            first_year=None,
        ),
    ),
    Verdict(
        id="P1",
        title=Text("机场建成", "Airport built"),
        kind="commitment",
        measure="project.airport",
        op="",
        value=1.0,
        unit="项",
        year=2025,
        status="out of reach",
        answer=Opening(
            probability=0.0,
            probability_error=0.03,
            first_year=2027,
        ),
    ),
    Verdict(
        id="C1",
        title=Text("新增床位", "New beds"),
        kind="commitment",
        measure="delivered.hospital_beds",
        op="at_least",
        value=200.0,
        unit="bed",
        year=2025,
        status="tracked",
        answer=Delivery(
            low=90.0,
            median=100.0,
            high=110.0,
            delivered=100.0,
            shortfall=100.0,
        ),
    ),
)


def described() -> dict[str, Measure]:
    """Every measure of the county, those of its services included."""
    built = Measure("delivered.hospital_beds", Text("建成床位", "beds delivered"), "bed", "resident")
    return {**MEASURES, **{measure.id: measure for measure in measures_of(SERVICES)}, built.id: built}


def county(draws: int = 60) -> RunTables:
    """The county with everything that the report of an economy shows."""
    run = jieshou(draws=draws)
    economy = _series(_paths(draws, np.random.default_rng(3)), run.scenario)
    return replace(
        run,
        measures=described(),
        series=Columns.joined([run.series, economy]),
        verdicts=(*run.verdicts, *VERDICTS),
        services=SERVICES,
        projects=PROJECTS,
        contributions=ADDED,
    )


def changed(run: RunTables, measure: str, value: float) -> RunTables:
    """The county with one measure at a value in every year."""
    series = run.series.frame()
    series.loc[series["measure"] == measure, "value"] = value
    return replace(run, series=Columns.of_frame(series))
