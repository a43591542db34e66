"""Pictures of the report for the pages: `python -m tests.docs.pictures [BATCH]` (needs chromium).

BATCH: the folder of `townward sweep --census`, for the picture of the atlas.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from selenium.webdriver.remote.webdriver import WebDriver

from sim.cli import main as townward
from tests.docs.pages import ROOT
from tests.output.live.browser import data, opened, served, until

IMAGES = ROOT / "docs" / "images"
SCENARIOS = ROOT / "scenarios" / "jieshou"
FIVE = ("trend", "pilot", "open-hukou", "jobs-first", "low-migration")
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or ""
_POINTER = "--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4"
"""As if there were a mouse: without one every chart shows its buttons."""


def picture(page: Path, image: Path, height: int) -> None:
    """The first screen of a page, 1280 pixels wide."""
    with tempfile.TemporaryDirectory() as profile:
        options = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            "--disable-dev-shm-usage",
            _POINTER,
            "--virtual-time-budget=15000",
            f"--user-data-dir={profile}",
            f"--window-size=1280,{height}",
            f"--screenshot={image}",
        ]
        subprocess.run([CHROMIUM, *options, page.as_uri()], check=True, capture_output=True, timeout=120)


def sized(browser: WebDriver, height: int) -> None:
    """A browser whose pages are 1280 pixels wide and so high; a window's size counts its frame."""
    size = {"width": 1280, "height": height, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def live(language: str, image: Path) -> None:
    """The live page of the pilot with two levers moved, 1280 pixels wide."""
    moved = "m=away.return_to_city:1.4&m=policies.industrial-park-jobs.intensity:1.6"
    with served(SCENARIOS.parent, "jieshou/pilot.yaml") as address, opened() as browser:
        sized(browser, 1180)
        browser.get(address.replace("/?lang=en", f"/?s=pilot&lang={language}&{moved}"))
        until(browser, f"{data('ready')} === 'true' && {data('stage')} === 'whole'", 300)
        browser.save_screenshot(str(image))


def atlas(batch: Path, language: str, image: Path) -> None:
    """The atlas of a batch by the urbanization rate of 2035."""
    with tempfile.TemporaryDirectory() as folder, opened() as browser:
        sized(browser, 1090)
        page = Path(folder).resolve() / "atlas.html"
        run(["atlas", str(batch), "-o", str(page), "--lang", language])
        browser.get(f"{page.as_uri()}#by=rate&y=2035")
        until(browser, f"{data('ready')} === 'true'")
        browser.save_screenshot(str(image))


def run(arguments: list[str]) -> None:
    """A command that has to work."""
    try:
        townward(arguments)
    except SystemExit as left:
        if left.code:
            raise


def main() -> None:
    """Run the pilot in both languages and take its picture."""
    if not CHROMIUM:
        sys.exit("no chromium on this machine; set CHROMIUM to its path")
    IMAGES.mkdir(parents=True, exist_ok=True)
    for language in ("en", "zh"):
        live(language, IMAGES / f"serve.{language}.png")
        if len(sys.argv) > 1:
            atlas(Path(sys.argv[1]), language, IMAGES / f"atlas.{language}.png")
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder).resolve()
            run(["run", str(SCENARIOS / "pilot.yaml"), "--lang", language, "-o", str(out / "run")])
            files = [str(SCENARIOS / f"{name}.yaml") for name in FIVE]
            run(["compare", *files, "--lang", language, "-o", str(out / "compare")])
            picture(out / "run" / "report.html", IMAGES / f"report.{language}.png", 1200)
            picture(out / "compare" / "report.html", IMAGES / f"compare.{language}.png", 900)


if __name__ == "__main__":
    main()
