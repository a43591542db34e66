"""A small made-up run of a real county: Jieshou's census totals of 2010 and 2020, invented growth after them."""

from dataclasses import replace

import numpy as np

from sim.common.language import Text
from sim.model.arrays import Array
from sim.model.axes import AWAY, CITY, RURAL, TOWN
from sim.model.people.flows import ARRIVAL_PATHS, ELSEWHERE, FLOWS
from sim.model.registry import MEASURES, PARAMETERS
from sim.run.answers import Driver, Need, NoAnswer, Outcome, Verdict
from sim.run.columns import Columns
from sim.run.tables import (
    OBSERVED_COLUMNS,
    PYRAMID_COLUMNS,
    QUANTILES,
    SERIES_COLUMNS,
    Assumption,
    RunTables,
)

REGION = "341282"
YEARS = range(2020, 2036)
START = {CITY: 207_420.0, TOWN: 101_073.0, RURAL: 342_377.0, AWAY: 200_000.0}
ZONES = {CITY: "city", TOWN: "town", RURAL: "rural", AWAY: "away"}
ARRIVALS = {CITY: 1_400.0, TOWN: 300.0, RURAL: 150.0}
NATURAL = {CITY: 0.004, TOWN: 0.001, RURAL: -0.004, AWAY: 0.001}


def measures(draws: int = 300, seed: int = 7, pull: float = 1.0) -> dict[str, Array]:
    """Values of measures [year, draw]; flow measures start one year later. Flows and stocks add up."""
    random = np.random.default_rng(seed)
    factors = np.exp(0.25 * random.standard_normal((len(FLOWS), draws)))
    zones = {zone: np.full(draws, people) for zone, people in START.items()}
    kept: dict[str, list[Array]] = {}
    for year in YEARS:
        if year > YEARS[0]:
            noise = np.exp(0.08 * random.standard_normal(draws))
            zones, happened = _year(zones, factors * noise, pull)
            for name, values in happened.items():
                kept.setdefault(name, []).append(values)
        for name, values in _stocks(zones).items():
            kept.setdefault(name, []).append(values)
    return {name: np.stack(values) for name, values in kept.items()}


def _stocks(zones: dict[int, Array]) -> dict[str, Array]:
    urban = zones[CITY] + zones[TOWN]
    resident = urban + zones[RURAL]
    return {ZONES[z]: people for z, people in zones.items()} | {
        "urban": urban,
        "resident": resident,
        "urbanization_rate": urban / resident,
    }


def _year(zones: dict[int, Array], factors: Array, pull: float) -> tuple[dict[int, Array], dict[str, Array]]:
    new = {zone: people * (1.0 + NATURAL[zone]) for zone, people in zones.items()}
    urban = {zone: float(zone in (CITY, TOWN)) for zone in (*ZONES, ELSEWHERE)}
    natural = sum((urban[z] * NATURAL[z] * zones[z] for z in zones), np.zeros_like(zones[CITY]))
    happened = {"urban_growth.natural": natural}
    growth = {"transfer": np.zeros_like(natural), "external": np.zeros_like(natural)}
    for flow, factor in zip(FLOWS, factors, strict=True):
        usual = PARAMETERS[flow.path].default
        share = usual * (0.1 if flow.registration == (2,) else 1.0) * (pull if flow.profile == "transfer" else 1.0)
        people = share * factor * zones[flow.source]
        new[flow.source] = new[flow.source] - people
        if flow.destination != ELSEWHERE:
            new[flow.destination] = new[flow.destination] + people
        happened[f"moves.{flow.path}"] = people
        outside = flow.destination in (AWAY, ELSEWHERE) or flow.source == AWAY
        growth["external" if outside else "transfer"] += people * (urban[flow.destination] - urban[flow.source])
    for zone, path in ARRIVAL_PATHS.items():
        happened[f"moves.{path}"] = np.full_like(natural, ARRIVALS[zone])
        new[zone] = new[zone] + ARRIVALS[zone]
        growth["external"] += ARRIVALS[zone] * urban[zone]
    happened |= {f"urban_growth.{key}": values for key, values in growth.items()}
    return new, happened | {"urban_growth.reclassification": np.zeros_like(natural)}


def series(values: dict[str, Array], scenario: str) -> Columns:
    """The long table of quantiles and means."""
    rows = []
    for name, by_year in values.items():
        flow = "." in name
        unit = "share" if name == "urbanization_rate" else "person/year" if flow else "person"
        zone = name if name in ZONES.values() else "resident"
        for year, draws in zip(list(YEARS)[-len(by_year) :], by_year, strict=True):
            for q, value in zip(QUANTILES, np.quantile(draws, QUANTILES), strict=True):
                rows.append((scenario, REGION, zone, year, name, unit, "quantile", q, float(value)))
            rows.append((scenario, REGION, zone, year, name, unit, "mean", np.nan, float(draws.mean())))
    return Columns.of_rows(SERIES_COLUMNS, rows)


def _pyramid(values: dict[str, Array], scenario: str) -> Columns:
    ages = np.arange(101)
    shape = np.exp(-(((ages - 38) / 34.0) ** 2)) * (1.0 - 0.35 * np.exp(-(((ages - 22) / 7.0) ** 2))) + 0.12 * (
        ages < 14
    )
    rows = []
    for year in (2020, 2025, 2035):
        shifted = np.interp(ages - 0.6 * (year - 2020), ages, shape)
        for zone in ZONES.values():
            people = values[zone][year - YEARS[0]].mean() * shifted / shifted.sum()
            for sex, part in (("male", 0.508), ("female", 0.492)):
                rows += [(scenario, REGION, year, zone, sex, int(age), float(part * people[age])) for age in ages]
    return Columns.of_rows(PYRAMID_COLUMNS, rows)


OBSERVED = (
    ("resident", 2010, 561_956.0, "person", "census"),
    ("urban", 2010, 214_776.0, "person", "census"),
    ("urbanization_rate", 2010, 214_776 / 561_956, "share", "census"),
    ("urbanization_rate", 2020, 308_493 / 650_870, "share", "census"),
    ("urbanization_rate", 2022, 48.9, "%", "yearly estimate"),
    ("urbanization_rate", 2023, 49.8, "%", "yearly estimate"),
    ("city", 2020, 20.742, "万人", "census"),
)


def _outcome(id_: str, title: Text, measure: str, value: float, unit: str, values: dict[str, Array]) -> Verdict:
    draws = values[measure][5]
    reached = float((draws >= value).mean())
    low, median, high = (float(q) for q in np.quantile(draws, (0.1, 0.5, 0.9)))
    medians = np.median(values[measure], axis=1)
    first = next((year for year, m in zip(YEARS, medians, strict=True) if m >= value), None)
    words = ((0.95, "certain"), (0.8, "likely"), (0.5, "possible"), (0.2, "unlikely"), (0.0, "out of reach"))
    return Verdict(
        id=id_,
        title=title,
        kind="outcome",
        measure=measure,
        op="at_least",
        value=value,
        unit=unit,
        year=2025,
        status=next(w for floor, w in words if reached >= floor),
        source=Text("规划表2", "plan, table 2"),
        answer=Outcome(
            probability=reached,
            probability_error=(reached * (1 - reached) / len(draws)) ** 0.5,
            low=low,
            median=median,
            high=high,
            shortfall=max(value - median, 0.0),
            first_year=first,
            holds_back=(
                Driver("away.return_to_city", Text("外出→县城", "return to the county seat"), 0.21, 0.011),
                Driver("transfer.rural_to_town", Text("乡村→镇", "village to town"), 0.08, 0.006),
            ),
        ),
    )


def _need(id_: str, zh: str, en: str, value: float, unit: str, driver: str, middle: float) -> Verdict:
    return Verdict(
        id=id_,
        title=Text(zh, en),
        kind="standard",
        measure="",
        op="at_least",
        value=value,
        unit=unit,
        year=2025,
        status="need",
        source=Text("规划表2", "plan, table 2"),
        answer=Need(
            low=0.97 * middle,
            median=middle,
            high=1.03 * middle,
            driver=driver,
            need_unit=unit.partition("/")[0],
        ),
    )


def _verdicts(values: dict[str, Array]) -> tuple[Verdict, ...]:
    people = float(np.median(values["resident"][5]))
    return (
        _outcome(
            "T214",
            Text("常住人口城镇化率", "Urbanization rate of residents"),
            "urbanization_rate",
            0.55,
            "share",
            values,
        ),
        _outcome("T201", Text("中心城区人口", "Population of the county seat"), "city", 250_000.0, "person", values),
        _need(
            "T224",
            "每千常住人口医疗机构床位数",
            "Hospital beds per 1,000 residents",
            0.0075,
            "bed/person",
            "resident",
            0.0075 * people,
        ),
        _need(
            "T227",
            "每万常住人口公共卫生人员数",
            "Public health staff per 10,000 residents",
            0.00083,
            "staff/person",
            "resident",
            0.00083 * people,
        ),
        _need(
            "T233",
            "社区每百户综合服务设施面积",
            "Community service floor area per 100 households",
            0.35,
            "m²/household",
            "urban_households",
            0.35 * 118_000,
        ),
        Verdict(
            id="T336",
            title=Text("市人民医院南区项目", "City People's Hospital south campus"),
            kind="commitment",
            measure="",
            op="",
            value=1.0,
            unit="project",
            year=2025,
            status="tracked",
            source=Text("规划第四部分", "plan, section 4"),
            answer=NoAnswer(
                reason=Text("投入与承诺,不是模型结果", "a commitment, not an outcome of the model"),
            ),
        ),
        Verdict(
            id="T241",
            title=Text("空气质量优良天数比率", "Days with good or excellent air quality"),
            kind="outcome",
            measure="",
            op="at_least",
            value=0.8,
            unit="share",
            year=2025,
            status="not assessed",
            source=Text("规划表2", "plan, table 2"),
            answer=NoAnswer(
                reason=Text("模型不含空气质量", "the model has no air quality"),
            ),
        ),
        Verdict(
            id="T246",
            title=Text("节能环保产业规模", "Energy-saving and environmental industry"),
            kind="outcome",
            measure="",
            op="at_least",
            value=1e11,
            unit="yuan",
            year=None,
            status="not assessed",
            source=Text("规划第三部分", "plan, section 3"),
            answer=NoAnswer(
                reason=Text("模型不含产业产值", "the model has no industrial output"),
            ),
        ),
    )


def jieshou(scenario: str = "pilot", pull: float = 1.0, draws: int = 300) -> RunTables:
    """A run of Jieshou's pilot plan, made up; pull: how strong moves to town are."""
    values = measures(draws, pull=pull)
    titles = {
        "pilot": Text("试点方案", "Pilot plan"),
        "trend": Text("趋势情景", "Trend"),
        "jobs": Text("产业优先", "Jobs first"),
    }
    observed = [
        (REGION, measure, year, value, unit, kind, f"{kind} of {year}") for measure, year, value, unit, kind in OBSERVED
    ]
    return RunTables(
        scenario=scenario,
        title=titles.get(scenario, Text(scenario, scenario)),
        regions=((REGION, Text("界首市", "Jieshou")),),
        base_year=2020,
        test_year=2025,
        horizon=2035,
        draws=draws,
        seed=20260101,
        plan_title=Text("界首市新型城镇化试点方案", "Jieshou's pilot plan for new urbanization"),
        measures=MEASURES,
        series=series(values, scenario),
        pyramid=_pyramid(values, scenario),
        observed=Columns.of_rows(OBSERVED_COLUMNS, observed),
        verdicts=_verdicts(values),
        assumptions=(
            Assumption(
                "away.return_to_city",
                Text("外出→县城", "return to the county seat"),
                "0.018",
                "share/year",
                Text("按2010—2020年拟合", "fitted to 2010–2020"),
                "rates.yaml:12:5",
            ),
            Assumption(
                "vital.tfr",
                Text("总和生育率", "total fertility rate"),
                "1.35",
                "children/woman",
                Text("假设", "assumption"),
                "trend.yaml:8:3",
            ),
        ),
        marks=(
            (
                Text("单岁年龄", "single years of age"),
                "estimated",
                Text("由五岁组分解", "graduated from five-year groups"),
            ),
        ),
    )


def hostile() -> RunTables:
    """The same run with titles that try to break out of the page and of Plotly's text."""
    bad = "</script><script>document.title='owned'</script><img src=x onerror=alert(1)>\"'&$%{x}"
    run = jieshou(draws=40)
    both = Text(bad, bad)
    verdicts = tuple(
        replace(
            v, title=both, source=both, answer=NoAnswer(reason=both) if isinstance(v.answer, NoAnswer) else v.answer
        )
        for v in run.verdicts
    )
    assumptions = tuple(replace(a, name=both, source=both, place=bad) for a in run.assumptions)
    return replace(
        run,
        title=Text(bad, bad),
        plan_title=Text(bad, bad),
        regions=((REGION, Text(bad, bad)),),
        verdicts=verdicts,
        assumptions=assumptions,
        marks=((Text(bad, bad), bad, Text(bad, bad)),),
    )


def differences(runs: list[RunTables], values: list[dict[str, Array]]) -> Columns:
    """Paired differences against the first run, draw by draw."""
    return Columns.joined(
        [
            series({name: those[name] - values[0][name] for name in ("urbanization_rate", "city")}, run.scenario)
            for run, those in zip(runs[1:], values[1:], strict=True)
        ]
    )
