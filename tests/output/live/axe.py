"""Rules of accessibility, by axe-core, on a page in the browser."""

from functools import cache
from importlib.resources import files

from selenium.webdriver.remote.webdriver import WebDriver

_RUN = """
const done = arguments[arguments.length - 1];
const places = one => one.nodes.slice(0, 3).map(node => node.target.join(' ') + ' ' + node.html).join(' | ');
axe.run(arguments[0], {resultTypes: ['violations']}).then(found =>
  done(found.violations.map(one => one.id + ' (' + one.impact + '): ' + places(one))));
"""


_SHORTEN = """
document.querySelectorAll('.js-plotly-plot').forEach(chart => chart.replaceChildren());
document.querySelectorAll('tbody').forEach(body => [...body.rows].slice(4).forEach(row => row.remove()));
document.querySelectorAll('select').forEach(one => [...one.options].slice(3).forEach(option => option.remove()));
document.querySelectorAll('details').forEach(folded => { folded.open = true; });
"""
"""Of tables and lists the first rows alone: axe-core takes minutes for thousands of cells that are alike."""


@cache
def _script() -> str:
    return files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def shorten(page: WebDriver) -> None:
    """Leave a long page its first rows of every table, with all that is folded open; its charts are emptied."""
    page.execute_script(_SHORTEN)


def violations(page: WebDriver, within: str = "html") -> list[str]:
    """What axe-core finds wrong with a page, or what lies within a selector, each with the first places where."""
    page.execute_script(_script())
    found: list[str] = page.execute_async_script(_RUN, within)
    return found
