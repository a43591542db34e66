"""Homes: demand by part, supply of the market and of programmes, tenure, floor area, land and cost."""

from sim.model.homes.totals import adequacy, flow_totals, stock_totals, vacancy_change
from sim.model.homes.year import start, year
from sim.model.homes.zones import vacancy

__all__ = ["adequacy", "flow_totals", "start", "stock_totals", "vacancy", "vacancy_change", "year"]
