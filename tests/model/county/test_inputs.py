"""The records of a year: every parameter has its field, and every field its parameter."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from operator import itemgetter
from typing import Any

import numpy as np
import pytest

from sim.model import subject
from sim.model.county import economy_inputs
from sim.model.inputs import each, gathered
from sim.model.people.inputs import PeopleInputs
from sim.model.registry import ECONOMIC
from tests.model.economy import economy, table


def _leaves(record: Any) -> Iterator[np.ndarray]:
    for field in fields(record):
        value = getattr(record, field.name)
        if isinstance(value, Mapping):
            yield from value.values()
            continue
        yield from _leaves(value) if is_dataclass(value) else [value]


def test_every_parameter_of_the_economy_is_in_one_field() -> None:
    numbered = {path: np.array([[float(number)]]) for number, path in enumerate(ECONOMIC)}
    assert sorted(leaf.item() for leaf in _leaves(economy_inputs(numbered))) == list(range(len(ECONOMIC)))


def test_a_field_is_named_by_the_path_of_its_parameter() -> None:
    numbered = {path: np.array([[float(number)]]) for number, path in enumerate(ECONOMIC)}
    now = economy_inputs(numbered)
    assert now.jobs.income.urban_growth is numbered["income.urban_growth"]
    assert now.homes.vacancy_city is numbered["homes.vacancy_city"]
    assert now.money.land.per_settled is numbered["land.per_settled"]
    assert now.moves.between.share is numbered["between.share"]


def test_every_parameter_of_deaths_births_and_households_is_in_one_field() -> None:
    own = ("mortality.", "fertility.", "household.")
    declared = [path for path in subject.parameters("people") if path.startswith(own)]
    numbered = {path: np.array([[float(number)]]) for number, path in enumerate(declared)}
    assert sorted(leaf.item() for leaf in _leaves(gathered(PeopleInputs, numbered))) == list(range(len(declared)))


def test_a_parameter_that_is_missing_is_named() -> None:
    with pytest.raises(KeyError, match=r"budget\.capital"):
        economy_inputs({path: value for path, value in table().items() if path != "budget.capital"})


def test_a_record_is_changed_in_every_field() -> None:
    now = economy(shape=(3, 2))
    first = each(now, itemgetter((0, 1)))
    assert first.jobs.labour.unemployment == now.jobs.labour.unemployment[0, 1]
    assert all(leaf.shape == () for leaf in _leaves(first))
    assert len(list(_leaves(first))) == len(ECONOMIC)
