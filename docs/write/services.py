"""The reference of services, written from the library's table."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import click

from sim.common.errors import InvalidInput
from sim.common.language import LANGUAGES, Language, Text
from sim.common.units import in_language
from sim.model.services.service import CATEGORIES, EVIDENCE, Figure, Level, Service
from sim.output.documents.markdown import table
from sim.scenario.library import Reading
from sim.scenario.services import library, services

FILES: Final[dict[Language, str]] = {"en": "services.md", "zh": "services.zh.md"}

_HOW: Final = Text(
    "需求 = 驱动量 × 入学(使用)率 × 标准;缺口 = 需求 − 现有能力(不小于0);充足度 = 现有能力 ÷ 需求(不大于1)。"
    "驱动量是模型指标(见情景文件参考),`need.<服务>` 表示另一项服务的需求。低于0的驱动量按0计。\n\n"
    "现有能力只在有数据的区域给出(区域文件夹中的 `capacity.yaml`);没有数据时只给需求,缺口写作未知,不作推测。"
    "能力逐年变化:扣除报废,加上项目建成的,再由日常建设补上剩余缺口的一部分(`services.routine`)。\n\n"
    "标准未见正式版本,“标准(二手来源)”指经他处转引。缺省取现行标准或目标,没有的取全国水平;范围是合理区间,不是限值。"
    "投资按2020年价。“计入”一栏的服务,费用和用地已由所写的服务计算,合计时不重复。",
    "Need = driver × enrolment × standard; gap = need − capacity, not below 0; adequacy = capacity ÷ need, not above "
    "1. A driver is a measure of the model (see the scenario reference); `need.<service>` is the need of another "
    "service. A driver below 0 counts as 0.\n\n"
    "Capacity is given only where a figure is known (`capacity.yaml` in the region's folder); elsewhere the need is "
    "given, and the gap is said to be not known rather than guessed. Year by year, capacity loses what is retired, "
    "gains what projects open, and ordinary budgets close a share (`services.routine`) of the gap that is left.\n\n"
    "No standard was seen in its official edition: “standard (secondary source)” is one that others quote. The default "
    "is a standard or target in force where there is one, else the nation's level; the range is what is plausible, "
    "not a limit. Money in yuan of 2020. Where a service is counted in another, that one has its cost and land, and "
    "totals do not add it again.",
)
_CHANGE_TITLE: Final = Text("在情景中修改和增加", "Changing and adding services")
_CHANGE: Final = Text(
    "标准和单价是参数,可按年份变化;服务本身在 `services:` 下写,同一 id 只改所写的键,新的 id 增加一项服务:",
    "Standards and prices are parameters and may move over the years. Under `services:`, an id that exists changes "
    "only the keys given, and a new id adds a service:",
)
_EXAMPLE: Final = """```yaml
set:
  service.hospital_beds.standard: {value: {2020: 6.46, 2025: 7.5}, unit: 张/千人, source: assumption}
services:
  - id: hospital_beds
    unit_cost: {value: 110, unit: 万元/张, evidence: project, source: {zh: 本县可研, en: the county's own study}}
  - id: swimming_pools
    name: {zh: 游泳馆, en: swimming pools}
    category: culture_sport
    driver: urban
    unit: 座
    standard:
      {value: 0.1, low: 0.05, high: 0.2, unit: 座/万人, evidence: assumption,
       source: {zh: 每十万人一座, en: one for 100 thousand}}
```"""
_CAPACITY: Final = Text(
    "区域的现有能力写在 `regions/<id>/capacity.yaml`,单位可以是服务的单位,也可以是标准的单位(乘以基年驱动量):",
    "What a region has goes into `regions/<id>/capacity.yaml`, in the unit of the service or in that of its standard, "
    "which is then multiplied by the driver of the base year:",
)
_CAPACITY_EXAMPLE: Final = """```yaml
capacities:
  hospital_beds:
    {value: 5.9, unit: 张/千人, year: 2020, evidence: statistic, source: {zh: 县统计公报, en: county bulletin}}
  primary_places:
    {value: 41200, unit: 个, year: 2020, evidence: statistic, source: {zh: 教育局, en: education office}}
```"""
_NONE: Final = "—"


def reference(of: Sequence[Service], language: Language) -> str:
    """The whole reference of the services as Markdown in one language."""
    title = Text(f"公共服务与设施({len(of)}项)", f"Services and facilities ({len(of)})").in_(language)
    parts = [f"# {title}", _HOW.in_(language)]
    for category, name in CATEGORIES.items():
        chosen = [service for service in of if service.category == category]
        if chosen:
            words = name.in_(language)
            parts += [f"## {words[:1].upper()}{words[1:]}", _needs(chosen, language)]
    parts += [f"## {Text('投资、用地与运行费', 'Investment, land and running cost').in_(language)}"]
    parts += [_costs([service for service in of if _has_price(service)], language)]
    parts += [f"## {_CHANGE_TITLE.in_(language)}", _CHANGE.in_(language), _EXAMPLE]
    parts += [_CAPACITY.in_(language), _CAPACITY_EXAMPLE]
    return "\n\n".join(parts) + "\n"


def shipped() -> tuple[Service, ...]:
    """The services of the library; InvalidInput with every fault of its table."""
    reading = Reading()
    part = library(reading)
    found = services([part], reading) if part is not None else ()
    if reading.faults:
        raise InvalidInput(reading.faults)
    return found


def _needs(chosen: Iterable[Service], language: Language) -> str:
    head = Text("服务|驱动量|标准|范围|依据|对照|计入", "service|driver|standard|range|backed by|compare|counted in")
    return _tidy_table(head, (_need_row(service, language) for service in chosen), language)


def _need_row(service: Service, language: Language) -> tuple[str, ...]:
    driver = f"`{service.driver}`"
    if service.enrolment is not None:
        driver += f" × {service.enrolment.value:g}{service.enrolment.unit}"
    figure = service.standard
    levels = _listed((_level(level) for level in service.levels), language)
    sources = [figure, service.enrolment] if service.enrolment is not None else [figure]
    notes = [service.note] if service.note is not None else []
    backing = _listed([*(one.backing for one in sources), *notes], language)
    return (
        f"{service.name.in_(language)} `{service.id}`",
        driver,
        _with_unit(figure, language),
        _range(figure),
        backing,
        levels,
        f"`{service.part_of}`" if service.part_of else "",
    )


def _level(level: Level) -> Text:
    kind = EVIDENCE[level.evidence]
    name = level.name
    return Text(f"{name.zh}:{level.value:g}({kind.zh})", f"{name.en}: {level.value:g} ({kind.en})")


def _listed(texts: Iterable[Text], language: Language) -> str:
    words = list(texts)
    return Text(";".join(one.zh for one in words), "; ".join(one.en for one in words)).in_(language)


def _costs(chosen: Iterable[Service], language: Language) -> str:
    head = Text("服务|投资|范围|依据|用地|年运行费", "service|investment|range|backed by|land|running cost a year")
    return _tidy_table(head, (_cost_row(service, language) for service in chosen), language)


def _cost_row(service: Service, language: Language) -> tuple[str, ...]:
    cost, land, yearly = service.unit_cost, service.land, service.running_cost
    return (
        f"{service.name.in_(language)} `{service.id}`",
        _with_unit(cost, language) if cost else _NONE,
        _range(cost) if cost else "",
        cost.backing.in_(language) if cost else "",
        _cell(land, language),
        _cell(yearly, language),
    )


def _cell(figure: Figure | None, language: Language) -> str:
    if figure is None:
        return ""
    value, range_, backing = _with_unit(figure, language), _range(figure), figure.backing
    zh = f"{range_};{backing.zh}" if range_ else backing.zh
    en = f"{range_}; {backing.en}" if range_ else backing.en
    return Text(f"{value}({zh})", f"{value} ({en})").in_(language)


def _has_price(service: Service) -> bool:
    return any(figure is not None for figure in (service.unit_cost, service.land, service.running_cost))


def _with_unit(figure: Figure, language: Language) -> str:
    unit = in_language(figure.unit, language)
    if unit == "1":
        return f"{figure.value:,.6g}"
    return f"{figure.value:,.6g}{unit}" if unit in {"%", "‰"} else f"{figure.value:,.6g} {unit}"


def _range(figure: Figure) -> str:
    return "" if figure.low == figure.high else f"{figure.low:,.6g}–{figure.high:,.6g}"


def _tidy_table(head: Text, rows: Iterable[Sequence[str]], language: Language) -> str:
    tidy = ([Text(cell, cell).in_(language) for cell in row] for row in rows)
    return table(head.in_(language).split("|"), tidy)


@click.command()
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), default=Path("docs"))
def main(output: Path) -> None:
    """Write the reference of services in both languages into a folder."""
    found = shipped()
    output.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        (output / FILES[language]).write_text(reference(found, language), encoding="utf-8")


if __name__ == "__main__":
    main()
