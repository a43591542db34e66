"""The layout of the United Nations' 1×1 programme, filled with a run of a projection matrix written here."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from docs.write.lifetable import collapse_survival
from docs.write.validation import un_single
from docs.write.validation.check import Status
from sim.common.errors import InvalidInput

SEXES = ("male", "female")
SIZE, YEARS, SRB = 60, range(2001, 2005), 1.05


def by_matrix(start: np.ndarray, survival: np.ndarray, fertility: np.ndarray, moves: np.ndarray) -> np.ndarray:
    matrices = []
    for ratios in survival:
        matrix = np.diag(ratios[1:], -1)
        matrix[-1, -1] = ratios[-1]
        matrices.append(matrix)
    alive = np.stack([matrix @ persons for matrix, persons in zip(matrices, start, strict=True)])
    births = float(fertility @ (start[1] + alive[1])) / 2
    alive[:, 0] = births * np.array([SRB, 1.0]) / (1.0 + SRB) * survival[:, 0]
    return alive + moves


def long(values: np.ndarray, column: str, year: int) -> pd.DataFrame:
    parts = {
        sex: pd.DataFrame({"age": np.arange(row.size), column: row}) for sex, row in zip(SEXES, values, strict=True)
    }
    return pd.concat(parts, names=["sex"]).reset_index(level="sex").assign(year=year)


def wide(values: np.ndarray, year: int) -> pd.DataFrame:
    return pd.DataFrame({"year": year, "age": np.arange(values.shape[1]), "male": values[0], "female": values[1]})


def write_country(data: Path, name: str, more_ages: int = 0) -> Path:
    random = np.random.default_rng(4)
    folder = data / un_single.FOLDER
    folder.mkdir(parents=True)
    population = random.uniform(500.0, 1000.0, (2, SIZE))
    fertility = np.where((np.arange(SIZE) >= 15) & (np.arange(SIZE) < 50), 0.06, 0.0)
    base, rates, published = long(population, "pop", YEARS[0]), [], [wide(population, YEARS[0])]
    for year in YEARS:
        survival = random.uniform(0.7, 1.0, (2, SIZE + more_ages))
        moves = random.uniform(-20.0, 20.0, (2, SIZE))
        padded = np.concatenate((moves, np.zeros((2, more_ages))), axis=1)
        rates.append(long(survival, "sx", year).assign(net_migration=padded.ravel()))
        population = by_matrix(population, collapse_survival(survival, SIZE), fertility, moves)
        published.append(wide(population, year + 1))
    bearing = pd.DataFrame({"age": np.arange(SIZE), "asfr": fertility}).query("asfr > 0")
    base.to_csv(folder / f"{name}_base_pop.csv", index=False)
    pd.concat(rates).to_csv(folder / f"{name}_rates.csv", index=False)
    pd.concat([bearing.assign(year=year) for year in YEARS]).to_csv(folder / f"{name}_asfr.csv", index=False)
    pd.DataFrame({"year": YEARS, "srb": SRB}).to_csv(folder / f"{name}_srb.csv", index=False)
    pd.concat(published).to_csv(folder / f"{name}_expected_pop.csv", index=False)
    return folder


@pytest.mark.parametrize("more_ages", [0, 12])
def test_a_country_of_any_name_and_open_group_passes(tmp_path: Path, more_ages: int) -> None:
    write_country(tmp_path, "new_zealand", more_ages)
    (line,) = un_single.checks(tmp_path)
    assert line.name == "New Zealand 2001–2005: persons by age and sex"
    assert line.figure is not None
    assert line.figure < 1e-11
    assert line.status is Status.WITHIN


def test_a_wrong_cell_is_found(tmp_path: Path) -> None:
    path = write_country(tmp_path, "x") / "x_expected_pop.csv"
    table = pd.read_csv(path)
    table.loc[table.index[-3], "female"] *= 1.0001
    table.to_csv(path, index=False)
    (line,) = un_single.checks(tmp_path)
    assert line.figure == pytest.approx(1e-4, rel=1e-3)
    assert line.status is Status.BEYOND


def test_a_country_without_results_is_reported(tmp_path: Path) -> None:
    folder = write_country(tmp_path, "x")
    (folder / "x_expected_pop.csv").unlink()
    assert [line.status for line in un_single.checks(tmp_path)] == [Status.ABSENT]
    assert [line.status for line in un_single.checks(tmp_path / "empty")] == [Status.ABSENT]


def test_a_missing_year_is_named(tmp_path: Path) -> None:
    folder = write_country(tmp_path, "x")
    (folder / "x_srb.csv").write_text("year,srb\n2001,1.05\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match="year 2002 is missing"):
        un_single.checks(tmp_path)
