"""Where tests find the project, their own figures and the reference data."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FIGURES = ROOT / "tests" / "data"
SCENARIOS = ROOT / "scenarios"
REFERENCE = ROOT.parent / "shared" / "data"
"""Absent outside the developers' machines: tests that need it skip with the reason."""
