"""What counts as an assumption: by its source, whoever made it."""

from sim.common.language import Text


def is_assumption(source: Text | None) -> bool:
    """Whether a source says that it is an assumption; no source is one."""
    return source is None or "假设" in source.zh or "assum" in source.en.lower()
