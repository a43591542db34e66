"""Who needs a home that the market does not give: public rental, affordable rental, resettlement, talent."""

import numpy as np

from sim.model.arrays import Array, ByRegion
from sim.model.axes import CITY, TOWN
from tests.model.oracle.homes_inputs import HomesInputs
from tests.model.oracle.homes_stock import AFFORDABLE, PUBLIC_RENTAL, RENOVATION, RESETTLEMENT, TALENT, Homes
from tests.model.oracle.homes_zones import county


def public_rental_need(stock: Homes, now: HomesInputs) -> ByRegion:
    """Public rental homes needed [home]: low-income renters in towns, and the newly settled.

    Renters are taken to live in towns, so there are never more of them than urban households.
    """
    urban = stock.households[..., CITY] + stock.households[..., TOWN]
    renters = np.minimum(stock.base.renting * county(stock.households), urban)
    need: ByRegion = renters * now.low_income + _settled_need(stock, now, now.settled_public)
    return need


def affordable_need(stock: Homes, now: HomesInputs) -> ByRegion:
    """Affordable rental homes needed by people who settled since the base year [home]."""
    return _settled_need(stock, now, now.settled_affordable)


def _settled_need(stock: Homes, now: HomesInputs, share: ByRegion) -> ByRegion:
    need: ByRegion = stock.since.settled * share / now.affordable_persons
    return need


def tenure_totals(stock: Homes, now: HomesInputs) -> dict[str, Array]:
    """Need, stock, gap and what was delivered, by measure, each [draw, region] and additive over regions.

    Stock and gap are NaN where the base year's stock is not known.
    """
    since = stock.since
    values: dict[str, Array] = {}
    for kind, column, need, known in (
        ("public_rental", PUBLIC_RENTAL, public_rental_need(stock, now), stock.base.public_rental),
        ("affordable_rental", AFFORDABLE, affordable_need(stock, now), stock.base.affordable),
    ):
        delivered = since.delivered[..., column]
        have = known + delivered
        gap = np.maximum(need - have, 0.0)
        values |= {f"{kind}_need": need, f"{kind}_stock": have, f"{kind}_gap": gap, f"{kind}_delivered": delivered}
    resettled = since.delivered[..., RESETTLEMENT]
    return values | {
        "talent_homes_need": since.talent,
        "talent_homes_delivered": since.delivered[..., TALENT],
        "resettlement_need": since.resettlement,
        "resettlement_delivered": resettled,
        "resettlement_waiting": np.maximum(since.resettlement - resettled, 0.0),
        "shanty_replaced": since.shanty,
        "shanty_homes": stock.shanty,
        "renovation_started": since.renovation,
        "renovated": since.delivered[..., RENOVATION],
        "old_homes": stock.old,
        "rural_homes_improved": since.rural,
    }
