"""What sort of region a code and a name speak of."""

from typing import Literal

Kind = Literal["county", "city", "district", "province"]


def kind_of(code: str, name: str) -> Kind:
    """By its code (GB/T 2260) and the last word of its Chinese name; a city is one of county level."""
    if code.endswith("0000"):
        return "province"
    if name.endswith("区") and not name.endswith(("林区", "特区")):
        return "district"
    return "city" if name.endswith("市") else "county"
