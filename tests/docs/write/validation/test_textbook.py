"""Published life tables, curves and worked runs in their layouts, under other names."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from docs.write.validation import textbook, textbook_projections
from docs.write.validation.check import Status
from sim.common.errors import InvalidInput

from .published import excerpt


def write(folder: Path, name: str, table: pd.DataFrame) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    table.to_csv(folder / name, index=False)


def life_table_rows() -> pd.DataFrame:
    table = excerpt("life_table_china_women_2020").rename(
        columns={
            "death_rate": "mx",
            "separation": "ax",
            "probability": "qx",
            "person_years": "Lx",
            "expectation": "ex",
            "survival": "sx",
        }
    )
    table["lx"] = np.concatenate(([1.0], np.cumprod(1.0 - table["qx"].to_numpy()[:-1])))
    table["dx"] = table["lx"] * table["qx"]
    table["Tx"] = table["ex"] * table["lx"]
    return table.assign(country="ZZZ", year=1999, sex="female", a0rule="ak")


def test_life_tables_of_any_country_pass(tmp_path: Path) -> None:
    write(tmp_path / "peers", "mortcast_life_tables_abridged_other.csv", life_table_rows())
    (line,) = textbook.life_tables(tmp_path)
    assert line.status is Status.WITHIN
    assert "ZZZ 1999 female ak" in line.detail


def test_the_other_rule_is_another_table(tmp_path: Path) -> None:
    write(tmp_path / "peers", "mortcast_life_tables_x.csv", life_table_rows().assign(a0rule="cd"))
    (line,) = textbook.life_tables(tmp_path)
    assert line.status is Status.BEYOND


def test_an_unknown_rule_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "peers", "mortcast_life_tables_x.csv", life_table_rows().assign(a0rule="zz"))
    with pytest.raises(InvalidInput, match="zz, allowed ak, cd"):
        textbook.life_tables(tmp_path)


def test_curves_pass_and_unknown_parameters_are_refused(tmp_path: Path) -> None:
    table = excerpt("rogers_castro").assign(case="any", source="here")
    given = table[table["kind"] == "parameter"].rename(columns={"name": "param"})
    rates = table[table["kind"] == "rate"].rename(columns={"name": "age", "value": "rate"})
    folder = tmp_path / "migration"
    write(folder, "rogers_castro_params.csv", given)
    write(folder, "rogers_castro_expected.csv", rates)
    (line,) = textbook.migration_curves(tmp_path)
    assert line.status is Status.WITHIN
    write(folder, "rogers_castro_params.csv", given.replace("a1", "b1"))
    with pytest.raises(InvalidInput, match="unknown parameter b1"):
        textbook.migration_curves(tmp_path)


def test_census_survival_with_any_years(tmp_path: Path) -> None:
    counts = {"pop_1980": [100.0, 80.0], "pop_1990": [120.0, 30.0], "sr": [0.9, 0.5]}
    table = pd.DataFrame({"age_1990": ["0-9", "10+"], **counts})
    write(tmp_path / "migration", "census_survival_town.csv", table)
    (line,) = textbook.census_survival(tmp_path)
    assert line.status is Status.WITHIN
    assert line.detail.startswith("net migrants 20 ")


def write_reconstruction(folder: Path, sexes: tuple[str, ...]) -> None:
    """Two age groups of 30 years and an open one; every number below can be followed by hand."""
    ages = pd.DataFrame({"age_start": [0, 30, 60]})

    def of_sexes(values: list[float], starts: list[int]) -> pd.DataFrame:
        return pd.concat([pd.DataFrame({"age_start": starts, "value": values}).assign(sex=sex) for sex in sexes])

    period = {"year_start": 2000, "year_end": 2030}
    start, starts = [100.0, 100.0, 100.0], ages["age_start"].tolist()
    end_women = [60.5 * 0.8 + 5.0, 105.0 * 0.9 + 10.0, 110.0 * 0.6 + 100.0 * 0.2]
    prefix = "popreconstruct_demcore_atlantis"
    write(folder, f"{prefix}_baseline.csv", of_sexes(start, starts).assign(year=2000))
    write(folder, f"{prefix}_survival.csv", of_sexes([0.8, 0.9, 0.6, 0.2], [0, 30, 60, 90]).assign(**period))
    write(folder, f"{prefix}_net_migration.csv", of_sexes([0.1, 0.2, 0.0], starts).assign(**period))
    births_per_woman = 2.0 * 60.5 / (30.0 * 0.5 * (110.0 + 105.0 * 0.9))
    write(folder, f"{prefix}_asfr.csv", pd.DataFrame({"age_start": [30], "value": [births_per_woman]}).assign(**period))
    write(folder, f"{prefix}_srb.csv", pd.DataFrame({"value": [1.0]}).assign(**period))
    write(folder, f"{prefix}_expected.csv", of_sexes(end_women, starts).assign(year=2030))


@pytest.mark.parametrize("sexes", [("female",), ("male", "female")])
def test_a_reconstruction_of_any_country_and_sexes_passes(tmp_path: Path, sexes: tuple[str, ...]) -> None:
    write_reconstruction(tmp_path / "peers", sexes)
    (line,) = textbook_projections.reconstructed(tmp_path)
    assert line.name == "Atlantis 2000–2030: persons by age"
    assert line.figure is not None
    assert line.figure < 1e-12


def test_nothing_there_is_reported(tmp_path: Path) -> None:
    lines = textbook.checks(tmp_path) + textbook_projections.checks(tmp_path)
    assert {line.status for line in lines} == {Status.ABSENT}
