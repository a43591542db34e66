"""The library of policies: each can be used, nothing is counted twice, and every lever of the plans is there."""

import csv
from itertools import combinations
from pathlib import Path

import pytest

from docs.write.policies import levers, mechanisms, policies
from docs.write.services import shipped
from sim.common.errors import InvalidInput
from sim.common.paths import library
from sim.common.typography import has_chinese
from sim.model.projects.project import BROUGHT, THINGS
from sim.model.registry import PARAMETERS
from sim.model.services.parameters import parameters_of
from sim.scenario import scenario
from sim.scenario.library import Reading
from sim.scenario.projects.project_costs import things_of
from sim.scenario.projects.project_kinds import kinds
from sim.scenario.shapes.policy_file import PolicyFile
from sim.scenario.shapes.words import text_of
from tests.paths import REFERENCE

ROOT = library() / "scenarios"
LEVERS_CSV = REFERENCE / "levers.csv"
LIBRARY = policies()
BY_ID = {policy.id: policy for policy in LIBRARY}
LEVERS = levers()
SERVICES = shipped()
NO_SCENARIOS = {"plans", "policies", "processes", "projects", "regions"}
SCENARIOS = sorted(file for file in ROOT.glob("*/*.yaml") if file.parent.name not in NO_SCENARIOS)

TOGETHER = {
    frozenset({"industrial-park-jobs", "return-entrepreneurship"}),
    frozenset({"industrial-park-jobs", "relocated-functions"}),
    frozenset({"community-factories", "tourism-jobs"}),
    frozenset({"collective-land", "land-swap"}),
}
"""Policies that add to the same parameter without adding the same thing: jobs of others, other land."""
COUNTED = {"relocation", "return-entrepreneurship", "talent-package", "talents-to-villages"}
"""Policies that move known persons."""


def used(file: Path) -> list[PolicyFile]:
    return [BY_ID[use.id] for use in scenario(file).policies if use.intensity > 0.0]


def unit_of(policy: PolicyFile) -> str:
    known = PARAMETERS | parameters_of(SERVICES)
    return next(known[e.path].unit for e in policy.effects if "amount" in (e.add, e.set_, e.times))


def uses_amount(policy: PolicyFile) -> bool:
    return any("amount" in (effect.add, effect.set_, effect.times) for effect in policy.effects)


@pytest.mark.parametrize("policy", LIBRARY, ids=lambda policy: policy.id)
def test_policy_can_be_used_alone(policy: PolicyFile, tmp_path: Path) -> None:
    amount = f', amount: {{value: 0.02, unit: "{unit_of(policy)}"}}' if uses_amount(policy) else ""
    file = tmp_path / "one.yaml"
    file.write_text(f"name: one\nregion: jieshou\npolicies: [{{use: {policy.id}, from: 2022{amount}}}]\n", "utf-8")
    made = [one for one in scenario(file).settings["jieshou"] if one.policy == policy.id]
    assert [one.path for one in made] == [effect.path for effect in policy.effects]


@pytest.mark.parametrize("policy", LIBRARY, ids=lambda policy: policy.id)
def test_policy_is_said_in_both_languages_and_backed(policy: PolicyFile) -> None:
    texts = [policy.name.text, policy.from_plan.text, policy.who.text]
    texts += [text_of(effect.evidence) for effect in policy.effects]
    texts += [policy.caution.text] if policy.caution is not None else []
    for text in texts:
        assert has_chinese(text.zh), text
        assert not has_chinese(text.en), text
    for effect in policy.effects:
        said = text_of(effect.evidence)
        assert ("假设" in said.zh) == ("assumption" in said.en), said


def test_amounts_without_a_default_are_asked_for(tmp_path: Path) -> None:
    without = [policy.id for policy in LIBRARY if uses_amount(policy) and policy.amount is None]
    assert "relocation" in without
    for name in without:
        file = tmp_path / f"{name}.yaml"
        file.write_text(f"name: one\nregion: jieshou\npolicies: [{{use: {name}, from: 2022}}]\n", "utf-8")
        with pytest.raises(InvalidInput, match="needs an amount"):
            scenario(file)


@pytest.mark.parametrize(
    "pair",
    [pair for members in mechanisms(LIBRARY).values() for pair in combinations(members, 2)],
    ids=lambda pair: "+".join(policy.id for policy in pair),
)
def test_policies_of_one_mechanism_exclude_each_other(pair: tuple[PolicyFile, PolicyFile], tmp_path: Path) -> None:
    file = tmp_path / "two.yaml"
    uses = ", ".join(f"{{use: {policy.id}, from: 2022}}" for policy in pair)
    file.write_text(f"name: two\nregion: jieshou\npolicies: [{uses}]\n", "utf-8")
    with pytest.raises(InvalidInput, match=f"shares the mechanism {pair[0].mechanism} with {pair[0].id}"):
        scenario(file)


def test_only_known_persons_are_counted_directly() -> None:
    counting = {
        policy.id
        for policy in LIBRARY
        for effect in policy.effects
        if effect.add is not None and (effect.path.endswith("_count") or effect.path.startswith("outside.arrive"))
    }
    assert counting == COUNTED


def test_jobs_policies_move_nobody_directly() -> None:
    moving = ("transfer.", "away.", "outside.")
    for policy in LIBRARY:
        paths = [effect.path for effect in policy.effects]
        if "jobs.new" in paths and policy.id not in COUNTED:
            assert not [path for path in paths if path.startswith(moving)], policy.id


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_shipped_scenario_counts_nothing_twice(file: Path) -> None:
    adding: dict[str, list[str]] = {}
    for policy in used(file):  # raises what policies and projects, or known services, would both count
        for effect in policy.effects:
            if effect.add is not None and not effect.path.endswith("_count"):
                adding.setdefault(effect.path, []).append(policy.id)
    for path, names in adding.items():
        assert len(names) == 1 or frozenset(names) in TOGETHER, f"{path}: {names}"


BRINGING = [
    (policy, BROUGHT[effect.path].thing)
    for policy in LIBRARY
    for effect in policy.effects
    if effect.path in BROUGHT and effect.add is not None
]


@pytest.mark.parametrize(("policy", "thing"), BRINGING, ids=lambda one: one.id if isinstance(one, PolicyFile) else one)
def test_what_a_policy_brings_no_project_brings_too(policy: PolicyFile, thing: str, tmp_path: Path) -> None:
    file = tmp_path / "both.yaml"
    project = f"{{id: one, kind: other, zone: city, delivers: {{{thing}: 50}}, cost: 1e6, source: plan}}"
    use = f'{{use: {policy.id}, from: 2022, amount: {{value: 20, unit: "{unit_of(policy)}"}}%s}}'
    text = f"name: both\nregion: jieshou\npolicies: [{use}]\nprojects: [{project}]\n"
    file.write_text(text % "", "utf-8")
    with pytest.raises(InvalidInput, match=f"{policy.id} and project one .* both bring {thing} to jieshou"):
        scenario(file)
    file.write_text(text % ", apart_from_projects: true", "utf-8")
    assert scenario(file).policies[0].id == policy.id


def test_everything_that_projects_bring_of_their_own_is_looked_for() -> None:
    assert {thing for _, thing in BRINGING} == set(THINGS) - {"homes"}, "no policy builds homes for the market"


def test_every_lever_is_accounted_for() -> None:
    numbers = [lever.id for lever in LEVERS]
    assert numbers == [f"L{number:02d}" for number in range(1, 95)]
    where = {lever.id: lever for lever in LEVERS}
    reading = Reading()
    known_kinds = set(kinds([ROOT / "projects" / "kinds.yaml"], things_of(SERVICES), reading))
    assert not reading.faults
    known = {
        "policy": set(BY_ID),
        "project": known_kinds,
        "standard": {service.id for service in SERVICES},
        "built_in": {*(service.id for service in SERVICES), "projects"},
        "same": {lever.id for lever in LEVERS if lever.fate not in {"same", "none"}},
        "none": set(),
    }
    for lever in LEVERS:
        assert set(lever.by) <= known[lever.fate], lever.id
        for text in (lever.name, lever.reason):
            assert text is None or (has_chinese(text.zh) and not has_chinese(text.en)), lever.id
    for policy in LIBRARY:
        assert policy.lever is not None
        assert policy.id in where[policy.lever].by, f"{policy.id} is not named by {policy.lever}"
    named = {one for lever in LEVERS if lever.fate == "policy" for one in lever.by}
    assert named == set(BY_ID)


def test_levers_are_those_of_the_documents() -> None:
    if not LEVERS_CSV.is_file():
        pytest.skip("the reference data levers.csv is not beside this checkout")
    with LEVERS_CSV.open(encoding="utf-8", newline="") as stream:
        known = [row["id"] for row in csv.DictReader(stream)]
    assert [lever.id for lever in LEVERS] == known
