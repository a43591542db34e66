"""From policies put to use to settings: amounts shared out, dates and intensity laid over the effects."""

from collections.abc import Sequence
from pathlib import Path as File
from typing import Final, NamedTuple

from sim.common.language import Text, same
from sim.common.units import factor
from sim.model.draws.distribution import Distribution
from sim.model.draws.setting import ChangeKind, OfPolicy, Origin, Setting
from sim.model.parameter import Parameter
from sim.scenario.by_name import close
from sim.scenario.library import Loaded, Reading, find
from sim.scenario.names import named
from sim.scenario.quantities import Number, Spot, Written, as_written, distribution, number, scaled
from sim.scenario.resolved import PolicyRef
from sim.scenario.settings import allowed, converted, is_fixed, one_of, parameter_at
from sim.scenario.shapes.policy_file import Effect, PolicyFile
from sim.scenario.shapes.scenario_file import PolicyUse
from sim.scenario.shapes.values import Valued
from sim.scenario.shapes.words import ASSUMPTION, text_of
from sim.scenario.texts import tr
from sim.scenario.yaml.document import Document, Path

SET: Final = "--set"
EVERY: Final = "all"
"""What stands for every policy that a scenario uses, so that none is called so."""


class Use(NamedTuple):
    """A policy put to use: what was asked, the scenario file that asked, and the place in it.

    told: what `--set` said of it since.
    """

    asked: PolicyUse
    scenario: File
    document: Document
    path: Path
    told: tuple[str, ...] = ()

    @property
    def at(self) -> tuple[Document, Path]:
        """Where what is asked was said last: in the file, or by `--set`."""
        return (Document(SET, None), ("policies", self.asked.use)) if self.told else (self.document, self.path)


class Policy(NamedTuple):
    """A use with its policy file read."""

    use: Use
    file: Loaded[PolicyFile]


def of_file(scenario: File, document: Document, asked: Sequence[PolicyUse], reading: Reading) -> list[Use]:
    """The uses of one scenario file; using a policy twice in a file is a fault."""
    uses: dict[str, Use] = {}
    for index, said in enumerate(asked):
        file = find(scenario, "policies", said.use)
        one = said if file is None or file.stem == said.use else said.model_copy(update={"use": file.stem})
        use = Use(one, scenario, document, ("policies", index))
        if one.use in uses:
            problem = tr("policy {use} is used already", use=one.use)
            reading.faults.append(document.fault((*use.path, "use"), problem))
        uses.setdefault(one.use, use)
    return list(uses.values())


def opened(uses: Sequence[Use], reading: Reading) -> list[Policy]:
    """The policies with their files read and exclusive mechanisms checked; what is wrong is left out and reported."""
    policies = []
    for use in uses:
        path = find(use.scenario, "policies", use.asked.use)
        if path is None:
            problem = tr("no policy is called {use}", use=use.asked.use)
            like = close(use.asked.use, named(use.scenario, "policies"))
            reading.faults.append(use.document.fault((*use.path, "use"), problem, like))
            continue
        file = reading.read(path, PolicyFile)
        if file is not None:
            _check_id(file, reading)
            policies.append(Policy(use, file))
    _check_mechanisms(policies, reading)
    for policy in policies:
        _check_amount(policy, reading)
    return policies


def settings(policies: Sequence[Policy], reading: Reading) -> list[Setting]:
    """The settings of all effects of the policies, in their order."""
    return [
        setting
        for policy in policies
        for index, effect in enumerate(policy.file.model.effects)
        if (setting := _setting(policy, effect, index, reading)) is not None
    ]


def reference(policy: Policy) -> PolicyRef:
    """What a report says of a policy in use."""
    model, asked = policy.file.model, policy.use.asked
    return PolicyRef(
        id=model.id,
        name=model.name.text,
        from_plan=model.from_plan.text,
        lever=model.lever,
        start=asked.from_,
        end=asked.to,
        intensity=asked.intensity,
        amount=_size(model, asked.amount),
        sized=_backing(policy),
    )


def _size(model: PolicyFile, asked: Written | None) -> str | None:
    """The amount as it is written, in the unit of the use or of the policy's own file."""
    amount = model.amount if asked is None else asked
    if amount is None:
        return None
    own = model.amount.unit if isinstance(model.amount, Valued) else None
    unit = amount.unit if isinstance(amount, Valued) and amount.unit is not None else own
    return f"{as_written(amount.value if isinstance(amount, Valued) else amount)} {unit or ''}".rstrip()


def _backing(policy: Policy) -> Text | None:
    """What backs the amount of a policy: nothing is an assumption; None where it takes no amount."""
    amount = policy.use.asked.amount if policy.use.asked.amount is not None else policy.file.model.amount
    if amount is None or not _takes_amount(policy.file.model):
        return None
    source = amount.source if isinstance(amount, Valued) else None
    return ASSUMPTION if source is None else text_of(source)


def _check_id(file: Loaded[PolicyFile], reading: Reading) -> None:
    if file.model.id != file.file.stem:
        problem = tr("the id must be the file's name, {stem}", stem=file.file.stem)
        reading.faults.append(file.document.fault(("id",), problem))
    if file.model.id == EVERY:
        problem = tr("no policy is called {id}: it stands for every policy of a scenario", id=EVERY)
        reading.faults.append(file.document.fault(("id",), problem))


def _check_amount(policy: Policy, reading: Reading) -> None:
    if policy.use.asked.amount is None or _takes_amount(policy.file.model):
        return
    problem = tr("policy {id} has no use for an amount", id=policy.file.model.id)
    document, path = policy.use.at
    reading.faults.append(document.fault((*path, "amount"), problem))


def _takes_amount(model: PolicyFile) -> bool:
    return any("amount" in (effect.set_, effect.times, effect.add) for effect in model.effects)


def _check_mechanisms(policies: Sequence[Policy], reading: Reading) -> None:
    first: dict[str, str] = {}
    for policy in policies:
        mechanism = policy.file.model.mechanism
        if mechanism is None or policy.use.asked.intensity == 0.0:
            continue
        if mechanism in first:
            problem = tr(
                "shares the mechanism {mechanism} with {first}: using both would count it twice",
                mechanism=mechanism,
                first=first[mechanism],
            )
            reading.faults.append(policy.use.document.fault((*policy.use.path, "use"), problem))
        first.setdefault(mechanism, policy.file.model.id)


def _setting(policy: Policy, effect: Effect, index: int, reading: Reading) -> Setting | None:
    spot = Spot(policy.file.document, ("effects", index), reading.faults, reading.parameters)
    parameter = parameter_at(effect.path, spot._replace(path=(*spot.path, "path")))
    if parameter is None:
        return None
    if is_fixed(parameter.path):
        spot.report(tr("a policy cannot change a parameter that is fixed for the run"))
        return None
    change, written = one_of(effect.set_, effect.times, effect.add)
    here = Spot(spot.document, (*spot.path, change), spot.faults)
    if isinstance(written, str):
        made = _from_amount(policy, parameter, effect, change, here)
    else:
        made = converted(parameter, change, written, here)
    if made is None:
        return None
    asked = policy.use.asked
    return Setting(
        path=parameter.path,
        change=change,
        years=made.years,
        values=made.values,
        dist=made.dist,
        start=asked.from_,
        end=asked.to,
        lag=effect.lag,
        ramp=effect.ramp,
        intensity=asked.intensity,
        source=_source(policy, index, made, parameter),
        origin=_origin(policy, effect, made),
    )


def _source(policy: Policy, index: int, made: Number, parameter: Parameter) -> OfPolicy:
    model = policy.file.model
    effect = model.effects[index]
    change, written = one_of(effect.set_, effect.times, effect.add)
    if not isinstance(written, str):
        return OfPolicy(model.id, index + 1)
    unit = "ratio" if change == "times" else parameter.unit
    return OfPolicy(model.id, index + 1, (factor(made.written_unit, unit), effect.share), effect.dist is None)


def _origin(policy: Policy, effect: Effect, made: Number) -> Origin:
    document, path = policy.use.at
    place = document.place((*path, "use"))
    name, evidence = policy.file.model.id, text_of(effect.evidence)
    note = tr("{name}: {note}", name=name, note=made.note) if made.note else same(name)
    source = tr("{source}; {evidence}", source=made.source, evidence=evidence) if made.source else evidence
    if policy.use.told:
        source = tr("{source}; {evidence}", source=same(" ".join((SET, *policy.use.told))), evidence=source)
    return Origin(place, source, note, made.written_value, made.written_unit)


def _from_amount(policy: Policy, parameter: Parameter, effect: Effect, change: ChangeKind, spot: Spot) -> Number | None:
    chosen = _amount_of(policy, spot)
    if chosen is None:
        return None
    written, where = chosen
    unit = "ratio" if change == "times" else parameter.unit
    made = number(written, unit, where)
    if made is None:
        return None
    made = scaled(made, effect.share)
    if effect.dist is not None:
        combined = _combined(made.dist, distribution(effect.dist, 1.0), spot)
        made = made._replace(dist=combined)
    return made if allowed(parameter, change, made, where) else None


def _amount_of(policy: Policy, spot: Spot) -> tuple[Written, Spot] | None:
    asked = policy.use.asked.amount
    if asked is not None:
        document, path = policy.use.at
        return asked, Spot(document, (*path, "amount"), spot.faults)
    default = policy.file.model.amount
    if default is not None:
        return default, Spot(policy.file.document, ("amount",), spot.faults)
    problem = tr("this policy needs an amount")
    spot.faults.append(policy.use.document.fault(policy.use.path, problem))
    return None


def _combined(amount: Distribution | None, passing: Distribution, spot: Spot) -> Distribution:
    """Uncertainty of an amount and of what becomes of it; logarithms add, so their variances do."""
    if amount is None or amount.kind == "certain":
        return passing
    if passing.kind == "certain":
        return amount
    if amount.kind == passing.kind == "lognormal":
        return Distribution("lognormal", sd=(amount.sd**2 + passing.sd**2) ** 0.5)
    spot.report(tr("where amount and effect both have a dist, both must be lognormal"))
    return passing
