"""The JSON Schema and the reference say what the reader does."""

import pytest

from sim.common.language import LANGUAGES, Language
from sim.model.registry import MEASURES, PARAMETERS
from sim.output.documents.scenario_reference import reference
from sim.scenario.schema_of import schema
from sim.scenario.shapes.scenario_file import ScenarioFile


def test_schema_lists_every_key_and_parameter() -> None:
    made = schema()
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert set(made["properties"]) == {field.alias or name for name, field in ScenarioFile.model_fields.items()}
    assert made["additionalProperties"] is False
    changes = made["properties"]["set"]
    assert set(changes["properties"]) == set(PARAMETERS)
    assert changes["additionalProperties"] is False
    for key in made["properties"].values():
        zh, _, en = key["description"].partition(" / ")
        assert zh != en
        assert en


def test_every_reference_in_the_schema_resolves() -> None:
    made = schema()
    pending, seen = [made], 0
    while pending:
        part = pending.pop()
        if isinstance(part, dict):
            if "$ref" in part:
                assert part["$ref"].removeprefix("#/$defs/") in made["$defs"]
                seen += 1
            pending.extend(part.values())
        elif isinstance(part, list):
            pending.extend(part)
    assert seen > len(PARAMETERS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_reference_names_every_parameter_measure_and_key(language: Language) -> None:
    text = reference(language)
    for path in PARAMETERS:
        assert f"`{path}`" in text
    for measure in MEASURES:
        assert f"`{measure}`" in text
    for name, field in ScenarioFile.model_fields.items():
        assert f"| `{field.alias or name}` |" in text
    assert all(line.count("|") >= 3 for line in text.splitlines() if line.startswith("|"))


def test_reference_differs_by_language() -> None:
    assert "# Scenario reference" in reference("en")
    assert "# 情景文件参考" in reference("zh")
