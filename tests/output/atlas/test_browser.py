"""The atlas in a real browser: searched in both scripts, sorted, coloured by year; it asks nobody for anything."""

from collections.abc import Iterator

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver

from sim.cli import main
from tests.output.atlas.batches import EVIL, FORMULA, batch, batch_folder
from tests.output.live.axe import violations
from tests.output.live.browser import data, here, opened, until

pytestmark = [pytest.mark.browser, here]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebDriver]:
    file = tmp_path_factory.mktemp("atlas") / "atlas.html"
    with pytest.raises(SystemExit) as ended:
        main(["atlas", str(batch_folder()), "-o", str(file), "--lang", "en"])
    assert ended.value.code == 0
    with opened(1300, 1000) as browser:
        browser.get(f"file://{file}")
        until(browser, f"{data('ready')} === 'true'")
        yield browser


def rows(page: WebDriver) -> list[str]:
    return [one.text for one in page.find_elements(By.CSS_SELECTOR, "#rows tbody th button")]


def search(page: WebDriver, words: str) -> list[str]:
    box = page.find_element(By.ID, "find")
    box.send_keys(Keys.CONTROL, "a")
    box.send_keys(words or Keys.DELETE)
    return rows(page)


def test_axe_finds_nothing_wrong_and_the_page_asks_nobody(page: WebDriver) -> None:
    assert violations(page) == []
    assert page.execute_script("return performance.getEntriesByType('resource').length") == 0
    assert [line for line in page.get_log("browser") if line["level"] == "SEVERE"] == []


def test_a_county_is_found_by_name_pinyin_and_code(page: WebDriver) -> None:
    assert search(page, "界首") == ["Jieshou"]
    assert search(page, "JIESHOU") == ["Jieshou"]
    assert search(page, "440106") == [FORMULA]
    assert search(page, "<img") == [EVIL]
    assert page.execute_script("return document.querySelectorAll('main img').length") == 0
    assert search(page, "nowhere") == []
    assert len(search(page, "")) == 5


def test_the_list_sorts_by_any_measure_and_by_name(page: WebDriver) -> None:
    by_residents = batch().counties.sort_values("residents", ascending=False)["name"].tolist()
    page.find_element(By.CSS_SELECTOR, "thead [data-column=residents] button").click()
    names = {"Dongcheng": "东城区", "Jieshou": "界首市"}
    assert [names.get(name, name) for name in rows(page)] == by_residents
    page.find_element(By.CSS_SELECTOR, "thead [data-column=residents] button").click()
    assert [names.get(name, name) for name in rows(page)] == by_residents[::-1]
    cell = page.find_element(By.CSS_SELECTOR, "thead [data-column=residents]")
    assert cell.get_attribute("aria-sort") == "ascending"


def test_the_year_and_the_measure_change_colours_and_address(page: WebDriver) -> None:
    page.execute_script(
        "const by = document.getElementById('by'); by.value = 'change'; by.dispatchEvent(new Event('change'))"
    )
    page.find_element(By.ID, "year").send_keys(Keys.HOME)
    until(page, "document.getElementById('year-said').value === '2020'")
    fills = "return [...new Set([...document.querySelectorAll('#map .one')].map(one => one.getAttribute('fill')))]"
    until(page, "document.getElementById('by-name').textContent.endsWith('2020')")
    assert len(page.execute_script(fills)) == 1
    page.find_element(By.ID, "year").send_keys(Keys.END)
    until(page, "document.getElementById('by-name').textContent === 'Change of residents, 2026'")
    assert "by=change&y=2026" in page.current_url


def test_a_county_shows_its_numbers_and_how_to_run_it(page: WebDriver) -> None:
    search(page, "jieshou")
    page.find_element(By.CSS_SELECTOR, "#rows tbody button").send_keys(Keys.ENTER)
    until(page, f"{data('fans')} === '1'")
    said = page.find_element(By.ID, "county").text
    assert "界首市" in said
    assert "townward region add --census" in said
    assert "--code 341282" in said
    assert violations(page) == []
    search(page, "")


def test_on_a_phone_the_map_is_large_enough_to_read_and_scrolls_to_the_county(page: WebDriver) -> None:
    phone = {"width": 420, "height": 860, "deviceScaleFactor": 1, "mobile": True}
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", phone)
    try:
        search(page, "jieshou")
        page.find_element(By.CSS_SELECTOR, "#rows tbody button").send_keys(Keys.ENTER)
        place = "document.querySelector('#map .one.here').getBoundingClientRect()"
        until(page, f"{place}.left > 0 && {place}.right < innerWidth")
        assert page.execute_script("return document.documentElement.scrollWidth") <= 420
        assert page.execute_script("return document.querySelector('#map text').getBoundingClientRect().height") > 11
        assert page.execute_script("return document.querySelector('.drawing').tabIndex") == 0
        assert violations(page) == []
        search(page, "")
    finally:
        page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    until(page, "innerWidth > 1000")
    until(page, "!document.querySelector('.drawing').hasAttribute('tabindex')")


def test_the_table_is_exported_without_formulas(page: WebDriver) -> None:
    page.find_element(By.ID, "csv").click()
    text = str(page.execute_script(f"return {data('csv')}"))
    lines = text.removeprefix("\ufeff").splitlines()
    assert len(lines) == 6
    assert f'"\'{FORMULA}"' in text
    assert lines[0].startswith('"code","name","pinyin"')
