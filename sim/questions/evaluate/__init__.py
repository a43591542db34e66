"""The evaluation of a plan at its end: what was promised, what came, what had been said, and what to promise next."""
