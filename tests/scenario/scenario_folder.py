"""A small library of its own for each test: one region, one plan, one policy, and a scenario on them."""

from pathlib import Path

REGION = """
id: testshire
code: "990101"
name: {zh: 试县, en: Testshire}
parent: {zh: 试市, en: Testford}
province: {zh: 试省, en: Testonia}
base_year: 2020
"""
RATES = """
set:
  away.return_to_city: {value: 2, unit: "%/年", source: fitted, dist: {lognormal: {sd: 0.2}}}
  fertility.tfr: 1.3
"""
PLAN = """
id: goals
title: {zh: 目标, en: Goals}
source: {title: {zh: 文件, en: Document}, issuer: {zh: 县政府, en: County}, date: 2022 draft}
region: testshire
base_year: 2020
targets:
  - {id: T1, title: {zh: 县城, en: Seat}, kind: outcome, measure: city, op: at_least, value: 25, unit: 万人, year: 2025,
     source: table}
  - {id: T2, title: {zh: 床位, en: Beds}, kind: standard, driver: resident, op: at_least, value: 7.5, unit: 张/千人,
     year: 2025, source: table}
  - {id: T3, title: {zh: 空气, en: Air}, kind: outcome, source: table, reason: {zh: 无模型, en: not modelled}}
"""
POLICY = """
id: jobs
name: {zh: 岗位, en: Jobs}
from_plan: {zh: 文件, en: Document}
lever: L24
who: {zh: 居民, en: residents}
mechanism: work
amount: {value: 1000, unit: 人/年, source: assumption}
effects:
  - {path: away.return_to_city_count, add: amount, share: 0.25, lag: 1, evidence: "assumption: a quarter"}
  - {path: transfer.rural_to_city, times: {value: 1.1, dist: {lognormal: {sd: 0.1}}}, ramp: 2, evidence: a study}
"""
SCENARIO = "name: base\nregion: testshire\nplan: goals\nhorizon: 2035\n"


def write(folder: Path, files: dict[str, str]) -> Path:
    """Writes the library with `files` on top; the path of `main.yaml`."""
    shipped = {
        "regions/testshire/region.yaml": REGION,
        "regions/testshire/rates.yaml": RATES,
        "plans/goals.yaml": PLAN,
        "policies/jobs.yaml": POLICY,
        "main.yaml": SCENARIO,
    }
    for name, text in (shipped | files).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "main.yaml"
