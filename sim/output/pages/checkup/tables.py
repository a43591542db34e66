"""The tables and sentences of a check-up's page."""

from collections.abc import Sequence
from typing import Final

from sim.common.language import Language, Text
from sim.common.numbers import MISSING, percent, percent_error, points, quantity
from sim.common.typography import sentence
from sim.output.charts.style import STATUS
from sim.output.report.html import Cell, Html, element, joined, table
from sim.output.report.panel import quoted, under
from sim.questions.checkup.findings import Checkup, Curve, FigureFinding, TargetFinding
from sim.questions.checkup.words import band_words, goal, signed, since_words, threshold_words, verdict_words
from sim.run.words import SYMBOLS, measure_name, status

MOST_INPUTS: Final = 8


def warnings(of: Checkup, language: Language) -> Html:
    """The early warnings, or that there are none."""
    if not of.warnings:
        return element("p", Text("没有预警。", "No warnings.").in_(language))
    heading = element("h3", Text("预警", "Early warnings").in_(language))
    items = element("ul", *(element("li", sentence(one.text.in_(language))) for one in of.warnings))
    return joined([heading, items])


def figures_table(of: Checkup, language: Language) -> Html:
    """Every published figure against its forecast."""
    heads = [
        Text("公布数", "Figure"),
        Text("年份", "Year"),
        Text("数值(标准误)", "Value (standard error)"),
        Text("预测(80% 区间)", "Forecast (80% band)"),
        Text("判断", "Verdict"),
        Text("来源", "Source"),
    ]
    rows: list[Sequence[Cell]] = [_figure_row(of, one, language) for one in of.figures]
    caption = Text(
        "预测为公布之前所作(有上次体检则取其预测,否则取基年预测),已计入公布数的误差",
        "Forecasts made before the figure came (at the last check-up, else at the outset), with the errors of figures",
    )
    linked = [one for one in of.curves if one.linked]
    note = element("p", _link_words(of, linked, language)) if linked else Html("")
    return joined([table(caption.in_(language), [head.in_(language) for head in heads], rows, (2, 3)), note])


def _figure_row(of: Checkup, one: FigureFinding, language: Language) -> Sequence[Cell]:
    figure = one.figure
    error = points(figure.error, figure.unit, language)
    value = under(element("span", quantity(figure.value, figure.unit, language), classes="nowrap"), f"± {error}")
    verdict: Cell = verdict_words(one, language)
    if one.is_outside:
        verdict = element("span", verdict, classes="badge", attributes=f'style="background:{STATUS["unlikely"]}"')
    if not one.weighs:
        only = Text("仅列出,未加权", "shown only").in_(language)
        verdict = under(element("span", verdict), only)
    name = sentence(measure_name(figure.measure, language))
    place = dict(of.places)[figure.region].in_(language)
    return [
        under(element("span", name), place) if figure.region != of.places[0][0] else name,
        str(figure.year),
        value,
        band_words(one.forecast, figure.unit, language),
        verdict,
        quoted(figure.source, language),
    ]


def _link_words(of: Checkup, linked: Sequence[Curve], language: Language) -> str:
    parts = []
    for one in linked:
        name = measure_name(one.measure, language)
        if one.shift:
            sign = "+" if one.shift > 0 else "−"
            parts.append(f"{name} {sign} {points(abs(one.shift), one.unit, language)}")
        else:
            parts.append(f"{name} × {one.ratio:.4f}")
    listed = Text("、", ", ").in_(language).join(parts)
    return Text(
        f"公布口径与模型区域不同,按基年 {of.base_year} 年之比(差)换算:{listed}。本页均为公布口径。",
        f"The published area differs from the model's; they are linked by the base year {of.base_year}: {listed}. "
        "Everything here is in the published area.",
    ).in_(language)


def targets_table(of: Checkup, language: Language) -> Html:
    """Every target with a chance: before, and now."""
    heads = [
        Text("判断", "Verdict"),
        Text("指标", "Target"),
        Text("目标值", "Value"),
        Text("此前", "Before"),
        Text("现在", "Now"),
        Text("中位数与 80% 区间", "Median and 80% band"),
    ]
    rows: list[Sequence[Cell]] = [
        [
            _badge(one, language),
            under(element("span", sentence(one.name.in_(language))), one.id),
            under(element("span", goal(one, language), classes="nowrap"), str(one.year)),
            percent(one.before.probability or 0.0),
            _now(one, language),
            band_words(one.now.band, one.unit, language),
        ]
        for one in of.targets
        if one.kind == "outcome"
    ]
    since = since_words(of, language)
    caption = Text(f"规划指标的达标概率(“此前”:{since})", f"Chances of the targets (before: {since})")
    rest = Text(
        f"另有 {of.unassessed} 项指标模型不涉及,未评估。", f"{of.unassessed} more lines of the plan are not assessed."
    )
    foot = element("p", rest.in_(language)) if of.unassessed else Html("")
    return joined([table(caption.in_(language), [head.in_(language) for head in heads], rows, (3, 4)), foot])


def _badge(one: TargetFinding, language: Language) -> Html:
    word, colour, symbol = status(one.now.status, language), STATUS[one.now.status], SYMBOLS[one.now.status]
    if one.met is not None:
        word = (Text("已达标", "Met") if one.met else Text("未达标", "Missed")).in_(language)
        colour, symbol = (STATUS["certain"], "✓") if one.met else (STATUS["out of reach"], "✗")
    return element("span", f"{symbol} {word}", classes="badge", attributes=f'style="background:{colour}"')


def _now(one: TargetFinding, language: Language) -> Cell:
    if one.met is not None:
        return under(element("span", quantity(one.came, one.unit, language)), Text("公布数", "published").in_(language))
    error = percent_error(one.now.error or 0.0)
    return under(element("span", percent(one.now.probability or 0.0)), error)


def needs_table(of: Checkup, language: Language) -> Html:
    """What standards need: before, and now."""
    heads = [
        Text("标准", "Standard"),
        Text("年份", "Year"),
        Text("此前的需求", "Need before"),
        Text("现在的需求", "Need now"),
        Text("变化", "Change"),
    ]
    rows: list[Sequence[Cell]] = []
    for one in of.targets:
        if one.kind != "standard":
            continue
        then, now = one.before.band, one.now.band
        change = 100.0 * (now.median / then.median - 1.0) if then.median else 0.0
        rows.append(
            [
                under(element("span", sentence(one.name.in_(language))), one.id),
                str(one.year),
                band_words(then, one.unit, language),
                band_words(now, one.unit, language),
                f"{change + 0.0:+.1f}%".replace("-", "−").replace("−0.0%", "0.0%").replace("+0.0%", "0.0%"),
            ]
        )
    caption = Text("按规划标准测算的需求(80% 区间)", "Needs that follow from the plan's standards (80% band)").in_(
        language
    )
    return table(caption, [head.in_(language) for head in heads], rows, (2, 3, 4))


def inputs_table(of: Checkup, language: Language) -> Html:
    """The inputs that the figures moved most."""
    heads = [
        Text("因素", "Input"),
        Text("移动", "Shift"),
        Text("中值变为", "Its middle"),
        Text("不确定性为此前的", "Spread, of before"),
    ]
    rows: list[Sequence[Cell]] = [
        [
            under(element("span", sentence(one.name.in_(language))), one.path),
            signed(one.shift, language),
            MISSING if one.factor is None else f"× {one.factor:.2f}",
            f"{100.0 * one.spread:.0f}%",
        ]
        for one in of.inputs[:MOST_INPUTS]
    ]
    caption = Text("移动最大的因素在前", "The most moved first")
    return table(caption.in_(language), [head.in_(language) for head in heads], rows, (1, 2, 3))


def remedy(of: Checkup, language: Language) -> Html:
    """The hardest target, in words."""
    if of.priority is None:
        return element("p", Text("没有未到期且可计算概率的指标。", "No open target has a probability.").in_(language))
    title = of.priority.title
    if not of.priority.influences:
        nothing = Text(
            f"最难的指标:{title.zh}。没有任何因素对它的影响明显超出抽样误差。",
            f"The hardest target: {title.en}. No input moves it clearly beyond sampling error.",
        )
        return element("p", nothing.in_(language))
    text = Text(
        f"最难的指标:{title.zh}。下列因素此时对它影响最大。这是影响大小的排序,不是关于成本或先后的建议;标“政策”者为方案中的政策。",
        f"The hardest target: {title.en}. These inputs move it most now. It is a ranking of influence, not advice "
        "on cost or order; those marked as policies are in the scenario.",
    )
    return element("p", text.in_(language))


def review(of: Checkup, language: Language) -> Html:
    """What the last check-up expected, and what came."""
    if of.last_year is None:
        text = Text(
            "这是第一次体检,没有上次可比。下次用 --after 接续。", "This is the first check-up; follow it with --after."
        )
        return element("p", text.in_(language))
    lines = [
        element("li", sentence(_said_words(one, language)))
        for one in of.figures
        if one.said is not None and one.figure.year == of.year
    ]
    changed = [
        element("li", _revised_words(of, figure.measure, figure.year, figure.value, figure.unit, language))
        for figure in of.revised
    ]
    said = Text(
        f"{of.last_year} 年体检对今年的预测,与今年的公布数:",
        f"What the check-up of {of.last_year} expected, and what came:",
    )
    return joined([element("p", said.in_(language)), element("ul", *lines, *changed)])


def _said_words(one: FigureFinding, language: Language) -> str:
    figure = one.figure
    name, came = measure_name(figure.measure, language), quantity(figure.value, figure.unit, language)
    said = band_words(one.forecast, figure.unit, language)
    return Text(
        f"{name}:预测 {said},公布 {came},{verdict_words(one, 'zh')}",
        f"{name}: expected {said}, came {came}: {verdict_words(one, 'en')}",
    ).in_(language)


def _revised_words(of: Checkup, measure: str, year: int, old: float, unit: str, language: Language) -> str:
    new = next(one.value for one in of.known if (one.measure, one.year) == (measure, year))
    name = measure_name(measure, language)
    was, now = quantity(old, unit, language), quantity(new, unit, language)
    return Text(f"{year} 年{name}由 {was} 修订为 {now}", f"{name} of {year} revised from {was} to {now}").in_(language)


def evaluation(of: Checkup, language: Language) -> Html:
    """The forecast of an earlier year against what came."""
    found = of.evaluation
    if found is None:
        return Html("")
    heads = [Text("公布数", "Figure"), Text("年份", "Year"), Text("当时的预测(80%)", "Forecast then (80%)"),
             Text("公布", "Came"), Text("偏差", "Off by")]  # fmt: skip
    rows: list[Sequence[Cell]] = [
        [
            sentence(measure_name(test.figure.measure, language)),
            str(test.figure.year),
            band_words(test.band, test.figure.unit, language),
            quantity(test.figure.value, test.figure.unit, language),
            ("+" if test.error >= 0 else "−") + points(abs(test.error), test.figure.unit, language),
        ]
        for test in found.tests
    ]
    heading = element("h3", Text("评估", "Evaluation").in_(language))
    met = sum(1 for _, reached, _ in found.met if reached)
    text = Text(
        f"{found.first} 年末的预测与到 {found.last} 年的公布数:80% 区间含 {100 * found.held80:.0f}%,95% 区间含 "
        f"{100 * found.held95:.0f}%;到期指标 {len(found.met)} 项,达标 {met} 项。",
        f"The forecast made at the end of {found.first} against figures until {found.last}: the 80% band held "
        f"{100 * found.held80:.0f}%, the 95% band {100 * found.held95:.0f}%; "
        f"of {len(found.met)} targets due, {met} met.",
    )
    caption = Text("当时的预测与结果", "What was forecast, and what came").in_(language)
    return joined(
        [heading, element("p", text.in_(language)), table(caption, [h.in_(language) for h in heads], rows, (2, 3, 4))]
    )


def watch(of: Checkup, language: Language) -> Html:
    """Which figure of next year would decide a target."""
    lines = [(one, words) for one in of.targets if (words := threshold_words(one, language))]
    heads = [Text("指标", "Target"), Text("明年的公布数与判断", "What next year's figure would say")]
    rows: list[Sequence[Cell]] = [
        [
            under(element("span", sentence(one.name.in_(language))), f"{one.id} · {goal(one, language)} · {one.year}"),
            sentence(words),
        ]
        for one, words in lines
    ]
    caption = Text("预警线", "Thresholds").in_(language)
    return table(caption, [head.in_(language) for head in heads], rows)


def coming(of: Checkup, language: Language) -> Html:
    """The expected figures of next year."""
    heads = [Text("公布数", "Figure"), Text(f"{of.year + 1} 年预计(80% 区间)", f"Expected in {of.year + 1} (80% band)")]
    rows: list[Sequence[Cell]] = [
        [sentence(measure_name(one.measure, language)), band_words(one.next, one.unit, language)]
        for one in of.curves
        if one.next is not None
    ]
    caption = Text("明年的公布数若在区间外,即为预警", "A figure outside its band next year is a warning").in_(language)
    return table(caption, [head.in_(language) for head in heads], rows, (1,))
