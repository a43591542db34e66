"""One row of a county census table, read into a frozen record.

The layout is that of the county volumes of the 6th (2010) and 7th (2020) population censuses: one row
per region, a column per item, age groups by sex. Columns may be missing or blank.
"""

from collections.abc import Mapping
from dataclasses import field
from typing import Final

from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.common.region_kind import Kind, kind_of

AGE_STARTS: Final = (0, 1, *range(5, 90, 5))
AGE_GROUPS: Final = ("0", "1-4", *(f"{age}-{age + 4}" for age in range(5, 85, 5)), "85+")
"""The nineteen age groups of the county tables; the last one is open."""


@quickclass(frozen=True, slots=True)
class Item:
    """A figure of the row besides the age groups: its name here, its columns in the tables, its unit."""

    name: str
    columns: tuple[str, ...]
    unit: str


ITEMS: Final = (
    Item("resident", ("resident",), "人"),
    Item("male", ("male",), "人"),
    Item("female", ("female",), "人"),
    Item("urban", ("urban",), "人"),
    Item("rural", ("rural",), "人"),
    Item("city_area", ("city_area",), "人"),
    Item("households", ("households",), "户"),
    Item("household_population", ("household_population",), "人"),
    Item("household_size", ("household_size",), "人/户"),
    Item("one_person_households", ("hh_one_person",), "户"),
    Item("registered", ("registered",), "人"),
    Item("nonagricultural_share", ("nonagricultural_hukou_pct",), "%"),
    Item("elsewhere_same_county", ("away_registration_same_county", "in_migrants_same_county"), "人"),
    Item("same_province", ("away_registration_same_province", "in_migrants_same_province"), "人"),
    Item("other_province", ("away_registration_other_province", "in_migrants_other_province"), "人"),
    Item("birth_rate", ("birth_rate_per_1000",), "‰"),
    Item("death_rate", ("death_rate_per_1000",), "‰"),
    Item("mean_years_schooling", ("mean_years_schooling",), "年"),
    Item("floor_area_per_person", ("floor_area_per_person",), "m²/person"),
    Item("rooms_per_household", ("rooms_per_household",), "间/户"),
    Item("employed_sample", ("employed_sample",), "人"),
    Item("employed_agriculture_sample", ("employed_agriculture_sample",), "人"),
    Item("employed_manufacturing_sample", ("employed_manufacturing_sample",), "人"),
    Item("employed_construction_sample", ("employed_construction_sample",), "人"),
    Item("households_sample", ("households_sample",), "户"),
    Item("rented_sample", ("rented_sample",), "户"),
    Item("self_built_sample", ("self_built_sample",), "户"),
    Item("purchased_sample", ("purchased_sample",), "户"),
)


@quickclass(frozen=True, slots=True, kw_only=True)
class CensusRow:
    """A region in a census year; None where the table has no figure.

    Counts are persons (households where so named), `nonagricultural_share` is in %, birth and death
    rates in ‰, floor area in m² a person; `*_sample` counts are of the 10% long form. The registration
    counts are residents registered in another township of the same county, in another county of the
    province, and in another province. `male_by_age` and `female_by_age` follow `AGE_GROUPS`. `further` holds
    what else is known by the names of `sim.places.census.further`.
    """

    year: int
    code: str
    name: str
    province: str | None
    prefecture: str | None
    resident: float
    male: float
    female: float
    urban: float
    rural: float
    male_by_age: tuple[float, ...]
    female_by_age: tuple[float, ...]
    city_area: float | None = None
    households: float | None = None
    household_population: float | None = None
    household_size: float | None = None
    one_person_households: float | None = None
    registered: float | None = None
    nonagricultural_share: float | None = None
    elsewhere_same_county: float | None = None
    same_province: float | None = None
    other_province: float | None = None
    birth_rate: float | None = None
    death_rate: float | None = None
    mean_years_schooling: float | None = None
    floor_area_per_person: float | None = None
    rooms_per_household: float | None = None
    employed_sample: float | None = None
    employed_agriculture_sample: float | None = None
    employed_manufacturing_sample: float | None = None
    employed_construction_sample: float | None = None
    households_sample: float | None = None
    rented_sample: float | None = None
    self_built_sample: float | None = None
    purchased_sample: float | None = None
    further: Mapping[str, float] = field(default_factory=dict)
    warnings: tuple[Text, ...] = ()

    @property
    def outside(self) -> float | None:
        """Residents registered in another county [persons]; a blank part counts as none."""
        if self.same_province is None and self.other_province is None:
            return None
        return (self.same_province or 0.0) + (self.other_province or 0.0)

    @property
    def urbanization_rate(self) -> float:
        """Share of residents who live in city and town [1]."""
        return self.urban / self.resident

    @property
    def kind(self) -> Kind:
        """What sort of region it is, by its code and the last word of its name."""
        return kind_of(self.code, self.name)


NOBODY: Final = CensusRow(
    year=0,
    code="",
    name="",
    province=None,
    prefecture=None,
    resident=0.0,
    male=0.0,
    female=0.0,
    urban=0.0,
    rural=0.0,
    male_by_age=(),
    female_by_age=(),
)
"""Of no region yet."""
