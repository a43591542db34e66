"""The shape of a control total in a scenario file."""

from typing import Annotated

from pydantic import model_validator

from sim.scenario.shapes.values import Quantity
from sim.scenario.shapes.words import Called, Said, Strict, Year, said, wrong
from sim.scenario.texts import tr


class TotalEntry(Strict):
    """People that a region is to have at the end of a year."""

    year: Annotated[Year, said(tr("year at whose end people are that many"))]
    region: Annotated[Called | None, said(tr("region; the scenario's only one if left out"))] = None
    residents: Annotated[Quantity | None, said(tr("residents"))] = None
    urban: Annotated[Quantity | None, said(tr("residents of towns"))] = None
    source: Annotated[Said | None, said(tr("source, or the word assumption"))] = None

    @model_validator(mode="after")
    def _some(self) -> "TotalEntry":
        if self.residents is None and self.urban is None:
            raise wrong(tr("give residents, urban or both"))
        return self
