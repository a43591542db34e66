"""A folder in which an answer is made before it gets its name; what killed processes left is cleared by the next."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sim.common.machine import IS_WINDOWS

try:
    import fcntl
except ImportError:  # a system without such locks: what was left stays
    fcntl = None  # type: ignore[assignment]


@contextlib.contextmanager
def staging(parent: Path, prefix: str) -> Iterator[Path]:
    """A new folder in `parent` for as long as it is wanted; folders of the prefix that nobody holds are removed.

    Who holds a folder is told by a lock on it, which ends with its process, and not by a process number: in a
    container each process has the same one. Raises OSError where the folder cannot be made.
    """
    clear(parent, prefix)
    made, lock = _held(parent, prefix)
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)
        _close(lock)


def clear(parent: Path, prefix: str) -> None:
    """Remove the folders of a prefix that no living process holds."""
    for left in parent.glob(f"{prefix}*"):
        if left.is_symlink() or not left.is_dir():
            continue
        lock = _locked(left, wait=False)
        if lock is not None:
            shutil.rmtree(left, ignore_errors=True)
            _close(lock)


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Wait until no other process names files in a folder, and keep others waiting, where the disk knows locks."""
    lock = _locked(folder, wait=True)
    try:
        yield
    finally:
        _close(lock)


def synced(path: Path) -> None:
    """Wait until a file or folder is on the disk, so that a power cut leaves it whole or leaves what was before."""
    try:
        opened = os.open(path, os.O_RDWR if IS_WINDOWS else os.O_RDONLY)  # there only what may be written is synced
    except OSError:  # a system that opens no folders
        return
    try:
        os.fsync(opened)
    except OSError:
        if path.is_file():
            raise
    finally:
        os.close(opened)


def _held(parent: Path, prefix: str) -> tuple[Path, int | None]:
    """A new folder and the lock on it; made again where another process cleared it before it was locked."""
    while True:
        made = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
        lock = _locked(made, wait=True)
        if made.is_dir():
            return made, lock
        _close(lock)


def _locked(folder: Path, *, wait: bool) -> int | None:
    """An open lock on a folder; None where another process has it, or where the disk knows no locks."""
    if fcntl is None:
        return None
    try:
        opened = os.open(folder, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        os.close(opened)
        return None
    return opened


def _close(lock: int | None) -> None:
    if lock is not None:
        os.close(lock)
