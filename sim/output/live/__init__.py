"""The live page: its server, and what it shows."""
