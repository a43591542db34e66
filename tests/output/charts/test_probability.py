"""The axis of probabilities says the words that verdicts say."""

import pytest

from sim.common.language import LANGUAGES, Language
from sim.output.charts.probability import probability_axis, probability_words, target_rows
from sim.run.reaching import word
from sim.run.words import STATUS


def test_lines_stand_where_the_word_of_a_verdict_changes() -> None:
    for mark in probability_axis()["tickvals"][1:-1]:
        assert word(mark / 100.0) != word(mark / 100.0 - 1e-9), mark
    assert probability_axis()["ticktext"] == ["0%", "20%", "50%", "80%", "95%", "100%"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_word_stands_over_its_own_part(language: Language) -> None:
    notes = probability_words(language)
    assert [note["text"] for note in notes] == [STATUS[word(note["x"] / 100.0)].in_(language) for note in notes]
    assert len({note["text"] for note in notes}) == 5


def test_the_first_row_is_on_top_and_long_names_break() -> None:
    axis = target_rows(["general hospital with a very long name indeed", "b"], "en")
    assert axis["tickvals"] == [1, 0]
    assert axis["ticktext"] == ["General hospital with a very<br>long name indeed", "B"]
