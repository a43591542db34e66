"""A census table in the layout of the county volumes, written by tests."""

import csv
from pathlib import Path

from sim.places.census import AGE_GROUPS

AGES = (30, 130, 180, 170, 140, 120, 150, 190, 170, 150, 160, 170, 150, 110, 90, 70, 50, 30, 20)


def figures_2020() -> dict[str, str]:
    """A made-up county of the 2020 layout whose figures agree."""
    row = {"code": "341299", "province": "安徽省", "prefecture": "某市", "county": "某某县"}
    row |= {"resident": str(2 * sum(AGES)), "male": str(sum(AGES)), "female": str(sum(AGES))}
    row |= {"urban": "2000", "rural": str(2 * sum(AGES) - 2000), "city_area": "", "households": "1600"}
    row |= {"away_registration_same_county": "600", "away_registration_same_province": "150"}
    row |= {"away_registration_other_province": "50"}
    groups = dict(zip(AGE_GROUPS, AGES, strict=True))
    return row | {f"{sex}_{group}": str(n) for sex in ("male", "female") for group, n in groups.items()}


def figures_2010() -> dict[str, str]:
    """The same county in the 2010 layout."""
    row = {key: value for key, value in figures_2020().items() if not key.startswith("away") and key != "city_area"}
    row |= {"registered": "5000", "nonagricultural_hukou_pct": "15.5"}
    row |= {"in_migrants_same_county": "300", "in_migrants_same_province": "60", "in_migrants_other_province": "40"}
    return row


def write(path: Path, *rows: dict[str, str], encoding: str = "utf-8") -> Path:
    """Write rows of one layout as a CSV file."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path
