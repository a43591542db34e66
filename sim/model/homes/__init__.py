"""Homes: demand, supply, tenure, vacancy, prices."""
