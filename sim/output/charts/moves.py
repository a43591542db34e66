"""Who moved from where to where in a year."""

from typing import Final

from sim.common.language import Language
from sim.common.numbers import quantity
from sim.model.axes import ZONES as ZONE_IDS
from sim.model.people.changes import BOUNDARY_CHANGES
from sim.model.people.flows import ARRIVAL_PATHS, ELSEWHERE, FLOWS
from sim.output.charts.style import INK, ZONES, Figure, Trace, figure, margins, plain, rgba
from sim.output.charts.words import ZONES as NAMES
from sim.output.texts import tr
from sim.run.curves import curves
from sim.run.tables import RunTables

Link = tuple[str, str, float]

_PLACES: Final = ("city", "town", "rural", "away", "elsewhere")


def routes() -> dict[str, tuple[str, str]]:
    """From where to where each `moves.*` measure leads."""
    ends = {f"moves.{flow.path}": (_place(flow.source), _place(flow.destination)) for flow in FLOWS}
    ends |= {f"moves.{path}": ("elsewhere", _place(zone)) for zone, path in ARRIVAL_PATHS.items()}
    return ends


def sankey(tables: RunTables, language: Language, region: str | None = None, year: int | None = None) -> Figure:
    """Mean persons who moved between zones, away and elsewhere in a year (the test year) [persons]."""
    chosen = tables.test_year if year is None else year
    ends = routes()
    found = curves(tables, list(ends), region)
    links = [(*ends[measure], found.mean(measure).get(chosen, 0.0)) for measure in ends]
    links = sorted((link for link in links if link[2] > 0.0), key=_position)
    total = quantity(sum(people for _, _, people in links), "person", language)
    title = tr("Who moved where in {chosen}", chosen=chosen).in_(language)
    subtitle = tr(
        "Left to right; {total} on average{tables}", total=total, tables=_reclassified(tables, language, region, chosen)
    )
    layout = {"margin": margins(16, 16, 78, 22), "hovermode": "closest"}
    return figure([_trace(links, language)], title, subtitle.in_(language), layout, language)


def _position(link: Link) -> tuple[int, int]:
    return _PLACES.index(link[0]), _PLACES.index(link[1])


def _place(zone: int) -> str:
    return "elsewhere" if zone == ELSEWHERE else ZONE_IDS[zone]


def _reclassified(tables: RunTables, language: Language, region: str | None, year: int) -> str:
    measures = [f"moves.{change.path}" for change in BOUNDARY_CHANGES]
    found = curves(tables, measures, region)
    people = sum(found.mean(measure).get(year, 0.0) for measure in measures)
    if people <= 0.0:
        return ""
    words = quantity(people, "person", language)
    return tr("; {words} reclassified where they live", words=words).in_(language)


def _trace(links: list[Link], language: Language) -> Trace:
    sources = [place for place in _PLACES if any(link[0] == place for link in links)]
    targets = [place for place in _PLACES if any(link[1] == place for link in links)]
    left = [sum(link[2] for link in links if link[0] == place) for place in sources]
    right = [sum(link[2] for link in links if link[1] == place) for place in targets]
    names = [
        f"{NAMES[place].in_(language)}  {quantity(people, 'person', language)}"
        for place, people in zip((*sources, *targets), (*left, *right), strict=True)
    ]
    suffix = tr(" people").in_(language)
    return {
        "type": "sankey",
        "arrangement": "fixed",
        "valueformat": ",.0f",
        "valuesuffix": suffix,
        "textfont": {"size": 12.5, "color": INK},
        "node": {
            "label": [plain(name) for name in names],
            "pad": 18,
            "thickness": 16,
            "line": {"width": 0},
            "color": [ZONES[place] for place in (*sources, *targets)],
            "x": [0.001] * len(sources) + [0.999] * len(targets),
            "y": [*_centres(left), *_centres(right)],
            "hovertemplate": "%{label}<extra></extra>",
        },
        "link": {
            "source": [sources.index(link[0]) for link in links],
            "target": [len(sources) + targets.index(link[1]) for link in links],
            "value": [round(link[2], 1) for link in links],
            "color": [rgba(ZONES[link[0]], 0.38) for link in links],
            "customdata": [f"{NAMES[origin].in_(language)} → {NAMES[end].in_(language)}" for origin, end, _ in links],
            "hovertemplate": f"%{{customdata}}: %{{value:,.0f}}{suffix}<extra></extra>",
        },
    }


def _centres(people: list[float]) -> list[float]:
    """Vertical centres of the bars of one side, from the top, with the same air between them."""
    gap = 0.05
    height = (1.0 - gap * (len(people) - 1)) / (sum(people) or 1.0)
    centres, top = [], 0.0
    for size in people:
        centres.append(round(min(max(top + size * height / 2.0, 0.001), 0.999), 5))
        top += size * height + gap
    return centres
