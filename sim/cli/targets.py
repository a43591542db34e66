"""The command that lists every line of every plan."""

from typing import Final

import click

from sim.cli.options import format_option, language_option, say, say_json
from sim.cli.texts import tr
from sim.common.language import Language, Text
from sim.common.numbers import quantity
from sim.scenario.targets import KINDS, STATUSES, Count, Line, counts, lines

_STATUS_WORDS: Final = {
    "modelled": tr("modelled"),
    "need": Text("可算需求", "need"),
    "delivery": tr("delivery"),
    "tracked": tr("tracked"),
    "milestone": tr("milestone"),
    "not assessed": tr("not assessed"),
}
_KIND_WORDS: Final = {
    "outcome": tr("outcomes"),
    "standard": tr("standards"),
    "commitment": tr("commitments"),
    "deadline": tr("deadlines"),
}
_SIGNS: Final = {"at_least": "≥ ", "at_most": "≤ ", "about": "≈ ", "equal": "= "}


@click.command()
@click.argument("plans", nargs=-1)
@click.option("--summary", is_flag=True, help="counts by kind and document / 按文件和类别计数")
@language_option
@format_option
def targets(plans: tuple[str, ...], summary: bool, lang: Language, form: str) -> None:
    """Every line of every plan: modelled, tracked, a milestone, or why not / 全部规划的全部指标."""
    found = lines(plans)
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
        classes = [f"{_STATUS_WORDS[one].in_(lang)} {row.statuses[one]}" for one in STATUSES if row.statuses[one]]
        comma = Text(",", ", ").in_(lang)
        say(f"      {Text('类别', 'by kind').in_(lang)}{colon}{comma.join(kinds)}")
        say(f"      {Text('评估', 'assessed').in_(lang)}{colon}{comma.join(classes)}")


def _count_record(row: Count) -> dict[str, object]:
    record: dict[str, object] = {} if not row.plan else {"plan": row.plan, "document": _both(row.document)}
    return record | {"total": row.total, "kinds": row.kinds, "statuses": row.statuses}


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
        head = f"  {target.id}  {year:>4}  [{_STATUS_WORDS[line.status].in_(lang)}]  {target.title.in_(lang)}  {value}"
        reason = target.reason.in_(lang) if target.reason else ""
        say(f"{head.rstrip()}  {reason}".rstrip())


def _record(line: Line) -> dict[str, object]:
    target = line.target
    return {
        "id": target.id,
        "plan": line.plan,
        "document": _both(line.document),
        "title": _both(target.title),
        "kind": target.kind,
        "status": line.status,
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
    }


def _both(text: Text | None) -> dict[str, str] | None:
    return None if text is None else {"zh": text.zh, "en": text.en}
