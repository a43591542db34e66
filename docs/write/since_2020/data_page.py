"""Scores of every figure of a folder's later.csv, as sections of the page."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from docs.write.closure_sums import YEARS
from docs.write.since_2020.places import PlaceError
from docs.write.since_2020.provinces import (
    PACES,
    Facts,
    Provinces,
    Score,
    drifts_assumed,
    mean_error,
)
from sim.output.documents.markdown import table

FEW: Final = 10
"""Provinces under which their common pace says little."""
_NAMES: Final = ("residents 常住人口 (%)", "urbanization rate 城镇化率 (points)", "births 出生 (%)", "deaths 死亡 (%)")
_BEFORE: Final = ("1.08", "0.44", "8.9", "12.3")
_WANTED: Final = ("below no change", "≤ 0.35", "≤ 7.5", "≤ 6")
_MOST: Final = (None, 0.35, 7.5, 6.0)
_PACES: Final = {
    "arrive": "arrivals from other provinces 省外流入",
    "leave": "leaving for other provinces 流出省外",
    "return": "return from other provinces 省外回流",
    "to_town": "moves and reclassification to town 乡村转城镇",
    "fertility": "fertility beside the nation's path 生育(相对全国路径)",
    "mortality": "mortality beside the nation's path 死亡(相对全国路径)",
}
_HEAD: Final = """\
## All provinces, every figure · 全部省份逐项评分

{provinces} provinces fitted to their two censuses, each as one region, run from the second without noise; {figures}
figures of {first}–{last}. *Rates as fitted*: the decade before goes on. *With the pace*: moves, births and deaths
times what the **other** provinces' figures of these years ask for, in five folds of provinces: no province's own
figures enter what is said of it, but figures of these years do. It is what was known in {last} of the years since the
census, not what could have been said in the census year. Bands: the other folds' errors, widening with the years.

Tried for births and left: carrying only a part of a province's own level of fertility (8.7%), and a level that follows
the balance of moves, because children of parents who left live where their grandparents do (8.0%, Beijing then 30% too
high). One pace for all moves between provinces left residents off by 0.85%.
"""


def data_sections(of: Provinces, fact: Facts, found: Score, places: Sequence[PlaceError]) -> str:
    """The sections (Markdown)."""
    head = _HEAD.format(provinces=len(of.rows), figures=int(fact.known.sum()), first=YEARS[0], last=YEARS[-1])
    if len(of.rows) < FEW:
        head += "\nOf so few provinces the others hardly tell a pace: read *rates as fitted*.\n"
    return "\n".join([head, _aims(fact, found), _paces(found), _each(of, found), _places(places)])


def _aims(fact: Facts, found: Score) -> str:
    rows = []
    for k, name in enumerate(_NAMES):
        known = fact.known[..., k]
        if not known.any():
            continue
        now, still = mean_error(found.paced, k), mean_error(found.still, k)
        held = 100.0 * float((np.abs(found.paced[..., k]) <= found.half[..., k])[known].mean())
        most = still if _MOST[k] is None else _MOST[k]
        reached = now < most if _MOST[k] is None else round(now, 2) <= most  # type: ignore[operator]
        rows.append(
            [
                name,
                str(int(known.sum())),
                "—" if np.isnan(still) else f"{still:.2f}",
                f"{mean_error(found.plain, k):.2f}",
                _BEFORE[k],
                f"{now:.2f}",
                _WANTED[k],
                "yes 是" if reached else "**no 否**",
                f"{held:.0f}%",
                "yes 是" if 70.0 <= held <= 90.0 else "**no 否**",
            ]
        )
    head = [
        *("mean absolute error 平均绝对误差", "n", "no change 不变", "rates as fitted 拟合速度"),
        *(
            "before 此前",
            "with the pace 计入节奏",
            "aim 目标",
            "reached 达到",
            "80% band held (aim 70–90)",
            "reached 达到",
        ),
    ]
    return table(head, rows) + "\n"


def _paces(found: Score) -> str:
    assumed = drifts_assumed()
    rows = [
        [_PACES[name], f"{np.exp(value):.2f}", f"{drift:.2f}", f"{assumed[name]:.2f}"]
        for name, value, drift in zip(PACES, found.paces, found.drift, strict=True)
    ]
    head = [
        "pace since the census 普查以来的节奏",
        "× the decade before",
        "drift shown 各省离散",
        "drift that fits carry",
    ]
    said = (
        "The pace of all provinces together, and the deviation of its logarithm between provinces were it the only one "
        "that differs, beside the drift that fitted rates carry. Residents alone show arrivals, leaving and return "
        "together, so that their drifts are each an upper bound.\n\n"
        "What runs take of this: the paces of leaving and return, in counties with learnt rates alone "
        "([decision 22](decisions/0022-counties-add-up.md)). The drifts of fertility, mortality and arrivals that fits "
        "carry are near what is shown and stand. Not taken: those of leaving and return, which are bounds and no "
        "estimates, and that of moves to town: the wider one stays, because with the narrower one the 80% bands of "
        "the urban shares above would hold fewer figures than they do, which is few already.\n"
    )
    return said + "\n" + table(head, rows) + "\n"


def _each(of: Provinces, found: Score) -> str:
    rows = []
    for row, plain, paced in zip(of.rows, found.plain, found.paced, strict=True):
        if np.isfinite(paced).any():
            cells = [f"{_mean(one[:, k])}" for k in range(len(_NAMES)) for one in (plain, paced)]
            rows.append([row.name, *cells])
    head = ["mean error 平均误差", *(f"{name}: {what}" for name in _NAMES for what in ("as fitted", "with the pace"))]
    return table(head, rows) + "\n"


def _mean(of: np.ndarray) -> str:
    known = of[np.isfinite(of)]
    return f"{known.mean():+.2f}" if len(known) else "–"


def _places(places: Sequence[PlaceError]) -> str:
    if not places:
        return ""
    rows = [
        [one.name, one.measure, str(one.year), f"{one.published:+.2f}", f"{one.said:+.2f}", f"{one.error:+.2f}"]
        for one in places
    ]
    head = ["place 地区", "measure", "year 年", "published 公布", "learnt rates 习得", "error"]
    said = (
        "## Prefectures and counties · 地级与县级\n\nThe sum of a place's counties in the table of 2020, run with "
        "learnt rates and the factors by which counties add up: change since the census (residents in %, urban share "
        "in points), births and deaths per thousand. A prefecture of which the table lacks a part is compared all the "
        "same.\n"
    )
    return said + "\n" + table(head, rows) + "\n"
