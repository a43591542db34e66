"""Indices against published ones, verdicts on convergence, gaps, and the page."""

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.common.errors import InvalidInput
from sim.common.language import LANGUAGES, Language, Text
from sim.model.arrays import Array
from sim.output.charts import sensitivity as charts
from sim.output.pages import sensitivity as sensitivity_page
from sim.questions.sensitivity import analyse, indices
from sim.questions.sensitivity.convergence import convergence
from sim.questions.sensitivity.missing import MissingError, treated
from sim.questions.sweep.design import points
from sim.questions.sweep.plan import Factor, Sweep
from sim.run.folder import json_file, parquet

NAME = Text("", "")


def design(kind: str, factors: int, size: int) -> Array:
    asked = tuple(Factor(f"factor.{i}", NAME, 0.0, 1.0) for i in range(factors))
    return points(Sweep("x", NAME, Path("x"), Path("y"), asked, kind, size, 4, 1, 1, (), ()))


def ishigami(at: Array) -> Array:
    """Ishigami & Homma 1990 (doi:10.1109/ISUMA.1990.151285), a = 7, b = 0.1, on [−π, π]³."""
    x = math.pi * (2.0 * at - 1.0)
    return np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


ISHIGAMI_FIRST, ISHIGAMI_TOTAL = (0.3139, 0.4424, 0.0), (0.5576, 0.4424, 0.2437)

G_COEFFICIENTS = np.array([0.0, 1.0, 4.5, 9.0, 99.0])


def sobol_g(at: Array) -> Array:
    """Sobol's G function (Saltelli & Sobol 1995, doi:10.1016/0951-8320(95)00099-2)."""
    return np.asarray(np.prod((np.abs(4.0 * at - 2.0) + G_COEFFICIENTS) / (1.0 + G_COEFFICIENTS), axis=1))


def sobol_g_indices() -> tuple[Array, Array]:
    """Its analytic indices: V_i = 1/3 (1 + a_i)⁻², V = Π (1 + V_i) − 1."""
    own = 1.0 / 3.0 / (1.0 + G_COEFFICIENTS) ** 2
    whole = np.prod(1.0 + own) - 1.0
    total = own * np.prod(1.0 + own) / (1.0 + own)
    return own / whole, total / whole


@pytest.mark.parametrize(
    ("kind", "size", "method", "error"), [("saltelli", 4096, "sobol", 0.02), ("fast", 2049, "fast", 0.05)]
)
def test_ishigami_has_its_published_indices(kind: str, size: int, method: str, error: float) -> None:
    at = design(kind, 3, size)
    first, total = indices(method, at, ishigami(at))
    np.testing.assert_allclose(first.values, ISHIGAMI_FIRST, atol=error)
    np.testing.assert_allclose(total.values, ISHIGAMI_TOTAL, atol=error)


@pytest.mark.parametrize(
    ("kind", "size", "method", "error"), [("saltelli", 4096, "sobol", 0.02), ("fast", 2049, "fast", 0.06)]
)
def test_sobol_g_has_its_analytic_indices(kind: str, size: int, method: str, error: float) -> None:
    at = design(kind, 5, size)
    first, total = indices(method, at, sobol_g(at))
    for found, published in zip((first, total), sobol_g_indices(), strict=True):
        np.testing.assert_allclose(found.values, published, atol=error)


def test_intervals_hold_the_published_indices() -> None:
    at = design("saltelli", 3, 512)
    first, total = indices("sobol", at, ishigami(at))
    for found, published in ((first, ISHIGAMI_FIRST), (total, ISHIGAMI_TOTAL)):
        assert (np.abs(found.values - published) <= 1.5 * found.half).all()
        assert (found.half > 0.0).all()


def test_a_full_grid_gives_the_exact_shares_of_a_sum_and_of_a_product() -> None:
    at = design("grid", 2, 3)
    first, total = indices("anova", at, 3.0 * at[:, 0] + 4.0 * at[:, 1])
    np.testing.assert_allclose(first.values, [9 / 25, 16 / 25], atol=1e-12)
    np.testing.assert_allclose(total.values, first.values, atol=1e-12)
    first, total = indices("anova", at, (at[:, 0] - 0.5) * (at[:, 1] - 0.5))
    np.testing.assert_allclose(first.values, 0.0, atol=1e-12)
    np.testing.assert_allclose(total.values, 1.0, atol=1e-12)


def test_morris_gives_the_slopes_of_a_plane() -> None:
    at = design("morris", 3, 8)
    mu_star, sigma = indices("morris", at, 5.0 + 3.0 * at[:, 0] - 2.0 * at[:, 1])
    np.testing.assert_allclose(mu_star.values, [3.0, 2.0, 0.0], atol=1e-9)
    np.testing.assert_allclose(sigma.values, 0.0, atol=1e-9)


@pytest.mark.parametrize("method", ["delta", "pawn"])
def test_measures_of_distribution_rank_any_sample_and_leave_the_generators_alone(method: str) -> None:
    at = design("latin", 3, 200)
    np.random.seed(1)  # noqa: NPY002
    before = np.random.get_state()[1].copy()  # type: ignore[union-attr]  # noqa: NPY002
    found = indices(method, at, 10.0 * at[:, 0] + 3.0 * at[:, 1])[0]
    np.testing.assert_array_equal(np.random.get_state()[1], before)  # type: ignore[union-attr]  # noqa: NPY002
    assert found.values[0] > found.values[1] > found.values[2]
    assert found.values[0] > 0.4
    again = indices(method, at, 10.0 * at[:, 0] + 3.0 * at[:, 1])[0]
    assert again.values.tolist() == pytest.approx(found.values.tolist(), abs=0.02)


def test_swing_is_the_largest_less_the_smallest_result_of_a_factor_alone() -> None:
    at = np.array([[0.5, 0.5], [0.0, 0.5], [1.0, 0.5], [0.5, 0.0], [0.5, 1.0]])
    (swing,) = indices("swing", at, at[:, 0] - 4.0 * at[:, 1])
    assert swing.values.tolist() == [1.0, 4.0]


def test_values_that_are_no_numbers_are_never_computed_with() -> None:
    at = design("saltelli", 3, 16)
    outcome = ishigami(at)
    outcome[7] = np.nan
    with pytest.raises(ValueError, match="no numbers"):
        indices("sobol", at, outcome)
    with pytest.raises(ValueError, match="same in all"):
        indices("sobol", at, np.full(len(at), 3.0))


def test_more_members_settle_and_few_do_not() -> None:
    verdicts = []
    for size in (16, 4096):
        at = design("saltelli", 3, size)
        total = indices("sobol", at, ishigami(at))[1]
        verdicts.append(convergence("sobol", at, ishigami(at), total, "saltelli"))
    assert [verdict.status for verdict in verdicts] == ["not settled", "settled"]
    assert "double" in verdicts[0].words.en
    at = design("fast", 3, 65)
    assert convergence("fast", at, ishigami(at), indices("fast", at, ishigami(at))[1], "fast").status == "unknown"


def test_gaps_are_refused_dropped_with_their_block_or_filled_from_the_nearest() -> None:
    at = design("saltelli", 3, 16)
    outcome = ishigami(at)
    outcome[7] = np.nan
    with pytest.raises(MissingError, match="1 of 80"):
        treated(at, outcome, "saltelli", "refuse")
    left, kept = treated(at, outcome, "saltelli", "drop")
    np.testing.assert_array_equal(left, np.delete(at, slice(5, 10), axis=0))
    np.testing.assert_array_equal(kept, np.delete(ishigami(at), slice(5, 10)))
    _, filled = treated(at, outcome, "saltelli", "nearest")
    others = np.delete(np.arange(80), 7)
    nearest = others[np.argmin(np.linalg.norm(at[others] - at[7], axis=1))]
    assert filled[7] == outcome[nearest]
    for kind in ("fast", "grid", "one_at_a_time"):
        with pytest.raises(MissingError, match="cannot be dropped"):
            treated(at, outcome, kind, "drop")
    with pytest.raises(MissingError, match="no member"):
        treated(at, np.full(80, np.nan), "saltelli", "nearest")
    trajectories = design("morris", 3, 4)
    broken = trajectories[:, 0].copy()
    broken[0] = np.nan
    assert len(treated(trajectories, broken, "morris", "drop")[0]) == 12


def kept_sweep(folder: Path, of: Callable[[Array], Array], kind: str = "saltelli", size: int = 512) -> Path:
    """The folder of a sweep whose results are those of a function, in the layout that a sweep writes."""
    at = design(kind, 3, size)
    keys = ["alpha", "beta", "gamma"]
    table = pd.DataFrame({"member": np.arange(len(at))} | {key: at[:, i] for i, key in enumerate(keys)})
    years = {f"rate_{year}": of(at) * scale for year, scale in ((2025, 1.0), (2035, 2.0))}
    results = pd.DataFrame({"member": np.arange(len(at))} | years | {"flat": 0.0})
    output: dict[str, Any] = {"measure": "urbanization_rate", "statistic": "mean", "unit": "share"}
    columns = [
        output
        | {
            "column": f"rate_{year}",
            "year": year,
            "title": {"zh": f"城镇化率({year}年)", "en": f"urbanization rate, {year}"},
        }
        for year in (2025, 2035)
    ]
    flat = output | {"column": "flat", "year": 2025, "statistic": "median", "title": {"zh": "不变", "en": "flat"}}
    names = [{"key": key, "name": {"zh": f"因素{key}", "en": f"factor {key}"}, "stacked": True} for key in keys]
    record = {
        "members": len(at),
        "design": {"kind": kind, "size": size, "levels": 4, "seed": 1},
        "factors": names,
        "outputs": [*columns, flat],
        "title": {"zh": "试验", "en": "trial"},
    }
    (folder / "outputs").mkdir(parents=True)
    for name in ("members", "points"):
        parquet(table)(folder / f"{name}.parquet")
    parquet(results)(folder / "outputs" / "00000.parquet")
    json_file(record)(folder / "sweep.json")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return kept_sweep(tmp_path_factory.mktemp("kept") / "sweep", lambda at: 0.5 + 0.01 * ishigami(at))


def test_the_same_path_from_a_folder_gives_the_published_indices(folder: Path) -> None:
    first, second, flat = analyse(folder)
    total = first.table[first.table["index"] == "total"]["value"]
    np.testing.assert_allclose(total, ISHIGAMI_TOTAL, atol=0.05)
    np.testing.assert_allclose(second.table["value"], first.table["value"], atol=1e-12)
    assert [one.method for one in (first, second)] == ["sobol", "sobol"]
    assert flat.problem is not None
    assert not flat.sentences
    assert "factor alpha has a part in about 5" in first.sentences[0].en.lower()
    assert first.sentences[0].zh.startswith("“因素alpha”牵动")


def test_sentences_say_which_way_a_factor_moves_the_result(tmp_path: Path) -> None:
    kept_sweep(tmp_path / "sweep", lambda at: 0.5 + 0.1 * at[:, 0] - 0.3 * at[:, 1])
    found = analyse(tmp_path / "sweep", ["rate_2025"])[0]
    assert [text.en.split(" has ")[0] for text in found.sentences] == ["Factor beta", "Factor alpha"]
    assert "lowers the result by 24" in found.sentences[0].en
    assert "降低" in found.sentences[0].zh
    assert "raises the result by 8" in found.sentences[1].en


def test_members_without_a_result_are_refused_until_a_treatment_is_chosen(tmp_path: Path) -> None:
    kept_sweep(tmp_path / "sweep", ishigami, size=64)
    file = tmp_path / "sweep" / "outputs" / "00000.parquet"
    table = pd.DataFrame({"member": np.arange(320), "rate_2025": ishigami(design("saltelli", 3, 64))})
    parquet(table.assign(rate_2035=1.0, flat=0.0).drop(index=[3, 9]))(file)
    with pytest.raises(InvalidInput, match="2 of 320 members have no result; choose --missing drop"):
        analyse(tmp_path / "sweep", ["rate_2025"])
    assert analyse(tmp_path / "sweep", ["rate_2025"], treatment="drop")[0].members == 310
    assert analyse(tmp_path / "sweep", ["rate_2025"], treatment="nearest")[0].members == 320


def test_a_method_that_does_not_suit_the_design_and_an_unknown_output_are_messages(folder: Path) -> None:
    with pytest.raises(InvalidInput, match="does not suit morris; allowed: sobol, delta, pawn"):
        analyse(folder, method="morris")
    with pytest.raises(InvalidInput, match="did you mean rate_2025"):
        analyse(folder, ["rate_202"])
    assert analyse(folder, ["rate_2025"], "pawn")[0].method == "pawn"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_holds_a_tornado_and_indices_of_every_output(folder: Path, tmp_path: Path, language: Language) -> None:
    found = analyse(folder)
    page = sensitivity_page.page(found, Text("试验", "trial"), language)
    assert set(page.figures) == {
        "output-0-tornado",
        "output-0-index",
        "output-1-tornado",
        "output-1-index",
        "years-0",
    }
    sensitivity_page.write(found, Text("试验", "trial"), tmp_path / "page.html", language)
    text = (tmp_path / "page.html").read_text("utf-8")
    for id_ in page.figures:
        assert f'id="{id_}"' in text
    assert found[0].sentences[0].in_(language)[:12] in text
    assert "202" not in page.figures["years-0"]["layout"]["title"]["text"], "it is of several years"
    assert json.dumps(next(iter(page.figures))) in text


def test_the_tornado_puts_the_widest_on_top_and_both_ends_on_either_side() -> None:
    table = pd.DataFrame(
        {"factor": ["a", "b"], "name_zh": ["甲", "乙"], "name_en": ["A", "B"], "low": [0.5, 0.3], "high": [0.6, 0.8]}
    )
    figure = charts.tornado(table, "rate", 0.55, "share", "en")
    low, high = figure["data"]
    assert low["y"] == high["y"] == ["A", "B"]
    np.testing.assert_allclose(np.add(low["base"], low["x"]), [50.0, 30.0])
    np.testing.assert_allclose(np.add(high["base"], high["x"]), [60.0, 80.0])
    assert figure["layout"]["shapes"][0]["x0"] == 55.0


def test_index_bars_carry_their_intervals_and_keep_their_order() -> None:
    table = pd.DataFrame(
        {
            "factor": ["a", "b"] * 2,
            "name_zh": ["甲", "乙"] * 2,
            "name_en": ["A", "B"] * 2,
            "index": ["first"] * 2 + ["total"] * 2,
            "value": [0.1, 0.5, 0.2, 0.7],
            "half": [0.01, 0.02, 0.03, 0.04],
        }
    )
    first, total = charts.index_bars(table, "total", "rate", "share", "zh")["data"]
    assert first["y"] == total["y"] == ["甲", "乙"]
    assert total["x"] == [0.2, 0.7]
    assert total["error_x"]["array"] == [0.03, 0.04]
    flat = charts.index_bars(table.assign(half=np.nan), "total", "rate", "share", "zh")["data"]
    assert all("error_x" not in trace for trace in flat)
