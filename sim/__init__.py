"""townward (向城): a simulator of urbanization scenarios."""

__version__ = "0.1.0"
