"""How far the run of a scenario is that a page waits for, and how long it still takes."""

import time


class Far:
    """Is told how many years of draws are simulated, from any thread."""

    def __init__(self) -> None:
        self.share = 0.0
        """Of the years that are simulated; what is made of them comes after."""
        self.left: float | None = None
        """Until all are, at the pace so far [s]; None before there is a pace."""
        self._since: tuple[float, float] | None = None

    def tell(self, done: int, whole: int) -> None:
        """So many years are done, of so many; what came before the first of them was a preparation."""
        now, share = time.monotonic(), done / whole
        start, before = self._since = self._since or (now, share)
        self.share = share
        if share > before:
            self.left = (now - start) * (1.0 - share) / (share - before)
