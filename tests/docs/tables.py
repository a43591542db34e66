"""Tables of the model page, made from the code that they describe."""

import re
from collections.abc import Callable, Iterable, Sequence

from sim.evidence.calibrate.free_parameters import FREE_PARAMETERS
from sim.model.axes import REGISTRATIONS, ZONES
from sim.model.parameter import Parameter
from sim.model.people.changes import CHANGES
from sim.model.people.flows import ANY_REGISTRATION, ELSEWHERE, FLOWS, PROFILES
from sim.model.people.sites import SITES
from sim.model.registry import PARAMETERS
from sim.run.reaching import WORDS

_MARKED = re.compile(r"(?P<open><!-- table: (?P<name>\w+) -->\n)(?P<body>.*?)(?P<close><!-- end -->)", re.DOTALL)


def flows() -> str:
    """The table of flows."""
    rows = (
        (
            f"`{flow.path}`",
            f"{ZONES[flow.source]} → {'elsewhere' if flow.destination == ELSEWHERE else ZONES[flow.destination]}",
            "any"
            if flow.registration == ANY_REGISTRATION
            else ", ".join(REGISTRATIONS[registration] for registration in flow.registration),
            flow.profile,
            f"{PARAMETERS[flow.path].default:g}",
            f"{PARAMETERS[flow.path].spread:g}",
        )
        for flow in FLOWS
    )
    return _table(("flow", "from → to", "hukou", "profile", "default [1/year]", "sd of log"), rows)


def changes() -> str:
    """Changes of status."""
    rows = (
        (f"`{of.path}`", of.name.en, f"{of.default:g}", f"{of.spread:g}", of.evidence.en)
        for of in (PARAMETERS[change.path] for change in CHANGES if not change.follows)
    )
    return _table(("change", "what", "default [1/year]", "sd of log", "evidence"), rows)


def profiles() -> str:
    """Shape parameters of the age profiles."""
    whats = ("peak", "width", "family", "male_ratio")
    rows = ((key, *(f"{PARAMETERS[f'profile.{key}.{what}'].default:g}" for what in whats)) for key in PROFILES)
    return _table(("profile", "peak μ [age]", "width 1/α₂ [years]", "family f", "male ratio r"), rows)


def vital() -> str:
    """Parameters of deaths, births and households."""
    prefixes = ("mortality.", "fertility.", "household.")
    return _parameters(p for path, p in PARAMETERS.items() if path.startswith(prefixes))


def noise() -> str:
    """Yearly noise."""
    rows = (
        (
            site.name,
            ", ".join(f"`{prefix}…`" for prefix in site.prefixes),
            f"{PARAMETERS[f'noise.{site.name}.deviation'].default:g}",
            f"{PARAMETERS[f'noise.{site.name}.memory'].default:g}",
        )
        for site in SITES
    )
    return _table(("site", "parameters", "deviation σ of the log", "memory ρ"), rows)


_ACTS = {"times": "× exp(θ)", "shift": "+ θ", "split": "logit of its share of moves to town + θ"}


def parameters() -> str:
    """Free parameters of the fit."""
    rows = (
        (
            free.words.en,
            _ACTS[free.kind],
            ", ".join(f"`{path}`" for path in free.paths),
            f"{free.deviation:g}",
            f"{free.drift:g}" if free.drift else "–",
        )
        for free in FREE_PARAMETERS
    )
    return _table(("parameter", "acts", "on", "prior sd of θ", "drift"), rows)


def words() -> str:
    """Words of the verdicts."""
    return _table(("probability at least", "word"), ((f"{floor:g}", word) for floor, word in WORDS))


TABLES: dict[str, Callable[[], str]] = {
    function.__name__: function for function in (flows, changes, profiles, vital, noise, parameters, words)
}


def filled(text: str) -> str:
    """A page with every marked table as the code has it now."""
    return _MARKED.sub(lambda found: found["open"] + TABLES[found["name"]]() + found["close"], text)


def named(text: str) -> set[str]:
    """Names of the tables that a page marks."""
    return {found["name"] for found in _MARKED.finditer(text)}


def _parameters(parameters: Iterable[Parameter]) -> str:
    rows = (
        (f"`{p.path}`", p.unit, f"{p.default:g}", f"{p.spread:g}" if p.spread else "–", p.evidence.en)
        for p in parameters
    )
    return _table(("parameter", "unit", "default", "sd of log", "evidence"), rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)
