"""Rates of a region held against its own yearly series: fitted, judged, and written as a scenario that runs."""
