"""What homes are given in a year."""

from sim.common.quickclass import quickclass


@quickclass(frozen=True, slots=True, kw_only=True)
class HomesInputs:
    """The parameters of homes, by path.

    In turn: the stock; demand; supply of the market; who needs a home of a programme; what policies start; floor area,
    land and cost.
    """

    vacancy_city: float
    vacancy_town: float
    vacancy_rural: float
    floor_per_person: float
    floor_ratio_city: float
    floor_ratio_town: float
    floor_ratio_rural: float
    renting: float

    demolition: float
    floor_norm: float
    floor_spread: float
    improvement: float
    reuse: float

    market_response: float
    market_activity: float
    market_level: float
    market_after: float
    market_correction: float
    in_place: float
    displaced: float
    construction: float
    construction_rural: float
    renovation_time: float

    low_income: float
    settled_public: float
    settled_affordable: float
    affordable_persons: float
    monetised: float

    public_rental_starts: float
    affordable_starts: float
    talent_units: float
    talent_need: float
    shanty_units: float
    renovation_units: float
    resettlement_deliveries: float
    rural_improved: float

    new_floor_ratio: float
    floor_ceiling_city: float
    floor_ceiling_town: float
    floor_ceiling_rural: float
    old_floor_ratio: float
    public_rental_floor: float
    affordable_floor: float
    talent_floor: float
    resettlement_floor: float
    floor_area_ratio: float
    build_cost: float
    build_cost_rural: float
    renovation_cost: float
    shanty_cost: float
    rural_improvement_cost: float
