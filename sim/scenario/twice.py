"""What a scenario would count twice: what a policy brings, and projects of its pool or known services bring too.

Whether two figures speak of the same jobs or homes only their author knows, and a total that is too high looks like
any other. So both together are a fault, until the scenario says that they are apart.
"""

from collections.abc import Mapping, Sequence
from math import exp
from typing import Final, NamedTuple

from sim.common.language import NOTHING, Text
from sim.model.draws.setting import Setting
from sim.model.projects.months import month_of
from sim.model.projects.project import BROUGHT, Brought, Chance, Project
from sim.model.services.service import Capacity, Service
from sim.scenario.by_name import close, known_id
from sim.scenario.library import Reading
from sim.scenario.policies import Policy
from sim.scenario.services import names_of
from sim.scenario.texts import tr

_NINETY_FIFTH: Final = 1.6449
"""Standard deviations from the median of a normal distribution to its 5th or 95th percentile."""


class Counted(NamedTuple):
    """What else counts: settings of the policies, projects, and known capacities by region and service."""

    base_year: int
    horizon: int
    settings: Sequence[Setting]
    projects: Sequence[Project]
    services: Sequence[Service]
    capacities: Mapping[str, Mapping[str, Capacity]]


class _Overlap(NamedTuple):
    project: Project
    first: int
    last: int


def report(policies: Sequence[Policy], counted: Counted, reading: Reading) -> None:
    """Reports the policies in force that bring what projects bring, or stand in for services that are known."""
    for policy in policies:
        if policy.use.asked.intensity == 0.0:
            continue
        if not policy.use.asked.apart_from_projects:
            _report_projects(policy, counted, reading)
        _report_services(policy, counted, reading)


def _report_projects(policy: Policy, counted: Counted, reading: Reading) -> None:
    for setting in counted.settings:
        brought = BROUGHT.get(setting.path)
        is_own = setting.policy == policy.file.model.id
        if brought is None or not is_own or setting.change == "times" or max(setting.values) <= 0.0:
            continue
        found = _overlaps(setting, brought, counted)
        if found:
            path = (*policy.use.path, "use")
            reading.faults.append(policy.use.document.fault(path, _said(policy, brought.thing, found)))


def _said(policy: Policy, thing: str, found: Sequence[_Overlap]) -> Text:
    """The fault of bringing a thing that projects bring, told by the first of them."""
    project, first, last = found[0]
    others = len({one.project.entry for one in found}) - 1
    more = tr(" and {others} more", others=others, all=others + 1) if others else NOTHING
    years = tr("{first}", first=first) if first == last else tr("{first}–{last}", first=first, last=last)
    name, built = policy.use.asked.use, project.entry
    return tr(
        "{name} and project {built} ({place}){more} both bring {thing} to {region} in {years}, "
        "which would be counted twice; take one out or, where they differ, write "
        "apart_from_projects: true",
        name=name,
        built=built,
        place=project.place,
        more=more,
        thing=thing,
        region=project.region,
        years=years,
    )


def _overlaps(setting: Setting, brought: Brought, counted: Counted) -> list[_Overlap]:
    """The projects that may bring the thing in a year in which the setting does."""
    begin, end = counted.base_year + 1, counted.horizon
    if setting.start is not None:
        begin = max(begin, setting.start + setting.lag)
    if setting.end is not None:
        end = min(end, setting.end + setting.lag)
    found = []
    for project in counted.projects:
        if any(part.what == brought.thing and part.amount > 0.0 for part in project.delivers):
            year = _earliest(project, brought, counted.base_year)
            if year is not None and max(year, begin) <= end:
                found.append(_Overlap(project, max(year, begin), end))
    return found


def _earliest(project: Project, brought: Brought, base_year: int) -> int | None:
    """The first year in which a project may bring a thing if it waits for nothing; None where it did before."""
    run = month_of(base_year + 1)
    started = project.begins if project.stage != "approval" else project.begins + _shortest(project.approval)
    if brought.when_started:
        return None if project.stage == "construction" else int(max(started, run) // 12)
    begun = started if project.stage == "construction" else max(started, run)
    opened = begun + _shortest(project.construction) + _shortest(project.opening)
    return int(max(opened, run) // 12)


def _shortest(chance: Chance) -> float:
    """The low end of a duration [month], of a lognormal one its 5th percentile."""
    if chance.dist.kind in ("triangular", "uniform"):
        return chance.dist.low
    return chance.central * exp(-_NINETY_FIFTH * chance.dist.sd)


def _report_services(policy: Policy, counted: Counted, reading: Reading) -> None:
    names = names_of(counted.services)
    unknown = [known_id(service, names) for service in policy.file.model.where_unknown]
    for index, service in enumerate(unknown):
        if service not in names:
            problem = tr("no service is called {service}", service=service)
            path = ("where_unknown", index)
            reading.faults.append(policy.file.document.fault(path, problem, close(service, names)))
    for region, known in counted.capacities.items():
        found = [known[service] for service in unknown if service in known]
        if found:
            problem = _said_of_service(region, found[0])
            reading.faults.append(policy.use.document.fault((*policy.use.path, "use"), problem))


def _said_of_service(region: str, known: Capacity) -> Text:
    return tr(
        "it is for where {service} is not known, and that of {region} is ({place}): adequacy "
        "draws people already, and both would count them twice; leave the policy out and list "
        "what is built under projects",
        service=known.service,
        region=region,
        place=known.place,
    )
