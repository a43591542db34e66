"""Why the system refused, in both languages."""

import errno
import os
from pathlib import Path

import pytest

from sim.common.system import reason


def test_a_folder_in_place_of_a_file_is_said_in_the_users_language(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="directory") as refused:
        tmp_path.open("rb")
    assert reason(refused.value).in_("zh") == "这是文件夹，不是文件"
    assert reason(refused.value).en == "is a folder, no file"


@pytest.mark.parametrize(
    ("number", "chinese"), [(errno.ENOSPC, "磁盘已满"), (errno.EACCES, "没有权限，或文件正被其他程序打开")]
)
def test_what_stops_a_writer_has_words(number: int, chinese: str) -> None:
    assert reason(OSError(number, os.strerror(number))).in_("zh") == chinese


def test_what_has_no_words_stands_as_the_system_said_it() -> None:
    assert reason(OSError(errno.EXDEV, "Invalid cross-device link")).in_("zh") == "Invalid cross-device link"
    assert reason(OSError("of no number")).en == "of no number"
