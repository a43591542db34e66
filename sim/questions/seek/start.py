"""The scenario that a search starts from: the one asked about, with what was set in it, as a file on top of it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from sim.common.errors import Fault, InvalidInput, Place
from sim.common.language import LANGUAGES, Text
from sim.common.quickclass import quickclass
from sim.questions.seek import draft
from sim.questions.texts import tr
from sim.scenario import overrides as on_top
from sim.scenario import scenario as resolve
from sim.scenario.chain import Drafts, ScenarioPart
from sim.scenario.library import Reading
from sim.scenario.policies import Use
from sim.scenario.resolved import ResolvedScenario
from sim.scenario.yaml.document import Document

START: Final = "start.yaml"
_SOURCE: Final = tr("given in the question")
_REFUSED: Final = ("region", "plan")
"""Keys that a file elsewhere could not say: what they name lies beside the scenario."""


@quickclass(frozen=True, slots=True)
class Start:
    """What was set, as the content of a scenario file; empty where nothing was.

    uses: the policies in use then, by id; notes: what the user should know about it.
    """

    content: draft.Content
    uses: Mapping[str, Use]
    notes: tuple[Text, ...] = ()

    def drafts(self, *more: draft.Content) -> Drafts:
        """What was set, and what more is asked on top of it, without a file of its own."""
        said = [Document(on_top.FILE, dict(self.content.items()))] if self.content else []
        asked = [Document(draft.TRIAL, dict(content.items())) for content in more]
        return Drafts([*said, *asked], {id_: use.scenario for id_, use in self.uses.items()})

    def text(self, scenario: Path, folder: Path) -> str:
        """The text of the file, as it is to lie in a folder."""
        parent = draft.extending(scenario, folder)
        return draft.text({"name": self.content["name"], "extends": parent} | self.content)

    def own_policies(self, folder: Path) -> dict[str, Path]:
        """Files of policies that it would not find from that folder, by where they are to lie."""
        return draft.own_policies([use["use"] for use in self.content.get("policies", ())], self.uses, folder)


def started(scenario: Path, overrides: Sequence[str]) -> Start:
    """What `--set` asks for, as a file on top of the scenario. Raises InvalidInput with every fault."""
    uses = draft.uses_of(scenario)
    if not overrides:
        return Start({}, uses)
    keys = {words.partition("=")[0].strip() for words in overrides}
    refused = [_fault(key, tr("write it in a scenario file")) for key in _REFUSED if key in keys]
    if refused:
        raise InvalidInput(refused)
    resolved = resolve(scenario, overrides)
    reading = Reading(parameters=resolved.parameters)
    content, changed = _merged(on_top.parts(overrides, scenario, reading), reading)
    adjusted = {use.asked.use: use for use in on_top.adjusted(list(uses.values()), overrides, reading)}
    if reading.faults:
        raise InvalidInput(reading.faults)
    policies = [
        use.asked.model_dump(by_alias=True, exclude_unset=True, warnings=False)
        for id_, use in adjusted.items()
        if use.asked != uses[id_].asked
    ]
    whole = content | {key: part for key, part in (("policies", policies), ("set", changed)) if part}
    title = {language: resolved.title.in_(language) for language in LANGUAGES}
    return Start({"name": resolved.name, "title": title} | whole, adjusted, tuple(_notes(changed, resolved)))


def _merged(parts: Sequence[ScenarioPart], reading: Reading) -> tuple[draft.Content, draft.Content]:
    """The keys and the parameters that are set, in one file; what no one file can say is reported."""
    content: draft.Content = {}
    changed: draft.Content = {}
    for part in parts:
        own = part.model.model_dump(by_alias=True, exclude_unset=True, warnings=False)
        for path, entry in own.pop("set", {}).items():
            if path in changed and _is_change(entry):
                reading.faults.append(_fault(path, tr("is changed twice: write it once")))
            changed[path] = {"value": entry, "source": asdict(_SOURCE)} if isinstance(entry, float) else entry
        content |= {key: value for key, value in own.items() if key != "name"}
    return content, changed


def _notes(changed: Mapping[str, Any], resolved: ResolvedScenario) -> list[Text]:
    """Parameters on which policies act as well, in another order than under `townward run --set`."""
    found = []
    for path, entry in changed.items():
        chain = [one for own in resolved.settings.values() for one in own if one.path == path and one.intensity]
        acting = {one.policy: None for one in chain if one.policy is not None and not _commutes(entry, one.change)}
        if acting:
            zh, en = "、".join(acting), ", ".join(acting)
            found.append(
                tr(
                    "{path}: set here as in a scenario file, before the policies that act on it ({part}); "
                    "townward run --set acts after them",
                    path=path,
                    part=Text(zh, en),
                )
            )
    return found


def _is_change(entry: Any) -> bool:
    return isinstance(entry, dict) and not {"times", "add"}.isdisjoint(entry)


def _commutes(entry: Any, change: str) -> bool:
    """Whether it makes no difference which of two changes comes first."""
    return isinstance(entry, dict) and change in ("times", "add") and change in entry


def _fault(path: str, text: Text) -> Fault:
    return Fault(Place(on_top.FILE), path, text)
