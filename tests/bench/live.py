"""The live page: milliseconds from a key press to the painted answer, in a real browser with its server beside it."""

import shutil
import statistics
import tempfile
from pathlib import Path

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver

from tests.bench.table import Row
from tests.output.live.browser import CHROMIUM, DRIVER, data, opened, served, until
from tests.scenarios import JIESHOU

PRESSES = 9
_LEVERS = ("policies.industrial-park-jobs.intensity", "away.return_to_city")
_STAGES = (
    ("preview", "key press to the painted preview with probabilities", 100),
    ("years", "rest to all 1,000 draws of every year to 2035, painted", 200),
    ("total", "key press to all of that", None),
    ("server", "of it at the server, from question to answer", None),
)
_SERVER = """
const asked = performance.getEntriesByType("resource").filter((one) => one.name.includes("stage=years"));
return asked[asked.length - 1].serverTiming[0].duration;
"""


def rows() -> list[Row]:
    """Key press to painted preview, and to the whole answer; nothing without a browser."""
    if not (Path(CHROMIUM).is_file() and Path(DRIVER).is_file()):
        return [Row("live page in a browser", "no chromium with its driver here")]
    found = measured()
    rows = []
    for stage, words, aim in _STAGES:
        took = [one for lever in found.values() for one in lever[stage]]
        median = statistics.median(took)
        what = f"live page, Jieshou: {words} (median of {len(took)})"
        figure = f"{median:.0f} ms ({min(took):.0f}–{max(took):.0f})"
        rows.append(Row(what, figure) if aim is None else Row(what, figure, f"≤ {aim} ms", median <= aim))
    return rows


def measured() -> dict[str, dict[str, list[float]]]:
    """Milliseconds by lever and stage, as the page itself takes them: from the event to the frame after."""
    with tempfile.TemporaryDirectory() as made:
        shutil.copytree(JIESHOU, Path(made) / "jieshou")
        with served(Path(made), "jieshou/pilot.yaml") as address, opened() as browser:
            browser.get(address)
            until(browser, f"{data('ready')} === 'true' && {data('pane')}")
            return {lever: _pressed(browser, lever) for lever in _LEVERS}


def _pressed(browser: WebDriver, lever: str) -> dict[str, list[float]]:
    find = browser.find_element(By.ID, "find")
    find.clear()
    find.send_keys(lever)
    slider = browser.find_element(By.ID, f"knob-{lever}")
    found: dict[str, list[float]] = {stage: [] for stage, _, _ in _STAGES}
    for press in range(PRESSES + 1):
        slider.send_keys(Keys.ARROW_RIGHT)
        until(browser, f"{data('stage')} === 'preview'", 20)
        until(browser, f"{data('stage')} === 'whole'")
        if press:  # the first draws what is drawn once
            for stage, took in found.items():
                script = _SERVER if stage == "server" else f"return {data(stage + 'Ms')}"
                took.append(float(str(browser.execute_script(script))))
        browser.execute_script("performance.clearResourceTimings()")  # it keeps the first 250 alone
    return found
