"""How the program's own words fared: lines of plans with an outcome, and yardsticks with a figure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from docs.write.since_2020.compare import Comparison
from sim.common.errors import InvalidInput
from sim.model.arrays import Array
from sim.output.documents.markdown import table
from sim.questions.evaluate.evaluate import scenario_of
from sim.run.reaching import WORDS, word
from sim.run.scenario_run import run
from sim.run.words import CLASS_NAMES, RESULTS
from sim.scenario.targets import known

_CAME: Final = ("met", "late", "partly", "missed")
_MEASURES: Final = {
    "urbanization_rate": "the urban share gains as the nation's · 城镇化率升幅不低于全国",
    "resident": "residents no fewer · 常住人口不减",
}
_HEAD: Final = """\
## The program's own words · 程序判断的可信度

Every line of the shipped plans whose outcome is known ({lines}), with what the plan's own scenario, run from its base
year, says of it: {told} of them had been given a probability. The others hang on an assumption, are set by the
scenario, or are needs, so that no word was said that could be right or wrong{brier}.
"""
_YARDSTICKS: Final = """\
Since so few lines have both, the same words are tried on the {n} figures below that have a yardstick: that the urban
share of a place gains as many points as the nation's, and that its residents are no fewer than in the census. Each gets
its probability from the draws of the trend, and the published figure answers. The Brier score, the mean square of the
probability's error, is **{brier:.3f}**; always saying the share that came true ({base:.0%}) gives {always:.3f}, and 50%
gives 0.250. Figures of one place in several years are not independent.
"""


@dataclass(frozen=True, slots=True)
class Answered:
    """A line of a plan with its outcome. said: the class of what is said of it; probability: where one was given."""

    plan: str
    id: str
    said: str
    came: str
    probability: float | None


def answered() -> Iterator[Answered]:
    """Every line of the shipped plans that the world has answered, run in the scenario in which its plan acts."""
    for plan in known():
        try:
            scenario = scenario_of(plan)
        except InvalidInput:
            continue  # a plan that no scenario acts for is not run
        for one in run(scenario).tables.verdicts:
            if one.came is not None and one.came.is_known:
                yield Answered(plan, one.id, one.said, one.came.result, one.probability)


def section(lines: Sequence[Answered], figures: Sequence[Comparison]) -> str:
    """The section as Markdown."""
    told = [one for one in lines if one.probability is not None]
    said = ""
    if told:
        chances = np.array([one.probability for one in told], dtype=np.float64)
        came = np.array([one.came in ("met", "late") for one in told], dtype=np.float64)
        said = f" (Brier score {_brier(chances, came):.3f}, always the share met {_brier(came.mean(), came):.3f})"
    parts = [_HEAD.format(lines=len(lines), told=len(told) or "none", brier=said), _by_class(lines), ""]
    tried = [one for one in figures if one.chance is not None]
    chances = np.array([one.chance for one in tried], dtype=np.float64)
    came = np.array([one.published >= one.yardstick for one in tried], dtype=np.float64)
    brier, always = _brier(chances, came), _brier(came.mean(), came)
    parts.append(_YARDSTICKS.format(n=len(tried), brier=brier, base=came.mean(), always=always))
    return "\n".join([*parts, _by_measure(tried, chances, came), "", _by_word(chances, came), ""])


def _by_measure(tried: Sequence[Comparison], chances: Array, came: Array) -> str:
    names = np.array([one.measure for one in tried])
    rows = []
    for measure, title in _MEASURES.items():
        own = names == measure
        if own.any():
            share = float(came[own].mean())
            scores = (_brier(chances[own], came[own]), _brier(share, came[own]))
            rows.append((title, str(int(own.sum())), f"{share:.0%}", *(f"{score:.3f}" for score in scores)))
    return table(("yardstick · 标尺", "n", "came true · 实现", "Brier", "always that share"), rows, numbers=True)


def _brier(chances: Array | float, came: Array) -> float:
    return float(np.mean((chances - came) ** 2))


def _by_class(lines: Sequence[Answered]) -> str:
    counts = Counter((one.said, one.came) for one in lines)
    rows = [
        (CLASS_NAMES[said].en, CLASS_NAMES[said].zh, *(str(counts[said, came] or "–") for came in _CAME))
        for said in CLASS_NAMES
        if any(counts[said, came] for came in _CAME)
    ]
    return table(("said then", "此前判断", *(f"{RESULTS[came].en} {RESULTS[came].zh}" for came in _CAME)), rows)


def _by_word(chances: Array, came: Array) -> str:
    words = np.array([word(float(chance)) for chance in chances])
    rows = []
    for _, name in WORDS:
        own = words == name
        if own.any():
            rows.append((name, str(int(own.sum())), f"{chances[own].mean():.0%}", f"{came[own].mean():.0%}"))
    return table(("word · 用词", "n", "said, on average · 平均概率", "came true · 实现"), rows, numbers=True)
