"""Rules of accessibility, by axe-core, on a page in the browser."""

from functools import cache
from importlib.resources import files

from selenium.webdriver.remote.webdriver import WebDriver

_RUN = """
const done = arguments[arguments.length - 1];
const places = one => one.nodes.slice(0, 3).map(node => node.target.join(' ') + ' ' + node.html).join(' | ');
axe.run(document, {resultTypes: ['violations']}).then(found =>
  done(found.violations.map(one => one.id + ' (' + one.impact + '): ' + places(one))));
"""


@cache
def _script() -> str:
    return files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def violations(page: WebDriver) -> list[str]:
    """What axe-core finds wrong with a page, each with the first places where."""
    page.execute_script(_script())
    found: list[str] = page.execute_async_script(_RUN)
    return found
