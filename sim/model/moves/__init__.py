"""Moves between zones and regions, and what pulls them."""
