"""A block of draws of a case in NumPy, given what the compiled year is given."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from sim.model.arrays import Values
from sim.model.county import Afterwards, Given
from sim.model.county import Setup as CompiledSetup
from sim.model.people.state import State
from sim.model.people.step import YearInputs
from sim.model.records import Records
from sim.run.case import Case, start
from tests.model.oracle import county_year as year
from tests.model.oracle import services_services as services
from tests.model.oracle.county_inputs import CountyInputs, EconomyInputs
from tests.model.oracle.county_state import Frame
from tests.model.oracle.draws_groups import grouped
from tests.model.oracle.homes_stock import BaseHomes
from tests.model.oracle.projects_pools import programme


def arrays(record: type, of: Records) -> Any:
    """A record of arrays [draw, region], of records of every lane."""
    return record(
        **{
            one.name: arrays(one.type, of[one.name]) if is_dataclass(one.type) else of[one.name].copy()
            for one in fields(record)
            if one.name in (of.dtype.names or ())
        }
    )


def inputs(given: Given, at: int, by: Afterwards) -> CountyInputs:
    """What a year is given, by position."""
    economy = given.economy[at]
    return CountyInputs(
        people=YearInputs(given.years[at], given.rates[at], given.counts[at]),
        economy=arrays(EconomyInputs, economy),
        headship=economy["headship"].copy(),
        least_size=economy["least_size"].copy(),
        norms=services.of_year(by.norms, at),
        prices=services.prices_of_year(by.prices, at),
        indicators={id_: value[at] for id_, value in by.indicators.items()},
    )


def sums(case: Case, draws: range, compiled: CompiledSetup, given: Given, by: Afterwards) -> Iterator[Values]:
    """What adds up over regions in each year, base year first, and stocks of people."""
    of = compiled.frame
    frame = Frame(
        people=of.people,
        base_year=of.base_year,
        together=of.together,
        homes=tuple(BaseHomes(*(getattr(one, field.name) for field in fields(one))) for one in of.homes),
        services=of.services,
        known=of.known,
        delivered=of.delivered,
    )
    groups = grouped(draws, 1)
    pools = programme(case.projects, [region.id for region in case.regions], case.seed, groups.numbers, case.base_year)
    one = start(case)
    people = State(one.year, np.repeat(one.pop, len(draws), axis=0))
    setup, county = year.begin(frame, people, groups, pools, inputs(given, 0, by))
    yield setup.base | year.base_economy(setup, county, inputs(given, 0, by))
    for at in range(len(given.years)):
        county, happened = year.county_year(setup, county, inputs(given, at, by))
        yield happened.people | happened.economy
