"""A lock between processes: a file that one of them holds, until it lets go or ends.

The file is locked by the system (`flock`; under Windows a byte of it), so that nothing is left locked by a process that
was killed, and it is removed by whoever lets go.
"""

import contextlib
import os
import time
from pathlib import Path
from typing import Any, Final, NamedTuple

fcntl: Any = None
msvcrt: Any = None
with contextlib.suppress(ImportError):
    import fcntl
with contextlib.suppress(ImportError):  # under Windows
    import msvcrt

NAME: Final = ".lock"
"""What a folder's lock is called in it."""
_PAUSE: Final = 0.05
"""Seconds between two tries, where the system cannot wait for a lock itself."""


class Lock(NamedTuple):
    """A lock that is held: the open file, and where it stands."""

    opened: int
    path: Path


def lock(folder: Path, *, wait: bool) -> Lock | None:
    """The lock of a folder; None where another process has it, or where the disk knows no locks."""
    path = folder / NAME
    while True:
        opened = _opened(path)
        if opened is None:
            return None
        if not _taken(opened, wait=wait):
            if wait:  # who would have waited, and has it not, is on a disk that knows no locks: it keeps nobody away
                _removed(path)
            os.close(opened)
            return None
        if _is_there(opened, path):
            return Lock(opened, path)
        os.close(opened)  # whoever held it has removed the file: another may hold a new one


def _opened(path: Path) -> int | None:
    """The file, made where there is none; to be read alone where it is another user's. None where it cannot be."""
    for flags in (os.O_RDWR | os.O_CREAT, os.O_RDONLY):
        try:
            return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o666)
        except PermissionError:
            continue
        except OSError:
            break
    return None


def release(held: Lock | None) -> None:
    """Let go of a lock; another process that waits for it goes on."""
    if held is None:
        return
    is_mine = _is_there(held.opened, held.path)  # or its folder was removed, and made anew by another process
    is_gone = not is_mine or _removed(held.path)  # before it is let go of: nobody takes a file that is about to go
    os.close(held.opened)
    if not is_gone:
        _removed(held.path)  # under Windows no file is removed that is open; one that another has opened stays


def _removed(path: Path) -> bool:
    try:
        path.unlink()
    except OSError:
        return False
    return True


def _is_there(opened: int, path: Path) -> bool:
    """Whether an open file is still the one of this name."""
    try:
        return os.path.samestat(os.fstat(opened), path.stat())
    except OSError:
        return False


def _taken(opened: int, *, wait: bool) -> bool:
    """Whether the open file is locked now; False where another process has it, or the disk knows no locks."""
    if fcntl is not None:
        return _by_flock(opened, wait=wait)
    return msvcrt is not None and _by_byte(opened, wait=wait)


def _by_flock(opened: int, *, wait: bool) -> bool:
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        return False
    return True


def _by_byte(opened: int, *, wait: bool) -> bool:
    """The first byte, which need not be there; `LK_LOCK` would give up after ten seconds."""
    while True:
        try:
            os.lseek(opened, 0, os.SEEK_SET)
            msvcrt.locking(opened, msvcrt.LK_NBLCK, 1)
        except PermissionError:  # another process has it
            if not wait:
                return False
            time.sleep(_PAUSE)
        except OSError:
            return False
        else:
            return True
