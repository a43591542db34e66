"""A region's fit tells how far it is, and is the same whether anybody is told or not."""

from sim.common.language import Text
from sim.evidence.calibrate.region import _counted, calibrate, checked
from tests.scenarios import ROOT

HAIZHU = ROOT / "scenarios" / "regions" / "haizhu"


def test_what_is_done_is_told_as_it_grows_and_changes_nothing() -> None:
    told: list[tuple[str, float]] = []

    def tell(what: Text, share: float) -> None:
        told.append((what.en, share))

    found = calibrate(HAIZHU, 8, tell)
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert 0.0 < shares[0] < 0.5 < shares[-1] <= 1.0
    assert told[0][0].endswith(" of about 1,780 decades run")
    assert (found.fit.spread == calibrate(HAIZHU, 8).fit.spread).all()
    told.clear()
    assert (checked(found, tell=tell).mean == checked(found).mean).all()
    assert told[-1] == ("5,120 of about 5,120 decades run", 1.0)


def test_more_than_is_usual_is_never_more_than_all() -> None:
    told: list[tuple[str, float]] = []
    ran = _counted(lambda what, share: told.append((what.en, share)), 10)
    assert ran is not None
    ran(8)
    ran(4)
    assert told == [("8 of about 10 decades run", 0.8), ("12 of about 12 decades run", 1.0)]
