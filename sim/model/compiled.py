"""How every kernel is compiled."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache, cached_property, update_wrapper
from glob import escape
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final, TypeVar, cast

STRICT: Final[dict[str, Any]] = {"nogil": True, "error_model": "numpy", "fastmath": False, "_nrt": False}
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
"""Of what only kernels call: of a function of its own there would be several copies, and which is used, whose sums may
be taken in another order, would depend on what else was compiled."""

F = TypeVar("F", bound=Callable[..., Any])


class Rule:
    """What kernels call: linked into each that does, and optimised there; compiled alone only where Python calls it.

    What is wrong it says by what it returns: an exception with a number in it could not be made of a kernel's rule.
    """

    def __init__(self, function: Callable[..., Any], options: dict[str, Any]) -> None:
        self.py_func, self.targetoptions = function, options  # as Numba calls them, by which it knows a `part`
        update_wrapper(self, function)

    @property
    def _numba_type_(self) -> Any:
        """What Numba takes it for where a kernel calls it."""
        return self.within._numba_type_

    @cached_property
    def within(self) -> Any:
        """As a kernel calls it."""
        from sim.model.linked import linked  # noqa: PLC0415 - only what is compiled needs it

        return linked(_njit(), self.py_func, self.targetoptions)

    @cached_property
    def alone(self) -> Any:
        """As Python calls it."""
        return _njit()(**self.targetoptions)(self.py_func)

    def __call__(self, *given: Any) -> Any:
        """What it gives, by itself."""
        return self.alone(*given)


class Kernel:
    """What Python calls: compiled when it first is, and kept for later processes where there is a place to keep it."""

    def __init__(self, function: Callable[..., Any], options: dict[str, Any]) -> None:
        self.py_func, self._options = function, options
        update_wrapper(self, function)

    @cached_property
    def compiled(self) -> Any:
        """As Numba keeps it."""
        made = _njit()(**self._options, no_cfunc_wrapper=True)(self.py_func)
        with suppress(RuntimeError):  # no folder can be written: compiled in memory, in every process
            made.enable_caching()
            _guard(made._cache)  # noqa: SLF001 - Numba raises what a damaged file makes it raise
        return made

    def __call__(self, *given: Any) -> Any:
        """What it gives."""
        return self.compiled(*given)


def rule(function: F) -> F:
    """A decorator for what a kernel does to one lane: compiled into the kernels that call it."""
    return cast("F", Rule(function, STRICT))


def inlined(function: F) -> F:
    """A decorator for a rule whose sums may be taken in any order, and that stands where a kernel calls it."""
    return cast("F", Rule(function, INLINED))


def part(function: F) -> F:
    """A decorator for a part of a kernel, compiled as if it stood there: it may return rows of what it is given."""
    return cast("F", Rule(function, {**STRICT, "inline": "always"}))


def kernel(options: dict[str, Any]) -> Callable[[Callable[..., Any]], Any]:
    """A decorator for what Python calls; no kernel calls another."""
    return lambda function: Kernel(function, options)


@cache
def _njit() -> Any:
    """Numba's decorator; what needs no kernel is asked without it."""
    import numba  # noqa: PLC0415

    return numba.njit


def _guard(cached: Any) -> None:
    """Let a damaged or full cache be as none: what cannot be loaded is compiled anew, what cannot be kept is not.

    A kernel is compiled anew where any file of the model has changed, its tables too: Numba looks at the date of the
    kernel's own alone, and what a kernel takes from a rule or a table is compiled into it. Dates do not count, so that
    kernels can be carried to another copy of the same files.
    """
    save = cached.save_overload
    _by_sources(cached._cache_file, sources(Path(__file__).parent))  # noqa: SLF001

    def load_overload(signature: Any, context: Any) -> Any:
        try:
            _call_numba()
            found = cached._load_overload(signature, context)  # noqa: SLF001
        except Exception:  # noqa: BLE001 - a cut or foreign file raises anything
            found = None
            with suppress(Exception):
                cached.flush()
        if found is None:
            _learn(context)
        return found

    def save_overload(signature: Any, data: Any) -> None:
        with suppress(Exception):
            save(signature, data)

    cached.load_overload, cached.save_overload = load_overload, save_overload


@cache
def _call_numba() -> None:
    """Let machine code find what it calls of Numba; the rest of it, and all that Numba knows, only compiling needs."""
    from llvmlite import binding  # noqa: PLC0415
    from numba.core.runtime import _nrt_python  # type: ignore[attr-defined]  # noqa: PLC0415

    for name, address in _nrt_python.c_helpers.items():
        binding.add_symbol(name if name.startswith("_") else f"NRT_{name}", address)


def _learn(context: Any) -> None:
    """Let Numba learn what it compiles with, before it does so itself.

    It imports SciPy's linear algebra to know whether kernels may multiply matrices, which takes long: none of ours
    does, so that it is told that there is none.
    """
    absent = "scipy.linalg" not in sys.modules
    if absent:
        sys.modules["scipy.linalg"] = None  # type: ignore[assignment]
    try:
        context.refresh()
    finally:
        if absent:
            del sys.modules["scipy.linalg"]


def _by_sources(files: Any, stamp: str) -> None:
    """Let what is compiled of these sources have files of its own, whole before the index names them.

    Numba numbers its files anew where sources change, and names one in the index before it is written: another process
    then, and every later one after a kill, would take the code of the sources before for that of these.
    """
    files._source_stamp = stamp  # noqa: SLF001
    base = files._index_name.removesuffix(".nbi")  # noqa: SLF001

    def save(key: Any, data: Any) -> None:
        name = f"{base}.{stamp[:12]}-{blake2b(repr(key).encode(), digest_size=6).hexdigest()}.nbc"
        files._save_data(name, _machine_code(data))  # noqa: SLF001
        files._save_index(files._load_index() | {key: name})  # noqa: SLF001
        for old in Path(files._cache_path).glob(f"{escape(base)}.*.nbc"):  # noqa: SLF001
            if not old.name.startswith(f"{base}.{stamp[:12]}-"):
                old.unlink(missing_ok=True)

    files.save = save


def _machine_code(data: Any) -> Any:
    """What Numba keeps of a kernel without the code that other kernels would be compiled with, most of it: none are.

    What is left of that is the name by which Python finds the kernel.
    """
    from llvmlite import binding  # noqa: PLC0415

    (name, kind, (code, _)), of, *others = data
    entry = f'define void @"{of.llvm_cpython_wrapper_name}"() {{ unreachable }}'
    return ((name, kind, (code, binding.parse_assembly(entry).as_bitcode())), of, *others)


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
