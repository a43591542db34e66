"""An evaluation in words: advice, counts, and rows for tables."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from sim.common.language import Language, Text, joined
from sim.questions.evaluate.finding import Line, PlanEvaluation
from sim.questions.texts import tr
from sim.run.folder import in_percent
from sim.run.words import CLASS_NAMES, RESULTS

ADVICE: Final[Mapping[str, Text]] = {
    "done": tr("done"),
    "carry on": tr("carry on"),
    "new value": tr("carry on with a value that can be kept"),
    "count": tr("carry on, and count what there is"),
    "agree": tr("carry on, and make the lines agree"),
    "drop": tr("drop: no target"),
    "not due": tr("not due yet"),
}


def headline(of: PlanEvaluation) -> tuple[Text, ...]:
    """How many lines were answered and how, and what is advised."""
    results = Counter[str](
        line.verdict.came.result for line in of.lines if line.verdict.class_ == "outcome" and line.verdict.came
    )
    known = joined(
        (tr("{many} {what}", many=results[one], what=RESULTS[one]) for one in RESULTS if results[one]), "、", ", "
    )
    advised = Counter[str](line.advice for line in of.lines)
    advice = joined(
        (tr("{what} {many}", many=advised[one], what=ADVICE[one]) for one in ADVICE if advised[one]), ";", "; "
    )
    found = sum(results.values())
    first = tr(
        "{lines} lines in “{title}”; the outcome of {found} is known: {known}.",
        lines=len(of.lines),
        title=of.title,
        found=found,
        known=known,
    )
    if not found:
        first = tr("{lines} lines in “{title}”; no outcome is known.", lines=len(of.lines), title=of.title)
    return first, *([_judged(of)] if found else []), tr("For the next plan: {advice}.", advice=advice)


def _judged(of: PlanEvaluation) -> Text:
    """How the program's own words fared on lines with an outcome."""
    told = [line.verdict for line in of.lines if line.verdict.class_ == "outcome"]
    likely = [one for one in told if one.probability is not None]
    if not likely:
        return tr("The program had given none of the answered lines a probability, so its words cannot be scored here.")
    right = sum((one.probability or 0.0) >= 0.5 for one in likely if one.came and one.came.result in ("met", "late"))
    return tr(
        "Of {many} answered lines with a probability, {right} were said to be likely and were met.",
        many=len(likely),
        right=right,
    )


def rows(of: PlanEvaluation, language: Language) -> Iterator[dict[str, object]]:
    """A row a line, for a spreadsheet."""
    for line in of.lines:
        said, came = in_percent(line.verdict), line.verdict.came
        yield {
            "id": said.id,
            "title": said.title.in_(language),
            "year": said.year,
            "op": said.op,
            "value": said.value,
            "unit": said.unit,
            "class": CLASS_NAMES[said.class_].in_(language),
            "said_then": CLASS_NAMES[said.said].in_(language),
            "status": said.status,
            "probability": said.probability,
            "outcome": RESULTS[came.result].in_(language) if came else None,
            "outcome_date": came.date if came else None,
            "outcome_value": came.value if came else None,
            "outcome_unit": came.unit if came else None,
            "note": came.note.in_(language) if came else None,
            "source": came.source.in_(language) if came and came.source else None,
            "evidence": came.evidence if came else None,
            "cause": line.cause.in_(language) if line.cause else None,
            "advice": ADVICE[line.advice].in_(language),
            **_proposed(line, language),
        }


def _proposed(line: Line, language: Language) -> dict[str, object]:
    found = line.proposal
    shares = {"share": "%", "points": "points"}
    by = 100.0 if found and found.unit in shares else 1.0
    return {
        "next_year": found.year if found else None,
        "next_value": by * found.value if found else None,
        "next_unit": shares.get(found.unit, found.unit) if found else None,
        "next_basis": found.basis.in_(language) if found else None,
    }
