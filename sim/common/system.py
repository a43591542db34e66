"""What the system says where it refuses to read or write, in the user's language."""

import errno

from sim.common.language import Text, same
from sim.common.texts import tr


def reason(problem: OSError) -> Text:
    """Why the system refused; what it said itself where that has no words here."""
    return _words().get(problem.errno or 0) or same(problem.strerror or str(problem))


def _words() -> dict[int, Text]:
    return {
        errno.EACCES: tr("permission denied, or another program has it open"),
        errno.EPERM: tr("permission denied"),
        errno.ENOENT: tr("no such file or folder"),
        errno.ENOSPC: tr("the disk is full"),
        errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC: tr("the disk is full"),
        errno.EROFS: tr("the disk can only be read"),
        errno.EEXIST: tr("exists already"),
        errno.ENOTDIR: tr("a part of the path is a file, no folder"),
        errno.EISDIR: tr("is a folder, no file"),
        errno.EBUSY: tr("another program has it open"),
        errno.ENAMETOOLONG: tr("the name is too long"),
        errno.EIO: tr("the disk cannot be read or written"),
    }
