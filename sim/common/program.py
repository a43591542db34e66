"""Which program this is: its code, since a version number may stand for many."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Final

_KINDS: Final = {".py", ".csv", ".json"}


@lru_cache(maxsize=1)
def code() -> str:
    """A hash of all code and tables of this package, the same on every machine that has the same."""
    package = Path(__file__).resolve().parent.parent
    found = sha256()
    names = sorted(path.relative_to(package).as_posix() for path in package.rglob("*") if path.suffix in _KINDS)
    for name in names:
        if not name.startswith("_data/"):
            found.update(f"{name}\0".encode() + sha256((package / name).read_bytes()).digest())
    return found.hexdigest()[:16]
