"""Whether a folder can be written, asked before what is to be written there is worked out."""

import errno
import os
from pathlib import Path

from sim.common.errors import InvalidInput, fault
from sim.common.language import Text
from sim.common.system import reason
from sim.common.texts import tr


def expect_writable(folder: Path) -> None:
    """Raise InvalidInput where the system would not let this user write into a folder, or make it; nothing is made."""
    there = next(one for one in (folder, *folder.absolute().parents) if one.exists())
    refused = errno.ENOTDIR if not there.is_dir() else 0 if os.access(there, os.W_OK | os.X_OK) else errno.EACCES
    if refused:
        raise unwritable(folder, reason(OSError(refused, os.strerror(refused))))


def unwritable(folder: Path, said: Text) -> InvalidInput:
    """What is wrong with a folder that cannot be written. said: by the system."""
    return fault(str(folder), "", tr("cannot write into this folder: {said}", said=said))
