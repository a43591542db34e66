"""Files made to break the reader: each is refused as invalid input, quickly, never with another exception."""

import os
import time
from pathlib import Path

import pytest

import sim.scenario
from sim.common.errors import InvalidInput
from tests.scenario.scenario_folder import write

LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)
HOSTILE: dict[str, tuple[bytes, str]] = {
    "alias bomb": (LAUGHS.encode(), "once expanded"),
    "many aliases": (b"a: &a 1\nb: [" + b"*a, " * 5000 + b"*a]\n", "aliases"),
    "alias to itself": (b"name: &a [*a]\n", "contains itself"),
    "alias to nothing": (b"name: *a\n", "stands for nothing"),
    "alias as deep as allowed, thrice": (
        ("a: &a " + "[" * 20 + "]" * 20 + "\nb: &b " + "[" * 10 + "*a" + "]" * 10 + "\n").encode(),
        "nested deeper",
    ),
    "deep flow": (b"[" * 100_000, "nested deeper"),
    "deep flow maps": (b"{a: " * 100_000, "nested deeper"),
    "deep block": ("".join("  " * n + "a:\n" for n in range(400)).encode(), "nested deeper"),
    "deep sequence in one line": (b"- " * 50_000 + b"x", "nested deeper"),
    "question marks": (b"? " * 50_000, "nested deeper"),
    "object tag": (b"name: !!python/object/apply:os.system [echo]\n", "tags"),
    "plain tag": (b"name: !!str 1\n", "tags"),
    "tag directive": (b"%TAG ! tag:x,2020:\n---\nname: !y 1\n", "tags"),
    "old version": (b"%YAML 1.1\n---\nname: x\n", "1.2"),
    "two documents": (b"name: a\n---\nname: b\n", "one document"),
    "empty": (b"", "empty"),
    "only a comment": (b"# nothing\n", "empty"),
    "a list": (b"- name\n", "keys with values"),
    "a word": (b"pilot\n", "keys with values"),
    "huge integer": (b"name: x\nseed: " + b"9" * 100_000 + b"\n", "too large"),
    "beyond 64 bits": (b"name: x\nseed: 9223372036854775808\n", "too large"),
    "huge hexadecimal": (b"name: x\nseed: 0x" + b"f" * 100_000 + b"\n", "too large"),
    "huge exponent": (b"name: x\nset: {fertility.tfr: 1e999}\n", "too large"),
    "nan": (b"name: x\nset: {fertility.tfr: .nan}\n", "finite"),
    "infinite": (b"name: x\nset: {fertility.tfr: {value: -.inf}}\n", "finite"),
    "nan in a path": (b"name: x\nset: {fertility.tfr: {2020: .nan}}\n", "finite"),
    "gbk": ("name: x\ntitle: {zh: 试点方案, en: Pilot}\n".encode("gbk"), "GBK"),
    "utf-16": ("name: x\n".encode("utf-16"), "UTF-16"),
    "utf-16 without mark": ("name: x\n".encode("utf-16-le"), "UTF-16"),
    "utf-32": ("name: x\n".encode("utf-32"), "UTF-32"),
    "binary": (bytes(range(128, 256)) * 40, "UTF-8"),
    "control characters": (b"name: \x07\n", "YAML"),
    "too long": (b"#" * (1 << 20) + b"\nname: x\n", "larger than"),
    "many values": (b"name: x\nset: [" + b"1," * 60_000 + b"]\n", "items"),
    "broken flow": (b"name: {a: [1, }\n", "YAML"),
    "tab": (b"name: x\nset:\n\tfertility.tfr: 1\n", "spaces"),
    "percent sign": (b"name: x\nset: {fertility.left_behind: {value: 60, unit: %}}\n", "in quotes"),
    "list as key": (b"name: x\n? [1, 2]\n: 3\n", "a key is"),
    "null as key": (b"name: x\n~: 3\n", "a key is"),
    "merge key": (b"a: &a {name: x}\n<<: *a\n", "unknown key"),
    "repeated key": (b"name: x\nname: y\n", "repeated"),
    "zero byte in a parent": (b'name: x\nextends: "a\\0b.yaml"\n', "no such parent"),
    "very long parent": (b"name: x\nextends: " + b"a" * 1900 + b".yaml\n", "no such parent"),
    "folder as parent": (b"name: x\nextends: .\n", "no such parent"),
    "region outside": (b"name: x\nregion: ../../etc\n", "is no name"),
    "policy outside": (b"name: x\nregion: testshire\npolicies: [{use: ../jobs}]\n", "is no name"),
    "years reversed": (b"name: x\nset: {fertility.tfr: {times: 2, from: 2030, to: 2020}}\n", "reversed"),
    "true as a number": (b"name: x\ndraws: true\n", "integer"),
    "text as a number": (b'name: x\ndraws: "100"\n', "integer"),
    "fraction of a draw": (b"name: x\ndraws: 1.5\n", "integer"),
    "number as a code": (b"name: x\nregion: 990101\n", "quotes"),
    "year without end": (b"name: x\nregion: testshire\nhorizon: 99999\n", "2200"),
    "itself as parent": (b"name: x\nextends: main.yaml\n", "circle"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_refused_in_under_a_second(name: str, tmp_path: Path) -> None:
    content, expected = HOSTILE[name]
    file = write(tmp_path, {})
    file.write_bytes(content)
    started = time.process_time()
    with pytest.raises(InvalidInput) as raised:
        sim.scenario.scenario(file)
    assert time.process_time() - started < 1.0
    assert expected in raised.value.message("en")
    assert all(fault.problem.zh != fault.problem.en for fault in raised.value.faults)
    assert all(str(tmp_path) in fault.place.file for fault in raised.value.faults)
    assert len(raised.value.message("en")) < 4000


@pytest.mark.parametrize(("target", "said"), [("missing.yaml", "no such file"), (".", "this is a folder")])
def test_what_is_no_file_is_refused(target: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=said):
        sim.scenario.scenario(tmp_path / target)


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    with pytest.raises(InvalidInput, match="this is a pipe or device"):
        sim.scenario.scenario(pipe)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_utf8_is_read_with_and_without_mark(mark: bytes, tmp_path: Path) -> None:
    file = write(tmp_path, {})
    file.write_bytes(mark + "name: 试点\nregion: testshire\n".encode())
    assert sim.scenario.scenario(file).name == "试点"


def test_a_hostile_policy_is_refused_like_a_hostile_scenario(tmp_path: Path) -> None:
    file = write(
        tmp_path, {"main.yaml": "name: x\nregion: testshire\npolicies: [{use: jobs}]\n", "policies/jobs.yaml": LAUGHS}
    )
    with pytest.raises(InvalidInput, match="once expanded"):
        sim.scenario.scenario(file)


def test_a_long_chain_of_parents_ends(tmp_path: Path) -> None:
    links = {f"p{n}.yaml": f"name: p{n}\nextends: p{n + 1}.yaml\n" for n in range(200)}
    file = write(tmp_path, {"main.yaml": "name: x\nextends: p0.yaml\n", **links})
    with pytest.raises(InvalidInput, match="levels of parents"):
        sim.scenario.scenario(file)
