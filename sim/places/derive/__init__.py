"""National schedules and residence shares derived from published tables."""
