"""The layout of World Population Prospects 2024: January to January, compared on 1 July."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from docs.write.validation import un_annual
from docs.write.validation.check import Status
from docs.write.validation.project import AT_END, Rates, project

SIZE, FIRST, YEARS = 101, 2023, 3


def wide(values: np.ndarray, year: int) -> pd.DataFrame:
    return pd.DataFrame({"year": year, "age": np.arange(SIZE), "male": values[0], "female": values[1]})


def write_country(data: Path, code: str) -> Path:
    folder = data / un_annual.FOLDER
    folder.mkdir(parents=True)
    random = np.random.default_rng(8)
    january = random.uniform(900.0, 1000.0, (2, SIZE))
    fertility = np.where((np.arange(SIZE) >= 15) & (np.arange(SIZE) < 50), 0.05, 0.0)
    tables: dict[str, list[pd.DataFrame]] = {name: [] for name in un_annual.FILES}
    january_name, july_name, survival_name, moves_name, births_name, annual_name = un_annual.FILES
    for year in range(FIRST, FIRST + YEARS):
        rates = Rates(random.uniform(0.9, 1.0, (2, SIZE)), fertility, 1.05, random.uniform(-5.0, 5.0, (2, SIZE)))
        tables[january_name].append(wide(january, year))
        period = project(january, rates, AT_END)
        tables[july_name].append(wide((january + period.population) / 2, year))
        tables[survival_name].append(wide(rates.survival, year))
        tables[moves_name].append(wide(rates.migrants, year))
        bearing = pd.DataFrame({"year": year, "age": np.arange(SIZE), "asfr": fertility})
        tables[births_name].append(bearing.query("asfr > 0"))
        vital = {"year": [year], "srb": [1.05], "births": [period.births], "deaths": [period.deaths.sum()]}
        tables[annual_name].append(pd.DataFrame(vital))
        january = period.population
    for name, parts in tables.items():
        pd.concat(parts).assign(iso3=code).to_csv(folder / name, index=False)
    return folder


def test_a_country_of_any_code_passes(tmp_path: Path) -> None:
    write_country(tmp_path, "QQQ")
    lines = un_annual.checks(tmp_path)
    assert [line.status for line in lines] == [Status.WITHIN, Status.WITHIN, Status.REPORTED, Status.REPORTED]
    assert all(line.figure is not None and line.figure < 1e-11 for line in lines)
    assert lines[0].name.startswith("QQQ 2023–2025")


def test_january_is_not_july(tmp_path: Path) -> None:
    folder = write_country(tmp_path, "QQQ")
    january, july = (folder / name for name in un_annual.FILES[:2])
    july.write_bytes(january.read_bytes())
    assert any(line.status is Status.BEYOND for line in un_annual.checks(tmp_path))


@pytest.mark.parametrize("name", un_annual.FILES)
def test_a_missing_file_is_reported(tmp_path: Path, name: str) -> None:
    (write_country(tmp_path, "QQQ") / name).unlink()
    (line,) = un_annual.checks(tmp_path)
    assert line.status is Status.ABSENT
    assert name in line.name
