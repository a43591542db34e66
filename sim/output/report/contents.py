"""What is in the scenario: policies with what each adds, what `--set` changed, how it differs from its parent."""

from collections.abc import Iterator
from typing import Final

from sim.common.language import Language
from sim.output.charts.contributions import in_points, signed
from sim.output.layout.parts import Column, Paragraph, Part, Section, Table, listed
from sim.output.layout.values import Cell, Quoted, Styled, capital, under
from sim.output.report.compared import NONE, by_kind
from sim.output.texts import tr
from sim.run.differing import Differing, policy_words
from sim.run.tables import Contents, Contributions, RunTables
from sim.run.words import measure_name
from sim.scenario.resolved import PolicyRef

_SEVERAL: Final = 2
"""Policies from which on they are told in one line rather than twice each."""


def contents(tables: RunTables, language: Language) -> Section:
    """The section; empty where it was not looked up."""
    title, found = tr("What is in this scenario"), tables.contents
    if found is None:
        return Section("contents", title)
    parts: tuple[Part | None, ...] = (_changes(found), policies(tables, found, language), differing(tables, found))
    return Section("contents", title, parts)


def policies(tables: RunTables, found: Contents, language: Language) -> Table | Paragraph:
    """The policies in use with their dates, size and strength, and what each adds where that was worked out."""
    if not found.policies:
        return Paragraph(tr("The scenario uses no policies."), "remark")
    adds = tables.contributions
    columns = ((Column(tr("Policy")), _named), (Column(tr("Dates, size, strength")), policy_words))
    caption = tr("Policies in use")
    if adds is None:
        return listed("policies", caption, found.policies, *columns)
    name = measure_name(adds.measure, language)
    heading = tr("Adds to {name} of {year}", name=name[:1].lower() + name[1:], year=adds.year)
    added = Column(tr("{heading} (points)", heading=heading) if in_points(adds) else heading, "number")
    return listed("policies", caption, found.policies, *columns, (added, lambda one: _added(one, adds, language)))


def differing(tables: RunTables, found: Contents) -> Table | None:
    """In what the scenario differs from its parent; None where it has none."""
    if found.parent is None:
        return None
    columns = (Column(tr("What differs")), Column(found.parent), Column(tables.title))
    caption = tr("What differs from “{parent}”", parent=found.parent)
    notes = () if found.differing else (tr("Nothing differs from “{parent}”.", parent=found.parent),)
    rows = by_kind(tuple(_at_once(found)))
    return Table("differing", caption, columns, rows, notes)


def _at_once(found: Contents) -> Iterator[Differing]:
    """What differs, with the policies in one line where the parent has none: the table above them lists them all."""
    own = [one for one in found.differing if one.kind == "policy"]
    is_told_above = len(own) == len(found.policies) >= _SEVERAL and all(one.values[0] is None for one in own)
    for one in found.differing:
        if not is_told_above or one.kind != "policy":
            yield one
        elif one is own[0]:
            words = tr("the {n} policies above", n=len(own))
            yield Differing("policy", "policies", tr("Policies in use"), (None, words))


def _changes(found: Contents) -> Paragraph | None:
    if not found.changes:
        return None
    pieces = (piece for change in found.changes for piece in (Styled(change, "code"), " "))
    return Paragraph((tr("Changed by --set: "), *pieces), "remark")


def _named(policy: PolicyRef) -> Cell:
    return under(capital(policy.name), (policy.id, " · ", Quoted(policy.from_plan)))


def _added(policy: PolicyRef, adds: Contributions, language: Language) -> Cell:
    row = next((one for one in adds.rows if one.policy == policy.id), None)
    if row is None:
        return NONE
    low, high = (signed(value, adds, language) for value in (row.low, row.high))
    return under(signed(row.mean, adds, language), f"({low} … {high})")
