"""The words of the atlas, by what they are for in the page."""

from typing import Final

from sim.common.language import Language, Text
from sim.common.typography import typeset
from sim.output.texts import tr

WORDS: Final[dict[str, Text]] = {
    "lang": tr("en"),
    "brand": tr("townward · urbanization scenarios"),
    "skip": tr("Skip to the list of counties"),
    "search": tr("Search", context="for a name"),
    "searchHint": tr("name, pinyin or code"),
    "colour": tr("Colour"),
    "province": tr("Province"),
    "all": tr("All provinces"),
    "year": tr("Year"),
    "inYear": tr("{name}, {year}"),
    "failed": tr("could not be run"),
    "map": tr("Map of the counties by the chosen quantity; the list below holds the same."),
    "tilesNote": tr(
        "Each square is a county, in a tile where its province lies; counties of a prefecture stand together. "
        "No boundaries are shipped; give your own with --boundaries."
    ),
    "outlinesNote": tr("Boundaries: the user's own file. A map that is published in China needs an approval number."),
    "without": tr("Counties without an outline ({count})"),
    "unmatched": tr("Outlines that are no county's ({count})"),
    "zoomIn": tr("Zoom in"),
    "zoomOut": tr("Zoom out"),
    "byProvince": tr("By province"),
    "byPrefecture": tr("By prefecture"),
    "byProvinceNote": tr("Share of counties in each class; click a name to see its counties alone."),
    "list": tr("Counties"),
    "shown": tr("{shown} of {all} counties"),
    "none": tr("No county fits."),
    "more": tr("Show more"),
    "csv": tr("Download as CSV"),
    "rank": tr("Rank"),
    "county": tr("County"),
    "sort": tr("Sort by this column"),
    "close": tr("Close"),
    "code": tr("code {code}"),
    "target": tr("{rate} by the end of {year} ({scope})"),
    "targetHead": tr("Target for the urbanization rate"),
    "verdict": tr("Verdict"),
    "then": tr("Urbanization rate in {year}, median (80% band)"),
    "people": tr("Residents in {year}, median (80% band)"),
    "ages": tr("Aged 60 and over, aged 0 to 14 in {year}"),
    "own": tr("Its own page"),
    "ownServed": tr("Run this county by itself, with levers, policies and all measures."),
    "open": tr("Open its live page"),
    "opening": tr("Making its scenario …"),
    "ownStatic": tr(
        "This file holds what the batch kept. To run this county with levers and policies, start the atlas "
        "with --serve, or type:"
    ),
    "copy": tr("Copy"),
    "copied": tr("Copied"),
    "refused": tr("This page is of an earlier session. Open the address that the command printed."),
    "lost": tr("The server does not answer: start townward atlas --serve again."),
    "scopeProvince": tr("the province's"),
    "scopeNation": tr("the nation's"),
    "scopeGiven": tr("given"),
    "noscript": tr("The atlas needs JavaScript."),
    "footer": tr(
        "Made by townward {version}. Each county is run by itself on learnt rates, without policies: simulations of "
        "a trend, not forecasts, and their sum is none of the nation.",
        version="{version}",
    ),
}


def words(language: Language) -> dict[str, str]:
    """All of them in a language."""
    return {key: typeset(text.in_(language)) for key, text in WORDS.items()}
