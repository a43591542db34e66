"""From a scenario file to settings: precedence, units, policies, and faults with the nearest name."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sim.scenario
from sim.common.errors import InvalidInput
from sim.common.language import Text
from sim.model.draws.distribution import Distribution
from sim.model.draws.setting import Given, Setting
from sim.model.draws.strength import applied
from sim.model.registry import PARAMETERS
from sim.scenario.resolved import ResolvedScenario
from tests.scenario.scenario_folder import PLAN, POLICY, RATES, SCENARIO, write

CITY = "away.return_to_city"
HEAD = "name: x\nregion: testshire\n"


def resolve(folder: Path, main: str, *overrides: str, **files: str) -> ResolvedScenario:
    named = {f"{name}.yaml": text for name, text in files.items()}
    return sim.scenario.scenario(write(folder, {"main.yaml": main, **named}), overrides)


def central(resolved: ResolvedScenario, path: str, year: int) -> float:
    chain = [setting for setting in resolved.settings["testshire"] if setting.path == path]
    return applied(PARAMETERS[path].default, chain, year)


def faults(folder: Path, main: str, *overrides: str, **files: str) -> str:
    with pytest.raises(InvalidInput) as raised:
        resolve(folder, main, *overrides, **files)
    return raised.value.message("en")


def test_order_is_rates_parents_own_set_policies_override(tmp_path: Path) -> None:
    resolved = resolve(
        tmp_path,
        "name: x\nextends: mid.yaml\npolicies: [{use: jobs, from: 2021}]\n"
        "set: {transfer.rural_to_city: {times: 3}, away.return_to_city: {times: 5}}\n",
        f"{CITY}.times=0.5",
        mid="name: mid\nextends: low.yaml\nset: {away.return_to_city: {times: 2}}\n",
        low=f"{HEAD}set: {{away.return_to_city: 0.03}}\n",
    )
    chain = [(s.path, s.change, s.values[0], s.key) for s in resolved.settings["testshire"]]
    assert chain == [
        (CITY, "set", 0.02, CITY),
        ("fertility.tfr", "set", 1.3, "fertility.tfr"),
        (CITY, "set", 0.03, CITY),
        (CITY, "times", 2.0, f"set/{CITY}/1"),
        ("transfer.rural_to_city", "times", 3.0, "set/transfer.rural_to_city/1"),
        (CITY, "times", 5.0, f"set/{CITY}/2"),
        ("away.return_to_city_count", "add", 250.0, "policy/jobs/amount"),
        ("transfer.rural_to_city", "times", 1.1, "policy/jobs/2"),
        (CITY, "times", 0.5, f"set/{CITY}/1"),
    ]
    assert central(resolved, CITY, 2030) == pytest.approx(0.15)


def test_of_several_parents_the_later_wins_and_a_shared_one_acts_once(tmp_path: Path) -> None:
    resolved = resolve(
        tmp_path,
        "name: x\nextends: [b.yaml, c.yaml]\n",
        b="name: b\nextends: root.yaml\ndraws: 10\nseed: 1\n",
        c="name: c\nextends: root.yaml\ndraws: 20\n",
        root=f"{HEAD}seed: 0\nset: {{fertility.tfr: {{times: 0.5}}}}\n",
    )
    assert (resolved.draws, resolved.seed) == (20, 1)
    assert central(resolved, "fertility.tfr", 2030) == pytest.approx(0.65)
    assert [path.name for path in resolved.inputs if path.parent == tmp_path] == [
        "main.yaml",
        "b.yaml",
        "root.yaml",
        "c.yaml",
    ]


def test_seed_zero_and_defaults(tmp_path: Path) -> None:
    resolved = resolve(tmp_path, HEAD + "seed: 0\n")
    assert (resolved.seed, resolved.horizon, resolved.test_year, resolved.draws) == (0, 2035, 2025, 1000)
    assert resolved.regions[0].code == "990101"


def test_region_by_code_and_unit_conversion_of_targets(tmp_path: Path) -> None:
    resolved = resolve(tmp_path, 'name: x\nregion: "990101"\nplan: goals\n')
    assert resolved.plan is not None
    seat, beds, air = resolved.plan.targets
    assert (seat.value, seat.unit, seat.written_value, seat.written_unit) == (250_000.0, "person", 25.0, "万人")
    assert beds.value == pytest.approx(0.0075)
    assert (beds.unit, beds.driver) == ("bed/person", "resident")
    assert air.reason is not None
    assert air.place.line == 12


def test_a_value_and_its_spread_are_converted_alike(tmp_path: Path) -> None:
    text = HEAD + (
        "set:\n  outside.arrive_city: {value: 0.2, unit: 万人/年, source: s, note: n, dist: {normal: {sd: 0.05}}}\n"
        "  outside.arrive_town: {value: 1, unit: 万人/年, dist: {triangular: {low: 0.5, high: 2}}}\n"
    )
    city, town = resolve(tmp_path, text).settings["testshire"][-2:]
    assert (city.values, city.dist) == ((2000.0,), Distribution("normal", sd=500.0))
    assert town.dist == Distribution("triangular", low=5000.0, high=20000.0)
    assert (city.origin.source, city.origin.note, city.origin.written_value, city.origin.written_unit) == (
        Text("s", "s"), Text("n", "n"), "0.2", "万人/年",
    )  # fmt: skip
    assert str(city.origin.place).endswith("main.yaml:4:3")


def test_source_and_note_are_said_once_or_in_both_languages(tmp_path: Path) -> None:
    text = HEAD + (
        "set:\n  fertility.tfr: {value: 1.2, source: {zh: 调查, en: survey}, note: {zh: 注, en: remark}}\n"
        "  away.return_to_city: {times: 1.2, source: assumption, note: 只有一种}\n"
        "policies: [{use: jobs, from: 2022, amount: {value: 10, source: {zh: 年报, en: yearbook}, note: n}}]\n"
    )
    tfr, back, jobs, _ = (setting.origin for setting in resolve(tmp_path, text).settings["testshire"][-4:])
    assert (tfr.source, tfr.note) == (Text("调查", "survey"), Text("注", "remark"))
    assert (back.source, back.note) == (Text("假设", "assumption"), Text("只有一种", "只有一种"))
    assert jobs.source == Text("年报;assumption: a quarter", "yearbook; assumption: a quarter")
    assert jobs.note == Text("jobs:n", "jobs: n")


def test_targets_are_said_once_or_in_both_languages(tmp_path: Path) -> None:
    goals = PLAN.replace("source: table}", "source: {zh: 表, en: table}}", 1)
    goals = goals.replace("2022 draft", "{zh: 草案, en: draft}")
    plan = resolve(tmp_path, SCENARIO, **{"plans/goals": goals}).plan
    assert plan is not None
    assert [target.source for target in plan.targets[:2]] == [Text("表", "table"), Text("table", "table")]
    assert plan.date == Text("草案", "draft")


def test_a_dated_path_is_sorted_and_linear(tmp_path: Path) -> None:
    resolved = resolve(tmp_path, HEAD + "set: {fertility.tfr: {2030: 1.0, 2020: 1.2}}\n")
    assert [central(resolved, "fertility.tfr", year) for year in (2019, 2020, 2025, 2030, 2035)] == [
        1.2,
        1.2,
        1.1,
        1.0,
        1.0,
    ]


@settings(deadline=None)
@given(st.floats(0.0, 4.0), st.integers(2021, 2034))
def test_intensity_zero_changes_no_digit(value: float, year: int) -> None:
    base = Setting(
        path=CITY,
        change="set",
        years=(0,),
        values=(0.0123456789,),
        source=Given("scenario"),
        origin=None,  # type: ignore[arg-type]
    )
    for change in ("set", "times", "add"):
        off = Setting(
            path=CITY,
            change=change,
            years=(0,),
            values=(value,),
            start=2021,
            ramp=3,
            intensity=0.0,
            source=Given("scenario", 1),
            origin=None,  # type: ignore[arg-type]
        )
        assert applied(0.5, [base, off], year) == 0.0123456789


def test_a_policy_at_intensity_zero_is_as_good_as_none(tmp_path: Path) -> None:
    without = resolve(tmp_path, HEAD)
    off = resolve(tmp_path, HEAD + "policies: [{use: jobs, from: 2021, intensity: 0}]\n")
    half = resolve(tmp_path, HEAD + "policies: [{use: jobs, from: 2021}]\n", "policies.jobs.intensity=0.5")
    for path in PARAMETERS:
        assert [central(off, path, year) for year in range(2021, 2036)] == [
            central(without, path, year) for year in range(2021, 2036)
        ]
    assert central(half, "away.return_to_city_count", 2025) == 125.0
    assert central(half, "away.return_to_city_count", 2021) == 0.0


def test_an_amount_is_shared_out_in_the_unit_it_is_given_in(tmp_path: Path) -> None:
    amount = "{value: 0.4, unit: 万人/年, dist: {uniform: {low: 0.2, high: 0.8}}}"
    use = f"policies: [{{use: jobs, from: 2021, amount: {amount}}}]\n"
    setting = next(s for s in resolve(tmp_path, HEAD + use).settings["testshire"] if s.path.endswith("_count"))
    assert setting.values == (1000.0,)
    assert setting.dist == Distribution("uniform", low=500.0, high=2000.0)
    assert (setting.start, setting.lag, setting.intensity) == (2021, 1, 1.0)
    assert setting.origin.source == Text("assumption: a quarter", "assumption: a quarter")
    assert setting.origin.place.line == 3


def test_a_later_use_replaces_an_earlier_one(tmp_path: Path) -> None:
    resolved = resolve(
        tmp_path,
        "name: x\nextends: p.yaml\npolicies: [{use: jobs, from: 2030, intensity: 0.25}]\n",
        p=HEAD + "policies: [{use: jobs, from: 2021}]\n",
    )
    assert [(policy.id, policy.start, policy.intensity) for policy in resolved.policies] == [("jobs", 2030, 0.25)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("region: testshir\n", "main.yaml:2:9: region: no region is called testshir; did you mean testshire?"),
        ("region: testshire\nplan: goal\n", "main.yaml:3:7: plan: no plan is called goal; did you mean goals?"),
        ("region: testshire\npolicies: [{use: job}]\n", "policies[0].use: no policy is called job; did you mean jobs?"),
        ("region: testshire\nset: {away.return_to_cit: 1}\n", "did you mean away.return_to_city?"),
        ("region: testshire\nhorizn: 2030\n", "main.yaml:3:1: horizn: unknown key"),
        ("region: testshire\nhorizn: 2030\n", "did you mean horizon?"),
        ("region: testshire\nset: {fertility.tfr: {tims: 2}}\n", "tims: unknown key"),
        ("region: testshire\nset: {fertility.tfr: {value: 1, unit: 万人}}\n", "unit 万人 does not fit"),
        ("region: testshire\nset: {outside.arrive_city: {value: 1, unit: 万人/月}}\n", "did you mean 万人/年?"),
        ("region: testshire\nset: {fertility.tfr: 30}\n", "30 is outside the allowed 0.3…8 [children/woman]"),
        ("region: testshire\nset: {fertility.tfr: {value: 1, dist: {normal: {sd: 1}, certain: {}}}}\n", "exactly one"),
        ("region: testshire\nset: {fertility.tfr: {value: 1, dist: {uniform: {low: 2, high: 3}}}}\n", "between low"),
        (
            "region: testshire\nset: {fertility.tfr: {value: {2020: 1, 2030: 2}, dist: {uniform: {low: 1, high: 3}}}}",
            "path over years",
        ),
        ("region: testshire\nset: {away.return_to_city: {times: 2, lag: 2}}\n", "need a from"),
        ("region: testshire\nset: {away.return_to_city: {times: 2, add: 1}}\n", "exactly one of set, times, add"),
        ("region: testshire\nset: {away.return_to_city: {times: 40}}\n", "after all changes it is 0.8 in 2021"),
        ("region: testshire\nset: {noise.transfer.memory: {times: 2}}\n", "one number for the whole run"),
        ("region: testshire\nset: {noise.transfer.memory: {2020: 0.5}}\n", "without years or dist"),
        ("region: testshire\nhorizon: 2020\n", "2020 must be in 2021…2070"),
        ("region: testshire\nhorizon: 2071\n", "2071 must be in 2021…2070"),
        ("region: testshire\nhorizon: 2024\ntest_year: 2025\n", "2025 must be in 2021…2024"),
        ("region: testshire\npolicies: [{use: jobs}, {use: jobs}]\n", "jobs is used already"),
        ("region: testshire\npolicies: [{use: jobs, from: 2030, to: 2025}]\n", "years reversed"),
        ("region: [testshire, testshire]\n", "given twice"),
        ("plan: goals\n", "region: is missing"),
        ("set: {fertility.tfr: {value: 1, source: {zh: ''}}}\n", "set.fertility.tfr.source: must not be empty"),
        ("title: ''\n", "title: must not be empty"),
        ("title: {zh: 5}\n", "title.zh: expected text"),
        ("set: {fertility.tfr: {value: 1, source: {zh: 调查, eng: x}}}\n", "eng: unknown key; allowed: zh, en"),
        ("set: {fertility.tfr: {times: 1, note: 5}}\n", "set.fertility.tfr.note: expected text"),
        ("set: {fertility.tfr: {times: 1, note: ''}}\n", "set.fertility.tfr.note: must not be empty"),
        ("extends: mian.yaml\n", "no such parent scenario: mian.yaml; did you mean main.yaml?"),
    ],
)  # fmt: skip
def test_faults_name_place_problem_and_nearest(text: str, said: str, tmp_path: Path) -> None:
    assert said in faults(tmp_path, "name: x\n" + text)


def test_all_faults_of_all_files_come_together(tmp_path: Path) -> None:
    message = faults(
        tmp_path,
        "name: x\nextends: p.yaml\nbogus: 1\nregion: testshire\nplan: goals\npolicies: [{use: jobz}]\n",
        "draws=-1",
        "fertility.tfrr=1",
        "nonsense",
        p="name: p\nset: {fertility.tfr: 99, typo: 1}\n",
        **{"plans/goals": "id: goals\nregion: testshire\n"},
    )
    for part in (
        "bogus",
        "jobz",
        "draws: must be ≥ 1",
        "fertility.tfrr",
        "nonsense",
        "p.yaml:2:22",
        "typo",
        "targets: is missing",
    ):
        assert part in message, part


def test_a_circle_is_named(tmp_path: Path) -> None:
    message = faults(
        tmp_path, "name: x\nextends: a.yaml\n", a="name: a\nextends: b.yaml\n", b="name: b\nextends: a.yaml\n"
    )
    assert "b.yaml:2:10: extends: scenarios extend each other in a circle: a.yaml → b.yaml → a.yaml" in message


def test_policies_of_one_mechanism_exclude_each_other(tmp_path: Path) -> None:
    twin = (tmp_path / "policies" / "twin.yaml", "policies: [{use: jobs}, {use: twin}]\n")
    write(tmp_path, {})
    twin[0].write_text(
        (tmp_path / "policies" / "jobs.yaml").read_text("utf-8").replace("id: jobs", "id: twin"), "utf-8"
    )
    assert "twin shares" not in faults(tmp_path, HEAD + twin[1])
    assert "shares the mechanism work with jobs" in faults(tmp_path, HEAD + twin[1])
    assert resolve(tmp_path, HEAD + "policies: [{use: jobs, intensity: 0}, {use: twin}]\n").policies[1].id == "twin"


@pytest.mark.parametrize(
    "evidence", ["assumption", "{zh: 假设, en: 'assumption: why'}", "{zh: 假设:缘由, en: assumption}"]
)
def test_an_assumption_of_a_policy_says_why(evidence: str, tmp_path: Path) -> None:
    jobs = POLICY.replace("evidence: a study", f"evidence: {evidence}")
    assert jobs != POLICY
    message = faults(tmp_path, HEAD + "policies: [{use: jobs}]\n", **{"policies/jobs": jobs})
    assert "after assumption, give the reason" in message


@pytest.mark.parametrize(
    ("override", "said"),
    [
        ("drws=1", "--set: drws: no key or parameter is called drws; did you mean draws?"),
        ("draws=many", "--set: draws: expected an integer, got 'many'"),
        ("draws", "expected key=value"),
        ("fertility.tfr=[", "not valid YAML"),
        ("fertility.tfr=!!python/name:os.system x", "tags are not allowed"),
        ("policies.jbs.intensity=1", "did you mean jobs?"),
        ("policies.jobs.intensty=1", "did you mean intensity?"),
        ("policies.jobs.intensity=-1", "policies.jobs.intensity: must be ≥ 0"),
        ("name=y", "no key or parameter is called name"),
    ],
)
def test_faults_of_overrides(override: str, said: str, tmp_path: Path) -> None:
    assert said in faults(tmp_path, HEAD + "policies: [{use: jobs}]\n", override)


def test_overrides_win(tmp_path: Path) -> None:
    resolved = resolve(
        tmp_path, HEAD + "horizon: 2030\n", "horizon=2040", "fertility.tfr={value: 0.9, unit: 孩/妇女}", "plan=goals"
    )
    assert (resolved.horizon, resolved.plan is not None) == (2040, True)
    assert central(resolved, "fertility.tfr", 2030) == 0.9
    assert str(resolved.settings["testshire"][-1].origin.place) == "--set"


@pytest.mark.parametrize(
    ("matrix", "said"),
    [
        ("[[1, 0.5], [0.5, 1]]", None),
        ("[[1, 0.5]]", "must be 2×2"),
        ("[[1, 0.5], [0.4, 1]]", "symmetric"),
        ("[[1, 1.5], [1.5, 1]]", "positive definite"),
        ("[[2, 0.5], [0.5, 1]]", "diagonal"),
    ],
)
def test_correlations_are_correlations(matrix: str, said: str | None, tmp_path: Path) -> None:
    rates = RATES + f"correlation: {{paths: [fertility.tfr, away.return_to_city], matrix: {matrix}}}\n"
    files = {"regions/testshire/rates": rates}
    if said is None:
        assert resolve(tmp_path, HEAD, **files).regions[0].correlation[0] == (1.0, 0.5)
    else:
        assert said in faults(tmp_path, HEAD, **files)


def test_explain_says_value_place_source_and_chain(tmp_path: Path) -> None:
    resolved = resolve(
        tmp_path, HEAD + "set: {away.return_to_city: {times: 1.5, from: 2022, ramp: 2, source: a guess}}\n"
    )
    (told,) = sim.scenario.explain(resolved, CITY)
    assert list(told.values[:4]) == pytest.approx([0.02, 0.025, 0.03, 0.03])
    assert told.place.file.endswith("rates.yaml")
    assert (told.source, told.place.line, len(told.chain)) == (told.chain[0].origin.source, 3, 2), "the rate's own"
    assert [(one.origin.source, one.origin.place.line) for one in told.changes] == [(Text("a guess", "a guess"), 3)]
    everything = sim.scenario.explain(resolved)
    assert {one.path for one in everything} == set(resolved.parameters)
    default = next(one for one in everything if one.path == "mortality.level")
    assert (default.values, str(default.place), default.chain) == ((1.0,), "townward", ())
    assert default.source == PARAMETERS["mortality.level"].evidence
    assert "service.hospital_beds.standard" in resolved.parameters
    with pytest.raises(InvalidInput, match=r"did you mean away\.return_to_city\?"):
        sim.scenario.explain(resolved, "away.return_to_cty")
