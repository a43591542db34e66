"""Homes: demand by part, supply of the market and of programmes, tenure, floor area, land and cost."""

from tests.model.oracle.homes_totals import adequacy, flow_totals, stock_totals, vacancy_change
from tests.model.oracle.homes_year import start, year
from tests.model.oracle.homes_zones import vacancy

__all__ = ["adequacy", "flow_totals", "start", "stock_totals", "vacancy", "vacancy_change", "year"]
