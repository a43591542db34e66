"""Stocks of the economy at a year's end: frozen data on arrays [draw, region, …], float64."""
