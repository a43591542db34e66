"""The economy in the report: every section, its numbers, and one sentence where there is nothing to show."""

import json
import re
from dataclasses import replace

import pytest

from sim.common.language import LANGUAGES, Language, Text
from sim.common.typography import has_chinese
from sim.output.charts.pipeline import batches
from sim.output.layout.parts import Column, Part, Section, Table
from sim.output.layout.render import render
from sim.output.report import compare, headline
from sim.output.report.binding import binding, shortage
from sim.output.report.facilities import facilities
from sim.output.report.homes import homes
from sim.output.report.jobs import jobs
from sim.output.report.money import money
from sim.output.report.panel import panel, supply_panels
from sim.output.report.pipeline import lead_times, projects
from sim.output.report.single import page
from sim.output.report.words import answer, coverage, followed, unassessed
from sim.run.columns import Columns
from sim.run.curves import curves
from sim.run.tables import RunTables
from tests.output.charts.county import jieshou
from tests.output.charts.economy import ADDED, PROJECTS, VERDICTS, changed, county
from tests.output.layout.shown import shown
from tests.output.report.test_page import Outline, figures

RUN = county()
BARE = replace(RUN, services=(), projects=(), contributions=None)
FACILITY, OPENING, COMMITMENT = VERDICTS
SECTIONS = ("contributions", "jobs", "homes", "facilities", "projects", "money")
CHARTS = {
    "policy-steps",
    "labour",
    "new-jobs",
    "incomes",
    "income-ratio",
    "home-demand",
    "need-growth",
    "adequacy",
    "gantt",
    "budget",
    "land",
}


def said(*parts: Part | Section, language: Language = "en") -> str:
    """The visible text of parts of a page."""
    return visible(shown(*parts, language=language))


def visible(markup: str) -> str:
    """The visible text of markup."""
    return " ".join(Outline(markup).said).strip()


def cells(part: Part | Section, name: str, language: Language = "en") -> list[str]:
    """The visible cells of the row that begins with a name."""
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", shown(part, language=language), re.DOTALL)
    row = next(row for row in rows if name in row.partition("</th>")[0])
    return [visible(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_stands_in_the_page_with_its_charts(language: Language) -> None:
    text = render(page(RUN, language), language)
    outline = Outline(text)
    ids = [attributes["id"] for _, attributes in outline.tags if attributes.get("id")]
    assert [id_ for id_ in ids if id_ in SECTIONS] == list(SECTIONS)
    assert len(ids) == len(set(ids)), "a chart would be drawn in the place of another"
    assert set(figures(text)["figures"]) >= CHARTS
    body = "".join(outline.said)
    if language == "en":
        assert not has_chinese(body)
    else:
        for word in ("stock unknown", "million", "homes", "yuan", "project ", "policy", "debt"):
            assert word not in body.lower(), word


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_run_without_an_economy_has_no_empty_section(language: Language) -> None:
    text = render(page(replace(jieshou(draws=20), measures=RUN.measures), language), language)
    ids = {attributes.get("id") for _, attributes in Outline(text).tags}
    assert ids & set(SECTIONS) == {"projects"}
    assert not CHARTS & set(figures(text)["figures"])


def test_where_nothing_is_built_a_sentence_says_so() -> None:
    none = changed(BARE, "projects_waiting", 0.0)
    assert said(projects(none, "en")).endswith("The scenario has no projects.")
    assert not projects(none, "en").figures
    assert not projects(BARE, "en"), "there are some, of which the tables have no dates"
    idle = changed(changed(RUN, "money_spent", 0.0), "land_used", 0.0)
    part = money(idle, "en")
    assert not part.figures
    assert "No project uses money or land; in 2025 there would be some" in said(part)
    assert "million yuan a year" in said(part)
    part = jobs(changed(RUN, "new_jobs_gross", 0.0), "zh")
    assert "new-jobs" not in part.figures
    assert "没有带来新增就业" in said(part, language="zh")


def test_the_demand_for_homes_adds_up_in_every_row() -> None:
    body = homes(RUN, "en")
    for year in (2021, 2025, 2035):
        numbers = [int(cell.replace(",", "").replace("−", "-")) for cell in cells(body, str(year))]
        _, *parts, demand, built, gap, _ = numbers
        assert sum(parts) == pytest.approx(demand, abs=3)
        assert demand - built == pytest.approx(gap, abs=1)


def test_only_homes_that_are_needed_or_built_are_listed() -> None:
    body = said(homes(RUN, "en"))
    assert "Public rental: need" in body
    assert "Talent homes" not in body


def test_a_gap_is_shown_where_the_stock_is_known_and_the_need_everywhere() -> None:
    body = facilities(RUN, "en")
    found = curves(RUN, ["need.hospital_beds", "gap.hospital_beds", "cost.hospital_beds"])
    name, base, test, last, delivered, stock, there, gap, cost, land = cells(body, "Hospital beds")
    assert name.split()[:8] == ["Hospital", "beds", "beds", "·", "residents", "×", "7.5", "beds/1000"]
    assert "the plan’s own standard (F1) needs" in name
    assert (base, stock) == ("4,200", "4,000")
    assert test.startswith("4,500 (4,")
    assert last.startswith("5,090")
    needed, held = (float(words.split(" ")[0].replace(",", "")) for words in (test, there))
    assert float(gap) == pytest.approx(needed - held, abs=10.0), "need, stock and gap of one row agree"
    gap_now = found.median("gap.hospital_beds", 2025)
    assert gap_now is not None
    built = curves(RUN, ["delivered.hospital_beds"]).median("delivered.hospital_beds", 2025)
    assert delivered.startswith(f"{built:.0f} by 2025")
    assert cost == f"{gap_now * 0.5:,.1f} million yuan"
    assert land.endswith("m²")
    unknown = cells(body, "Kindergarten places")
    assert unknown[0] == "Kindergarten places", "one line alone"
    assert unknown[2] == "27,000"
    assert len(unknown) == 6


def test_what_has_no_standard_has_no_need_but_is_counted_when_built() -> None:
    row = cells(facilities(RUN, "en"), "Airports")
    assert row[1:] == ["—", "—", "—", "—", "1"]


def test_a_gap_that_is_closed_costs_nothing() -> None:
    closed = changed(RUN, "capacity.hospital_beds", 90_000.0)
    row = cells(facilities(closed, "zh"), "医疗机构床位", "zh")
    assert row[7:] == ["无", "—", "—"]


def test_where_no_stock_is_known_there_are_no_columns_for_gaps() -> None:
    series = RUN.series.frame()
    rest = Columns.of_frame(series[~series["measure"].str.startswith("capacity.")])
    body = facilities(replace(RUN, series=rest), "en")
    assert len(cells(body, "Hospital beds")) == 6
    assert "Gap 2025" not in said(body)
    assert "unknown, so there is no gap" in said(body)


def test_categories_head_their_services() -> None:
    body = said(facilities(RUN, "en"))
    assert body.index("Health") < body.index("Hospital beds") < body.index("Education")
    assert body.index("Education") < body.index("Kindergarten staff") < body.index("Transport")


def test_lead_times_tell_until_when_a_decision_counts() -> None:
    pool = batches(PROJECTS)
    text = lead_times(pool, RUN)
    assert "Of 5 projects, 3 are expected to be open by the end of 2025" in text.en
    assert "24–48 months" in text.en
    assert "what is decided after 2024-01 hardly counts in 2025" in text.en
    assert "(airport: 2022-01; water works: 2024-07)" in text.en
    later = replace(RUN, projects=tuple(replace(one, latest=one.latest + 1.0) for one in PROJECTS))
    assert "decided after 2025-01" in lead_times(batches(later.projects), later).en


def test_projects_already_approved_do_not_set_the_time_of_a_decision() -> None:
    at_once = replace(PROJECTS[0], approved=replace(PROJECTS[0].approved, median=2022.0), latest=2025.9, lead=1.0)
    text = lead_times(batches((at_once, *PROJECTS[1:])), RUN)
    assert "24–48 months" in text.en
    only = lead_times(batches((at_once,)), RUN)
    assert "take 1 month by" in only.en


def test_the_panel_keeps_outcomes_facilities_projects_and_commitments_apart() -> None:
    outcomes, supply = said(panel(RUN, "en")), said(*supply_panels(RUN, "en"))
    for verdict in VERDICTS:
        assert verdict.title.en in supply
        assert verdict.title.en not in outcomes
    assert "Urbanization rate of residents" in outcomes
    assert "6.8 beds per 1,000 people (6.7–7.0)" in supply
    assert "4,500 beds" in supply
    assert "4,100 beds" in supply
    assert "400 beds" in supply
    assert "2027" in supply
    assert "50%" in supply
    assert said(*supply_panels(jieshou(draws=20), "en")) == ""


@pytest.mark.parametrize(("delivered", "light"), [(250.0, "#0b5240"), (150.0, "#936012"), (20.0, "#a61b1b")])
def test_a_commitment_is_green_amber_or_red_by_what_is_delivered(delivered: float, light: str) -> None:
    made = replace(COMMITMENT.answer, delivered=delivered, low=delivered, median=delivered, high=delivered)
    one = replace(COMMITMENT, answer=made)
    markup = shown(*supply_panels(replace(RUN, verdicts=(one,)), "en"))
    assert light in markup
    assert f"{min(100.0 * delivered / 200.0, 100.0):.0f}%" in markup


def test_a_commitment_is_followed_and_no_longer_unassessed() -> None:
    assert followed(RUN) == (COMMITMENT,)
    assert COMMITMENT not in unassessed(RUN)
    assert "1 set by the scenario" in coverage(RUN, "en")
    counts = [int(number) for number in re.findall(r"(\d+) (?:lines|with|as|set|milestones|not)", coverage(RUN, "en"))]
    assert counts[0] == sum(counts[1:]) == len(RUN.verdicts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_facilities_and_projects_are_answered_in_their_own_units(language: Language) -> None:
    text = answer(RUN, FACILITY, language)
    for number in ("6.8", "6.7–7.0", "4,500", "4,100", "400"):
        assert number in text
    assert has_chinese(text) == (language == "zh")
    opening = answer(RUN, OPENING, language)
    assert "2027" in opening
    assert "—" not in opening
    first = headline(replace(RUN, verdicts=(OPENING,)), language)[0]
    assert not re.search("nan|none", first, re.IGNORECASE)


def test_a_comparison_shows_facilities_in_their_own_unit(tmp_path) -> None:  # type: ignore[no-untyped-def]
    held = replace(FACILITY.answer, low=0.0068, median=0.0071, high=0.0089, shortfall=0.0004, need=4_500.0)
    short = replace(FACILITY, answer=held)
    one = replace(RUN, verdicts=(short, OPENING, COMMITMENT))
    compare([one, replace(one, scenario="other")], tmp_path / "c.html", "en")
    text = "".join(Outline((tmp_path / "c.html").read_text(encoding="utf-8")).said)
    assert "7.1 beds per 1,000 people (6.8–8.9)" in " ".join(text.split())
    assert "— (—)" not in text


def test_a_late_project_is_named_with_what_makes_it_late() -> None:
    assert binding(RUN, OPENING, "en") == ("airport: begun too late, in 2023-01; the usual time asks for 2022-01")
    slow = replace(PROJECTS[3], latest=2024.0)
    only_slow = replace(RUN, projects=(slow,))
    assert binding(only_slow, OPENING, "en") == "airport: open only in 2027-01"
    assert binding(replace(RUN, projects=()), OPENING, "zh") == "情景中没有项目建设此项"


def test_a_project_that_waits_is_held_back_by_what_is_used_up() -> None:
    waits = replace(PROJECTS[3], started=replace(PROJECTS[3].started, median=2026.0))
    poor = changed(replace(RUN, projects=(waits,)), "money_left", 0.0)
    assert "airport: waiting after approval until 2026-01" in binding(poor, OPENING, "en")
    assert "projects wait for money" in binding(poor, OPENING, "en")


@pytest.mark.parametrize(
    ("used_up", "words"),
    [
        (("money_left",), "wait for money"),
        (("land_left",), "wait for land quota"),
        (("money_left", "land_left"), "wait for money and land quota"),
        ((), "wait for their turn or a crew"),
    ],
)
def test_what_projects_wait_for_is_read_from_what_is_left(used_up: tuple[str, ...], words: str) -> None:
    run = changed(changed(RUN, "money_left", 1e9), "land_left", 1e6)
    for measure in used_up:
        run = changed(run, measure, 0.0)
    found = shortage(run, 2025)
    assert found is not None
    assert found.en.endswith(words)
    assert shortage(changed(run, "projects_waiting", 0.0), 2025) is None


def test_land_that_has_run_out_inside_the_boundary_is_said_as_such() -> None:
    series = RUN.series.frame()
    gone = (series["measure"] == "boundary_left") & (series["year"] > 2020)
    series.loc[gone, "value"] = 0.0
    found = shortage(changed(replace(RUN, series=Columns.of_frame(series)), "money_left", 1e9), 2025)
    assert found is not None
    assert found.en.endswith("wait for land inside the development boundary")


def test_a_facility_whose_projects_are_open_is_too_small_and_one_that_is_met_lacks_nothing() -> None:
    assert binding(RUN, FACILITY, "en") == "its projects are all open by then; they are too small"
    met = replace(FACILITY, answer=replace(FACILITY.answer, probability=0.9), status="likely")
    assert binding(RUN, met, "en") == ""
    kept = replace(COMMITMENT, answer=replace(COMMITMENT.answer, shortfall=0.0))
    assert binding(RUN, kept, "en") == ""
    assert (
        binding(RUN, replace(COMMITMENT, measure="delivered.clinics"), "en") == "no project of the scenario builds it"
    )
    rented = replace(COMMITMENT, measure="public_rental_delivered")
    assert binding(RUN, rented, "en") == "", "policies deliver them too, which says nothing of projects"
    counted = replace(COMMITMENT, measure="projects_open")
    assert "begun too late" in binding(RUN, counted, "en")
    unserved = replace(FACILITY, answer=replace(FACILITY.answer, service=""))
    assert binding(BARE, unserved, "en").startswith("at the end of 2025 some")


def test_contributions_are_listed_by_size_with_what_they_add_up_to() -> None:
    text = said(page(RUN, "en").body[2])
    assert "51.2% without any of the policies, 51.9% with all, +0.700 points apart" in text
    assert text.index("+0.800") < text.index("−0.100")
    assert "In percentage points" in text
    none = replace(RUN, contributions=replace(ADDED, rows=()))
    assert said(page(none, "zh").body[2], language="zh").endswith("情景没有采用政策。")


def test_a_row_of_one_cell_heads_the_rows_below_it() -> None:
    columns = Column("a"), Column("b")
    markup = shown(Table("t", "t", columns, (("head",), ("x", "1"))))
    assert '<tr class="group"><th scope="row" colspan="2">head</th></tr>' in markup
    assert shown(Table("t", "t", columns[:1], (("x",),))).count("colspan") == 0


def test_hostile_names_stay_texts() -> None:
    bad = Text("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>")
    run: RunTables = replace(
        RUN,
        projects=tuple(replace(one, name=bad) for one in RUN.projects),
        services=tuple(replace(one, name=bad) for one in RUN.services),
        contributions=replace(ADDED, rows=tuple(replace(one, name=bad) for one in ADDED.rows)),
    )
    text = render(page(run, "en"), "en")
    assert not [tag for tag, _ in Outline(text).tags if tag == "img"]
    assert "<img" not in json.dumps(figures(text))
