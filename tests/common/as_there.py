"""What `msvcrt` does under Windows, by the locks of this system on bytes of a file."""

import fcntl

LK_NBLCK = 2


def locking(file: int, mode: int, count: int) -> None:
    """Lock so many bytes from where the file stands. Raises PermissionError where another process has them."""
    assert mode == LK_NBLCK
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, count, 0, 1)
    except BlockingIOError as problem:
        raise PermissionError(13, "Permission denied") from problem
