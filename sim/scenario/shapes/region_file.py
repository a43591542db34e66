"""The shape of a region's files: what it is, and its rates."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.scenario.shapes.values import SettingEntry
from sim.scenario.shapes.words import Called, Name, Sentence, Strict, Words, Year, said, wrong
from sim.scenario.texts import tr


class NoteEntry(Strict):
    """How a part of the base year came about."""

    what: Annotated[Words, said(tr("what"))]
    method: Annotated[Words, said(tr("method"))]
    kind: Annotated[
        Literal["observed", "estimated", "assumed", "missing"],
        said(tr("observed, estimated, assumed or missing")),
    ]


class RegionFile(Strict):
    """A region: names, code, base year and how its base population came about."""

    id: Annotated[Name, said(tr("id, the same as the folder's name"))]
    code: Annotated[
        str,
        Field(pattern=r"^[0-9]{6}$"),
        said(tr("six-digit code (GB/T 2260), quoted")),
    ]
    name: Annotated[Words, said(tr("name"))]
    parent: Annotated[Words | None, said(tr("prefecture above it"))] = None
    province: Annotated[Words, said(tr("province"))]
    base_year: Annotated[Year, said(tr("base year"))]
    census: Annotated[Sentence | None, said(tr("file with the census figures of the base year"))] = None
    history: Annotated[Sentence | None, said(tr("file with observed figures of other years"))] = None
    notes: Annotated[tuple[NoteEntry, ...], Field(strict=False), said(tr("notes on the data"))] = ()


class GroupFile(Strict):
    """Several regions that are reported as one: a prefecture, or the districts of a city."""

    id: Annotated[Name, said(tr("id, the same as the folder's name", context="group"))]
    code: Annotated[
        str | None,
        Field(pattern=r"^[0-9]{6}$"),
        said(tr("six-digit code (GB/T 2260), quoted")),
    ] = None
    name: Annotated[Words, said(tr("name"))]
    province: Annotated[Words, said(tr("province"))]
    members: Annotated[
        tuple[Called, ...],
        Field(strict=False, min_length=1),
        said(tr("regions, or groups of regions, that it is made of")),
    ]
    history: Annotated[Sentence | None, said(tr("file with observed figures of other years"))] = None


class Correlation(Strict):
    """Which rates are uncertain together."""

    paths: Annotated[tuple[str, ...], Field(strict=False, min_length=2), said(tr("paths of parameters"))]
    matrix: Annotated[
        tuple[Annotated[tuple[float, ...], Field(strict=False)], ...],
        Field(strict=False),
        said(tr("the matrix, row by row")),
    ]

    @model_validator(mode="after")
    def _is_correlation(self) -> "Correlation":
        size = len(self.paths)
        if len(set(self.paths)) != size:
            raise wrong(tr("a path is given twice"))
        if len(self.matrix) != size or any(len(row) != size for row in self.matrix):
            raise wrong(tr("the matrix must be {size}×{size}", size=size))
        if any(abs(self.matrix[i][i] - 1.0) > 1e-9 for i in range(size)):
            raise wrong(tr("the diagonal must be 1"))
        if any(abs(self.matrix[i][j] - self.matrix[j][i]) > 1e-9 for i in range(size) for j in range(i)):
            raise wrong(tr("the matrix must be symmetric"))
        if not _is_positive_definite(self.matrix):
            raise wrong(tr("the matrix must be positive definite"))
        return self


def _is_positive_definite(matrix: tuple[tuple[float, ...], ...]) -> bool:
    """Whether a Cholesky factor exists; in plain Python, since checking a file loads no numerical library."""
    factor: list[list[float]] = []
    for i, row in enumerate(matrix):
        factor.append([])
        for j in range(i):
            inner = sum(factor[i][k] * factor[j][k] for k in range(j))
            factor[i].append((row[j] - inner) / factor[j][j])
        pivot = row[i] - sum(entry * entry for entry in factor[i])
        if pivot <= 1e-12:
            return False
        factor[i].append(float(pivot**0.5))
    return True


class RatesFile(Strict):
    """The rates of a region, fitted or observed, and which of them are uncertain together."""

    set_: Annotated[
        dict[str, SettingEntry],
        Field(default_factory=dict),
        said(tr("path: value or change"), alias="set"),
    ]
    correlation: Annotated[Correlation | None, said(tr("correlation of the uncertainties"))] = None
