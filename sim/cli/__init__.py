"""The command line: arguments → calls → messages."""

from sim.cli.main import main

__all__ = ["main"]
