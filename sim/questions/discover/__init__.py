"""Where does the plan fail? Conditions on a sweep's factors that hold many failures and little else."""

from sim.questions.discover.discovery import METHODS, Discovery, Found, discover, discovered
from sim.questions.discover.question import Asked

__all__ = ["METHODS", "Asked", "Discovery", "Found", "discover", "discovered"]
