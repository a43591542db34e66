"""A scenario whose words are markup: the page shows them as words."""

import shutil
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By

from tests.output.live.browser import data, here, opened, served, until
from tests.scenarios import JIESHOU

pytestmark = [pytest.mark.browser, here]

EVIL = "<img src=x onerror=document.documentElement.dataset.owned=1><script>document.title='owned'</script>"
FILE = f"""\
name: evil
title: {{zh: "{EVIL}", en: "{EVIL}"}}
extends: trend.yaml
set:
  away.return_to_city: {{times: 1.1, source: "assumption: {EVIL}"}}
"""


def test_words_of_a_file_are_never_markup(tmp_path: Path) -> None:
    shutil.copytree(JIESHOU, tmp_path / "jieshou")
    (tmp_path / "jieshou" / "evil.yaml").write_text(FILE, encoding="utf-8")
    with served(tmp_path, "jieshou/evil.yaml", "--draws", "20") as address, opened() as page:
        page.get(address.replace("/?", "/?p=sources&"))
        until(page, f"{data('ready')} === 'true' && {data('pane')} === 'sources'")
        assert "<img" in page.find_element(By.ID, "answer-title").text
        page.execute_script("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        until(page, "document.getElementById('pane').textContent.includes('<img')")
        assert "<img" in page.find_element(By.ID, "scenario").text
        page.execute_script("return new Promise((done) => setTimeout(done, 300))")
        assert page.find_elements(By.CSS_SELECTOR, "img, #main script, #knobs script") == []
        assert page.execute_script(f"return {data('owned')} === undefined && document.title !== 'owned'")
