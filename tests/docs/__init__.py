"""The pages of the project, run: `python -m tests.docs` brings what they quote up to date."""
