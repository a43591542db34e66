"""From the ledger beside a plan to what came of each of its lines."""

from pathlib import Path

from sim.common.errors import nearest
from sim.common.language import Text
from sim.scenario.library import Loaded, Reading, find
from sim.scenario.resolved import Came
from sim.scenario.shapes.outcome_file import OutcomeEntry, OutcomesFile, PublishedEntry
from sim.scenario.shapes.plan_file import PlanFile
from sim.scenario.shapes.words import text_if_any, text_of
from sim.scenario.texts import tr

FOLDER = "outcomes"


def outcomes(plan: Loaded[PlanFile], reading: Reading) -> dict[str, Came]:
    """What came of the lines of a plan, by id; empty where it has no ledger. Faults are kept in `reading`."""
    path = find(plan.file, FOLDER, plan.model.id)
    file = None if path is None else reading.read(path, OutcomesFile)
    if path is None or file is None:
        return {}
    return checked(file, path, plan.model, reading)


def checked(file: Loaded[OutcomesFile], path: Path, plan: PlanFile, reading: Reading) -> dict[str, Came]:
    """What a ledger says of the lines of a plan, by id; faults are kept in `reading`."""
    known = [target.id for target in plan.targets]
    found: dict[str, Came] = {}
    if file.model.plan != path.stem:
        problem = tr("the plan must be the file's name, {stem}", stem=path.stem)
        reading.faults.append(file.document.fault(("plan",), problem))
    for index, entry in enumerate(file.model.outcomes):
        where = ("outcomes", index, "id")
        if entry.id not in known:
            problem = tr("the plan has no line {id}", id=entry.id)
            reading.faults.append(file.document.fault(where, problem, nearest(entry.id, known)))
        elif entry.id in found:
            reading.faults.append(file.document.fault(where, tr("the id {id} is given twice", id=entry.id)))
        else:
            found[entry.id] = _came(entry)
    return found


def _came(entry: OutcomeEntry) -> Came:
    return Came(
        result=entry.result,
        date=entry.date,
        months_late=entry.months_late,
        value=entry.value,
        unit=entry.unit or "",
        year=entry.year,
        note=entry.note.text,
        source=None if entry.source is None else _source(entry.source),
        evidence=entry.source.evidence if entry.source else "",
    )


def _source(entry: PublishedEntry) -> Text:
    parts = [text_of(entry.title)]
    if (publisher := text_if_any(entry.publisher)) is not None:
        parts.append(publisher)
    if (published := text_if_any(entry.published)) is not None:
        parts.append(published)
    return Text(",".join(part.zh for part in parts), ", ".join(part.en for part in parts))
