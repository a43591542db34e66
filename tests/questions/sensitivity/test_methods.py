"""Methods against functions whose indices are known: outputs with atoms, listed factors, idle ones, constants, few."""

import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.common.errors import InvalidInput
from sim.common.language import LANGUAGES, Text
from sim.model.arrays import Array
from sim.model.draws.distribution import Distribution
from sim.output.pages import sensitivity as sensitivity_page
from sim.questions.sensitivity import Analysis, analyse, indices
from sim.questions.sensitivity.index import CONSTANT, NoIndicesError
from sim.questions.sensitivity.indices import usual
from sim.questions.sensitivity.sample import Sample, tornado_of
from sim.questions.sweep.design import points, values
from sim.questions.sweep.plan import Factor, Sweep
from sim.questions.sweep.store import factor_record
from sim.run.folder import json_file, parquet
from tests.questions.sensitivity.test_sensitivity import (
    G_COEFFICIENTS,
    ISHIGAMI_FIRST,
    NAME,
    design,
    ishigami,
    sobol_g,
    sobol_g_indices,
)

GIVEN = ("delta", "pawn", "variance")


def asked(kind: str, factors: tuple[Factor, ...], size: int, levels: int = 4) -> Sweep:
    return Sweep("x", NAME, Path("x"), Path("y"), factors, kind, size, levels, 1, 1, (), ())


def listed(*of: float) -> Factor:
    return Factor(f"listed.{len(of)}", NAME, values=of)


def swept(folder: Path, sweep: Sweep, outcome: Array) -> Path:
    """The folder of a sweep with one output, as a sweep writes it."""
    at = points(sweep)
    member = pd.DataFrame({"member": np.arange(len(at))})
    keys = [factor.key for factor in sweep.factors]
    output = {"column": "y", "measure": "m", "year": 2025, "statistic": "mean", "unit": "person"}
    record = {
        "members": len(at),
        "design": {"kind": sweep.kind, "size": sweep.size, "levels": sweep.levels, "seed": 1},
        "factors": [
            factor_record(factor, sweep) | {"name": {"zh": factor.key, "en": factor.key}} for factor in sweep.factors
        ],
        "outputs": [output | {"title": {"zh": "结果", "en": "result"}}],
        "title": {"zh": "试验", "en": "trial"},
    }
    (folder / "outputs").mkdir(parents=True)
    parquet(member.join(pd.DataFrame(at, columns=keys)))(folder / "points.parquet")
    parquet(member.join(pd.DataFrame(values(sweep.factors, at), columns=keys)))(folder / "members.parquet")
    parquet(member.assign(y=outcome))(folder / "outputs" / "00000.parquet")
    json_file(record)(folder / "sweep.json")
    return folder


def answered(folder: Path, sweep: Sweep, outcome: Array, method: str | None = None) -> Analysis:
    return analyse(swept(folder, sweep, outcome), method=method)[0]


def unit(n: int) -> tuple[Factor, ...]:
    return tuple(Factor(f"factor.{i}", NAME, 0.0, 1.0) for i in range(n))


def met(at: Array) -> Array:
    """1 where the first factor passes 0.5; the second decides between 0.45 and 0.55; the third does nothing."""
    return (at[:, 0] + 0.1 * (at[:, 1] - 0.5) > 0.5).astype(np.float64)


@pytest.mark.parametrize("kind", ["latin", "sobol"])
def test_a_yes_or_no_is_explained_by_what_decides_it_and_by_nothing_else(tmp_path: Path, kind: str) -> None:
    sweep = asked(kind, unit(3), 1024)
    found = answered(tmp_path / "sweep", sweep, met(points(sweep)))
    assert found.method == "variance"
    first = found.table.set_index("factor")
    # P(met | x) runs from 0 to 1 over 0.45…0.55: the variance within is 0.1/6, of 0.25
    assert first.loc["factor.0", "value"] == pytest.approx(1.0 - 0.1 / 6.0 / 0.25, abs=0.03)
    assert first.loc["factor.2", "value"] < first.loc["factor.2", "floor"] < 0.03
    assert "factor.0 alone explains about 9" in found.sentences[0].en.lower()
    assert not [text for text in found.sentences if "factor.2" in text.en.lower()]
    assert found.convergence is not None
    assert found.convergence.status == "settled"


@pytest.mark.parametrize("method", GIVEN)
def test_all_measures_rank_a_yes_or_no_alike(method: str) -> None:
    at = design("sobol", 3, 1024)
    found = indices(method, at, met(at))[0]
    assert found.values[0] > 0.4
    assert found.values[0] > 10.0 * max(found.values[1], 0.01)
    assert found.values[2] <= found.floor[2]


def test_delta_of_a_yes_or_no_is_the_mean_change_of_its_probability() -> None:
    at = design("latin", 2, 4000)
    found = indices("delta", at, (at[:, 0] > 0.5).astype(np.float64))[0]
    np.testing.assert_allclose(found.values, [0.5, 0.0], atol=0.02)


@pytest.mark.parametrize("method", ["delta", "pawn"])
def test_one_result_far_away_changes_nothing_of_measures_of_ranks(method: str) -> None:
    at = design("latin", 3, 512)
    outcome = 10.0 * at[:, 0] + 5.0 * at[:, 1]
    far = outcome.copy()
    far[int(np.argmax(far))] = 1e9
    np.testing.assert_array_equal(indices(method, at, far)[0].values, indices(method, at, outcome)[0].values)
    np.testing.assert_allclose(indices(method, at, np.exp(outcome))[0].values, indices(method, at, outcome)[0].values)


def test_delta_ranks_ishigami_and_a_plane() -> None:
    at = design("latin", 3, 2000)
    second, first, third = np.argsort(-indices("delta", at, ishigami(at))[0].values)
    assert (second, first, third) == (1, 0, 2), "0.42, 0.27 and 0.21 by four million members"
    plane = indices("delta", at, 10.0 * at[:, 0] + 3.0 * at[:, 1])[0]
    assert plane.values[0] == pytest.approx(0.72, abs=0.12)
    assert plane.values[1] > plane.floor[1]
    assert plane.values[2] <= plane.floor[2]


def test_shares_by_classes_are_the_analytic_first_indices() -> None:
    at = design("latin", 3, 4000)
    np.testing.assert_allclose(indices("variance", at, ishigami(at))[0].values, ISHIGAMI_FIRST, atol=0.03)
    at = design("latin", len(G_COEFFICIENTS), 4000)
    np.testing.assert_allclose(indices("variance", at, sobol_g(at))[0].values, sobol_g_indices()[0], atol=0.03)


@pytest.mark.parametrize("method", GIVEN)
def test_a_factor_that_does_nothing_stays_below_what_chance_gives(method: str) -> None:
    outcomes = np.random.default_rng(5).normal(size=(6, 300))
    passed = 0
    for outcome in (*outcomes, *(outcomes > 0.5).astype(np.float64)):
        found = indices(method, design("latin", 5, 300), outcome)[0]
        passed += int((found.values > found.floor).sum())
    assert passed <= 2, "of 60"


def test_where_nothing_acts_no_factor_is_named_and_nothing_is_settled(tmp_path: Path) -> None:
    sweep = asked("latin", unit(3), 300)
    noise = np.random.default_rng(1).normal(size=300)
    found = answered(tmp_path / "sweep", sweep, noise)
    assert [text.en for text in found.sentences] == ["no factor stands out from what chance alone would give"]
    assert found.convergence is not None
    assert found.convergence.status == "not settled"


def test_the_usual_method_of_a_continuous_output_is_delta_and_of_one_with_atoms_is_not() -> None:
    at = design("latin", 2, 200)
    assert usual("latin", at[:, 0]) == "delta"
    assert usual("sobol", np.round(at[:, 0] * 10.0)) == "variance"
    assert usual("latin", np.maximum(at[:, 0], 0.2)) == "variance", "a limit reached by a fifth of the members"
    assert usual("saltelli", met(at)) == "sobol"


def test_listed_values_are_classes_of_their_own() -> None:
    sweep = asked("latin", (listed(0.0, 1.0, 2.0), *unit(1)), 600)
    at = values(sweep.factors, points(sweep))
    outcome = 3.0 * at[:, 0] + at[:, 1]
    own, other = 9.0 * 2.0 / 3.0, 1.0 / 12.0
    found = indices("variance", at, outcome)[0]
    np.testing.assert_allclose(found.values, [own / (own + other), other / (own + other)], atol=0.02)


@pytest.mark.parametrize("levels", [2, 4, 6])
@pytest.mark.parametrize("of", [(0.0, 800.0), (0.0, 100.0, 800.0), (0.0, 200.0, 400.0, 600.0, 800.0), (800.0, 0.0)])
def test_morris_gives_what_a_listed_factor_does_from_end_to_end(
    tmp_path: Path, of: tuple[float, ...], levels: int
) -> None:
    years = Factor("horizon", NAME, 2030.0, 2035.0)
    sweep = asked("morris", (Factor("a", NAME, 0.0, 1000.0), listed(*of), years), 20, levels)
    at = values(sweep.factors, points(sweep))
    found = answered(tmp_path / "sweep", sweep, at[:, 0] + at[:, 1] + 10.0 * at[:, 2])
    effects = found.table[found.table["index"] == "mu_star"]["value"]
    np.testing.assert_allclose(effects, [1000.0, 800.0, 50.0], rtol=1e-9)
    np.testing.assert_allclose(found.tornado["high"] - found.tornado["low"], [1000.0, 800.0, 50.0], rtol=1e-9)
    assert sorted(set(at[:, 1])) == sorted(of), "every listed value is tried"


def test_morris_steps_over_half_of_the_levels_and_keeps_off_the_ends_of_a_distribution() -> None:
    normal = Factor("b", NAME, value=5.0, dist=Distribution("normal", sd=1.0))
    sweep = asked("morris", (*unit(1), normal), 50)
    at = points(sweep)
    assert set(np.round(at[:, 0] * 3.0, 9)) == {0.0, 1.0, 2.0, 3.0}
    steps = np.diff(at.reshape(50, 3, 2), axis=1)
    assert set(np.round(np.abs(steps[steps != 0.0]), 9)) == {0.5, round(2.0 / 3.0, 9)}
    assert np.abs(values(sweep.factors, at)[:, 1] - 5.0).max() < 1.2


def test_a_list_of_one_value_has_no_effect_and_breaks_nothing(tmp_path: Path) -> None:
    for kind in ("morris", "latin", "saltelli", "fast"):
        sweep = asked(kind, (listed(7.0), *unit(1)), 100)
        found = answered(tmp_path / kind, sweep, 2.0 * points(sweep)[:, 1])
        assert found.problem is None
        leading = found.table.groupby("factor")["value"].max()
        assert leading["listed.1"] == pytest.approx(0.0, abs=0.1)
        assert found.sentences[0].en.lower().startswith("factor.0")


def test_fast_takes_the_ends_of_a_factor_from_its_own_curve() -> None:
    at = design("fast", 3, 129)
    others = np.repeat(np.arange(3), 129) * 1000.0
    outcome = 10.0 * at[:, 0] - 5.0 * at[:, 1] + others
    ends = tornado_of(Sample("fast", at, at, outcome), [(key, Text("", "")) for key in "abc"])
    np.testing.assert_allclose(ends["high"] - ends["low"], [8.0, -4.0, 0.0], atol=0.6)
    assert (ends[["low", "high"]].to_numpy() // 1000 <= [[0, 0], [1, 1], [2, 2]]).all(), "no other curve is in it"


def test_slow_factors_of_a_fast_curve_do_not_move_together() -> None:
    at = design("fast", 6, 65)
    for column, curve in enumerate(at.reshape(6, 65, 6)):
        others = np.delete(np.arange(6), column)
        for a in others:
            assert not any(np.allclose(curve[:, a], curve[:, b]) for b in others if b != a)


def test_one_block_says_nothing_and_a_few_are_never_settled(tmp_path: Path) -> None:
    statuses = []
    for size in (1, 2, 4, 8, 2048):
        sweep = asked("saltelli", unit(3), size)
        at = points(sweep)
        found = answered(tmp_path / str(size), sweep, 5.0 * at[:, 0] + 2.0 * at[:, 1])
        statuses.append(None if found.convergence is None else found.convergence.status)
        if size == 1:
            assert found.problem is not None
            assert "too few members" in found.problem.en
            assert not found.sentences
    assert statuses == [None, "not settled", "not settled", "not settled", "settled"]


@pytest.mark.parametrize(("kind", "size"), [("latin", 10), ("sobol", 8), ("morris", 2), ("morris", 3), ("latin", 50)])
def test_few_members_are_never_settled(tmp_path: Path, kind: str, size: int) -> None:
    sweep = asked(kind, unit(2), size)
    found = answered(tmp_path / "sweep", sweep, points(sweep)[:, 0])
    assert found.convergence is None or found.convergence.status == "not settled"
    assert (found.convergence is None) == (found.problem is not None)


@pytest.mark.parametrize("method", ["sobol", "fast", "morris", *GIVEN])
def test_a_constant_has_no_indices_not_even_one_that_differs_by_rounding(method: str) -> None:
    at = design({"sobol": "saltelli", "fast": "fast", "morris": "morris"}.get(method, "latin"), 3, 65)
    for outcome in (np.full(len(at), 3.0), 3.0 + 1e-15 * at[:, 0], np.zeros(len(at))):
        with pytest.raises(NoIndicesError) as caught:
            indices(method, at, outcome)
        assert caught.value.text == CONSTANT


def test_an_idle_factor_has_no_total_index_and_fast_leaves_it_near_nothing() -> None:
    at = design("saltelli", 3, 256)
    total = indices("sobol", at, at[:, 0] + at[:, 1])[1]
    assert (total.values[2], total.half[2]) == (0.0, 0.0)
    at = design("fast", 3, 513)
    assert indices("fast", at, at[:, 0] + at[:, 1])[1].values[2] == pytest.approx(0.0, abs=0.01)


def test_a_yes_or_no_of_blocks_has_its_shares_of_variance() -> None:
    at = design("saltelli", 2, 4096)
    first, total = indices("sobol", at, ((at[:, 0] > 0.5) & (at[:, 1] > 0.5)).astype(np.float64))
    np.testing.assert_allclose(first.values, 1.0 / 3.0, atol=0.03)
    np.testing.assert_allclose(total.values, 2.0 / 3.0, atol=0.03)


def test_measures_of_a_sample_take_only_independent_members_of_blocks(tmp_path: Path) -> None:
    sweep = asked("saltelli", unit(3), 64)
    found = answered(tmp_path / "sweep", sweep, points(sweep)[:, 0], "pawn")
    assert found.members == 128


def test_missing_members_keep_the_scale_of_listed_values(tmp_path: Path) -> None:
    sweep = asked("morris", (Factor("a", NAME, 0.0, 1000.0), listed(0.0, 800.0)), 20)
    outcome = values(sweep.factors, points(sweep)).sum(axis=1)
    outcome[7] = math.nan
    found = analyse(swept(tmp_path / "sweep", sweep, outcome), treatment="drop")[0]
    assert found.members == 57
    np.testing.assert_allclose(found.table["value"][:2], [1000.0, 800.0], rtol=1e-9)


@pytest.mark.parametrize("kind", ["saltelli", "morris", "fast"])
def test_a_folder_that_says_another_design_than_it_holds_is_refused(tmp_path: Path, kind: str) -> None:
    folder = swept(tmp_path / "sweep", asked("latin", unit(3), 67), np.arange(67.0))
    record = json.loads((folder / "sweep.json").read_text("utf-8"))
    json_file(record | {"design": record["design"] | {"kind": kind}})(folder / "sweep.json")
    if kind == "fast":
        assert analyse(folder)[0].problem is not None
    else:
        with pytest.raises(InvalidInput, match="is not of the sweep"):
            analyse(folder)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_what_chance_gives_as_a_line(tmp_path: Path, language: str) -> None:
    sweep = asked("latin", unit(3), 256)
    found = answered(tmp_path / "sweep", sweep, met(points(sweep)))
    page = sensitivity_page.page([found], Text("试验", "trial"), "zh" if language == "zh" else "en")
    figure = page.figures["output-0-index"]
    (line,) = figure["layout"]["shapes"]
    assert line["x0"] == pytest.approx(found.table["floor"].max(), abs=1e-6)
    assert ("偶然" if language == "zh" else "chance") in json.dumps(figure["layout"]["title"], ensure_ascii=False)
