"""A case, its ensemble, its verdicts and its folder of results."""
