"""How every kernel is compiled."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from glob import escape
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

STRICT: Final[dict[str, Any]] = {"nogil": True, "error_model": "numpy", "_nrt": False}
"""As NumPy reckons: to the last digit, in the order in which it is written.

Without counts of references (`_nrt`), which a kernel otherwise keeps of every array that it cuts from another: a third
of its time. It can then make no array, nor return one but from a `part`: what it needs is given to it.
"""

OPTIONS: Final[dict[str, Any]] = {
    "nogil": True,
    "_nrt": False,
    # sums may be taken in any order, so that they use vector instructions; nothing else is relaxed
    "fastmath": {"reassoc", "contract", "nsz"},
}

INLINED: Final[dict[str, Any]] = {**OPTIONS, "forceinline": True}
"""Of what only kernels call: a function of its own would be compiled twice, and which copy is used, whose sums may be
taken in another order, would depend on whether this process compiled it or found it in the cache."""


def rule(function: F) -> F:
    """A decorator for what a kernel does to one lane: compiled into the kernels that call it."""
    made: F = _njit()(**STRICT)(function)
    return made


def part(function: F) -> F:
    """A decorator for a part of a kernel that is compiled as if it stood there: not by itself, before what calls it."""
    made: F = _njit()(**STRICT, inline="always")(function)
    return made


def kernel(options: dict[str, Any]) -> Callable[[Callable[..., Any]], Any]:
    """A decorator that compiles a function and keeps it for later processes, where there is a place to keep it."""

    def compiled(function: Callable[..., Any]) -> Any:
        made = _njit()(**options)(function)
        with suppress(RuntimeError):  # no folder can be written: compiled in memory, in every process
            made.enable_caching()
            _guard(made._cache)  # noqa: SLF001 - Numba raises what a damaged file makes it raise
        return made

    return compiled


@cache
def _njit() -> Any:
    """Numba's decorator; what needs no kernel is asked without it.

    Numba imports SciPy's linear algebra to know whether kernels may multiply matrices, for longer than a kernel takes
    to be loaded: none of ours does, so that it is told that there is none.
    """
    absent = "scipy.linalg" not in sys.modules
    if absent:
        sys.modules["scipy.linalg"] = None  # type: ignore[assignment]
    try:
        import numba.np.arraymath  # noqa: PLC0415
    finally:
        if absent:
            del sys.modules["scipy.linalg"]
    return numba.njit


def _guard(cached: Any) -> None:
    """Let a damaged or full cache be as none: what cannot be loaded is compiled anew, what cannot be kept is not.

    A kernel is compiled anew where any file of the model has changed, its tables too: Numba looks at the date of the
    kernel's own alone, and what a kernel takes from a rule or a table is compiled into it. Dates do not count, so that
    kernels can be carried to another copy of the same files.
    """
    load, save, files = cached.load_overload, cached.save_overload, cached._cache_file  # noqa: SLF001
    _by_sources(files, sources(Path(__file__).parent))

    def load_overload(signature: Any, context: Any) -> Any:
        try:
            return load(signature, context)
        except Exception:  # noqa: BLE001 - a cut or foreign file raises anything
            with suppress(Exception):
                cached.flush()
            return None

    def save_overload(signature: Any, data: Any) -> None:
        with suppress(Exception):
            save(signature, data)

    cached.load_overload, cached.save_overload = load_overload, save_overload


def _by_sources(files: Any, stamp: str) -> None:
    """Let what is compiled of these sources have files of its own, whole before the index names them.

    Numba numbers its files anew where sources change, and names one in the index before it is written: another process
    then, and every later one after a kill, would take the code of the sources before for that of these.
    """
    files._source_stamp = stamp  # noqa: SLF001
    base = files._index_name.removesuffix(".nbi")  # noqa: SLF001

    def save(key: Any, data: Any) -> None:
        name = f"{base}.{stamp[:12]}-{blake2b(repr(key).encode(), digest_size=6).hexdigest()}.nbc"
        files._save_data(name, data)  # noqa: SLF001
        files._save_index(files._load_index() | {key: name})  # noqa: SLF001
        for old in Path(files._cache_path).glob(f"{escape(base)}.*.nbc"):  # noqa: SLF001
            if not old.name.startswith(f"{base}.{stamp[:12]}-"):
                old.unlink(missing_ok=True)

    files.save = save


@cache
def sources(model: Path) -> str:
    """What changes whenever a module or a table of the model does. model: its folder."""
    digest = blake2b(digest_size=16)
    for path in sorted((*model.rglob("*.py"), *model.rglob("*.csv"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_cached() -> bool:
    """Whether compiled kernels of an earlier run are on this machine, where Numba keeps them."""
    return any(True for folder in _folders() for _ in folder.rglob("year.years*.nbi"))


def can_be_kept() -> bool:
    """Whether there is a folder in which compiled kernels can be kept."""
    return any(os.access(_existing(folder), os.W_OK) for folder in _folders())


def _folders() -> list[Path]:
    """Where Numba keeps what it compiles, in its order."""
    chosen = os.environ.get("NUMBA_CACHE_DIR")
    if chosen:
        return [Path(chosen)]
    own = [Path(__file__).parent]
    with suppress(RuntimeError):  # this user has no home
        own.append(Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()) / "numba")
    return own


def _existing(folder: Path) -> Path:
    return next(one for one in (folder, *folder.parents) if one.exists())
