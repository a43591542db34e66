"""From a study file to a scenario made ready, the series it is to meet, and the parameters that may vary."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
import yaml

from sim.common.errors import Fault, InvalidInput, nearest
from sim.common.language import Text, same
from sim.common.quickclass import quickclass
from sim.evidence.figures.figures import Figure, read_figures
from sim.evidence.figures.frame import frame
from sim.evidence.figures.series import Series, all_series, gross_faults
from sim.evidence.study.paths import Choice, choose, ordered
from sim.evidence.study.study_file import StudyFile
from sim.evidence.texts import tr
from sim.run.case import Case
from sim.run.ensemble import simulate
from sim.run.grounds import grounds
from sim.run.scenario_run import ready
from sim.scenario import scenario as resolve
from sim.scenario.library import Loaded, Reading, around, scenarios
from sim.scenario.resolved import ResolvedScenario

OVERRIDES: Final = "--set"
YEARS_AFTER: Final = 5
"""Years after the last figure that runs of the study go on."""


@quickclass(frozen=True, slots=True, kw_only=True)
class Study:
    """A study that can be fitted.

    file, scenario: the scenario's, until the last figure; case: its regions' inputs correlated in the order of `paths`,
    those that vary first; later: the same for some more years; rows: row of each region or group in the ensemble;
    outside: figures of years that are not fitted.
    """

    name: str
    title: Text
    file: Path
    scenario: ResolvedScenario
    case: Case
    later: Case
    rows: Mapping[str, int]
    series: tuple[Series, ...]
    paths: tuple[str, ...]
    n_varied: int
    draws: int
    inputs: tuple[Path, ...]
    outside: tuple[Figure, ...] = ()

    @property
    def varied(self) -> tuple[str, ...]:
        """Parameters that are fitted, in order."""
        return self.paths[: self.n_varied]

    @property
    def last_year(self) -> int:
        """Year of the last figure that is fitted."""
        return max(figure.year for one in self.series for figure in one.until(self.scenario.horizon))


def read_study(path: Path, draws: int | None = None) -> Study:
    """The study of a file. Raises InvalidInput with the faults of the file and of those it names."""
    reading = Reading()
    file = reading.read(path, StudyFile)
    if file is None:
        raise InvalidInput(reading.faults)
    scenario_file, series_file = _beside(file, "scenario", reading.faults), _beside(file, "series", reading.faults)
    if scenario_file is None or series_file is None or reading.faults:
        raise InvalidInput(reading.faults)
    whole = _resolved(file, scenario_file, ())
    every = read_figures(series_file, frame(whole))
    figures = _in_period(file, every, whole)
    last = max(figure.year for figure in figures)
    scenario = _resolved(file, scenario_file, (f"horizon={last}", f"test_year={last}"))
    after = _resolved(file, scenario_file, (f"horizon={min(last + YEARS_AFTER, whole.horizon)}", f"test_year={last}"))
    case, rows = ready(scenario).case, {name: ground.row for name, ground in grounds(scenario).items()}
    chosen = _choice(file, scenario, case)
    title = file.model.title.text if file.model.title else same(file.model.name)
    return Study(
        name=file.model.name,
        title=title,
        file=scenario_file,
        scenario=scenario,
        case=ordered(case, chosen.paths),
        later=ordered(ready(after).case, chosen.paths),
        rows=rows,
        series=_series(figures, scenario, case, rows),
        paths=chosen.paths,
        n_varied=chosen.n_varied,
        draws=draws or file.model.draws,
        inputs=(path, series_file, *scenario.inputs),
        outside=tuple(figure for figure in every if figure not in figures),
    )


def _beside(file: Loaded[StudyFile], key: str, faults: list[Fault]) -> Path | None:
    """The file that a key names: beside the study, or, for a scenario, in the library."""
    given = str(getattr(file.model, key))
    places = (*around(file.file), scenarios()) if key == "scenario" else (file.file.parent,)
    if given.isprintable():
        for folder in places:
            candidate = Path(os.path.normpath(folder / given))
            try:
                if candidate.is_file():
                    return candidate
            except OSError:
                continue
    kind = "*.yaml" if key == "scenario" else "*.csv"
    near = (file.file.parent / given).parent if given.isprintable() else file.file.parent
    known = [one.name for one in near.glob(kind)] if near.is_dir() else []
    problem = tr("no such file: {given}", given=given)
    faults.append(file.document.fault((key,), problem, nearest(Path(given).name, known)))
    return None


def _resolved(file: Loaded[StudyFile], scenario: Path, more: Sequence[str]) -> ResolvedScenario:
    """The scenario with the study's priors on top; their faults are placed in the study."""
    priors = {path: entry.model_dump(by_alias=True, exclude_unset=True) for path, entry in file.model.priors.items()}
    said = [f"{path}={yaml.safe_dump(entry, default_flow_style=True, width=10**6)}" for path, entry in priors.items()]
    try:
        return resolve(scenario, [*said, *more])
    except InvalidInput as invalid:
        raise InvalidInput(_placed(fault, file) for fault in invalid.faults) from None


def _placed(fault: Fault, file: Loaded[StudyFile]) -> Fault:
    if fault.place.file != OVERRIDES:
        return fault
    own = fault.path.removeprefix("set.")
    path = next((prior for prior in file.model.priors if own.startswith(prior)), None)
    if path is None:
        return fault
    step = own.removeprefix(path).removeprefix(".")
    steps = ("priors", path, *([step] if step else []))
    return replace(file.document.fault(steps, fault.problem, fault.nearest, at_key=not step))


def _in_period(file: Loaded[StudyFile], figures: Sequence[Figure], whole: ResolvedScenario) -> tuple[Figure, ...]:
    """The figures of the period, and those of the base year, which link areas."""
    period = file.model.period
    first = period.from_ if period and period.from_ is not None else whole.base_year + 1
    last = period.to if period and period.to is not None else whole.horizon
    kept = tuple(figure for figure in figures if figure.year == whole.base_year or first <= figure.year <= last)
    if not any(figure.used and figure.year > whole.base_year for figure in kept):
        text = tr(
            "no figure to fit in {first}…{last} (those of the base year, {base_year}, are not fitted)",
            first=max(first, whole.base_year + 1),
            last=last,
            base_year=whole.base_year,
        )
        raise InvalidInput([file.document.fault(("period",) if period else ("series",), text)])
    return kept


def _choice(file: Loaded[StudyFile], scenario: ResolvedScenario, case: Case) -> Choice:
    faults: list[Fault] = []
    given = file.model.vary
    chosen = choose(scenario, case, given, lambda i, text, close: _refuse(file, faults, i, text, close))
    if faults:
        raise InvalidInput(faults)
    if not chosen.n_varied:
        text = tr("the scenario has no uncertain rate that could be fitted")
        raise InvalidInput([file.document.fault(("scenario",), text)])
    return chosen


def _refuse(file: Loaded[StudyFile], faults: list[Fault], index: int, text: Text, close: str | None) -> None:
    faults.append(file.document.fault(("vary", index), text, close))


def _series(
    figures: Sequence[Figure], scenario: ResolvedScenario, case: Case, rows: Mapping[str, int]
) -> tuple[Series, ...]:
    few = simulate(case, range(32))
    base = {f.key[:2]: float(few.of(f.measure, rows[f.region])[0, 0]) for f in figures}
    found = all_series(figures, scenario.base_year, base)
    middle: dict[tuple[str, str, int], float] = {}
    for one in found:
        model = one.link.published(few.of(one.measure, rows[one.region]).astype(np.float64))
        middle |= {f.key: float(np.median(model[f.year - scenario.base_year])) for f in one.figures}
    faults = gross_faults(found, middle)
    if faults:
        raise InvalidInput(faults)
    return tuple(sorted(found, key=lambda one: _rank(one, scenario.main)))


def _rank(one: Series, main: str) -> tuple[bool, int, str, str]:
    """The main region first; in each the urbanization rate, residents, and then the others."""
    leading = {"urbanization_rate": 0, "resident": 1}
    return one.region != main, leading.get(one.measure, len(leading)), one.region, one.measure
