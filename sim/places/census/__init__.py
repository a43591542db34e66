"""Census rows: what a county table says of one region, read, checked, kept beside the region."""

from sim.common.region_kind import Kind
from sim.places.census.earlier import Earlier, earlier_row
from sim.places.census.read import list_regions, read_row, read_rows
from sim.places.census.row import AGE_GROUPS, AGE_STARTS, ITEMS, CensusRow, Item
from sim.places.census.store import read_region, write_rows
from sim.places.census.table import CensusRegion

__all__ = [
    "AGE_GROUPS",
    "AGE_STARTS",
    "ITEMS",
    "CensusRegion",
    "CensusRow",
    "Earlier",
    "Item",
    "Kind",
    "earlier_row",
    "list_regions",
    "read_region",
    "read_row",
    "read_rows",
    "write_rows",
]
