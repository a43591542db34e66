"""Where rates come from and how well they do: fits, tests, cross-checks."""
