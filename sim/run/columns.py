"""Tables as columns of NumPy arrays: a run makes and writes them without pandas, which takes long to load."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.model.arrays import Flags

if TYPE_CHECKING:
    import pandas as pd


class Columns:
    """A table: columns of equal length by name, texts as objects."""

    def __init__(self, by_name: Mapping[str, NDArray[Any]]) -> None:
        self.by_name = dict(by_name)

    @classmethod
    def of_rows(cls, names: Sequence[str], rows: Sequence[Sequence[object]]) -> "Columns":
        """Of rows, each in the order of the names."""
        return cls({name: _column([row[at] for row in rows]) for at, name in enumerate(names)})

    @classmethod
    def of_frame(cls, frame: "pd.DataFrame") -> "Columns":
        """Of a table of pandas', without its index."""
        return cls({str(name): frame[name].to_numpy() for name in frame.columns})

    @classmethod
    def joined(cls, parts: Sequence["Columns"]) -> "Columns":
        """The rows of several tables of the same columns, one of which there is at least, one after the other."""
        some = [one for one in parts if len(one)] or parts[:1]  # of no rows the kind of a column is not known
        return cls({name: np.concatenate([one[name] for one in some]) for name in parts[0].by_name})

    def __len__(self) -> int:
        return len(next(iter(self.by_name.values())))

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self.by_name[name]

    def where(self, kept: Flags) -> "Columns":
        """The rows that are kept."""
        return Columns({name: values[kept] for name, values in self.by_name.items()})

    def rows(self, *names: str) -> Iterator[tuple[Any, ...]]:
        """The rows of some columns, or of all, as plain numbers and texts."""
        return zip(*(self[name].tolist() for name in names or self.by_name), strict=True)

    def frame(self) -> "pd.DataFrame":
        """As a table of pandas'."""
        import pandas as pd  # noqa: PLC0415 - nobody else asks for it

        return pd.DataFrame(self.by_name)


def _column(values: Sequence[object]) -> NDArray[Any]:
    return np.array(values, dtype=object if not values or isinstance(values[0], str) else None)
