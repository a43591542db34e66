"""A batch is read from its folder as it was run; a county of it can be run by itself; what is none is refused."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from sim.common.errors import InvalidInput
from sim.questions.census_sweep.alone import county_scenario
from sim.questions.census_sweep.kept import kept_batch
from sim.questions.sensitivity.analysis import analyse
from sim.questions.sweep.folder import MANIFEST
from sim.questions.sweep.query import query
from sim.run.scenario_run import run
from sim.scenario import scenario
from tests.output.atlas.batches import batch, batch_folder


def test_years_begin_with_the_census_and_end_with_the_horizon() -> None:
    own = batch()
    assert (own.census_year, own.horizon, own.draws) == (2020, 2026, 4)
    first = own.years[own.years["year"] == 2020]
    assert np.allclose(first["rate"], own.counties["rate"], atol=1e-4)
    assert np.allclose(first["residents"], own.counties["residents"], rtol=1e-4)
    last = own.years[own.years["year"] == 2026]
    assert last["residents"].tolist() == own.counties["horizon_residents"].tolist()
    assert ((own.years["age_60_plus"] + own.years["age_0_14"]) < 1.0).all()
    assert len(query(own.folder, "select distinct year from years")) == 7


def test_a_county_by_itself_is_held_against_the_target_and_gives_the_numbers_of_the_batch(tmp_path: Path) -> None:
    shutil.copytree(batch_folder(), tmp_path / "out")
    own = kept_batch(tmp_path / "out")
    file = county_scenario(own, "341282")
    assert file == county_scenario(own, "341282")
    resolved = scenario(file, ("draws=4", "horizon=2026"))
    assert resolved.plan is not None
    assert [(one.value, one.year) for one in resolved.plan.targets] == [(0.65, 2025)]
    found = run(resolved)
    row = own.counties[own.counties["code"] == "341282"].iloc[0]
    assert found.tables.regions[0][1].en == "Jieshou"
    values = found.ensemble.of("urbanization_rate")
    assert np.median(values[2025 - 2020]) == pytest.approx(row["rate_median"], abs=1e-4)


def test_a_code_that_no_county_has_is_refused() -> None:
    for code in ("999999", "../../etc", ""):
        with pytest.raises(InvalidInput, match="no county of the batch"):
            county_scenario(batch(), code)


def _without_years(folder: Path) -> None:
    shutil.rmtree(folder / "years")


def _without_outputs(folder: Path) -> None:
    shutil.rmtree(folder / "outputs")


def _members_of_another(folder: Path) -> None:
    (folder / "members.parquet").write_bytes((folder / "outputs" / "00000.parquet").read_bytes())


def _cut(folder: Path) -> None:
    file = folder / "years" / "00000.parquet"
    file.write_bytes(file.read_bytes()[:200])


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (_without_years, "earlier version"),
        (_without_outputs, "no county has been run"),
        (_members_of_another, "no batch over counties"),
        (_cut, "no whole Parquet file"),
    ],
)
def test_a_damaged_folder_is_refused_with_the_reason(tmp_path: Path, damage: object, said: str) -> None:
    shutil.copytree(batch_folder(), tmp_path / "out")
    damage(tmp_path / "out")  # type: ignore[operator]
    with pytest.raises(InvalidInput) as caught:
        kept_batch(tmp_path / "out")
    assert said in caught.value.message("en")


@pytest.mark.parametrize("key", ["design", "inputs", "design_hash", "members", "block", "outputs", "asked", "census"])
@pytest.mark.parametrize("value", [[], "x", -1, [None]])
def test_a_damaged_key_of_a_manifest_is_a_message(tmp_path: Path, key: str, value: object) -> None:
    shutil.copytree(batch_folder(), folder := tmp_path / "out")
    record = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    (folder / MANIFEST).write_text(json.dumps(record | {key: value}), encoding="utf-8")
    with pytest.raises(InvalidInput):
        kept_batch(folder)
    with pytest.raises(InvalidInput):
        analyse(folder)
