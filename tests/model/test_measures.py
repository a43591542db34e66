"""Which measures are worked out where only some are asked for."""

from sim.model import measures


def test_ratios_that_are_asked_for_come_with_those_that_they_are_made_of() -> None:
    every = measures.asked(None)
    chained = next(one for one in every if one.part in {other.id for other in every})
    found = [one.id for one in measures.asked(frozenset({chained.id}))]
    assert chained.part in found
    assert found.index(chained.part) < found.index(chained.id)
    assert len(found) < len(every)
    assert measures.asked(frozenset({"resident"})) == ()
