"""How a chain of settings acts on a value: the one definition of from, to, lag, ramp and intensity."""

from collections.abc import Iterable

from sim.model.draws.setting import Setting


def on_path(years: tuple[int, ...], values: tuple[float, ...], year: int) -> float:
    """The value of a dated path in a year: linear between its years, constant outside."""
    if year <= years[0]:
        return values[0]
    for index in range(1, len(years)):
        if year <= years[index]:
            share = (year - years[index - 1]) / (years[index] - years[index - 1])
            return values[index - 1] + share * (values[index] - values[index - 1])
    return values[-1]


def strength(setting: Setting, year: int) -> float:
    """How far a setting is in force in a year [1]: 0 before it starts or after it ends, else ramp × intensity.

    It starts at `start` + `lag`; with a ramp of 3 it has 1/3, 2/3 and all of its strength in its first three
    years; its last year is `end` + `lag`.
    """
    if setting.end is not None and year > setting.end + setting.lag:
        return 0.0
    if setting.start is None:
        return setting.intensity * setting.every
    elapsed = year - (setting.start + setting.lag) + 1
    if elapsed <= 0:
        return 0.0
    return setting.intensity * setting.every * min(1.0, elapsed / max(setting.ramp, 1))


def changed(value: float, setting: Setting, year: int) -> float:
    """What a setting makes of a value in a year; at strength 0 it is the same value to the last digit."""
    share = strength(setting, year)
    if share == 0.0:
        return value
    given = on_path(setting.years, setting.values, year)
    if setting.change == "times":
        return value * (1.0 + (given - 1.0) * share)
    if setting.change == "add":
        return value + given * share
    return given if share == 1.0 else value + (given - value) * share


def applied(default: float, settings: Iterable[Setting], year: int) -> float:
    """The central value of a parameter in a year after every setting, in their order."""
    value = default
    for setting in settings:
        value = changed(value, setting, year)
    return value
