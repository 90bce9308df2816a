"""In words: what came to be complete on the first day of eligibility."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Protocol

from lgreason.files.person.person import Person
from lgreason.reasoning.cases.counting import Duration
from lgreason.report.line import Line

if TYPE_CHECKING:
    from lgreason.reasoning.cases.evidence import Entry
    from lgreason.reasoning.persons.explain import Node


class ConditionWords(Protocol):
    """Who writes what a condition demands and what counted."""

    def comparison(self, node: Node) -> str:
        """What was required and measured."""

    def exception(self, node: Node, exception: Node) -> str:
        """What an exception makes of the time demanded."""

    def entries(self, entries: tuple[Entry, ...]) -> str:
        """Entries of the file in words."""


def first_day_lines(
    nodes: tuple[Node, ...], person: Person, text: ConditionWords, say: Callable[..., str], indent: int
) -> Iterator[Line]:
    """The conditions that came to hold, each with what it demands, what counted by then, and its words."""
    yield Line(say("why.first_day_by"), indent, "note")
    for node in nodes:
        name = node.clause.subject or node.clause.gloss
        yield Line(say("why.alternative", place=node.clause.place, text=name), indent + 1)
        yield from _complete(node, person, text, say, indent + 2)
        if node.clause.quote:
            yield Line(say("why.quote", quote=node.clause.quote), indent + 2, "quote")


def _complete(
    node: Node, person: Person, text: ConditionWords, say: Callable[..., str], indent: int
) -> Iterator[Line]:
    if (measured := node.measurement) is None:
        return
    of_time = isinstance(measured.low, Duration)
    if of_time or node.clause.expression is not None:
        yield Line(text.comparison(node), indent)
    for child in node.children if of_time else ():
        if child.defeats and child.holds:
            yield Line(text.exception(node, child), indent, "note")
    if not measured.entries:
        return
    key = "why.counted" if of_time else "why.qualified"
    yield Line(say(key, entries=text.entries(measured.entries)), indent)
    for entry in measured.entries:
        held = (person.education or ())[entry.number - 1] if entry.list == "education" else None
        if held is not None and held.obtained is not None:
            yield Line(say("why.obtained", n=held.number, day=held.obtained), indent + 1)
