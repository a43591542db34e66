"""Control: people brought to known totals of a base year, and led to totals that a plan gives."""
