"""Texts as they are set: capitals where sentences begin."""

from sim.common.typography import sentence


def test_a_sentence_begins_with_a_capital_but_a_path_is_a_path() -> None:
    assert sentence("residents grow.") == "Residents grow."
    assert sentence("away.return_to_city alone") == "away.return_to_city alone"
    assert sentence("none.") == "None."
