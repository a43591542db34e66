"""The results of all checks as a page."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from docs.write.validation.check import Check, Status
from sim.output.documents.markdown import table

HEADING: Final = """# Checked against the world · 与公开数据核对

Written by `make validate`. Every check below goes through the functions that the simulator itself runs on:
`model.people.kernels.vital.survive` and `births` for deaths, ageing and births, `model.demography` for schedules; life
tables are those of `docs.write.lifetable`, from which its national mortality was derived. Countries, cases and years
are those found in the files of the data folder.
"""

METHOD: Final = """## Method

- **Survival** ratios come from person-years L of a life table, not from 1 − q. The open group is collapsed before the
  ratio is taken. Infants: Andreev & Kingkade (2015) for revisions since 2022, Coale & Demeny (1983) before; five-year
  groups: Greville, at least 0.97 years from age 45 on.
- **UN 1×1 (ccmppWPP)**: 1 January to 1 January; migrants at the end of the year; births from the mean of women at the
  start and of their survivors. Cells of up to one person are left out. A cell that more would leave than are in it
  holds 0.0005 persons, as in the United Nations' programme.
- **UN WPP 2012**: births from women at the end of the period with its migrants; migrants at the end (code 9) or half at
  the start and half at the end (code 0). The population starts from the published one of 2010 and is not touched again
  until 2050. Which family of separation factors a country's tables took is not published with them: it is learnt from
  the periods before 2010 (ages under 20, one period at a time) and then held; with no such periods it is west. Under
  code 0 the limit by age is 2e-3: Kenya's deaths fit no family from 1980 on, probably because HIV was modelled in more
  detail than five-year rates carry.
- **UN WPP 2024**: 1 January to 1 January; the population of 1 July is the mean of two Januaries at the same age.
  Survival ratios are those implied by the published population and migrants, so ages over those born in the run test
  the bookkeeping, and younger ages the births. Fertility by single age is graduated from published five-year groups,
  which carries births within about 0.4%: that is what the limit by age allows for.
- **Preston et al. box 6.2** prints persons without decimals: with 132,000 persons in the smallest group half a person
  is 4e-6, hence the limit of 1e-5.
- **Census survival** compares no published result: the cohorts that survive by the kernel, with the net migrants of the
  method, must be the second census.
- **Reported** figures have no limit: they show how far the inputs themselves are from published totals.

## Sources

- United Nations, DESA, Population Division: World Population Prospects 2012 and 2024, CC BY 3.0 IGO.
- United Nations, Population Division: ccmppWPP, an R package of its projection programme (inputs interpolated from
  World Population Prospects 2019).
- Preston, Heuveline & Guillot (2001), Demography: Measuring and Modeling Population Processes, Blackwell.
- Wheldon, Raftery, Clark & Gerland: popReconstruct; IHME: demCore (Burkina Faso, women).
- Ševčíková, Li & Gerland: MortCast (life tables). Yeung & Alexander: rcbayes; United Nations (1992) via migest and
  DemoTools (migration schedules).
- United Nations (1970), Manual VI: Methods of Measuring Internal Migration (census survival).
- Andreev & Kingkade (2015), doi:10.4054/DemRes.2015.33.13; Rogers & Castro (1981), IIASA RR-81-30.
"""


def summary(lines: Sequence[Check]) -> str:
    """How many checks passed, failed, were only reported or had no data, in one line of text."""
    count = {status: sum(line.status is status for line in lines) for status in Status}
    return ", ".join(f"{number} {status.value}" for status, number in count.items() if number)


def page(lines: Sequence[Check]) -> str:
    """All checks as a Markdown page."""
    return "\n".join([HEADING, f"**{summary(lines)}**\n", *_tables(lines), METHOD])


def _tables(lines: Sequence[Check]) -> list[str]:
    parts = []
    for group in dict.fromkeys(line.group for line in lines):
        rows = [_row(line) for line in lines if line.group == group]
        found = table(("check", "greatest deviation", "limit", "result", "note"), rows)
        parts.append(f"## {group.en} · {group.zh}\n\n{found}\n")
    return parts


def _row(line: Check) -> tuple[str, ...]:
    figure = "" if line.figure is None else f"{line.figure:.2g}"
    limit = "" if line.limit is None else f"{line.limit:.0e}".replace("e-0", "e-") if line.limit else "0"
    return line.name, figure, limit, line.status.value, line.detail


def write(lines: Sequence[Check], path: Path) -> None:
    """Write the page to a file, by way of a temporary name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(path.suffix + ".part")
    temporary.write_text(page(lines), encoding="utf-8")
    temporary.replace(path)
