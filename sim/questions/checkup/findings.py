"""What a check-up finds: plain frozen data, in the units of the measures."""

from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.evidence.figures.figures import Figure
from sim.questions.texts import tr


@quickclass(frozen=True, slots=True)
class Band:
    """10, 50 and 90% quantiles [unit of the measure]."""

    low: float
    median: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether a value lies in the band."""
        return self.low <= value <= self.high


@quickclass(frozen=True, slots=True)
class Chance:
    """Probability of a target with its Monte Carlo error [1]; None of both for a need."""

    probability: float | None
    error: float | None
    status: str
    band: Band


@quickclass(frozen=True, slots=True)
class Threshold:
    """Figures of next year at which a target changes its word.

    measure, year: the figure to watch; band: where it is expected; lost, even, safe: figures at which the probability
    is 20, 50 and 80%, None where no figure near the band gives it; rising: whether larger figures are better.
    """

    measure: str
    year: int
    band: Band
    lost: float | None
    even: float | None
    safe: float | None
    rising: bool


@quickclass(frozen=True, slots=True, kw_only=True)
class TargetFinding:
    """One line of the plan: what was said of it at the outset, at the last check-up, and now.

    place: the region's name where it is not the main one, else empty; came: the published figure of the target's year,
    once it is there; met: whether it reaches the value.
    """

    id: str
    title: Text
    kind: str
    region: str
    place: Text
    measure: str
    op: str
    value: float
    unit: str
    year: int
    source: Text
    outset: Chance
    last: Chance | None
    now: Chance
    came: float | None
    met: bool | None
    threshold: Threshold | None

    @property
    def name(self) -> Text:
        """The target's title, after its region where that is not the main one."""
        if not self.place.zh:
            return self.title
        return tr("{place}: {title}", place=self.place, title=self.title)

    @property
    def before(self) -> Chance:
        """What was said before: at the last check-up, else at the outset."""
        return self.last or self.outset


@quickclass(frozen=True, slots=True)
class FigureFinding:
    """A published figure against what was forecast of it.

    outset: forecast of the published figure from the base year alone; said: from the last check-up, if it said any;
    weighs: whether the figure weighs the runs.
    """

    figure: Figure
    outset: Band
    said: Band | None
    weighs: bool

    @property
    def forecast(self) -> Band:
        """The last forecast made before the figure came."""
        return self.said or self.outset

    @property
    def is_outside(self) -> bool:
        """Whether the figure is outside the 80% band of that forecast."""
        return not self.forecast.holds(self.figure.value)


@quickclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A published measure over the years, as forecast at the outset and now, and its expected figure next year."""

    region: str
    measure: str
    unit: str
    linked: bool
    ratio: float
    shift: float
    years: tuple[int, ...]
    outset: tuple[Band, ...]
    now: tuple[Band, ...]
    next: Band | None


@quickclass(frozen=True, slots=True)
class InputFinding:
    """How far the figures moved an uncertain input.

    shift: of its mean, in standard deviations of what was known before; spread: its deviation against before [1];
    factor: what its middle is multiplied by, where its uncertainty is one of proportion; clear: whether the shift is
    beyond two Monte Carlo errors.
    """

    path: str
    name: Text
    shift: float
    spread: float
    factor: float | None
    clear: bool


@quickclass(frozen=True, slots=True)
class Influence:
    """What an input does to a target now: upper half of its draws less the lower half.

    effect: of the probability [1]; shift: of the mean outcome [unit]; lever: whether it is a policy of the scenario.
    """

    path: str
    name: Text
    effect: float
    shift: float
    lever: bool


@quickclass(frozen=True, slots=True)
class Priority:
    """What to do first: the unsettled target that is least likely, and the inputs that move it most."""

    target: str
    title: Text
    influences: tuple[Influence, ...]


@quickclass(frozen=True, slots=True)
class Alarm:
    """An early warning. kind: fell, unlikely, outside, few."""

    kind: str
    text: Text


@quickclass(frozen=True, slots=True)
class Tested:
    """One figure of an evaluation against the forecast of its first year. wide: the 95% band, as low and high."""

    figure: Figure
    band: Band
    wide: tuple[float, float]

    @property
    def error(self) -> float:
        """Median forecast less the figure [unit of the measure]."""
        return self.band.median - self.figure.value


@quickclass(frozen=True, slots=True)
class Evaluation:
    """The forecast made at the end of `first` against what came until `last`.

    held80, held95: shares of figures in the bands; met: targets of those years by id, whether they were met, with the
    probability that was said.
    """

    first: int
    last: int
    tests: tuple[Tested, ...]
    held80: float
    held95: float
    met: tuple[tuple[str, bool, float], ...]


@quickclass(frozen=True, slots=True)
class Checkup:
    """Everything a check-up says.

    year: its year; figures: all that it knows; last_year: of the check-up it follows, if any; asides: figures that do
    not weigh the runs, or do so scaled; worth: effective sample size after each wave; least: the size below which draws
    were added; force: as in `Sample`.
    """

    scenario: str
    title: Text
    plan_title: Text | None
    place: Text
    places: tuple[tuple[str, Text], ...]
    base_year: int
    horizon: int
    year: int
    last_year: int | None
    draws: int
    seed: int
    figures: tuple[FigureFinding, ...]
    revised: tuple[Figure, ...]
    known: tuple[Figure, ...]
    targets: tuple[TargetFinding, ...]
    unassessed: int
    curves: tuple[Curve, ...]
    inputs: tuple[InputFinding, ...]
    priority: Priority | None
    warnings: tuple[Alarm, ...]
    evaluation: Evaluation | None
    asides: tuple[Text, ...]
    worth: tuple[float, ...]
    least: float
    force: float
