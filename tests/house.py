"""What the contracts of import-linter do not say of the house: no circle, no long function; and how large each wing is.

`python -m tests.house` prints the wings, and leaves with 1 where a limit does not hold.
"""

import ast
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp

from tests.paths import ROOT

LONGEST = 40
"""Lines of a function, its docstring and decorators aside."""


def functions(source: str) -> Iterator[tuple[str, int, int]]:
    """Name, first line and length of every function."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            docstring = node.body[0] if ast.get_docstring(node) else None
            aside = docstring.end_lineno - docstring.lineno + 1 if docstring and docstring.end_lineno else 0
            yield node.name, node.lineno, (node.end_lineno or node.lineno) - node.lineno + 1 - aside


def too_long(package: Path) -> list[str]:
    """Functions over the limit, the longest first."""
    found = [
        (length, f"{file.relative_to(package.parent)}:{line} {name}")
        for file in sorted(package.rglob("*.py"))
        for name, line, length in functions(file.read_text(encoding="utf-8"))
        if length > LONGEST
    ]
    return [f"{place}: {length} lines, at most {LONGEST}" for length, place in sorted(found, reverse=True)]


def circle(package: str) -> list[str]:
    """Modules that import each other in a circle, the first that is found; none if there is no circle."""
    graph = grimp.build_graph(package, cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as found:
        return [str(module) for module in found.args[1]]
    return []


def sizes(package: Path) -> dict[str, tuple[int, int]]:
    """Modules and lines of each wing."""
    found = {}
    for wing in sorted(path for path in package.iterdir() if (path / "__init__.py").is_file()):
        texts = [file.read_text(encoding="utf-8") for file in wing.rglob("*.py")]
        found[wing.name] = (len(texts), sum(text.count("\n") for text in texts))
    return found


def main() -> int:
    """Print the wings and what is over a limit."""
    measured = sizes(ROOT / "sim")
    for wing, (modules, lines) in measured.items():
        print(f"{wing:10} {modules:4} modules {lines:7,} lines")
    print(
        f"{'sim':10} {sum(m for m, _ in measured.values()):4} modules {sum(n for _, n in measured.values()):7,} lines"
    )
    wrong = [*too_long(ROOT / "sim"), *(f"circle: {' -> '.join(round_)}" for round_ in [circle("sim")] if round_)]
    print(*wrong, sep="\n", end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
