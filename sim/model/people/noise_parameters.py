"""Year-to-year noise: which groups of parameters move together, how much, and how long it lasts."""

from dataclasses import dataclass
from typing import Final

from sim.common.language import Text
from sim.model.parameter import Parameter


@dataclass(frozen=True, slots=True)
class Site:
    """A place of the model where each year differs: its name and the parameters that share its noise."""

    name: str
    words: Text
    prefixes: tuple[str, ...]
    deviation: float


SITES: Final = (
    Site("fertility", Text("生育", "fertility"), ("fertility.tfr",), 0.06),
    Site("transfer", Text("进城", "moves to town"), ("transfer.rural_to_", "transfer.town_to_city"), 0.15),
    Site("leave", Text("外出", "leaving"), ("away.leave_",), 0.12),
    Site("return", Text("返乡", "return"), ("away.return_",), 0.12),
    Site("arrive", Text("外来", "arrival of outsiders"), ("outside.arrive_",), 0.15),
)

_EVIDENCE: Final = Text("假设", "assumption")

PARAMETERS: Final = tuple(
    parameter
    for site in SITES
    for parameter in (
        Parameter(
            f"noise.{site.name}.deviation",
            Text(
                f"{site.words.zh}年际波动标准差(对数)", f"yearly noise of {site.words.en}: deviation of the logarithm"
            ),
            "ratio",
            site.deviation,
            0.0,
            2.0,
            _EVIDENCE,
        ),
        Parameter(
            f"noise.{site.name}.memory",
            Text(f"{site.words.zh}年际波动自相关", f"yearly noise of {site.words.en}: autocorrelation"),
            "ratio",
            0.5,
            0.0,
            0.99,
            _EVIDENCE,
        ),
    )
)


def site_of(path: str) -> Site | None:
    """The site whose noise a parameter shares, if any; counts of policies have none."""
    if path.endswith("_count"):
        return None
    return next((site for site in SITES if path.startswith(site.prefixes)), None)
