"""The JSON Schema and the reference say what the reader does."""

import pytest

import sim.load
from sim.language import LANGUAGES, Language
from sim.parameters.registry import PARAMETERS
from sim.scenario.plan import MEASURES
from sim.scenario.scenario_file import ScenarioFile


def test_schema_lists_every_key_and_parameter() -> None:
    schema = sim.load.schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert set(schema["properties"]) == {field.alias or name for name, field in ScenarioFile.model_fields.items()}
    assert schema["additionalProperties"] is False
    changes = schema["properties"]["set"]
    assert set(changes["properties"]) == set(PARAMETERS)
    assert changes["additionalProperties"] is False
    for key in schema["properties"].values():
        zh, _, en = key["description"].partition(" / ")
        assert zh != en
        assert en


def test_every_reference_in_the_schema_resolves() -> None:
    schema = sim.load.schema()
    pending, seen = [schema], 0
    while pending:
        part = pending.pop()
        if isinstance(part, dict):
            if "$ref" in part:
                assert part["$ref"].removeprefix("#/$defs/") in schema["$defs"]
                seen += 1
            pending.extend(part.values())
        elif isinstance(part, list):
            pending.extend(part)
    assert seen > len(PARAMETERS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_reference_names_every_parameter_measure_and_key(language: Language) -> None:
    text = sim.load.reference(language)
    for path in PARAMETERS:
        assert f"`{path}`" in text
    for measure in MEASURES:
        assert f"`{measure.name}`" in text
    for name, field in ScenarioFile.model_fields.items():
        assert f"| `{field.alias or name}` |" in text
    assert all(line.count("|") >= 3 for line in text.splitlines() if line.startswith("|"))


def test_reference_differs_by_language() -> None:
    assert "# Scenario reference" in sim.load.reference("en")
    assert "# 情景文件参考" in sim.load.reference("zh")
