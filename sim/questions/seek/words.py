"""The answer in words, before any table."""

from collections.abc import Sequence
from functools import partial
from math import floor, log10
from typing import Final

from sim.common import units
from sim.common.language import NOTHING, Language, Text, in_each, joined
from sim.common.numbers import percent, percent_error, quantity, unit_words
from sim.common.typography import has_chinese
from sim.questions.seek.ask import Answer
from sim.questions.seek.goal import Goal
from sim.questions.seek.lever import Lever
from sim.questions.seek.one import Alone
from sim.questions.seek.response import Judged, Point
from sim.questions.texts import tr
from sim.run.words import COMPARISONS

_IN_PERCENT: Final = {"share": "%", "share/year": "%/year"}
"""Units that people read in percent."""


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
    said.extend(_on_sizes(goal, answer) for goal in answer.asked.goals if goal.id in answer.sized)
    return [text.in_(language) for text in said]


def _on_sizes(goal: Goal, answer: Answer) -> Text:
    """On which assumed sizes a goal's chance hangs."""
    sized = answer.sized[goal.id]
    unit = "points" if goal.target.written_unit in units.POINTS else goal.target.unit
    with_them, without = (in_each(partial(quantity, value, unit)) for value in (sized.with_them, sized.without))
    return tr(
        "{line} hangs on sizes that are assumed ({policies}), and so does its chance here: its median is {with_them} "
        "with them and {without} without.",
        line=goal.id,
        policies=joined(sized.policies, "、", ", "),
        with_them=with_them,
        without=without,
    )


def headline(answer: Answer) -> Text:
    """What it takes, in a sentence."""
    wanted, odds = _wanted(answer.asked.goals), odds_of(answer.asked.goals)
    if answer.status == "met already":
        now, plain = _chances(answer.present), _joined([goal_words(goal) for goal in answer.asked.goals])
        return tr(
            "No change is needed: as the scenario is, {plain} has a probability of {now}; {odds} was asked for.",
            plain=plain,
            now=now,
            odds=odds,
        )
    if answer.found is None:
        return _out_of_reach(answer, wanted)
    moves = _moves(answer.asked.levers, answer.found)
    if len(answer.asked.levers) == 1:
        return tr("To have {wanted}, {moves}.", wanted=wanted, moves=moves)
    return tr("To have {wanted}, the least effort is this: {moves}.", wanted=wanted, moves=moves)


def goal_words(goal: Goal) -> Text:
    """A goal as a phrase."""
    target = goal.target
    unit = _unit(goal)
    value = {
        language: COMPARISONS[str(target.op)].in_(language) + quantity(target.value, unit, language, exact=True)
        for language in ("zh", "en")
    }
    return tr(
        "{title} {value} in {year}",
        title=target.title,
        value=in_each(lambda language: value[language]),
        year=target.year,
    )


def _unit(goal: Goal) -> str:
    """The unit in which a goal's values are said: a gain of a share in points."""
    return "points" if goal.target.written_unit in units.POINTS else goal.target.unit


def shown(lever: Lever, value: float, language: Language) -> str:
    """A value of a lever with its unit."""
    if lever.kind in ("from", "to"):
        return tr("{value:.0f}", value=value).in_(language)
    if lever.kind == "times":
        return f"× {value:.6g}"
    if lever.kind == "intensity":
        return f"{value:.6g}"
    if lever.unit in _IN_PERCENT:
        return f"{100.0 * value:,.6g}{unit_words(_IN_PERCENT[lever.unit], language)}"
    rounded = float(f"{value:.6g}")
    number = f"{rounded:,.0f}" if abs(rounded) >= 1e6 else f"{rounded:,.6g}"
    return f"{number} {unit_of(lever, language)}".strip()


def ended(answer: Answer, language: Language) -> list[str]:
    """Where the search ended, a value a lever: what was found, which is round and enough as it stands, or the best.

    The best that is not enough has no more digits than it is known to.
    """
    levers = answer.asked.levers
    if answer.found is not None:
        return [shown(lever, value, language) for lever, value in zip(levers, answer.found.at, strict=True)]
    pairs = zip(levers, answer.best.at, strict=True)
    return [shown(lever, _to_its_digits(lever, value), language) for lever, value in pairs]


def _to_its_digits(lever: Lever, value: float) -> float:
    return value if value in (lever.low, lever.present, lever.high) else near(lever, value)


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
    return tr("{size} ({error})", size=size, error=error)


def around(answer: Answer) -> Text:
    """Between which values the answer would lie with other draws; empty where there is nothing to say."""
    low, high = answer.around
    if answer.status != "found" or low is None:
        return NOTHING
    if len(answer.asked.levers) > 1:
        least, most = f"{100.0 * low:.0f}%", None if high is None else f"{100.0 * high:.0f}%"
        if most is None:
            return tr("{least} of this change to beyond the range", least=least)
        return tr("{least} to {most} of this change", least=least, most=most)
    lever = answer.asked.levers[0]
    ends = [low, high] if high is None or high >= low else [high, low]
    first, last = (None if end is None else in_each(partial(shown, lever, near(lever, end))) for end in ends)
    if first is None or last is None:
        return tr("{first} to beyond the range", first=first)
    return tr("{first} to {last}", first=first, last=last)


def near(lever: Lever, value: float) -> float:
    """A value to about a thousandth of the lever's range, as it is said in passing."""
    return round(value, 2 - floor(log10(lever.width)))


def response(one: Alone) -> Text:
    """How the goals respond to a lever: whether more of it is always better."""
    lever, shapes = one.lever, set(one.curve.shapes)
    if shapes == {"flat"}:
        return tr("The {lever} makes no difference.", lever=Text(lever.name.zh, _lower(lever)))
    if shapes <= {"rising", "flat"}:
        return tr(
            "Within {lever}, the more of the {lower}, the likelier (monotone).",
            lever=in_each(lambda language: _span(lever, language)),
            lower=Text(lever.name.zh, _lower(lever)),
        )
    if shapes <= {"falling", "flat"}:
        return tr(
            "Within {lever}, the less of the {lower}, the likelier (monotone).",
            lever=in_each(lambda language: _span(lever, language)),
            lower=Text(lever.name.zh, _lower(lever)),
        )
    zh = "、".join(_interval(lever, low, high, "zh") for low, high in one.met)
    en = ", ".join(_interval(lever, low, high, "en") for low, high in one.met)
    enough = tr("enough is {part}.", part=Text(zh, en)) if one.met else tr("it is nowhere enough.")
    against = tr("it helps one target and harms another")
    turns = tr("more of it helps in some places and harms in others (not monotone)")
    how = turns if "turning" in shapes else against
    return tr("{lever}: {how}; {enough}", lever=Text(lever.name.zh, _capital(lever)), how=how, enough=enough)


def _wanted(goals: Sequence[Goal]) -> Text:
    """The goals with the probability that is asked for, said once where it is the same for all."""
    if len({goal.probability for goal in goals}) > 1:
        return _joined([_with_odds(goal_words(goal), odds_words(goal)) for goal in goals])
    each = tr(" (each)") if len(goals) > 1 else NOTHING
    plain = _joined([goal_words(goal) for goal in goals])
    return _with_odds(plain + each, odds_words(goals[0]))


def _with_odds(goal: Text, odds: str) -> Text:
    return tr("{goal} with a probability of {odds}", goal=goal, odds=odds)


def _joined(said: Sequence[Text]) -> Text:
    return joined(said, "、", " and ")


def _chances(point: Point) -> Text:
    said = [chance(one) for one in point.judged]
    return joined(said, "、", ", ")


def _moves(levers: Sequence[Lever], point: Point) -> Text:
    moved = [_move(lever, value) for lever, value in zip(levers, point.at, strict=True) if value != lever.present]
    left = [lever for lever, value in zip(levers, point.at, strict=True) if value == lever.present]
    said = joined(moved, "；", "; ")
    if not left:
        return said
    names = joined([Text(lever.name.zh, _lower(lever)) for lever in left], "、", ", ")
    return tr("{said}; left as it is: {names}", said=said, names=names)


def _move(lever: Lever, value: float) -> Text:
    up = value > lever.present
    if lever.is_integer:
        words = tr("later") if up else tr("earlier")
        return tr(
            "the {lever} has to be {words}: {value:.0f} instead of {present:.0f}",
            lever=_lower(lever),
            words=words,
            value=value,
            present=lever.present,
            name_zh=lever.name.zh,
        )
    verb = tr("rise") if up else tr("fall")
    return tr(
        "the {lever} has to {verb} from {present} to {value}",
        lever=Text(lever.name.zh, _lower(lever)),
        verb=verb,
        present=in_each(lambda language: shown(lever, lever.present, language)),
        value=in_each(lambda language: shown(lever, value, language)),
    )


def _out_of_reach(answer: Answer, wanted: Text) -> Text:
    best = answer.best.binding
    odds = odds_words(best.goal)
    where = [
        tr(
            "the {lever} at {shown}",
            lever=Text(lever.name.zh, _lower(lever)),
            shown=Text(zh, en),
        )
        for lever, zh, en in zip(answer.asked.levers, ended(answer, "zh"), ended(answer, "en"), strict=True)
    ]
    places = joined(where, "、", " and ")
    reached = assured(best)
    which = NOTHING
    if len(answer.asked.goals) > 1:
        which = tr(" (the hardest being {goal})", goal=goal_words(best.goal))
    return tr(
        "Not reachable within the allowed range: {wanted}. The best is {best}{which}, with {places}; {reached}.",
        wanted=wanted,
        best=chance(best, odds),
        which=which,
        places=places,
        reached=reached,
    )


def assured(judged: Judged) -> Text:
    """What is reached with the probability asked for."""
    target, odds = judged.goal.target, odds_words(judged.goal)
    part = in_each(partial(quantity, judged.assured, _unit(judged.goal)))
    if target.op == "at_least":
        return tr("with a probability of {odds}, {part} or more is reached", odds=odds, part=part)
    if target.op == "at_most":
        return tr("with a probability of {odds}, {part} is not exceeded", odds=odds, part=part)
    return tr("with a probability of {odds}, it is off by no more than {part}", odds=odds, part=part)


def _certainty(answer: Answer) -> Text:
    assert answer.found is not None
    draws, now, then = answer.asked.scenario.draws, _chances(answer.present), _chances(answer.found)
    said = around(answer)
    part = tr("The probability goes from {now} to {then}, by {draws} draws", now=now, then=then, draws=draws)
    if not said.zh:
        return tr("{part}.", part=part)
    gap = "" if has_chinese(said.zh[0]) else " "
    return tr(
        "{part}; by their Monte Carlo error the answer has the 95% interval {said}.",
        part=part,
        said=said,
        gap_zh=gap,
    )


def _binding(answer: Answer) -> Text:
    point = answer.found or answer.best
    hardest = goal_words(point.binding.goal)
    together = percent(point.together)
    return tr(
        "What binds is “{hardest}”; the probability that all are met at once is {together}.",
        hardest=hardest,
        together=together,
    )


def _by_itself(one: Alone, answer: Answer) -> Text:
    lever = one.lever
    if one.found is None:
        best = chance(one.best.binding)
        return tr(
            "Alone, the {lever} is not enough: {best} at best.", lever=Text(lever.name.zh, _lower(lever)), best=best
        )
    if one.found.at == answer.present.at:
        return tr("Alone, the {lever} need not change.", lever=Text(lever.name.zh, _lower(lever)))
    value = one.found.at[answer.asked.levers.index(lever)]
    return tr(
        "Alone, the {lever} would have to be {shown}.",
        lever=Text(lever.name.zh, _lower(lever)),
        shown=in_each(lambda language: shown(lever, value, language)),
    )


def _span(lever: Lever, language: Language) -> str:
    return _interval(lever, lever.low, lever.high, language)


def _interval(lever: Lever, low: float, high: float, language: Language) -> str:
    return f"{shown(lever, near(lever, low), language)} … {shown(lever, near(lever, high), language)}"


def _lower(lever: Lever) -> str:
    return lever.name.en


def _capital(lever: Lever) -> str:
    return lever.name.en[:1].upper() + lever.name.en[1:]
