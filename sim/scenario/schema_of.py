"""The JSON Schema of scenario files, for editors."""

from typing import Any, Final

from pydantic import BaseModel

from sim.common.language import Text
from sim.model.registry import PARAMETERS
from sim.scenario.shapes.scenario_file import ScenarioFile
from sim.scenario.texts import tr

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def schema_of(model: type[BaseModel], title: Text) -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a kind of file, descriptions in both languages."""
    made: dict[str, Any] = {"$schema": DIALECT, **model.model_json_schema(by_alias=True)}
    made["title"] = f"townward {title.zh} / {title.en}"
    return made


def schema() -> dict[str, Any]:
    """The schema of a scenario file, with every parameter listed."""
    made = schema_of(ScenarioFile, tr("scenario file"))
    changes = made["properties"]["set"]
    entry = changes.pop("additionalProperties")
    made["$defs"]["Setting"] = entry
    changes["properties"] = {
        parameter.path: {
            "description": f"{parameter.name.zh} / {parameter.name.en} [{parameter.unit}], "
            f"{parameter.low:g}…{parameter.high:g}, default {parameter.default:g}",
            "$ref": "#/$defs/Setting",
        }
        for parameter in PARAMETERS.values()
    }
    changes["additionalProperties"] = False
    return made
