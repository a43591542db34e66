"""Names of provinces by the first two digits of a region code (GB/T 2260)."""

from typing import Final

from sim.common.language import Text
from sim.places.texts import tr

PROVINCES: Final[dict[str, Text]] = {
    "11": tr("Beijing"),
    "12": tr("Tianjin"),
    "13": tr("Hebei"),
    "14": tr("Shanxi"),
    "15": tr("Inner Mongolia"),
    "21": tr("Liaoning"),
    "22": tr("Jilin"),
    "23": tr("Heilongjiang"),
    "31": tr("Shanghai"),
    "32": tr("Jiangsu"),
    "33": tr("Zhejiang"),
    "34": tr("Anhui"),
    "35": tr("Fujian"),
    "36": tr("Jiangxi"),
    "37": tr("Shandong"),
    "41": tr("Henan"),
    "42": tr("Hubei"),
    "43": tr("Hunan"),
    "44": tr("Guangdong"),
    "45": tr("Guangxi"),
    "46": tr("Hainan"),
    "50": tr("Chongqing"),
    "51": tr("Sichuan"),
    "52": tr("Guizhou"),
    "53": tr("Yunnan"),
    "54": tr("Tibet"),
    "61": tr("Shaanxi"),
    "62": tr("Gansu"),
    "63": tr("Qinghai"),
    "64": tr("Ningxia"),
    "65": tr("Xinjiang"),
}


def province_name(code: str) -> Text | None:
    """The province a region code belongs to, or None where the code is of no known province."""
    return PROVINCES.get(code[:2])
