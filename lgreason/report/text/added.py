"""In words: how time that is short is added to stretches served before."""

from __future__ import annotations

from lgreason.reasoning.cases.counting import Duration
from lgreason.reasoning.cases.measurement import Added
from lgreason.report.wording import Wording
from lgreason.rules.knowledge import KnowledgeBase


def says_how(kb: KnowledgeBase) -> bool:
    """Whether the knowledge base has readings of how stretches are added."""
    return bool(kb.bearing_on("adding"))


def added_words(added: Added, kb: KnowledgeBase, wording: Wording, short: Duration | None = None) -> str:
    """How time that is short is added to other stretches, by the reading taken and by the other one.

    With `short`, how much that is, for whoever has told the days already.
    """
    (reading,) = (kb.readings[identity] for identity in kb.bearing_on("adding"))
    args: dict[str, object] = {"id": reading.id, "chosen": reading.text, **added._asdict()}
    if short is not None:
        args["short"] = short
    key = "why.added" if short is None else "why.added_short"
    if added.day == added.otherwise:
        return wording.say(key, **args)
    return wording.say(f"{key}_otherwise", **args)
