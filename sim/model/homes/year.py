"""The base year's homes, and the stock a year later."""

from collections.abc import Sequence

import numpy as np

from sim.model.arrays import Array
from sim.model.compiled import rule
from sim.model.homes.demand import demand, losses, target_vacancy
from sim.model.homes.inputs import HomesInputs
from sim.model.homes.programmes import by_tenure, programmes, renewal
from sim.model.homes.sizes import sizes
from sim.model.homes.stock import (
    N_SUBSIDISED,
    N_ZONES,
    PROGRAMMES,
    RENOVATION,
    TENURES,
    BaseHomes,
    Homes,
    HomesYear,
    Occupants,
    Opened,
)
from sim.model.homes.supply import advance, market_lag, market_share, market_starts, steady_line
from sim.model.homes.zones import county, keep_in_place, ratio, recounted, vacancy
from sim.model.records import Records, layout

N_PROGRAMMES = len(PROGRAMMES)
N_TENURES = len(TENURES)


def start(households: Array, residents: Array, base: Sequence[BaseHomes], now: Records) -> Records:
    """The base year's homes: households, and the usual share that stands empty.

    households, residents: [draw, region, zone]; base: of each region; now: the base year's parameters. Homes that
    stand empty are as large as the others.
    """
    stock = np.zeros(households.shape[:2], layout(Homes))
    declared = _by_zone(now, "vacancy_city", "vacancy_town", "vacancy_rural")
    homes = households / (1.0 - declared)
    # From the homes, not as declared: the base year's deviation is then 0 to the last digit.
    usual = np.divide(homes - households, homes, out=declared.copy(), where=homes > 0.0)
    lived = residents * _floor_by_zone(residents, _known(base, "floor_per_person"), now)
    stock["homes"], stock["floor"] = homes, lived / (1.0 - declared)
    stock["households"], stock["residents"] = households, residents
    stock["usual"], stock["declared"], stock["felt"] = usual, declared, usual
    for name in ("old", "shanty", "public_rental", "affordable"):
        stock[name] = _known(base, name)
    renting = _known(base, "rented")
    stock["renting"] = np.where(np.isnan(renting), now["renting"], renting)
    return stock


def _by_zone(now: Records, *names: str) -> Array:
    return np.stack([now[name] for name in names], axis=-1)


def _known(base: Sequence[BaseHomes], what: str) -> Array:
    return np.array([getattr(of, what) for of in base])


def _floor_by_zone(residents: Array, given: Array, now: Records) -> Array:
    """Floor area per resident by zone [m²/person] whose mean is the county's."""
    ratios = _by_zone(now, "floor_ratio_city", "floor_ratio_town", "floor_ratio_rural")
    mean = np.where(np.isnan(given), now["floor_per_person"], given)
    people, weighted = residents.sum(axis=-1), (residents * ratios).sum(axis=-1)
    scale = np.divide(people, weighted, out=np.zeros_like(people), where=weighted != 0.0)
    floor: Array = ratios * (mean * scale)[..., np.newaxis]
    return floor


@rule
def year(stock: Homes, people: Occupants, opened: Opened, now: HomesInputs, is_first: bool, flows: HomesYear) -> None:
    """Homes a year later, in place, and what happened (`flows`, written).

    is_first: nothing is under construction yet; the first year puts there what a steady trend would have.
    """
    recounted(stock, people.to_town, people.to_city, people.risen)
    keep_in_place(stock, people, now)
    for zone in range(N_ZONES):
        flows.target[zone] = target_vacancy(stock, now, zone)
        losses(stock, now, zone, flows)
        if is_first:
            flows.renewal[zone] = 0.0
            demand(people.households[zone] - stock.households[zone], zone, flows)
            stock.expected[zone] = flows.demand[zone]
            usual = flows.demand[zone] * market_share(stock, now, zone, flows)
            steady_line(usual, market_lag(now, zone), stock.market[:, zone])
    renewal(stock, opened, now, flows)
    programmes(stock, opened, now, flows)
    for zone in range(N_ZONES):
        demand(people.households[zone] - stock.households[zone], zone, flows)
        starts = market_starts(stock, now, zone, flows)
        done = advance(stock.market[:, zone], starts, market_lag(now, zone))
        by_tenure(starts, done, opened, zone, flows)
        sizes(stock, now, zone, flows)
        flows.demolished[zone] = flows.ageing[zone] + flows.renewal[zone] + flows.withdrawn[zone]
        stock.expected[zone] = expected(opened, now, zone, flows)
    lose_old(stock, flows)
    add_up(stock, people, now, flows)
    for zone in range(N_ZONES):
        settle(stock, people, now, zone, flows)


@rule
def expected(opened: Opened, now: HomesInputs, zone: int, flows: HomesYear) -> float:
    """New homes a year that the market then counts on: the year's demand less what programmes build of it."""
    subsidised = 0.0
    for kind in range(N_SUBSIDISED):
        subsidised += flows.begun[kind]
    subsidised *= flows.place[zone]
    for kind in range(N_SUBSIDISED):
        subsidised += opened.homes[1 + kind, zone]
    resettled = flows.renewal[zone] * (1.0 - now.monetised)
    found: float = np.maximum(flows.demand[zone] - resettled - subsidised * now.displaced, 0.0)
    return found


@rule
def lose_old(stock: Homes, flows: HomesYear) -> None:
    """Homes due for renovation and renewal that are left: other losses take them as they take all homes."""
    kept = 1.0 - ratio(county(flows.ageing) + county(flows.withdrawn), county(stock.homes))
    stock.old = np.maximum(stock.old * kept - flows.renovation_started, 0.0)
    stock.shanty = np.maximum(stock.shanty * kept - county(flows.renewal), 0.0)


@rule
def add_up(stock: Homes, people: Occupants, now: HomesInputs, flows: HomesYear) -> None:
    """Sums since the base year."""
    since, renewed = stock.since, county(flows.renewal)
    since.settled += people.settled
    for tenure in range(1, N_TENURES):
        since.delivered[tenure - 1] += county(flows.completed[tenure])
    since.delivered[RENOVATION] += flows.renovated
    since.resettlement += renewed * (1.0 - now.monetised)
    since.talent += now.talent_need
    since.renovation += flows.renovation_started
    since.shanty += renewed
    since.rural += flows.rural_improved


@rule
def settle(stock: Homes, people: Occupants, now: HomesInputs, zone: int, flows: HomesYear) -> None:
    """Homes, floor and who lives there at the year's end; people get used to what a slack market makes of vacancy."""
    completed = 0.0
    for tenure in range(N_TENURES):
        completed += flows.completed[tenure, zone]
    stock.homes[zone] = stock.homes[zone] - flows.demolished[zone] + completed
    left = stock.floor[zone] - flows.demolished[zone] * flows.old_size[zone]
    stock.floor[zone] = np.maximum(left, 0.0) + flows.floor_completed[zone]
    stock.households[zone], stock.residents[zone] = people.households[zone], people.residents[zone]
    slack = np.maximum(1.0 - now.market_activity, 0.0)
    if stock.homes[zone] > 0.0:
        stock.felt[zone] += slack * (vacancy(stock, zone) - stock.felt[zone])
