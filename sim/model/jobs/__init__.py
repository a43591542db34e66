"""Jobs, workers and incomes."""
