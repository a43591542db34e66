"""Runs held to figures published since the base year: a region's own, else its prefecture's or its province's."""
