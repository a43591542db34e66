"""The first scenario of a region: its rates as they are, nothing else."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import yaml

from sim.scenario.library import above

_TREND: Final = """\
# Rates of the region as they are, nothing else. / 现状速率,不加政策。
name: trend
title: {{zh: 趋势延续, en: Trend}}
region: {region}
horizon: {horizon}
test_year: {test_year}
draws: 1000
seed: 2020
"""


def write_trend(regions: Path, region_id: str, base_year: int, targets: Sequence[dict[str, Any]] = ()) -> Path:
    """Write `REGION/trend.yaml` beside the folder of regions; an existing one is kept. targets: of its own, if any."""
    path = above(regions) / region_id / "trend.yaml"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        name = f"'{region_id}'" if region_id.isdigit() else region_id
        text = _TREND.format(region=name, horizon=base_year + 15, test_year=base_year + 5)
        own = (
            yaml.safe_dump({"targets": list(targets)}, allow_unicode=True, sort_keys=False, width=120)
            if targets
            else ""
        )
        path.write_text(text + own, encoding="utf-8", newline="\n")
    return path
