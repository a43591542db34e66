"""The tables of a discovery: the conditions, and how far each of their limits can be trusted."""

from math import isnan

from sim.common.language import Language
from sim.output.layout.parts import Column, Row, Table, listed
from sim.output.pages.discover.drawings import placed
from sim.output.texts import tr
from sim.questions.discover import Discovery
from sim.questions.discover.box import Box, Face, Shares
from sim.questions.discover.choice import rounded_to, roundings
from sim.questions.discover.words import conditions, extent, opening, value


def boxes(found: Discovery, language: Language) -> Table:
    """Each set of conditions: how many of the failures it holds, and how many of its members fail."""
    columns = (
        Column(tr("Conditions")),
        Column(tr("Coverage"), "share"),
        Column(tr("Density"), "share"),
        Column(tr("Share of members"), "share"),
        Column(tr("Members"), "number"),
    )
    rows: list[Row] = [
        (opening(conditions(one.box, found.cases.factors, language)), *_shares(one.shares)) for one in found.boxes
    ]
    if len(rows) > 1:
        rows.append((tr("Together"), *_shares(found.together)))
    caption = tr(
        "Coverage: share of all failures; density: share of these members that fail; each row "
        "leaves out the members of those above"
    )
    return Table("boxes", caption, columns, tuple(rows))


def _shares(shares: Shares) -> Row:
    return shares.coverage, shares.density, shares.mass, shares.members


def limits(found: Discovery, language: Language) -> Table | None:
    """The limits of the first box: how significant each is, and how often it came back."""
    if not found.boxes:
        return None
    caption = tr(
        "Quasi-p: how likely so many failures would be inside if the limit did not matter; the "
        "limit was chosen by the same members, so take it as a guide"
    )
    limit = Column(tr("Limits of the first conditions"))
    share = Column(tr("Came back in halves"), "share")
    again = Column(tr("Limit then (80%)"), "number")
    return listed(
        "limits",
        caption,
        found.boxes[0].quasi_p,
        (limit, lambda row: _limit(found, row[0], language)),
        (Column(tr("Quasi-p"), "number"), lambda row: "<0.001" if row[1] < 0.001 else f"{row[1]:.3f}"),
        (share, lambda row: _share(found, row[0])),
        (again, lambda row: _range(found, row[0], language)),
    )


def _limit(found: Discovery, face: Face, language: Language) -> str:
    factor = found.cases.factors[face.column]
    return placed(factor, extent(factor, *_one_side(found.boxes[0].box, face), language), "", language)


def _one_side(box: Box, face: Face) -> tuple[float, float]:
    limit = box.limit(face)
    return (limit, float("inf")) if face.side == "low" else (float("-inf"), limit)


def _share(found: Discovery, face: Face) -> float | None:
    again = found.stability.of(face)
    return None if again is None else again.share


def _range(found: Discovery, face: Face, language: Language) -> str | None:
    """Where the limit lay when it came back; None where it did not, and for levels."""
    again, factor = found.stability.of(face), found.cases.factors[face.column]
    if again is None or isnan(again.low) or factor.levels:
        return None
    step = roundings(found.cases.points)[face.column]
    low, high = (rounded_to(end, step) for end in (again.low, again.high))
    return f"{value(factor, low, language)} … {value(factor, high, language)}"
