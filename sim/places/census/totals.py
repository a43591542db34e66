"""Rows of a county table that are no county of their own: totals of provinces and prefectures, and rows twice over."""

import re
from collections.abc import Iterable
from typing import Final

from sim.common.errors import Fault, Place
from sim.common.language import Text
from sim.places.census.table import CensusRegion, Table
from sim.places.texts import tr

_TOTALS: Final = frozenset(
    {"合计", "总计", "小计", "共计", "全国", "全省", "全市", "全区", "全县", "市辖区", "县", "市区"}
)
_WHOLES: Final = ("省", "市", "区", "州", "盟", "计")
NATION: Final = "000000"
"""Code of the whole country, where provinces, prefectures and counties have theirs."""
CODE: Final = re.compile(r"[1-9][0-9]{5}\Z")
"""A code of an administrative division (GB/T 2260)."""


def not_counties(table: Table) -> dict[int, Fault]:
    """Why a line is not to be counted among the counties, by line.

    A total is known by its name or its code: of a province (340000) or prefecture (341200) whose counties are there.
    A code that is none, as a spreadsheet leaves one that it took for a number, does not say what county it is of.
    A row that is there again is left out; where the two say different things, both are.
    """
    found: dict[int, Fault] = {}
    first: dict[str, tuple[int, tuple[str, ...]]] = {}
    codes = {table.region(row).code for _, row in table.rows}
    for line, row in table.rows:
        region = table.region(row)
        if region.name.replace(" ", "").replace("\u3000", "") in _TOTALS or _has_parts(region, codes):
            problem = tr("{name} is a total, not a county, and is left out", name=region.name or region.code)
            found[line] = _fault(table, line, problem)
        elif region.code and not CODE.match(region.code):
            problem = tr("{code!r} is not a six-digit code (GB/T 2260)", code=region.code)
            found[line] = _fault(table, line, problem)
        elif region.code in first and region.code:
            before, same = first[region.code]
            problem = tr(
                "code {code} is there twice, lines {before} and {line}", code=region.code, before=before, line=line
            )
            found[line] = _fault(table, line, problem)
            if same != row:
                found[before] = _fault(table, before, problem)
        else:
            first[region.code] = line, row
    return found


def _has_parts(region: CensusRegion, codes: Iterable[str]) -> bool:
    code = region.code
    stem = code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else ""
    if len(code) != len(NATION) or not stem or not region.name.endswith(_WHOLES):
        return False
    return code == NATION or any(one.startswith(stem) and one != code and not one.endswith("0000") for one in codes)


def _fault(table: Table, line: int, problem: Text) -> Fault:
    return Fault(Place(table.file, line, 1), "code", problem)
