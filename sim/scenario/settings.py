"""From the `set` of a file to settings of parameters."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sim.common.language import Text
from sim.model.draws.setting import ChangeKind, Given, Giver, Origin, Setting
from sim.model.parameter import Parameter
from sim.model.registry import FIXED_PREFIXES
from sim.scenario.by_name import close_path, path_of
from sim.scenario.quantities import Number, Spot, Written, number, within
from sim.scenario.shapes.values import Change, Valued
from sim.scenario.shapes.words import text_if_any
from sim.scenario.texts import tr

Entry = float | dict[int, float] | Valued | Change


@dataclass(slots=True)
class Sources:
    """Sources of what one giver says: changes of a path are counted, in order of application."""

    by: Giver
    counts: dict[str, int] = field(default_factory=dict)

    def take(self, path: str, change: ChangeKind) -> Given:
        """The source of the next value or change of a path."""
        if change == "set":
            return Given(self.by)
        self.counts[path] = self.counts.get(path, 0) + 1
        return Given(self.by, self.counts[path])


def parameter_at(path: str, spot: Spot) -> Parameter | None:
    """The parameter of that path or name; a fault with the nearest one if there is none."""
    parameter = spot.parameters.get(path_of(path, spot.parameters))
    if parameter is None:
        problem = tr("no parameter is called {path}", path=path)
        close = close_path(path, spot.parameters)
        spot.faults.append(spot.document.fault(spot.path, problem, close, at_key=True))
    return parameter


def is_fixed(path: str) -> bool:
    """Whether a parameter is one number for the whole run."""
    return path.startswith(FIXED_PREFIXES)


def settings(entries: Mapping[str, Entry], spot: Spot, sources: Sources) -> list[Setting]:
    """The settings that a `set` asks for, in the order of the file; what is wrong is left out and reported."""
    result = []
    seen: set[str] = set()
    for path, entry in entries.items():
        here = spot._replace(path=(*spot.path, path))
        parameter = parameter_at(path, here)
        if parameter is None:
            continue
        if parameter.path in seen:  # by its path and by its name
            here.faults.append(here.document.fault(here.path, tr("is given twice"), at_key=True))
        seen.add(parameter.path)
        made = _setting(parameter, entry, here, sources)
        if made is not None:
            result.append(made)
    return result


def converted(parameter: Parameter, change: ChangeKind, written: Written, spot: Spot) -> Number | None:
    """A written number in the unit of the parameter (a factor for `times`), checked against its range."""
    unit = "ratio" if change == "times" else parameter.unit
    made = number(written, unit, spot)
    return made if made is not None and allowed(parameter, change, made, spot) else None


def allowed(parameter: Parameter, change: ChangeKind, made: Number, spot: Spot) -> bool:
    """Whether a number suits its parameter and kind of change; a fault if not."""
    if change == "set":
        return within(made, parameter.low, parameter.high, parameter.unit, spot) and _fixed_is_single(
            parameter, made, spot
        )
    if change == "times":
        return within(made, 0.0, 1000.0, "ratio", spot)
    return True


def origin(made: Number, spot: Spot, source: Text | None = None, note: Text | None = None) -> Origin:
    """Where a number came from; its own source goes before that of the change it stands in."""
    place = spot.document.place(spot.path, at_key=True)
    return Origin(place, made.source or source, made.note or note, made.written_value, made.written_unit)


def _setting(parameter: Parameter, entry: Entry, spot: Spot, sources: Sources) -> Setting | None:
    if isinstance(entry, Change):
        return _from_change(parameter, entry, spot, sources)
    made = converted(parameter, "set", entry, spot)
    if made is None:
        return None
    return Setting(
        path=parameter.path,
        change="set",
        years=made.years,
        values=made.values,
        dist=made.dist,
        source=sources.take(parameter.path, "set"),
        origin=origin(made, spot),
    )


def _from_change(parameter: Parameter, entry: Change, spot: Spot, sources: Sources) -> Setting | None:
    if is_fixed(parameter.path):
        _refuse_fixed(spot)
        return None
    change, written = one_of(entry.set_, entry.times, entry.add)
    assert not isinstance(written, str)
    here = Spot(spot.document, (*spot.path, change), spot.faults)
    made = converted(parameter, change, written, here)
    if made is None:
        return None
    return Setting(
        path=parameter.path,
        change=change,
        years=made.years,
        values=made.values,
        dist=made.dist,
        start=entry.from_,
        end=entry.to,
        lag=entry.lag,
        ramp=entry.ramp,
        source=sources.take(parameter.path, change),
        origin=origin(made, spot, text_if_any(entry.source), text_if_any(entry.note)),
    )


def one_of(
    set_: Written | str | None, times: Written | str | None, add: Written | str | None
) -> tuple[ChangeKind, Written | str]:
    """The one change that was given (a policy may say `amount`); the file's shape has made sure that it is one."""
    if set_ is not None:
        return "set", set_
    if times is not None:
        return "times", times
    assert add is not None
    return "add", add


def _refuse_fixed(spot: Spot) -> None:
    spot.report(tr("this parameter is one number for the whole run and cannot change"))


def _fixed_is_single(parameter: Parameter, made: Number, spot: Spot) -> bool:
    if not is_fixed(parameter.path) or (made.years == (0,) and made.dist is None):
        return True
    spot.report(tr("this parameter is a single number, without years or dist"))
    return False
