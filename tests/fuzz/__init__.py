"""Files of every kind, mutated: what is refused is refused in time, and what is accepted can be run."""
