"""A backtest as a page."""

from collections.abc import Sequence
from typing import Final

from sim.common.language import Text
from sim.evidence.backtest.methods import METHODS
from sim.evidence.backtest.quantities import PEOPLE, QUANTITIES, RATE, Quantity
from sim.evidence.backtest.run import Backtest
from sim.evidence.backtest.scores import BANDS, Score
from sim.evidence.backtest.tables import KINDS, SIMULATION, Table, beaten_by, by_kind, by_province, everyone, of_single
from sim.evidence.calibrate.free_parameters import LEARNT_PARAMETERS
from sim.output.documents.backtest_aims import AIMS
from sim.output.documents.markdown import table
from sim.output.texts import tr
from sim.places.census.earlier import LEAST_RATIO, MOST_RATIO
from sim.places.census.pairs import LEAST_PERSONS
from sim.places.china.province_names import province_name

_RULES: Final = """\
## What was done · 做法

- **Start**: each county's base year is made from its row of the {first} census alone, by the same functions as any
  region's (`sim.places.base_year`, without another year's row). Nothing later about the county enters its forecast.
- **Inputs**: what the row shows (urban share, ages and sex ratios, outsiders, schooling, households, housing,
  occupations, industries, marriage, amenities, size, kind), its prefecture's and province's sums, and residents within
  60 and 150 km, distances to the seats of prefecture and province and to a metropolis. Only covariates that *both*
  tables have are used, so that what is tested is what ships: registered population, birth and death rates of 2010 are
  in no table of 2020.
- **Rates**: {parameters} parameters of the simulation are predicted from these by a regression {learnt}
  ({taught}). What is learnt is how parameters depend on the row and how much counties differ beyond that, by
  kind of region and with heavy tails (`calibrate.hierarchy`); what the next census is expected to show, as the mean of
  a regression by likeness to 320 typical counties and a straight one, of the urban share in points
  (`calibrate.targets`), which runs meet by the least movement of the parameters (`calibrate.closing`); and how wide
  draws must be: conformal by kind of region, with a scale that follows from the row, from the errors of counties whose
  own prefecture was left out (`calibrate.bands`).
- **Forecast**: the single figure is the run with the parameters expected of the county. Around it {draws} draws of the
  parameters are each run year by year from {first} to {second}: births, deaths, moves to town, leaving, return and
  arrival can be read in every draw. To each draw's figures is added what no parameters could explain.
- **National schedules** of fertility, mortality and the sex ratio at birth within the decade are the nation's own
  (World Population Prospects 2024): what was known of the nation, not of the county. Shares of a seat in its
  county's urban residents and where migrants live, used to split the base year, are national tables.
- **Counties**: each matched by the first of these that is so ({matched}).
  Left out: no partner in the other table ({unmatched}), under {least:,.0f} residents at either census
  ({small}), ratio of residents outside {low}–{high}, which is how changed boundaries are detected ({changed}).
- **What was tried and left**: gradient-boosted stumps and trees of two levels (4.6–4.7 points and 9.5–9.8% alone, no
  gain in the mean), the urban share in log odds, one kernel a theme, 160 and 640 typical counties. The choice between
  likenesses, penalties and these was made on the same folds of prefectures that are scored here, so that the last
  hundredths of the score may be luck; no province's folds were looked at for it.
- **Other methods** know as much: each county's {first} row and both censuses of counties in other prefectures.
  *National increment*: the others' change, all together. *UN growth difference*: the others' urban–rural growth
  difference on the county's own share. *Logistic*: China's slope of 2000–2010 on the county's own share.
  *Composite growth*: own natural growth of {first} and the others' mean mechanical growth. *Ridge*: the same covariates
  straight, with provinces. The other three textbook methods (surplus labour, labour demand, economic correlation)
  need figures that census tables do not hold.
- **Errors** of shares are in percentage points, of counts in percent of what came. CRPS of a single figure is its
  absolute error.
"""


_PICTURES: Final = """\
![Forecast against what came, a dot a county: urbanization rate, and change of residents](images/backtest-forecast.svg)

Counties with changes of over 50%, in fact or in the forecast, lie outside the right picture and are in every score.

![Share of counties whose truth lay in the 50, 80 and 95% bands, by quantity](images/backtest-bands.svg)

![Mean absolute error by kind of region: townward, ridge, the best planners' method](images/backtest-kinds.svg)
"""
"""The files that `sim.output.documents.backtest_pictures` writes, in a folder beside the page."""


def page(of: Backtest) -> str:
    """The whole page (Markdown)."""
    whole = everyone(of)
    parts = [
        "# Backtest · 回测\n",
        f"Written by `make backtest`: {len(of.first):,} counties, {of.first[0].year} → {of.second[0].year}.\n",
        _transfer(of),
        _verdict(whole),
        _aims(whole, by_kind(of)) if of.taught is None else "",
        _PICTURES,
        "## Mean absolute error · 平均绝对误差\n",
        _errors(whole, "error"),
        _beside(of, whole),
        "## Bias · 偏差\n",
        _errors(whole, "bias"),
        "## CRPS · 连续分级概率评分\n",
        _errors(whole, "crps"),
        "## Bands · 区间\n",
        "Share of counties whose truth lay in the band, and the band's mean width.\n",
        _bands(whole),
        "## By kind of region · 按类型\n",
        _groups([(words, by_kind(of)[kind]) for kind, words in KINDS.items() if kind in by_kind(of)]),
        "## By province · 按省份\n",
        _groups([(_province(code), scores) for code, scores in by_province(of).items()]),
        _rules(of),
    ]
    return "\n".join(parts)


def _transfer(of: Backtest) -> str:
    """What the score is a score of."""
    if of.taught is not None:
        first, second = of.taught.pairs[0].first.year, of.taught.pairs[0].second.year
        same = (first, second) == (of.first[0].year, of.second[0].year)
        said = "other counties within a decade" if same else "another decade"
        return (
            f"Learnt from {len(of.taught.pairs):,} counties of {first} → {second}, none of whose later figures are "
            f"forecast: this is a score of **transfer to {said}**.\n"
        )
    return (
        "This is a score of **transfer within a decade**: rates learnt from other prefectures of the *same* ten years. "
        "It says how well one census tells a county from others, not how the coming decade will differ from the last. "
        "`--learn-from` learns on one pair of tables and forecasts another.\n"
    )


def _beside(of: Backtest, whole: Table) -> str:
    """The single figure where less was known, beside that of folds by prefecture."""
    others = [
        (tr("whole provinces left out"), of_single(of, of.provinces)),
        (tr("county rows without the further figures"), of_single(of, of.less)),
    ]
    shown = [(tr("folds by prefecture"), whole.scores[SIMULATION]), *((name, own) for name, own in others if own)]
    if len(shown) == 1:
        return ""
    rows = [
        [f"{name.en} {name.zh}", *("—" if one is None else f"{one.error:.2f}" for one in own)] for name, own in shown
    ]
    said = (
        "How it fares where whole provinces are left out (what a province shares is then unknown), and for a county "
        "whose table has nothing but counts, ages and moves: what is missing is then taken as expected of such a "
        "county, and its bands are those of such counties.\n"
    )
    return said + "\n" + table(["townward 本模型", *(_head(quantity) for quantity in QUANTITIES)], rows) + "\n"


def _aims(whole: Table, kinds: dict[str, Table]) -> str:
    """What was aimed at, what it was before, and what it is."""
    rows = []
    for aim in AIMS:
        now = aim.of(whole, kinds)
        reached = "yes 是" if aim.reached(now) else "**no 否**"
        said = ", ".join(f"{value:.{aim.digits}f}" for value in now)
        rows.append([f"{aim.name.en} {aim.name.zh}", aim.before, said, aim.wanted, reached])
    head = ["aim · 目标", "before · 此前", "now · 现在", "wanted · 要求", "reached · 达到"]
    return "## Aims · 目标\n\n" + table(head, rows) + "\n"


def _verdict(of: Table) -> str:
    """What came out, in words, with what was not reached."""
    own = of.scores[SIMULATION]
    beaten = beaten_by(of)
    lost = "; ".join(f"{method} on {quantity}" for method, quantity in beaten)
    planners = (
        f"Planners' methods that were better: {lost}." if lost else "No planners' method is better on any quantity."
    )
    lines = [f"- {planners}"]
    ridge = of.scores["ridge"]
    better = [q.name.en for q, s, r in zip(QUANTITIES, own, ridge, strict=True) if s and r and s.error < r.error]
    worse = [q.name.en for q, s, r in zip(QUANTITIES, own, ridge, strict=True) if s and r and s.error >= r.error]
    lines.append(
        f"- Against a ridge regression on the same covariates: better on {_list(better)}; not on {_list(worse)}."
    )
    held = [q.name.en for q, s in zip(QUANTITIES, own, strict=True) if s and 0.78 <= s.coverage[1] <= 0.82]
    missed = [
        f"{q.name.en} ({100 * s.coverage[1]:.1f}%)"
        for q, s in zip(QUANTITIES, own, strict=True)
        if s and not 0.78 <= s.coverage[1] <= 0.82
    ]
    lines.append(f"- The 80% band held 78–82% of the truths of {_list(held)}; not of {_list(missed)}.")
    rate, people = own[RATE], own[PEOPLE]
    if rate and people:
        lines.insert(0, f"- Urbanization rate: off by {rate.error:.2f} points; residents: by {people.error:.1f}%.")
    return "\n".join(lines) + "\n"


def _list(names: Sequence[str]) -> str:
    return ", ".join(names) if names else "none"


def _name(method: str) -> Text:
    return next((one.name for one in METHODS if one.id == method), tr("townward"))


def _head(quantity: Quantity) -> str:
    unit = "pts" if quantity.unit == "points" else "%"
    return f"{quantity.name.en} {quantity.name.zh} ({unit})"


def _errors(of: Table, what: str) -> str:
    rows = [
        [f"{_name(method).en} {_name(method).zh}", *("—" if s is None else f"{getattr(s, what):.2f}" for s in scores)]
        for method, scores in of.scores.items()
    ]
    return table(["method · 方法", *(_head(quantity) for quantity in QUANTITIES)], rows) + "\n"


def _bands(of: Table) -> str:
    rows = [
        [_head(quantity), *(_band(score, i) for i in range(len(BANDS)))]
        for quantity, score in zip(QUANTITIES, of.scores[SIMULATION], strict=True)
        if score is not None
    ]
    return table(["quantity · 指标", *(f"{band}%" for band in BANDS)], rows) + "\n"


def _band(score: Score, i: int) -> str:
    return f"{100 * score.coverage[i]:.1f}% (width {score.width[i]:.1f})"


def _groups(groups: Sequence[tuple[Text, Table]]) -> str:
    """Error and coverage of the 80% band of the simulation, and the ridge's error, for each group."""
    shown = (RATE, PEOPLE)
    head = ["", "n"]
    for quantity in shown:
        name = QUANTITIES[quantity].name.en
        head += [f"{name}: error", "ridge", "bias", "80% band held"]
    rows = []
    for words, scores in groups:
        cells = [f"{words.en} {words.zh}", str(scores.counties)]
        for quantity in shown:
            own, ridge = scores.scores[SIMULATION][quantity], scores.scores["ridge"][quantity]
            assert own is not None
            assert ridge is not None
            cells += [f"{own.error:.2f}", f"{ridge.error:.2f}", f"{own.bias:+.2f}", f"{100 * own.coverage[1]:.0f}%"]
        rows.append(cells)
    return table(head, rows) + "\n"


def _province(code: str) -> Text:
    return province_name(code) or Text(code, code)


def _rules(backtest: Backtest) -> str:
    return _RULES.format(
        learnt="that was learnt from counties of *other prefectures*"
        if backtest.taught is None
        else "that was learnt from counties of *another pair of tables*",
        taught=f"{backtest.options.folds} folds of whole prefectures"
        if backtest.taught is None
        else "no county was left out",
        first=backtest.first[0].year,
        second=backtest.second[0].year,
        parameters=len(LEARNT_PARAMETERS),
        draws=backtest.options.draws,
        matched="; ".join(said.en for said in backtest.pairs.told()),
        unmatched=backtest.pairs.unmatched,
        least=LEAST_PERSONS,
        small=backtest.pairs.small,
        low=LEAST_RATIO,
        high=MOST_RATIO,
        changed=backtest.pairs.changed,
    )
