"""One-file pages of the questions."""
