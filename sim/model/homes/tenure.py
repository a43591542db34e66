"""Who needs a home that the market does not give: public rental, affordable rental, resettlement, talent."""

import numpy as np

from sim.model.axes import CITY, TOWN
from sim.model.compiled import rule
from sim.model.homes.inputs import HomesInputs
from sim.model.homes.stock import AFFORDABLE, PUBLIC_RENTAL, RENOVATION, RESETTLEMENT, TALENT, Homes
from sim.model.homes.zones import county


class TenureSums:
    """Need, stock, gap and what was delivered, additive over regions; NaN where the base year's stock is not known."""

    public_rental_need: float
    public_rental_stock: float
    public_rental_gap: float
    public_rental_delivered: float
    affordable_rental_need: float
    affordable_rental_stock: float
    affordable_rental_gap: float
    affordable_rental_delivered: float
    talent_homes_need: float
    talent_homes_delivered: float
    resettlement_need: float
    resettlement_delivered: float
    resettlement_waiting: float
    shanty_replaced: float
    shanty_homes: float
    renovation_started: float
    renovated: float
    old_homes: float
    rural_homes_improved: float


@rule
def public_rental_need(stock: Homes, now: HomesInputs) -> float:
    """Public rental homes needed [home]: low-income renters in towns, and the newly settled.

    Renters are taken to live in towns, so there are never more of them than urban households.
    """
    urban = stock.households[CITY] + stock.households[TOWN]
    renters = np.minimum(stock.renting * county(stock.households), urban)
    need: float = renters * now.low_income + settled_need(stock, now, now.settled_public)
    return need


@rule
def settled_need(stock: Homes, now: HomesInputs, share: float) -> float:
    """Rental homes needed by a share of the people who settled since the base year [home]."""
    return stock.since.settled * share / now.affordable_persons


@rule
def tenure_totals(stock: Homes, now: HomesInputs, sums: TenureSums) -> None:
    """What is reported of homes that the market does not give."""
    since, delivered = stock.since, stock.since.delivered
    sums.public_rental_need, sums.public_rental_delivered = public_rental_need(stock, now), delivered[PUBLIC_RENTAL]
    sums.public_rental_stock = stock.public_rental + delivered[PUBLIC_RENTAL]
    sums.public_rental_gap = np.maximum(sums.public_rental_need - sums.public_rental_stock, 0.0)
    sums.affordable_rental_need = settled_need(stock, now, now.settled_affordable)
    sums.affordable_rental_delivered = delivered[AFFORDABLE]
    sums.affordable_rental_stock = stock.affordable + delivered[AFFORDABLE]
    sums.affordable_rental_gap = np.maximum(sums.affordable_rental_need - sums.affordable_rental_stock, 0.0)
    sums.talent_homes_need, sums.talent_homes_delivered = since.talent, delivered[TALENT]
    sums.resettlement_need, sums.resettlement_delivered = since.resettlement, delivered[RESETTLEMENT]
    sums.resettlement_waiting = np.maximum(since.resettlement - delivered[RESETTLEMENT], 0.0)
    sums.shanty_replaced, sums.shanty_homes = since.shanty, stock.shanty
    sums.renovation_started, sums.renovated, sums.old_homes = since.renovation, delivered[RENOVATION], stock.old
    sums.rural_homes_improved = since.rural
