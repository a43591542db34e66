"""Figures beside the counts of a census row: shares that yearbooks print, and what lies around the county."""

from typing import Final, NamedTuple


class Further(NamedTuple):
    """A figure: its name here and in a region's `census.csv`, its column in county tables (empty: none), its unit."""

    name: str
    column: str
    unit: str


_SHARES: Final = (
    "minority no_schooling primary senior_secondary junior_college university illiterate occ_managers "
    "occ_professionals occ_clerks occ_services occ_agriculture occ_production ind_agriculture ind_mining "
    "ind_manufacturing ind_utilities ind_construction ind_transport ind_information ind_trade ind_hotels ind_finance "
    "ind_real_estate ind_business_services ind_science ind_environment ind_personal_services ind_education ind_health "
    "ind_culture ind_public_administration never_married never_married_male never_married_female divorced widowed "
    "piped_water kitchen toilet bath rented self_built purchased hh_one_generation hh_three_generations hh_with_65"
)
SHARES: Final = tuple(Further(f"{name}_pct", f"{name}_pct", "%") for name in _SHARES.split())
"""Shares of residents, of the employed (occ_, ind_), of those of 15 and over, of homes and of households."""

CHILDREN: Final = Further("children_ever_born_15_64", "children_ever_born_15_64", "child/woman")

REACHES: Final = (60, 150)
"""Distances [km] within which residents around a county are counted."""

SUMS: Final = tuple(
    Further(f"{area}_{what}", "", unit)
    for area in ("prefecture", "province")
    for what, unit in (
        ("residents", "人"),
        ("urban_share", "1"),
        ("outsider_share", "1"),
        ("young_share", "1"),
        ("old_share", "1"),
    )
)
"""Of all counties of the table in the same prefecture and province; young: under 15, old: 60 and over."""

NEAR: Final = (
    *(
        Further(f"within_{reach}_km_{what}", "", unit)
        for reach in REACHES
        for what, unit in (("residents", "人"), ("urban_share", "1"), ("outsider_share", "1"))
    ),
    Further("to_capital", "", "km"),
    Further("to_metropolis", "", "km"),
    Further("to_seat", "", "km"),
    Further("longitude", "", "°"),
    Further("latitude", "", "°"),
)
"""What follows from coordinates of the seats: residents around, distances to the seats of province and prefecture."""

FURTHER: Final = (*SHARES, CHILDREN, *SUMS, *NEAR)
NAMES: Final = frozenset(one.name for one in FURTHER)
