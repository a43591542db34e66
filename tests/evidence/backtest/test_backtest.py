"""Forecasts of counties from their first census alone: nothing of their second one gets in."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.common.errors import InvalidInput
from sim.evidence.backtest.quantities import PEOPLE, QUANTITIES, RATE, of_rows
from sim.evidence.backtest.run import Backtest, Options, backtest, folds_of
from sim.evidence.backtest.tables import SIMULATION, as_json, everyone
from sim.output.documents.backtest_document import page
from sim.places.census import CensusRow, read_rows
from sim.places.census.pairs import Pairs, pairs
from sim.places.china.national import load_national
from tests.evidence.backtest.counties import first_rows, pairs_of, second_rows, truth
from tests.scenarios import ROOT

OPTIONS = Options(draws=40, folds=2, seed=1)
CENSUS = ROOT.parent / "shared" / "data" / "census"


def prefectures(rows: Sequence[CensusRow]) -> list[str]:
    return [row.code[:4] for row in rows]


def changed(row: CensusRow) -> CensusRow:
    """Another second census: a tenth more people, more of them urban, none of the same ages."""
    ages = [tuple(1.1 * np.roll(each, 3)) for each in (row.male_by_age, row.female_by_age)]
    return replace(
        row, resident=1.1 * row.resident, urban=1.05 * row.urban, rural=1.1 * row.resident - 1.05 * row.urban,
        male_by_age=ages[0], female_by_age=ages[1], same_province=0.5 * (row.same_province or 0.0),
    )  # fmt: skip


def with_other_second(found: Pairs, held: np.ndarray) -> Pairs:
    """The same counties, but those held out have another second census."""
    parts = tuple(replace(p, second=changed(p.second)) if h else p for p, h in zip(found.pairs, held, strict=True))
    return replace(found, pairs=parts)


@pytest.fixture(scope="module")
def made() -> Pairs:
    rows = first_rows(44, seed=5)
    return pairs_of(rows, second_rows(rows, truth(rows, seed=5)))


@pytest.fixture(scope="module")
def whole(made: Pairs) -> Backtest:
    return backtest(made, load_national(), OPTIONS)


def test_what_came_later_does_not_enter_a_forecast(made: Pairs, whole: Backtest) -> None:
    held = folds_of(prefectures(whole.first), OPTIONS.folds, OPTIONS.seed) == 0
    assert 0 < held.sum() < len(held)
    other = backtest(with_other_second(made, held), load_national(), OPTIONS)
    np.testing.assert_array_equal(other.central[held], whole.central[held])
    np.testing.assert_array_equal(other.draws[held], whole.draws[held])
    for method, said in whole.methods.items():
        np.testing.assert_array_equal(other.methods[method][held], said[held])
    assert not np.array_equal(other.central[~held], whole.central[~held])
    assert not np.array_equal(other.came[held], whole.came[held])


def test_made_up_dependence_is_learnt(whole: Backtest) -> None:
    """Fertility and moves to town hang on the urban share: the forecast knows, and so beats the planners' methods."""
    errors = {method: scores[RATE] for method, scores in everyone(whole).scores.items()}
    own = errors[SIMULATION]
    assert own is not None
    for method in ("no_change", "national_increment", "growth_difference", "logistic"):
        other = errors[method]
        assert other is not None
        assert own.error < 0.8 * other.error, method
    assert 0.5 < own.coverage[1] <= 1.0
    assert own.crps < own.error


def test_folds_are_whole_prefectures(whole: Backtest) -> None:
    fold = folds_of(prefectures(whole.first), 5, 3)
    of_prefecture: dict[str, set[int]] = {}
    for row, number in zip(whole.first, fold, strict=True):
        of_prefecture.setdefault(row.code[:4], set()).add(int(number))
    assert all(len(numbers) == 1 for numbers in of_prefecture.values())
    assert len(set(fold)) == 5


def test_the_scores_as_json_and_as_a_page(whole: Backtest) -> None:
    content = json.loads(json.dumps(as_json(whole)))
    assert content["counties"] == 44
    own = content["all"]["methods"][SIMULATION]
    assert set(own) == {quantity.id for quantity in QUANTITIES}
    assert len(own["resident"]["coverage"]) == 3
    assert content["all"]["methods"]["growth_difference"]["resident"] is None
    text = page(whole)
    assert "联合国法" in text
    assert "44 counties" in text
    assert f"{own['urbanization_rate']['error']:.2f}" in text


def test_no_change_says_the_first_census(whole: Backtest) -> None:
    np.testing.assert_array_equal(whole.methods["no_change"], of_rows(whole.first))
    growth = whole.methods["composite_growth"][:, PEOPLE] / of_rows(whole.first)[:, PEOPLE]
    assert np.isfinite(growth).all()


def test_too_few_counties_are_refused(made: Pairs) -> None:
    with pytest.raises(InvalidInput, match="at least 40"):
        backtest(replace(made, pairs=made.pairs[:10]), load_national(), OPTIONS)


@pytest.mark.slow
@pytest.mark.skipif(not CENSUS.is_dir(), reason="the county tables of both censuses are not beside the checkout")
def test_real_counties_shuffled(tmp_path: Path) -> None:
    """Second censuses shuffled among the counties held out: their forecasts are the same to the last bit."""
    first, _ = read_rows(CENSUS / "counties_2010.csv")
    second, _ = read_rows(CENSUS / "counties_2020.csv")
    found = pairs(first, second)
    some = replace(found, pairs=found.pairs[::25])
    held = np.flatnonzero(folds_of(prefectures([p.first for p in some.pairs]), OPTIONS.folds, OPTIONS.seed) == 0)
    order = np.random.default_rng(2).permutation(held)
    parts = list(some.pairs)
    for to, source in zip(held, order, strict=True):
        parts[to] = replace(some.pairs[to], second=some.pairs[source].second)
    told: list[float] = []
    one = backtest(some, load_national(), OPTIONS, lambda what, share: told.append(share))
    assert told == sorted(told)
    assert 0.0 < told[0] < told[-1] < 1.0
    two = backtest(replace(some, pairs=tuple(parts)), load_national(), OPTIONS)
    np.testing.assert_array_equal(one.central[held], two.central[held])
    np.testing.assert_array_equal(one.draws[held], two.draws[held])
    assert not np.array_equal(one.came[held], two.came[held])
