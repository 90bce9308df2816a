"""What people wrote and what it was read as, in words."""

from __future__ import annotations

from collections.abc import Iterator

from lgreason.report.line import Line
from lgreason.report.wording import Wording
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.model import LANGUAGES, Text
from lgreason.words.recognising.outcome import Reading, Recognised

_CATEGORIES = {
    **{"position": "position", "degree": "degree", "field": "field", "work": "work", "type": "position_type"},
    **{
        "level": "level",
        "service": "service",
        "unit_kind": "unit_kind",
        "municipal_class": "municipal_class",
    },
    **{
        "organisation_type": "organisation_type",
        "municipal_status": "municipal_status",
        "sao_size": "sao_size",
    },
}
"""The categories of terms whose ids stand under the keys of a reading."""


class RecognisedText:
    """Words what was recognised."""

    def __init__(self, kb: KnowledgeBase, wording: Wording) -> None:
        """Take the knowledge base whose terms were recognised, and the words of a language."""
        self._kb = kb
        self._wording = wording

    def lines(self, found: Recognised) -> Iterator[Line]:
        """A text with what it was read as, what it may be, and why."""
        say = self._wording.say
        style = {"this": "good", "another": "good", "impossible": "bad"}.get(found.outcome, "note")
        outcome = say(f"recognised.{found.outcome}")
        reading = self.reading(found.reading)
        said = say("recognised.item", text=found.text, outcome=outcome, reading=reading) if reading else None
        yield Line(said or say("recognised.item_bare", text=found.text, outcome=outcome), style=style)
        if found.why != "known":
            yield Line(self.why(found), 1)
        for choice in found.choices:
            yield Line(say("recognised.choice", reading=self.reading(choice)), 1)

    def why(self, found: Recognised) -> str:
        """Why a text was read as it was."""
        if found.why.startswith("date_"):
            return self._wording.say(f"finding.{found.why}", **{"found": found.text, **found.args})
        args = {name: self._argument(name, value) for name, value in found.args.items()}
        return self._wording.say(f"recognised.{found.why}", **args)

    def _argument(self, name: str, value: object) -> object:
        if name == "type":
            return self._name("position_type", str(value))
        if name == "levels" and isinstance(value, tuple):
            return tuple(self._name("level", str(level)) for level in value)
        return value

    def reading(self, reading: Reading) -> str:
        """A reading in words."""
        say, parts = self._wording.say, []
        for name, value in reading.items():
            if name in _CATEGORIES and not (name == "field" and value == "unlisted"):
                parts.append(self._name(_CATEGORIES[name], str(value)).into(self._wording.language))
            elif isinstance(value, bool):
                parts.append(say(f"recognised.{name}_{str(value).lower()}"))
            elif self._wording.has(f"recognised.value_{value}"):
                parts.append(say(f"recognised.value_{value}"))
            elif self._wording.has(f"recognised.key_{name}"):
                parts.append(say(f"recognised.key_{name}", value=value))
            else:
                parts.append(str(value))
        return say("list.comma").join(parts)

    def _name(self, category: str, identity: str) -> Text:
        names = self._kb.names.get((category, identity))
        if names is None and category == "service":
            rows = self._kb.library.words.get("name", ())
            found = {str(getattr(lang, "name", lang)): str(t) for _, i, lang, t in rows if i == identity}
            names = Text(**found) if set(LANGUAGES) <= set(found) else None
        if names is None and category not in (
            "position",
            "degree",
            "field",
            "work",
            "position_type",
            "level",
        ):
            names = self._kb.library.of("organisations").under().names.get((category, identity))
        return names or Text(identity, identity)
