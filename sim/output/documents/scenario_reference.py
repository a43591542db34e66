"""The reference of scenario files, written from the models and the registry of parameters."""

from collections.abc import Iterable
from typing import Any, Final, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sim.common.language import Language, Text
from sim.common.typography import typeset
from sim.model.registry import FIXED_PREFIXES, MEASURES, PARAMETERS
from sim.output.documents.markdown import table
from sim.output.texts import tr
from sim.scenario.shapes.indicator_file import GrowthEntry, IndicatorEntry
from sim.scenario.shapes.plan_file import Document, PlanFile, TargetEntry
from sim.scenario.shapes.policy_file import Effect, PolicyFile
from sim.scenario.shapes.project_file import Duration, KindEntry, ProjectEntry
from sim.scenario.shapes.region_file import Correlation, NoteEntry, RatesFile, RegionFile
from sim.scenario.shapes.scenario_file import PolicyUse, ScenarioFile
from sim.scenario.shapes.service_file import CapacityEntry, CapacityFile, FigureEntry, ServiceEntry
from sim.scenario.shapes.total_file import TotalEntry
from sim.scenario.shapes.values import Bounds, Change, Deviation, Dist, Valued
from sim.scenario.shapes.words import Words


def _at(path: str) -> Text:
    return tr("`{path}`", path=path)


_ABOUT: Final[dict[type[BaseModel], tuple[Text, Text]]] = {
    ScenarioFile: (
        tr("Scenario file"),
        tr("Regions, plans and policies are looked for beside the scenario, one folder up, then in the library."),
    ),
    PolicyUse: (
        tr("A policy put to use"),
        tr("A later file's use of a policy replaces an earlier one; `intensity: 0` is the same as not using it."),
    ),
    Valued: (
        tr("A number with its unit"),
        tr(
            "Wherever a number stands, write a number, a path `{2020: 1.2, 2025: 1.1}` (linear "
            "between its years, constant outside), or these keys."
        ),
    ),
    Change: (
        tr("A change"),
        tr(
            "It starts in `from` + `lag` and grows to full strength over `ramp` years (a ramp of 3: "
            "1/3, 2/3, 1); it ends after `to` + `lag`. Order: rates of the region, parents, the "
            "scenario's own set, policies, `--set`; factors multiply."
        ),
    ),
    Dist: (tr("Uncertainty"), tr("Exactly one of five.")),
    Deviation: (tr("A standard deviation"), Text("", "")),
    Bounds: (tr("Two ends"), Text("", "")),
    PolicyFile: (tr("Policy file"), _at("policies/<id>.yaml")),
    Effect: (
        tr("An effect of a policy"),
        tr(
            "The word `amount` stands for the policy's size, times `share`. At intensity i: times is "
            "1+(x−1)·i, add is x·i, set blends old and new."
        ),
    ),
    TotalEntry: (
        tr("A control total"),
        tr(
            "With `mode: control_total`. A straight line leads each draw's people to the next total; after the last, "
            "moves are let go."
        ),
    ),
    ServiceEntry: (
        tr("A service"),
        tr(
            "Need = driver × enrolment × standard. Of a known service give only the keys that "
            "differ; services.md lists all of them with their parameters."
        ),
    ),
    FigureEntry: (tr("A figure of a service"), Text("", "")),
    CapacityFile: (tr("Capacities of a region"), _at("regions/<id>/capacity.yaml")),
    CapacityEntry: (tr("A capacity"), Text("", "")),
    ProjectEntry: (
        tr("A project"),
        tr(
            "May deliver: services by id, and jobs, homes, public_rental_homes, affordable_homes, "
            "talent_homes, resettlement_homes, renovated_homes, demolished_homes."
        ),
    ),
    KindEntry: (tr("A kind of project"), _at("projects/kinds.yaml")),
    Duration: (tr("A duration"), Text("", "")),
    IndicatorEntry: (
        tr("An indicator"),
        tr(
            "A quantity that nothing in the model drives, carried on from a published base; a plan "
            "names it `indicator.<id>`."
        ),
    ),
    GrowthEntry: (tr("Growth of an indicator"), Text("", "")),
    PlanFile: (tr("Plan file"), _at("plans/<id>.yaml")),
    Document: (tr("The document of a plan"), Text("", "")),
    TargetEntry: (
        tr("A target"),
        tr(
            "An outcome names a measure; a standard a driver, and a service where its stock is "
            "known; a commitment a measure or a project, a deadline a project; everything else gives "
            "the reason why it is not assessed."
        ),
    ),
    RegionFile: (tr("Region file"), _at("regions/<id>/region.yaml")),
    NoteEntry: (tr("A note on the data"), Text("", "")),
    RatesFile: (tr("Rates of a region"), _at("regions/<id>/rates.yaml")),
    Correlation: (tr("A correlation"), Text("", "")),
    Words: (
        tr("A text in one language or both"),
        tr(
            "Titles, names, sources and notes may be written `{zh: …, en: …}`, and a report shows the one of its "
            "language; a single text, or one language alone, is shown as it is in both. As a source, the word "
            "assumption alone is translated."
        ),
    ),
}

_SHAPES: Final = {
    "str": tr("text"),
    "int": tr("integer"),
    "float": tr("number"),
    "bool": tr("true or false"),
    "tuple": tr("list"),
    "dict": tr("keys with values"),
    "NoneType": Text("", ""),
}


def reference(language: Language) -> str:
    """The whole reference as Markdown in one language."""
    parts = [f"# {tr('Scenario reference').in_(language)}", _conventions(language)]
    for model, (title, about) in _ABOUT.items():
        heading = f"## {title.in_(language)} (`{model.__name__}`)"
        parts += [part for part in (heading, about.in_(language), _model_table(model, language)) if part]
    parts += [f"## {tr('Measures').in_(language)}", _measure_table(language)]
    parts += [f"## {tr('Parameters').in_(language)}", _parameter_table(language)]
    return "\n\n".join(parts) + "\n"


def _conventions(language: Language) -> str:
    return tr(
        "Files are YAML 1.2 in UTF-8: `no`, `on` and `12:30` are text, `1e6` is a number, a "
        "repeated key is a fault, tags are refused. A number without unit is in the parameter's "
        "own. The command line sets any parameter or top-level key: `--set fertility.tfr=1.1`, "
        "`--set away.return_to_city.times=1.2`, `--set horizon=2040`, `--set "
        "policies.<id>.intensity=0.5`."
    ).in_(language)


def _model_table(model: type[BaseModel], language: Language) -> str:
    head = tr("key|holds|required|meaning").in_(language).split("|")
    return table(head, (_field_row(name, field, language) for name, field in model.model_fields.items()))


def _field_row(name: str, field: FieldInfo, language: Language) -> tuple[str, ...]:
    required = tr("yes").in_(language) if field.is_required() else ""
    extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    meaning = typeset(str(extra.get(f"x-{language}", "")))
    shapes = dict.fromkeys(shape for shape in _shapes(field.annotation, language) if shape)
    return f"`{field.alias or name}`", " / ".join(shapes), required, meaning


def _shapes(annotation: Any, language: Language) -> Iterable[str]:
    """What a key may hold, in words: kinds of values, names of models, or the words themselves."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        yield ", ".join(f"`{word}`" for word in arguments)
    elif origin in (tuple, dict):
        items = (shape for argument in arguments[-2:] for shape in _shapes(argument, language) if shape[0] == "`")
        yield " ".join([_SHAPES[origin.__name__].in_(language), *items])
    elif arguments:
        for argument in arguments:
            yield from _shapes(argument, language)
    elif isinstance(annotation, type):
        known = _SHAPES.get(annotation.__name__)
        if known is not None:
            yield known.in_(language)
        elif issubclass(annotation, BaseModel):
            yield f"`{annotation.__name__}`"


def _measure_table(language: Language) -> str:
    head = tr("name|meaning|unit").in_(language).split("|")
    return table(head, ((f"`{one.id}`", one.name.in_(language), one.unit) for one in MEASURES.values()))


def _parameter_table(language: Language) -> str:
    head = tr("path|meaning|unit|default|range|sd of log|evidence")
    rows = (
        (
            f"`{parameter.path}`" + (" †" if parameter.path.startswith(FIXED_PREFIXES) else ""),
            parameter.name.in_(language),
            parameter.unit,
            f"{parameter.default:g}",
            f"{parameter.low:g}…{parameter.high:g}",
            f"{parameter.spread:g}" if parameter.spread else "",
            parameter.evidence.in_(language),
        )
        for parameter in PARAMETERS.values()
    )
    note = tr("† one number for the whole run: no path, change or dist.")
    return f"{table(head.in_(language).split('|'), rows)}\n\n{note.in_(language)}"
