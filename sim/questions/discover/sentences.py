"""Where the plan fails, in sentences: the conditions, what they cover, and how sure that is."""

from collections.abc import Sequence
from typing import Final

from sim.common.language import Text, in_each
from sim.common.numbers import percent
from sim.common.typography import sentence
from sim.questions.discover.box import Box, Shares
from sim.questions.discover.cases import Cases
from sim.questions.discover.stability import Stability
from sim.questions.discover.words import conditions, definition, failure, opening
from sim.questions.texts import tr

_TOLD: Final = 3
"""Boxes that are told in a sentence each."""


def sentences(cases: Cases, boxes: Sequence[tuple[Box, Shares]], settled: Stability) -> tuple[Text, ...]:
    """The answer, further conditions, what is left, what a failure is, and whether the same would be found again."""
    base = _base(cases)
    if not boxes:
        nothing = tr(
            "No simple condition tells the failures apart: they have little to do with these "
            "factors, or the members are too few."
        )
        return nothing, base
    first, *more = boxes
    said = [_answer(cases, *first), *(_further(cases, box, own) for box, own in more[: _TOLD - 1])]
    shown = sum(own.coverage for _, own in boxes[:_TOLD])
    rest = 1.0 - shown
    if rest >= 0.005 and len(more) >= _TOLD:
        said.append(
            tr(
                "The other {rest} of the failures come under the further conditions in the table or are scattered.",
                rest=percent(rest),
            )
        )
    elif rest >= 0.005:
        others = tr(
            "The other {rest} of the failures are scattered and have no such simple condition.", rest=percent(rest)
        )
        said.append(others)
    words = settled.words
    return (*said, base, Text(f"{words.zh}。", sentence(f"{words.en}.")))


def _answer(of: Cases, box: Box, own: Shares) -> Text:
    what = failure(of.criterion)
    said = tr(
        "this covers {covered} of the failures, and {dense} of such cases fail (of all cases, {base}).",
        covered=percent(own.coverage),
        dense=percent(own.density),
        base=percent(of.density),
    )
    opened = Text(what.zh, opening(what.en))
    there = in_each(lambda language: conditions(box, of.factors, language))
    if own.density >= 0.5:
        return tr("{what} when {where}: {said}", what=opened, where=there, said=said)
    return tr("{what} more often when {where}: {said}", what=opened, where=there, said=said)


def _further(cases: Cases, box: Box, own: Shares) -> Text:
    return tr(
        "A further {coverage} of the failures come when {where}; {density} of such cases fail.",
        coverage=percent(own.coverage),
        where=in_each(lambda language: conditions(box, cases.factors, language)),
        density=percent(own.density),
    )


def _base(cases: Cases) -> Text:
    n, failing = len(cases.fails), int(cases.fails.sum())
    what = definition(cases.criterion)
    if not cases.missing:
        return tr("{failing:,} of the sweep's {n:,} members fail{what}.", failing=failing, n=n, what=what)
    return tr(
        "{failing:,} of the sweep's {n:,} members fail{what}; {missing:,} members had no result and were treated as "
        "chosen.",
        failing=failing,
        n=n,
        what=what,
        missing=cases.missing,
    )
