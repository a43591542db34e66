"""Values in tables: said in each language as their column asks, and never read as markup."""

import re
from html import unescape

import pytest

from sim.common.language import LANGUAGES, Language, Text
from sim.output.layout.parts import (
    Answers,
    Bullets,
    Charts,
    Column,
    Folded,
    Heading,
    Paragraph,
    Part,
    Section,
    Table,
    listed,
)
from sim.output.layout.values import Badge, Cell, Estimate, Lines, Meter, Points, Quantity, Quoted, Strip, Styled, kept
from tests.output.layout.shown import shown

BAD = "<img src=x onerror=alert(1)>\"'"
TEXT = Text(BAD, BAD)


def cells(column: Column, *values: Cell, language: Language = "en") -> list[str]:
    """What stands in a column after the first, one value a row, with the tags between lines as bars."""
    rows = tuple((str(i), value) for i, value in enumerate(values))
    said = shown(Table("t", "t", (Column("n"), column), rows), language=language)
    return [unescape(re.sub("<[^>]+>+", "|", cell)).strip("|") for cell in re.findall("<td[^>]*>(.*?)</td>", said)]


@pytest.mark.parametrize(
    ("column", "zh", "en"),
    [
        (Column("c", "number"), "12,346", "12,346"),
        (Column("c", "number", decimals=2), "12,345.60", "12,345.60"),
        (Column("c", "number", unit="person"), "1.23万人", "12,300 people"),
        (Column("c", "share"), "1234560%", "1234560%"),
    ],
)
def test_a_bare_number_is_said_as_its_column_asks(column: Column, zh: str, en: str) -> None:
    assert cells(column, 12345.6, language="zh") == [zh]
    assert cells(column, 12345.6) == [en]


def test_years_have_no_separators_and_what_is_not_known_is_a_dash() -> None:
    assert cells(Column("c", "year"), 2025, None, "not by 2035") == ["2025", "—", "not by 2035"]
    assert cells(Column("c", "share"), 0.004, 0.5, 0.999) == ["<1%", "50%", ">99%"]


def test_values_say_their_units_in_the_language_of_the_page() -> None:
    values = (Quantity(0.55, "share"), Points(0.012, "share", "+"), Estimate(0.5, 0.515, 0.53, "share"))
    assert cells(Column("c"), *values) == ["55.0%", "+1.2 points", "51.5%||(50.0–53.0)"]
    assert cells(Column("c"), *values, language="zh") == ["55.0%", "+1.2个百分点", "51.5%||(50.0–53.0)"]


def test_an_estimate_without_spread_has_no_band() -> None:
    assert cells(Column("c"), Estimate(3.0, 3.0, 3.0, "bed"), Estimate(None, 3.0, None, "bed")) == ["3 beds"] * 2


def test_the_picture_of_an_estimate_needs_all_of_it() -> None:
    known = Estimate(0.5, 0.6, 0.7, "share")
    low, median, high, target = Strip(known, 0.8, "#000").places
    assert low < median < high < target
    assert (low, target) == (8.0, 142.0)
    assert Strip(known, None, "#000").places == ()
    assert len(set(Strip(Estimate(1.0, 1.0, 1.0, "bed"), 1.0, "#000").places)) == 1


def test_a_table_is_made_column_by_column() -> None:
    made = listed("t", "t", [1, 2], (Column("n"), str), (Column("square", "number"), lambda n: n * n), notes=("end",))
    assert (made.rows, len(made.columns)) == ((("1", 1), ("2", 4)), 2)
    assert shown(made).endswith("</section>")
    assert "<p>end</p>" in shown(made)
    assert not listed("t", "t", (), (Column("n"), str))
    assert "<table" not in shown(listed("t", "t", (), (Column("n"), str), notes=("alone",)))
    assert "<p>alone</p>" in shown(listed("t", "t", (), (Column("n"), str), notes=("alone",)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_a_part_holds_stays_text(language: Language) -> None:
    values: tuple[Cell, ...] = (
        *(BAD, TEXT, kept(BAD), Styled(TEXT, "strong"), Styled(BAD, "muted"), Styled(BAD, "code"), Quoted(TEXT)),
        *(Quantity(1.0, BAD), Points(1.0, BAD, BAD), Estimate(1.0, 2.0, 3.0, BAD), Lines(BAD, (TEXT, BAD))),
        *(Badge(BAD, TEXT, BAD), Meter(BAD, 0.5, BAD), Strip(Estimate(1.0, 2.0, 3.0, BAD), 2.0, BAD), (BAD, TEXT)),
    )
    table = Table(BAD, TEXT, (Column(BAD), Column(TEXT)), ((BAD,), *((BAD, value) for value in values)), (BAD,))
    drawn = {"layout": {"height": 10, "meta": {"title": BAD, "subtitle": BAD}}}
    parts: tuple[Part, ...] = (
        *(table, Folded(BAD, table), Paragraph(BAD, BAD), Heading(BAD), Bullets(values), Answers(values)),
        Charts({BAD: drawn}),
    )
    said = shown(Section(BAD, TEXT, parts), language=language)
    assert "<img" not in said
    assert not re.search(r"<[^>]*\sonerror=", re.sub(r'"[^"]*"', '""', said))
    assert said.count("&lt;img") > 60
