"""A folder in which an answer is made before it gets its name; what killed processes left is cleared by the next."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sim.common.locks import NAME, Lock, lock, release
from sim.common.machine import IS_WINDOWS


@contextlib.contextmanager
def staging(parent: Path, prefix: str) -> Iterator[Path]:
    """A new folder in `parent` for as long as it is wanted; folders of the prefix that nobody holds are removed.

    Who holds a folder is told by a lock on it, which ends with its process, and not by a process number: in a
    container each process has the same one. Raises OSError where the folder cannot be made.
    """
    clear(parent, prefix)
    made, held = _held(parent, prefix)
    try:
        yield made
    finally:
        _remove(made, held)


def clear(parent: Path, prefix: str) -> None:
    """Remove the folders of a prefix that no living process holds, and a lock that a killed one left."""
    if (parent / NAME).exists():
        release(lock(parent, wait=False))
    for left in parent.glob(f"{prefix}*"):
        if left.is_symlink() or not left.is_dir():
            continue
        held = lock(left, wait=False)
        if held is not None:
            _remove(left, held)


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Wait until no other process names files in a folder, and keep others waiting, where the disk knows locks."""
    held = lock(folder, wait=True)
    try:
        yield
    finally:
        release(held)


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


def _remove(folder: Path, held: Lock | None) -> None:
    """Remove a folder while it is held, so that nobody begins to use it meanwhile."""
    shutil.rmtree(folder, ignore_errors=True)
    release(held)
    with contextlib.suppress(OSError):  # it is gone; or another process has begun to use it, or its lock was open
        folder.rmdir()


def _held(parent: Path, prefix: str) -> tuple[Path, Lock | None]:
    """A new folder and the lock on it; made again where another process cleared it before it was locked."""
    while True:
        made = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
        held = lock(made, wait=True)
        if made.is_dir():
            return made, held
        release(held)
