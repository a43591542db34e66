"""A study as one HTML file: the answer, the series before and after, residuals, what the figures tell."""

from pathlib import Path
from typing import Final

from sim.common.language import Language
from sim.common.typography import sentence
from sim.evidence.study.result import Curve, Result
from sim.evidence.study.words import headline, lessons, signed
from sim.model.registry import PARAMETERS
from sim.output.charts import study as charts
from sim.output.charts.before import Bands
from sim.output.layout.parts import Answers, Bullets, Charts, Column, Page, Paragraph, Section, Table, listed
from sim.output.layout.render import write_page
from sim.output.layout.values import Points, Quantity, Quoted, Styled, capital
from sim.output.texts import tr
from sim.run.words import measure_name

_RUNS: Final = tr("The fitted rates with their spread run as:")


def write(result: Result, path: Path, language: Language) -> None:
    """Write the study to one file."""
    write_page(page(result, language), path, language)


def page(result: Result, language: Language) -> Page:
    """The page before it is put into a file."""
    tracks = {
        f"track-{i}": charts.track(_track(result, one, language), language) for i, one in enumerate(result.curves)
    }
    left = Charts({"residuals": charts.residuals(_rows(result, language), language)}, wide=True)
    inputs = Charts({"parameters": charts.parameters(_parameters(result, language), language)}, wide=True)
    answer = Answers(tuple(capital(one) for one in headline(result)))
    learnt = Bullets(tuple(capital(one) for one in lessons(result)))
    fitted = Paragraph((_RUNS, " ", Styled("townward run fitted.yaml", "code")))
    body = (
        Section("answer", tr("The answer"), (answer, fitted)),
        Section("series", tr("Before and after"), (Charts(tracks),)),
        Section("left", tr("Residuals"), (left, _table(result, language))),
        Section("told", tr("What the figures tell"), (learnt, inputs)),
    )
    scenario = result.study.scenario
    heading = tr("{title}: calibration", title=result.study.title)
    about = tr(
        "{title} · base year {base_year} · {regions} region{part}",
        title=scenario.title,
        base_year=scenario.base_year,
        regions=len(scenario.regions),
        part="s" if len(scenario.regions) > 1 else "",
    )
    return Page(heading, about, body)


def _name(result: Result, region: str, measure: str, language: Language) -> str:
    name = sentence(measure_name(measure, language))
    if region == result.study.scenario.main:
        return name
    places = {group.id: group.name for group in result.study.scenario.groups}
    places |= {one.id: one.name for one in result.study.scenario.regions}
    return tr("{places}: {name}", places=places[region], name=name).in_(language)


def _track(result: Result, one: Curve, language: Language) -> charts.Track:
    figures = tuple(
        (r.year, r.value, r.error) for r in result.residuals if (r.region, r.measure) == (one.region, one.measure)
    )
    name = _name(result, one.region, one.measure, language)
    return charts.Track(name, one.unit, _bands(one.years, one.before), _bands(one.years, one.after), figures)


def _bands(years: tuple[int, ...], rows: tuple[tuple[float, float, float], ...]) -> Bands:
    # flows have no value in the base year
    pairs = [(year, row) for year, row in zip(years, rows, strict=True) if any(row) or year > years[0]]
    return Bands(*({year: row[i] for year, row in pairs} for i in range(3)))


def _rows(result: Result, language: Language) -> list[tuple[str, int, float, float]]:
    return [
        (_name(result, one.region, one.measure, language), one.year, (one.value - one.before) / one.error, one.off)
        for one in result.residuals
    ]


def _parameters(result: Result, language: Language) -> list[tuple[str, float, float]]:
    by_path = {one.path: one for one in result.moved}
    return [
        (PARAMETERS[path].name.in_(language), by_path[path].shift, by_path[path].left) for path in result.study.varied
    ]


def _table(result: Result, language: Language) -> Table:
    caption = tr(
        "In the published area. Standard errors hold the figures' own error, the drift of yearly "
        "estimates, what the model leaves out, and the runs' year-to-year noise"
    )
    return listed(
        "residuals",
        caption,
        result.residuals,
        (Column(tr("Figure")), lambda one: _name(result, one.region, one.measure, language)),
        (Column(tr("Year"), "year"), lambda one: one.year),
        (Column(tr("Value", context="figure"), "number"), lambda one: Quantity(one.value, one.unit)),
        (Column(tr("Standard error"), "number"), lambda one: Points(one.error, one.unit)),
        (Column(tr("Before the fit"), "number"), lambda one: Quantity(one.before, one.unit)),
        (Column(tr("Fitted"), "number"), lambda one: Quantity(one.after, one.unit)),
        (Column(tr("Off (se)"), "number"), lambda one: signed(one.off)),
        (Column(tr("Source")), lambda one: Quoted(one.source)),
    )
