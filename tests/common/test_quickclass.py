"""Frozen dataclasses that are made quickly, beside those of the standard library."""

import copy
import pickle
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields, replace

import pytest

from sim.common.quickclass import quickclass


@quickclass(frozen=True, slots=True)
class Quick:
    """Two fields, one with a value of its own."""

    name: str
    of: tuple[int, ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Plain:
    """The same, of the standard library."""

    name: str
    of: tuple[int, ...] = field(default_factory=tuple)


@pytest.mark.parametrize("made", [Quick, Plain])
def test_both_are_made_compared_and_changed_alike(made: Callable[..., Quick]) -> None:
    one, same, other = made("a", (1, 2)), made(name="a", of=(1, 2)), made("b")
    assert one == same
    assert hash(one) == hash(same)
    assert one != other
    assert one != ("a", (1, 2))
    assert other.of == ()
    assert [each.name for each in fields(one)] == ["name", "of"]
    assert asdict(one) == {"name": "a", "of": (1, 2)}
    assert replace(one, name="b", of=()) == other
    assert pickle.loads(pickle.dumps(one)) == copy.copy(one) == one
    assert repr(one) == f"{type(one).__name__}(name='a', of=(1, 2))"
    with pytest.raises(TypeError):
        made()


def test_one_is_no_other_of_the_same_values() -> None:
    assert Quick("a") != Plain("a")


def test_fields_may_be_named_alone_and_there_may_be_none() -> None:
    @quickclass(frozen=True, kw_only=True)
    class Named:
        name: str

    @quickclass(frozen=True, slots=True)
    class Nothing:
        pass

    with pytest.raises(TypeError):
        Named("a")  # type: ignore[misc]
    assert Named(name="a") == Named(name="a")
    assert Nothing() == Nothing()
    assert len({Nothing(), Nothing()}) == 1
