"""Where there are no villages nobody comes to live in them; where there are, nothing changes."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.model.arrays import Array
from sim.model.axes import CITY, POP_SHAPE, RURAL
from sim.model.people.villages import INTO_VILLAGES, OF_VILLAGES, has_villages, kept_from_villages
from sim.model.registry import PARAMETERS

SEAT, HOME = "away.return_to_city", "away.return_to_rural"
LANES, YEARS = 3, 4


def drawn(seed: int) -> dict[str, Array]:
    """Values of every parameter in its range, of all lanes alike or of each."""
    rng = np.random.default_rng(seed)
    found = {}
    for path, parameter in PARAMETERS.items():
        shape = (int(rng.choice([1, LANES])), YEARS)
        found[path] = np.clip(rng.uniform(0.0, 0.4, size=shape), parameter.low, parameter.high)
    return found


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_lanes_with_villages_keep_every_digit_and_the_others_have_no_way_there(seed: int) -> None:
    values, villages = drawn(seed), np.array([[True], [False], [True]])
    found = kept_from_villages(values, villages)
    assert found.keys() == values.keys()
    for path, given_ in values.items():
        before, after = (np.broadcast_to(value, (LANES, YEARS)) for value in (given_, found[path]))
        np.testing.assert_array_equal(after[[0, 2]], before[[0, 2]])
        if path in (*INTO_VILLAGES, *OF_VILLAGES):
            assert not after[1].any(), path
        elif not path.startswith(SEAT):
            np.testing.assert_array_equal(after[1], before[1])
    for suffix in ("", "_count"):
        seat, home, now = (
            np.broadcast_to(value, (LANES, YEARS))[1]
            for value in (values[SEAT + suffix], values[HOME + suffix], found[SEAT + suffix])
        )
        np.testing.assert_array_equal(now, np.minimum(seat + home, PARAMETERS[SEAT + suffix].high))


def test_one_answer_for_all_lanes_is_that_of_each() -> None:
    values = drawn(3)
    for there in (True, False):
        whole = kept_from_villages(values, np.array(there))
        each = kept_from_villages(values, np.full((LANES, 1), there))
        for path in values:
            np.testing.assert_array_equal(np.broadcast_to(whole[path], each[path].shape), each[path])


def test_a_second_time_changes_nothing() -> None:
    once = kept_from_villages(drawn(4), np.array(False))
    again = kept_from_villages(once, np.array(False))
    assert all(np.array_equal(once[path], again[path]) for path in once)


def test_every_way_into_villages_is_named() -> None:
    ways = {path for path in PARAMETERS if path.removesuffix("_count").endswith(("to_rural", "arrive_rural"))}
    assert ways == set(INTO_VILLAGES)


def test_villages_are_where_somebody_lives() -> None:
    pop = np.zeros((2, *POP_SHAPE))
    pop[:, CITY] = 5.0
    pop[1, RURAL, 0, 1, 40] = 0.25
    assert has_villages(pop).tolist() == [False, True]
    assert not has_villages(pop[0])
