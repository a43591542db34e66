"""What the atlas holds: counties, their values by year as whole numbers, the map, and charts without their numbers."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd

from sim.common.language import Language, Text
from sim.common.quickclass import quickclass
from sim.common.typography import sentence
from sim.output.atlas.boundaries import Drawn, said_of
from sim.output.atlas.scales import SCALES, UNKNOWN, Scale
from sim.output.atlas.tiles import tiles
from sim.output.atlas.words import words
from sim.output.charts.axes import value_axis, years_axis
from sim.output.charts.style import SCENARIOS, STATUS, TARGET, Figure, axis_of, figure, tint
from sim.output.layout.modebar import config
from sim.output.texts import tr
from sim.places.china.place_names import pinyin
from sim.places.china.province_names import province_name
from sim.questions.census_sweep.answer import status_word
from sim.questions.census_sweep.kept import KeptBatch

Plain = dict[str, Any]

_BANDS: Final = {
    "rate": ("rate_low", "rate", "rate_high"),
    "residents": ("residents_low", "residents", "residents_high"),
}
_NAMED: Final = 400
"""Outlines without a county that are named at most."""
_SHARES: Final = 1000
"""What shares are multiplied by, so that whole numbers hold what is shown."""


@quickclass(frozen=True, slots=True)
class Atlas:
    """A batch, and the user's own boundaries where there are any."""

    batch: KeptBatch
    drawn: Drawn | None = None

    def title(self) -> Text:
        """What the page is called."""
        batch = self.batch
        return tr("Counties to {horizon}, from the census of {census}", horizon=batch.horizon, census=batch.census_year)

    def about(self) -> Text:
        """A line about it."""
        failed = int((self.batch.counties["status"] == "failed").sum())
        said = tr(
            "{counties:,} counties on the trend of learnt rates, {draws} draws each",
            counties=len(self.batch.counties),
            draws=self.batch.draws,
        )
        more = tr("; {failed} could not be run", failed=failed) if failed else Text("", "")
        return Text(said.zh + more.zh, said.en + more.en)


def content(atlas: Atlas, language: Language, *, is_served: bool) -> Plain:
    """All that the page shows, for JSON."""
    batch = atlas.batch
    counties = batch.counties
    years = batch.years.sort_values(["member", "year"])
    return {
        "lang": language,
        "served": is_served,
        "words": words(language),
        "plotly": config(language),
        "years": sorted(int(year) for year in years["year"].unique()),
        "targetYear": int(counties["target_year"].median()),
        "counties": _counties(counties, language),
        "scales": [_scale(scale, language) for scale in SCALES],
        "values": {scale.id: _by_county(scale.of(years, counties) * scale.times, years, counties) for scale in SCALES},
        "bands": {
            name: _by_county(years[name] * (_SHARES if name.startswith("rate") else 1), years, counties)
            for names in _BANDS.values()
            for name in (names[0], names[2])
        },
        "map": _outlines(atlas.drawn, counties, language) if atlas.drawn else _tiles(counties, language),
        "fans": {name: _fan(name, batch, language) for name in _BANDS},
        "unknown": UNKNOWN,
        "command": _command(batch),
    }


def _counties(table: pd.DataFrame, language: Language) -> Plain:
    provinces, prefectures = (_listed(table[name]) for name in ("province", "prefecture"))
    return {
        "code": table["code"].astype(str).tolist(),
        "name": table["name"].astype(str).tolist(),
        "pinyin": [pinyin(name) for name in table["name"].astype(str)],
        "province": [provinces.index(name) for name in table["province"].fillna("").astype(str)],
        "prefecture": [prefectures.index(name) for name in table["prefecture"].fillna("").astype(str)],
        "provinces": _names_of_provinces(table, provinces, language),
        "prefectures": [_called(name, language) for name in prefectures],
        "target": [round(_SHARES * float(rate), 1) for rate in table["target"]],
        "targetYear": [int(year) for year in table["target_year"]],
        "scope": table["target_of"].tolist(),
        "status": [status_word(status, language) for status in table["status"]],
        "colour": [STATUS.get(status, "#566370") for status in table["status"]],
        "error": table["error"].fillna("").astype(str).tolist(),
    }


def _listed(column: "pd.Series[str]") -> list[str]:
    return list(dict.fromkeys(column.fillna("").astype(str)))


def _names_of_provinces(table: pd.DataFrame, provinces: Sequence[str], language: Language) -> list[str]:
    """Provinces by the name of their code, as the reader's language has it; else as the table calls them."""
    prefixes = _prefixes(table)
    return [_short(name, province_name(prefixes[name]), language) for name in provinces]


def _prefixes(table: pd.DataFrame) -> dict[str, str]:
    """The first two digits of each province's code: those of most of its counties, since a code may be mistyped."""
    digits = table["code"].astype(str).str[:2].groupby(table["province"].fillna("").astype(str))
    return {str(name): str(own.mode().iloc[0]) for name, own in digits}


def _short(name: str, known: Text | None, language: Language) -> str:
    return name if known is None or (language == "zh" and name) else known.in_(language)


def _called(name: str, language: Language) -> str:
    return name if language == "zh" else pinyin(name)


def _scale(scale: Scale, language: Language) -> Plain:
    return {
        "id": scale.id,
        "name": scale.name.in_(language),
        "about": scale.about.in_(language),
        "kind": scale.kind,
        "breaks": [round(scale.times * end) for end in scale.breaks],
        "colours": list(scale.colours),
        "labels": scale.labels(language),
    }


def _by_county(values: "pd.Series[float]", years: pd.DataFrame, counties: pd.DataFrame) -> list[list[int] | None]:
    """Whole numbers by county and year; none of a county that could not be run."""
    rounded = values.round().fillna(0).astype("int64")
    found: dict[int, list[int]] = {}
    for member, value in zip(years["member"].to_numpy(), rounded.to_numpy(), strict=True):
        found.setdefault(int(member), []).append(int(value))
    return [found.get(int(member)) for member in counties.index]


def _tiles(counties: pd.DataFrame, language: Language) -> Plain:
    prefixes = _prefixes(counties)
    provinces = [prefixes[name] for name in counties["province"].fillna("").astype(str)]
    made = tiles(
        counties["code"].astype(str).tolist(), provinces, counties["prefecture"].fillna("").astype(str).tolist()
    )
    names = {tile.key: province_name(f"{tile.key}0000") for tile in made.tiles}
    labels = [
        {"x": tile.x, "y": tile.y, "name": _brief(known.in_(language)) if known else _called(tile.key, language)}
        for tile in made.tiles
        for known in (names[tile.key],)
    ]
    return {"kind": "tiles", "width": made.width, "height": made.height, "squares": made.squares, "tiles": labels}


def _brief(province: str) -> str:
    """A province's name as maps have it: 新疆 for 新疆维吾尔自治区."""
    return re.sub("(维吾尔|壮族|回族)?(自治区|省|市|特别行政区)$", "", province)


def _outlines(drawn: Drawn, counties: pd.DataFrame, language: Language) -> Plain:
    names = counties["name"].astype(str).tolist()
    return {
        "kind": "outlines",
        "width": drawn.width,
        "height": drawn.height,
        "paths": [drawn.paths.get(index) for index in range(len(counties))],
        "said": sentence(tr("{said}.", said=said_of(drawn, len(counties))).in_(language)),
        "notice": drawn.notice,
        "without": [names[index] for index in drawn.without],
        "unmatched": [*drawn.unmatched[:_NAMED], *(["…"] if len(drawn.unmatched) > _NAMED else [])],
    }


def _fan(name: str, batch: KeptBatch, language: Language) -> Plain:
    """A chart of one county over the years, without its numbers, and what they are divided by."""
    axis = axis_of("share" if name == "rate" else "person", language)
    colour = SCENARIOS[0]
    traces: list[Plain] = [
        {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "showlegend": False},
        {
            "mode": "lines",
            "line": {"width": 0},
            "fill": "tonexty",
            "fillcolor": tint(colour, 0.28),
            "hoverinfo": "skip",
            "name": tr("{percent}% band", percent=80).in_(language),
        },
        {
            "mode": "lines",
            "line": {"width": 2.4, "color": colour},
            "name": tr("Median").in_(language),
            "hovertemplate": f"%{{y:{axis.format}}}{axis.suffix}<extra></extra>",
        },
    ]
    if name == "rate":
        diamond = {"size": 12, "symbol": "diamond", "color": TARGET}
        traces.append({"mode": "markers", "marker": diamond, "name": tr("Target", context="indicator").in_(language)})
    layout = {
        "xaxis": years_axis(batch.census_year, batch.horizon, language),
        "yaxis": value_axis(axis),
        "height": 250,
        "margin": {"l": 52, "r": 14, "t": 64, "b": 58},
        "legend": {"orientation": "h", "x": 0, "y": -0.2, "font": {"size": 11.5}},
    }
    title, about = _title(name).in_(language), tr("median and 80% band").in_(language)
    if name != "rate":
        about = tr("{about}, {unit}", about=about, unit=axis.unit).in_(language)
    return {"figure": _empty(traces, title, about, layout, language), "divide": _divide(name, axis.size)}


def _title(name: str) -> Text:
    return tr("Urbanization rate") if name == "rate" else tr("Residents")


def _empty(traces: list[Plain], title: str, about: str, layout: Plain, language: Language) -> Figure:
    made = figure([one | {"type": "scatter"} for one in traces], title, about, layout, language)
    made["layout"]["title"]["font"]["size"] = 14
    return made


def _divide(name: str, size: float) -> float:
    return _SHARES * size if name == "rate" else size


def _command(batch: KeptBatch) -> Plain:
    """What makes a scenario of one county and opens it; `{code}` and `{name}` stand for it."""
    table = Path(batch.census).as_posix()
    year = batch.census_year
    return {
        "add": f'townward region add --census "{table}" --year {year} --code {{code}} --name-en "{{name}}"',
        "serve": "townward serve scenarios/{code}/trend.yaml",
    }
