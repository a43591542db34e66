"""Services and facilities: need by a standard, capacity, gap, cost, land."""
