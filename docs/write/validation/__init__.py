"""The simulator's own functions against published projections, life tables and schedules."""
