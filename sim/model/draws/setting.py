"""One change of one parameter, who made it, and where it was written."""

from typing import Literal

from sim.common.errors import Place
from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.model.draws.distribution import Distribution

ChangeKind = Literal["set", "times", "add"]
Giver = Literal["region", "census", "nation", "indicator", "scenario", "override", "move", "fit"]


@quickclass(frozen=True, slots=True)
class Given:
    """A parameter was given a value, or changed, by name.

    by: a region's rates, rates learnt from censuses, what makes counties add up to the nation, an indicator's growth, a
    scenario file, `--set`, a move of a question, or a fit. change: 0 for a value, else the how manieth change of the
    parameter by this giver.
    """

    by: Giver
    change: int = 0


@quickclass(frozen=True, slots=True)
class OfPolicy:
    """An effect of a policy.

    policy: its id; effect: position in its file, from 1. sized: factors that make the policy's amount the value, in
    the order they are applied; None where the effect has a value of its own. shared: its uncertainty is that of the
    amount, one number for all effects.
    """

    policy: str
    effect: int
    sized: tuple[float, ...] | None = None
    shared: bool = False


Source = Given | OfPolicy


@quickclass(frozen=True, slots=True)
class Origin:
    """Where a value was written, what backs it, and how it stood there."""

    place: Place
    source: Text | None
    note: Text | None
    written_value: str
    written_unit: str


@quickclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One change of one parameter; settings are applied in their order.

    years, values: a path, linear between its years and constant outside, in the parameter's unit (a
    factor for `times`). start, end: first and last year in force before the lag (None: always).
    ramp: years until full strength, the first included; every: a factor on the intensity, the same for all policies.
    source: who made it. dist None: the parameter's default
    spread for `set`, certain otherwise.
    """

    path: str
    change: ChangeKind
    years: tuple[int, ...]
    values: tuple[float, ...]
    dist: Distribution | None = None
    start: int | None = None
    end: int | None = None
    lag: int = 0
    ramp: int = 0
    intensity: float = 1.0
    every: float = 1.0
    source: Source
    origin: Origin

    @property
    def policy(self) -> str | None:
        """The id of the policy whose effect it is; None where it is of no policy."""
        return self.source.policy if isinstance(self.source, OfPolicy) else None

    @property
    def is_value(self) -> bool:
        """Whether it gives the parameter its value, with which it has the parameter's own dimension of the design."""
        return isinstance(self.source, Given) and not self.source.change

    @property
    def key(self) -> str:
        """What its random numbers are keyed by: the parameter's path for a value, else a name of its own."""
        if isinstance(self.source, OfPolicy):
            return f"policy/{self.source.policy}/{'amount' if self.source.shared else self.source.effect}"
        if self.source.by == "nation":  # one number for all the parameters of a flow, reclassification with its moves
            return f"nation/{self.path.replace('boundary.', 'transfer.').partition('.')[0]}"
        return f"set/{self.path}/{self.source.change}" if self.source.change else self.path
