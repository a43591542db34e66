"""Commands about regions."""

from collections.abc import Sequence
from pathlib import Path

import click

from sim.cli.help_pages import columns
from sim.cli.options import FILE, format_option, language_option, progress, say, say_json, time_left
from sim.cli.texts import tr
from sim.common.language import Language
from sim.common.paths import library

REGIONS = Path("scenarios") / "regions"
_ZONES = (tr("county seat"), tr("other towns"), tr("villages"), tr("away"))
_REGISTRATIONS = (tr("urban status"), tr("rural status"), tr("from outside"))
_WIDTH = 14
"""Columns of a terminal that a column of the table takes."""


@click.group()
def region() -> None:
    """Regions: list, show, add from a census table, calibrate."""


@region.command("list")
@language_option
@format_option
def list_(lang: Language, form: str) -> None:
    """Regions that scenarios can name."""
    import yaml

    found = []
    for file in sorted((library() / "scenarios" / "regions").glob("*/region.yaml")):
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        rates = (file.parent / "away.csv").is_file()
        one = {"id": content["id"], "code": content.get("code"), "name": content["name"], "calibrated": rates}
        found.append(one | ({"members": content["members"]} if "members" in content else {}))
    if form == "json":
        say_json(found)
        return
    for one in found:
        fitted = tr("calibrated") if one["calibrated"] else tr("not fitted to its own past")
        what = fitted.in_(lang) if "members" not in one else tr(", ").in_(lang).join(one["members"])
        say(f"{one['id']}  {one['code'] or '—'}  {one['name'][lang]}  {what}")


@region.command()
@click.argument("folder", type=FILE)
@language_option
def show(folder: Path, lang: Language) -> None:
    """The base year of a region and how each part of it came about."""
    from sim.places.base_year.files import region_base
    from sim.places.census import read_region
    from sim.places.china.national import load_national
    from sim.places.region_add import KINDS
    from sim.scenario.by_name import name_in

    place = folder if (folder / "region.yaml").is_file() else _named(str(folder))
    year = max(read_region(place))
    base, _ = region_base(place, year, load_national())
    name = name_in(place / "region.yaml")
    say(f"{place.name}  {'' if name is None else name.in_(lang)}  {year}")
    heads = [one.in_(lang) for one in _REGISTRATIONS]
    say(" " * _WIDTH + "".join(" " * (_WIDTH - columns(head)) + head for head in heads))
    for zone, row in zip(_ZONES, base.pop.sum(axis=(2, 3)), strict=True):
        head = zone.in_(lang)
        say(head + " " * (_WIDTH - columns(head)) + "".join(f"{value:{_WIDTH},.0f}" for value in row))
    for mark in base.marks:
        said = tr("[{kind}] {what}: {how}", kind=KINDS[mark.kind], what=mark.what, how=mark.method)
        say(said.in_(lang))


def _named(name: str) -> Path:
    """The folder of a region that can be named here. Raises InvalidInput with the nearest name where there is none."""
    from sim.common.errors import Fault, InvalidInput, Place
    from sim.scenario.by_name import close
    from sim.scenario.names import named
    from sim.scenario.regions import folder_of

    here = Path.cwd() / "any.yaml"
    found = folder_of(name, here)
    if found is None:
        problem = tr("no region is called {name}", name=name)
        raise InvalidInput([Fault(Place("region"), "", problem, close(name, named(here, "regions")))])
    return found


@region.command()
@click.option("--census", type=FILE, required=True, help="county table of a census (CSV)")
@click.option("--code", required=True, help="six-digit code or name")
@click.option("--year", type=int, default=None, help="year of the census")
@click.option("--earlier", type=FILE, default=None, help="table of the census before, to fit rates")
@click.option("--id", "region_id", default=None, help="name of the region's folder")
@click.option("--name-en", default=None, help="English name")
@click.option("-o", "--out", type=FILE, default=REGIONS, help="folder of regions")
@click.option("--replace", is_flag=True, help="rewrite an existing region")
@language_option
def add(
    census: Path,
    code: str,
    year: int | None,
    earlier: Path | None,
    region_id: str | None,
    name_en: str | None,
    out: Path,
    replace: bool,
    lang: Language,
) -> None:
    """A new region from one row of a census table."""
    from sim.places.region_add import Naming, region_add
    from sim.scenario.trend import write_trend

    rates: list[str] = []

    def finish(folder: Path, before: bool) -> None:
        rates.extend(_calibrate(folder, lang) if before else _unfitted(folder, lang))

    report = region_add(census, code, out, year, earlier, Naming(region_id, name_en), replace, finish)
    for line in (*report.lines(lang), *rates):
        say(line)
    trend = write_trend(out, report.id, report.row.year)
    say(tr("written: {folder}", folder=report.folder).in_(lang))
    say(f"townward run {trend.as_posix()}")


@region.command()
@click.argument("folder", type=FILE)
@click.option("--residuals", type=FILE, default=None, help="also write the residuals of the fit (JSON)")
@language_option
def calibrate(folder: Path, residuals: Path | None, lang: Language) -> None:
    """Fit a region's rates to its two censuses."""
    from sim.places.region_add import rewritten
    from sim.run.folder import publish, text_file

    lines: list[str] = []
    found: list[str] = []
    rewritten(folder, lambda part: lines.extend(_calibrate(part, lang, found, teach=True)))
    if residuals is not None:
        publish(
            residuals.parent, {residuals.name: text_file(found[0])}, [*folder.glob("*.csv"), *folder.glob("*.yaml")]
        )
    for line in lines:
        say(line)


def _unfitted(folder: Path, lang: Language) -> list[str]:
    from sim.evidence.calibrate.unfitted import write_unfitted

    found = write_unfitted(folder)
    text = tr("rates: one usable census only (give --earlier to fit them). {method}", method=found.method)
    return [text.in_(lang), *_at_bounds(found.at_bounds, lang)]


def _at_bounds(paths: Sequence[str], lang: Language) -> list[str]:
    """A line that names rates at a bound of their parameter, if there are any."""
    return [tr("parameters at a bound: {paths}", paths=", ".join(paths)).in_(lang)] if paths else []


def _calibrate(folder: Path, lang: Language, residuals: list[str] | None = None, *, teach: bool = False) -> list[str]:
    from sim.common.typography import sentence
    from sim.evidence.calibrate.region import calibrate as fit_region
    from sim.evidence.calibrate.region import checked, files, residuals_json, told
    from sim.evidence.inference.identifiability import sentences
    from sim.places.region_add import refresh_notes
    from sim.run.folder import publish, text_file

    progress(tr("fitting the rates …"), lang)
    with time_left(lang) as tell:
        fitted = fit_region(folder, tell=tell)
    publish(folder, {name: text_file(content) for name, content in files(fitted).items()})
    refresh_notes(folder)
    if residuals is not None:
        progress(tr("checking the fit …"), lang)
        with time_left(lang) as tell:
            residuals.append(residuals_json(fitted, checked(fitted, tell=tell)))
    worst = max(fitted.fit.observations, key=lambda item: abs(item.error))
    ages = [abs(item.error) for item in fitted.fit.observations if item.name.startswith(("male", "female"))]
    text = tr(
        "rates: fitted to {year} and {second}; age groups off by {ages:.1%} on average, at most {error:+.1%} ({name})",
        year=fitted.first.year,
        second=fitted.second.year,
        ages=sum(ages) / len(ages),
        error=worst.error,
        name=worst.name,
    )
    lines = [text.in_(lang), *_at_bounds(fitted.rates.at_bounds, lang)]
    told_of = sentences(told(fitted)) if teach else ()
    return [*lines, *(f"- {sentence(line.in_(lang))}" for line in told_of)]
