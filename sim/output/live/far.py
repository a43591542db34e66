"""How far a scenario is that is being opened, as the page says it."""

from typing import Any

from sim.common.language import Language, Text
from sim.common.typography import typeset
from sim.model.compiled import is_cached
from sim.output.texts import tr
from sim.questions.live.far import Far


def told(standing: tuple[Far, bool] | None, language: Language) -> dict[str, Any]:
    """Where it stands: `there`; `look`, where a first look is shown while all is run; or `opening`; and in words.

    standing: as `sim.questions.live.opened.Shelf.far` gives it.
    """
    if standing is None:
        return {"standing": "there", "said": ""}
    far, looks = standing
    return {"standing": "look" if looks else "opening", "said": typeset(_words(far).in_(language))}


def _words(far: Far) -> Text:
    if far.share >= 1.0:
        return tr("simulated; the answer is made of it …")
    if far.left is not None:
        return tr("{share:.0f}% simulated, about {left:.0f} s left", share=100.0 * far.share, left=max(far.left, 1.0))
    if not is_cached():
        return tr("first run: compiling the kernels, half a minute at most …")
    return tr("its files are read …")
