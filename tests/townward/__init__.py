"""Tests of the package for notebooks and scripts."""
