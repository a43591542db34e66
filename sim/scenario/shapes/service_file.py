"""The shape of the table of services, of what a scenario adds to it, and of a region's capacities."""

from typing import Annotated

from pydantic import Field, model_validator

from sim.model.services.service import Category, EvidenceClass
from sim.scenario.shapes.words import Name, Said, Sentence, Strict, Words, Year, said, wrong

REQUIRED = ("name", "category", "driver", "unit", "standard")
"""What a service must have once every file has said its part."""


class FigureEntry(Strict, defer_build=False):
    """A figure of a service with its range and what backs it."""

    value: Annotated[float, Field(ge=0.0), said("数值", "value")]
    low: Annotated[float | None, Field(ge=0.0), said("合理下限", "lower end of what is plausible")] = None
    high: Annotated[float | None, Field(ge=0.0), said("合理上限", "upper end of what is plausible")] = None
    unit: Annotated[Sentence, said("单位", "unit")]
    evidence: Annotated[EvidenceClass, said("依据类别", "class of evidence")]
    source: Annotated[Said, said("来源;假设则写理由", "source; of an assumption, the reason")]
    note: Annotated[Said | None, said("说明", "note")] = None

    @model_validator(mode="after")
    def _ordered(self) -> "FigureEntry":
        low = self.value if self.low is None else self.low
        high = self.value if self.high is None else self.high
        if not low <= self.value <= high:
            raise wrong(
                f"应有 low {low:g} ≤ value {self.value:g} ≤ high {high:g}",
                f"low {low:g} ≤ value {self.value:g} ≤ high {high:g} must hold",
            )
        return self


class LevelEntry(Strict, defer_build=False):
    """The standard of another place, year or document, beside the one in use."""

    name: Annotated[Words, said("哪里、何时、哪份文件", "where, when, which document")]
    value: Annotated[float, Field(ge=0.0), said("数值,与标准同单位", "value, in the unit of the standard")]
    evidence: Annotated[EvidenceClass, said("依据类别", "class of evidence")]


class ServiceEntry(Strict, defer_build=False):
    """A service, or what a file changes of one that is there already; the id says which."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,47}$"), said("服务 id", "id of the service")]
    name: Annotated[Words | None, said("名称", "name")] = None
    category: Annotated[Category | None, said("类别", "category")] = None
    driver: Annotated[
        Sentence | None,
        said("驱动量:模型指标,或 need.<服务>", "driver: a measure of the model, or need.<service>"),
    ] = None
    unit: Annotated[Sentence | None, said("能力的单位", "unit of capacity")] = None
    standard: Annotated[
        FigureEntry | None, said("标准:每单位驱动量需要多少", "standard: how much for a unit of the driver")
    ] = None
    enrolment: Annotated[FigureEntry | None, said("入学(使用)率", "share of the driver who use it")] = None
    unit_cost: Annotated[FigureEntry | None, said("每单位能力投资(2020年价)", "investment a unit, prices of 2020")] = (
        None
    )
    land: Annotated[FigureEntry | None, said("每单位能力用地", "land a unit")] = None
    running_cost: Annotated[FigureEntry | None, said("每单位能力年运行费", "running cost a unit and year")] = None
    routine: Annotated[
        FigureEntry | None,
        said(
            "日常建设每年补缺口的比例,缺省同 services.routine",
            "share of the gap closed a year; services.routine if left out",
        ),
    ] = None
    retirement: Annotated[
        FigureEntry | None,
        said("每年报废比例,缺省同 services.retirement", "share retired a year; services.retirement if left out"),
    ] = None
    weight: Annotated[
        float | None,
        Field(ge=0.0, le=10.0),
        said("在服务充足度中的权重,缺省不计入", "weight in the adequacy; none if left out"),
    ] = None
    part_of: Annotated[
        str | None,
        said("费用和用地已计入哪项服务", "the service that counts its cost and land already"),
    ] = None
    levels: Annotated[
        tuple[LevelEntry, ...] | None, Field(strict=False), said("各级标准,供对照", "other levels, for comparison")
    ] = None
    note: Annotated[Words | None, said("说明", "note")] = None


class ServicesFile(Strict):
    """The table of services."""

    services: Annotated[tuple[ServiceEntry, ...], Field(strict=False, min_length=1), said("服务", "services")]


class CapacityEntry(Strict, defer_build=False):
    """What a region has of a service."""

    value: Annotated[float, Field(ge=0.0), said("数值", "value")]
    unit: Annotated[
        Sentence,
        said(
            "单位:服务的单位,或标准的单位(如 张/千人,乘以基年驱动量)",
            "unit of the service, or of its standard (beds/1000: times the driver of the base year)",
        ),
    ]
    year: Annotated[Year, said("何年末的能力;不是基年的,按基年用并说明", "at the end of which year")]
    evidence: Annotated[EvidenceClass, said("依据类别", "class of evidence")]
    source: Annotated[Said, said("来源;假设则写理由", "source; of an assumption, the reason")]
    note: Annotated[Said | None, said("说明", "note")] = None


class CapacityFile(Strict):
    """What is known of a region's services; a service that is not named has a stock that is not known."""

    capacities: Annotated[dict[Name, CapacityEntry], said("服务 id: 现有能力", "service: what there is of it")]
