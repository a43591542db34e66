"""What questions need beside what a run needs."""

from importlib.util import find_spec

from sim.common.errors import Fault, InvalidInput, Place
from sim.common.language import Text
from sim.questions.texts import tr


def check_installed(asking: str) -> None:
    """Raises InvalidInput where SciPy, which searches and statistics need and a run does not, is not installed.

    asking: what is being asked.
    """
    if find_spec("scipy") is None:
        raise InvalidInput([Fault(Place(asking), "", missing())])


def missing() -> Text:
    """What to do where SciPy is missing."""
    return tr('this needs the extra questions: pip install "townward[questions]"')
