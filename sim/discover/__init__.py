"""Where does the plan fail? Conditions on a sweep's factors that hold many failures and little else."""

from sim.discover.discovery import METHODS, Discovery, Found, discover, discovered
from sim.discover.question import Asked

__all__ = ["METHODS", "Asked", "Discovery", "Found", "discover", "discovered"]
