"""Synthetic cases with known answers, as arrays and as the folder of a sweep."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.common.language import Text
from sim.model.arrays import Array, Flags
from sim.questions.discover.cases import Cases, Varied
from sim.questions.discover.question import Criterion
from sim.run.folder import json_file, parquet

KEYS = ("away.return_to_city", "transfer.rural_to_city.times", "policies.schools-in-town.intensity", "fertility.tfr")
NAMES = (
    ("外出人口返回", "returns"),
    ("农村人口进城", "moves to the seat"),
    ("学校进城", "schools in town"),
    ("总和生育率", "total fertility rate"),
)


def spread(members: int, factors: int) -> Array:
    """A Kronecker sequence in the unit cube: even, and the same everywhere."""
    roots = np.sqrt(np.array([2.0, 3.0, 5.0, 7.0, 11.0, 13.0])[:factors])
    return np.asarray(np.mod(np.arange(1, members + 1)[:, np.newaxis] * roots, 1.0))


def noisy(of: Flags, share: float) -> Flags:
    """The flags with a share of them turned round."""
    turned = np.mod(np.arange(1, len(of) + 1) * np.pi, 1.0) < share
    return np.asarray(of ^ turned, dtype=np.bool_)


def corner(points: Array) -> Flags:
    """A box over the first two factors: 28% of the cube."""
    return np.asarray((points[:, 0] < 0.4) & (points[:, 1] > 0.3), dtype=np.bool_)


def made(points: Array, fails: Flags, levels: Sequence[tuple[float, ...]] = ()) -> Cases:
    """Cases that have been read, of a target that the flags miss."""
    said = Text("人口", "population")
    criterion = Criterion("p", said, "city", 2025, "probability", "share", "below", 0.5, said)
    factors = tuple(
        Varied(KEYS[i], Text(*NAMES[i]), ("share/year", "×", "", "children/woman")[i], (*levels, *[()] * 4)[i])
        for i in range(points.shape[1])
    )
    return Cases(Text("试验", "trial"), factors, criterion, points, 1.0 - fails.astype(float), fails, 1, 0)


def folder(path: Path, points: Array, values: dict[str, Array], kind: str = "latin", at: Array | None = None) -> Path:
    """The folder of a sweep with these points, and outputs by column; `p…` are probabilities of targets T205, T206 …"""
    keys = KEYS[: points.shape[1]]
    member = {"member": np.arange(len(points))}
    where = points if at is None else at
    outputs: list[dict[str, Any]] = []
    for place, column in enumerate(values):
        is_target = column.startswith("p")
        outputs.append(
            {
                "column": column,
                "title": {"zh": f"量{column}", "en": f"measure {column}"},
                "measure": "city" if is_target else "urbanization_rate",
                "year": 2025,
                "statistic": "probability" if is_target else "q10",
                "unit": "share",
                "target": {"id": f"T{205 + place}", "title": {"zh": "人口", "en": "population"}} if is_target else None,
            }
        )
    record = {
        "members": len(points),
        "design": {"kind": kind, "size": len(points), "levels": 4, "seed": 1},
        "factors": [
            {"key": key, "name": {"zh": zh, "en": en}, "stacked": True, "unit": None}
            for key, (zh, en) in zip(keys, NAMES, strict=False)
        ],
        "outputs": outputs,
        "title": {"zh": "试验", "en": "trial"},
    }
    (path / "outputs").mkdir(parents=True)
    parquet(pd.DataFrame(member | {key: where[:, i] for i, key in enumerate(keys)}))(path / "members.parquet")
    parquet(pd.DataFrame(member | {key: points[:, i] for i, key in enumerate(keys)}))(path / "points.parquet")
    parquet(pd.DataFrame(member | values))(path / "outputs" / "00000.parquet")
    json_file(record)(path / "sweep.json")
    return path
