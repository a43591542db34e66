"""Whether the figures of a census row agree with each other, and what is done where they do not.

Figures that must add up may differ by `ROUNDING` of the total: they are scaled and a warning is kept.
Age groups may differ from their total by up to `MISPRINT`: where one group stands out against the other
sex and is put right by the whole difference, it alone is (a misprinted digit), else all are scaled.
Anything worse is a fault. A single blank age group is the remainder of its total.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sim.common.errors import Fault, Place
from sim.common.language import Text
from sim.places.census.plausible import implausible
from sim.places.census.row import AGE_GROUPS, CensusRow
from sim.places.texts import tr

ROUNDING: Final = 0.005
MISPRINT: Final = 0.15
STANDS_OUT: Final = math.log(1.5)
PRINTED: Final = 0.011
"""How far persons in a household may be off by their two printed decimals."""

Figures = Mapping[str, float | None]


@dataclass
class Check:
    """What was found in one row: faults that stop it, warnings that go with it."""

    place: Place
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Text] = field(default_factory=list)
    columns: dict[str, Callable[[], Place]] = field(default_factory=dict)

    def fault(self, path: str, problem: Text) -> None:
        """Note a figure that cannot be used, at its own place where that is known."""
        known = self.columns.get(path)
        self.faults.append(Fault(self.place if known is None else known(), path, problem))

    def warn(self, said: Text) -> None:
        """Note a figure that was put right."""
        self.warnings.append(said)

    def same(self, path: str, got: float, total: float, tolerance: float) -> float:
        """The factor that brings `got` to `total` (1 where they agree or where the difference is a fault)."""
        gap = abs(got - total)
        if gap <= 1e-9 * total:
            return 1.0
        share = gap / total if total > 0 else float("inf")
        if got <= 0 or share > tolerance:
            problem = tr(
                "the parts add up to {got:.10g}, the total is {total:.10g}: off by {share:.1%}, "
                "allowed {tolerance:.1%}",
                got=got,
                total=total,
                share=share,
                tolerance=tolerance,
            )
            self.fault(path, problem)
            return 1.0
        self.warn(
            tr(
                "{path}: the parts add up to {got:.10g}, not to the total {total:.10g}; scaled to the total",
                path=path,
                got=got,
                total=total,
            )
        )
        return total / got


def _misprint(ages: list[float], other: list[float | None], excess: float) -> int | None:
    """The one group that stands out against the other sex and no longer does without the excess."""
    if not all(other) or sum(ages) <= excess:
        return None
    usual = math.log((sum(ages) - excess) / sum(value or 0.0 for value in other))

    def odd(index: int, value: float) -> float:
        return abs(math.log(value / (other[index] or 1.0)) - usual) if value > 0 else math.inf

    candidates = [i for i, value in enumerate(ages) if odd(i, value) > STANDS_OUT > odd(i, value - excess)]
    return candidates[0] if len(candidates) == 1 else None


def _ages(
    check: Check, sex: str, ages: list[float | None], total: float | None, other: list[float | None]
) -> list[float]:
    blank = [group for group, value in zip(AGE_GROUPS, ages, strict=True) if value is None]
    known = sum(value for value in ages if value is not None)
    if blank and (total is None or len(blank) > 1 or known > total):
        check.fault(
            f"{sex}_{blank[0]}",
            tr(
                "age groups missing: {blank}; at most one may be, where the total of the sex is given",
                blank=", ".join(blank),
            ),
        )
        return [0.0] * len(AGE_GROUPS)
    rest = (total or 0.0) - known
    if blank:
        group = f"{sex}_{blank[0]}"
        check.warn(tr("{group} missing: taken as the rest, {rest:.10g}", group=group, rest=rest))
    filled = [rest if value is None else value for value in ages]
    if total is None:
        return filled
    excess = sum(filled) - total
    wrong = _misprint(filled, other, excess) if ROUNDING < abs(excess) / max(total, 1.0) <= MISPRINT else None
    if wrong is not None:
        group = f"{sex}_{AGE_GROUPS[wrong]}"
        check.warn(
            tr(
                "{group} looks misprinted: {printed:.10g} taken as {taken:.10g}, to agree with {total:.10g}",
                group=group,
                printed=filled[wrong],
                taken=filled[wrong] - excess,
                total=total,
            )
        )
        filled[wrong] -= excess
        return filled
    factor = check.same(f"{sex}_*", sum(filled), total, MISPRINT)
    return [value * factor for value in filled]


def _sexes(check: Check, figures: Figures, sums: tuple[float, float]) -> tuple[float, float, float]:
    """Resident, male, female; what is missing follows from the rest."""
    male = sums[0] if figures["male"] is None else figures["male"]
    female = sums[1] if figures["female"] is None else figures["female"]
    resident = male + female if figures["resident"] is None else figures["resident"]
    if resident <= 0:
        check.fault("resident", tr("{resident:.10g} residents, expected more than 0", resident=resident))
        return resident, male, female
    factor = check.same("male + female", male + female, resident, ROUNDING)
    return resident, male * factor, female * factor


def _urban_rural(check: Check, figures: Figures, resident: float) -> tuple[float, float]:
    urban, rural = figures["urban"], figures["rural"]
    if urban is None and rural is None:
        check.fault("urban", tr("both urban and rural are missing; one of them is needed"))
        return resident, 0.0
    if urban is None or rural is None:
        part, path = (rural, "rural") if urban is None else (urban, "urban")
        assert part is not None
        if part > resident * (1 + ROUNDING):
            check.fault(
                path, tr("{part:.10g} is more than the {resident:.10g} residents", part=part, resident=resident)
            )
        part = min(part, resident)
        return (resident - part, part) if urban is None else (part, resident - part)
    factor = check.same("urban + rural", urban + rural, resident, ROUNDING)
    return urban * factor, rural * factor


def _parts(check: Check, figures: Figures, resident: float, urban: float) -> float | None:
    """City area, where given, within the urban total; registration within the residents."""
    away = (figures["same_province"] or 0.0) + (figures["other_province"] or 0.0)
    if away > resident:
        check.fault(
            "same_province + other_province",
            tr(
                "{away:.10g} registered in other counties, more than the {resident:.10g} residents",
                away=away,
                resident=resident,
            ),
        )
    share = figures["nonagricultural_share"]
    if share is not None and share > 100:
        check.fault("nonagricultural_share", tr("{share:.10g}% is more than 100%", share=share))
    city = figures["city_area"]
    if city is None or city <= urban:
        return city
    if city > urban * (1 + ROUNDING):
        check.fault(
            "city_area", tr("{city:.10g} is more than the {urban:.10g} urban residents", city=city, urban=urban)
        )
    else:
        check.warn(tr("city area slightly above urban: taken as urban"))
    return urban


def _household_size(check: Check, figures: Figures) -> None:
    """The printed persons in a household against persons and households, which are what is used."""
    people, households, size = (figures[name] for name in ("household_population", "households", "household_size"))
    if people is None or not households or size is None or abs(people / households - size) <= PRINTED:
        return
    problem = tr(
        "{size:g} printed, but {people:.10g} people in {households:.10g} households are {made:.2f}",
        size=size,
        people=people,
        households=households,
        made=people / households,
    )
    if abs(people / households - size) > MISPRINT * size:
        check.fault("household_size", problem)
    else:
        check.warn(problem)


def _registered(check: Check, figures: Figures) -> float | None:
    registered = figures["registered"]
    if registered == 0:
        check.warn(tr("registered population of 0 treated as missing"))
        return None
    return registered


def agree(check: Check, row: CensusRow, figures: Figures, ages: dict[str, list[float | None]]) -> CensusRow:
    """The row with its figures made to agree; faults and warnings go to `check`.

    `row` carries the identity; `figures` the numbers as printed; `ages` the groups by sex.
    """
    groups = {
        sex: _ages(check, sex, ages[sex], figures[sex], ages[other])
        for sex, other in (("male", "female"), ("female", "male"))
    }
    resident, male, female = _sexes(check, figures, (sum(groups["male"]), sum(groups["female"])))
    urban, rural = _urban_rural(check, figures, resident)
    city = _parts(check, figures, resident, urban)
    _household_size(check, figures)
    scaled = {
        sex: tuple(value * (total / sum(groups[sex]) if sum(groups[sex]) > 0 else 0.0) for value in groups[sex])
        if abs(total - sum(groups[sex])) > 1e-12 * total
        else tuple(groups[sex])
        for sex, total in (("male", male), ("female", female))
    }
    agreed: dict[str, Any] = dict(figures)
    agreed.update(resident=resident, male=male, female=female, urban=urban, rural=rural)
    agreed.update(city_area=city, registered=_registered(check, figures))
    made = replace(row, male_by_age=scaled["male"], female_by_age=scaled["female"], **agreed)
    if not check.faults:
        _look(check, made)
    return replace(made, warnings=tuple(check.warnings))


def _look(check: Check, row: CensusRow) -> None:
    """Refuse what no county can have, and mark what is rare."""
    for finding in implausible(row):
        if finding.possible:
            check.warnings.append(finding.problem)
        else:
            check.fault(finding.part, finding.problem)
