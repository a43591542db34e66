"""Covariates made into the columns of a regression: straight, by province, and by likeness to typical counties."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from scipy.cluster.vq import kmeans2

from sim.common.quickclass import quickclass
from sim.evidence.calibrate.covariates import (
    BEYOND,
    Scale,
    covariates,
    expectations,
    filled,
    provinces,
    scale_of,
)
from sim.model.arrays import Array, Flags
from sim.places.census import CensusRow

CENTRES: Final = 320

STRAIGHT, PROVINCE, LIKENESS = 0.5, 0.3, 1.0
"""Prior variance of the effect of all covariates taken straight, of a province, and of likeness."""

SHARE_KNOWN: Final = 0.9


@quickclass(frozen=True, slots=True)
class Design:
    """How rows become columns.

    scales: scale of the covariates by census year; used: covariates that enter [covariate]; together: how those are
    correlated [used covariate, used covariate], by which a missing one is expected; centres: typical counties
    [centre, used covariate]; root: makes likenesses independent (inverse of a Cholesky factor).
    """

    scales: dict[int, Scale]
    used: Flags
    together: Array
    centres: Array
    root: Array

    @property
    def straight(self) -> int:
        """How many of the columns, the first, are covariates taken straight."""
        return int(self.used.sum())

    def standard(self, rows: Sequence[CensusRow]) -> Array:
        """Standardised covariates [row, used covariate], NaN where one is missing."""
        year = min(self.scales, key=lambda known: abs(known - rows[0].year))
        return self.scales[year].standard(covariates(rows))[:, self.used]

    def known(self, rows: Sequence[CensusRow]) -> Flags:
        """Which rows have nearly all of the figures that not every county table has [row]."""
        beyond = self.standard(rows)[:, BEYOND[self.used]]
        if not beyond.shape[1]:
            return np.ones(len(rows), dtype=np.bool_)
        return np.asarray(np.isfinite(beyond).mean(axis=1) >= SHARE_KNOWN, dtype=np.bool_)

    def columns(self, rows: Sequence[CensusRow], without: bool = False) -> Array:
        """Columns of the regression [row, column], each with prior variance 1.

        without: as if no row had the figures that not every county table has.
        """
        found = self.standard(rows)
        if without:
            found[:, BEYOND[self.used]] = np.nan
        standard = filled(found, self.together)
        likeness = _likeness(standard, self.centres) @ self.root.T
        straight = standard * np.sqrt(STRAIGHT / standard.shape[1])
        return np.concatenate([straight, np.sqrt(PROVINCE) * provinces(rows), np.sqrt(LIKENESS) * likeness], axis=1)


def design_of(rows: Sequence[CensusRow], others: Sequence[Sequence[CensusRow]] = (), centres: int = CENTRES) -> Design:
    """The design of these rows of a census.

    others: rows of other censuses whose counties should be placed by it too; then only covariates that all of
    them have are used. Nothing but covariates enters.
    """
    tables = [rows, *others]
    values = [covariates(table) for table in tables]
    used = np.all([np.isfinite(table).mean(axis=0) >= SHARE_KNOWN for table in values], axis=0)
    scales = {table[0].year: scale_of(of) for table, of in zip(tables, values, strict=True)}
    known = scales[rows[0].year].standard(values[0])[:, used]
    together = expectations(known)
    count = min(centres, max(len(rows) // 4, 1))
    found, _ = kmeans2(filled(known, together), count, iter=20, minit="++", rng=np.random.default_rng(20))
    middles = np.unique(np.round(found[np.isfinite(found).all(axis=1)], 2), axis=0)
    return design_from(scales, used, together, middles)


def design_from(scales: dict[int, Scale], used: Flags, together: Array, centres: Array) -> Design:
    """The design of these typical counties [centre, used covariate]."""
    own = _likeness(centres, centres) + 1e-4 * np.eye(len(centres))
    root = np.asarray(np.linalg.inv(np.linalg.cholesky(own)), dtype=np.float64)
    return Design(scales, used, together, centres, root)


def _likeness(standard: Array, centres: Array) -> Array:
    """exp(−d) of the distance d of each row to each centre, in deviations a covariate [row, centre]."""
    square = (standard**2).sum(axis=1)[:, np.newaxis] + (centres**2).sum(axis=1) - 2.0 * standard @ centres.T
    return np.asarray(np.exp(-np.sqrt(np.maximum(square, 0.0) / centres.shape[1])), dtype=np.float64)
