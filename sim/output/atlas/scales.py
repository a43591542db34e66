"""What counties are coloured by: classes of each quantity, with their colours and words."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final, Literal

import pandas as pd

from sim.common.language import Language, Text
from sim.common.numbers import grouped
from sim.common.quickclass import quickclass
from sim.output.texts import tr
from sim.run.reaching import WORDS
from sim.run.words import STATUS as WORD

Kind = Literal["chance", "share", "points", "change", "person"]

_LIGHT_TO_DARK: Final = ("#f1eef6", "#d0d9ea", "#a6c0dc", "#6fa3cc", "#3b83b5", "#0b5c8c", "#083f62")
_POOR_TO_GOOD: Final = ("#8c3b0a", "#dd8a3e", "#f2deb4", "#8fb8d8", "#0b4f7d")
_AGES: Final = ("#fff4dc", "#fbdcae", "#f2bd7c", "#e3974d", "#c96f2b", "#9c4a16", "#6b2f0c")
_FALL_TO_RISE: Final = ("#8c3b0a", "#c46a2a", "#e8a86f", "#f6dcc3", "#d5e3ef", "#8fb8d8", "#4687b6", "#0b4f7d")
UNKNOWN: Final = "#c9ced4"


@quickclass(frozen=True, slots=True)
class Scale:
    """A quantity of a county and year, as an integer for the page: its value times `times`.

    breaks: between classes, in the quantity's own unit; colours: one more than breaks, from the lowest class on;
    words: of each class beside its ends, if any. Orange and blue are told apart by readers who see no red or green.
    """

    id: str
    name: Text
    about: Text
    kind: Kind
    breaks: tuple[float, ...]
    colours: tuple[str, ...]
    of: Callable[[pd.DataFrame, pd.DataFrame], "pd.Series[float]"]
    words: tuple[Text, ...] = ()

    @property
    def times(self) -> int:
        """What values are multiplied by, so that whole numbers hold what is shown."""
        return 1 if self.kind == "person" else 1000

    def labels(self, language: Language) -> list[str]:
        """The classes in words, from the lowest on."""
        ends = [self._said(end, language) for end in self.breaks]
        spans = [f"< {ends[0]}", *(f"{low} – {high}" for low, high in pairwise(ends)), f"≥ {ends[-1]}"]
        named = [f"{word.in_(language)} {span}" for word, span in zip(self.words, spans, strict=False)]
        return named or spans

    def _said(self, value: float, language: Language) -> str:
        if self.kind == "person":
            # Chinese counts people in 万
            return f"{value / 1e4:g} 万" if language == "zh" else grouped(value, 0)
        sign = "+" if self.kind in ("change", "points") and value > 0 else ""
        unit = "" if self.kind == "points" else "%"
        return f"{sign}{100.0 * value:g}{unit}".replace("-", "\u2212")


def _column(name: str) -> Callable[[pd.DataFrame, pd.DataFrame], "pd.Series[float]"]:
    return lambda years, _: years[name]


def _change(years: pd.DataFrame, counties: pd.DataFrame) -> "pd.Series[float]":
    before = pd.Series(counties["residents"].reindex(years["member"]).to_numpy(), years.index)
    return years["residents"] / before - 1.0


def _gap(years: pd.DataFrame, counties: pd.DataFrame) -> "pd.Series[float]":
    target = pd.Series(counties["target"].reindex(years["member"]).to_numpy(), years.index)
    return years["rate"] - target


_STATUSES: Final = tuple(reversed(WORDS))

SCALES: Final[Sequence[Scale]] = (
    Scale(
        "probability",
        tr("Probability of the target"),
        tr("that the urbanization rate has reached the county's target by the end of the year"),
        "chance",
        tuple(least for least, _ in _STATUSES[1:]),
        _POOR_TO_GOOD,
        _column("probability"),
        tuple(WORD[word] for _, word in _STATUSES),
    ),
    Scale(
        "rate",
        tr("Urbanization rate"),
        tr("share of residents in towns, median"),
        "share",
        (0.3, 0.4, 0.5, 0.6, 0.7, 0.85),
        _LIGHT_TO_DARK,
        _column("rate"),
    ),
    Scale(
        "gap",
        tr("Rate above or below the target"),
        tr("percentage points, median"),
        "points",
        (-0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3),
        _FALL_TO_RISE,
        _gap,
    ),
    Scale(
        "band",
        tr("Width of the 80% band of the rate"),
        tr("percentage points: how much the rate is uncertain"),
        "points",
        (0.02, 0.04, 0.06, 0.08, 0.12, 0.16),
        _AGES,
        lambda years, _: years["rate_high"] - years["rate_low"],
    ),
    Scale(
        "residents",
        tr("Residents"),
        tr("median"),
        "person",
        (5e4, 1e5, 2e5, 4e5, 8e5, 1.6e6),
        _LIGHT_TO_DARK,
        _column("residents"),
    ),
    Scale(
        "change",
        tr("Change of residents"),
        tr("since the census, median"),
        "change",
        (-0.2, -0.1, -0.05, 0.0, 0.05, 0.1, 0.2),
        _FALL_TO_RISE,
        _change,
    ),
    Scale(
        "age_60_plus",
        tr("Residents aged 60 and over"),
        tr("share of residents, median"),
        "share",
        (0.1, 0.15, 0.2, 0.25, 0.3, 0.4),
        _AGES,
        _column("age_60_plus"),
    ),
    Scale(
        "age_0_14",
        tr("Residents aged 0 to 14"),
        tr("share of residents, median"),
        "share",
        (0.08, 0.11, 0.14, 0.17, 0.2, 0.25),
        _LIGHT_TO_DARK,
        _column("age_0_14"),
    ),
)
