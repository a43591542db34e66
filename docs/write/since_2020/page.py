"""The score since the census as a page."""

from collections.abc import Callable, Sequence
from typing import Final

from docs.write.since_2020.compare import HORIZON, MEASURES, Comparison, Founding, Later, Outlook
from sim.common.language import Text
from sim.common.numbers import quantity, span
from sim.output.documents.markdown import table
from sim.run.words import measure_name

_SCORED: Final = ("urbanization_rate", "resident")
_METHODS: Final = (
    ("no_change", Text("不变", "no change")),
    ("composite_growth", Text("综合增长率法", "composite growth")),
    ("growth_difference", Text("联合国法", "UN growth difference")),
    ("logistic", Text("逻辑斯蒂曲线法", "logistic curve")),
)
_FOUNDED: Final[dict[Founding, str]] = {
    "fitted": "fitted 拟合",
    "learnt": "learnt 习得",
    "mixed": "fitted and learnt 拟合与习得",
}
_RULES: Final = """\
## What was done · 做法

- **Trend**: the shipped trend scenario of every region and group, with the rates it has from the censuses of 2010 and
  2020 or, where a region has no comparable census of 2010, the rates learnt across counties. Counties carry the
  factors by which all counties add up, found from the figures of the nation and of all provinces for these years
  ([decision 22](decisions/0022-counties-add-up.md)): this is what was known in 2025, not in 2020. No figure of a county
  or prefecture entered them, but among the ways tried the one with the smaller errors on such places was kept.
- **Figures**: year-end figures of statistical bureaus that stand on the census of 2020, with their sources in
  `scenarios/regions/*/history.csv` and `calibration/later.csv`. Estimates from before that census are not chained.
  Many were read in reports of the communiqués and not in the communiqués; figures whose only source is a
  question-and-answer site or garbled are left out. The census of 1 November 2020 is taken as the end of 2020.
- **Provinces** are run as one region each, fitted to the province's rows of both censuses with moves between its
  counties inside; **Shijiazhuang prefecture** as the sum of its counties' rows, which is complete in both tables.
- **Anyang's nine** districts and counties hold 96% of the prefecture's residents of 2020 and all of 2010's (new zones
  are in no row of the later table), so that their trend loses people who only changed rows. The prefecture's figures
  are scaled to the nine by their part at the census of 2020; marked †.
- **Provinces run as one region** carry the moves of 2010–2020 on, without factors. What was published for Guangdong
  grew by less than that in 2021–2023, and the trend is too high there. Counties on their own fits leave as they did.
- **Errors** of the rate are in points, of counts in percent of what was published; a positive error is a trend that is
  too high. *No change* keeps the figure of the census; the planners' methods are those of `townward crosscheck`, from
  the same two censuses, where both are known.
- Figures of one place in several years, and of a city and its districts, are not independent: shares of held bands are
  a description, not a test.
"""
_NOT_SCORED: Final = """\
## Not scored · 未评分

- **Jieshou, Haidong and its six, Anyang's counties one by one, Shijiazhuang's districts and Zhengding**: no comparable
  figure of 2021–2024 was found for them.
- **Fuyang** (figures of 2021, 2022 and 2024): the county table of 2020 lacks 163,820 of its 8,200,264 residents, in a
  zone that is in no row, and the table of 2010 lacks none. A sum of its counties would take them for people who left.
- **Ankang, Hebei, Shaanxi**: can be run, but no figure of 2021–2024 was found.
- **Figures of 2024 of Shijiazhuang and Qinghai, of 2021 of Guangzhou**: from low-grade sources only.
"""


def page(of: Later, scored: str = "", words: str = "") -> str:
    """The whole page (Markdown). words: on the program's own words; scored: sections on every figure of a folder."""
    parts = [
        "# Since the census · 普查以来\n",
        _opening(of),
        _verdict(of),
        words,
        scored,
        *filter(None, (_by_year(of.comparisons, measure) for measure in _SCORED)),
        "## Every figure · 逐项比较\n",
        _figures(of.comparisons),
        f"## What the trend says of {HORIZON} · 趋势情景的{HORIZON}年\n",
        _outlooks(of.outlooks),
        _RULES,
        _NOT_SCORED,
    ]
    if of.without:
        names = ", ".join(f"{name.en} {name.zh}" for name in of.without)
        parts.insert(2, f"Left out, because no census table was given that has them whole: {names}.\n")
    return "\n".join(parts)


def _opening(of: Later) -> str:
    return (
        f"Written by `make since-2020`: {len(of.comparisons)} figures of 2021–2024, published after the census of "
        "2020, beside what the trend scenarios said.\n"
    )


def _verdict(of: Later) -> str:
    """What came out, in words."""
    lines = []
    for measure in _SCORED:
        own = [one for one in of.comparisons if one.measure == measure]
        if not own:
            continue
        unit = _unit(measure)
        held = sum(one.held for one in own)
        line = (
            f"- **{_name(measure).en}**: off by {_error(own):.2f}{unit} on average ({len(own)} figures), bias "
            f"{_mean(own, lambda one: one.error):+.2f}; the 80% band held {held} of {len(own)}."
        )
        lines.append(line + _against(own, unit))
        lines += _learnt(own, unit)
    return "\n".join(lines) + "\n"


def _learnt(own: Sequence[Comparison], unit: str) -> list[str]:
    """How regions fared whose rates were learnt across counties, where there are any."""
    chosen = [one for one in own if one.founding == "learnt"]
    if not chosen:
        return []
    still = _mean(chosen, lambda one: abs(one.error_of(one.said["no_change"])))
    held = sum(one.held for one in chosen)
    line = (
        f"  - Of them, regions with rates learnt across counties: {_error(chosen):.2f}{unit} ({len(chosen)} figures), "
        f"bias {_mean(chosen, lambda one: one.error):+.2f}, held {held} of {len(chosen)}; no change {still:.2f}{unit}."
    )
    return [line]


def _against(own: Sequence[Comparison], unit: str) -> str:
    """Each other method beside the trend, on the figures that it speaks of."""
    said = []
    for method, name in _METHODS:
        both = [one for one in own if method in one.said]
        if both:
            other = _mean(both, lambda one, key=method: abs(one.error_of(one.said[key])))  # type: ignore[misc]
            word = "worse" if other > _error(both) else "better"
            where = "" if len(both) == len(own) else f" on {len(both)} figures, where the trend has {_error(both):.2f}"
            said.append(f"{name.en} {other:.2f}{unit}{where} ({word})")
    return " Others: " + "; ".join(said) + "." if said else ""


def _by_year(of: Sequence[Comparison], measure: str) -> str:
    own = [one for one in of if one.measure == measure]
    if not own:
        return ""
    methods = [(id_, name) for id_, name in _METHODS if any(id_ in one.said for one in own)]
    head = ["", "n", "trend 趋势: error", "bias", "80% band held", *(f"{name.en} {name.zh}" for _, name in methods)]
    years = sorted({one.year for one in own})
    groups = [(str(year), [one for one in own if one.year == year]) for year in years] + [("all 全部", own)]
    rows = [
        [
            label,
            str(len(chosen)),
            f"{_error(chosen):.2f}",
            f"{_mean(chosen, lambda one: one.error):+.2f}",
            f"{sum(one.held for one in chosen)} of {len(chosen)}",
            *(_other(chosen, method) for method, _ in methods),
        ]
        for label, chosen in groups
    ]
    name = _name(measure)
    unit = "points" if measure == "urbanization_rate" else "%"
    return f"## {name.en} · {name.zh} ({unit})\n\n" + table(head, rows) + "\n"


def _other(own: Sequence[Comparison], method: str) -> str:
    known = [one for one in own if method in one.said]
    if not known:
        return "—"
    error = _mean(known, lambda one: abs(one.error_of(one.said[method])))
    return f"{error:.2f}" + ("" if len(known) == len(own) else f" (n={len(known)})")


def _figures(of: Sequence[Comparison]) -> str:
    head = [
        "place 地区",
        "measure 指标",
        "year 年",
        "published 公布数",
        "trend (80% band) 趋势",
        "error",
        "held",
        "rates",
        "source",
    ]
    rows = []
    for one in sorted(of, key=lambda one: MEASURES.index(one.measure)):
        unit = "share" if one.measure == "urbanization_rate" else "person"
        name = _name(one.measure)
        rows.append(
            [
                f"{one.name.en} {one.name.zh}{'†' if one.scaled else ''}",
                f"{name.en} {name.zh}",
                str(one.year),
                _number(one.published, unit),
                _with_band((one.low, one.median, one.high), unit),
                f"{one.error:+.2f}{_unit(one.measure)}",
                "yes" if one.held else "**no**",
                _FOUNDED[one.founding],
                one.source,
            ]
        )
    return table(head, rows) + "\n"


def _outlooks(of: Sequence[Outlook]) -> str:
    rows = [
        [
            f"{one.name.en} {one.name.zh}",
            _with_band(one.rate, "share"),
            _with_band(one.resident, "person"),
            _FOUNDED[one.founding],
        ]
        for one in of
    ]
    return table(["place 地区", "urbanization rate 城镇化率", "residents 常住人口", "rates"], rows) + "\n"


def _with_band(values: tuple[float, float, float], unit: str) -> str:
    low, median, high = values
    return f"{_number(median, unit)} ({span(low, high, unit, 'en').removesuffix(' people')})"


def _number(value: float, unit: str) -> str:
    return quantity(value, unit, "en").removesuffix(" people")


def _name(measure: str) -> Text:
    return Text(measure_name(measure, "zh"), measure_name(measure, "en"))


def _unit(measure: str) -> str:
    return " points" if measure == "urbanization_rate" else "%"


def _error(of: Sequence[Comparison]) -> float:
    return _mean(of, lambda one: abs(one.error))


def _mean(of: Sequence[Comparison], value: Callable[[Comparison], float]) -> float:
    return sum(value(one) for one in of) / len(of)
