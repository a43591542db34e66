"""The design: columns keyed by name, the same however they are asked for, and as even as Sobol's."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from scipy.stats import qmc

from sim.common.errors import InvalidInput
from sim.model import registry
from sim.model.arrays import Array
from sim.model.draws import values
from sim.model.draws.sobol import directions, points, sequence
from sim.model.draws.values import COLUMNS, SAMPLED, design
from sim.model.registry import PARAMETERS

TOTAL = 1024
FREE = max(parameter.dimension for parameter in PARAMETERS.values()) + 1


def drawn(seed: int = 7, draws: range = range(TOTAL)) -> Array:
    return points(seed, COLUMNS, draws)


@pytest.mark.parametrize("place", [0, 60, len(COLUMNS)])
def test_a_new_parameter_leaves_the_column_of_every_other_as_it_is(place: int, monkeypatch: pytest.MonkeyPatch) -> None:
    before = dict(zip(SAMPLED, design(7, range(100), (), None).T, strict=True))
    new = ("cars.owned", len(COLUMNS) + 1)
    monkeypatch.setattr(values, "COLUMNS", (*COLUMNS[:place], new, *COLUMNS[place:]))
    after = values.design(7, range(100), (), None)
    assert after.shape == (100, len(COLUMNS) + 1)
    for column, (path, _) in enumerate(values.COLUMNS):
        if path != "cars.owned":
            np.testing.assert_array_equal(after[:, column], before[path])


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_points_are_those_of_scipy_in_every_dimension_of_the_table() -> None:
    expected = (qmc.Sobol(512, scramble=False, bits=32).random(3000) * 2.0**32).astype(np.uint32)
    of = directions(range(1, 513))
    np.testing.assert_array_equal(sequence(of, range(3000)), expected)
    np.testing.assert_array_equal(sequence(of, range(700, 1500)), expected[700:1500])
    with pytest.raises(ValueError, match="no dimension 513"):
        directions([513])


def test_a_column_is_the_same_alone_and_in_any_order() -> None:
    whole = drawn()
    np.testing.assert_array_equal(points(7, COLUMNS[::-1], range(TOTAL)), whole[:, ::-1])
    np.testing.assert_array_equal(points(7, COLUMNS[5:6], range(TOTAL)), whole[:, 5:6])


@pytest.mark.parametrize("block", [range(1), range(1, 2), range(37, 200), range(512, 1000), range(1023, 1024)])
def test_a_draw_is_the_same_alone_and_in_any_block(block: range) -> None:
    np.testing.assert_array_equal(drawn(draws=block), drawn()[block.start : block.stop])


def test_seeds_and_names_have_columns_of_their_own() -> None:
    here = drawn()
    assert not (here == drawn(8)).all(axis=0).any()
    named = points(7, (("one", 3), ("other", 3)), range(TOTAL))
    assert not (named[:, 0] == named[:, 1]).any()


def test_every_column_has_one_point_in_each_of_as_many_parts_as_there_are_points() -> None:
    for size in (1, 2, 64, TOTAL):
        parts = np.sort((drawn(draws=range(size)) * size).astype(int), axis=0)
        np.testing.assert_array_equal(parts, np.broadcast_to(np.arange(size)[:, np.newaxis], parts.shape))


def test_pairs_of_uncertain_inputs_hang_together_less_than_by_chance() -> None:
    uncertain = [column for column, path in enumerate(SAMPLED) if PARAMETERS[path].spread]
    related = np.corrcoef(drawn()[:, uncertain].T)[np.triu_indices(len(uncertain), 1)]
    assert np.sqrt((related**2).mean()) < 0.3 / np.sqrt(TOTAL)


def test_the_first_dimensions_fill_the_plane_box_by_box() -> None:
    first = [column for column, (_, dimension) in enumerate(COLUMNS) if dimension <= 2]
    assert len(first) == 2
    for one, other in combinations(first, 2):
        for across in range(11):
            boxes = (drawn()[:, [one, other]] * [2**across, 2 ** (10 - across)]).astype(int)
            assert len(np.unique(boxes, axis=0)) == TOTAL


@pytest.mark.parametrize(
    ("path", "dimension", "said"),
    [
        ("fertility.tfr", 0, "a dimension is missing"),
        ("fertility.tfr", 1, "this is the dimension of mortality.level"),
        ("noise.fertility.memory", FREE, "a number for the whole run has no dimension"),
    ],
)
def test_a_parameter_that_differs_between_draws_has_a_dimension_to_itself(path: str, dimension: int, said: str) -> None:
    wrong = {**PARAMETERS, path: replace(PARAMETERS[path], dimension=dimension)}
    with pytest.raises(InvalidInput) as caught:
        registry._with_dimensions(wrong)
    place, _, message = caught.value.message("en").partition(": ")
    assert "parameters.csv:" in place
    free = "" if path.startswith("noise.") else f"; the next free one is {FREE}"
    assert message == f"{path}.dimension: {said}{free}"
