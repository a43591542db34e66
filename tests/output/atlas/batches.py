"""A batch of five made-up counties, one of them with a name that is markup, run once."""

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from sim.output.atlas.content import Atlas
from sim.questions.census_sweep.batch import opened, table
from sim.questions.census_sweep.county import Asked
from sim.questions.census_sweep.kept import KeptBatch, kept_batch
from sim.questions.sweep import runner
from tests.questions.census_sweep.tables import census, county

EVIL = "<img src=x onerror=alert(1)>县"
FORMULA = "=HYPERLINK(1)县"
PLACES = {"110101": "东城区", "341282": "界首市", "341299": EVIL, "440106": FORMULA, "510199": "东城区"}


@cache
def batch_folder() -> Path:
    """The folder of the batch: 4 draws to 2026."""
    folder = Path(mkdtemp(prefix="townward-atlas-"))
    rows = [county(code, 10 + i) | {"county": name} for i, (code, name) in enumerate(PLACES.items())]
    rows[0] |= {"province": "北京市", "prefecture": "北京市"}
    rows[3] |= {"province": "广东省", "prefecture": "广州市"}
    rows[4] |= {"province": "四川省", "prefecture": "成都市"}
    of = table(census(folder, *rows), Asked(draws=4, horizon=2026))
    batch = opened(of, folder / "out")
    runner.run(batch, runner.Means(0), lambda now: None)
    return folder / "out"


@cache
def batch() -> KeptBatch:
    """The same as it is read."""
    return kept_batch(batch_folder())


def atlas() -> Atlas:
    """Its atlas without boundaries."""
    return Atlas(batch())
