"""What the atlas holds is what the batch found, and no name of a county is more than a text."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from sim.output.atlas.content import Atlas, content
from sim.output.atlas.page import page
from sim.output.atlas.scales import SCALES
from tests.output.atlas.batches import EVIL, PLACES, atlas, batch


def test_values_are_those_of_the_batch() -> None:
    shown = content(atlas(), "en", is_served=False)
    counties = batch().counties
    assert shown["counties"]["code"] == list(PLACES)
    assert shown["years"] == list(range(2020, 2027))
    at = shown["years"].index(2025)
    assert [own[at] for own in shown["values"]["rate"]] == [round(1000 * rate) for rate in counties["rate_median"]]
    assert [own[at] for own in shown["values"]["residents"]] == counties["residents_then"].round().tolist()
    assert [own[at] for own in shown["values"]["probability"]] == [round(1000 * p) for p in counties["probability"]]
    assert [own[0] for own in shown["values"]["change"]] == [0] * 5
    assert [own[-1] for own in shown["bands"]["rate_high"]] == [round(1000 * r) for r in counties["horizon_rate_high"]]


def test_a_county_that_could_not_be_run_is_there_without_values() -> None:
    own = batch()
    counties = own.counties.copy()
    counties.loc[1, ["status", "error"]] = ["failed", "no number"]
    shown = content(
        Atlas(replace(own, counties=counties, years=own.years[own.years["member"] != 1])), "zh", is_served=False
    )
    assert shown["values"]["rate"][1] is None
    assert shown["counties"]["error"][1] == "no number"
    assert all(shown["values"]["rate"][index] for index in (0, 2, 3, 4))


def test_names_are_in_both_languages_and_a_mistyped_code_leaves_its_province_whole() -> None:
    shown = content(atlas(), "en", is_served=False)["counties"]
    assert shown["pinyin"][:2] == ["Dongcheng", "Jieshou"]
    assert [shown["provinces"][index] for index in shown["province"]] == [
        "Beijing",
        "Anhui",
        "Anhui",
        "Guangdong",
        "Sichuan",
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_is_one_file_in_which_no_name_is_markup(language: str) -> None:
    text = page(atlas(), language)  # type: ignore[arg-type]
    assert EVIL not in text
    assert "<img" not in text.partition("<script>")[0]
    assert 'http-equiv="Content-Security-Policy" content="default-src \'none\'' in text
    held = text.partition('id="content">')[2].partition("</script>")[0]
    assert json.loads(held)["counties"]["name"][2] == EVIL


def test_classes_have_a_colour_and_words_each() -> None:
    for scale in SCALES:
        assert list(scale.breaks) == sorted(scale.breaks)
        assert len(scale.colours) == len(scale.breaks) + 1
        for language in ("zh", "en"):
            labels = scale.labels(language)  # type: ignore[arg-type]
            assert len(labels) == len(set(labels)) == len(scale.colours)


def test_the_command_of_a_county_names_the_table_that_the_batch_keeps() -> None:
    command = content(atlas(), "en", is_served=False)["command"]
    assert Path(command["add"].split('"')[1]).is_file()
