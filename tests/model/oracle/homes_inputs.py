"""What homes are given in a year."""

from dataclasses import dataclass

from sim.model.arrays import ByRegion


@dataclass(frozen=True, slots=True, kw_only=True)
class HomesInputs:
    """The parameters of homes, by path.

    In turn: the stock; demand; supply of the market; who needs a home of a programme; what policies start; floor area,
    land and cost.
    """

    vacancy_city: ByRegion
    vacancy_town: ByRegion
    vacancy_rural: ByRegion
    floor_per_person: ByRegion
    floor_ratio_city: ByRegion
    floor_ratio_town: ByRegion
    floor_ratio_rural: ByRegion
    renting: ByRegion

    demolition: ByRegion
    floor_norm: ByRegion
    floor_spread: ByRegion
    improvement: ByRegion
    reuse: ByRegion

    market_response: ByRegion
    market_activity: ByRegion
    market_level: ByRegion
    market_after: ByRegion
    market_correction: ByRegion
    in_place: ByRegion
    displaced: ByRegion
    construction: ByRegion
    construction_rural: ByRegion
    renovation_time: ByRegion

    low_income: ByRegion
    settled_public: ByRegion
    settled_affordable: ByRegion
    affordable_persons: ByRegion
    monetised: ByRegion

    public_rental_starts: ByRegion
    affordable_starts: ByRegion
    talent_units: ByRegion
    talent_need: ByRegion
    shanty_units: ByRegion
    renovation_units: ByRegion
    resettlement_deliveries: ByRegion
    rural_improved: ByRegion

    new_floor_ratio: ByRegion
    floor_ceiling_city: ByRegion
    floor_ceiling_town: ByRegion
    floor_ceiling_rural: ByRegion
    old_floor_ratio: ByRegion
    public_rental_floor: ByRegion
    affordable_floor: ByRegion
    talent_floor: ByRegion
    resettlement_floor: ByRegion
    floor_area_ratio: ByRegion
    build_cost: ByRegion
    build_cost_rural: ByRegion
    renovation_cost: ByRegion
    shanty_cost: ByRegion
    rural_improvement_cost: ByRegion
