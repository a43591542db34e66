"""The live page in Debian's chromium, driven by selenium, with a server of its own process."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.remote.webdriver import WebDriver

from tests.paths import ROOT

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
DRIVER = os.environ.get("CHROMEDRIVER") or shutil.which("chromedriver") or "/usr/bin/chromedriver"
PATIENCE = 60.0
_OPTIONS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)

here = pytest.mark.skipif(
    not (Path(CHROMIUM).is_file() and Path(DRIVER).is_file()),
    reason=f"no chromium at {CHROMIUM} or no chromedriver at {DRIVER}; set CHROMIUM and CHROMEDRIVER",
)


@contextmanager
def served(folder: Path, *arguments: str) -> Iterator[str]:
    """The address that `townward serve` prints; the server ends with the block. folder: where it is started."""
    with started(folder, *arguments) as (address, _):
        yield address


@contextmanager
def started(folder: Path, *arguments: str) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """The same with the server's process."""
    program = [sys.executable, "-c", "from sim.cli import main; main()"]
    command = [*program, "serve", *arguments, "--no-browser", "--port", "0", "--lang", "en"]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?lang=en#token=[\w-]+", address), process.communicate()
            yield address, process
        finally:
            process.terminate()


@contextmanager
def opened(width: int = 1280, height: int = 900) -> Iterator[WebDriver]:
    """A browser that reaches nothing but this machine."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = webdriver.ChromeOptions()
        options.binary_location = CHROMIUM
        for option in (*_OPTIONS, f"--window-size={width},{height}", f"--user-data-dir={profile}"):
            options.add_argument(option)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        browser = webdriver.Chrome(options=options, service=Service(DRIVER))
        try:
            yield browser
        finally:
            browser.quit()


def until(browser: WebDriver, condition: str, patience: float = PATIENCE) -> object:
    """What a condition in JavaScript gives once it is true of the page."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            found = browser.execute_script(f"return {condition}")
        except WebDriverException:
            found = None
        if found:
            return found
        time.sleep(0.02)
    data = browser.execute_script("return {...document.documentElement.dataset}")
    raise AssertionError(f"{condition} is not true: {data}; {browser.get_log('browser')}")


def data(name: str) -> str:
    """What the page says of itself under that name, in JavaScript."""
    return f"document.documentElement.dataset.{name}"
