"""What is unusual of a run is said on the terminal in a line, and in the report with its source."""

from dataclasses import replace

from sim.common.language import Text
from sim.output.report import single
from sim.output.report.unusual import unusual_line, unusual_table
from sim.run.tables import RunTables, Unusual
from tests.output.charts.county import jieshou

SOURCE = Text("普查", "census")
DEATHS = Unusual("jieshou", 2025, Text("死亡率(每千人)", "deaths per 1,000 residents"), 31.4, "", 1.2, 18.8, SOURCE)
HOMES = Unusual("jieshou", 2035, Text("住房", "homes"), -20.0, "home", 0.0, None, SOURCE)


def noticed(*found: Unusual) -> RunTables:
    run = jieshou()
    return replace(run, unusual=tuple(replace(one, region=run.regions[0][0]) for one in found))


def test_the_line_names_the_first_and_counts_the_rest() -> None:
    assert unusual_line(noticed(), "en") == ""
    said = unusual_line(noticed(DEATHS, HOMES, HOMES), "en")
    assert "2025 deaths per 1,000 residents 31.4 (usual: 1.2–18.8)" in said
    assert "2035 homes -20 homes (usual: at least 0 homes); 1 more in the report." in said.replace("−", "-")
    assert "常见 1.2–18.8" in unusual_line(noticed(DEATHS), "zh")


def test_the_report_has_them_all_with_their_source() -> None:
    assert [row[-1] for row in unusual_table(noticed(DEATHS, HOMES), "en").rows] == [SOURCE, SOURCE]
    assert not unusual_table(noticed(), "en")
    page = single.page(noticed(DEATHS), "en")
    assert any(section.id == "unusual" and any(section.parts) for section in page.body)
