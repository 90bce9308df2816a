"""Answers about organisations as text: what a planner reads, line by line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from lgreason.files.organisation.organisation import FULL_JOB_VALUE, Organisation
from lgreason.reasoning.cases.verdict import permission_of
from lgreason.reasoning.organisations.circumstances import Ascertained, limit
from lgreason.reasoning.organisations.contradictions import Contradiction
from lgreason.reasoning.organisations.establishment import Node
from lgreason.reasoning.organisations.quantities import FULL_SCORE
from lgreason.reasoning.organisations.resting import Rests, Turn, open_to
from lgreason.report.line import Line
from lgreason.report.text.amounts import bound_words, short_words, value_words
from lgreason.report.text.explanation import MARKS, STYLES
from lgreason.report.wording import Wording
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.model import Bound, Clause
from lgreason.rules.terms import Truth, constant
from lgreason.words.vocabulary import Vocabulary

if TYPE_CHECKING:
    from lgreason.report.text.organisation_facts import OrganisationFactText

_ENTRY = re.compile(
    r"(?P<list>posts\.clerk|(?:posts|plan)\.deputies|units)(?:\[(?P<number>\d+)\])?(?P<key>(?:\.\w+)*)"
)
_CATEGORIES = {
    **{"status": "municipal_status", "unit_kind": "unit_kind", "outcome": "outcome"},
    **{"former_size": "sao_size", "class": "municipal_class"},
}
_WHOLE = {"percent": (FULL_SCORE,), "points": (FULL_JOB_VALUE,)}
"""What lies between nothing and all of it is not known at all."""
NO_DECIMALS: Mapping[str, int] = {}
VERDICT_STYLES = {"allowed": "eligible", "forbidden": "ineligible", "undetermined": "undetermined"}


class OrganisationText:
    """Writes answers about one organisation in one language."""

    def __init__(
        self,
        kb: KnowledgeBase,
        organisation: Organisation,
        vocabulary: Vocabulary,
        wording: Wording,
        day: date,
        idle: frozenset[str] = frozenset(),
    ) -> None:
        """Take what the answers are about, the words to write them in, and readings that bear on nothing here."""
        self._idle = idle
        self.kb = kb
        self.organisation = organisation
        self._vocabulary = vocabulary
        self.wording = wording
        self.say = wording.say
        self._day = day

    @cached_property
    def facts(self) -> OrganisationFactText:
        """The words for declared facts; imported only where some are spoken of."""
        from lgreason.report.text.organisation_facts import OrganisationFactText

        return OrganisationFactText(self._vocabulary, self.wording)

    # ── headings ────────────────────────────────────────────────────────────────────────────────

    def title(self) -> Iterator[Line]:
        """Which organisation, of what kind, on what day."""
        organisation = self.organisation
        yield Line(organisation.name, style="title")
        kind = self.name("organisation_type", organisation.type)
        if organisation.kind is not None:
            kind = self.say("org.of_kind", type=kind, kind=self.kind_name(organisation.kind))
        yield Line(self.say("org.asked", kind=kind, day=self._day))

    def kind_name(self, kind: str) -> str:
        """One of the kinds by which this type of organisation is divided."""
        return self.name(self.kb.kinds.category(self.organisation.type), kind)

    def name(self, category: str, identity: str) -> str:
        """A term of the vocabulary in words."""
        return self._vocabulary.name(category, identity).into(self.wording.language)

    def post_name(self, post: str, level: str) -> str:
        """A post with its level, as this type of organisation calls it."""
        return self.say("org.post", post=self.post(post), level=self.name("level", level))

    def post(self, post: str) -> str:
        """A post, as this type of organisation calls it."""
        called = {
            constant(language): str(text)
            for type_, establishment, language, text in self.kb.rows("called")
            if constant(type_) == self.organisation.type and establishment == post
        }
        return called.get(self.wording.language) or self.name("establishment", post)

    # ── a condition ─────────────────────────────────────────────────────────────────────────────

    def conditions(self, nodes: Iterable[Node], truths: tuple[Truth, ...], indent: int) -> Iterator[Line]:
        """The conditions below some clauses that came to one of the truths, each once, with the clause."""
        found: dict[str, Node] = {}
        for root in nodes:
            for node in _leaves(root, truths):
                found.setdefault(node.clause.id, node)
        for node in found.values():
            yield from self.condition(node, indent)

    def condition(self, node: Node, indent: int) -> Iterator[Line]:
        """One condition: what was required, measured and short, and the clause."""
        text = node.clause.subject or node.clause.gloss
        yield Line(self.say("org.condition", mark=MARKS[node.holds], text=text), indent, STYLES[node.holds])
        yield Line(self.comparison(node), indent + 1)
        if node.holds is None and node.measurement is not None:
            for path in node.measurement.missing:
                yield Line(self.say("org.not_known", field=self.field(path)), indent + 1)
        yield Line(self.quoted(node.clause), indent + 1, "quote")

    def comparison(self, node: Node) -> str:
        """What was required, measured and short, in one line."""
        bound, finding = node.bound, node.measurement
        assert bound is not None and finding is not None
        if node.clause.expression is not None:
            return self.facts.comparison(node)
        if finding.value is None:
            what = node.clause.measures or finding.unit
            said = self._said(finding.unit if bound.relation == "passed" else what, finding.said)
            if bound.relation == "passed":
                return self.say("org.outcome", outcome=said)
            accepts = self.wording.either(self._said(what, each) for each in finding.accepts)
            return self.say("org.one_of" if accepts else "org.none_of", accepts=accepts, said=said)
        beside = limit(bound, finding.unit)
        demand = self._demand(bound, finding)
        low, high = finding.value
        measured = self.set_off(value_words(low, finding.unit, self.wording, beside))
        if node.holds is None:
            if not low and high in (None, *_WHOLE.get(finding.unit, ())):
                return self.say("org.open_nothing", demand=demand)
            key = "org.open_unlimited" if high is None else "org.open"
            most = "" if high is None else self.set_off(value_words(high, finding.unit, self.wording, beside))
            return self.say(f"{key}_{bound.relation}", demand=demand, measured=measured, most=most)
        own = "org.found_planned" if finding.entries == ("plan",) else f"org.found_{finding.unit}"
        found = self.say(own if self.wording.has(own) else "org.found", measured=measured)
        if node.holds:
            return self.say(f"org.met_{bound.relation}", demand=demand, found=found)
        short = self.set_off(short_words(finding, bound, self.wording))
        if low == high:
            return self.say(f"org.short_{bound.relation}", demand=demand, found=found, short=short)
        if bound.relation == "at_most":
            return self.say("org.at_most_surely_over", demand=demand, measured=measured, short=short)
        most = self.set_off(value_words(high or low, finding.unit, self.wording, beside))
        return self.say(f"org.{bound.relation}_surely_short", demand=demand, measured=most, short=short)

    def _demand(self, bound: Bound, finding: Ascertained) -> str:
        """What is required, in words."""
        if bound.relation == "at_most" and bound.value == 0:
            return self.say("org.demand_none")
        required = bound_words(bound, self.wording)
        if finding.unit == "points":
            points = value_words(limit(bound, finding.unit), "points", self.wording)
            required = self.say("org.points", required=required, points=points)
        return self.say(f"org.demand_{bound.relation}", required=self.set_off(required))

    def set_off(self, amount: str) -> str:
        """An amount as it stands after a word: a number is set off, words that belong together are not."""
        return self.say("org.number", amount=amount) if amount[:1].isdigit() else amount

    def _said(self, what: str, said: str | None) -> str:
        if said is None:
            return self.say("value.null")
        return self.name(_CATEGORIES.get(what, "level"), said)

    def quoted(self, clause: Clause) -> str:
        """Where a clause stands, and its words."""
        if clause.quote is None:
            return self.say("org.no_quote", place=clause.place)
        return self.say("why.quoted", place=clause.place, quote=clause.quote, gloss=clause.gloss)

    def field(self, path: str) -> str:
        """An entry of the file in words, with its path."""
        return self.say("org.field", name=self.about(path), path=path)

    def about(self, path: str) -> str:
        """What an entry of the file, or a quantity, is about, in words."""
        key = path.removeprefix("fiscal.").removeprefix("scores.")
        if any((category, key) in self.kb.names for category in ("quantity", "amount")):
            return self.amount_name(key)
        if key.startswith("efficiency."):
            return self.amount_name(key)
        if path.startswith("instruments."):
            return self.name("instrument", path.partition(".")[2])
        match = _ENTRY.fullmatch(path)
        if match is None:
            own = self.say(f"field.{key}") if self.wording.has(f"field.{key}") else None
            return own or self.facts.place(path) or path
        whose = self._whose(match["list"], match["number"])
        what = match["key"].removeprefix(".")
        if not what:
            return whose
        name = what.partition(".")[0] if what.startswith(("job_value.", "section_job_value.")) else what
        factor = what.partition(".")[2] if name != what else ""
        words = self.say(f"field.{name.replace('.', '_')}", whose=whose)
        return (
            self.say("field.factor", name=words, factor=self.name("job_factor", factor)) if factor else words
        )

    def _whose(self, list_: str, number: str | None) -> str:
        if list_ == "posts.clerk":
            return self.post("clerk")
        if list_ == "units":
            units = self.organisation.units or ()
            return units[int(number) - 1].name if number else self.say("field.units")
        return self.say(
            "field.deputy" if number else "field.deputies", post=self.post("deputy"), n=number or ""
        )

    @cached_property
    def reconstructed(self) -> frozenset[str]:
        """The readings of words that the copy lost and that had to be put in."""
        return frozenset(str(identity) for (identity,) in self.kb.rows("reconstructs"))

    def verdict(self, words: str, readings: Iterable[str], key: str = "org.reconstructed") -> str:
        """A verdict, with those of the readings that it rests on that put in words which the copy lost."""
        found = [each for each in readings if each in self.reconstructed]
        return self.say(key, verdict=words, ids=self.say("list.comma").join(found)) if found else words

    def permitted(self, truth: Truth) -> str:
        """Whether something may be, in a word."""
        return self.say(f"plans.verdict_{permission_of(truth)}")

    def within(self, truth: Truth) -> str:
        """Whether the burden is within its bound, in words."""
        return self.say(f"burden.within_{str(truth).lower()}")

    def unit(self, identity: str) -> str:
        """The name of a unit."""
        unit = self.organisation.unit(identity)
        return unit.name if unit else identity

    def amount_name(self, identity: str) -> str:
        """The name of a quantity, of an amount of the file, or of a score."""
        for category in ("quantity", "amount"):
            if (category, identity) in self.kb.names:
                return self.name(category, identity)
        return self.name("efficiency_area", identity.partition(".")[2])

    def place(self, clause: str) -> str:
        """Where a clause stands."""
        return self.kb.clauses[clause].place.into(self.wording.language)

    def contradictions(self, found: Iterable[Contradiction]) -> Iterator[Line]:
        """Outcomes of the file that contradict each other, and which of them counts."""
        for each in found:
            reading = self.kb.readings[each.reading]
            (other, *_) = (choice for choice, _ in reading.choices if choice != reading.chosen)
            args = {
                "one": self.field(each.path),
                "other": self.field(each.instrument),
                "outcome": self.name("outcome", each.outcome),
                "against": self.name("outcome", each.other),
                "counts": dict(reading.choices)[reading.chosen],
                "id": each.reading,
                "alternative": other,
            }
            yield Line(self.say("org.contradiction", **args), style="bad")

    # ── what the answer rests on ────────────────────────────────────────────────────────────────

    def relied(self, nodes: Iterable[Node]) -> tuple[str, ...]:
        """The readings that some clauses rely on."""
        return tuple(
            sorted({r for node in nodes for below in node.walk() for r in below.clause.relies} - self._idle)
        )

    def footer(self, rests: Rests, says: Callable[[Truth], str]) -> Iterator[Line]:
        """What a verdict rests on: other readings that change it, those that do not, and what the source lacks.

        `says` puts a verdict into words.
        """
        lines = [
            *(Line(self.otherwise(turn, says(turn.truth)), style="note") for turn in rests.turns),
            *self.harmless(rests.harmless),
            *self.unstated(rests.unstated),
        ]
        if lines:
            yield Line()
            yield from lines

    def otherwise(self, turn: Turn, verdict: str, key: str = "org.otherwise") -> str:
        """Another reading, and what the verdict would be."""
        choice = dict(self.kb.readings[turn.reading].choices)[turn.choice]
        option = f"{turn.reading}={turn.choice}"
        return self.say(key, id=turn.reading, choice=choice, verdict=verdict, option=option)

    def resting(self, rests: Rests, says: Callable[[Turn], str]) -> Iterator[str]:
        """What a verdict rests on, as sentences of a document: every reading with its question and its choice."""
        for identity in (*rests.readings, *sorted({*rests.harmless} - self._idle)):
            reading = self.kb.readings[identity]
            yield self.say("why.relied", id=identity, question=reading.question, chosen=reading.text)
            for turn in rests.turns:
                if turn.reading == identity:
                    yield self.otherwise(turn, says(turn), "org.otherwise_plain")
        yield from (line.text for line in self.unstated(rests.unstated))

    def relying(
        self, readings: Iterable[str], turned: Iterable[str], deciding: Sequence[str] = ()
    ) -> Iterator[Line]:
        """The readings that a whole of answers relies on, those of lost words only where they change it (`turned`).

        `deciding` are those of them that decide what was asked.
        """
        if deciding:
            ids = self.say("list.comma").join(deciding)
            yield Line(self.say("choice.rests_on", ids=ids, example=deciding[0]), style="note")
        idle = self.reconstructed - {*turned} | {*deciding}
        yield from self.harmless((r for r in open_to(self.kb, readings) if r not in idle), "org.readings")

    def harmless(self, readings: Iterable[str], key: str = "org.harmless") -> Iterator[Line]:
        """Readings that an answer relies on though another would not change it."""
        if found := sorted({*readings} - self._idle):
            ids = self.say("list.comma").join(found)
            yield Line(self.say(key, ids=ids, example=found[0]), style="note")

    def unstated(self, clauses: Iterable[str]) -> Iterator[Line]:
        """Clauses that bear on an answer and are lost, or not in the document."""
        for identity in sorted({*clauses}):
            clause = self.kb.clauses[identity]
            yield Line(self.say("org.caveat", place=clause.place, text=clause.gloss), style="note")


def _leaves(node: Node, truths: tuple[Truth, ...]) -> Iterator[Node]:
    """The comparisons below a clause that came to one of the truths; of what may not be, to the opposite."""
    if node.is_leaf and node.holds in truths:
        yield node
    opposite = tuple(None if truth is None else not truth for truth in truths)
    for child in node.children:
        of_none = node.clause.op == "none" and not child.defeats
        yield from _leaves(child, opposite if of_none else truths)
