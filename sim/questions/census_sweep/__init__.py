"""A batch over regions: every county of a census table, its trend, and a verdict on a target."""
