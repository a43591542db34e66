"""What was discovered as data: for JSON and for programs."""

from math import isfinite

from sim.common.language import Text
from sim.questions.discover.box import Face, Shares
from sim.questions.discover.discovery import Discovery, Found
from sim.questions.discover.tree import Node

Record = dict[str, object]


def record(of: Discovery) -> Record:
    """Everything that was found, without the members."""
    criterion, settled = of.cases.criterion, of.stability
    return {
        "sweep": _text(of.cases.title),
        "method": of.method,
        "output": criterion.column,
        "fails": {"when": criterion.side, "limit": criterion.limit, "unit": criterion.unit},
        "members": len(of.cases.fails),
        "failures": int(of.cases.fails.sum()),
        "missing": of.cases.missing,
        "boxes": [_found(one, of) for one in of.boxes],
        "together": _shares(of.together),
        "tradeoff": [
            {"coverage": step.coverage, "density": step.density, "mass": step.mass, "factors": step.restricted}
            for step in of.curve
        ],
        "tree": None if of.tree is None else _node(of.tree, of),
        "stability": {
            "status": settled.status,
            "halves": settled.halves,
            "coverage": _finite(settled.coverage),
            "density": _finite(settled.density),
            "limits": [
                _face(one.face, of) | {"share": one.share, "low": _finite(one.low), "high": _finite(one.high)}
                for one in settled.limits
            ],
        },
        "sentences": [_text(text) for text in of.sentences],
    }


def _found(one: Found, of: Discovery) -> Record:
    limits = [_face(face, of) | {"limit": one.box.limit(face), "quasi_p": p} for face, p in one.quasi_p]
    return _shares(one.shares) | {"limits": limits}


def _face(face: Face, of: Discovery) -> Record:
    factor = of.cases.factors[face.column]
    return {"factor": factor.key, "side": "over" if face.side == "low" else "up to"}


def _shares(own: Shares) -> Record:
    return {
        "coverage": own.coverage,
        "density": own.density,
        "mass": own.mass,
        "members": own.members,
        "failures": own.failures,
    }


def _node(node: Node, of: Discovery) -> Record:
    own: Record = {"members": node.members, "failures": node.failures}
    if node.left is None or node.right is None:
        return own
    parted: Record = {"factor": of.cases.factors[node.column].key, "limit": node.limit}
    return own | parted | {"up_to": _node(node.left, of), "over": _node(node.right, of)}


def _finite(value: float) -> float | None:
    return value if isfinite(value) else None


def _text(text: Text) -> Record:
    return {"zh": text.in_("zh"), "en": text.en}
