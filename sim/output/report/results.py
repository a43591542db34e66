"""What the world answered to a line of a plan, in words."""

from sim.common.language import Language
from sim.common.numbers import quantity
from sim.output.texts import tr
from sim.run.words import RESULTS
from sim.scenario.resolved import Came


def result(of: Came, language: Language) -> str:
    """What came, with its date and figure: `late by 3 months, 2026-03`."""
    said = RESULTS[of.result].in_(language)
    if of.months_late is not None:
        said = tr("late by {months} months", months=of.months_late).in_(language)
    parts = [said]
    if of.value is not None:
        parts.append(quantity(of.value, of.unit, language, exact=True))
    when = of.date or (None if of.year is None else str(of.year))
    comma = tr(", ").in_(language)
    return comma.join(parts) + (f" ({when})" if when else "")
