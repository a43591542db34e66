"""From a sweep's folder to cases: what counts as a failure, and every way in which that cannot be told."""

from pathlib import Path

import numpy as np
import pytest

from sim.common.errors import InvalidInput
from sim.questions.discover import Asked
from sim.questions.discover.cases import TIMES, YEAR, _varied, cases
from tests.questions.discover.synthetic import KEYS, corner, folder, spread


@pytest.fixture
def sweep(tmp_path: Path) -> Path:
    points = spread(200, 4)
    rate = 0.4 + 0.2 * points[:, 0]
    return folder(tmp_path / "sweep", points, {"p1": 1.0 - corner(points), "p2": points[:, 0], "rate": rate})


def test_a_target_is_missed_where_its_probability_is_under_a_half(sweep: Path) -> None:
    points = spread(200, 4)
    for name in ("T205", "p1"):
        found = cases(sweep, Asked(missed=name))
        np.testing.assert_array_equal(found.fails, corner(points))
    assert found.criterion.target is not None
    assert cases(sweep, Asked(missed="T206")).fails.sum() == (points[:, 0] < 0.5).sum()
    assert cases(sweep, Asked(missed="T206", below="80%")).fails.sum() == (points[:, 0] < 0.8).sum()
    np.testing.assert_array_equal(found.points, points)


def test_an_output_fails_below_or_above_a_value_with_or_without_its_unit(sweep: Path) -> None:
    rate = 0.4 + 0.2 * spread(200, 4)[:, 0]
    for written in ("0.5", "50%", " 50 %", "500‰"):
        np.testing.assert_array_equal(cases(sweep, Asked(output="rate", below=written)).fails, rate < 0.5)
    np.testing.assert_array_equal(cases(sweep, Asked(output="rate", above="0.55")).fails, rate > 0.55)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (Asked(), "choose a column with --output"),
        (Asked(missed="T207"), "the sweep has no T207; allowed: T205, T206; did you mean T20"),
        (Asked(missed="city"), "several targets of city: T205, T206"),
        (Asked(output="rat", below="0.5"), "no rat; allowed: p1, p2, rate; did you mean rate"),
        (Asked(output="rate"), "when rate is a failure"),
        (Asked(output="rate", below="1", above="2"), "either --below or --above"),
        (Asked(output="rate", missed="T205"), "either --missed or --output"),
        (Asked(missed="T205", above="0.5"), "--missed goes with --below"),
        (Asked(output="rate", below="50"), "50 is over 100%; did you mean 50%"),
        (Asked(output="rate", below="half"), "expected a number, with or without a unit, got 'half'"),
        (Asked(output="rate", below="5 人"), "the unit 人 does not suit; allowed: 1, share, %"),
        (Asked(output="rate", below="0.1"), "no member fails: rate lies between 40.*median 49"),
        (Asked(output="rate", below="0.9"), "every member fails: rate lies between"),
        (Asked(output="rate", below="0.402"), "only . of 200 members fail; at least 10 are needed"),
        (Asked(output="rate", below="0.595"), "only . of 200 members do not fail; at least 10"),
    ],
)
def test_a_question_that_cannot_be_answered_is_one_clear_message(sweep: Path, asked: Asked, words: str) -> None:
    with pytest.raises(InvalidInput, match=words) as raised:
        cases(sweep, asked)
    assert len(raised.value.faults) == 1
    assert raised.value.message("zh") != raised.value.message("en")


def test_designs_without_combinations_few_members_and_no_targets_are_refused(tmp_path: Path) -> None:
    points = spread(200, 2)
    values = {"p1": 1.0 - corner(points)}
    with pytest.raises(InvalidInput, match="moves one factor at a time"):
        cases(folder(tmp_path / "a", points, values, "one_at_a_time"), Asked())
    with pytest.raises(InvalidInput, match="only 30 members have a result; at least 40"):
        cases(folder(tmp_path / "b", points[:30], {"p1": values["p1"][:30]}), Asked())
    with pytest.raises(InvalidInput, match="kept no target's probability"):
        cases(folder(tmp_path / "c", points, {"rate": points[:, 0]}), Asked(missed="T205"))
    with pytest.raises(InvalidInput, match="not the folder of a sweep"):
        cases(tmp_path, Asked())
    with pytest.raises(InvalidInput, match="no factors"):
        cases(folder(tmp_path / "d", points[:, :0], values), Asked())


def test_members_without_a_result_are_refused_until_a_treatment_is_chosen(tmp_path: Path) -> None:
    points = spread(200, 2)
    outcome = 1.0 - corner(points).astype(float)
    outcome[[3, 9]] = np.nan
    path = folder(tmp_path / "sweep", points, {"p1": outcome}, at=10.0 * points)
    with pytest.raises(InvalidInput, match="2 of 200 members have no result; choose --missing drop"):
        cases(path, Asked())
    dropped = cases(path, Asked(), "drop")
    assert (len(dropped.fails), len(dropped.points), dropped.missing) == (198, 198, 2)
    np.testing.assert_array_equal(dropped.points, np.delete(10.0 * points, [3, 9], axis=0))
    filled = cases(path, Asked(), "nearest")
    assert (len(filled.fails), filled.missing) == (200, 2)


def test_blocks_are_those_of_the_design_unless_members_are_dropped(tmp_path: Path) -> None:
    points = spread(200, 2)
    outcome = 1.0 - corner(points).astype(float)
    assert cases(folder(tmp_path / "a", points, {"p1": outcome}, "saltelli"), Asked()).block == 4
    outcome[0] = np.nan
    assert cases(folder(tmp_path / "b", points, {"p1": outcome}, "saltelli"), Asked(), "drop").block == 1


def test_factors_have_the_units_of_what_they_change() -> None:
    name = {"zh": "名", "en": "name"}
    keys = [*KEYS, "policies.schools-in-town.from", "policies.schools-in-town.amount", "fertility.tfr.add", "horizon"]
    records = [{"key": key, "name": name, "unit": "人/年" if key.endswith("amount") else None} for key in keys]
    at = np.column_stack([spread(100, 4), *[np.repeat(np.arange(2021.0, 2046.0), 4)] * 4])
    varied = _varied(records, at)
    units = ["share/year", TIMES, "", "children/woman", YEAR, "人/年", "children/woman", YEAR]
    assert [factor.unit for factor in varied] == units
    assert len(varied[4].levels) == 25
    assert varied[5].levels == ()
    assert _varied([{"key": KEYS[2], "name": name}], np.repeat([0.0, 1.0, 2.0], 5)[:, None])[0].levels == (
        0.0,
        1.0,
        2.0,
    )
