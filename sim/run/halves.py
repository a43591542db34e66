"""What holds a target back: the uncertain inputs whose halves are furthest apart in what comes of them."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np

from sim.common.language import Text, same
from sim.model.arrays import Array, Flags
from sim.model.draws.rng import uniforms
from sim.model.draws.setting import Setting
from sim.model.draws.values import SAMPLED
from sim.model.registry import PARAMETERS
from sim.run.answers import Driver
from sim.run.ensemble import Ensemble
from sim.run.grounds import Ground
from sim.run.texts import tr
from sim.scenario.resolved import PolicyRef

MOST_DRIVERS: Final = 3
_OF_NATION: Final = {
    "nation/transfer": tr("national factor on moves within the county"),
    "nation/away": tr("national factor on leaving and returning"),
    "nation/outside": tr("national factor on outsiders who arrive"),
    "nation/fertility": tr("national factor on births"),
}
"""What is learnt from the nation's figures, one number for all the parameters of a flow (`sim.scenario.closure`)."""


def uncertain_inputs(
    ensemble: Ensemble, ground: Ground, policies: Sequence[PolicyRef], seed: int
) -> dict[tuple[str, Text], Array]:
    """Where each draw stands in the range of each uncertain input (0, 1), by path and name; the mean over regions."""
    inputs = {}
    settings = ground.settings
    where = ensemble.where[list(ground.lanes)].mean(axis=0)
    for column, path in enumerate(SAMPLED):
        chain = [s for s in settings if s.path == path and s.is_value]
        last = chain[-1].dist if chain else None
        certain = last is not None and last.kind == "certain"
        if not certain and (PARAMETERS[path].spread or (last is not None)):
            inputs[path, PARAMETERS[path].name] = where[:, column]
    for setting in settings:
        if not setting.is_value and setting.dist is not None and setting.intensity:
            own = PARAMETERS.get(setting.path)
            name = change_name(setting, own.name if own else same(setting.path), policies)
            inputs[setting.key, name] = uniforms(seed, setting.key, ensemble.draws)[:, 0]
    return inputs


def change_name(setting: Setting, of: Text, policies: Sequence[PolicyRef]) -> Text:
    """What an uncertain change is called, apart from the parameter that it changes. of: the parameter's name."""
    policy = next((one.name for one in policies if one.id == setting.policy), None)
    nation = _OF_NATION.get(setting.key)
    return policy or nation or tr("change of {name}", name=of)


class Halves(NamedTuple):
    """Uncertain inputs by path and name, and which draws have each in its upper half [input, draw].

    Inputs whose draws all lie in one half are left out.
    """

    names: tuple[tuple[str, Text], ...]
    upper: Array

    def apart(self, values: Array) -> Array:
        """The mean of values [draw] in the upper half of each input less that in its lower half [input]."""
        above, many = self.upper @ values, self.upper.sum(axis=1)
        apart: Array = above / many - (values.sum() - above) / (len(values) - many)
        return apart


def halves(inputs: Mapping[tuple[str, Text], Array]) -> Halves:
    """Which draws lie in the upper half of each input. inputs: where each draw stands in its range (0, 1)."""
    uppers = {key: at > 0.5 for key, at in inputs.items()}
    kept = {key: upper.astype(np.float64) for key, upper in uppers.items() if upper.any() and not upper.all()}
    return Halves(tuple(kept), np.array(list(kept.values())))


def drivers(outcome: Array, reached: Flags, uncertain: Halves) -> tuple[Driver, ...]:
    """The inputs that move the target most: halves of each input compared, those within noise left out."""
    if len(outcome) < 20 or not uncertain.names:
        return ()
    noise = 3.0 * float(outcome.std()) * 2.0 / np.sqrt(len(outcome))
    shifts, effects = uncertain.apart(outcome), uncertain.apart(reached.astype(np.float64))
    found = [
        Driver(path, name, float(effect), float(shift))
        for (path, name), shift, effect in zip(uncertain.names, shifts, effects, strict=True)
        if abs(shift) > noise
    ]
    found.sort(key=lambda driver: -abs(driver.shift))
    return tuple(found[:MOST_DRIVERS])
