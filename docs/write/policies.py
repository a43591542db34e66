"""The reference of policies and of the levers that the plans name, written from the library."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import click

from docs.write.lever_file import Fate, Group, LeverEntry, LeversFile
from docs.write.services import shipped as shipped_services
from sim.common.errors import InvalidInput
from sim.common.language import LANGUAGES, Language, Text
from sim.common.units import in_language
from sim.model.parameter import Parameter
from sim.model.registry import PARAMETERS
from sim.model.services.parameters import parameters_of
from sim.output.documents.markdown import table
from sim.scenario.library import Reading, scenarios
from sim.scenario.shapes.policy_file import Effect, EffectValue, PolicyFile
from sim.scenario.shapes.values import Dist, Quantity, Valued
from sim.scenario.shapes.words import text_if_any, text_of
from sim.scenario.yaml.yaml_core import load

FILES: Final[dict[Language, str]] = {"en": "policies.md", "zh": "policies.zh.md"}

GROUPS: Final[dict[Group, Text]] = {
    "hukou": Text("户籍", "Registration"),
    "jobs": Text("就业、技能与人才", "Jobs, skills and talents"),
    "homes": Text("住房与更新", "Homes and renewal"),
    "land": Text("资金、用地与审批", "Money, land and approvals"),
    "services": Text("公共服务与设施", "Services and facilities"),
    "villages": Text("乡村", "The countryside"),
    "places": Text("空间、搬迁与行政区划", "Places, relocation and boundaries"),
}
FATES: Final[dict[Fate, Text]] = {
    "policy": Text("政策", "policy"),
    "project": Text("项目", "project"),
    "standard": Text("服务标准", "standard of a service"),
    "built_in": Text("模型已含", "built into the model"),
    "same": Text("同", "the same as"),
    "none": Text("无从作用", "acts on nothing modelled"),
}
_HOW: Final = Text(
    "政策是数据:改变哪些参数、多少、何时、依据是什么。在情景的 `policies:` 下按 id 采用,可写 `from`、`to`、"
    "`intensity` 和 `amount`;规模按各区域常住人口分摊。`×` 与 `+` 相对情景已有的值;“±”后是对数标准差;"
    "标“假设”的没有来源。力度为 0 的政策不改变任何一位数字。\n\n"
    "**不重复计算。** 同一机制的政策不能同用,同用会报错。增加岗位的政策只增加岗位:由岗位余缺吸引人"
    "(`pull.jobs`),不再直接加人。增加住房、资金、用地的政策同样只改变存量,由模型推出后果。直接计人的"
    "只有实际迁来或搬迁的人(人才、返乡创业者本人、搬迁户)。直接乘以迁移率的,是模型没有存量的事物"
    "(户籍、村庄服务、学位未知处的学校、房价)。政策与项目库在同一区域、同一时期带来同样的岗位或住房也会报错,"
    "除非采用时写明 `apart_from_projects: true`:两者确实不同。",
    "A policy is data: which parameters it changes, by how much, when, and on what evidence. A scenario uses it by its "
    "id under `policies:`, with `from`, `to`, `intensity` and `amount`; an amount is shared out to regions by their "
    "residents. `×` and `+` act on the value that the scenario has; after “±” stands the sd of the logarithm; what "
    "says assumption has no source. A policy of intensity 0 changes no digit.\n\n"
    "**Nothing is counted twice.** Policies that share a mechanism cannot be used together: that is a fault. Policies "
    "that make jobs add jobs only: vacant jobs draw people (`pull.jobs`), and nobody is added directly. Those that add "
    "homes, money or land likewise change the stock, and the model says what follows. Persons are added directly only "
    "where known persons move (talents, returning entrepreneurs themselves, relocated families). Rates of moving are "
    "multiplied directly for what the model has no stock of (registration, village services, schools where places are "
    "not known, prices). A policy and a project that bring the same jobs or homes to a region in the same years are a "
    "fault too, unless the use says `apart_from_projects: true`: that they are others.",
)
_WRITTEN: Final = Text(
    "此页由 `python -m docs.write.policies` 从政策库写出。",
    "This page is written from the library by `python -m docs.write.policies`.",
)
_LEVERS: Final = Text(
    "各规划文件共有{n}项政策杠杆。每项的去向:政策、项目类型或服务标准;模型已含;与另一项相同;"
    "或不作用于模型中的任何量,并写明理由。",
    "The plan documents name {n} levers. Each is a policy, a kind of project or the standard of a service; or built "
    "into the model; or the same as another; or it acts on nothing that is modelled, for the reason given.",
)


def policies() -> tuple[PolicyFile, ...]:
    """The policies of the library by id; InvalidInput with every fault of their files."""
    reading = Reading()
    found = [reading.read(file, PolicyFile) for file in sorted((scenarios() / "policies").glob("*.yaml"))]
    if reading.faults:
        raise InvalidInput(reading.faults)
    return tuple(loaded.model for loaded in found if loaded is not None)


def levers() -> tuple[LeverEntry, ...]:
    """The levers that the plan documents name; InvalidInput with every fault of their file."""
    reading = Reading()
    found = reading.read(scenarios() / "levers.yaml", LeversFile)
    if found is None or reading.faults:
        raise InvalidInput(reading.faults)
    return found.model.levers


def uses() -> dict[str, tuple[str, ...]]:
    """The shipped scenarios in which each policy is used, as `folder/name`, by policy."""
    found: dict[str, tuple[str, ...]] = {}
    for file in sorted(scenarios().glob("*/*.yaml")):
        data = load(file).data
        named = data.get("policies") if isinstance(data, dict) else None
        for use in named if isinstance(named, list) else ():
            if isinstance(use, dict) and use.get("intensity", 1) != 0:
                name = str(use["use"])
                found[name] = (*found.get(name, ()), f"{file.parent.name}/{file.stem}")
    return found


def mechanisms(of: Iterable[PolicyFile]) -> dict[str, tuple[PolicyFile, ...]]:
    """Policies that cannot be used together, by their mechanism; those that are alone in theirs are left out."""
    shared: dict[str, tuple[PolicyFile, ...]] = {}
    for policy in of:
        if policy.mechanism is not None:
            shared[policy.mechanism] = (*shared.get(policy.mechanism, ()), policy)
    return {name: members for name, members in shared.items() if len(members) > 1}


def reference(of: Sequence[PolicyFile], named: Sequence[LeverEntry], language: Language) -> str:
    """The whole reference of policies and levers as Markdown in one language."""
    parameters = PARAMETERS | parameters_of(shipped_services())
    group = {lever.id: lever.group for lever in named}
    title = Text(f"政策库({len(of)}项)", f"Policies ({len(of)})")
    parts = [f"# {title.in_(language)}", _HOW.in_(language), _WRITTEN.in_(language)]
    for key, name in GROUPS.items():
        chosen = [policy for policy in of if policy.lever is not None and group[policy.lever] == key]
        if chosen:
            parts += [f"## {name.in_(language)}", _policy_table(chosen, parameters, language)]
    parts += [f"## {Text('不能同用的政策', 'Policies that exclude each other').in_(language)}"]
    parts += [_mechanism_table(of, language)]
    heading = Text("规划中的政策杠杆", "Levers of the plans").in_(language)
    about = Text(_LEVERS.zh.format(n=len(named)), _LEVERS.en.format(n=len(named)))
    parts += [f"## {heading}", about.in_(language), _lever_table(named, language)]
    return "\n\n".join(parts) + "\n"


def _policy_table(of: Iterable[PolicyFile], parameters: Mapping[str, Parameter], language: Language) -> str:
    head = Text("政策|杠杆与出处|作用|规模|依据|提醒", "policy|lever and document|effects|size|evidence|note")
    return table(head.in_(language).split("|"), (_policy_row(policy, parameters, language) for policy in of))


def _policy_row(policy: PolicyFile, parameters: Mapping[str, Parameter], language: Language) -> tuple[str, ...]:
    effects = (_effect(effect, parameters, language) for effect in policy.effects)
    evidence = dict.fromkeys(text_of(effect.evidence).in_(language) for effect in policy.effects)
    size = "" if policy.amount is None else _size(policy.amount, language)
    caution = "" if policy.caution is None else policy.caution.text.in_(language)
    who = Text(f"对象:{policy.who.text.zh}", f"for {policy.who.text.en}").in_(language)
    return (
        f"{policy.name.text.in_(language)}<br>`{policy.id}`",
        f"{policy.lever}<br>{policy.from_plan.text.in_(language)}",
        "<br>".join(effects),
        size or (Text("由情景给出", "the scenario says").in_(language) if _uses_amount(policy) else ""),
        "<br>".join(evidence),
        "<br>".join(part for part in (who, caution) if part),
    )


def _uses_amount(policy: PolicyFile) -> bool:
    return any("amount" in (effect.set_, effect.times, effect.add) for effect in policy.effects)


def _effect(effect: Effect, parameters: Mapping[str, Parameter], language: Language) -> str:
    name = parameters[effect.path].name.in_(language)
    sign, value = next(
        (sign, value)
        for sign, value in (("=", effect.set_), ("×", effect.times), ("+", effect.add))
        if value is not None
    )
    when = _when(effect)
    ending = f"{when.in_(language)}" if when is not None else ""
    return f"{name} `{effect.path}` {sign} {_value(value, effect, language)}{ending}"


def _value(value: EffectValue, effect: Effect, language: Language) -> str:
    if value == "amount":
        share = f" × {effect.share:g}" if effect.share != 1.0 else ""
        return f"{Text('规模', 'amount').in_(language)}{share}{_spread(effect.dist)}"
    if isinstance(value, Valued):
        unit = f" {in_language(value.unit, language)}" if value.unit else ""
        return f"{_number(value.value)}{unit}{_spread(value.dist)}"
    return _number(value)


def _number(value: float | dict[int, float] | str) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{year}: {one:g}" for year, one in value.items()) + "}"
    return value if isinstance(value, str) else f"{value:,.6g}"


def _spread(dist: Dist | None) -> str:
    return f" ± {dist.lognormal.sd:g}" if dist is not None and dist.lognormal is not None else ""


def _when(effect: Effect) -> Text | None:
    lag = Text(f"滞后{effect.lag}年", f"after {effect.lag} years" if effect.lag > 1 else "after a year")
    ramp = Text(f"{effect.ramp}年升满", f"over {effect.ramp} years")
    said = [text for text, years in ((lag, effect.lag), (ramp, effect.ramp)) if years]
    if not said:
        return None
    return Text(f"({','.join(text.zh for text in said)})", f" ({', '.join(text.en for text in said)})")


def _size(amount: Quantity, language: Language) -> str:
    if not isinstance(amount, Valued):
        return _number(amount)
    unit = in_language(amount.unit, language) if amount.unit else ""
    source = text_if_any(amount.source)
    backing = f"<br>{source.in_(language)}" if source is not None else ""
    return f"{_number(amount.value)} {unit}{backing}"


def _mechanism_table(of: Iterable[PolicyFile], language: Language) -> str:
    rows = (
        (f"`{name}`", Text("、", ", ").in_(language).join(f"`{policy.id}`" for policy in members))
        for name, members in mechanisms(of).items()
    )
    return table(Text("机制|只能用其一", "mechanism|use one of").in_(language).split("|"), rows)


def _lever_table(named: Iterable[LeverEntry], language: Language) -> str:
    used = uses()
    rows = (
        (
            lever.id,
            lever.name.text.in_(language),
            FATES[lever.fate].in_(language),
            ", ".join(lever.by if lever.fate == "same" else (f"`{one}`" for one in lever.by)),
            ", ".join(sorted({f"`{where}`" for policy in lever.by for where in used.get(policy, ())})),
            "" if lever.reason is None else lever.reason.text.in_(language),
        )
        for lever in named
    )
    head = Text("编号|杠杆|去向|由谁|所在情景|说明", "no.|lever|what became of it|by|acts in|note")
    return table(head.in_(language).split("|"), rows)


@click.command()
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), default=Path("docs"))
def main(output: Path) -> None:
    """Write the reference of policies in both languages into a folder."""
    library, named = policies(), levers()
    output.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        (output / FILES[language]).write_text(reference(library, named, language), encoding="utf-8")


if __name__ == "__main__":
    main()
