"""The live page of a prefecture with many regions and of a plan with many lines."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver

from tests.output.live.browser import data, here, opened, served, until
from tests.paths import ROOT

pytestmark = [pytest.mark.browser, here]

LEVER = "policies.schools-in-town.intensity"
CHOOSE = """
const box = document.getElementById(arguments[0]);
box.value = arguments[1];
box.dispatchEvent(new Event("change"));
"""
LINES = "document.querySelectorAll('#rows details tbody tr').length"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebDriver]:
    made: Path = tmp_path_factory.mktemp("live") / "anyang"
    shutil.copytree(ROOT / "scenarios" / "anyang", made)
    with served(made.parent, "anyang/plan.yaml", "--draws", "600") as address, opened() as browser:
        browser.get(address)
        until(browser, f"{data('ready')} === 'true'")
        yield browser


def test_a_first_look_says_how_far_the_run_is_and_gives_way_to_it(page: WebDriver) -> None:
    stage = "document.getElementById('stage').textContent"
    until(page, f"/600 draws/.test({stage})")
    said = page.execute_script("return performance.getEntriesByType('resource').map((one) => one.name)")
    assert [one for one in said if "/api/opening/plan" in one]


def test_of_many_lines_the_first_are_shown_until_all_are_wanted(page: WebDriver) -> None:
    assert page.execute_script(f"return {LINES}") == 8
    page.execute_script(
        "document.querySelector('#rows details > button').click()"
    )  # the run may draw it anew meanwhile
    assert page.execute_script(f"return {LINES}") > 90
    assert not page.find_elements(By.CSS_SELECTOR, "#rows details > button")


def test_a_region_of_many_and_a_measure_are_chosen_and_kept_in_the_address(page: WebDriver) -> None:
    many = page.execute_script("return document.querySelectorAll('#region option').length")
    assert many > 9
    for box, value in (("region", "linzhou"), ("measure", "resident")):
        number = page.execute_script(f"return Number({data('number')})")
        page.execute_script(CHOOSE, box, value)
        until(page, f"Number({data('number')}) > {number} && !document.querySelector('.busy')")
    assert "r=linzhou" in page.current_url
    assert "k=resident" in page.current_url
    top = page.execute_script("return document.getElementById('fan').layout.meta.title")
    assert "Linzhou" in top or "Residents" in top
    slider = page.find_element(By.ID, f"knob-{LEVER}")
    slider.send_keys(Keys.ARROW_RIGHT)
    until(page, f"{data('stage')} === 'whole' && location.search.includes('m=')")
    page.back()
    until(page, "document.querySelector('.knob.moved') === null")
    assert "r=linzhou" in page.current_url
