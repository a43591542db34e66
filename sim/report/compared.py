"""The report of several scenarios side by side."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from sim.charts import comparison
from sim.charts.curves import assessed
from sim.charts.numbers import MISSING, estimate
from sim.charts.style import Figure
from sim.language import Language, Text
from sim.report.html import Cell, Html, element, section, table
from sim.report.listing import provenance
from sim.report.page import Page, charts, write_page
from sim.report.panel import aim, badge, titled, under
from sim.report.words import brief, chance, is_facility, is_opening
from sim.tables import RunTables, Verdict

_MEASURES = ("urbanization_rate", "city")


def compare(runs: Sequence[RunTables], path: Path, language: Language, differences: pd.DataFrame | None = None) -> None:
    """Write the comparison of runs to one HTML file.

    differences: paired differences against the first run, in the columns of a series. Raises ValueError
    without runs.
    """
    write_page(page(runs, language, differences), Path(path), language)


def page(runs: Sequence[RunTables], language: Language, differences: pd.DataFrame | None = None) -> Page:
    """The comparison, before it is put into a file."""
    if not runs:
        raise ValueError("nothing to compare: no run was given")
    medians = {f"medians-{measure}": comparison.medians(runs, measure, language) for measure in _MEASURES}
    chances = {"probabilities": comparison.probabilities(runs, language)} if any(map(assessed, runs)) else {}
    paired = _paired(runs, differences, language)
    body = (
        section(
            "answer",
            Text("结论", "The answer").in_(language),
            _answers(runs, language),
            matrix(runs, language),
            charts(medians),
        ),
        section("chances", Text("达标概率", "Chances").in_(language), charts(chances, wide=True)),
        section("differences", Text("政策效果", "What the scenarios change").in_(language), charts(paired)),
        section("provenance", Text("复现信息", "Provenance").in_(language), provenance(runs, language)),
    )
    names = Text("、", ", ").in_(language).join(name.in_(language) for _, name in runs[0].regions)
    heading = Text(f"{names}:{len(runs)} 个方案比较", f"{names}: {len(runs)} scenarios side by side").in_(language)
    about = " · ".join(run.title.in_(language) for run in runs)
    return Page(heading, about, body, medians | chances | paired)


def matrix(runs: Sequence[RunTables], language: Language) -> Html:
    """Targets by scenario: status and probability."""
    rows: list[list[Cell]] = []
    by_run = [{verdict.id: verdict for verdict in assessed(run)} for run in runs]
    for id_ in dict.fromkeys(id_ for verdicts in by_run for id_ in verdicts):
        found = [verdicts.get(id_) for verdicts in by_run]
        known = next(verdict for verdict in found if verdict is not None)
        cells = [_cell(one, language) if one else MISSING for one in found]
        rows.append([titled(known, language), f"{aim(known, language)} ({known.year})", *cells])
    heads = [Text("指标", "Target").in_(language), Text("目标值", "Value").in_(language)]
    caption = Text("各方案的达标判断", "Verdicts by scenario").in_(language)
    return table(caption, [*heads, *(run.title.in_(language) for run in runs)], rows)


def _cell(verdict: Verdict, language: Language) -> Cell:
    chances = under(badge(verdict, language), chance(verdict, language))
    if is_opening(verdict):
        return chances
    unit = verdict.need_unit if is_facility(verdict) else verdict.unit
    middle, band = estimate((verdict.low, verdict.median, verdict.high), unit, language)
    return under(chances, f"{middle} ({band})")


def _answers(runs: Sequence[RunTables], language: Language) -> Html:
    """The first assessed target of each scenario in words, most likely first."""
    ranked = sorted((run for run in runs if assessed(run)), key=lambda run: -(assessed(run)[0].probability or 0.0))
    colon = Text(":", ": ").in_(language)
    lines = [f"{run.title.in_(language)}{colon}{brief(assessed(run)[0], language)}" for run in ranked]
    return element("div", *(element("p", line) for line in lines), classes="answers several") if lines else Html("")


def _paired(runs: Sequence[RunTables], differences: pd.DataFrame | None, language: Language) -> dict[str, Figure]:
    if differences is None or len(runs) < 2:
        return {}
    known = set(differences["measure"].unique())
    return {
        f"difference-{measure}": comparison.differences(runs, differences, measure, language)
        for measure in _MEASURES
        if measure in known
    }
