"""The page on how well each region was fitted, written from the residuals that its calibration left.

`python -m docs.write.calibration [--regions calibration/regions] [--output docs/calibration.md]`.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click

from docs.write.calibration_trust import posterior_section, proof_section, told_section
from sim.common.errors import fault
from sim.common.language import Text
from sim.common.paths import library
from sim.common.region_kind import kind_of
from sim.evidence.calibrate.free_parameters import FREE_PARAMETERS
from sim.output.documents.markdown import table
from sim.places.census.row import AGE_GROUPS, AGE_STARTS

BADLY: Final = 10.0
"""Error from which a figure is listed as badly fitted [%]: twice the error that the fit allows an age group."""

YOUNG_AIM: Final = 10.0
"""Error of the age groups from 15 to 29 that is aimed at in districts, on average [%]."""
_YOUNG: Final = (" 15", " 20", " 25")

STRAINED: Final = 2.0
"""Prior deviations from the national default at which a parameter is named as far from the nation [1]."""

UNMOVED: Final = 0.9
"""Share of its prior deviation above which a parameter's posterior says that the censuses hardly speak of it [1]."""

_WORDS: Final = {parameter.name: parameter.words for parameter in FREE_PARAMETERS}
_AGE_HEAD: Final = ("age", "men, census", "fitted", "error", "women, census", "fitted", "error")
_HEAD: Final = """\
# How well the rates are fitted · 速率拟合得如何

Written by `make docs` from `calibration/regions/*.json`. The method is in [model.md](model.md#the-fit). A run from the
first census with the parameters below gives the column *fitted*; *error* is fitted over census, less 1. Nothing is left
out.

*Factor* is what the parameter multiplies the national default by (years for a shift); *prior* and *posterior* are
standard deviations of its logarithm (of years for a shift); *drift* is how much more the years after the second census
may differ.
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the second census [persons], what the fit gives, and the error [%]."""

    name: str
    census: float
    fitted: float
    error: float


@dataclass(frozen=True, slots=True)
class Fitted:
    """A fitted number: its kind (times, shift), and value, posterior, prior and drift as the fit has them."""

    name: str
    kind: str
    value: float
    posterior: float
    prior: float
    drift: float


@dataclass(frozen=True, slots=True)
class Residuals:
    """What the calibration of a region left: its censuses, parameters and figures.

    told, posterior: records of what the censuses tell and of the check of the posterior, empty where there is none.
    """

    code: str
    name: str
    censuses: tuple[int, ...]
    parameters: tuple[Fitted, ...]
    figures: tuple[Figure, ...]
    headship_trend: float
    at_bounds: tuple[str, ...]
    told: Mapping[str, Any]
    posterior: Mapping[str, Any]


def read(path: Path) -> Residuals:
    """The residuals of a region. Raises InvalidInput where the file is not one of a calibration."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return Residuals(
            code=str(content["region"]["code"]),
            name=str(content["region"]["name"]),
            censuses=tuple(int(year) for year in content["censuses"]),
            parameters=tuple(
                Fitted(
                    str(k["name"]),
                    str(k["kind"]),
                    float(k["value"]),
                    float(k["posterior_deviation"]),
                    float(k["prior_deviation"]),
                    float(k["drift"]),
                )
                for k in content["parameters"]
            ),
            figures=tuple(
                Figure(str(f["name"]), float(f["census"]), float(f["fitted"]), float(f["error_percent"]))
                for f in content["figures"]
            ),
            headship_trend=float(content["headship_trend_per_year"]),
            at_bounds=tuple(content.get("at_bounds", ())),
            told=content.get("identifiability", {}),
            posterior=content.get("posterior", {}),
        )
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise fault(str(path), "", Text(f"不是校准残差:{problem}", f"not the residuals of a fit: {problem}")) from None


def read_proof(path: Path) -> Mapping[str, Any] | None:
    """The record of the larger proof; None where it was not made. Raises InvalidInput where the file is no record."""
    if not path.is_file():
        return None
    try:
        content: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise fault(str(path), "", Text(f"不是检验记录:{problem}", f"not the record of a proof: {problem}")) from None
    return content


def page(regions: Sequence[Residuals], proof: Mapping[str, Any] | None = None) -> str:
    """The whole page as Markdown: all regions in tables, then a section each, by code. proof: its record, if any."""
    ordered = sorted(regions, key=lambda region: region.code)
    head = (
        "region",
        "age groups off by, mean",
        "worst figure",
        "residents",
        "urban residents",
        "parameters far from the nation",
        "parameters at a bound",
    )
    overview = ["## All regions\n", table(head, [_overview(region) for region in ordered], numbers=True), ""]
    names = [f"{region.name} ({region.code})" for region in ordered]
    overview += [
        _young_of_districts(ordered),
        told_section([(name, region.told) for name, region in zip(names, ordered, strict=True)]),
        posterior_section([(name, region.posterior) for name, region in zip(names, ordered, strict=True)]),
        proof_section(proof),
    ]
    return "\n".join([_HEAD, *overview, *(_section(region) for region in ordered)])


def _overview(of: Residuals) -> tuple[str, ...]:
    errors = {figure.name: f"{_signed(figure.error)}%" for figure in of.figures}
    worst = max(of.figures, key=lambda figure: abs(figure.error), default=None)
    return (
        f"{of.name} ({of.code})",
        f"{_mean_error(of):.1f}%",
        f"{_said(worst.name)} {errors[worst.name]}" if worst else "–",
        errors.get("resident", "–"),
        errors.get("urban", "–"),
        ", ".join(_name(parameter) for parameter in of.parameters if _is_far(parameter)) or "–",
        ", ".join(f"`{path}`" for path in of.at_bounds) or "–",
    )


def _mean_error(of: Residuals) -> float:
    ages = [abs(figure.error) for figure in of.figures if _is_age(figure)]
    return sum(ages) / len(ages) if ages else 0.0


def _young_of_districts(regions: Sequence[Residuals]) -> str:
    """The ages at which people of districts come and go, and what was aimed at there."""
    errors = {
        region.name: [abs(one.error) for one in region.figures if one.name.endswith(_YOUNG) and _is_age(one)]
        for region in regions
        if kind_of(region.code, region.name) == "district"
    }
    means = {name: sum(each) / len(each) for name, each in errors.items() if each}
    if not means:
        return ""
    whole = sum(means.values()) / len(means)
    above = ", ".join(f"{name} {mean:.1f}%" for name, mean in means.items() if mean > YOUNG_AIM)
    return (
        f"In districts, where most come and go, the age groups from 15 to 29 are off by {whole:.1f}% on average (aim: "
        f"at most {YOUNG_AIM:.0f}%); above it: {above or 'none'}.\n"
    )


def _is_far(parameter: Fitted) -> bool:
    return abs(parameter.value) >= STRAINED * parameter.prior


def _section(of: Residuals) -> str:
    totals = [figure for figure in of.figures if not _is_age(figure)]
    ages = [figure for figure in of.figures if _is_age(figure)]
    years = "–".join(str(year) for year in of.censuses)
    trend = _signed(100.0 * of.headship_trend, 2)
    return "\n".join(
        [
            f"## {of.name} ({of.code}), {years}\n",
            f"Age groups by sex are off by {_mean_error(of):.1f}% on average. {_badly(of.figures)}\n",
            f"{_strained(of.parameters)} {_unmoved(of.parameters)}\n",
            f"Headship rates changed by {trend}% a year between the censuses, beside their national shape.\n",
            "### Totals\n",
            table(("figure", "census", "fitted", "error"), [_row(figure) for figure in totals], numbers=True),
            "\n### Residents by age and sex\n",
            table(_AGE_HEAD, _by_age(ages), numbers=True),
            "\n### Fitted parameters\n",
            table(
                ("parameter", "factor", "prior", "posterior", "drift"),
                [_parameter(parameter) for parameter in of.parameters],
                numbers=True,
            ),
            "",
        ]
    )


def _is_age(figure: Figure) -> bool:
    return figure.name.startswith(("male ", "female "))


def _badly(figures: Sequence[Figure]) -> str:
    worst = sorted((f for f in figures if abs(f.error) >= BADLY), key=lambda figure: -abs(figure.error))
    if not worst:
        return f"No figure is off by {BADLY:.0f}% or more."
    listed = ", ".join(f"{_said(figure.name)} ({_signed(figure.error)}%)" for figure in worst)
    return f"**Badly fitted** ({BADLY:.0f}% or more): {listed}."


def _strained(parameters: Sequence[Fitted]) -> str:
    far = [parameter for parameter in parameters if _is_far(parameter)]
    if not far:
        return f"No parameter went {STRAINED:g} prior deviations or more from the nation."
    listed = ", ".join(f"{_name(parameter)} ({_value(parameter)})" for parameter in far)
    return f"**{STRAINED:g} prior deviations or more from the nation**: {listed}."


def _name(parameter: Fitted) -> str:
    return _WORDS[parameter.name].en if parameter.name in _WORDS else parameter.name


def _value(parameter: Fitted) -> str:
    if parameter.kind == "split":
        return f"logit {_signed(parameter.value)}"
    return f"× {math.exp(parameter.value):.2f}" if parameter.kind == "times" else f"{_signed(parameter.value)} years"


def _unmoved(parameters: Sequence[Fitted]) -> str:
    silent = [_name(parameter) for parameter in parameters if parameter.posterior >= UNMOVED * parameter.prior]
    if not silent:
        return "The censuses speak of every parameter."
    return f"The two censuses hardly speak of these parameters, which stay at their priors: {', '.join(silent)}."


def _said(name: str) -> str:
    """`male 1` as `men 1–4`."""
    sex, _, start = name.partition(" ")
    if not start.isdigit() or int(start) not in AGE_STARTS:
        return name
    group = AGE_GROUPS[AGE_STARTS.index(int(start))].replace("-", "–")
    young = int(start) < 15
    return f"{('boys' if young else 'men') if sex == 'male' else ('girls' if young else 'women')} {group}"


def _by_age(ages: Sequence[Figure]) -> list[tuple[str, ...]]:
    of = {figure.name: figure for figure in ages}
    rows = []
    for start, group in zip(AGE_STARTS, AGE_GROUPS, strict=True):
        cells = [group.replace("-", "–")]
        for sex in ("male", "female"):
            figure = of.get(f"{sex} {start}")
            cells += list(_row(figure)[1:]) if figure else ["", "", ""]
        rows.append(tuple(cells))
    return rows


def _row(figure: Figure) -> tuple[str, ...]:
    error = f"{_signed(figure.error)}%"
    shown = f"**{error}**" if abs(figure.error) >= BADLY else error
    return figure.name, f"{figure.census:,.0f}", f"{figure.fitted:,.0f}", shown


def _parameter(parameter: Fitted) -> tuple[str, ...]:
    words = _WORDS.get(parameter.name)
    name = f"{words.en} · {words.zh}" if words else parameter.name
    drift = f"{parameter.drift:.2f}" if parameter.drift else "–"
    return name, _value(parameter), f"{parameter.prior:.2f}", f"{parameter.posterior:.2f}", drift


def _signed(value: float, digits: int = 1) -> str:
    text = f"{value:+.{digits}f}".replace("-", "−")
    return text[1:] if float(f"{value:.{digits}f}") == 0.0 else text


@click.command()
@click.option("--regions", type=click.Path(exists=True, file_okay=False, path_type=Path), default=None)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), default=Path("docs/calibration.md"))
def main(regions: Path | None, output: Path) -> None:
    """Write the page from the residuals of every region."""
    folder = regions or library() / "calibration" / "regions"
    found = [read(path) for path in sorted(folder.glob("*.json"))]
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(page(found, read_proof(folder.parent / "proof.json")), encoding="utf-8")


if __name__ == "__main__":
    main()
