"""A check-up in words: the sentences of the terminal and of the page."""

from collections.abc import Sequence

from sim.common.language import Language, Text
from sim.common.numbers import estimate, percent, quantity
from sim.common.typography import sentence
from sim.model.measures import MEASURES
from sim.questions.checkup.findings import Band, Checkup, FigureFinding, TargetFinding, Threshold
from sim.run.words import measure_name, status


def headline(of: Checkup, language: Language) -> list[str]:
    """The answer: how the year's figures fell, what they moved most, and what stands to be warned of."""
    return [
        line for line in (_figures_line(of, language), _moved_line(of, language), _worst_line(of, language)) if line
    ]


def _figures_line(of: Checkup, language: Language) -> str:
    now = [one for one in of.figures if one.figure.year == of.year]
    outside = [one for one in now if one.is_outside]
    if not now:
        return Text(f"{of.year} 年没有公布数。", f"There is no figure of {of.year}.").in_(language)
    base = Text(
        f"{of.place.zh} {of.year} 年公布数 {len(now)} 项",
        f"{of.place.en} in {of.year}: {_count(len(now), 'figure')}",
    )
    if not outside:
        rest = Text(",全部落在预测的 80% 区间内。", ", all inside the 80% band of their forecast.")
        return Text(base.zh + rest.zh, base.en + rest.en).in_(language)
    names = {lang: _listed([measure_name(one.figure.measure, lang) for one in outside], lang) for lang in ("zh", "en")}
    rest = Text(
        f",其中 {len(outside)} 项落在预测的 80% 区间外:{names['zh']}。",
        f", {len(outside)} outside the 80% band of its forecast: {names['en']}.",
    )
    return Text(base.zh + rest.zh, base.en + rest.en).in_(language)


def _moved_line(of: Checkup, language: Language) -> str:
    clear = [one for one in of.inputs if one.clear][:2]
    if not clear:
        return Text("公布数没有明显改变任何一项不确定因素。", "The figures moved no uncertain input clearly.").in_(
            language
        )
    named = {
        lang: _listed([f"{one.name.in_(lang)} {signed(one.shift, lang)}" for one in clear], lang)
        for lang in ("zh", "en")
    }
    return Text(f"改变最大的因素:{named['zh']}。", f"What they moved most: {named['en']}.").in_(language)


def _worst_line(of: Checkup, language: Language) -> str:
    open_ = [one for one in of.targets if one.now.probability is not None and one.met is None]
    if not open_:
        return Text("没有可计算概率的未到期指标。", "No open target has a probability.").in_(language)
    worst = min(open_, key=lambda one: one.now.probability or 0.0)
    then, now = percent(worst.before.probability or 0.0), percent(worst.now.probability or 0.0)
    since = since_words(of, language)
    text = Text(
        f"最难的指标是 {worst.year} 年{worst.name.zh}({goal(worst, 'zh')}):达标概率 {since} {then},现为 {now}"
        f"({status(worst.now.status, 'zh')})。",
        f"The hardest target is {worst.name.en} ({goal(worst, 'en')}, {worst.year}): {now} now "
        f"({status(worst.now.status, 'en').lower()}), {then} {since}.",
    )
    return text.in_(language)


def since_words(of: Checkup, language: Language) -> str:
    """Against what the check-up compares."""
    if of.last_year is None:
        return Text("基年时为", "at the outset").in_(language)
    return Text(f"{of.last_year} 年体检时为", f"at the check-up of {of.last_year}").in_(language)


def goal(target: TargetFinding, language: Language) -> str:
    """A target's value with its comparison."""
    sign = {"at_least": "≥ ", "at_most": "≤ "}.get(target.op, "")
    return sign + quantity(target.value, target.unit, language, exact=True)


def band_words(band: Band, unit: str, language: Language) -> str:
    """A median with its 80% band."""
    middle, around = estimate((band.low, band.median, band.high), unit, language)
    return f"{middle} ({around})"


def verdict_words(one: FigureFinding, language: Language) -> str:
    """Where a figure lies in its forecast."""
    if not one.is_outside:
        return Text("在区间内", "inside").in_(language)
    above = one.figure.value > one.forecast.high
    return Text("高于区间", "above").in_(language) if above else Text("低于区间", "below").in_(language)


def target_line(one: TargetFinding, language: Language) -> str:
    """One target in a line of the terminal."""
    head = f"{one.id} {one.year}  {sentence(one.name.in_(language))}"
    if one.kind != "outcome":
        now, then = (band_words(chance.band, one.unit, language) for chance in (one.now, one.before))
        need = Text("需求", "need").in_(language)
        return f"{head}: {need} {now}" if now == then else f"{head}: {need} {now} ← {then}"
    if one.met is not None:
        came = quantity(one.came, one.unit, language)
        word = Text("已达标", "met") if one.met else Text("未达标", "missed")
        return f"{head} ({goal(one, language)}): {word.in_(language)}, {came}"
    then, now = percent(one.before.probability or 0.0), percent(one.now.probability or 0.0)
    return f"{head} ({goal(one, language)}): {status(one.now.status, language)} {then} → {now}  " + band_words(
        one.now.band, one.unit, language
    )


def threshold_words(one: TargetFinding, language: Language) -> str:
    """What figure of next year would decide a target; empty where none would."""
    found = one.threshold
    if found is None:
        return ""
    name = measure_name(found.measure, language)
    unit = _unit(found)
    under = Text("低于", "under") if found.rising else Text("高于", "over")
    over = Text("达到", "at least") if found.rising else Text("不高于", "at most")
    parts = []
    if found.lost is not None:
        value = quantity(found.lost, unit, language)
        parts.append(Text(f"{under.zh} {value}:难以实现", f"{under.en} {value}: out of reach"))
    if found.even is not None:
        value = quantity(found.even, unit, language)
        parts.append(Text(f"{over.zh} {value}:可能过半", f"{over.en} {value}: better than even"))
    if found.safe is not None:
        value = quantity(found.safe, unit, language)
        parts.append(Text(f"{over.zh} {value}:很可能", f"{over.en} {value}: likely"))
    expected = band_words(found.band, unit, language)
    head = Text(f"{found.year} 年{name}(预计 {expected})", f"{name} of {found.year}, expected {expected}").in_(language)
    if not parts:
        rest = Text(",任何可能的数值都不会改变判断", ": no likely figure would change the word").in_(language)
        return head + rest
    colon, semicolon = Text(":", ": ").in_(language), Text(";", "; ").in_(language)
    return head + colon + semicolon.join(part.in_(language) for part in parts)


def signed(shift: float, language: Language) -> str:
    """A shift in standard deviations with its sign."""
    number = f"{abs(shift):.1f}"
    sign = "+" if shift >= 0.0 else "−"
    return Text(f"{sign}{number} 个标准差", f"{sign}{number} sd").in_(language)


def worth_words(of: Checkup, language: Language) -> str:
    """How many draws the weights are worth, and what was done where they were few."""
    first, last, waves = of.worth[0], of.worth[-1], len(of.worth) - 1
    if not waves:
        return Text(
            f"{of.draws:,} 次模拟按公布数加权,有效样本 {first:,.0f} 次(下限 {of.least:,.0f})。",
            f"{of.draws:,} draws weighed by the figures are worth {first:,.0f} (at least {of.least:,.0f} wanted).",
        ).in_(language)
    return Text(
        f"{of.draws:,} 次模拟按公布数加权,有效样本仅 {first:,.0f} 次(下限 {of.least:,.0f}),"
        f"故在相符之处增补 {waves} 轮、共 {waves * of.draws:,} 次,有效样本 {last:,.0f} 次。",
        f"{of.draws:,} draws weighed by the figures were worth only {first:,.0f} (at least {of.least:,.0f} wanted); "
        f"with {waves * of.draws:,} more draws taken where runs agree they are worth {last:,.0f}.",
    ).in_(language)


def _unit(found: Threshold) -> str:
    return MEASURES[found.measure].unit


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _listed(names: Sequence[str], language: Language) -> str:
    return Text("、", ", ").in_(language).join(names)
