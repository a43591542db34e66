"""Tables in Markdown."""

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: bool = False) -> str:
    """A table with this head, no line end after it; numbers: all columns but the first to the right."""
    ruler = ["---", *["---:" if numbers else "---"] * (len(head) - 1)]
    lines = (" | ".join(cell.replace("|", "\\|") for cell in line) for line in (head, ruler, *rows))
    return "\n".join(f"| {line} |" for line in lines)
