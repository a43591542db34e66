"""The command that lists every line of every plan."""

from typing import Final

import click

from sim.cli.options import format_option, language_option, say, say_json
from sim.cli.texts import tr
from sim.common.language import Language, Text
from sim.common.numbers import quantity
from sim.run.classes import NAMES
from sim.run.lines import Count, Line, between, counts, lines
from sim.run.words import CLASS_NAMES, RESULTS
from sim.scenario.resolved import Came
from sim.scenario.targets import KINDS

_KIND_WORDS: Final = {
    "outcome": tr("outcomes"),
    "standard": tr("standards"),
    "commitment": tr("commitments"),
    "deadline": tr("deadlines"),
    "rule": tr("rules"),
}
_SIGNS: Final = {"at_least": "≥ ", "at_most": "≤ ", "about": "≈ ", "equal": "= "}


@click.command()
@click.argument("plans", nargs=-1)
@click.option("--summary", is_flag=True, help="counts by class and document")
@click.option("--ids", metavar="FIRST:LAST", help="only lines from one id to another, as T001:T342")
@language_option
@format_option
def targets(plans: tuple[str, ...], summary: bool, ids: str | None, lang: Language, form: str) -> None:
    """Every line of every plan with its class, and why."""
    found = lines(plans) if ids is None else between(lines(plans), ids)
    if summary:
        _say_summary(counts(found), lang, form)
    elif form == "json":
        say_json([_record(line) for line in found])
    else:
        _say_lines(found, lang)


def _say_summary(rows: list[Count], lang: Language, form: str) -> None:
    *documents, everything = rows
    if form == "json":
        say_json({"documents": [_count_record(row) for row in documents], **_count_record(everything)})
        return
    colon = tr(": ").in_(lang)
    for row in rows:
        say(f"{row.total:4d}  {row.document.in_(lang)}{f' ({row.plan})' if row.plan else ''}")
        kinds = [f"{_KIND_WORDS[kind].in_(lang)} {row.kinds[kind]}" for kind in KINDS if row.kinds[kind]]
        classes = [f"{CLASS_NAMES[one].in_(lang)} {row.classes[one]}" for one in NAMES if row.classes[one]]
        comma = tr(", ").in_(lang)
        say(f"      {tr('by kind').in_(lang)}{colon}{comma.join(kinds)}")
        say(f"      {tr('by class').in_(lang)}{colon}{comma.join(classes)}")


def _count_record(row: Count) -> dict[str, object]:
    record: dict[str, object] = {} if not row.plan else {"plan": row.plan, "document": _both(row.document)}
    return record | {"total": row.total, "kinds": row.kinds, "classes": row.classes}


def _say_lines(found: list[Line], lang: Language) -> None:
    plan = None
    for line in found:
        if line.plan != plan:
            plan = line.plan
            say(f"{line.document.in_(lang)} ({plan})")
        target = line.target
        value = ""
        if target.written_value is not None:
            value = _SIGNS.get(target.op or "", "") + quantity(
                target.written_value, target.written_unit, lang, exact=True
            )
        year = str(target.year or "—")
        head = f"  {target.id}  {year:>4}  [{CLASS_NAMES[line.class_].in_(lang)}]  {target.title.in_(lang)}  {value}"
        reason = target.reason.in_(lang) if target.reason else ""
        say("  ".join(part for part in (head.rstrip(), _came(target.came, lang), reason) if part))


def _came(of: Came | None, lang: Language) -> str:
    return (
        "" if of is None or not of.is_known else RESULTS[of.result].in_(lang) + tr(": ").in_(lang) + of.note.in_(lang)
    )


def _record(line: Line) -> dict[str, object]:
    target = line.target
    return {
        "id": target.id,
        "plan": line.plan,
        "document": _both(line.document),
        "title": _both(target.title),
        "kind": target.kind,
        "class": line.class_,
        "measure": target.measure,
        "driver": target.driver,
        "region": target.region,
        "op": target.op,
        "value": target.written_value,
        "unit": target.written_unit,
        "year": target.year,
        "source": _both(target.source),
        "note": _both(target.note),
        "reason": _both(target.reason),
        "outcome": target.came and target.came.result,
        "came": target.came and _both(target.came.note),
    }


def _both(text: Text | None) -> dict[str, str] | None:
    return None if text is None else {"zh": text.zh, "en": text.en}
