"""One comparison with a published figure."""

from dataclasses import dataclass
from enum import Enum

from sim.common.language import Text


class Status(Enum):
    """What a comparison says; REPORTED where no limit is set."""

    WITHIN = "pass"
    BEYOND = "FAIL"
    REPORTED = "reported"
    ABSENT = "not in this folder"


@dataclass(frozen=True, slots=True)
class Check:
    """A figure and the largest that is allowed.

    group: the published source compared with; name: what was compared; figure: the greatest deviation [1], and
    `detail` where it is found; limit: None where the figure is only reported.
    """

    group: Text
    name: str
    figure: float | None
    limit: float | None = None
    detail: str = ""

    @property
    def status(self) -> Status:
        """Whether the figure is within the limit; a figure that is not a number is not."""
        if self.figure is None:
            return Status.ABSENT
        if self.limit is None:
            return Status.REPORTED
        return Status.WITHIN if self.figure <= self.limit else Status.BEYOND

    def line(self) -> str:
        """The check in one line of text."""
        if self.figure is None:
            return f"{self.group.en} | {self.name} | {self.status.value}"
        limit = "no limit" if self.limit is None else f"limit {self.limit:.3g}"
        detail = f" | {self.detail}" if self.detail else ""
        return f"{self.group.en} | {self.name} | {self.figure:.3g} | {limit} | {self.status.value}{detail}"


def absent(group: Text, pattern: str) -> Check:
    """The line of a source whose files are not in the folder."""
    return Check(group, pattern, None)
