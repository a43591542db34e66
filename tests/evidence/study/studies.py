"""Studies for tests: Jieshou with made-up figures."""

from pathlib import Path

from tests.scenarios import JIESHOU

SCENARIO = JIESHOU / "trend.yaml"
FIGURES = (
    "measure,year,value,unit,error,kind,source\n"
    "resident,2020,650246,人,,census,test\n"
    "resident,2021,64.6,万人,0.3%,estimate,test\n"
    "resident,2022,64.1,万人,0.3%,estimate,test\n"
    "resident,2023,63.7,万人,0.3%,estimate,test\n"
    "urbanization_rate,2021,48.7,%,0.3,estimate,test\n"
    "urbanization_rate,2022,49.6,%,0.3,estimate,test\n"
    "urbanization_rate,2023,50.7,%,0.3,estimate,test\n"
    "births,2021,5200,人,3%,registration,test\n"
    "births,2022,4600,人,3%,registration,test\n"
    "births,2023,4400,人,3%,registration,test\n"
)
VARY = "vary: [fertility.tfr, away.leave_rural, transfer.rural_to_city]\n"


def study_file(folder: Path, more: str = VARY, figures: str = FIGURES, scenario: Path = SCENARIO) -> Path:
    """A study of Jieshou in a folder."""
    (folder / "figures.csv").write_text(figures, encoding="utf-8")
    path = folder / "study.yaml"
    path.write_text(f"name: made-up\nscenario: {scenario}\nseries: figures.csv\n{more}", encoding="utf-8")
    return path
