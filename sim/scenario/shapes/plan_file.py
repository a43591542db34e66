"""The shape of a plan file: the whole indicator table of a planning document."""

from typing import Annotated

from pydantic import Field, model_validator

from sim.common.language import Text
from sim.scenario.process import Stage
from sim.scenario.resolved import Comparison, Nature, TargetKind
from sim.scenario.shapes.process_file import BaseEntry
from sim.scenario.shapes.words import Called, Name, Said, Sentence, Strict, Words, Year, said, wrong
from sim.scenario.texts import tr


class Document(Strict):
    """The planning document itself."""

    title: Annotated[Words, said(tr("title of the document"))]
    issuer: Annotated[Words, said(tr("who issued it"))]
    date: Annotated[Said, said(tr("date, or what is known of it"))]


class TargetEntry(Strict):
    """One line of the indicator table."""

    id: Annotated[str, Field(pattern=r"^[A-Z][A-Za-z0-9-]{0,15}$"), said(tr("number of the target"))]
    title: Annotated[Words, said(tr("name of the indicator"))]
    kind: Annotated[
        TargetKind,
        said(tr("kind: outcome, standard, commitment, deadline, or rule (which is no target)")),
    ]
    measure: Annotated[str | None, said(tr("measure of the model that is compared (outcome)"))] = None
    driver: Annotated[str | None, said(tr("driver (standard): need = value × driver"))] = None
    service: Annotated[
        str | None,
        said(tr("service whose capacity should meet the need (standard)")),
    ] = None
    project: Annotated[
        Called | None,
        said(tr("project that should be open by the year (deadline, commitment)")),
    ] = None
    nature: Annotated[Nature | None, said(tr("nature: binding (约束性) or expected (预期性)"))] = None
    programme: Annotated[Called | None, said(tr("programme elsewhere by whose pace the line is held"))] = None
    base: Annotated[BaseEntry | None, said(tr("where it stood, if that is known (programme)"))] = None
    works: Annotated[Called | None, said(tr("kind of the works, whose usual time gives the latest start"))] = None
    stage: Annotated[Stage, said(tr("what the line asks of the works: open, or begun"))] = "open"
    award: Annotated[Called | None, said(tr("award whose rounds give the chance to be named"))] = None
    task: Annotated[Called | None, said(tr("task of administration, whose usual time gives the latest start"))] = None
    upkeep: Annotated[Called | None, said(tr("what fails and is mended, so that a share of it is in order"))] = None
    rate: Annotated[
        Called | None, said(tr("what others did a year for a thousand persons (with a measure or none)"))
    ] = None
    prior: Annotated[Called | None, said(tr("stock as others had it, where the place's own is not known (driver)"))] = (
        None
    )
    since: Annotated[Year | None, said(tr("year from which a growth of several years is counted (programme)"))] = None
    op: Annotated[Comparison | None, said(tr("comparison"))] = None
    value: Annotated[float | None, said(tr("value"))] = None
    tolerance: Annotated[float, Field(ge=0.0), said(tr("tolerance of about, in the unit of the value"))] = 0.0
    unit: Annotated[Sentence | None, said(tr("unit"))] = None
    year: Annotated[Year | None, said(tr("year due"))] = None
    region: Annotated[Called | None, said(tr("region or group it speaks of; the plan's if left out"))] = None
    source: Annotated[Said, said(tr("where in the document"))]
    note: Annotated[Said | None, said(tr("note"))] = None
    reason: Annotated[Said | None, said(tr("why it is not assessed"))] = None

    @model_validator(mode="after")
    def _consistent(self) -> "TargetEntry":
        if self.measure is not None and self.driver is not None:
            raise wrong(tr("give measure or driver, not both"))
        if self.service is not None and self.driver is None:
            raise wrong(tr("service goes with driver"))
        if self.kind == "rule" and (self.measure or self.driver or self.project):
            raise wrong(tr("a rule is no target: it has a reason, and neither measure, driver nor project"))
        self._check_process()
        if self.project is not None:
            self._check_project()
            return self
        if self.measure is None and self.driver is None:
            if self.reason is None and not self._processes():
                raise wrong(tr("without measure or driver, give the reason"))
            return self
        self._check_modelled()
        return self

    def _processes(self) -> list[str]:
        named = (self.programme, self.works, self.award, self.task, self.upkeep, self.rate)
        return [one for one in named if one is not None]

    def _check_process(self) -> None:
        held = self._processes()
        others = [one for one in (self.project, self.driver) if one is not None]
        if held and len(held) + len(others) > 1:
            raise wrong(tr("give one of programme, works, award, task, upkeep, rate, project and driver"))
        if self.prior is not None and self.driver is None:
            raise wrong(tr("prior goes with driver"))
        if (self.rate or self.upkeep) is not None and self.value is None:
            raise wrong(tr("rate and upkeep need a value"))
        if self.since is not None and (self.programme is None or self.year is None or self.year <= self.since):
            raise wrong(tr("since goes with programme and a later year"))
        if self.base is not None and self.programme is None:
            raise wrong(tr("base goes with programme"))
        if self.programme is not None and (self.op is None or self.value is None):
            raise wrong(tr("programme needs op and value"))
        if self.stage != "open" and self.works is None:
            raise wrong(tr("stage goes with works"))

    def _check_project(self) -> None:
        if self.kind not in ("deadline", "commitment") or self.measure or self.driver or self.reason:
            raise wrong(
                tr("project is for a deadline or commitment, without measure, driver or reason"),
            )
        if self.year is None:
            raise wrong(tr("project needs a year"))

    def _check_modelled(self) -> None:
        missing = [name for name in ("op", "value", "unit", "year") if getattr(self, name) is None]
        if missing:
            names = ", ".join(missing)
            raise wrong(tr("a target that is assessed also needs {names}", names=names))
        if self.reason is not None:
            raise wrong(tr("a target that is assessed has no reason"))
        wanted = ("standard",) if self.driver is not None else ("outcome", "commitment")
        if self.kind not in wanted:
            raise wrong(tr("kind must be {wanted}", wanted=Text("、".join(wanted), " or ".join(wanted))))
        if self.op == "about" and self.tolerance == 0.0:
            raise wrong(tr("about needs a tolerance"))


class PlanFile(Strict):
    """A plan: its document, its region if it is for one, and every line of its indicator table."""

    id: Annotated[Name, said(tr("id, the same as the file's name"))]
    title: Annotated[Words, said(tr("title"))]
    source: Annotated[Document, said(tr("the document"))]
    region: Annotated[Called | None, said(tr("region or group; left out where the plan fits any"))] = None
    base_year: Annotated[Year | None, said(tr("base year; goes with region"))] = None
    scenario: Annotated[
        Sentence | None, said(tr("scenario in which the plan itself acts: its file, beside or in the library"))
    ] = None
    targets: Annotated[tuple[TargetEntry, ...], Field(strict=False, min_length=1), said(tr("targets"))]

    @model_validator(mode="after")
    def _placed(self) -> "PlanFile":
        if (self.region is None) != (self.base_year is None):
            raise wrong(tr("give region and base_year together, or neither"))
        return self
