"""Residents by age and sex: the target year as bars, the base year as an outline."""

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Final

from sim.common.language import Language, Text
from sim.common.numbers import quantity
from sim.output.charts.axes import axis_title
from sim.output.charts.notes import above
from sim.output.charts.style import AXIS, INK, LEGEND, PAPER, ZONES, Axis, Figure, Spec, Trace, axis_of, figure, rgba
from sim.output.charts.traces import lying, points
from sim.output.texts import tr
from sim.run.curves import main_region
from sim.run.tables import RunTables

Counts = Mapping[tuple[str, int], float]
People = Mapping[tuple[int, str], Sequence[tuple[str, int, float]]]
"""Sex, age and persons, by year and zone."""

_COLUMNS: Final = ("year", "zone", "sex", "age", "value")
_SIDES: Final = {"male": -1.0, "female": 1.0}
_RESIDENCE: Final = {"urban": ("city", "town"), "rural": ("rural",)}
_NAMES: Final = {"urban": tr("urban"), "rural": tr("rural")}
_COLOURS: Final = {"urban": ZONES["city"], "rural": ZONES["rural"]}


def residents(tables: RunTables, language: Language, region: str | None = None, year: int | None = None) -> Figure:
    """Age pyramid of residents in a year (the test year) against the base year [万人 or thousands a year of age]."""
    people = _people(tables, region)
    chosen = tables.test_year if year is None else year
    return _drawn(tables, people, _base(tables, people), chosen, language)


def _base(tables: RunTables, people: People) -> Counts:
    """Residents of the base year."""
    return _counts(people, tables.base_year, ("city", "town", "rural"))


def _drawn(tables: RunTables, people: People, base: Counts, chosen: int, language: Language) -> Figure:
    then = {key: _counts(people, chosen, zones) for key, zones in _RESIDENCE.items()}
    axis = axis_of("person", language)
    traces = [_bars(then[key], key, sex, chosen, axis, language) for sex in _SIDES for key in _RESIDENCE]
    traces += [_outline(base, sex, tables.base_year, axis, language) for sex in _SIDES]
    both = then["urban"], then["rural"]
    layout = _layout(_widest(base, both, axis), axis, language)
    layout["annotations"] = [_sex_note(both, sex, language) for sex in _SIDES]
    title = tr("Age pyramid: {chosen} against {base_year}", chosen=chosen, base_year=tables.base_year)
    subtitle = tr(
        "Mean residents by single year of age (100: 100 and over); the outline is {base_year}",
        base_year=tables.base_year,
    )
    return figure(traces, title.in_(language), subtitle.in_(language), layout, language)


def years(tables: RunTables) -> list[int]:
    """The years of which a run keeps pyramids."""
    return sorted(set(tables.pyramid["year"].tolist()))


def by_year(tables: RunTables, language: Language, region: str | None = None) -> Figure:
    """The age pyramid of the test year with a frame for every year, all on one axis."""
    people = _people(tables, region)
    base = _base(tables, people)
    drawn = {year: _drawn(tables, people, base, year, language) for year in years(tables)}
    widest = max((one["layout"]["xaxis"] for one in drawn.values()), key=lambda axis: float(axis["range"][1]))
    whole = drawn[tables.test_year]
    whole["layout"]["xaxis"] = widest
    bars = len(_SIDES) * len(_RESIDENCE)
    return whole | {"frames": [_frame(year, one, bars) for year, one in drawn.items()]}


def _frame(year: int, of: Figure, bars: int) -> Spec:
    """What a year changes in the pyramid: the bars, what is said of them, and the title."""
    data = [{key: trace[key] for key in ("x", "customdata", "name")} for trace in of["data"][:bars]]
    layout = {key: of["layout"][key] for key in ("title", "annotations", "meta")}
    return {"name": str(year), "data": data, "layout": layout}


def _people(tables: RunTables, region: str | None) -> People:
    """The people of a region, the first where none is named."""
    frame = tables.pyramid
    mine = frame.where(frame["region"] == (region or main_region(tables)))
    people: dict[tuple[int, str], list[tuple[str, int, float]]] = {}
    for year, zone, *of in mine.rows(*_COLUMNS):
        people.setdefault((year, zone), []).append((of[0], of[1], of[2]))
    return people


def _counts(people: People, year: int, zones: tuple[str, ...]) -> Counts:
    counts: dict[tuple[str, int], float] = {}
    for zone in zones:
        for sex, age, value in people.get((year, zone), ()):
            counts[sex, age] = counts.get((sex, age), 0.0) + value
    return counts


def _of(counts: Counts, sex: str) -> dict[int, float]:
    return {age: value for (which, age), value in sorted(counts.items()) if which == sex}


def _bars(counts: Counts, key: str, sex: str, year: int, axis: Axis, language: Language) -> Trace:
    people, name = _of(counts, sex), _NAMES[key].in_(language)
    values = [round(axis.scaled(value), 5) for value in people.values()]
    title = tr("{year} {name}", year=year, name=name).in_(language)
    return lying(list(people), [_SIDES[sex] * value for value in values], title, rgba(_COLOURS[key], 0.88)) | {
        "legendgroup": key,
        "showlegend": sex == "male",
        "customdata": values,
        "marker": {"color": rgba(_COLOURS[key], 0.88), "line": {"width": 0}},
        "hovertemplate": f"{_sex(sex, language)}, {name}: %{{customdata:.3f}}{axis.suffix}<extra></extra>",
    }


def _outline(base: Counts, sex: str, year: int, axis: Axis, language: Language) -> Trace:
    people = _of(base, sex)
    values = [round(axis.scaled(value), 5) for value in people.values()]
    label = tr("{sex}, {year}", sex=_sex(sex, language), year=year).in_(language)
    said = f"{label}: %{{customdata:.3f}}{axis.suffix}<extra></extra>"
    name = tr("{year} (outline)", year=year).in_(language)
    return points("lines", [_SIDES[sex] * value for value in values], list(people), name, said) | {
        "legendgroup": "base",
        "showlegend": sex == "male",
        "customdata": values,
        "line": {"color": INK, "width": 1.6, "shape": "vhv"},
    }


def _sex(sex: str, language: Language) -> str:
    return (tr("men") if sex == "male" else tr("women")).in_(language)


def _sex_note(both: tuple[Counts, Counts], sex: str, language: Language) -> Spec:
    people = quantity(sum(value for counts in both for value in _of(counts, sex).values()), "person", language)
    text = tr("{sex}: {people}", sex=Text(_sex(sex, "zh"), _sex(sex, "en").capitalize()), people=people).in_(language)
    place = {"xref": "paper", "xanchor": "center"}
    return above(0.25 if sex == "male" else 0.75, f"<b>{text}</b>", 5, size=12.5) | place


def _widest(base: Counts, both: tuple[Counts, Counts], axis: Axis) -> float:
    urban, rural = both
    totals = [urban.get(key, 0.0) + rural.get(key, 0.0) for key in {*urban, *rural}]
    return max([axis.scaled(value) for value in (*totals, *base.values())], default=1.0) or 1.0


def _layout(widest: float, axis: Axis, language: Language) -> Spec:
    step = next(s for s in _steps() if widest / s <= 4.0)
    n = ceil(widest / step)
    ticks = [i * step for i in range(-n, n + 1)]
    return {
        "barmode": "relative",
        "bargap": 0.0,
        "hovermode": "closest",
        "height": 520,
        "legend": LEGEND | {"y": -0.16},
        "xaxis": {
            "range": [-1.04 * widest, 1.04 * widest],
            "tickmode": "array",
            "tickvals": ticks,
            "ticktext": [f"{abs(tick):g}" for tick in ticks],
            "gridcolor": "#eef1f4",
            "zeroline": True,
            "zerolinecolor": PAPER,
            "zerolinewidth": 2,
            "title": axis_title(tr("{unit} in each year of age", unit=axis.unit).in_(language)),
        },
        "yaxis": {
            "range": [-0.5, 100.5],
            "dtick": 10,
            "showgrid": False,
            "zeroline": False,
            "ticks": "outside",
            "ticklen": 4,
            "tickcolor": AXIS,
            "ticksuffix": tr(" ").in_(language),
        },
    }


def _steps() -> list[float]:
    return [factor * 10.0**power for power in range(-6, 12) for factor in (1.0, 2.0, 5.0)]
