"""The answer in words, before any table."""

from collections.abc import Sequence
from math import floor, log10

from sim.common import units
from sim.common.language import Language, Text
from sim.common.numbers import percent, percent_error, quantity, unit_words
from sim.common.typography import has_chinese
from sim.questions.seek.ask import Answer
from sim.questions.seek.goal import Goal
from sim.questions.seek.lever import Lever
from sim.questions.seek.one import Alone
from sim.questions.seek.response import Judged, Point
from sim.run.words import COMPARISONS


def sentences(answer: Answer, language: Language) -> list[str]:
    """The answer, how sure it is, what binds, and how the goals respond to each lever; a sentence or two each."""
    said = [headline(answer)]
    if answer.status == "found":
        said.append(_certainty(answer))
    if len(answer.asked.goals) > 1:
        said.append(_binding(answer))
    if len(answer.alone) > 1:
        said.extend(_by_itself(one, answer) for one in answer.alone)
    said.extend(response(one) for one in answer.alone)
    return [text.in_(language) for text in said]


def headline(answer: Answer) -> Text:
    """What it takes, in a sentence."""
    wanted, odds = _wanted(answer.asked.goals), odds_of(answer.asked.goals)
    if answer.status == "met already":
        now, plain = _chances(answer.present), _joined([goal_words(goal) for goal in answer.asked.goals])
        return Text(
            f"无需改变:{plain.zh},按现有方案的概率为 {now.zh},不低于所要求的 {odds.zh}。",
            f"No change is needed: as the scenario is, {plain.en} has a probability of {now.en}; "
            f"{odds.en} was asked for.",
        )
    if answer.found is None:
        return _out_of_reach(answer, wanted)
    moves = _moves(answer.asked.levers, answer.found)
    if len(answer.asked.levers) == 1:
        return Text(f"要使{wanted.zh}，{moves.zh}。", f"To have {wanted.en}, {moves.en}.")
    return Text(
        f"要使{wanted.zh}，代价最小的组合是:{moves.zh}。",
        f"To have {wanted.en}, the least effort is this: {moves.en}.",
    )


def goal_words(goal: Goal) -> Text:
    """A goal as a phrase."""
    target = goal.target
    unit = "points" if target.written_unit in units.POINTS else target.unit
    value = {
        language: COMPARISONS[str(target.op)].in_(language) + quantity(target.value, unit, language, exact=True)
        for language in ("zh", "en")
    }
    return Text(f"{target.year}年{target.title.zh} {value['zh']}", f"{target.title.en} {value['en']} in {target.year}")


def shown(lever: Lever, value: float, language: Language) -> str:
    """A value of a lever with its unit."""
    if lever.kind in ("from", "to"):
        return Text(f"{value:.0f}年", f"{value:.0f}").in_(language)
    if lever.kind == "times":
        return f"× {value:.6g}"
    if lever.kind == "intensity":
        return f"{value:.6g}"
    return f"{value:,.6g} {unit_of(lever, language)}".strip()


def unit_of(lever: Lever, language: Language) -> str:
    """The unit in which a lever's values are written, in words."""
    if not units.is_known(lever.unit):
        return lever.unit
    quantity_of, size = units.base(lever.unit)
    return unit_words(quantity_of if size == 1.0 else lever.unit, language)


def odds_of(goals: Sequence[Goal]) -> Text:
    """The probability that is asked for, or each of them."""
    each = list(dict.fromkeys(odds_words(goal) for goal in goals))
    return Text("、".join(each), " and ".join(each))


def odds_words(goal: Goal) -> str:
    """The probability that is asked for a goal."""
    return f"{100.0 * goal.probability:.6g}%"


def chance(judged: Judged, missed: str = "") -> Text:
    """A probability with its error; with a digit more where it would read like the one it misses."""
    size, error = percent(judged.probability), percent_error(judged.error)
    if size == missed:
        size = f"{100.0 * judged.probability:.1f}%"
    return Text(f"{size}({error} 个百分点)", f"{size} ({error})")


def around(answer: Answer) -> Text:
    """Between which values the answer would lie with other draws; empty where there is nothing to say."""
    low, high = answer.around
    if answer.status != "found" or low is None:
        return Text("", "")
    if len(answer.asked.levers) > 1:
        least, most = f"{100.0 * low:.0f}%", None if high is None else f"{100.0 * high:.0f}%"
        if most is None:
            return Text(f"这一改变的 {least} 以上(上端超出范围)", f"{least} of this change to beyond the range")
        return Text(f"这一改变的 {least}—{most}", f"{least} to {most} of this change")
    lever = answer.asked.levers[0]
    ends = [low, high] if high is None or high >= low else [high, low]
    zh, en = (
        [None if end is None else shown(lever, near(lever, end), language) for end in ends] for language in ("zh", "en")
    )
    if high is None:
        return Text(f"{zh[0]} 至范围之外", f"{en[0]} to beyond the range")
    return Text(f"{zh[0]} 至 {zh[1]}", f"{en[0]} to {en[1]}")


def near(lever: Lever, value: float) -> float:
    """A value to about a thousandth of the lever's range, as it is said in passing."""
    return round(value, 2 - floor(log10(lever.width)))


def response(one: Alone) -> Text:
    """How the goals respond to a lever: whether more of it is always better."""
    lever, shapes = one.lever, set(one.curve.shapes)
    if shapes == {"flat"}:
        return Text(f"{lever.name.zh}对此没有影响。", f"The {_lower(lever)} makes no difference.")
    if shapes <= {"rising", "flat"}:
        return Text(
            f"在 {_span(lever, 'zh')} 之内,{lever.name.zh}越大,概率越高(单调)。",
            f"Within {_span(lever, 'en')}, the more of the {_lower(lever)}, the likelier (monotone).",
        )
    if shapes <= {"falling", "flat"}:
        return Text(
            f"在 {_span(lever, 'zh')} 之内,{lever.name.zh}越小,概率越高(单调)。",
            f"Within {_span(lever, 'en')}, the less of the {_lower(lever)}, the likelier (monotone).",
        )
    zh = "、".join(_interval(lever, low, high, "zh") for low, high in one.met)
    en = ", ".join(_interval(lever, low, high, "en") for low, high in one.met)
    enough = Text(f"足够的是 {zh}。", f"enough is {en}.") if one.met else Text("各处均不够。", "it is nowhere enough.")
    against = Text("对不同指标的作用方向相反", "it helps one target and harms another")
    turns = Text("有升有降(不单调)", "more of it helps in some places and harms in others (not monotone)")
    how = turns if "turning" in shapes else against
    return Text(f"{lever.name.zh}{how.zh};{enough.zh}", f"{_capital(lever)}: {how.en}; {enough.en}")


def _wanted(goals: Sequence[Goal]) -> Text:
    """The goals with the probability that is asked for, said once where it is the same for all."""
    if len({goal.probability for goal in goals}) > 1:
        return _joined([_with_odds(goal_words(goal), odds_words(goal)) for goal in goals])
    each = Text("(各自)", " (each)") if len(goals) > 1 else Text("", "")
    plain = _joined([goal_words(goal) for goal in goals])
    return _with_odds(Text(plain.zh + each.zh, plain.en + each.en), odds_words(goals[0]))


def _with_odds(goal: Text, odds: str) -> Text:
    return Text(f"{goal.zh}的概率达到 {odds}", f"{goal.en} with a probability of {odds}")


def _joined(said: Sequence[Text]) -> Text:
    return Text("、".join(one.zh for one in said), " and ".join(one.en for one in said))


def _chances(point: Point) -> Text:
    said = [chance(one) for one in point.judged]
    return Text("、".join(one.zh for one in said), ", ".join(one.en for one in said))


def _moves(levers: Sequence[Lever], point: Point) -> Text:
    moved = [_move(lever, value) for lever, value in zip(levers, point.at, strict=True) if value != lever.present]
    left = [lever for lever, value in zip(levers, point.at, strict=True) if value == lever.present]
    zh, en = "；".join(one.zh for one in moved), "; ".join(one.en for one in moved)
    if left:
        zh += "；不必改变:" + "、".join(lever.name.zh for lever in left)
        en += "; left as it is: " + ", ".join(_lower(lever) for lever in left)
    return Text(zh, en)


def _move(lever: Lever, value: float) -> Text:
    up = value > lever.present
    if lever.is_integer:
        words = Text("推迟" if up else "提前", "later" if up else "earlier")
        return Text(
            f"{lever.name.zh}要从 {lever.present:.0f} 年{words.zh}到 {value:.0f} 年",
            f"the {_lower(lever)} has to be {words.en}: {value:.0f} instead of {lever.present:.0f}",
        )
    verb = Text("提高" if up else "降低", "rise" if up else "fall")
    return Text(
        f"{lever.name.zh}要从 {shown(lever, lever.present, 'zh')} {verb.zh}到 {shown(lever, value, 'zh')}",
        f"the {_lower(lever)} has to {verb.en} from {shown(lever, lever.present, 'en')} to {shown(lever, value, 'en')}",
    )


def _out_of_reach(answer: Answer, wanted: Text) -> Text:
    best = answer.best.binding
    odds = odds_words(best.goal)
    where = [
        Text(f"{lever.name.zh} {shown(lever, value, 'zh')}", f"the {_lower(lever)} at {shown(lever, value, 'en')}")
        for lever, value in zip(answer.asked.levers, answer.best.at, strict=True)
    ]
    places = Text("、".join(one.zh for one in where), " and ".join(one.en for one in where))
    reached = assured(best)
    which = Text("", "")
    if len(answer.asked.goals) > 1:
        which = Text(f"(最难的是{goal_words(best.goal).zh})", f" (the hardest being {goal_words(best.goal).en})")
    return Text(
        f"在允许范围内达不到:要使{wanted.zh}，最好也只有 {chance(best, odds).zh}{which.zh},"
        f"此时{places.zh};{reached.zh}。",
        f"Not reachable within the allowed range: {wanted.en}. "
        f"The best is {chance(best, odds).en}{which.en}, "
        f"with {places.en}; {reached.en}.",
    )


def assured(judged: Judged) -> Text:
    """What is reached with the probability asked for."""
    target, odds = judged.goal.target, odds_words(judged.goal)
    zh, en = (quantity(judged.assured, target.unit, language) for language in ("zh", "en"))
    if target.op == "at_least":
        return Text(f"以 {odds} 的概率至少达到 {zh}", f"with a probability of {odds}, {en} or more is reached")
    if target.op == "at_most":
        return Text(f"以 {odds} 的概率不超过 {zh}", f"with a probability of {odds}, {en} is not exceeded")
    return Text(f"以 {odds} 的概率相差不超过 {zh}", f"with a probability of {odds}, it is off by no more than {en}")


def _certainty(answer: Answer) -> Text:
    assert answer.found is not None
    draws, now, then = answer.asked.scenario.draws, _chances(answer.present), _chances(answer.found)
    said = around(answer)
    zh = f"概率由 {now.zh} 变为 {then.zh};共 {draws} 次抽样"
    en = f"The probability goes from {now.en} to {then.en}, by {draws} draws"
    if not said.zh:
        return Text(f"{zh}。", f"{en}.")
    gap = "" if has_chinese(said.zh[0]) else " "
    return Text(
        f"{zh},由抽样误差,答案的 95% 区间为{gap}{said.zh}。",
        f"{en}; by their Monte Carlo error the answer has the 95% interval {said.en}.",
    )


def _binding(answer: Answer) -> Text:
    point = answer.found or answer.best
    hardest = goal_words(point.binding.goal)
    together = percent(point.together)
    return Text(
        f"起决定作用的是“{hardest.zh}”;各指标同时实现的概率为 {together}。",
        f"What binds is “{hardest.en}”; the probability that all are met at once is {together}.",
    )


def _by_itself(one: Alone, answer: Answer) -> Text:
    lever = one.lever
    if one.found is None:
        best = chance(one.best.binding)
        return Text(
            f"单靠{lever.name.zh}不够,最好为 {best.zh}。",
            f"Alone, the {_lower(lever)} is not enough: {best.en} at best.",
        )
    if one.found.at == answer.present.at:
        return Text(f"单看{lever.name.zh},无需改变。", f"Alone, the {_lower(lever)} need not change.")
    value = one.found.at[answer.asked.levers.index(lever)]
    return Text(
        f"单靠{lever.name.zh},须为 {shown(lever, value, 'zh')}。",
        f"Alone, the {_lower(lever)} would have to be {shown(lever, value, 'en')}.",
    )


def _span(lever: Lever, language: Language) -> str:
    return _interval(lever, lever.low, lever.high, language)


def _interval(lever: Lever, low: float, high: float, language: Language) -> str:
    return f"{shown(lever, near(lever, low), language)} … {shown(lever, near(lever, high), language)}"


def _lower(lever: Lever) -> str:
    return lever.name.en


def _capital(lever: Lever) -> str:
    return lever.name.en[:1].upper() + lever.name.en[1:]
