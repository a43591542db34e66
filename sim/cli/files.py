"""Commands about scenario files; none of them loads a numerical library."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from sim.cli.options import FILE, format_option, language_option, overrides_option, say, say_json
from sim.cli.texts import tr
from sim.common.language import Language, Text
from sim.common.numbers import unit_words
from sim.common.paths import shown_place
from sim.model.draws.setting import Setting
from sim.places.inputs import check_regions
from sim.scenario import Explanation, is_parameter
from sim.scenario import explain as explained
from sim.scenario import scenario as resolve
from sim.scenario.by_name import path_of

if TYPE_CHECKING:
    from sim.cli.kinds import Kind

KINDS = (
    *("scenario", "sweep", "seek", "study", "policy", "plan", "region", "group", "region-rates", "services"),
    *("capacities", "outcomes", "kinds", "programmes", "awards", "tasks", "rates", "upkeep", "stocks", "crosscheck"),
)
"""Kinds of files that have a schema."""
_CHANGES: Final = {
    "set": tr("set", context="a change"),
    "times": tr("times", context="a change"),
    "add": tr("add", context="a change"),
}
_SPREADS: Final = {
    "normal": tr("normal", context="a distribution"),
    "lognormal": tr("lognormal", context="a distribution"),
    "uniform": tr("uniform", context="a distribution"),
    "triangular": tr("triangular", context="a distribution"),
    "certain": tr("certain", context="a distribution"),
}
MOST_YEARS = 4
"""Values of a path that are printed; JSON has all of them."""


@click.command()
@click.argument("file", type=FILE)
@overrides_option
@language_option
@format_option
def validate(file: Path, overrides: tuple[str, ...], lang: Language, form: str) -> None:
    """Check a scenario, or another file, and every file it stands on."""
    from sim.cli.kinds import kind_of

    kind = kind_of(file)
    if kind != "scenario":
        from sim.cli.kinds import validate as validate_other

        validate_other(kind, file, overrides, lang, form)
        return
    found = resolve(file, overrides)
    histories = ((group.history, group.name.zh) for group in found.groups if group.history is not None)
    check_regions(((one.folder, one.base_year, one.history, one.name.zh) for one in found.regions), histories)
    if form == "json":
        say_json({"scenario": found.name, "valid": True, "files": [str(path) for path in found.inputs]})
        return
    regions = "、".join(r.name.zh for r in found.regions), ", ".join(r.name.en for r in found.regions)
    changes = sum(len(chain) for chain in found.settings.values())
    text = tr(
        "{file}: valid. “{title}”, {regions}, {base_year}–{horizon}, {draws} draws, {policies} "
        "policies, {changes} settings, {inputs} files read.",
        file=file,
        title=found.title,
        regions=Text(regions[0], regions[1]),
        base_year=found.base_year,
        horizon=found.horizon,
        draws=found.draws,
        policies=len(found.policies),
        changes=changes,
        inputs=len(found.inputs),
    )
    say(text.in_(lang))
    for remark in found.remarks:
        say(f"! {remark.message(lang)}")


@click.command()
@click.argument("file", type=FILE)
@click.argument("path", required=False)
@overrides_option
@language_option
@format_option
def explain(file: Path, path: str | None, overrides: tuple[str, ...], lang: Language, form: str) -> None:
    """Each resolved value, the file and line that set it, and its source; or a target or an output of the run."""
    scenario = resolve(file, overrides)
    path = path and path_of(path, scenario.parameters)
    if path is not None and not is_parameter(path, scenario):
        from sim.cli.explaining import explain_output

        explain_output(path, scenario, lang, form)
        return
    found = explained(scenario, path)
    if form == "json":
        say_json([_record(item) for item in found])
        return
    for item in found:
        for line in _lines(item, lang):
            say(line)


def _lines(item: Explanation, lang: Language) -> list[str]:
    source = (item.source or tr("(none given)")).in_(lang)
    words = tr("source").in_(lang)
    unit = _unit(item.unit, lang)
    lines = [f"{item.path} = {_values(item)} [{unit}]  {item.name.in_(lang)}", f"    {words}: {source}"]
    if not item.chain:
        lines.append(f"    {tr('default of the program').in_(lang)}")
    for setting in item.chain:
        lines.append(f"    {_acting(setting, lang)}")
        if setting.origin.source not in (None, item.source):
            lines.append(f"        {words}: {setting.origin.source.in_(lang)}")
    return lines


def _acting(setting: Setting, lang: Language) -> str:
    """One setting in a line: its place, what it does, how uncertain it is, from when."""
    origin = setting.origin
    unit = "" if setting.change == "times" else _unit(origin.written_unit, lang)
    spread = f" ± {_SPREADS[setting.dist.kind].in_(lang)}" if setting.dist else ""
    since = tr(", {year}…", year=setting.start).in_(lang) if setting.start else ""
    written = f"{_CHANGES[setting.change].in_(lang)} {origin.written_value} {unit}".rstrip()
    return f"{shown_place(origin.place)}: {written}{spread}{since}"


def _unit(unit: str, lang: Language) -> str:
    """A unit as the files of the program write it in English, and in words in Chinese."""
    return unit if lang == "en" else unit_words(unit, lang)


def _values(item: Explanation) -> str:
    if len(item.values) == 1:
        return f"{item.values[0]:.6g}"
    pairs = [f"{year}: {value:.6g}" for year, value in zip(item.years, item.values, strict=True)]
    return ", ".join(pairs if len(pairs) <= MOST_YEARS else [*pairs[: MOST_YEARS - 1], "…", pairs[-1]])


def _record(item: Explanation) -> dict[str, object]:
    return {
        "region": item.region,
        "path": item.path,
        "name": _both(item.name),
        "unit": item.unit,
        "years": list(item.years),
        "values": list(item.values),
        "default": item.default,
        "source": _both(item.source),
        "place": shown_place(item.place),
        "chain": [
            {
                "change": setting.change,
                "place": shown_place(setting.origin.place),
                "source": _both(setting.origin.source),
                "written": f"{setting.origin.written_value} {setting.origin.written_unit}".strip(),
            }
            for setting in item.chain
        ],
    }


def _both(text: Text | None) -> dict[str, str] | None:
    return None if text is None else {"zh": text.zh, "en": text.en}


@click.command()
@click.argument(
    "kind",
    type=click.Choice(KINDS),
    default="scenario",
    metavar="[KIND]",
)
@click.option("--reference", is_flag=True, help="the reference for people, as Markdown")
@language_option
def schema(kind: "Kind", reference: bool, lang: Language) -> None:
    """JSON Schema of files, for editors.

    KIND is scenario, sweep, seek, study, policy, plan, region, group, region-rates, services, capacities, outcomes;
    of projects kinds; of processes programmes, awards, tasks, rates, upkeep, stocks; or crosscheck.
    """
    if reference:
        from sim.output.documents.scenario_reference import reference as scenario_reference

        say(scenario_reference(lang).rstrip("\n"))
    else:
        from sim.cli.kinds import schema as schema_of_kind

        say_json(schema_of_kind(kind))
