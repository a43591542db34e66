"""The condition of a line that hangs on something assumed, or on what nothing in the model drives, in words."""

from sim.common.language import Language, Text, joined
from sim.common.numbers import points, quantity, through
from sim.output.charts.pipeline import month
from sim.output.texts import tr
from sim.run.answers import Coverage, Lacking, Pace, PerHead, Repair, Rounds, Sized, Start, Verdict, Works
from sim.run.words import PERSONS

_SHARE = "share"
_GROWTH = "share/year"


def condition(verdict: Verdict, language: Language) -> str:
    """The condition under which a line is met, and what the scenario assumes; empty where it has none."""
    said = verdict.answer
    text = Text("", "")
    if isinstance(said, Start):
        text = _start(said)
    elif isinstance(said, Pace):
        text = _pace(said, language)
    elif isinstance(said, Works):
        text = _works(said, language)
    elif isinstance(said, Sized):
        text = _sized(said, verdict.unit, language)
    elif isinstance(said, Coverage):
        text = _coverage(said, language)
    elif isinstance(said, Rounds):
        text = _rounds(said, language)
    elif isinstance(said, PerHead):
        text = _per_head(said, verdict.unit, language)
    elif isinstance(said, Repair):
        text = _repair(said)
    elif isinstance(said, Lacking):
        text = _lacking(said, language)
    return text.in_(language)


def _start(of: Start) -> Text:
    if not of.usual:
        return _assumed_time(of)
    if of.latest is None:
        return tr("done {months:.0f} months after it is begun (usual time); no year is set", months=of.months)
    latest = month(of.latest)
    if of.assumed is None:
        return tr("in time if begun by {latest} (usual time {months:.0f} months)", latest=latest, months=of.months)
    return tr(
        "in time if begun by {latest} (usual time {months:.0f} months); the scenario assumes {assumed}",
        latest=latest,
        months=of.months,
        assumed=month(of.assumed),
    )


def _assumed_time(of: Start) -> Text:
    """A start that hangs on a time which is itself assumed."""
    if of.latest is None:
        return tr("done {months:.0f} months after it is begun (assumed time); no year is set", months=of.months)
    return tr(
        "in time if begun by {latest} (assumed time {months:.0f} months)", latest=month(of.latest), months=of.months
    )


def _pace(of: Pace, language: Language) -> Text:
    """How fast it has to go, and what the scenario assumes: a growth in percent, or an amount a year."""
    if of.pace_unit == _GROWTH:
        needed, carried = (quantity(value, of.pace_unit, language) for value in (of.needed, of.carried))
        said = tr("needs growth of {needed}; the scenario assumes {carried}", needed=needed, carried=carried)
        return said + _peers(of.low, of.high, language, grows=True)
    needed, carried = (points(abs(value), of.pace_unit, language) for value in (of.needed, of.carried))
    need = tr("needs a fall of {needed} a year; ", needed=needed)
    if of.needed >= 0.0:
        need = tr("needs a rise of {needed} a year; ", needed=needed)
    if of.carried == 0.0:
        return need + tr("the scenario assumes no change")
    if of.carried > 0.0:
        return need + tr("the scenario assumes a rise of {carried} a year", carried=carried)
    return need + tr("the scenario assumes a fall of {carried} a year", carried=carried)


def _works(of: Works, language: Language) -> Text:
    lacking = max(of.need - of.outset, 0.0)
    need, outset, short, brought = (
        quantity(value, of.need_unit, language) for value in (of.need, of.outset, lacking, of.brought)
    )
    return tr(
        "needs {need}: {short} more than the {outset} at the outset; the scenario's works, assumed, bring {brought}",
        need=need,
        short=short,
        outset=outset,
        brought=brought,
    )


def _sized(of: Sized, unit: str, language: Language) -> Text:
    with_them, without = (quantity(value, unit, language) for value in (of.with_them, of.without))
    return tr(
        "hangs on sizes that are assumed ({policies}): median {with_them} with them, {without} without",
        policies=joined(of.policies, "、", ", "),
        with_them=with_them,
        without=without,
    )


def _coverage(of: Coverage, language: Language) -> Text:
    if of.takes is not None:
        return _takes(of, of.takes, language)
    if of.grows:
        growth = quantity(of.needed, _GROWTH, language)
        said = (
            tr("needs a fall of {needed}", needed=growth) if of.falls else tr("needs growth of {needed}", needed=growth)
        )
        return said + _peers(of.low, of.high, language, grows=True)
    needed = points(of.needed, _SHARE, language)
    if of.base is not None:
        base = quantity(of.base, _SHARE, language)
        said = _from_base(of, needed, base)
    elif of.stood is not None:
        return _stood(of, of.stood, language)
    else:
        said = tr(
            "needs {needed} a year if nothing was there at the end of {year}, which is not known",
            needed=needed,
            year=of.since,
        )
    return said + _peers(of.low, of.high, language, grows=False)


def _from_base(of: Coverage, needed: str, base: str) -> Text:
    if of.needed <= 0.0 and of.where is not None:
        return tr("there already if it is as in {where}: {base} in {year}", where=of.where, base=base, year=of.since)
    if of.where is None and of.falls:
        return tr("needs a fall of {needed} a year from {base} in {year}", needed=needed, base=base, year=of.since)
    if of.where is None:
        return tr("needs a rise of {needed} a year from {base} in {year}", needed=needed, base=base, year=of.since)
    return tr(
        "needs a rise of {needed} a year if it stood at the {base} of {where} in {year}",
        needed=needed,
        base=base,
        where=of.where,
        year=of.since,
    )


def _takes(of: Coverage, takes: tuple[float, float], language: Language) -> Text:
    """How long a line without a year takes at the pace of peers."""
    base = quantity(of.base or 0.0, _SHARE, language)
    pace = _between(of.low or 0.0, of.high or 0.0, language, grows=False)
    years = f"{takes[0]:.0f}–{takes[1]:.0f}" if round(takes[0]) != round(takes[1]) else f"{takes[0]:.0f}"
    where = tr(" (its own figure)") if of.where is None else tr(" ({where})", where=of.where)
    return tr(
        "takes {years} years at peers’ pace of {pace} a year from {base}{where} in {year}; no year is set",
        years=years,
        pace=pace,
        base=base,
        where=where,
        year=of.since,
    )


def _stood(of: Coverage, stood: tuple[float, float], language: Language) -> Text:
    """The base that peers' pace needs: the condition where the base is not known."""
    digits = 1 if of.falls else 0
    low, high = (f"{100.0 * share:.{digits}f}%" for share in stood)
    pace = _between(of.low or 0.0, of.high or 0.0, language, grows=False)
    if of.falls:
        return tr(
            "at peers’ pace of {pace} a year, it must have been no more than {stood} at the end of {year}, "
            "which is not known",
            pace=pace,
            stood=low if low == high else f"{low}–{high}",
            year=of.since,
        )
    if stood[1] == 0.0:
        return tr("peers’ pace of {pace} a year reaches it from nothing in {year}", pace=pace, year=of.since)
    return tr(
        "at peers’ pace of {pace} a year, {low}–{high} must have been there at the end of {year}, which is not known",
        pace=pace,
        low=low,
        high=high,
        year=of.since,
    )


def _peers(low: float | None, high: float | None, language: Language, *, grows: bool) -> Text:
    if low is None or high is None:
        return Text("", "")
    return tr("; peers did {pace} a year", pace=_between(low, high, language, grows=grows))


def _between(low: float, high: float, language: Language, *, grows: bool) -> str:
    if low == high:
        return quantity(high, _SHARE, language) if grows else points(high, _SHARE, language)
    last = quantity(high, _SHARE, language) if grows else points(high, _SHARE, language)
    return through(f"{100.0 * low:.1f}".replace("-", "−"), last, language)


def _rounds(of: Rounds, language: Language) -> Text:
    named = tr("{named} of {eligible} were named in {year}", named=of.named, eligible=of.eligible, year=of.round_of)
    once = quantity(of.once, _SHARE, language)
    if of.rounds is None or of.chance is None:
        return tr("{named}: the mean of them has {once} a round", named=named, once=once)
    chance = quantity(of.chance, _SHARE, language)
    if of.rounds == 1:
        return tr("{named}: the mean of them has {chance}, in one round", named=named, chance=chance)
    return tr("{named}: the mean of them has {chance} in {rounds} rounds", named=named, chance=chance, rounds=of.rounds)


def _per_head(of: PerHead, unit: str, language: Language) -> Text:
    said = tr(
        "needs {needed:.3g} a year for 1,000 {persons}; peers did {pace}",
        needed=1000.0 * of.needed,
        persons=PERSONS[of.per],
        pace=f"{1000.0 * of.low:.3g}" if of.low == of.high else f"{1000.0 * of.low:.3g}–{1000.0 * of.high:.3g}",
    )
    if of.delivered is None:
        return said
    return said + tr("; the scenario sets {amount}", amount=quantity(of.delivered, unit, language))


def _repair(of: Repair) -> Text:
    return tr(
        "in order if what fails is mended within {days:.0f} days, at {failing:g} failures of one a year (assumed)",
        days=of.days,
        failing=of.failing,
    )


def _lacking(of: Lacking, language: Language) -> Text:
    need, there, yearly = (quantity(value, of.need_unit, language) for value in (of.need, of.there, of.yearly))
    if of.there >= of.need:
        return tr(
            "needs {need}: there already if it is as in {where} in {year}",
            need=need,
            where=of.where,
            year=of.level_year,
        )
    return tr(
        "needs {need}: {yearly} more each year if it has what {where} had in {year} ({there})",
        need=need,
        yearly=yearly,
        where=of.where,
        year=of.level_year,
        there=there,
    )
