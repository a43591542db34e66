"""The command of the atlas: one message for what is wrong, and nothing is written over."""

import json
from pathlib import Path

import pytest

from sim.cli import main
from sim.common.errors import Exit
from tests.output.atlas.batches import batch_folder


def left(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["atlas", *map(str, arguments), "--lang", "en"])
    return int(ended.value.code or 0)


def test_what_is_no_batch_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "sweep.json").write_text("{}", encoding="utf-8")
    for folder in (tmp_path / "none", tmp_path):
        assert left(folder) == Exit.INVALID_INPUT
        said = capsys.readouterr().err.strip().splitlines()
        assert said
        assert all("not the folder of a sweep" in line for line in said)


def test_options_that_do_not_go_together_are_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    for options in (["--key", "code"], ["--port", "1"], ["--serve", "-o", "x.html"], ["--draws", "5"]):
        assert left(batch_folder(), *options) == Exit.USAGE
    assert "--boundaries" in capsys.readouterr().err


def test_the_page_never_replaces_what_it_was_made_from(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "own.geojson"
    ring = [[115, 33], [116, 33], [116, 34], [115, 33]]
    shape = {"properties": {"code": "341282"}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    own.write_text(json.dumps({"type": "FeatureCollection", "features": [shape]}), encoding="utf-8")
    before = own.read_bytes()
    assert left(batch_folder(), "--boundaries", own, "-o", own) == Exit.INVALID_INPUT
    assert left(batch_folder(), "-o", batch_folder() / "sweep.json") == Exit.INVALID_INPUT
    assert own.read_bytes() == before
    assert left(batch_folder(), "--boundaries", own, "-o", tmp_path / "page.html") == Exit.DONE
    assert "outlines of 1 of 5 counties" in capsys.readouterr().err
    assert "<svg" in (tmp_path / "page.html").read_text(encoding="utf-8")
