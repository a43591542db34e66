"""Names of counties and prefectures in pinyin: `calibration/place_names.csv`.

`python -m docs.write.place_names TABLE…` (needs the extra `dev`). A TABLE holds columns `county` and `prefecture`, or
`name`. The word for the kind of place and names of peoples are left out: 界首市 is Jieshou, 峨山彝族自治县 is Eshan.
What a dictionary of words reads otherwise than the place is called stands below.
"""

import csv
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import click
from pypinyin import Style, lazy_pinyin

from sim.common.paths import library
from sim.places.china.place_names import FILE

_KINDS: Final = ("自治县", "自治旗", "自治州", "自治区", "联合旗", "特区", "地区", "省", "市", "县", "区", "旗", "盟")
_PEOPLES: Final = re.compile(
    "各族|蒙古族?|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族?|傣族|黎族|傈僳族|佤族|畲族|"
    "拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜|土族|达斡尔族?|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯|普米族|塔吉克|怒族|裕固族|"
    "保安族|独龙族|鄂温克族|鄂伦春"
)
_WHOLE: Final = {
    "神农架林区": "Shennongjia",
    "内蒙古自治区": "Inner Mongolia",
    "西藏自治区": "Tibet",
    "陕西省": "Shaanxi",
}
_SIGNS: Final = {"都": "du", "长": "chang", "什": "shi", "乐": "le", "佛": "fo", "勒": "le", "台": "tai"}
_READINGS: Final = {
    "乐亭": "lao ting",
    "乐清": "yue qing",
    "乐陵": "lao ling",
    "伽师": "jia shi",
    "六合": "lu he",
    "单县": "shan xian",
    "召陵": "shao ling",
    "大城": "dai cheng",
    "扎囊": "za nang",
    "扎鲁特": "za lu te",
    "曾都": "zeng du",
    "朝阳": "chao yang",
    "泊头": "bo tou",
    "洪洞": "hong tong",
    "浚县": "xun xian",
    "浪卡子": "lang ka zi",
    "涡阳": "guo yang",
    "筠连": "jun lian",
    "繁峙": "fan shi",
    "红寺堡": "hong si bu",
    "荥经": "ying jing",
    "蚌山": "beng shan",
    "覃塘": "qin tang",
    "长子": "zhang zi",
    "闵行": "min hang",
    "龙圩": "long xu",
}


def english(name: str) -> str:
    """A place's name in pinyin without what kind of place it is; where one sign would be left, the kind stays."""
    if name in _WHOLE:
        return _WHOLE[name]
    short = _without_kind(name)
    read = lazy_pinyin(name, style=Style.NORMAL)
    read = [_SIGNS.get(sign, syllable) for sign, syllable in zip(name, read, strict=True)]
    for word, syllables in _READINGS.items():
        at = name.find(word)
        if at >= 0:
            read[at : at + len(word)] = syllables.split()
    kept = [read[place] for place in _places(name, short)]
    joined = kept[0] + "".join(f"'{one}" if one[0] in "aeo" else one for one in kept[1:])
    return joined[:1].upper() + joined[1:]


def _places(name: str, short: str) -> list[int]:
    """Where the signs of a shorter form stand in a name, in order."""
    found: list[int] = []
    for sign in short:
        found.append(name.index(sign, found[-1] + 1 if found else 0))
    return found


def _without_kind(name: str) -> str:
    kind = next((one for one in _KINDS if name.endswith(one)), "")
    short = name.removesuffix(kind)
    if "自治" in kind:
        without = _PEOPLES.sub("", short)
        short = without if len(without) > 1 else short
    return name if len(short) < 2 else short


def names_in(tables: Iterable[Path]) -> set[str]:
    """Every name of the tables that has Chinese signs alone."""
    found: set[str] = set()
    for path in tables:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                found.update((row.get(column) or "").strip() for column in ("county", "prefecture", "name"))
    return {name for name in found if re.fullmatch(r"[\u4e00-\u9fff]+", name)}


@click.command()
@click.argument("tables", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def main(tables: tuple[Path, ...]) -> None:
    """Write the table of names."""
    rows = [(name, english(name)) for name in sorted(names_in(tables))]
    with (library() / FILE).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("zh", "en"))
        writer.writerows(rows)
    click.echo(f"{len(rows)} names")


if __name__ == "__main__":
    main()
