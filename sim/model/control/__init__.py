"""Control: people of a base year that is carried forward, brought to known totals."""
