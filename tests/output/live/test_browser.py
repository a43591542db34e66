"""The live page in a real browser: ready, moved by a key, saved to the same number, and it asks nobody else."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver

from sim.common.language import LANGUAGES
from sim.run.scenario_run import run
from sim.scenario import scenario
from tests.output.live.axe import violations
from tests.output.live.browser import data, here, opened, served, until
from tests.scenarios import JIESHOU

pytestmark = [pytest.mark.browser, here]

SLIDER = "knob-away.return_to_city"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("live") / "jieshou"
    shutil.copytree(JIESHOU, made)
    return made


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with served(folder.parent, "jieshou/trend.yaml", "--draws", "200") as found:
        yield found


@pytest.fixture(scope="module")
def page(address: str) -> Iterator[WebDriver]:
    with opened() as browser:
        browser.get(address)
        until(browser, f"{data('ready')} === 'true'")
        browser.find_element(By.ID, "find").send_keys("away.return_to_city")
        yield browser


def row(page: WebDriver) -> str:
    """What the page says of residents of the county seat."""
    return str(page.execute_script("return document.querySelector('[data-target=T205] .wide').textContent"))


def typed(page: WebDriver, number: str) -> None:
    box = page.find_element(By.CSS_SELECTOR, "[data-key='away.return_to_city'] input[type=number]")
    box.send_keys(Keys.CONTROL, "a")
    box.send_keys(number, Keys.ENTER)


def test_a_key_moves_the_answer_and_the_address_and_back_undoes_it(page: WebDriver) -> None:
    before = row(page)
    slider = page.find_element(By.ID, SLIDER)
    assert slider.get_attribute("aria-label")
    slider.send_keys(Keys.ARROW_RIGHT)
    until(page, f"{data('stage')} === 'preview' || Number({data('number')}) > 2")
    slider.send_keys(*[Keys.PAGE_UP] * 3)
    until(page, f"{data('stage')} === 'whole'")
    assert row(page) != before
    assert "m=away.return_to_city" in page.current_url
    assert "token" not in page.current_url
    number = page.execute_script(f"return {data('number')}")
    for _ in range(4):
        page.back()
    until(page, f"Number({data('number')}) > {number} && location.search.indexOf('m=') < 0")
    until(page, "document.querySelector('.knob.moved') === null")
    assert row(page) == before


HELD_BACK = """
const asking = window.fetch;
window.held = [];
window.fetch = (address, options) => {
  const slow = window.held.length === 0 && String(address).includes("stage=years");
  if (!slow) return asking(address, options);
  const later = address.replace(/page=[^&]*/, "page=other");  // else the server refuses what is overtaken
  return new Promise((done) => { window.held.push(() => done(asking(later, options))); });
};
"""
PRESSED = """
const slider = document.getElementById(arguments[0]);
const pressed = { key: "ArrowRight", bubbles: true, cancelable: true };
for (let press = 0; press < 5; press += 1)
  slider.dispatchEvent(new KeyboardEvent("keydown", { ...pressed, repeat: press > 0 }));
"""


def test_an_older_answer_that_comes_later_is_not_shown(page: WebDriver) -> None:
    page.execute_script(HELD_BACK)
    slider = page.find_element(By.ID, SLIDER)
    slider.send_keys(Keys.ARROW_RIGHT)
    until(page, "window.held.length === 1")
    slider.send_keys(*[Keys.PAGE_UP] * 2)
    until(page, f"{data('stage')} === 'whole'")
    newest, number = row(page), page.execute_script(f"return {data('number')}")
    page.execute_async_script("window.held[0](); setTimeout(arguments[0], 1500)")
    assert (row(page), page.execute_script(f"return {data('number')}")) == (newest, number)
    for _ in range(3):
        page.back()
    until(page, "location.search.indexOf('m=') < 0 && document.querySelector('.knob.moved') === null")
    until(page, f"Number({data('number')}) > {number}")
    assert row(page) != newest


def test_a_key_that_is_held_is_one_step_back(page: WebDriver) -> None:
    before = page.execute_script("return history.length"), page.current_url
    page.execute_script(PRESSED, SLIDER)
    until(page, f"{data('stage')} === 'whole' && location.search.indexOf('m=') > 0")
    moved = page.find_element(By.ID, SLIDER).get_attribute("value")
    assert f"m=away.return_to_city%3A{moved}" in page.current_url
    page.back()
    until(page, "document.querySelector('.knob.moved') === null")
    assert page.current_url == before[1]
    until(page, f"{data('stage')} === 'sizes'")


def test_axe_finds_nothing_wrong_but_would(page: WebDriver) -> None:
    page.find_element(By.CSS_SELECTOR, ".ask").click()
    until(page, "document.getElementById('dialog').open")
    assert violations(page, "#dialog") == []
    page.execute_script("document.getElementById('dialog').close()")
    assert violations(page) == []
    page.execute_script("document.getElementById('find').before(document.createElement('input'))")
    assert [one.split()[0] for one in violations(page, "aside > input")] == ["label"]
    page.execute_script("document.getElementById('find').previousSibling.remove()")


def test_values_are_not_in_the_page_before_they_are_unfolded_and_stay_so_when_a_lever_moves(page: WebDriver) -> None:
    page.set_window_size(1400, 900)
    cells = "document.querySelectorAll('#pane td').length"
    page.execute_script("document.getElementById('tab-sources').click()")
    until(page, f"{data('pane')} === 'sources' && !document.querySelector('#pane.busy')")
    assert page.execute_script(f"return {cells}") < 100
    assert violations(page) == []
    page.execute_script("document.querySelector('#pane details').open = true")
    until(page, f"{cells} > 500 && document.querySelector('#pane details input[type=search]')")
    assert violations(page, "#pane") == []
    typed(page, "1.1")
    until(page, f"{data('stage')} === 'whole' && !document.querySelector('#pane.busy')")
    until(page, f"document.querySelector('#pane details').open && {cells} > 500")
    page.execute_script("document.querySelector('#pane details').open = false")
    page.find_element(By.ID, "reset").click()
    until(page, f"{data('stage')} === 'sizes' && !document.querySelector('#pane.busy')")
    page.execute_script("document.getElementById('tab-ages').click()")
    until(page, f"{data('pane')} === 'ages' && !document.querySelector('#pane.busy')")
    page.set_window_size(1280, 900)


WAITING = """
window.unheld = window.fetch;
window.fetch = (address, options) =>
  /stage=(years|all|whole)/.test(address) ? new Promise(() => {}) : window.unheld(address, options);
"""


def test_what_waits_says_so_and_can_be_read(page: WebDriver) -> None:
    page.execute_script(WAITING)
    page.find_element(By.ID, SLIDER).send_keys(Keys.ARROW_RIGHT)
    until(page, "document.querySelectorAll('#fan.busy, #pane.busy').length === 2")
    looks = "[...document.querySelectorAll('.busy')].map((one) => [getComputedStyle(one).opacity, one.dataset.working])"
    assert page.execute_script(f"return {looks}") == [["1", "working …"]] * 2
    page.execute_script("return Promise.all(document.getAnimations().map((one) => one.finished.catch(() => 0)))")
    assert violations(page) == []
    page.execute_script("window.fetch = window.unheld")
    page.find_element(By.ID, "reset").click()
    until(page, f"{data('stage')} === 'sizes' && !document.querySelector('.busy')")


def test_a_saved_file_runs_to_the_number_of_the_page(page: WebDriver, folder: Path) -> None:
    typed(page, "1.35")
    until(page, f"{data('stage')} === 'whole' && location.search.indexOf('1.35') > 0")
    page.find_element(By.ID, "save").click()
    page.find_element(By.NAME, "name").send_keys("mine")
    page.find_element(By.CSS_SELECTOR, "#dialog button.strong").click()
    until(page, "document.querySelector('#dialog .told p') !== null")
    said = page.execute_script("return document.querySelector('#dialog .told').textContent")
    assert "townward run" in said
    page.execute_script("document.getElementById('dialog').close()")
    of_file = run(scenario(folder / "mine.yaml"), 1)
    verdict = next(one for one in of_file.tables.verdicts if one.id == "T205")
    found = page.execute_async_script(ASK)
    shown = next(one for one in found["targets"] if one["id"] == "T205")
    assert shown["order"] == verdict.band[1]


ASK = """
const done = arguments[arguments.length - 1];
fetch("/api/answer?scenario=trend&stage=years&move=away.return_to_city:1.35",
  {headers: {"x-townward-token": localStorage.getItem("townward-token")}}).then((answer) => answer.json()).then(done);
"""


def test_lines_without_a_probability_have_no_empty_columns(page: WebDriver) -> None:
    heads = "[...document.querySelectorAll('#rows details thead th')].map((head) => head.textContent)"
    page.execute_script("document.querySelector('#rows details').open = true")
    found = page.execute_script(f"return {heads}")
    assert "Verdict" in found
    assert "Probability" not in found
    assert "First reached" not in found
    page.execute_script("document.querySelector('#rows details').open = false")


def test_a_fault_stands_beside_its_slider(page: WebDriver) -> None:
    typed(page, "150")
    until(page, "!document.querySelector(\"[data-key='away.return_to_city'] .fault\").hidden")
    page.find_element(By.ID, "reset").click()
    until(page, f"{data('stage')} === 'whole' || document.querySelector('.knob.moved') === null")


def test_the_other_language_and_every_pane(page: WebDriver) -> None:
    page.find_element(By.ID, "language").click()
    until(
        page,
        "document.documentElement.lang === 'zh' && document.getElementById('levers-title').textContent === '可调项'",
    )
    until(page, "!document.getElementById('page').hidden && document.querySelectorAll('#tabs button').length > 5")
    for pane in ("homes", "needs", "plan", "sources"):
        page.execute_script(f"document.getElementById('tab-{pane}').click()")
        until(page, f"{data('pane')} === '{pane}' && document.getElementById('pane').textContent.length > 100")


TAB_IS_SEEN = """(() => {
  const place = document.querySelector("#tabs [aria-selected=true]").getBoundingClientRect();
  return place.left >= 0 && place.right <= innerWidth;
})()"""


def test_nothing_sticks_out_on_a_phone(page: WebDriver) -> None:
    phone = {"width": 420, "height": 860, "deviceScaleFactor": 1, "mobile": True}
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", phone)
    until(page, "innerWidth === 420")
    for language in ("en", "zh"):
        if page.execute_script("return document.documentElement.lang") != language:
            page.find_element(By.ID, "language").click()
        until(page, f"document.documentElement.lang === '{language}' && !document.getElementById('page').hidden")
        until(page, "document.querySelectorAll('#measure option').length > 100")
        assert page.execute_script("return document.documentElement.scrollWidth") <= 420
        until(page, TAB_IS_SEEN)
        for pane in page.execute_script("return [...document.querySelectorAll('#tabs button')].map((one) => one.id)"):
            page.execute_script("document.getElementById(arguments[0]).click()", pane)
            until(page, f"{data('pane')} === '{pane.removeprefix('tab-')}' && !document.querySelector('.busy')")
            assert page.execute_script("return document.documentElement.scrollWidth") <= 420
            undrawn = "[...document.querySelectorAll('#pane .chart')].filter((one) => !one.querySelector('.main-svg'))"
            assert page.execute_script(f"return {undrawn}.length") == 0, pane
            if pane == "tab-people":
                names = "document.getElementById('moves').data[0].node.label"
                assert page.execute_script(f"return {names}.every((name) => name.includes('<br>'))")
    page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_the_page_asks_nobody_else_and_breaks_no_rule_of_its_own(page: WebDriver) -> None:
    sent = [json.loads(one["message"])["message"] for one in page.get_log("performance")]
    asked = [one["params"]["request"]["url"] for one in sent if one["method"] == "Network.requestWillBeSent"]
    assert asked
    origin = page.execute_script("return location.origin")
    assert [
        url for url in asked if not url.startswith((origin, "data:", "blob:", "chrome:", "chrome-untrusted:"))
    ] == []
    expected = ("422", "409")  # a fault that was asked for, and a question that a newer one overtook
    severe = [one["message"] for one in page.get_log("browser") if one["level"] == "SEVERE"]
    severe = [message for message in severe if not any(f"status of {status}" in message for status in expected)]
    assert severe == []


def test_a_page_of_an_earlier_session_says_so(address: str) -> None:
    with opened() as browser:
        browser.get(address.split("#", maxsplit=1)[0] + "#token=wrong")
        until(browser, "!document.getElementById('notice').hidden")
        assert "earlier session" in browser.find_element(By.ID, "notice").text


def test_many_policies_are_folded_on_a_phone_and_open_on_a_desk(address: str) -> None:
    with opened() as browser:
        browser.get(address)
        until(browser, f"{data('ready')} === 'true'")
        for width, is_open in ((420, False), (1280, True)):
            phone = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
            browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", phone)
            browser.get(address.split("?", maxsplit=1)[0] + "?s=pilot&lang=en")
            until(browser, f"{data('ready')} === 'true'")
            assert browser.execute_script("return document.querySelector('#knobs details').open") is is_open


def test_an_address_that_names_what_is_not_there_says_so_or_leaves_it_out(address: str) -> None:
    with opened() as browser:
        browser.get(address)
        until(browser, f"{data('ready')} === 'true'")
        site = address.split("?", maxsplit=1)[0]
        browser.get(f"{site}?s=gone&r=nowhere&k=nothing&y=1999&p=none&lang=en")
        until(browser, f"{data('ready')} === 'true'")
        assert "no scenario gone" in browser.find_element(By.ID, "notice").text
        assert browser.find_element(By.ID, "year-said").text == "2025"
        assert "1999" not in browser.current_url
        browser.get(f"{site}?lang=fr&m=policies.nothing.intensity:1")
        until(browser, "!document.getElementById('general').hidden")
        assert browser.find_element(By.ID, "general").text.startswith("policies.nothing.intensity: ")
        assert browser.execute_script("return document.documentElement.lang") in LANGUAGES
        assert browser.execute_script("return !document.documentElement.hasAttribute('data-busy')")
