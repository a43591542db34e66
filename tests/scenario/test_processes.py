"""Programmes, works and awards as plans name them: what is wrong is said with its place and the nearest name."""

from pathlib import Path

import pytest

from sim.common.errors import InvalidInput
from sim.scenario.process import NamedWorks, Programme
from sim.scenario.targets import read

PLAN = """id: own
title: {zh: 规划, en: plan}
source: {title: {zh: 规划, en: plan}, issuer: {zh: 县, en: county}, date: "2026"}
region: jieshou
base_year: 2020
targets:
  - {id: A1, title: {zh: 甲, en: first}, kind: outcome, op: at_least, value: 80, unit: "%%", year: 2025, source: x, %s}
"""


def plan(folder: Path, keys: str) -> Path:
    file = folder / "own.yaml"
    file.write_text(PLAN % keys, "utf-8")
    return file


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("programme: old-estate", "old-estates"),
        ("works: raod", "road"),
        ("award: garden-countys", "garden-county"),
        ("programme: investment", "the pace of investment is in %/年"),
        ("programme: old-estates, award: garden-county", "give one of programme, works, award"),
        ("base: {value: 10, year: 2021, source: x}", "base goes with programme"),
        ("stage: begun", "stage goes with works"),
        ("task: special-plans", "special-plan"),
        ("rate: new-urban-job", "new-urban-jobs"),
        ("upkeep: street-lamp", "street-lamps"),
        ("prior: physicians", "prior goes with driver"),
        ("since: 2022", "since goes with programme"),
        ("task: rule, award: garden-county", "give one of programme, works, award, task"),
    ],
)
def test_what_is_wrong_is_said(keys: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as caught:
        read((str(plan(tmp_path, keys)),))
    assert words in str(caught.value)


def test_a_library_of_ones_own_takes_the_place_of_an_entry(tmp_path: Path) -> None:
    own = tmp_path / "processes"
    own.mkdir()
    (own / "programmes.yaml").write_text(
        "programmes:\n  - {id: old-estates, name: {zh: 甲, en: a}, of: {zh: 乙, en: b}, "
        "pace: {low: 1, high: 2, unit: points/year}, evidence: statistic, source: mine}\n",
        "utf-8",
    )
    held = read((str(plan(tmp_path, "programme: old-estates")),))[0].targets[0].process
    assert isinstance(held, Programme)
    assert (held.low, held.high, held.since, held.base) == (0.01, 0.02, 2020, None)


def test_works_take_the_times_of_their_kind(tmp_path: Path) -> None:
    begun = read((str(plan(tmp_path, "works: road, stage: begun")),))[0].targets[0].process
    whole = read((str(plan(tmp_path, "works: road")),))[0].targets[0].process
    assert isinstance(begun, NamedWorks)
    assert isinstance(whole, NamedWorks)
    assert 0.0 < begun.ahead < whole.ahead


@pytest.mark.parametrize(
    ("was", "now", "words"),
    [
        ('value: 80, unit: "%%"', "value: 0, unit: 个/千人, driver: resident, prior: nursery-places", "above 0"),
        ('value: 80, unit: "%%"', 'value: -150, unit: "%%", programme: old-estates, since: 2022', "more than all"),
    ],
)
def test_values_that_leave_nothing_to_reckon_with_are_refused(was: str, now: str, words: str, tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text((PLAN.replace(was, now) % "note: x").replace("kind: outcome", "kind: standard"), "utf-8")
    with pytest.raises(InvalidInput) as caught:
        read((str(file),))
    assert words in str(caught.value)
