"""All checks on one folder of published data."""

from pathlib import Path
from types import ModuleType

from docs.write.validation import analytic, textbook, textbook_projections, un_annual, un_five_year, un_single
from docs.write.validation.check import Check, Status
from sim.common.errors import Fault, InvalidInput, Place, fault
from sim.common.language import Text

PARTS = (un_single, un_five_year, un_annual, textbook, textbook_projections)


def validate(data: Path) -> list[Check]:
    """Every check that the folder has data for; InvalidInput where it has none, with all files that are at fault."""
    published: list[Check] = []
    faults: list[Fault] = []
    for part in PARTS:
        try:
            published += part.checks(data)
        except InvalidInput as problem:
            faults += problem.faults
        except (ValueError, KeyError, IndexError) as problem:
            faults.append(_unusable(data, part, problem))
    if faults:
        raise InvalidInput(faults)
    if all(line.status is Status.ABSENT for line in published):
        raise fault(str(data), "", Text("此文件夹里没有可核对的数据", "nothing to check against in this folder"))
    return [*published, *analytic.checks()]


def _unusable(data: Path, part: ModuleType, problem: Exception) -> Fault:
    """Tables that can be read but do not fit each other."""
    name = part.__name__.rsplit(".", 1)[-1]
    text = Text(f"数据表相互不符:{problem}", f"tables do not fit each other: {problem}")
    return Fault(Place(str(data)), name, text)
