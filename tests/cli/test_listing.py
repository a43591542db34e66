"""Lists of what can be used, names where ids are, files that scenarios stand on, and wrong use in the user's words."""

import json
from pathlib import Path

import pytest

from sim.cli import main as entry
from sim.common.errors import Exit
from sim.common.paths import library
from sim.scenario import scenario
from tests.scenarios import JIESHOU

LIBRARY = library() / "scenarios"
OWN = """\
name: own
region: 界首市
horizon: 2026
policies:
  - {use: 城区扩大学位, from: 2022}
"""


def code(*arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        entry(list(arguments))
    return int(left.value.code or 0)


def test_policies_measures_and_regions_are_listed_with_their_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert code("policies", "学位", "--lang", "zh") == Exit.DONE
    assert capsys.readouterr().out.startswith("schools-in-town  城区扩大学位")
    assert code("measures", "urbanization_rate", "--lang", "zh") == Exit.DONE
    assert "常住人口城镇化率  (比例)" in capsys.readouterr().out
    assert code("measures", "city", "--lang", "en") == Exit.DONE
    assert "(person)" in capsys.readouterr().out
    assert code("regions", "--format", "json") == Exit.DONE
    found = {one["id"]: one["name"]["zh"] for one in json.loads(capsys.readouterr().out)}
    assert found["jieshou"] == "界首市"


def test_own_regions_and_policies_are_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    region = tmp_path / "scenarios" / "regions" / "mine"
    region.mkdir(parents=True)
    (region / "region.yaml").write_text("id: mine\nname: {zh: 本县, en: Mine}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert code("regions", "本县", "--lang", "zh") == Exit.DONE
    assert capsys.readouterr().out.startswith("mine  本县")


def test_names_are_accepted_where_ids_are(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(OWN, encoding="utf-8")
    found = scenario(file, ["policies.城区扩大学位.intensity=2", "乡村→县城.times=1.1"])
    assert [(one.id, one.intensity) for one in found.policies] == [("schools-in-town", 2.0)]
    assert found.regions[0].id == "jieshou"
    assert any(one.path == "transfer.rural_to_city" and one.values == (1.1,) for one in found.settings["jieshou"])


@pytest.mark.parametrize(
    "file", ["policies/schools-in-town.yaml", "plans/jieshou.yaml", "regions/jieshou/region.yaml", "services.yaml"]
)
def test_files_that_scenarios_stand_on_are_checked_by_themselves(
    file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert code("validate", str(LIBRARY / file), "--lang", "en") == Exit.DONE
    assert ": valid. A " in capsys.readouterr().out
    if "regions" in file:
        return
    damaged = tmp_path / file
    damaged.parent.mkdir(exist_ok=True)
    text = (LIBRARY / file).read_text("utf-8")
    damaged.write_text(
        text.replace("effects:", "efects:").replace("targets:", "tagets:").replace("zh:", "zz:", 1), "utf-8"
    )
    assert code("validate", str(damaged), "--lang", "en") == Exit.INVALID_INPUT
    assert damaged.name in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["policy", "plan", "region", "services"])
def test_every_kind_of_file_has_a_schema(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert code("schema", kind) == Exit.DONE
    assert json.loads(capsys.readouterr().out)["properties"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("rnu",), "没有名为 rnu 的命令;是否想写 run?"),
        (("run",), "缺少参数 FILE"),
        (("run", "x", "--drws", "3"), "没有选项 --drws;是否想写 --draws?"),
        (("run", "x", "--draws", "0"), "--draws:0 须满足 x>=1"),
        (("run", "x", "y"), "多余的参数:y"),
        (("run", "x", "--draws"), "--draws 须给出值"),
    ],
)
def test_wrong_use_is_told_in_the_language_of_the_user(
    arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LANG"):
        monkeypatch.setenv(name, "zh_CN.UTF-8")
    monkeypatch.delenv("TOWNWARD_LANG", raising=False)
    assert code(*arguments) == Exit.USAGE
    told = capsys.readouterr().err.replace("：", ":").replace("；", ";")
    assert told.startswith(said)
    assert "-h" in told.splitlines()[-1] or told.strip() == said


def test_the_pilot_still_names_its_policies_by_id() -> None:
    assert {one.id for one in scenario(JIESHOU / "pilot.yaml").policies} >= {"schools-in-town", "bus-integration"}
