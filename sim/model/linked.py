"""How Numba compiles what only kernels call: not into machine code of its own."""

from collections.abc import Callable
from typing import Any

from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder


def linked(njit: Callable[..., Any], function: Callable[..., Any], options: dict[str, Any]) -> Any:
    """The function as kernels call it; a call from Python would find no code."""
    return njit(**options, pipeline_class=_Compiler, no_cpython_wrapper=True, no_cfunc_wrapper=True)(function)


class _Library(JITCodeLibrary):  # type: ignore[misc, unused-ignore]
    """Code that is linked into what calls it. A kernel is optimised as a whole, with all that it calls.

    settled: whether it is optimised before that too, so that the order of its sums is the same in every kernel.
    """

    def __init__(self, codegen: Any, name: str, settled: bool) -> None:
        super().__init__(codegen, name)
        self.settled = settled

    def finalize(self) -> None:
        """Link what it calls."""
        for library in dict.fromkeys(self._linking_libraries):
            self._reload_init.update(library._reload_init)  # noqa: SLF001
            self._final_module.link_in(library._get_module_for_linking(), preserve=True)  # noqa: SLF001
        if self.settled:
            self._optimize_final_module()
        self._finalized = True

    def get_pointer_to_function(self, name: str) -> int:  # noqa: ARG002
        """No machine code."""
        return 0

    @property
    def codegen(self) -> Any:
        """What would keep its environment, which only machine code has."""
        return self

    def set_env(self, name: str, environment: Any) -> None:
        """Keep nothing."""


class _Compiler(CompilerBase):  # type: ignore[misc, unused-ignore]
    """Numba's own passes, into such a library."""

    def define_pipelines(self) -> list[Any]:
        """All passes in their order."""
        state, passes = self.state, DefaultPassBuilder
        name, settled = state.func_id.func_qualname, bool(state.flags.forceinline)
        state.library = _Library(state.targetctx.codegen(), name, settled)
        state.library.enable_object_caching()
        return [passes.define_nopython_pipeline(state)]
