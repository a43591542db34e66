"""Rows of the page: what was measured, the figure, and whether an aim is met."""

from collections.abc import Sequence
from typing import NamedTuple


class Row(NamedTuple):
    """What was measured, the figure, the aim, and whether it is met (None: there is none)."""

    what: str
    figure: str
    aim: str = ""
    met: bool | None = None


def plain(what: str, value: float, unit: str, digits: int = 1) -> Row:
    """A figure without an aim."""
    return Row(what, f"{value:,.{digits}f} {unit}")


def at_most(what: str, value: float, unit: str, aim: float, digits: int = 1) -> Row:
    """A figure that shall not pass its aim."""
    return Row(what, f"{value:,.{digits}f} {unit}", f"≤ {aim:g} {unit}", value <= aim)


def at_least(what: str, value: float, unit: str, aim: float, digits: int = 2) -> Row:
    """A figure that shall reach its aim."""
    return Row(what, f"{value:,.{digits}f} {unit}", f"≥ {aim:g} {unit}", value >= aim)


def lines(rows: Sequence[Row]) -> list[str]:
    """The rows as a Markdown table."""
    marks = {True: "met", False: "**missed**", None: ""}
    head = ["| what | measured | aim | |", "| --- | ---: | --- | --- |"]
    return head + [f"| {row.what} | {row.figure} | {row.aim} | {marks[row.met]} |" for row in rows]
