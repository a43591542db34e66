"""What is derived of a lane while it is at hand is what NumPy derives of all lanes."""

import numpy as np

from sim.model import measures
from sim.model.county.sums import SUMS
from sim.model.records import layout


def test_what_may_drive_services_is_the_same_of_a_lane_and_of_many() -> None:
    rng = np.random.default_rng(4)
    names = layout(measures.PeopleSums).names or ()
    now, base = (np.zeros(12, SUMS) for _ in range(2))
    for sums in (now, base):
        for name in names:
            sums[name] = rng.uniform(1.0, 1e6, len(sums))
    now["households"][3] = now["resident"][5] = base["city"][7] = 0.0  # what is divided by nothing is not known
    tables = [{name: sums[name] for name in names} for sums in (now, base)]
    people, before = (one | measures.rates(one) for one in tables)
    expected = measures.rates(people) | measures.since_base(people, before)
    assert tuple(expected) == measures.DERIVED
    for lane in range(len(now)):
        found = np.empty(len(measures.DERIVED))
        measures.derived(now[lane], base[lane], found)
        np.testing.assert_array_equal(found, [value[lane] for value in expected.values()])
