"""Differences, figures and tables of runs for notebooks, and the exchange format."""

import importlib.util

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from click.testing import CliRunner

import townward
from sim.cli.main import townward as command
from sim.common.errors import InvalidInput

SMALL = {"horizon": 2026}


@pytest.fixture(scope="module")
def pilot() -> townward.Result:
    return townward.run("jieshou/pilot.yaml", SMALL, draws=30)


@pytest.fixture(scope="module")
def trend() -> townward.Result:
    return townward.run("jieshou/trend.yaml", SMALL, draws=30)


def test_runs_are_subtracted_draw_by_draw(pilot: townward.Result, trend: townward.Result) -> None:
    apart = pilot - trend
    expected = pilot.draws("city") - trend.draws("city")
    pd.testing.assert_frame_equal(apart.draws("city"), expected)
    assert apart.quantiles("city").loc[2025, 0.5] == pytest.approx(float(np.quantile(expected.loc[2025], 0.5)))
    spread = apart.quantiles("city").loc[2025, 0.9] - apart.quantiles("city").loc[2025, 0.1]
    alone = pilot.quantiles("city").loc[2025, 0.9] - pilot.quantiles("city").loc[2025, 0.1]
    assert spread < 0.5 * alone, "the noise that both share is taken away"
    assert list(apart.table["measure"]) == ["urbanization_rate", "city", "resident"]
    assert "industrial-park-jobs" in {one.id for one in apart.why}
    with pytest.raises(InvalidInput, match="other draws"):
        pilot - townward.run("jieshou/trend.yaml", SMALL, draws=20)


def test_figures_are_those_of_the_report(pilot: townward.Result) -> None:
    figure = pilot.plot("city", language="en")
    assert isinstance(figure, go.Figure)
    assert "County-seat population" in figure.layout.title.text
    assert isinstance(pilot.plot("pyramid"), go.Figure)
    with pytest.raises(InvalidInput, match="did you mean city"):
        pilot.plot("cty")


def test_sampled_inputs_are_a_frame_of_values(pilot: townward.Result) -> None:
    found = pilot.inputs()
    assert found.shape[0] == 30
    assert found["transfer.rural_to_city"].nunique() == 30
    assert (found > -1e12).all().all()
    assert pilot.inputs(2021)["transfer.rural_to_city"].mean() != found["transfer.rural_to_city"].mean()


def test_a_run_is_a_dataset(pilot: townward.Result) -> None:
    pytest.importorskip("xarray")
    data = pilot.to_xarray()
    assert data["city"].dims == ("region", "year", "draw")
    one = data["city"].sel(region="jieshou", year=2025).to_numpy()
    np.testing.assert_array_equal(one, pilot.draws("city").loc[2025].to_numpy())


def test_the_exchange_format_has_its_columns_and_the_medians(
    pilot: townward.Result, tmp_path_factory: pytest.TempPathFactory
) -> None:
    table = pilot.to_iamc()
    assert list(table.columns[:5]) == ["model", "scenario", "region", "variable", "unit"]
    urban = table[table["variable"] == "Population|Urban"]
    assert float(urban["2025"].iloc[0]) == pytest.approx(pilot.quantiles("urban").loc[2025, 0.5])
    assert {"Urbanization Rate", "Urbanization Rate|10th Percentile"} <= set(table["variable"])
    assert not table.duplicated(["region", "variable"]).any()
    folder = pilot.save(tmp_path_factory.mktemp("iamc") / "run", language="en")
    done = CliRunner().invoke(command, ["export", str(folder), "--format", "iamc"])
    assert done.exit_code == 0, done.output
    read = pd.read_csv(folder / "iamc.csv")
    assert list(read["variable"]) == list(table["variable"])
    np.testing.assert_allclose(read["2025"], table["2025"])


@pytest.mark.skipif(importlib.util.find_spec("pyam") is None, reason="pyam is not installed")
def test_pyam_reads_it(pilot: townward.Result) -> None:
    import pyam  # type: ignore[import-not-found,unused-ignore]

    found = pyam.IamDataFrame(pilot.to_iamc())
    assert "Urbanization Rate" in found.variable
