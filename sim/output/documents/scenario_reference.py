"""The reference of scenario files, written from the models and the registry of parameters."""

from collections.abc import Iterable
from typing import Any, Final, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sim.common.language import Language, Text
from sim.common.typography import typeset
from sim.model.registry import FIXED_PREFIXES, PARAMETERS
from sim.output.documents.markdown import table
from sim.scenario.shapes.indicator_file import GrowthEntry, IndicatorEntry
from sim.scenario.shapes.plan import MEASURES
from sim.scenario.shapes.plan_file import Document, PlanFile, TargetEntry
from sim.scenario.shapes.policy_file import Effect, PolicyFile
from sim.scenario.shapes.project_file import Duration, KindEntry, ProjectEntry
from sim.scenario.shapes.region_file import Correlation, NoteEntry, RatesFile, RegionFile
from sim.scenario.shapes.scenario_file import PolicyUse, ScenarioFile
from sim.scenario.shapes.service_file import CapacityEntry, CapacityFile, FigureEntry, ServiceEntry
from sim.scenario.shapes.values import Bounds, Change, Deviation, Dist, Valued
from sim.scenario.shapes.words import Words


def _at(path: str) -> Text:
    return Text(f"`{path}`", f"`{path}`")


_ABOUT: Final[dict[type[BaseModel], tuple[Text, Text]]] = {
    ScenarioFile: (
        Text("情景文件", "Scenario file"),
        Text(
            "区域、规划与政策依次在以下位置查找:情景文件旁、上一级文件夹、自带的库。",
            "Regions, plans and policies are looked for beside the scenario, one folder up, then in the library.",
        ),
    ),
    PolicyUse: (
        Text("采用政策", "A policy put to use"),
        Text(
            "下级文件再次采用同一政策时,以下级为准;`intensity: 0` 等于不采用。",
            "A later file's use of a policy replaces an earlier one; `intensity: 0` is the same as not using it.",
        ),
    ),
    Valued: (
        Text("带单位的数值", "A number with its unit"),
        Text(
            "凡写数值处,都可写数字、年份路径 `{2020: 1.2, 2025: 1.1}`(年份之间线性,之外不变),或下列各项。",
            "Wherever a number stands, write a number, a path `{2020: 1.2, 2025: 1.1}` (linear between its years, "
            "constant outside), or these keys.",
        ),
    ),
    Change: (
        Text("变动", "A change"),
        Text(
            "强度在 `from` + `lag` 年开始,经 `ramp` 年线性升满:ramp 为 3 时依次为 1/3、2/3、1;"
            "`to` + `lag` 年之后停止。先后作用:区域参数、上级情景、本情景的 set、政策、命令行 `--set`;"
            "times 连乘。",
            "It starts in `from` + `lag` and grows to full strength over `ramp` years (a ramp of 3: 1/3, 2/3, 1); "
            "it ends after `to` + `lag`. Order: rates of the region, parents, the scenario's own set, policies, "
            "`--set`; factors multiply.",
        ),
    ),
    Dist: (Text("不确定性", "Uncertainty"), Text("五种写法任选其一。", "Exactly one of five.")),
    Deviation: (Text("标准差", "A standard deviation"), Text("", "")),
    Bounds: (Text("上下限", "Two ends"), Text("", "")),
    PolicyFile: (Text("政策文件", "Policy file"), _at("policies/<id>.yaml")),
    Effect: (
        Text("政策的作用", "An effect of a policy"),
        Text(
            "`amount` 一词代表规模,乘以 `share`。强度 i 下:times 为 1+(x−1)·i,add 为 x·i,set 为新旧加权。",
            "The word `amount` stands for the policy's size, times `share`. At intensity i: times is 1+(x−1)·i, "
            "add is x·i, set blends old and new.",
        ),
    ),
    ServiceEntry: (
        Text("公共服务", "A service"),
        Text(
            "需求 = 驱动量 × 使用率 × 标准。已有的服务只写要改的键;全部服务及其参数见 services.zh.md。",
            "Need = driver × enrolment × standard. Of a known service give only the keys that differ; services.md "
            "lists all of them with their parameters.",
        ),
    ),
    FigureEntry: (Text("服务的数值", "A figure of a service"), Text("", "")),
    CapacityFile: (Text("服务现有能力文件", "Capacities of a region"), _at("regions/<id>/capacity.yaml")),
    CapacityEntry: (Text("一项现有能力", "A capacity"), Text("", "")),
    ProjectEntry: (
        Text("项目", "A project"),
        Text(
            "可交付:服务 id,以及 jobs、homes、public_rental_homes、affordable_homes、talent_homes、resettlement_homes、"
            "renovated_homes、demolished_homes。",
            "May deliver: services by id, and jobs, homes, public_rental_homes, affordable_homes, talent_homes, "
            "resettlement_homes, renovated_homes, demolished_homes.",
        ),
    ),
    KindEntry: (Text("项目类型", "A kind of project"), _at("projects/kinds.yaml")),
    Duration: (Text("工期", "A duration"), Text("", "")),
    IndicatorEntry: (
        Text("指标", "An indicator"),
        Text(
            "模型不驱动的量:由已公布的基数按给定增速外推,规划用 `indicator.<id>` 引用。",
            "A quantity that nothing in the model drives, carried on from a published base; a plan names it "
            "`indicator.<id>`.",
        ),
    ),
    GrowthEntry: (Text("指标的增速", "Growth of an indicator"), Text("", "")),
    PlanFile: (Text("规划文件", "Plan file"), _at("plans/<id>.yaml")),
    Document: (Text("规划文件的出处", "The document of a plan"), Text("", "")),
    TargetEntry: (
        Text("指标", "A target"),
        Text(
            "结果指标写 measure;标准写 driver,知道现状的再写 service;承诺写 measure 或 project;时限写 project;"
            "其余写 reason(未评估的原因)。",
            "An outcome names a measure; a standard a driver, and a service where its stock is known; a commitment a "
            "measure or a project, a deadline a project; everything else gives the reason why it is not assessed.",
        ),
    ),
    RegionFile: (Text("区域文件", "Region file"), _at("regions/<id>/region.yaml")),
    NoteEntry: (Text("数据说明", "A note on the data"), Text("", "")),
    RatesFile: (Text("区域参数文件", "Rates of a region"), _at("regions/<id>/rates.yaml")),
    Correlation: (Text("相关矩阵", "A correlation"), Text("", "")),
    Words: (
        Text("中英文文字", "A text in both languages"),
        Text(
            "`source`、`note`、`evidence` 等可写作 `{zh: …, en: …}`,报告按所选语言显示;"
            "只写一句时,两种语言都照原样显示。单独的 assumption 一词在中文中显示为“假设”。",
            "`source`, `note`, `evidence` and the like may be written `{zh: …, en: …}`, and a report shows the one of "
            "its language; a single text is shown as it is in both. The word assumption alone is translated.",
        ),
    ),
}

_SHAPES: Final = {
    "str": Text("文字", "text"),
    "int": Text("整数", "integer"),
    "float": Text("数值", "number"),
    "bool": Text("true 或 false", "true or false"),
    "tuple": Text("列表", "list"),
    "dict": Text("键值表", "keys with values"),
    "NoneType": Text("", ""),
}


def reference(language: Language) -> str:
    """The whole reference as Markdown in one language."""
    parts = [f"# {Text('情景文件参考', 'Scenario reference').in_(language)}", _conventions(language)]
    for model, (title, about) in _ABOUT.items():
        heading = f"## {title.in_(language)} (`{model.__name__}`)"
        parts += [part for part in (heading, about.in_(language), _model_table(model, language)) if part]
    parts += [f"## {Text('指标名', 'Measures').in_(language)}", _measure_table(language)]
    parts += [f"## {Text('参数', 'Parameters').in_(language)}", _parameter_table(language)]
    return "\n\n".join(parts) + "\n"


def _conventions(language: Language) -> str:
    return Text(
        "文件为 YAML 1.2(UTF-8):`no`、`on`、`12:30` 都是文字,`1e6` 是数,重复的键是错误,不允许标签。"
        "未写单位的数值按参数自己的单位。命令行可改任一参数与顶层键:`--set fertility.tfr=1.1`、"
        "`--set away.return_to_city.times=1.2`、`--set horizon=2040`、`--set policies.<id>.intensity=0.5`。",
        "Files are YAML 1.2 in UTF-8: `no`, `on` and `12:30` are text, `1e6` is a number, a repeated key is a "
        "fault, tags are refused. A number without unit is in the parameter's own. The command line sets any "
        "parameter or top-level key: `--set fertility.tfr=1.1`, `--set away.return_to_city.times=1.2`, "
        "`--set horizon=2040`, `--set policies.<id>.intensity=0.5`.",
    ).in_(language)


def _model_table(model: type[BaseModel], language: Language) -> str:
    head = Text("键|内容|必填|含义", "key|holds|required|meaning").in_(language).split("|")
    return table(head, (_field_row(name, field, language) for name, field in model.model_fields.items()))


def _field_row(name: str, field: FieldInfo, language: Language) -> tuple[str, ...]:
    required = Text("是", "yes").in_(language) if field.is_required() else ""
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
    head = Text("名称|单位", "name|unit").in_(language).split("|")
    return table(head, ((f"`{measure.name}`", measure.unit) for measure in MEASURES))


def _parameter_table(language: Language) -> str:
    head = Text("路径|含义|单位|缺省|范围|对数标准差|依据", "path|meaning|unit|default|range|sd of log|evidence")
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
    note = Text(
        "† 全程一个数值,不能随年份变动,也没有分布。", "† one number for the whole run: no path, change or dist."
    )
    return f"{table(head.in_(language).split('|'), rows)}\n\n{note.in_(language)}"
