"""The records of a year: every parameter has its field, and every field its parameter."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pytest

from sim.model import subject
from sim.model.county import economy_inputs
from sim.model.inputs import gathered
from sim.model.people.inputs import PeopleInputs
from sim.model.records import columns, packed
from sim.model.registry import ECONOMIC
from tests.model.economy import table


def _leaves(record: Any) -> Iterator[np.ndarray]:
    for field in fields(record):
        value = getattr(record, field.name)
        if isinstance(value, Mapping):
            yield from value.values()
            continue
        yield from _leaves(value) if is_dataclass(value) else [value]


def test_every_parameter_of_the_economy_is_in_one_field() -> None:
    numbered = {path: np.array([[float(number)]]) for number, path in enumerate(ECONOMIC)}
    more = np.array([[float(len(ECONOMIC))]])
    found = sorted(leaf.item() for leaf in _leaves(economy_inputs(numbered, more, more + 1.0)))
    assert found == list(range(len(ECONOMIC) + 2))


def test_a_field_is_named_by_the_path_of_its_parameter() -> None:
    numbered = {path: np.array([[float(number)]]) for number, path in enumerate(ECONOMIC)}
    now = economy_inputs(numbered, np.ones((1, 1)), np.ones((1, 1)))
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
    given = {path: value for path, value in table().items() if path != "budget.capital"}
    with pytest.raises(KeyError, match=r"budget\.capital"):
        economy_inputs(given, np.ones((1, 1)), np.ones((1, 1)))


def test_records_of_every_lane_hold_what_the_arrays_held() -> None:
    values = {path: np.full((1, 2, 3), float(number)) for number, path in enumerate(ECONOMIC)}
    values["income.urban_growth"] = np.arange(24.0).reshape(4, 2, 3)
    now = packed(economy_inputs(values, np.ones((4, 2, 3)), np.ones((1, 2, 3))), 3, (4, 2))
    assert now.shape == (3, 4, 2)
    assert now[2, 3, 1]["jobs"]["income"]["urban_growth"] == values["income.urban_growth"][3, 1, 2]
    assert (now["homes"]["vacancy_city"] == ECONOMIC.index("homes.vacancy_city")).all()
    assert columns(now).shape == (3, 4, 2, len(ECONOMIC) + 2)
