"""Year-to-year noise: which parameters move together; how much and how long are parameters themselves."""

from functools import cache
from typing import Final

from sim.common.quickclass import quickclass


@quickclass(frozen=True, slots=True)
class Site:
    """A place of the model where each year differs: its name and the parameters that share its noise."""

    name: str
    prefixes: tuple[str, ...]


SITES: Final = (
    Site("fertility", ("fertility.tfr",)),
    Site("transfer", ("transfer.rural_to_", "transfer.town_to_city")),
    Site("leave", ("away.leave_",)),
    Site("return", ("away.return_",)),
    Site("arrive", ("outside.arrive_",)),
)


@cache
def site_of(path: str) -> Site | None:
    """The site whose noise a parameter shares, if any; counts of policies have none."""
    if path.endswith("_count"):
        return None
    return next((site for site in SITES if path.startswith(site.prefixes)), None)
