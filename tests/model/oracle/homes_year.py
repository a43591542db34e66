"""The base year's homes, and the stock a year later."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sim.model.arrays import ByRegion, ByZone
from tests.model.oracle.homes_demand import demand, improving, losses, target_vacancy
from tests.model.oracle.homes_inputs import HomesInputs
from tests.model.oracle.homes_programmes import Programme, by_tenure, programme
from tests.model.oracle.homes_sizes import sizes
from tests.model.oracle.homes_stock import (
    N_SUBSIDISED,
    PROGRAMMES,
    RENOVATION,
    RESETTLEMENT,
    SLOTS,
    Base,
    BaseHomes,
    Demand,
    Homes,
    HomesYear,
    Occupants,
    Opened,
    Since,
)
from tests.model.oracle.homes_supply import advance, market_lag, market_share, market_starts, steady_line
from tests.model.oracle.homes_zones import by_zone, county, in_place, ratio, reclassified, usual_vacancy, vacancy


def start(households: ByZone, residents: ByZone, base: Sequence[BaseHomes], now: HomesInputs) -> Homes:
    """The base year's homes: households, and the usual share that stands empty.

    households, residents: [draw, region, zone]; base: of each region; now: the base year's parameters. Homes that
    stand empty are as large as the others.
    """
    lanes, none = households.shape[:2], np.zeros_like(households)
    declared = np.array(np.broadcast_to(usual_vacancy(now), households.shape))
    homes = households / (1.0 - declared)
    # From the homes, not as declared: the base year's deviation is then 0 to the last digit.
    usual = np.where(homes > 0.0, ratio(homes - households, homes), declared)
    lived = residents * _floor_by_zone(residents, _known(base, "floor_per_person", lanes), now)
    renting = _known(base, "rented", lanes)
    return Homes(
        homes=homes,
        floor=lived / (1.0 - declared),
        households=households,
        residents=residents,
        usual=usual,
        declared=declared,
        felt=usual,
        expected=none,
        market=np.zeros((SLOTS, 1, 1, 1)) * households,
        programmes=np.zeros((SLOTS, *lanes, len(PROGRAMMES))),
        old=_known(base, "old", lanes),
        shanty=_known(base, "shanty", lanes),
        since=_nothing_yet(lanes),
        base=Base(
            np.where(np.isnan(renting), now.renting, renting),
            _known(base, "public_rental", lanes),
            _known(base, "affordable", lanes),
        ),
        is_base=True,
    )


def year(before: Homes, people: Occupants, opened: Opened, now: HomesInputs) -> tuple[Homes, HomesYear]:
    """Homes a year later and what happened. now: the year's parameters."""
    stock = reclassified(before, people.reclassified)
    stock = reclassified(stock, in_place(stock.households, people.households, now.in_place))
    target, lag = target_vacancy(stock, usual_vacancy(now)), market_lag(now)
    improved = improving(stock, now)
    lost = losses(stock, improved, now)
    change = people.households - stock.households
    if stock.is_base:
        trend = demand(change, improved, lost, np.zeros_like(change), target).total
        stock = replace(
            stock, expected=trend, market=steady_line(trend * market_share(stock, target, now), lag), is_base=False
        )
    plan = programme(stock, stock.homes - lost[0] - lost[1], opened, now)
    need = demand(change, improved, lost, plan.renewal, target)
    starts = market_starts(stock, target, lag, now)
    done, line = advance(stock.market, starts, lag)
    flows = _flows(stock, need, lost, (starts, done), (plan, opened), now)
    after = replace(
        stock,
        homes=stock.homes - flows.demolished + flows.completed.sum(axis=0),
        floor=np.maximum(stock.floor - flows.demolished * flows.old_size, 0.0) + flows.floor_completed,
        households=people.households,
        residents=people.residents,
        expected=_expected(need, plan, opened, now),
        market=line,
        programmes=plan.line,
        old=_left(stock.old, lost, stock.homes, flows.renovation_started),
        shanty=_left(stock.shanty, lost, stock.homes, county(plan.renewal)),
        since=_since(stock.since, people, flows, now),
    )
    return replace(after, felt=_felt(after, now)), flows


def _flows(
    stock: Homes,
    need: Demand,
    lost: tuple[ByZone, ByZone],
    market: tuple[ByZone, ByZone],
    public: tuple[Programme, Opened],
    now: HomesInputs,
) -> HomesYear:
    """market: homes it starts and completes; public: what policies and what projects do."""
    (starts, done), (plan, opened) = market, public
    completed = by_tenure(done, plan.completed, plan.place) + opened.homes
    completed[1 + RESETTLEMENT] += plan.backlog[..., np.newaxis] * plan.place
    new_size, old_size = sizes(stock, now)
    return HomesYear(
        demand=need,
        ageing=lost[0],
        renewal=plan.renewal,
        withdrawn=lost[1],
        completed=completed,
        started=by_tenure(starts, plan.started, plan.place),
        renewed_by_policy=plan.by_policy,
        renovation_by_policy=plan.started[..., RENOVATION],
        renovation_started=plan.started[..., RENOVATION] + opened.renovated,
        renovated=plan.completed[..., RENOVATION] + opened.renovated,
        from_backlog=plan.backlog,
        rural_improved=_rural_improved(stock, now),
        floor_completed=(completed * new_size).sum(axis=0),
        new_size=new_size,
        old_size=old_size,
    )


def _floor_by_zone(residents: ByZone, given: ByRegion, now: HomesInputs) -> ByZone:
    """Floor area per resident by zone [m²/person] whose mean is the county's."""
    ratios = by_zone(now.floor_ratio_city, now.floor_ratio_town, now.floor_ratio_rural)
    mean = np.where(np.isnan(given), now.floor_per_person, given)
    scale = ratio(county(residents), county(residents * ratios))
    return ratios * (mean * scale)[..., np.newaxis]


def _known(base: Sequence[BaseHomes], what: str, lanes: tuple[int, int]) -> ByRegion:
    return np.array(np.broadcast_to([getattr(of, what) for of in base], lanes), dtype=np.float64)


def _expected(need: Demand, plan: Programme, opened: Opened, now: HomesInputs) -> ByZone:
    """New homes a year that the market then counts on: the year's demand less what programmes build of it."""
    subsidised = county(plan.started[..., :N_SUBSIDISED])[..., np.newaxis] * plan.place
    subsidised = subsidised + opened.homes[1 : 1 + N_SUBSIDISED].sum(axis=0)
    displaced = subsidised * now.displaced[..., np.newaxis]
    resettled = plan.renewal * (1.0 - now.monetised)[..., np.newaxis]
    expected: ByZone = np.maximum(need.total - resettled - displaced, 0.0)
    return expected


def _felt(after: Homes, now: HomesInputs) -> ByZone:
    """The vacancy that moves are measured from [1]: people get used to what a slack market makes of it everywhere."""
    slack = np.maximum(1.0 - now.market_activity, 0.0)[..., np.newaxis]
    felt: ByZone = after.felt + slack * np.where(after.homes > 0.0, vacancy(after) - after.felt, 0.0)
    return felt


def _left(stock: ByRegion, lost: tuple[ByZone, ByZone], homes: ByZone, treated: ByRegion) -> ByRegion:
    """Homes of a kind that are left: other losses take them as they take all homes."""
    share = ratio(county(lost[0] + lost[1]), county(homes))
    left: ByRegion = np.maximum(stock * (1.0 - share) - treated, 0.0)
    return left


def _rural_improved(stock: Homes, now: HomesInputs) -> ByRegion:
    return np.minimum(now.rural_improved, np.maximum(stock.homes[..., -1] - stock.since.rural, 0.0))


def _nothing_yet(lanes: tuple[int, int]) -> Since:
    zero = np.zeros(lanes)
    return Since(
        settled=zero,
        delivered=np.zeros((*lanes, len(PROGRAMMES))),
        resettlement=zero,
        talent=zero,
        renovation=zero,
        shanty=zero,
        rural=zero,
    )


def _since(before: Since, people: Occupants, flows: HomesYear, now: HomesInputs) -> Since:
    delivered = np.moveaxis(county(flows.completed[1:]), 0, -1)
    owed = county(flows.renewal) * (1.0 - now.monetised)
    return Since(
        settled=before.settled + people.settled,
        delivered=before.delivered + np.concatenate([delivered, flows.renovated[..., np.newaxis]], axis=-1),
        resettlement=before.resettlement + owed,
        talent=before.talent + now.talent_need,
        renovation=before.renovation + flows.renovation_started,
        shanty=before.shanty + county(flows.renewal),
        rural=before.rural + flows.rural_improved,
    )
