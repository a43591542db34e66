"""A check-up in words: the sentences of the terminal and of the page."""

from collections.abc import Sequence

from sim.common.language import Language, Text, in_each
from sim.common.numbers import estimate, percent, quantity
from sim.common.typography import sentence
from sim.model.registry import MEASURES
from sim.questions.checkup.findings import Band, Checkup, FigureFinding, TargetFinding, Threshold
from sim.questions.texts import tr
from sim.run.words import measure_name, status


def headline(checkup: Checkup, language: Language) -> list[str]:
    """The answer: how the year's figures fell, what they moved most, and what stands to be warned of."""
    return [
        line
        for line in (_figures_line(checkup, language), _moved_line(checkup, language), _worst_line(checkup, language))
        if line
    ]


def _figures_line(checkup: Checkup, language: Language) -> str:
    now = [one for one in checkup.figures if one.figure.year == checkup.year]
    outside = [one for one in now if one.is_outside]
    if not now:
        return tr("There is no figure of {year}.", year=checkup.year).in_(language)
    base = tr(
        "{place} in {year}: {now}",
        place=checkup.place,
        year=checkup.year,
        now=Text(str(len(now)), _count(len(now), "figure")),
    )
    if not outside:
        rest = tr(", all inside the 80% band of their forecast.")
        return (base + rest).in_(language)
    names = {lang: _listed([measure_name(one.figure.measure, lang) for one in outside], lang) for lang in ("zh", "en")}
    rest = tr(
        ", {outside} outside the 80% band of its forecast: {names}.",
        outside=len(outside),
        names=in_each(lambda language: names[language]),
    )
    return (base + rest).in_(language)


def _moved_line(checkup: Checkup, language: Language) -> str:
    by_name = {one.name: one for one in reversed(checkup.inputs) if one.clear}  # the first of a name, the most moved
    clear = sorted(by_name.values(), key=lambda one: -abs(one.shift))[:2]
    if not clear:
        return tr("The figures moved no uncertain input clearly.").in_(language)
    named = {
        lang: _listed([f"{one.name.in_(lang)} {signed(one.shift, lang)}" for one in clear], lang)
        for lang in ("zh", "en")
    }
    return tr("What they moved most: {named}.", named=in_each(lambda language: named[language])).in_(language)


def _worst_line(checkup: Checkup, language: Language) -> str:
    open_ = [one for one in checkup.targets if one.now.probability is not None and one.met is None]
    if not open_:
        return tr("No open target has a probability.").in_(language)
    worst = min(open_, key=lambda one: one.now.probability or 0.0)
    then, now = percent(worst.before.probability or 0.0), percent(worst.now.probability or 0.0)
    since = since_words(checkup, language)
    text = tr(
        "The hardest target is {name} ({worst}, {year}): {now} now ({status}), {then} {since}.",
        name=worst.name,
        worst=in_each(lambda language: goal(worst, language)),
        year=worst.year,
        now=now,
        status=Text(status(worst.now.status, "zh"), status(worst.now.status, "en").lower()),
        then=then,
        since=since,
    )
    return text.in_(language)


def since_words(checkup: Checkup, language: Language) -> str:
    """Against what the check-up compares."""
    if checkup.last_year is None:
        return tr("at the outset").in_(language)
    return tr("at the check-up of {last_year}", last_year=checkup.last_year).in_(language)


def goal(target: TargetFinding, language: Language) -> str:
    """A target's value with its comparison."""
    sign = {"at_least": "≥ ", "at_most": "≤ "}.get(target.op, "")
    return sign + quantity(target.value, target.unit, language, exact=True)


def band_words(band: Band, unit: str, language: Language) -> str:
    """A median with its 80% band."""
    middle, around = estimate((band.low, band.median, band.high), unit, language)
    return f"{middle} ({around})"


def verdict_words(one: FigureFinding, language: Language) -> str:
    """Where a figure lies in its forecast."""
    if not one.is_outside:
        return tr("inside").in_(language)
    above = one.figure.value > one.forecast.high
    return (tr("above", context="a band") if above else tr("below", context="a band")).in_(language)


def target_line(one: TargetFinding, language: Language) -> str:
    """One target in a line of the terminal."""
    head = f"{one.id} {one.year}  {sentence(one.name.in_(language))}"
    if one.kind != "outcome":
        now, then = (band_words(chance.band, one.unit, language) for chance in (one.now, one.before))
        need = tr("need").in_(language)
        return f"{head}: {need} {now}" if now == then else f"{head}: {need} {now} ← {then}"
    if one.met is not None:
        came = quantity(one.came, one.unit, language)
        word = tr("met") if one.met else tr("missed")
        return f"{head} ({goal(one, language)}): {word.in_(language)}, {came}"
    then, now = percent(one.before.probability or 0.0), percent(one.now.probability or 0.0)
    return f"{head} ({goal(one, language)}): {status(one.now.status, language)} {then} → {now}  " + band_words(
        one.now.band, one.unit, language
    )


def threshold_words(one: TargetFinding, language: Language) -> str:
    """What figure of next year would decide a target; empty where none would."""
    found = one.threshold
    if found is None:
        return ""
    name = measure_name(found.measure, language)
    unit = _unit(found)
    under = tr("under") if found.rising else tr("over")
    over = tr("at least") if found.rising else tr("at most")
    parts = []
    if found.lost is not None:
        value = quantity(found.lost, unit, language)
        parts.append(tr("{under} {value}: out of reach", under=under, value=value))
    if found.even is not None:
        value = quantity(found.even, unit, language)
        parts.append(tr("{over} {value}: better than even", over=over, value=value))
    if found.safe is not None:
        value = quantity(found.safe, unit, language)
        parts.append(tr("{over} {value}: likely", over=over, value=value))
    expected = band_words(found.band, unit, language)
    head = tr("{name} of {year}, expected {expected}", name=name, year=found.year, expected=expected).in_(language)
    if not parts:
        rest = tr(": no likely figure would change the word").in_(language)
        return head + rest
    colon, semicolon = tr(": ").in_(language), tr("; ").in_(language)
    return head + colon + semicolon.join(part.in_(language) for part in parts)


def signed(shift: float, language: Language) -> str:
    """A shift in standard deviations with its sign."""
    number = f"{abs(shift):.1f}"
    sign = "+" if shift >= 0.0 else "−"
    return tr("{sign}{number} sd", sign=sign, number=number).in_(language)


def worth_words(checkup: Checkup, language: Language) -> str:
    """How many draws the weights are worth, and what was done where they were few."""
    first, last, waves = checkup.worth[0], checkup.worth[-1], len(checkup.worth) - 1
    if not waves:
        return tr(
            "{draws:,} draws weighed by the figures are worth {first:,.0f} (at least {least:,.0f} wanted).",
            draws=checkup.draws,
            first=first,
            least=checkup.least,
        ).in_(language)
    return tr(
        "{draws:,} draws weighed by the figures were worth only {first:,.0f} (at least "
        "{least:,.0f} wanted); with {waves:,} more draws taken where runs agree they are worth "
        "{last:,.0f}.",
        draws=checkup.draws,
        first=first,
        least=checkup.least,
        waves=waves * checkup.draws,
        last=last,
        waves_zh=waves,
    ).in_(language)


def _unit(found: Threshold) -> str:
    return MEASURES[found.measure].unit


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _listed(names: Sequence[str], language: Language) -> str:
    return tr(", ").in_(language).join(names)
