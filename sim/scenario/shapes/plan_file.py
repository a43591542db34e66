"""The shape of a plan file: the whole indicator table of a planning document."""

from typing import Annotated

from pydantic import Field, model_validator

from sim.scenario.resolved import Comparison, TargetKind
from sim.scenario.shapes.words import Name, Said, Sentence, Strict, Words, Year, said, wrong


class Document(Strict):
    """The planning document itself."""

    title: Annotated[Words, said("文件名称", "title of the document")]
    issuer: Annotated[Words, said("发布机关", "who issued it")]
    date: Annotated[Said, said("日期或说明", "date, or what is known of it")]


class TargetEntry(Strict):
    """One line of the indicator table."""

    id: Annotated[str, Field(pattern=r"^[A-Z][A-Za-z0-9-]{0,15}$"), said("编号", "number of the target")]
    title: Annotated[Words, said("指标名称", "name of the indicator")]
    kind: Annotated[TargetKind, said("类别:结果、标准、承诺、时限", "kind: outcome, standard, commitment or deadline")]
    measure: Annotated[str | None, said("比较的模型指标(结果)", "measure of the model that is compared (outcome)")] = (
        None
    )
    driver: Annotated[
        str | None, said("驱动量(标准):需求 = 数值 × 驱动量", "driver (standard): need = value × driver")
    ] = None
    service: Annotated[
        str | None,
        said("哪项服务的现有能力应满足需求(标准)", "service whose capacity should meet the need (standard)"),
    ] = None
    project: Annotated[
        Name | None,
        said("哪个项目须按期启用(时限、承诺)", "project that should be open by the year (deadline, commitment)"),
    ] = None
    op: Annotated[Comparison | None, said("比较方式", "comparison")] = None
    value: Annotated[float | None, said("数值", "value")] = None
    tolerance: Annotated[
        float, Field(ge=0.0), said("约等的容差,与数值同单位", "tolerance of about, in the unit of the value")
    ] = 0.0
    unit: Annotated[Sentence | None, said("单位", "unit")] = None
    year: Annotated[Year | None, said("年份", "year due")] = None
    region: Annotated[
        Name | None, said("所指区域或区域组,缺省为规划的区域", "region or group it speaks of; the plan's if left out")
    ] = None
    source: Annotated[Said, said("在文件中的位置", "where in the document")]
    note: Annotated[Said | None, said("说明", "note")] = None
    reason: Annotated[Said | None, said("未评估的原因", "why it is not assessed")] = None

    @model_validator(mode="after")
    def _consistent(self) -> "TargetEntry":
        if self.measure is not None and self.driver is not None:
            raise wrong("measure 与 driver 只能写一个", "give measure or driver, not both")
        if self.service is not None and self.driver is None:
            raise wrong("service 须与 driver 同写", "service goes with driver")
        if self.project is not None:
            self._check_project()
            return self
        if self.measure is None and self.driver is None:
            if self.reason is None:
                raise wrong("没有 measure 或 driver 时请写 reason", "without measure or driver, give the reason")
            return self
        self._check_modelled()
        return self

    def _check_project(self) -> None:
        if self.kind not in ("deadline", "commitment") or self.measure or self.driver or self.reason:
            raise wrong(
                "project 只用于时限和承诺,不与 measure、driver、reason 同写",
                "project is for a deadline or commitment, without measure, driver or reason",
            )
        if self.year is None:
            raise wrong("project 需要 year", "project needs a year")

    def _check_modelled(self) -> None:
        missing = [name for name in ("op", "value", "unit", "year") if getattr(self, name) is None]
        if missing:
            names = ", ".join(missing)
            raise wrong(f"模型评估的指标还需要 {names}", f"a target that is assessed also needs {names}")
        if self.reason is not None:
            raise wrong("已评估的指标不写 reason", "a target that is assessed has no reason")
        wanted = ("standard",) if self.driver is not None else ("outcome", "commitment")
        if self.kind not in wanted:
            raise wrong(f"kind 应为 {'、'.join(wanted)}", f"kind must be {' or '.join(wanted)}")
        if self.op == "about" and self.tolerance == 0.0:
            raise wrong("about 需要 tolerance", "about needs a tolerance")


class PlanFile(Strict):
    """A plan: its document, its region if it is for one, and every line of its indicator table."""

    id: Annotated[Name, said("规划 id,与文件名相同", "id, the same as the file's name")]
    title: Annotated[Words, said("名称", "title")]
    source: Annotated[Document, said("出处", "the document")]
    region: Annotated[
        Name | None, said("区域或区域组;不写则适用于任何区域", "region or group; left out where the plan fits any")
    ] = None
    base_year: Annotated[Year | None, said("基年;与 region 同写", "base year; goes with region")] = None
    targets: Annotated[tuple[TargetEntry, ...], Field(strict=False, min_length=1), said("指标", "targets")]

    @model_validator(mode="after")
    def _placed(self) -> "PlanFile":
        if (self.region is None) != (self.base_year is None):
            raise wrong("region 与 base_year 须同写或同不写", "give region and base_year together, or neither")
        return self
