"""Every county of a batch on one page: a map, a list, and what is known of each."""
