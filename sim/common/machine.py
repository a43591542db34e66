"""What this machine has."""

import os
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final

IS_WINDOWS: Final = os.name == "nt"
_OF_CONTAINER: Final = Path("/sys/fs/cgroup/memory.max")
_UNKNOWN: Final = 16 << 30
"""Where a system does not say: a plain PC."""


def allowed() -> int | None:
    """Bytes of address space that this process may take, where a limit is set (`ulimit -v`)."""
    try:
        import resource  # noqa: PLC0415 - not under Windows

        most = resource.getrlimit(resource.RLIMIT_AS)[0]
    except (ImportError, AttributeError, OSError):
        return None
    return None if most == resource.RLIM_INFINITY else most


@cache
def memory() -> int:
    """Bytes of memory that this machine, or the container around the process, has at all."""
    found = [_UNKNOWN]
    if IS_WINDOWS:
        with suppress(OSError):
            found = [_of_windows()]
    elif hasattr(os, "sysconf"):
        with suppress(ValueError, OSError):
            found = [os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")]
    with suppress(OSError, ValueError):  # none, or the word max
        found.append(int(_OF_CONTAINER.read_text(encoding="ascii")))
    return min(found)


def _of_windows() -> int:
    """Bytes of memory as Windows says them. Raises OSError where it does not."""
    import ctypes  # noqa: PLC0415 - seldom needed

    class Status(ctypes.Structure):
        """MEMORYSTATUSEX of the Windows API, of whose numbers only the second matters here."""

        _fields_ = (
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            ("total", ctypes.c_ulonglong),
            ("others", ctypes.c_ulonglong * 6),
        )

    status = Status(length=ctypes.sizeof(Status))
    if not getattr(ctypes, "windll").kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):  # noqa: B009 - not elsewhere
        raise OSError("GlobalMemoryStatusEx")
    return int(status.total)
