"""The population part of a year of one lane, in order."""

from typing import NamedTuple

from sim.model.arrays import Array, Integers
from sim.model.axes import AWAY, CITY, FEMALE, MALE, N_AGES, OUTSIDE_REGISTRATION, REGISTRATIONS, RURAL, ZONES
from sim.model.compiled import inlined
from sim.model.people.kernels.move import exposure, move
from sim.model.people.kernels.vital import births, survive

N_ZONES = len(ZONES)
N_REGISTRATIONS = len(REGISTRATIONS)
N_CELLS = N_ZONES * N_REGISTRATIONS

# columns of `rates` that are not flows
DEATH_LEVEL, MALES_AT_BIRTH, LEFT_BEHIND, TFR = 0, 1, 2, 3
ARRIVALS = TFR + N_ZONES
N_LEADING = ARRIVALS + N_ZONES - 1

# columns of `ledger` before the flows: births [cell], deaths [cell], arrivals [zone without away]
LEDGER_BIRTHS, LEDGER_DEATHS = 0, N_CELLS
LEDGER_ARRIVALS = 2 * N_CELLS
LEDGER_FLOWS = LEDGER_ARRIVALS + N_ZONES - 1


class Schedules(NamedTuple):
    """What does not change over the years; of a block, each has the axis [region] in front.

    deaths_ratio [zone, sex, age]; fertility: births per woman-year at TFR 1 [zone, age];
    profiles [flow, group], and the largest number of each, peaks [flow]; arrival_profile [zone, group], each zone
    summing to 1; group = sex × age.
    """

    deaths_ratio: Array
    fertility: Array
    profiles: Array
    peaks: Array
    arrival_profile: Array


class Routes(NamedTuple):
    """The tables that moves are made by, each as `sim.model.people.kernels.move.move` takes it."""

    transfer: Integers
    boundary: Integers
    registration: Integers


@inlined
def lane_year(
    old: Array,
    new: Array,
    rates: Array,
    counts: Array,
    schedules: Schedules,
    routes: Routes,
    ledger: Array,
    work: tuple[Array, Array],
) -> None:
    """One year of one lane: survive, transfer, bear, reclassify, settle.

    old, new: persons [cell, group], cell = zone × registration; `new` is written.
    rates: [column] — death level, males per female at birth, share of children left behind where their
        mother is registered, TFR by zone, arrivals by zone [persons], then the annual rate of each flow.
    counts: persons a year moved by each flow over and above its rate [flow].
    ledger: [column], written: births and deaths by cell, arrivals by zone, persons by flow.
    work: space, for persons at risk [cell, group] and for rates of flows [flow].
    """
    at_risk, annual = work
    ledger[:] = 0.0
    moved = ledger[LEDGER_FLOWS:]
    _survive(old, new, rates[DEATH_LEVEL], schedules.deaths_ratio, ledger)

    _with_counts(new, rates[N_LEADING:], counts, routes.transfer, schedules.profiles, annual)
    move(new, routes.transfer, annual, schedules.profiles, schedules.peaks, moved, at_risk)
    _arrive(new, rates, schedules.arrival_profile, ledger)

    _bear(old, new, rates, schedules.deaths_ratio, schedules.fertility, ledger)

    if _any(annual, routes.boundary):
        move(new, routes.boundary, annual, schedules.profiles, schedules.peaks, moved, at_risk)
    if _any(annual, routes.registration):
        move(new, routes.registration, annual, schedules.profiles, schedules.peaks, moved, at_risk)


@inlined
def _survive(old: Array, after: Array, level: float, deaths_ratio: Array, ledger: Array) -> None:
    for cell in range(N_CELLS):
        zone = cell // N_REGISTRATIONS
        for sex in range(2):
            ages = slice(sex * N_AGES, (sex + 1) * N_AGES)
            deaths = survive(old[cell, ages], deaths_ratio[zone, sex], level, after[cell, ages])
            ledger[LEDGER_DEATHS + cell] += deaths


@inlined
def persons(lane: Array) -> float:
    """All persons of some cells [cell, group]."""
    people = 0.0
    for cell in range(lane.shape[0]):
        for group in range(lane.shape[1]):
            people += lane[cell, group]
    return people


@inlined
def _any(rates: Array, routes: Integers) -> bool:
    for route in range(routes.shape[0]):
        if rates[routes[route, 2]] > 0.0:
            return True
    return False


@inlined
def _with_counts(pop: Array, rates: Array, counts: Array, routes: Integers, profiles: Array, annual: Array) -> None:
    """Rates of the flows [flow], written, with the persons moved by policies turned into rates of those at risk."""
    counted = 0
    for flow in range(counts.shape[0]):
        counted += counts[flow] > 0.0
    if counted == 0:
        for flow in range(rates.shape[0]):
            annual[flow] = rates[flow]
        return
    exposure(pop, routes, profiles, counts, annual)
    for flow in range(rates.shape[0]):
        extra = counts[flow] / annual[flow] if annual[flow] > 0.0 else 0.0
        annual[flow] = rates[flow] + extra


@inlined
def _arrive(new: Array, rates: Array, arrival_profile: Array, ledger: Array) -> None:
    for zone in range(N_ZONES - 1):
        people = rates[ARRIVALS + zone]
        if people > 0.0:
            ledger[LEDGER_ARRIVALS + zone] = people
            row, profile = new[zone * N_REGISTRATIONS + OUTSIDE_REGISTRATION], arrival_profile[zone]
            for group in range(row.shape[0]):
                row[group] += people * profile[group]


@inlined
def _bear(old: Array, new: Array, rates: Array, deaths_ratio: Array, fertility: Array, ledger: Array) -> None:
    women = slice(FEMALE * N_AGES, (FEMALE + 1) * N_AGES)
    for cell in range(N_CELLS):
        zone, registration = cell // N_REGISTRATIONS, cell % N_REGISTRATIONS
        born = rates[TFR + zone] * births(old[cell, women], new[cell, women], fertility[zone], 1.0)
        if registration == OUTSIDE_REGISTRATION:
            born *= 1.0 - rates[LEFT_BEHIND]  # the rest are born in the account of their mother's registration
        if zone == AWAY and born > 0.0:
            left = born * rates[LEFT_BEHIND]
            home = RURAL if _lived_in(old, RURAL) else CITY
            _place(new, ledger, home, registration, left, rates, deaths_ratio)
            born -= left
        if born > 0.0:
            _place(new, ledger, zone, registration, born, rates, deaths_ratio)


@inlined
def _lived_in(lane: Array, zone: int) -> bool:
    for cell in range(zone * N_REGISTRATIONS, (zone + 1) * N_REGISTRATIONS):
        for group in range(lane.shape[1]):
            if lane[cell, group] > 0.0:
                return True
    return False


@inlined
def _place(
    new: Array, ledger: Array, zone: int, registration: int, born: float, rates: Array, deaths_ratio: Array
) -> None:
    cell = zone * N_REGISTRATIONS + registration
    level, males = rates[DEATH_LEVEL], rates[MALES_AT_BIRTH]
    boys = born * males / (1.0 + males)
    girls = born - boys
    boys_alive = boys * (1.0 - min(level * deaths_ratio[zone, MALE, 0], 1.0))
    girls_alive = girls * (1.0 - min(level * deaths_ratio[zone, FEMALE, 0], 1.0))
    new[cell, MALE * N_AGES] += boys_alive
    new[cell, FEMALE * N_AGES] += girls_alive
    ledger[LEDGER_BIRTHS + cell] += born
    ledger[LEDGER_DEATHS + cell] += born - boys_alive - girls_alive
