"""A study's fit in words, and as plain data for files."""

import numpy as np

from sim.common.language import Language, Text
from sim.common.numbers import points, quantity
from sim.evidence.figures.aside import asides
from sim.evidence.inference.identifiability import record as told_record
from sim.evidence.inference.identifiability import sentences
from sim.evidence.inference.pareto import USABLE, Check
from sim.evidence.study.fit import ENOUGH, Fitted
from sim.evidence.study.result import Residual, Result
from sim.evidence.texts import tr
from sim.model.registry import PARAMETERS
from sim.run.words import measure_name

FAR = 2.0
"""Deviations from which a figure is said not to be met [1]."""


def headline(result: Result) -> tuple[Text, ...]:
    """How well the figures are met, and what moved most."""
    n, far = len(result.residuals), [one for one in result.residuals if abs(one.off) > FAR]
    before, after = misfit(result, fitted=False), misfit(result, fitted=True)
    years = sorted({one.year for one in result.residuals})
    said = [
        tr(
            "{part} figures of {years}–{years_2}: off by {before:.2f} standard errors before the "
            "fit, {after:.2f} after it (root mean square)",
            part=n,
            years=years[0],
            years_2=years[-1],
            before=before,
            after=after,
        )
    ]
    if far:
        said.append(
            tr(
                "{far} figure{part} still off by more than {far_2:g}",
                far=len(far),
                part="s are" if len(far) > 1 else " is",
                far_2=FAR,
            )
        )
    most = [one for one in result.moved[:3] if abs(one.shift) >= 0.1]
    if most:
        zh = "、".join(f"{PARAMETERS[one.path].name.zh} {signed(one.shift)}" for one in most)
        en = ", ".join(f"{PARAMETERS[one.path].name.en} {signed(one.shift)}" for one in most)
        said.append(tr("moved most, in prior deviations: {part}", part=Text(zh, en)))
    return tuple(said)


def misfit(result: Result, *, fitted: bool) -> float:
    """Root mean square of figures less the central run, in standard errors [1]."""
    off = [(one.value - (one.after if fitted else one.before)) / one.error for one in result.residuals]
    return float(np.sqrt(np.mean(np.square(off))))


def lessons(result: Result) -> tuple[Text, ...]:
    """What the figures tell of the parameters, whether the posterior can be trusted, and which figures do not count."""
    study = result.study
    return (*sentences(result.told), trust(result.fitted, study.draws), *asides(study.series, study.outside))


def trust(fitted: Fitted, draws: int) -> Text:
    """Whether draws of the posterior are worth what they seem."""
    efficiency, shape = fitted.final.efficiency, fitted.final.shape
    numbers = tr(
        "effective share {efficiency:.0%}, Pareto k = {shape:.2f}, {draws:,} draws",
        efficiency=efficiency,
        shape=shape,
        draws=draws,
    )
    is_laplace = fitted.final == fitted.laplace
    kind = tr("normal at the mode") if is_laplace else tr("normal with the moments of weighted draws")
    if efficiency >= ENOUGH or shape < USABLE:
        return tr("the posterior is usable: {kind} ({numbers})", kind=kind, numbers=numbers)
    return tr("the posterior is rough: {kind} ({numbers}); do not read its spread closely", kind=kind, numbers=numbers)


def residual_line(one: Residual, language: Language) -> str:
    """A figure, its error, the fitted run, and how far apart they are."""
    value, error = quantity(one.value, one.unit, language), points(one.error, one.unit, language)
    fitted = quantity(one.after, one.unit, language)
    words = tr("fitted {fitted}, off by {off} se", fitted=fitted, off=signed(one.off))
    name = measure_name(one.measure, language)
    return f"{one.year}  {name}: {value} ± {error}  {words.in_(language)}"


def signed(value: float) -> str:
    """A number of deviations with its sign, to one decimal."""
    text = f"{value:+.1f}".replace("-", "−")
    return text[1:] if text in {"+0.0", "−0.0"} else text


def record(result: Result) -> dict[str, object]:
    """The whole result as plain data."""
    by_path = {one.path: one for one in result.moved}
    return {
        "study": result.study.name,
        "scenario": result.study.scenario.name,
        "regions": [region.id for region in result.study.scenario.regions],
        "converged": result.fitted.converged,
        "misfit_before": round(misfit(result, fitted=False), 4),
        "misfit_after": round(misfit(result, fitted=True), 4),
        "figures": [_figure(one) for one in result.residuals],
        "parameters": [
            {
                "path": path,
                "varied": path in result.study.varied,
                "shift": round(by_path[path].shift, 4),
                "deviation_left": round(by_path[path].left, 4),
            }
            for path in result.study.paths
        ],
        "posterior": {
            "draws": result.study.draws,
            "laplace": _weighed(result.fitted.laplace),
            "final": _weighed(result.fitted.final),
        },
        "identifiability": told_record(result.told),
        "said": {
            language: [one.in_(language) for one in (*headline(result), *lessons(result))] for language in ("zh", "en")
        },
    }


def _figure(residual: Residual) -> dict[str, object]:
    return {
        "region": residual.region,
        "measure": residual.measure,
        "year": residual.year,
        "unit": residual.unit,
        "value": _short(residual.value),
        "error": _short(residual.error),
        "before": _short(residual.before),
        "fitted": _short(residual.after),
        "off": round(residual.off, 3),
    }


def _weighed(wave: Check) -> dict[str, float]:
    return {"worth": round(wave.efficiency, 4), "pareto_k": round(wave.shape, 3)}


def residual_rows(result: Result, language: Language) -> list[dict[str, object]]:
    """The table of residuals, for a spreadsheet."""
    return [
        {
            "region": one.region,
            "measure": one.measure,
            "name": measure_name(one.measure, language),
            "year": one.year,
            "unit": one.unit,
            "published": _short(one.value),
            "standard_error": _short(one.error),
            "before": _short(one.before),
            "fitted": _short(one.after),
            "standard_errors_off": round(one.off, 3),
            "source": one.source,
        }
        for one in result.residuals
    ]


def _short(value: float) -> float:
    return float(f"{value:.7g}")
