"""An organisation as read: what it is, its posts and units today, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lgreason.files.organisation.organisation import LEVELS, Organisation, Post, Unit
from lgreason.report.line import Line
from lgreason.report.text.organisation import OrganisationText
from lgreason.report.wording import Wording
from lgreason.words.vocabulary import Vocabulary

Document = dict[str, Any]


class OrganisationEntry:
    """Writes one organisation as read."""

    def __init__(self, text: OrganisationText, vocabulary: Vocabulary, wording: Wording) -> None:
        """Take what writes the names of its posts, and the words."""
        self._text = text
        self._vocabulary = vocabulary
        self._wording = wording
        self._say = wording.say

    def lines(self, organisation: Organisation) -> Iterator[Line]:
        """What was read of its posts and units today."""
        say = self._say
        yield from self._text.title()
        yield Line(say("repl.identity", id=organisation.id, file=organisation.place.file), style="note")
        yield Line()
        yield Line(say("entry_of.posts"), style="heading")
        yield Line(self._clerk(organisation.clerk), 1)
        yield from (Line(words, 1) for words in self._deputies(organisation.deputies))
        yield Line()
        yield Line(say("entry_of.units"), style="heading")
        if not organisation.units:
            yield Line(say("repl.unknown" if organisation.units is None else "repl.none"), 1)
        for unit in organisation.units or ():
            yield Line(self._unit(unit), 1)
        yield Line()
        yield Line(say("entry_of.plan" if organisation.plan else "entry_of.no_plan"), style="note")

    def _level(self, level: str | None) -> str:
        if level is None:
            return self._say("repl.unknown")
        return self._vocabulary.name("level", level).into(self._wording.language)

    def _clerk(self, clerk: Post | None) -> str:
        return self._say(
            "entry_of.post", post=self._text.post("clerk"), level=self._level(clerk.level if clerk else None)
        )

    def _deputies(self, deputies: tuple[Post, ...] | None) -> Iterator[str]:
        post, say = self._text.post("deputy"), self._say
        there = [deputy for deputy in deputies or () if deputy.exists]
        if not there:
            yield say(
                "entry_of.post", post=post, level=say("repl.unknown" if deputies is None else "repl.none")
            )
        for level in (*reversed(LEVELS), None):
            if number := sum(deputy.level == level for deputy in there):
                yield say("entry_of.posts_at", post=post, level=self._level(level), n=number)

    def _unit(self, unit: Unit) -> str:
        say = self._say
        words = say("entry_of.unit", unit=unit.name, id=unit.id)
        if not unit.exists:
            return say("entry_of.not_there", unit=words)
        level = self._level(unit.head.level if unit.head else None)
        numbers = {"sections": unit.sections, "parts": unit.parts}
        inside = [say(f"structures.with_{of}", n=number) for of, number in numbers.items() if number]
        return say("entry_of.headed", unit=words, level=level) + "".join(inside)


def organisation_document(organisation: Organisation) -> Document:
    """`lgreason.organisation/1`: the organisation as read, its posts and units today."""
    return {
        "schema": "lgreason.organisation/1",
        "organisation": organisation.id,
        "name": organisation.name,
        "file": organisation.place.file,
        "type": organisation.type,
        "class": organisation.class_,
        "size": organisation.size,
        "status": organisation.status,
        "former_size": organisation.former_size,
        "clerk": organisation.clerk.level if organisation.clerk else None,
        "deputies": None
        if organisation.deputies is None
        else [deputy.level for deputy in organisation.deputies if deputy.exists],
        "units": None
        if organisation.units is None
        else [_unit_document(unit) for unit in organisation.units],
        "plan": organisation.plan is not None,
    }


def _unit_document(unit: Unit) -> Document:
    return {
        "id": unit.id,
        "name": unit.name,
        "exists": unit.exists,
        "kind": unit.kind,
        "level": unit.head.level if unit.head else None,
        "sections": unit.sections,
        "parts": unit.parts,
    }
