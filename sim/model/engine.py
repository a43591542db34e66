"""The year loop. It knows no word of the model."""

from collections.abc import Callable, Iterable
from typing import TypeVar

S = TypeVar("S")
I = TypeVar("I")  # noqa: E741 - the letters are the state, the input, the output and the record
O = TypeVar("O")  # noqa: E741
R = TypeVar("R")


def trajectory(
    step: Callable[[S, I], tuple[S, O]],
    start: S,
    inputs: Iterable[I],
    record: Callable[[S, O], R],
) -> tuple[S, list[R]]:
    """Step once per input from `start`; the last state, and what `record` made of each new state.

    A run that is cut anywhere and started again from the state it had equals the whole run.
    """
    state = start
    records = []
    for given in inputs:
        state, output = step(state, given)
        records.append(record(state, output))
    return state, records
