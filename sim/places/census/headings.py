"""Headings of a census table as people write them, and the columns that they are."""

from typing import Final

from sim.places.census.row import AGE_GROUPS


def _ages(zh: str, en: str) -> dict[str, str]:
    named = {f"{zh}{group}岁": f"{en}_{group}" for group in AGE_GROUPS[:-1]}
    return named | {f"{zh}85岁及以上": f"{en}_{AGE_GROUPS[-1]}"}


CENSUS: Final = {
    "区划代码": "code",
    "地区": "county",
    "省份": "province",
    "地市": "prefecture",
    "常住人口": "resident",
    "男": "male",
    "女": "female",
    "城镇人口": "urban",
    "乡村人口": "rural",
    "城区人口": "city_area",
    "家庭户": "households",
    "家庭户人口": "household_population",
    "一人户": "hh_one_person",
    "户籍人口": "registered",
    "非农业户口比重(%)": "nonagricultural_hukou_pct",
    "户口在本县其他乡镇": "in_migrants_same_county",
    "户口在省内其他县": "in_migrants_same_province",
    "户口在外省": "in_migrants_other_province",
    "出生率(‰)": "birth_rate_per_1000",
    "死亡率(‰)": "death_rate_per_1000",
    "平均受教育年限": "mean_years_schooling",
    "人均住房面积": "floor_area_per_person",
    "户均间数": "rooms_per_household",
    **_ages("男", "male"),
    **_ages("女", "female"),
}
