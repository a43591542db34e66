"""What may be set, and the words of files, without the cost of what is not used."""

import re

from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from docs.write.services import shipped
from sim.model.projects import months
from sim.model.registry import PARAMETERS
from sim.model.services.parameters import parameters_of
from sim.scenario.settable import Settable
from sim.scenario.shapes.words import NAME_PATTERN, Name

SERVICES = shipped()
NAME: TypeAdapter[str] = TypeAdapter(Name)


def test_what_may_be_set_is_all_there_is_in_one_order() -> None:
    others = {"indicator.x.growth": PARAMETERS["fertility.tfr"]}
    made = Settable(SERVICES, others)
    whole = {**PARAMETERS, **parameters_of(SERVICES), **others}
    assert list(made) == list(whole)
    assert dict(made) == whole
    assert len(made) == len(whole)
    assert "service.nurses.standard" in made
    assert "service.nurse.standard" not in made
    assert made.get("nothing") is None


def test_parameters_of_a_service_are_made_only_when_it_is_named() -> None:
    made = Settable(SERVICES, {})
    assert made["fertility.tfr"] is PARAMETERS["fertility.tfr"]
    assert made["services.routine"] == parameters_of(SERVICES)["services.routine"]
    assert not [path for path in made._made if path.startswith("service.")]
    assert made["service.nurses.standard"].default > 0.0
    assert {path.split(".")[1] for path in made._made if path.startswith("service.")} == {"nurses"}
    assert {path: made[path] for path in parameters_of(SERVICES)} == parameters_of(SERVICES)


DEVICES = ("con", "NUL", "Aux", "prn", "com1", "LPT9", "com0", "com10", "conx", "a-con")


@given(
    st.text(st.sampled_from("aZ9_-.é中²Ⅳ٣ \n\u0301🙂"), max_size=6)
    | st.text(max_size=70)
    | st.sampled_from(["a" * 64, *DEVICES])
)
def test_names_are_those_of_the_pattern_in_the_schema(word: str) -> None:
    try:
        NAME.validate_python(word)
        found = True
    except ValidationError:
        found = False
    assert found == (re.fullmatch(NAME_PATTERN, word) is not None)


@given(st.floats(0, 1e4))
def test_times_are_rounded_to_the_nearest_of_the_grid(length: float) -> None:
    assert abs(months.on_grid(length) - length) <= 0.5 / months.GRID
