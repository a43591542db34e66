"""Textbook demography on plain arrays: life tables, schedules, graduation, raking."""
