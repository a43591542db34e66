"""How far places strayed from their areas."""

import pytest

from docs.write.strayed import by_span, power, section, strayed
from sim.evidence.conditioning.clues import POWER, STRAYED
from tests.paths import REFERENCE


def test_registered_people_stray_with_the_power_they_are_made_with() -> None:
    rows = [
        (f"99010{one}", 2010 + year, 100.0 + sign * 5.0 * year**0.7)
        for one, sign in enumerate((1, -1, 1, -1))
        for year in (0, 1, 2, 3)
    ]
    first = {code for code, *_ in rows}
    from_start = by_span([row for row in rows if row[1] in (2010, 2011)])
    assert len(first) == 4
    assert from_start == {1: pytest.approx(0.05)}
    assert power({1: 0.01, 10: 0.01 * 10**0.7}) == pytest.approx(0.7)


@pytest.mark.skipif(not (REFERENCE / "census").is_dir(), reason="reference data are not here")
def test_what_the_program_carries_is_what_the_tables_say() -> None:
    said = section(REFERENCE)
    for (kind, whose, measure), size in STRAYED.items():
        row = next(line for line in said.splitlines() if line.startswith(f"| {kind} | {whose} |"))
        assert f"{100.0 * size:.1f}" == row.split("|")[4 if measure == "resident" else 5].strip()
    assert f"{POWER:.2f}" in said
    assert not strayed([])
