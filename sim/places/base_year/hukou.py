"""Published figures of registered people and of urban hukou, brought to the people of a base year."""

import numpy as np

from sim.common.language import Text, same
from sim.model.arrays import Array
from sim.model.axes import AWAY, OUTSIDE_REGISTRATION, RURAL_REGISTRATION, URBAN_REGISTRATION
from sim.places.base_year.mark import Mark
from sim.places.census import CensusRow
from sim.places.census.totals import NATION
from sim.places.china.place_names import pinyin
from sim.places.china.province_names import province_name
from sim.places.china.residence import Patterns
from sim.places.texts import tr

_FARTHEST = 12.0
"""Logarithm of the odds beyond which no factor is looked for."""
_HALVINGS = 48
"""After which that logarithm is known to 1e-13."""


def urban_share(pop: Array) -> float:
    """Share of urban hukou among the registered [1], of persons [zone, registration, ...]."""
    return float(pop[:, URBAN_REGISTRATION].sum() / pop[:, :OUTSIDE_REGISTRATION].sum())


def with_urban_odds(pop: Array, odds: float) -> Array:
    """Persons [zone, registration, ...] with the odds of urban hukou times a factor in every cell of the others."""
    found = pop.copy()
    urban, rural = odds * pop[:, URBAN_REGISTRATION], pop[:, RURAL_REGISTRATION]
    registered = pop[:, URBAN_REGISTRATION] + rural
    share = np.divide(urban, urban + rural, out=np.zeros_like(urban), where=urban + rural > 0.0)
    found[:, URBAN_REGISTRATION] = share * registered
    found[:, RURAL_REGISTRATION] = registered - found[:, URBAN_REGISTRATION]
    return found


def odds_of(pop: Array, share: float) -> float:
    """The factor on odds of urban hukou [1] at which this share of the registered has it; the nearest within reach."""
    urban, rural = pop[:, URBAN_REGISTRATION].ravel(), pop[:, RURAL_REGISTRATION].ravel()
    own = np.divide(urban, urban + rural, out=np.zeros_like(urban), where=urban + rural > 0.0)
    wanted = share * (urban + rural).sum()

    def found(log: float) -> float:
        raised = own * np.exp(log)
        return float(((urban + rural) * (raised / (raised + 1.0 - own))).sum())

    low, high = -_FARTHEST, _FARTHEST
    if found(low) >= wanted or found(high) <= wanted:
        return 1.0
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        low, high = (low, middle) if found(middle) > wanted else (middle, high)
    return float(np.exp(0.5 * (low + high)))


def with_registered(pop: Array, row: CensusRow, patterns: Patterns) -> tuple[Array, tuple[Mark, ...]]:
    """Persons [zone, registration, sex, age] with as many away as published registered people leave, and a mark of it.

    As they are where no figure is known, the census row has one, or all who are registered are residents.
    """
    figure = None if row.registered is not None else patterns.registered.get((row.code, row.year))
    residents, away = pop[:AWAY, :OUTSIDE_REGISTRATION].sum(), pop[AWAY].sum()
    if figure is None or figure <= residents or away <= 0.0:
        return pop, ()
    found = pop.copy()
    found[AWAY] *= (figure - residents) / away
    method = tr(
        "as many as published registered people leave beside residents: {people:,.0f}", people=figure - residents
    )
    return found, (Mark(tr("people away"), method, "estimated"),)


def _named(area: str, row: CensusRow) -> Text:
    """What people call the row's own area, prefecture, province or nation, of which this is the code."""
    if area == NATION:
        return tr("the nation")
    if area.endswith("0000"):
        return province_name(area) or same(row.province or area)
    name = row.prefecture or area if area.endswith("00") else row.name
    return Text(name, pinyin(name))


def published(pop: Array, by_rules: Array, row: CensusRow, patterns: Patterns) -> tuple[Array, tuple[Mark, ...]]:
    """Persons with the share of urban hukou that a published figure gives them, and a mark of it; or as they are.

    pop: [zone, registration, sex, age]; by_rules: persons [zone, registration] as the census row and the rules alone
    give them, to which the odds found for the area apply. A census row with its own share of hukou keeps that,
    and where the rules leave nobody registered there is no share to bring.
    """
    found = None if row.nonagricultural_share is not None else patterns.urban_hukou_odds(row.code, row.year)
    if found is None or not by_rules[:, :OUTSIDE_REGISTRATION].any():
        return pop, ()
    odds, area = found
    share = urban_share(with_urban_odds(by_rules, odds))
    method = tr(
        "odds of urban hukou × {odds:.2f}, at which the registered of {area} have the published share",
        odds=odds,
        area=_named(area, row),
    )
    return with_urban_odds(pop, odds_of(pop, share)), (Mark(tr("urban hukou"), method, "estimated"),)
