"""The layout of a batch's manifest, which may come from somebody else."""

from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

DesignKind = Literal["grid", "latin", "sobol", "saltelli", "morris", "fast", "one_at_a_time"]

_Finite = Annotated[float, Field(allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0, le=10**9)]
Year = Annotated[int, Field(ge=1900, le=2200)]


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")


class _Words(_Part):
    model_config = ConfigDict(strict=True, extra="forbid")

    zh: str
    en: str


class _Design(_Part):
    kind: DesignKind | None
    levels: Count


class _Factor(_Part):
    key: str
    name: _Words
    unit: str | None = None
    ends: Annotated[list[_Finite], Field(min_length=2, max_length=2)] | None = None


class _Target(_Part):
    id: str
    title: _Words


class _Output(_Part):
    column: str
    title: _Words
    measure: str
    year: Count
    statistic: str
    unit: str
    target: _Target | None = None


class _Batch(_Part):
    """What both kinds of batches say: hashes of the files that they were begun with."""

    inputs: dict[str, str] = {}
    design_hash: dict[str, str] = {}


class _Sweep(_Batch):
    title: _Words
    design: _Design
    members: Count
    block: Annotated[int, Field(ge=1)] = 1
    factors: list[_Factor]
    outputs: Annotated[list[_Output], Field(min_length=1)]


class _Column(_Part):
    column: str


class _OverCounties(_Part):
    kind: str


class _Asked(_Part):
    horizon: Year
    draws: Count


class _Counties(_Batch):
    census: Year
    asked: _Asked
    design: _OverCounties
    members: Count
    block: Annotated[int, Field(ge=1)] = 1
    factors: list[_Factor]
    outputs: Annotated[list[_Column], Field(min_length=1)]


_MOST: Final = 8
"""Faults of a manifest that are told."""


def faults_of(content: Any) -> list[tuple[str, str]]:
    """What is not as a sweep, or a batch of counties, writes it: the path of each fault, and what is wrong."""
    counties = isinstance(content, dict) and "census" in content
    try:
        (_Counties if counties else _Sweep).model_validate(content)
    except ValidationError as found:
        return [(".".join(map(str, one["loc"])), one["msg"]) for one in found.errors()[:_MOST]]
    columns = [output["column"] for output in content["outputs"]]
    keys = [factor["key"] for factor in content["factors"]]
    twice = [("outputs", columns), ("factors", keys)]
    return [(path, "a name stands twice") for path, names in twice if len({*names}) < len(names)]
