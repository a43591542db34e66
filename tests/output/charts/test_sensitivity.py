"""Charts of which factors matter."""

import re

import pandas as pd
import pytest

from sim.common.language import Language
from sim.output.charts.sensitivity import tornado

TABLE = pd.DataFrame({"factor": ["a"], "name_zh": ["甲"], "name_en": ["a"], "low": [0.4], "high": [0.6]})


@pytest.mark.parametrize(
    ("title", "language", "widest"),
    [
        ("达标概率：每千名老年人拥有的护理型养老床位数及其占全部床位的比重 <甲>", "zh", 22),
        ("Probability of reaching nursing beds for every thousand <elderly> residents", "en", 42),
    ],
)
def test_a_long_title_stands_on_lines_for_which_there_is_room(title: str, language: Language, widest: int) -> None:
    short, long = (tornado(TABLE, words, 0.5, "share", language)["layout"] for words in (title[:5], title))
    bold = re.findall("<b>(.*?)</b>", long["title"]["text"])[0]
    lines = bold.replace("&lt;", "<").replace("&gt;", ">").split("<br>")
    assert len(lines) == 2
    assert max(map(len, lines)) <= widest
    assert "".join(lines).replace(" ", "") == title.replace(" ", "")
    assert long["height"] - short["height"] == long["margin"]["t"] - short["margin"]["t"] == 22
