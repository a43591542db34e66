"""A region's rates as its `rates.yaml`."""

from typing import Final

import numpy as np

from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.evidence.calibrate.rates import Rates
from sim.evidence.texts import tr

TFR: Final = "fertility.tfr"
LEVEL: Final = "mortality.level"
_LEVEL_SOURCE: Final = tr(
    "expectation of life of the province by the census of 2020; deaths of China by year to 2025 are in every run"
)
_AT_BOUND: Final = tr("the fit ends at the bound of this parameter")
_RATIO_SOURCE: Final = tr("WPP 2024 medium variant for China")


@quickclass(frozen=True, slots=True)
class Backing:
    """What stands behind a region's rates. head: the file's first line; fertility: of its path; rates: of the rest."""

    head: str
    fertility: Text
    rates: Text


def rates_text(of: Rates, backing: Backing) -> str:
    """The content of a `rates.yaml`; a rate of 0 is certain, since it has no logarithm to spread."""
    tfr = next(rate for rate in of.rates if rate.path == TFR)
    lines = [backing.head, "set:"]
    lines += _by_year(TFR, of.tfr, "children/woman", backing.fertility, tfr.deviation)
    lines += _by_year("fertility.males_per_female", of.males_per_female, "males/female", _RATIO_SOURCE, 0.0)
    own = {LEVEL: both(_LEVEL_SOURCE)} | dict.fromkeys(of.at_bounds, both(_AT_BOUND))
    others = [rate for rate in of.rates if rate.path != TFR]
    first = next(rate for rate in others if rate.path not in own)
    for rate in others:
        uncertain = rate.deviation and rate.value > 0.0
        spread = f", dist: {{lognormal: {{sd: {rate.deviation:.4f}}}}}" if uncertain else ""
        said = own.get(rate.path) or (f"&fitted {both(backing.rates)}" if rate is first else "*fitted")
        lines.append(f"  {rate.path}: {{value: {rate.value:.6g}, source: {said}{spread}}}")
    kept = [i for i, rate in enumerate(of.uncertain) if rate.value > 0.0]
    matrix = of.correlation[np.ix_(kept, kept)]
    lines.append("correlation:")
    lines.append(f"  paths: [{', '.join(of.uncertain[i].path for i in kept)}]")
    lines.append("  matrix:")
    lines += [f"    - [{', '.join(f'{number:.6f}' for number in row)}]" for row in matrix]
    return "\n".join(lines) + "\n"


def both(text: Text) -> str:
    """A text in both languages as YAML writes it in a line."""
    return f'{{zh: "{text.zh}", en: "{text.en}"}}'


def _by_year(path: str, by_year: dict[int, float], unit: str, source: Text, deviation: float) -> list[str]:
    years = ", ".join(f"{year}: {value:.4f}" for year, value in by_year.items())
    spread = f"\n    dist: {{lognormal: {{sd: {deviation:.4f}}}}}" if deviation else ""
    return [f"  {path}:\n    value: {{{years}}}\n    unit: {unit}\n    source: {both(source)}{spread}"]
