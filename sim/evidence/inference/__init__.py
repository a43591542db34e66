"""Weights, proposals and what figures can tell apart."""
