"""What was discovered as data: for JSON and for programs."""

from math import isfinite

from sim.common.language import Text
from sim.questions.discover.box import Face, Shares
from sim.questions.discover.discovery import Discovery, Found
from sim.questions.discover.tree import Node

Record = dict[str, object]


def record(discovery: Discovery) -> Record:
    """Everything that was found, without the members."""
    criterion, settled = discovery.cases.criterion, discovery.stability
    return {
        "sweep": _text(discovery.cases.title),
        "method": discovery.method,
        "output": criterion.column,
        "fails": {"when": criterion.side, "limit": criterion.limit, "unit": criterion.unit},
        "members": len(discovery.cases.fails),
        "failures": int(discovery.cases.fails.sum()),
        "missing": discovery.cases.missing,
        "boxes": [_found(one, discovery) for one in discovery.boxes],
        "together": _shares(discovery.together),
        "tradeoff": [
            {"coverage": step.coverage, "density": step.density, "mass": step.mass, "factors": step.restricted}
            for step in discovery.curve
        ],
        "tree": None if discovery.tree is None else _node(discovery.tree, discovery),
        "stability": {
            "status": settled.status,
            "halves": settled.halves,
            "coverage": _finite(settled.coverage),
            "density": _finite(settled.density),
            "limits": [
                _face(one.face, discovery) | {"share": one.share, "low": _finite(one.low), "high": _finite(one.high)}
                for one in settled.limits
            ],
        },
        "sentences": [_text(text) for text in discovery.sentences],
    }


def _found(one: Found, discovery: Discovery) -> Record:
    limits = [_face(face, discovery) | {"limit": one.box.limit(face), "quasi_p": p} for face, p in one.quasi_p]
    return _shares(one.shares) | {"limits": limits}


def _face(face: Face, discovery: Discovery) -> Record:
    factor = discovery.cases.factors[face.column]
    return {"factor": factor.key, "side": "over" if face.side == "low" else "up to"}


def _shares(own: Shares) -> Record:
    return {
        "coverage": own.coverage,
        "density": own.density,
        "mass": own.mass,
        "members": own.members,
        "failures": own.failures,
    }


def _node(node: Node, discovery: Discovery) -> Record:
    own: Record = {"members": node.members, "failures": node.failures}
    if node.left is None or node.right is None:
        return own
    parted: Record = {"factor": discovery.cases.factors[node.column].key, "limit": node.limit}
    return own | parted | {"up_to": _node(node.left, discovery), "over": _node(node.right, discovery)}


def _finite(value: float) -> float | None:
    return value if isfinite(value) else None


def _text(text: Text) -> Record:
    return {"zh": text.in_("zh"), "en": text.en}
