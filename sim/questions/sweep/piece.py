"""A piece of work that any process of any machine can do: what sweeps hand out."""

from typing import Protocol, Self, TypeVar

Made_co = TypeVar("Made_co", covariant=True)


class Piece(Protocol[Made_co]):
    """Some members with all that is needed to run them; it can be pickled, and run again with the same result."""

    @property
    def size(self) -> int:
        """How many members it holds."""
        ...

    def prepare(self) -> None:
        """What a process needs before its first piece of this kind, and what no time limit should count."""
        ...

    def run(self) -> Made_co:
        """The result of all its members."""
        ...

    def halves(self) -> tuple[Self, Self]:
        """The same members as two pieces."""
        ...

    def given_up(self, error: str) -> Made_co:
        """The result that says that none of its members could be run."""
        ...


class Joined(Protocol):
    """A result that can be put together from those of two pieces."""

    def joined(self, other: Self) -> Self:
        """The result with that of the members that follow."""
        ...


Part = TypeVar("Part", bound=Joined)
