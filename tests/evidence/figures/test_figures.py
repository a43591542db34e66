"""Files of figures: units, kinds, errors; every fault with line, column and the nearest name."""

from pathlib import Path

import pytest

from sim.common.errors import InvalidInput
from sim.evidence.figures.figures import merged, read_figures
from sim.model.registry import MEASURES
from tests.questions.checkup.scenes import FRAME, HEAD, figure, written


def faults(folder: Path, rows: str) -> list[str]:
    with pytest.raises(InvalidInput) as raised:
        read_figures(written(folder, rows), FRAME)
    return [one.message("en").removeprefix(f"{folder}/") for one in raised.value.faults]


def test_values_come_in_the_units_of_the_measures(tmp_path: Path) -> None:
    rows = (
        'jieshou,resident,2021,65.2,万人,0.5%,estimate,"bulletin, 2021",,\n'
        ",urbanization_rate,2021,48.1,%,0.3,,bulletin,,\n"
        "界首市,births,2021,0.61,万人,,registration,bulletin,,no\n"
    )
    people, rate, births = read_figures(written(tmp_path, rows), FRAME)
    assert (people.value, people.error, people.unit) == (pytest.approx(652_000.0), pytest.approx(3260.0), "person")
    assert (rate.value, rate.error, rate.kind) == (pytest.approx(0.481), pytest.approx(0.003), "estimate")
    assert (births.region, births.value, births.used) == ("jieshou", pytest.approx(6100.0), False)
    assert births.error == pytest.approx(0.03 * 6100.0)
    assert people.source == "bulletin, 2021"


def test_spreadsheet_encodings_are_read(tmp_path: Path) -> None:
    text = HEAD + ",resident,2021,652000,人,,,公报,,\n"
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        file = tmp_path / f"{encoding}.csv"
        file.write_bytes(text.encode(encoding))
        assert read_figures(file, FRAME)[0].source == "公报"


def test_all_faults_of_all_rows_are_said_with_their_places(tmp_path: Path) -> None:
    rows = (
        "jeishou,resident,2021,652000,人,,,x,,\n"
        ",residnet,2021,652000,人,,,x,,\n"
        ",resident,2019,652000,人,,,x,,\n"
        ",resident,2021,many,人,,,x,,\n"
        ",resident,2022,652000,%,,,x,,\n"
        ",urbanization_rate,2022,48,%,1%,,x,,\n"
        ",resident,2023,652000,人,-3,,x,,\n"
        ",resident,2024,652000,人,,guess,x,,\n"
        ",resident,2025,652000,人,,,,,\n"
        ",births,2020,6000,人,,,x,,\n"
    )
    found = faults(tmp_path, rows)
    assert len(found) == 10
    assert found[0].startswith("observed.csv:2:1: region: ")
    assert "did you mean jieshou" in found[0]
    assert found[1].startswith("observed.csv:3:2: measure: ")
    assert "did you mean resident" in found[1]
    assert "2020…2035" in found[2]
    assert found[3].startswith("observed.csv:5:16: value: many")
    assert found[4].startswith("observed.csv:6:")
    assert "unit" in found[4]
    assert "error" in found[5]
    assert "over 0" in found[6]
    assert "guess is not one of census, estimate, registration" in found[7]
    assert "source is missing" in found[8]
    assert "flows" in found[9]


@pytest.mark.parametrize("year", ["9" * 5000, "²", "2021.0", "-2021"])
def test_a_year_that_is_none_is_said_in_a_line(tmp_path: Path, year: str) -> None:
    (found,) = faults(tmp_path, f",resident,{year},652000,人,,,x,,\n")
    assert "must be a year in 2020…2035" in found
    assert len(found) < 200


@pytest.mark.parametrize(
    ("row", "is_slip"),
    [
        (",resident,2021,65,万人,3000,,x,,\n", True),
        (",resident,2021,65,万人,2,,x,,\n", False),
        (",urbanization_rate,2021,48,%,200,,x,,\n", True),
        (",urbanization_rate,2021,48,%,2,,x,,\n", False),
    ],
)
def test_an_error_larger_than_its_figure_is_a_slip(tmp_path: Path, row: str, is_slip: bool) -> None:
    path = tmp_path / "observed.csv"
    path.write_text(HEAD + row, encoding="utf-8")
    if is_slip:
        with pytest.raises(InvalidInput, match="is more than the figure: check its unit"):
            read_figures(path, FRAME)
    else:
        assert len(read_figures(path, FRAME)) == 1


def test_a_figure_twice_is_a_fault(tmp_path: Path) -> None:
    rows = ",resident,2021,652000,人,,,x,,\n" * 2
    assert faults(tmp_path, rows) == ["observed.csv:3:2: measure: is given twice, first in line 2"]


def test_unknown_and_missing_columns(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("measure,yaer,value,unit,source\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match="did you mean year"):
        read_figures(file, FRAME)
    file.write_text("measure,year,value,unit\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match="source: this column is missing"):
        read_figures(file, FRAME)
    with pytest.raises(InvalidInput, match="no such file"):
        read_figures(tmp_path / "none.csv", FRAME)
    with pytest.raises(InvalidInput, match="no row"):
        read_figures(written(tmp_path, ""), FRAME)


def test_later_figures_replace_earlier_ones_and_revisions_are_named() -> None:
    first = (figure("resident", 2021, 650_000.0), figure("resident", 2022, 649_000.0))
    second = (figure("resident", 2022, 648_000.0), figure("resident", 2023, 647_000.0))
    every, revised = merged(first, second)
    assert [one.value for one in every] == [650_000.0, 648_000.0, 647_000.0]
    assert revised == (first[1],)


def test_commas_titles_and_other_separators_are_named(tmp_path: Path) -> None:
    (said,) = faults(tmp_path, ',resident,2021,"646,000",person,,,x,,\n')
    assert "write 646000 without a comma" in said
    file = written(tmp_path, ",resident,2021,646000,person,,,x,,\n")
    for text, message in (
        ("表1\n" + file.read_text(encoding="utf-8"), "the header seems to be in line 2"),
        (file.read_text(encoding="utf-8").replace(",", ";"), "separated by ';'"),
    ):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(InvalidInput, match=message) as refused:
            read_figures(file, FRAME)
        assert len(refused.value.faults) == 1
        file.write_text(HEAD + ",resident,2021,646000,person,,,x,,\n", encoding="utf-8")


def test_a_figure_names_the_measure_that_it_is_linked_by(tmp_path: Path) -> None:
    name = MEASURES["resident"].name.zh
    (one,) = read_figures(written(tmp_path, f"jieshou,city,2021,25,万人,,,bulletin,{name},\n"), FRAME)
    assert one.link == "resident"
