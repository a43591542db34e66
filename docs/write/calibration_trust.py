"""The parts of the calibration page on the posterior: how good the normal is, what censuses tell, the proof."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sim.common.language import Text
from sim.evidence.calibrate.free_parameters import FREE_PARAMETERS
from sim.evidence.inference.pareto import USABLE
from sim.output.documents.markdown import table

_WORDS: Final = {parameter.name: parameter.words for parameter in FREE_PARAMETERS}
_MOST_PAIRS: Final = 4
_SHARES: Final = ("held", "error", "least", "most", "held_of_directions", "held_of_fixed", "held_together")

_POSTERIOR: Final = """\
## How good the posterior is

Runs draw rates from a normal distribution: its middle is the best fit, its spread that of fits to the census and the
prior each shaken by their own errors (randomised maximum likelihood, `sim/evidence/calibrate/shaken.py`). Here the
simpler normal, with the curvature at the best fit for its spread (Laplace), is held against the posterior itself,
whose density is known at any point. *Worth* is the effective sample size of
weighted draws over their number; *k* the shape of the weights' tail (Vehtari et al. 2024,
doi:10.48550/arXiv.1507.02646), to be trusted under {usable:g}. *Normal*: {first:,} draws of the normal itself.
*Waves*: {draws:,} draws of Student's t, in waves moved to where the weights lay before. They give the posterior's own
mean and deviations; *moved* and *narrowed or widened* name the parameter where these differ most from the normal's, in
its deviations and as a ratio.

{sentence} With {count} parameters weights are always uneven: even a normal that is a tenth too narrow everywhere would
be worth little. What matters to runs are the bands of each parameter, and those are tested below on simulated truth.
The drift after the second census ({drift}) is added to every spread and is often the larger part.
"""

_TOLD: Final = """\
## What two censuses tell, and what they cannot

*Determined* is how many of the {count} parameters the censuses determine, as the sum of the shares of prior variance
that are gone along the independent directions of the fit. Parameters that are *not told apart* may move together (or
against each other) and give the same second census: their difference (or their sum) is known, and neither alone.
`townward region calibrate` says the same of any region.
"""

_PROOF: Final = """\
## Proof: simulated truth is found again

Written from `calibration/proof.json` (`make proof`). Parameters are drawn from their prior, the decade is run with
them, its figures get the errors that the fit supposes, and each made-up census is fitted as a county of its own:
simulation-based calibration (Talts et al. 2018, doi:10.48550/arXiv.1804.06788). If posteriors are right, truths lie
in their 50, 80 and 95% bands that often. For yearly series (`townward calibrate`) the truth is a run of Anyang's
trend scenario, noise of single years and all, with errors as published figures have.

*Curvature* is the normal with the curvature at the fit for its spread, *shaken* the one that runs draw from. *Least*
and *most* are of single parameters. *Directions*: the same along the independent directions of each posterior, its
sharpest combinations of parameters included; *fixed*: along the independent directions of the county's own posterior,
the same for all data sets; *jointly*: all parameters in the ellipsoid that is to hold so many.
"""


def posterior_section(regions: Sequence[tuple[str, Mapping[str, Any]]]) -> str:
    """The check of every region's posterior: (region, its record)."""
    known = [(name, record) for name, record in regions if record]
    if not known:
        return ""
    shapes = [float(record["laplace"]["pareto_k"]) for _, record in known]
    good = sum(shape < USABLE for shape in shapes)
    sure = sum(float(record["weighed"]["pareto_k"]) < USABLE for _, record in known)
    sentence = (
        f"The normal's k is under {USABLE:g} in {good} of {len(known)} regions, that of the waves in {sure}. Where the "
        "waves' is not, their mean and deviations are not to be trusted either, and none is shown."
    )
    drifts = sorted({parameter.drift for parameter in FREE_PARAMETERS if parameter.drift})
    text = _POSTERIOR.format(
        usable=USABLE,
        first=int(known[0][1]["draws"]) // 4,
        draws=int(known[0][1]["draws"]),
        count=len(FREE_PARAMETERS),
        sentence=sentence,
        drift=f"{drifts[0]:.2f}–{drifts[-1]:.2f}",
    )
    head = ("region", "normal: worth", "k", "waves: worth", "k", "moved", "narrowed or widened")
    return "\n".join([text, table(head, [_posterior_row(name, record) for name, record in known], numbers=True), ""])


def _posterior_row(name: str, record: Mapping[str, Any]) -> tuple[str, ...]:
    normal, waves = record["laplace"], record["weighed"]
    cells = [f"{100 * float(one['worth']):.1f}%" for one in (normal, waves)]
    shapes = [f"{float(one['pareto_k']):.2f}" for one in (normal, waves)]
    if float(waves["pareto_k"]) >= USABLE:
        return name, cells[0], shapes[0], cells[1], f"**{shapes[1]}**", "–", "–"
    shift, ratio = record["shift"], record["deviation_ratio"]
    moved = max(shift, key=lambda parameter: abs(float(shift[parameter])))
    scaled = max(ratio, key=lambda parameter: abs(math.log(float(ratio[parameter]))))
    far = f"{_name(moved)} {float(shift[moved]):+.2f}".replace("-", "−")
    return name, cells[0], shapes[0], cells[1], shapes[1], far, f"{_name(scaled)} × {float(ratio[scaled]):.2f}"


def told_section(regions: Sequence[tuple[str, Mapping[str, Any]]]) -> str:
    """What the censuses tell of every region: (region, its record)."""
    known = [(name, record) for name, record in regions if record]
    if not known:
        return ""
    head = ("region", "determined", "not told apart (correlation)", "hardly spoken of")
    rows = [
        (name, f"{float(record['determined']):.1f}", _pairs(record["pairs"]), _silent(record["parameters"]))
        for name, record in known
    ]
    return "\n".join(
        [_TOLD.format(count=len(FREE_PARAMETERS)), table(head, rows, numbers=True), "", _common(known), ""]
    )


def _pairs(pairs: Sequence[Mapping[str, Any]]) -> str:
    said = []
    for pair in pairs[:_MOST_PAIRS]:
        size = float(pair["correlation"])
        joint = "−" if size > 0.0 else "+"
        said.append(f"{pair['first']} {joint} {pair['second']} ({f'{size:+.2f}'.replace('-', '−')})")
    return "; ".join(said) or "–"


def _silent(parameters: Sequence[Mapping[str, Any]]) -> str:
    return ", ".join(str(one["en"]) for one in parameters if float(one["contraction"]) < 0.1) or "–"


def _common(regions: Sequence[tuple[str, Mapping[str, Any]]]) -> str:
    """The ties that most regions share, in a sentence of each language."""
    counts: dict[tuple[str, str, bool], int] = {}
    for _, record in regions:
        for pair in record["pairs"]:
            key = (str(pair["first"]), str(pair["second"]), float(pair["correlation"]) > 0.0)
            counts[key] = counts.get(key, 0) + 1
    often = sorted((item for item in counts.items() if item[1] >= 0.4 * len(regions)), key=lambda item: -item[1])
    if not often:
        return ""
    total, zh = len(regions), {parameter.words.en: parameter.words.zh for parameter in FREE_PARAMETERS}
    english = "; ".join(
        f"{a} and {b}: only their {'difference' if same else 'sum'} is known ({count} of {total} regions)"
        for (a, b, same), count in often
    )
    chinese = ";".join(
        f"{zh.get(a, a)}与{zh.get(b, b)}:只知两者之{'差' if same else '和'}({total} 个区域中的 {count} 个)"
        for (a, b, same), count in often
    )
    said = Text(f"最常分不开的:{chinese}。", f"Most often not told apart: {english}.")
    return f"{said.in_('en')}\n\n{said.in_('zh')}"


def proof_section(proof: Mapping[str, Any] | None) -> str:
    """The larger proof, as its file gives it; nothing where there is none."""
    if not proof:
        return ""
    head = ("fit", "data sets", "band", "held", "± (se)", "least", "most", "directions", "fixed", "jointly")
    rows: list[tuple[str, ...]] = []
    for one in proof["counties"].values():
        for name, kind in (("curvature", "normal"), ("shaken", "shaken")):
            rows += _proof_rows(f"{one['name']}, two censuses, {name}", one[kind]) if kind in one else []
    rows += _proof_rows("Anyang, series of 2021–2023", proof["study"])
    return "\n".join([_PROOF, table(head, rows, numbers=True), "", _reading(proof), ""])


def _proof_rows(name: str, record: Mapping[str, Any]) -> list[tuple[str, ...]]:
    return [
        (
            name,
            str(record["data_sets"]),
            f"{100 * float(band):.0f}%",
            *(f"{100 * float(one[key]):.1f}%" if key in one else "–" for key in _SHARES),
        )
        for band, one in record["bands"].items()
    ]


def _reading(proof: Mapping[str, Any]) -> str:
    """Which parameters are off to one side, and how far."""
    said = []
    for one in proof["counties"].values():
        off = {
            name: float(item["mean_place"]) - 0.5
            for name, item in one["normal"]["parameters"].items()
            if float(item["chance_if_uniform"]) < 0.01
        }
        named = ", ".join(f"{_name(name)} ({f'{100 * size:+.0f}'.replace('-', '−')})" for name, size in off.items())
        said.append(f"{one['name']}: {named or 'none'}")
    return (
        "Truths that lie to one side of their posterior more than chance allows (1%), with how far the mean of their "
        f"places is from the middle, in percent of the posterior: {'; '.join(said)}. The posterior is lopsided there: "
        "its most probable point is not its mean. Along sharp combinations of parameters the curvature alone is too "
        "narrow where the true posterior is curved; what is shaken and fitted again follows the bend. Runs add the "
        "drift to every parameter. What else was tried is [here](calibrate-study.md#what-was-measured)."
    )


def _name(parameter: str) -> str:
    return _WORDS[parameter].en if parameter in _WORDS else parameter
