"""Processes of our own: they are ended, replaced and given up as they should be, and nothing is lost."""

import time
from pathlib import Path

import pytest

from sim.questions.sweep import patience, pool
from sim.questions.sweep.child import LostError
from sim.questions.sweep.patience import TIME_LIMIT, Hand, Patience
from sim.questions.sweep.pool import results
from tests.questions.sweep.squares import Doing, Numbers


def pieces(count: int = 5, size: int = 4, **how: object) -> list[Doing]:
    return [Doing(tuple(range(size * i, size * (i + 1))), **how) for i in range(count)]  # type: ignore[arg-type]


def all_of(given: list[Doing], jobs: int, limit: float | None = None) -> dict[int, Numbers]:
    return dict(results(given, jobs, limit))


@pytest.mark.parametrize("jobs", [0, 1, 2, 3])
def test_every_piece_is_done_once_whatever_the_number_of_processes(jobs: int) -> None:
    found = all_of(pieces(), jobs)
    assert sorted(found) == list(range(5))
    assert [found[i].found for i in range(5)] == [tuple(n**2 for n in range(4 * i, 4 * i + 4)) for i in range(5)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_only_the_member_that_hangs_is_given_up(jobs: int) -> None:
    found = all_of(pieces(hang=(6,)), jobs, limit=0.3)
    assert found[1] == Numbers((16, 25, 49), ((6, TIME_LIMIT),))
    assert all(not found[i].failures for i in (0, 2, 3, 4))


def test_several_that_hang_are_all_found() -> None:
    (found,) = all_of([Doing(tuple(range(7)), hang=(0, 3, 6))], 1, limit=0.3).values()
    assert [member for member, _ in found.failures] == [0, 3, 6]
    assert found.found == (1, 4, 16, 25)


def test_what_prepares_a_process_is_not_counted() -> None:
    (found,) = all_of([Doing((3,), preparing=1.0)], 1, limit=0.5).values()
    assert found == Numbers((9,))


@pytest.mark.parametrize("jobs", [1, 2])
def test_without_a_limit_of_the_users_it_rests_on_what_others_took(jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    limit = Patience(None)
    assert limit() == patience.FIRST
    limit.took(0.01)
    assert limit() == patience.FLOOR
    limit.took(5.0)
    limit.took(1.0)
    assert limit() == 5.0 * patience.FACTOR
    monkeypatch.setattr(patience, "FLOOR", 0.5)
    found = all_of(pieces(hang=(9,), slow=0.01), jobs)
    assert found[2].failures == ((9, TIME_LIMIT),)


def test_a_first_piece_that_hangs_is_found_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "FIRST", 0.5)
    monkeypatch.setattr(patience, "FLOOR", 0.5)
    (found,) = all_of([Doing((0, 1, 2), hang=(0,))], 1).values()
    assert found == Numbers((1, 4), ((0, TIME_LIMIT),))


def test_only_0_processes_are_this_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing can be ended, nothing may be asked for that would have to be."""
    made: list[Patience] = []
    real = pool.Hand

    def counted(limit: Patience) -> Hand:
        made.append(limit)
        return real(limit)

    monkeypatch.setattr(pool, "Hand", counted)
    for jobs, limit, hands in ((0, None, 0), (0, 5.0, 1), (1, None, 1), (2, None, 2)):
        made.clear()
        assert sorted(all_of(pieces(count=2), jobs, limit)) == [0, 1]
        assert len(made) == hands


def test_a_limit_of_the_users_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    limit = Patience(7.0)
    limit.took(100.0)
    assert limit() == 7.0


def test_a_lost_process_is_replaced(tmp_path: Path) -> None:
    found = all_of(pieces(kill=(1, 6, 11), scratch=str(tmp_path)), 2)
    assert [found[i].found for i in range(5)] == [tuple(n**2 for n in range(4 * i, 4 * i + 4)) for i in range(5)]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1", "11", "6"]


def test_a_piece_that_always_loses_its_process_ends_the_batch_and_the_others_are_kept() -> None:
    found: list[int] = []
    given = pieces(kill=(17,))

    def keep() -> None:
        for index, _ in results(given, 2, None):
            found.append(index)

    with pytest.raises(LostError):
        keep()
    assert 4 not in found
    assert len(found) >= 2


def test_what_a_piece_raises_is_raised_here() -> None:
    with pytest.raises(ZeroDivisionError, match="member 6"):
        all_of(pieces(fail=(6,)), 2)


def test_leaving_early_ends_the_processes() -> None:
    found = results(pieces(count=50, slow=0.05), 2, None)
    next(found)
    begun = time.monotonic()
    found.close()  # type: ignore[attr-defined]
    assert time.monotonic() - begun < 5.0


def test_a_closed_hand_does_no_more() -> None:
    hand = Hand(Patience(None))
    assert hand.do(Doing((2,))) == Numbers((4,))
    hand.close()
    with pytest.raises(LostError):
        hand.do(Doing((2,)))
