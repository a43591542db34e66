"""Indicators of a plan that are carried on, and said to be."""
