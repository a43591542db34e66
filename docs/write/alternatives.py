"""How the scenarios of each shipped plan differ from the plan's own: people, homes, jobs, and what is delivered.

`python -m docs.write.alternatives [--output docs/alternatives.md]`: every scenario that is held against the same plan
is run on the same draws as the one in which the plan acts, and subtracted draw by draw.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click
import numpy as np

from docs.write.put import put
from sim.common.numbers import grouped
from sim.model.arrays import Array
from sim.output.documents.markdown import table
from sim.run.experiment import unmoved
from sim.run.grounds import grounds, scenario_measures
from sim.run.lanes import Wanted
from sim.run.lines import own_scenario
from sim.run.scenario_run import ready
from sim.scenario import scenario
from sim.scenario.resolved import Plan, ResolvedScenario
from sim.scenario.targets import file_of, read

DRAWS: Final = 60
_MEASURES: Final = {"resident": "residents", "urban": "townspeople", "homes": "homes", "urban_jobs": "urban jobs"}
_MONEY: Final = {"money_year": "money for works"}
_DELIVERED: Final = ("delivered.", "capacity.")
_WHY: Final = {
    "landscaping": "It asks for green space and its upkeep alone: where parks lie and what they cost can be otherwise, "
    "and neither draws or houses anybody in the model."
}
"""Why no more can move under a plan with fewer than two alternatives."""
_SURE: Final = 3.0
_LEAST: Final = 2
_HEAD: Final = """\
# Scenarios of each plan · 各规划的情景

Written by `python -m docs.write.alternatives`: every scenario that is held against a plan, less the one in which the
plan itself acts, on the same {draws} draws, in the test year and five years on. A figure stands where the mean of the
differences is more than three of its standard errors from zero; the range is 80% of draws. *Delivers*: services and
works of which another amount stands by then.
"""


@dataclass(frozen=True, slots=True)
class Beside:
    """A scenario less the plan's own. changes: by what differs, in words; moved: people, homes, jobs or services do."""

    name: str
    changes: tuple[str, ...]
    moved: bool


def beside(own: ResolvedScenario, others: Mapping[str, ResolvedScenario]) -> list[Beside]:
    """Every other scenario of a plan."""
    years = sorted({own.test_year, min(own.test_year + 5, own.horizon)})
    base = _values(own, years)
    found = []
    for name, other in others.items():
        values = _values(other, years)
        people, money = (
            [text for key in keys if (text := _changed(key, years, base, values))] for keys in (_MEASURES, _MONEY)
        )
        services = _delivered(years, base, values)
        found.append(Beside(name, (*people, *money, *services), bool(people or services)))
    return found


def _values(of: ResolvedScenario, years: Sequence[int]) -> dict[tuple[str, int], Array]:
    known, row = scenario_measures(of), grounds(of)[of.main].row
    names = [one for one in known if one in _MEASURES or one in _MONEY or one.startswith(_DELIVERED)]
    keys = [(name, year) for name in names for year in years]
    found = unmoved(ready(of).case, [Wanted(name, row, year) for name, year in keys], range(DRAWS))
    return dict(zip(keys, found.astype(np.float64), strict=True))


def _changed(
    key: str, years: Sequence[int], base: Mapping[tuple[str, int], Array], own: Mapping[tuple[str, int], Array]
) -> str:
    """What is said of a measure: its change in percent in the year in which that is surest; empty if in none."""
    best, words = _SURE, ""
    for year in years:
        if (key, year) in base and (key, year) in own and (base[key, year] != 0.0).all():
            off = 100.0 * (own[key, year] / base[key, year] - 1.0)
            sure = _sureness(off)
            if sure > best and abs(off.mean()) >= 0.01:
                low, high = np.quantile(off, (0.1, 0.9))
                best = sure
                mean, least, most = (change(float(one)) for one in (off.mean(), low, high))
                words = f"{(_MEASURES | _MONEY)[key]} {year} {mean}% ({least} … {most})"
    return words


def change(percent: float) -> str:
    """A change with its sign; what rounds to nothing has none."""
    written = grouped(percent, 2)
    return written if written.startswith("−") or not written.strip("0.") else f"+{written}"


def amount(value: float) -> str:
    """An amount to four figures, with separators."""
    rounded = float(f"{value:.4g}")
    return grouped(rounded, 0 if abs(rounded) >= 1000.0 else 4, exact=True)


def _delivered(
    years: Sequence[int], base: Mapping[tuple[str, int], Array], own: Mapping[tuple[str, int], Array]
) -> list[str]:
    """Services and works of which another amount stands, by the first of the years in which it does."""
    found: dict[str, str] = {}
    for year in years:
        for name in dict.fromkeys(name for name, _ in (*base, *own) if name.startswith(_DELIVERED)):
            before, now = (some.get((name, year), np.zeros(DRAWS)) for some in (base, own))
            plain = name.partition(".")[2]
            if plain not in found and _sureness(now - before) > _SURE:
                found[plain] = f"delivers {plain} {year} {amount(before.mean())} → {amount(now.mean())}"
    return list(found.values())


def _sureness(off: Array) -> float:
    """Of how many standard errors the mean is."""
    mean, error = abs(float(off.mean())), float(off.std(ddof=1)) / len(off) ** 0.5
    return 0.0 if mean == 0.0 else float("inf") if error == 0.0 else mean / error


def page() -> str:
    """The page as Markdown."""
    parts = [_HEAD.format(draws=DRAWS)]
    for plan in read():
        own = own_scenario(plan, file_of(plan.id))
        if own is None:
            continue
        found = beside(own, _others(plan, own))
        moved = sum(one.moved and not one.name.startswith("trend") for one in found)
        rows = [(one.name, "; ".join(one.changes) or "nothing") for one in found]
        parts += [f"## {plan.title.en} · {plan.title.zh}\n", f"Plan · 规划: `{own.name}`. {_counted(moved, plan.id)}\n"]
        parts += [table(("scenario", "differs in"), rows), ""]
    return "\n".join(parts)


def _counted(moved: int, plan: str) -> str:
    said = f"Besides the trend {moved} differ from it in people, homes, jobs or services."
    return said if moved >= _LEAST else f"{said} {_WHY[plan]}"


def _others(plan: Plan, own: ResolvedScenario) -> dict[str, ResolvedScenario]:
    found: dict[str, ResolvedScenario] = {}
    for file in sorted(own.file.parent.glob("*.yaml")):
        other = scenario(file)
        if other.plan is not None and other.plan.id == plan.id and other.name != own.name:
            found[other.name] = other
    return found


@click.command()
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), default=None, help="else standard output")
def main(output: Path | None) -> None:
    """Subtract every scenario of a plan from the plan's own."""
    put(page(), output)


if __name__ == "__main__":
    main()
