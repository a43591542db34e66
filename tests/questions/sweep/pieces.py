"""Parts of a real sweep of which a member never ends."""

import time
from dataclasses import replace

from sim.common.quickclass import quickclass
from sim.questions.sweep.block import Block, Part


@quickclass(frozen=True)
class Hanging(Part):
    """Members of a sweep of which one never ends."""

    hangs: int = -1

    def run(self) -> Block:
        if self.hangs in self.members:
            time.sleep(600.0)
        return Part(self.sweep, self.members, self.at).run()

    def halves(self) -> tuple["Hanging", "Hanging"]:
        middle = len(self.members) // 2
        return (
            replace(self, members=self.members[:middle], at=self.at[:middle]),
            replace(self, members=self.members[middle:], at=self.at[middle:]),
        )
