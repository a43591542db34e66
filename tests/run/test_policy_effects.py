"""What each policy of the library does to a run: the sign that its evidence says, and at zero intensity nothing."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import numpy as np
import pytest

from docs.write.policies import policies
from sim.model.arrays import Array
from sim.model.registry import PARAMETERS
from sim.run.ensemble import Ensemble, simulate
from sim.run.scenario_run import ready
from sim.scenario import scenario
from sim.scenario.shapes.policy_file import PolicyFile

LIBRARY = {policy.id: policy for policy in policies()}
AMOUNTS = {"person/year": "300", "person-time/year": "5000", "home/year": "200", "share/year": "0.02"}
"""Sizes of policies that have none of their own, by the unit of what they change."""

SIGNS = {
    "affordable-rental": ("affordable_rental_delivered", 1),
    "beautiful-villages": ("urban", -1),
    "bus-integration": ("city", -1),
    "collective-land": ("land_year", 1),
    "community-factories": ("urban_jobs", 1),
    "compact-land": ("homes_land", -1),
    "county-seat-shortfalls": ("capacity.hospital_beds", 1),
    "debt-ceiling": ("debt", -1),
    "development-boundary": ("boundary_left", -1),
    "education-community": ("city", -1),
    "employment-service": ("urban_jobs", 1),
    "enclave-parks": ("urban_jobs", 1),
    "facility-standards": ("capacity.hospital_beds", 1),
    "family-care-beds": ("need.elder_beds", -1),
    "family-hukou": ("hukou_urbanization_rate", 1),
    "farm-trusteeship": ("town", 1),
    "green-upkeep": ("money_year", -1),
    "hidden-thresholds": ("hukou_urbanization_rate", 1),
    "home-purchase-incentive": ("city", 1),
    "hukou-zero-threshold": ("hukou_urbanization_rate", 1),
    "idle-land": ("land_year", 1),
    "idle-rural-houses": ("rural_vacancy_rate", -1),
    "in-situ-urbanization": ("city", 1),
    "industrial-park-jobs": ("city", 1),
    "labour-export": ("resident", -1),
    "labour-transfers": ("placed", 1),
    "land-sales": ("money_year", 1),
    "land-swap": ("land_year", 1),
    "leakage-control": ("need.water_supply", -1),
    "nursery-subsidy": ("births", 1),
    "old-community-renovation": ("renovated", 1),
    "parallel-approval": ("delivered.hospital_beds", 1),
    "people-land-link": ("land_year", 1),
    "people-money-link": ("money_year", 1),
    "provident-fund": ("city", 1),
    "public-rental": ("public_rental_delivered", 1),
    "relocated-functions": ("urban_jobs", 1),
    "relocation": ("urban", 1),
    "relocation-support": ("town", 1),
    "residence-permit": ("urban", 1),
    "resettlement-deliveries": ("resettlement_delivered", 1),
    "return-entrepreneurship": ("resident", 1),
    "rural-homes": ("rural_homes_improved", 1),
    "rural-rights-exit": ("urban", 1),
    "rural-rights-kept": ("hukou_urbanization_rate", 1),
    "rural-services": ("urban", -1),
    "schools-in-town": ("city", 1),
    "shantytown-renewal": ("shanty_replaced", 1),
    "special-bonds": ("money_year", 1),
    "talent-homes": ("talent_homes_delivered", 1),
    "talent-package": ("city", 1),
    "talents-to-villages": ("rural", 1),
    "tourism-jobs": ("urban_jobs", 1),
    "town-to-subdistrict": ("city", 1),
    "township-to-town": ("town", 1),
    "urban-village-overhaul": ("city", -1),
    "urban-villages": ("urbanization_rate", 1),
    "vocational-education": ("resident", 1),
    "vocational-training": ("urban", 1),
}
"""A measure of the last year that each policy moves, and which way."""

PROJECTS = """
projects:
  - {id: hospital, kind: hospital, zone: city, delivers: {hospital_beds: 300}, count: 12, per_year: 2, source: a test}
  - {id: park, kind: community-centre, zone: city, delivers: {jobs: 200, green_upkeep: 90000}, cost: 1e8, source: test}
"""
TIGHT = (
    "set:\n  budget.capital: {capital}\n  service.hospital_beds.standard: 8\n  service.green_upkeep.running_cost: 5\n"
)
CAPITAL = {"parallel-approval": 1200}
"""Money [yuan/person] of policies that do nothing where all waits for money; others have 300."""


def use(policy: PolicyFile, intensity: float = 1.0) -> str:
    path = next((e.path for e in policy.effects if "amount" in (e.add, e.set_, e.times)), None)
    asked = f"use: {policy.id}, from: 2021, intensity: {intensity:g}, apart_from_projects: true"
    if path is not None and policy.amount is None:
        unit = PARAMETERS[path].unit
        asked += f", amount: {{value: {AMOUNTS[unit]}, unit: {unit}}}"
    return f"  - {{{asked}}}\n"


def _written(policy: str, amount: float) -> Path:
    folder = Path(mkdtemp())
    uses = f"policies: [{{use: {policy}, from: 2021, amount: {amount:g}}}]"
    (folder / "own.yaml").write_text(f"name: own\nextends: jieshou/trend.yaml\nhorizon: 2025\n{uses}\n", "utf-8")
    return folder / "own.yaml"


@cache
def done(*uses: str, capital: int = 300) -> Ensemble:
    """Eight draws of a small county with hospitals to build and little money, with some policies in use."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "small.yaml"
        asked = "policies:\n" + "".join(uses) if uses else ""
        file.write_text(
            f"name: small\nregion: jieshou\nhorizon: 2028\n{PROJECTS}{TIGHT.format(capital=capital)}{asked}",
            "utf-8",
        )
        return simulate(ready(scenario(file)).case, range(8))


def last(of: Ensemble, measure: str) -> Array:
    return of.of(measure)[-1].astype(np.float64)


def test_every_policy_is_tried() -> None:
    assert set(SIGNS) == set(LIBRARY)


@pytest.mark.parametrize("name", SIGNS)
def test_policy_works_the_way_its_evidence_says(name: str) -> None:
    measure, sign = SIGNS[name]
    capital = CAPITAL.get(name, 300)
    change = last(done(use(LIBRARY[name]), capital=capital), measure) - last(done(capital=capital), measure)
    assert np.isfinite(change).all()
    assert sign * change.mean() > 0.0


def test_zero_intensity_changes_no_digit() -> None:
    """All policies at once, those that exclude each other included: what is off excludes nothing."""
    off = done(*(use(policy, 0.0) for policy in LIBRARY.values()))
    assert off.measures == done().measures
    np.testing.assert_array_equal(off.values, done().values)


def test_half_the_intensity_lies_between() -> None:
    base, half, whole = (last(done(*uses), "urban_jobs") for uses in _steps("industrial-park-jobs"))
    assert (base < half).all()
    assert (half < whole).all()


def _steps(name: str) -> tuple[tuple[str, ...], ...]:
    return (), (use(LIBRARY[name], 0.5),), (use(LIBRARY[name]),)


def test_placing_labour_is_tracked_and_moves_nobody() -> None:
    placed = done(use(LIBRARY["labour-transfers"]))
    changed = [
        measure
        for row, measure in enumerate(done().measures)
        if not np.array_equal(placed.values[row], done().values[row], equal_nan=True)
    ]
    assert changed == ["placed"]
    assert last(placed, "placed") == pytest.approx(5000.0 * 8)


def test_quicker_approval_opens_no_project_later() -> None:
    quick, usual = done(use(LIBRARY["parallel-approval"])), done()
    assert (quick.of("delivered.hospital_beds") >= usual.of("delivered.hospital_beds")).all()
    assert (quick.of("projects_open") >= usual.of("projects_open")).all()


def test_a_bad_name_of_a_policy_is_answered_with_the_nearest(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text("name: x\nregion: jieshou\npolicies: [{use: paralel-approval}]\n", "utf-8")
    with pytest.raises(Exception, match="did you mean parallel-approval"):
        scenario(file)
