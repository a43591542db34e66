"""The model: a folder a subject, with its numbers, its arithmetic and its stock, and the year of a county made of them.

Nothing is imported here or in a subject's own face, so that a scenario is checked without loading a numerical library.
"""
