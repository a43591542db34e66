"""Names of places in pinyin."""

import pytest

from sim.places.china.place_names import known, pinyin
from sim.places.china.province_names import PROVINCES


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("江苏省", "Jiangsu"),
        ("陕西省", "Shaanxi"),
        ("内蒙古自治区", "Inner Mongolia"),
        ("界首市", "Jieshou"),
        ("叶县", "Yexian"),
    ],
)
def test_a_place_is_called_without_its_kind(zh: str, en: str) -> None:
    assert pinyin(zh) == en


def test_a_province_has_one_english_name() -> None:
    called = known()
    assert {name.zh: called[name.zh] for name in PROVINCES.values() if name.zh in called} == {
        name.zh: name.en for name in PROVINCES.values() if name.zh in called
    }
    assert sum(name.zh in called for name in PROVINCES.values()) > 20
