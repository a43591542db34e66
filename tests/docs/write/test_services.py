"""The pages of services are current and whole."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from docs.write.services import FILES, main, reference, shipped
from sim.common.language import LANGUAGES, Language
from sim.common.paths import library as root
from sim.common.typography import has_chinese

TABLE = shipped()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_services_is_current(language: Language) -> None:
    page = (root() / "docs" / FILES[language]).read_text(encoding="utf-8")
    assert page == reference(TABLE, language), "run `python -m docs.write.services` and read what changed"
    assert all(f"`{service.id}`" in page for service in TABLE)
    if language == "en":
        assert not has_chinese(page.split("```")[0])


def test_the_command_writes_both_pages(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["--output", str(tmp_path / "deep")]).exit_code == 0
    assert sorted(path.name for path in (tmp_path / "deep").iterdir()) == sorted(FILES.values())
