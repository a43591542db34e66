"""The excerpts of published projections under tests/data, as the layouts that the checks read."""

from pathlib import Path

import pandas as pd

from tests.paths import FIGURES

COUNTRIES = {"DEU": ("germany", 2010, 1.415, 1.058, 9), "KEN": ("kenya", 1965, 8.11, 1.03, 0)}


def excerpt(name: str) -> pd.DataFrame:
    """An excerpt without its comment lines."""
    return pd.read_csv(FIGURES / f"{name}.csv", comment="#")


def five_year_folder(folder: Path, country: str, code: str) -> Path:
    """A data folder with one published period of a country under another country's code."""
    name, year, tfr, srb, migration_code = COUNTRIES[country]
    table, deaths = excerpt(f"wpp2012_{name}_{year}"), excerpt(f"wpp2012_{name}_{year}_deaths")
    period = f"{year}-{year + 5}"
    target = folder / "wpp" / "wpp2012_5x5"
    target.mkdir(parents=True)
    ends = {year: "start", year + 5: "end"}
    columns = ["age", "pop_male", "pop_female"]
    parts = [
        table[["age", f"male_{end}", f"female_{end}"]].set_axis(columns, axis=1).assign(year=at)
        for at, end in ends.items()
    ]
    tables = {
        "population": pd.concat(parts),
        "mx": deaths.rename(columns={"male": "mx_male", "female": "mx_female"}),
        "net_migration": table.rename(columns={"male_migrants": "mig_male", "female_migrants": "mig_female"}),
        "fertility": table.rename(columns={"births_percent": "pasfr_percent"}).assign(tfr=tfr, srb=srb),
        "mig_code": pd.DataFrame({"mig_code": [migration_code]}),
    }
    for file, rows in tables.items():
        rows.assign(iso3=code, period=period).to_csv(target / f"{file}.csv", index=False)
    return folder
