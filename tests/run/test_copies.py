"""Kept inputs are taken out by whoever trusts no archive."""

from pathlib import Path

import pytest

from sim.common.errors import InvalidInput
from sim.run.copies import unpacked, write_inputs
from tests.scenarios import resolved


def test_an_archive_with_a_wrong_byte_is_refused_or_read(tmp_path: Path) -> None:
    archive, refused = tmp_path / "inputs.zip", 0
    write_inputs(resolved(), archive)
    whole = archive.read_bytes()
    for at in range(0, len(whole), len(whole) // 150):
        archive.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        into = tmp_path / str(at)
        into.mkdir()
        try:
            unpacked(archive, into)
        except InvalidInput:
            refused += 1
    assert refused > 100


def test_an_archive_that_is_cut_is_refused(tmp_path: Path) -> None:
    archive = tmp_path / "inputs.zip"
    write_inputs(resolved(), archive)
    archive.write_bytes(archive.read_bytes()[:-100])
    with pytest.raises(InvalidInput, match="damaged"):
        unpacked(archive, tmp_path)
