"""A study as one HTML file: the answer, the series before and after, residuals, what the figures tell."""

from pathlib import Path

from sim.common.language import Language, Text
from sim.common.numbers import points, quantity
from sim.common.typography import sentence
from sim.evidence.study.result import Curve, Result
from sim.evidence.study.words import headline, lessons, signed
from sim.model.registry import PARAMETERS
from sim.output.charts import study as charts
from sim.output.charts.before import Bands
from sim.output.charts.style import Figure
from sim.output.report.html import Html, element, joined, section, table
from sim.output.report.page import Page, write_page
from sim.output.report.page import charts as placed
from sim.output.report.panel import quoted
from sim.output.texts import tr
from sim.run.words import measure_name


def write(of: Result, path: Path, language: Language) -> None:
    """Write the study to one file."""
    write_page(page(of, language), path, language)


def page(of: Result, language: Language) -> Page:
    """The page before it is put into a file."""
    tracks = {f"track-{i}": charts.track(_track(of, one, language), language) for i, one in enumerate(of.curves)}
    left = {"residuals": charts.residuals(_rows(of, language), language)}
    inputs = {"parameters": charts.parameters(_parameters(of, language), language)}
    answer = element("div", *(element("p", sentence(one.in_(language))) for one in headline(of)), classes="answers")
    learnt = element("ul", *(element("li", sentence(one.in_(language))) for one in lessons(of)))
    body = (
        section("answer", tr("The answer").in_(language), answer, _how(language)),
        section("series", tr("Before and after").in_(language), placed(tracks)),
        section("left", tr("Residuals").in_(language), placed(left, wide=True), _table(of, language)),
        section("told", tr("What the figures tell").in_(language), learnt, placed(inputs, wide=True)),
    )
    figures: dict[str, Figure] = tracks | left | inputs
    scenario = of.study.scenario
    heading = tr("{title}: calibration", title=of.study.title)
    about = tr(
        "{title} · base year {base_year} · {regions} region{part}",
        title=scenario.title,
        base_year=scenario.base_year,
        regions=len(scenario.regions),
        part="s" if len(scenario.regions) > 1 else "",
    )
    return Page(heading.in_(language), about.in_(language), body, figures)


def _how(language: Language) -> Html:
    words = tr("The fitted rates with their spread run as:")
    return element("p", words.in_(language) + " ", element("code", "townward run fitted.yaml"))


def _name(of: Result, region: str, measure: str, language: Language) -> str:
    name = sentence(measure_name(measure, language))
    if region == of.study.scenario.main:
        return name
    places = {group.id: group.name for group in of.study.scenario.groups}
    places |= {one.id: one.name for one in of.study.scenario.regions}
    return tr("{places}: {name}", places=places[region], name=name).in_(language)


def _track(of: Result, one: Curve, language: Language) -> charts.Track:
    figures = tuple(
        (r.year, r.value, r.error) for r in of.residuals if (r.region, r.measure) == (one.region, one.measure)
    )
    name = _name(of, one.region, one.measure, language)
    return charts.Track(name, one.unit, _bands(one.years, one.before), _bands(one.years, one.after), figures)


def _bands(years: tuple[int, ...], rows: tuple[tuple[float, float, float], ...]) -> Bands:
    # flows have no value in the base year
    pairs = [(year, row) for year, row in zip(years, rows, strict=True) if any(row) or year > years[0]]
    return Bands(*({year: row[i] for year, row in pairs} for i in range(3)))


def _rows(of: Result, language: Language) -> list[tuple[str, int, float, float]]:
    return [
        (_name(of, one.region, one.measure, language), one.year, (one.value - one.before) / one.error, one.off)
        for one in of.residuals
    ]


def _parameters(of: Result, language: Language) -> list[tuple[str, float, float]]:
    by_path = {one.path: one for one in of.moved}
    return [(PARAMETERS[path].name.in_(language), by_path[path].shift, by_path[path].left) for path in of.study.varied]


def _table(of: Result, language: Language) -> Html:
    heads = (
        tr("Figure"),
        tr("Year"),
        Text("数值", "Value"),
        tr("Standard error"),
        tr("Before the fit"),
        tr("Fitted"),
        tr("Off (se)"),
        tr("Source"),
    )
    rows = [
        (
            _name(of, one.region, one.measure, language),
            str(one.year),
            quantity(one.value, one.unit, language),
            points(one.error, one.unit, language),
            quantity(one.before, one.unit, language),
            quantity(one.after, one.unit, language),
            signed(one.off),
            quoted(one.source, language),
        )
        for one in of.residuals
    ]
    caption = tr(
        "In the published area. Standard errors hold the figures' own error, the drift of yearly "
        "estimates, what the model leaves out, and the runs' year-to-year noise"
    )
    made = table(caption.in_(language), [head.in_(language) for head in heads], rows, (2, 3, 4, 5, 6))
    return joined([made])
