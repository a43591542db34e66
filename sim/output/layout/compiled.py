"""Templates as byte code, kept beside that of the program's modules: to compile them takes as long as to fill them."""

import sys
from contextlib import suppress
from hashlib import blake2b
from importlib.util import cache_from_source
from pathlib import Path

from jinja2 import compiler
from jinja2.bccache import Bucket, FileSystemBytecodeCache


class Compiled(FileSystemBytecodeCache):
    """Where byte code of templates is kept; where nothing can be, or a file is damaged, they are compiled.

    made_by: the module that says how they are compiled; language: what is constant in them is said in it.
    """

    def __init__(self, made_by: str, language: str) -> None:
        super().__init__(str(Path(cache_from_source(made_by)).parent), f"{Path(made_by).stem}.{language}.%s.jinja")
        digest = blake2b(digest_size=16)
        for source in (made_by, compiler.__file__):
            digest.update(Path(source).read_bytes())
        self._made_by = digest.hexdigest()

    def get_source_checksum(self, source: str) -> str:
        """What changes with the template, and with what compiles it."""
        return super().get_source_checksum(source + self._made_by)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Find what is kept, if it is whole."""
        try:
            super().load_bytecode(bucket)
        except Exception:  # noqa: BLE001 - a cut file raises anything
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled, if it can be."""
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                super().dump_bytecode(bucket)
