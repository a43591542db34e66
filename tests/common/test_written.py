"""Numbers as people write them in tables."""

import pytest

from sim.common.written import number, without_groups


@pytest.mark.parametrize(
    ("text", "plain", "grouped"),
    [
        ("12", 12.0, 12.0),
        (" -1.5e3 ", -1500.0, -1500.0),
        ("646.5", 646.5, 646.5),
        ("1,234,567.8", None, 1234567.8),
        ("41,76", None, None),
        ("1,2345", None, None),
        ("nan", None, None),
        ("inf", None, None),
        ("1e999", None, None),
        ("9" * 5000, None, None),
        ("1_000", None, None),
        ("", None, None),
        ("六十", None, None),
    ],
)
def test_a_number_is_read_only_where_it_is_sure(text: str, plain: float | None, grouped: float | None) -> None:
    assert (number(text), number(text, grouped=True)) == (plain, grouped)


def test_commas_are_taken_out() -> None:
    assert (without_groups("646,000"), without_groups("64,6")) == ("646000", None)
