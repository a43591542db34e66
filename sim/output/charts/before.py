"""A measure as runs had it before and after something: grey and dashed before, blue after."""

from typing import Final

from sim.common.language import Language, Text
from sim.common.quickclass import quickclass
from sim.output.charts.style import SCENARIOS, Axis, Trace, tint
from sim.output.charts.traces import HIDDEN, band, curve, stroke
from sim.output.texts import tr

Points = dict[int, float]
BEFORE: Final = "#8b949e"
AFTER: Final = SCENARIOS[0]


@quickclass(frozen=True, slots=True)
class Bands:
    """10, 50 and 90% quantiles by year."""

    low: Points
    median: Points
    high: Points


def before_and_after(
    bands: tuple[Bands, Bands], names: tuple[Text, Text], axis: Axis, language: Language
) -> list[Trace]:
    """80% bands before and after, named in the legend with what they are, and their medians."""
    before, after = bands
    shaded = [
        band(of.low, of.high, axis)
        | {"name": tr("{name}, 80%", name=name).in_(language), "fillcolor": tint(colour, strength)}
        for of, name, colour, strength in zip(bands, names, (BEFORE, AFTER), (0.22, 0.38), strict=True)
    ]
    medians = [
        tr("Median {name}{name_2}", name=name.en[:1].lower(), name_2=name.en[1:], name_zh=name.zh).in_(language)
        for name in names
    ]
    return [
        *shaded,
        curve(before.median, axis, medians[0], BEFORE) | stroke(BEFORE, 1.8, "dash") | HIDDEN,
        curve(after.median, axis, medians[1], AFTER) | HIDDEN,
    ]
