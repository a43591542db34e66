"""Early warnings of a check-up."""

from collections.abc import Sequence
from math import sqrt

from sim.common.language import LANGUAGES, Text
from sim.common.numbers import estimate, percent, quantity
from sim.common.typography import sentence
from sim.questions.checkup.findings import Alarm, FigureFinding, TargetFinding
from sim.questions.checkup.judge import EVEN, SAFE
from sim.questions.checkup.sample import Sample
from sim.questions.checkup.words import goal
from sim.run.words import measure_name, status


def warnings(
    targets: Sequence[TargetFinding], figures: Sequence[FigureFinding], sample: Sample, year: int
) -> tuple[Alarm, ...]:
    """Targets that fell below likely or possible, figures of the year outside their band, and too few draws."""
    found = [warning for target in targets if (warning := _of_target(target)) is not None]
    found += [_of_figure(one) for one in figures if one.figure.year == year and one.is_outside]
    if sample.force < 1.0:
        wide = 1.0 / sqrt(sample.force)
        text = Text(
            f"几乎没有一次模拟与公布数相符,权重按误差放大 {wide:.1f} 倍计算;请核对公布数的口径与方案的假设",
            f"hardly any run agrees with the figures; weights are as if their errors were {wide:.1f} times as wide: "
            "check how the figures are defined, and the scenario's assumptions",
        )
        found.append(Alarm("few", text))
    return tuple(found)


def _of_target(target: TargetFinding) -> Alarm | None:
    then, now = target.before.probability, target.now.probability
    name = _named(target)
    if then is None or now is None or target.met is not None:
        return None
    for floor in (EVEN, SAFE):
        if now < floor <= then:
            words = status("possible" if floor == EVEN else "likely", "zh"), status(target.now.status, "zh")
            text = Text(
                f"{name.zh}的达标概率由 {percent(then)} 降至 {percent(now)},从“{words[0]}”以上降为“{words[1]}”",
                f"{name.en} fell from {percent(then)} to {percent(now)}: it is now "
                f"{status(target.now.status, 'en').lower()}",
            )
            return Alarm("fell", text)
    if now < EVEN:
        text = Text(
            f"{name.zh}的达标概率为 {percent(now)}({status(target.now.status, 'zh')})",
            f"{name.en} is {status(target.now.status, 'en').lower()}: {percent(now)}",
        )
        return Alarm("unlikely", text)
    return None


def _named(target: TargetFinding) -> Text:
    """A target with its value and year, so that two of one measure are told apart."""
    zh, en = goal(target, "zh"), goal(target, "en")
    return Text(f"{target.year} 年{target.name.zh}({zh})", f"{sentence(target.name.en)} ({en}, {target.year})")


def _of_figure(one: FigureFinding) -> Alarm:
    figure, said = one.figure, one.forecast
    side = Text("高于", "above") if figure.value > said.high else Text("低于", "below")
    words = {}
    for language in LANGUAGES:
        value = quantity(figure.value, figure.unit, language)
        _, around = estimate((said.low, said.median, said.high), figure.unit, language)
        words[language] = value, around, measure_name(figure.measure, language)
    text = Text(
        f"{figure.year} 年{words['zh'][2]}公布数 {words['zh'][0]},{side.zh}预测的 80% 区间({words['zh'][1]})",
        f"{words['en'][2]} of {figure.year} came in at {words['en'][0]}, {side.en} the 80% band of its forecast "
        f"({words['en'][1]})",
    )
    return Alarm("outside", text)
