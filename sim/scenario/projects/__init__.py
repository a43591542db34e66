"""Project files and kinds, read."""
