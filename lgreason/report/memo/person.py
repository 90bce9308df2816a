"""The memorandum on persons and a position: facts, counting, conditions, readings, what to find out, conclusion."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from lgreason.files.person.person import Person
from lgreason.reasoning.cases.counting import Duration
from lgreason.reasoning.persons.explain import Explanation, Node, Relied
from lgreason.report.line import Line
from lgreason.report.memo.counting import CountingTable
from lgreason.report.memo.memo import Block, Items, Memo, MemoTable, Paragraph, Passage, Section
from lgreason.report.text.explanation import ExplanationText
from lgreason.report.text.person import person_lines
from lgreason.report.wording import Wording
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.words.vocabulary import Vocabulary


class PersonMemo:
    """Writes the memorandum on one explanation in one language."""

    def __init__(
        self, answer: Explanation, kb: KnowledgeBase, vocabulary: Vocabulary, wording: Wording
    ) -> None:
        """Take the answer, and what is needed to put it into words."""
        self._answer = answer
        self._kb = kb
        self._vocabulary = vocabulary
        self._wording = wording
        self._say = wording.say
        self._text = ExplanationText(answer, kb, vocabulary, wording)
        self._position = vocabulary.name("position", answer.position)

    def memo(self, dated: date) -> Memo:
        """The memorandum, written on a day."""
        say, answer = self._say, self._answer
        args = {"name": answer.person.name, "position": self._position}
        return Memo(
            subject=say("memo.subject_person", **args),
            dated=dated,
            opening=say("memo.opening_person", document=self._document(), day=answer.day, **args),
            sections=tuple(self._sections()),
            closing=say("memo.closing"),
            about={
                "person": answer.person.id,
                "position": answer.position,
                "as_of": answer.day.isoformat(),
                "verdict": answer.verdict,
            },
        )

    def _document(self) -> str:
        return self._kb.names["document", self._answer.reason.clause.document].into(self._wording.language)

    def _sections(self) -> Iterator[Section]:
        say = self._say
        yield Section(
            say("memo.facts"), (Passage(facts(self._answer.person, self._vocabulary, self._wording)),)
        )
        if tables := tuple(self._tables()):
            yield Section(say("memo.countings"), tables)
        yield Section(say("memo.conditions"), tuple(self._conditions()))
        if warnings := self._answer.person.warnings:
            items = tuple(self._say(f"finding.{each.code}", **each.args) for each in warnings)
            yield Section(say("memo.warnings"), (Items(items),))
        if self._answer.questions:
            lines = [line for line in self._text.questions() if line.text][1:]
            yield Section(say("memo.find_out"), (Passage(tuple(lines)),))
        if self._answer.readings:
            yield Section(say("memo.readings"), (Items(tuple(map(self._relied, self._answer.readings))),))
        yield Section(say("memo.conclusion"), tuple(Paragraph(text) for text in self.conclusion()))

    # ── conditions ──────────────────────────────────────────────────────────────────────────────

    def _leaves(self) -> list[Node]:
        """The conditions that compare something, each once, in the order of the text."""
        found: dict[str, Node] = {}
        for node in self._answer.reason.walk():
            if node.is_leaf:
                found.setdefault(node.clause.id, node)
        return list(found.values())

    def _tables(self) -> Iterator[MemoTable]:
        table = CountingTable(self._answer.person, self._answer.day, self._vocabulary, self._wording)
        for node in self._leaves():
            if (found := table.of(node)) is not None:
                yield found

    def _conditions(self) -> Iterator[Block]:
        say = self._say
        rows = []
        for node in self._leaves():
            text = (node.clause.subject or node.clause.gloss).into(self._wording.language)
            rows.append((node.clause.place.into(self._wording.language), text, self._outcome(node)))
        columns = tuple(say(f"memo.column_{name}") for name in ("place", "condition", "outcome"))
        yield MemoTable(say("memo.conditions_table"), columns, tuple(rows), notes=tuple(self._structure()))
        lines = []
        for node in self._leaves():
            lines.append(Line(self._text.quoted(node.clause), 0, "quote"))
        yield Paragraph(say("memo.quoted", document=self._document()))
        yield Passage(tuple(lines))

    def _outcome(self, node: Node) -> str:
        """What a condition came to, with what was measured where that is time."""
        state = {True: "memo.met", False: "memo.unmet", None: "memo.open"}[node.holds]
        words = self._say(state)
        if node.measurement is not None and isinstance(node.measurement.low, Duration):
            words = self._say("memo.with_comparison", state=words, comparison=self._text.comparison(node))
        return words

    def _structure(self) -> Iterator[str]:
        """How the conditions belong together: all of these, one of those, and what shortens a time."""
        for node in self._answer.reason.walk():
            parts = [child.clause.place for child in node.children if not child.defeats]
            if node.clause.op in ("all", "any", "none") and len(parts) > 1:
                yield self._say(
                    "memo.together",
                    place=node.clause.place,
                    gate=self._say(f"gate.{node.clause.op}"),
                    parts=parts,
                    state=self._say({True: "memo.met", False: "memo.unmet", None: "memo.open"}[node.holds]),
                )
            if node.bound is not None:
                for child in node.children:
                    if child.defeats:
                        yield self._text.exception(node, child)

    # ── readings and conclusion ─────────────────────────────────────────────────────────────────

    def _relied(self, relied: Relied) -> str:
        reading, say = relied.reading, self._say
        words = say("why.relied", id=reading.id, question=reading.question, chosen=reading.text)
        for more in self._text.otherwise(relied):
            words = say("memo.also", text=words, more=more)
        return words

    def conclusion(self) -> Iterator[str]:
        """What follows, what it rests on, and the first day."""
        answer, say = self._answer, self._say
        yield say(
            f"memo.conclusion_{answer.verdict}",
            name=answer.person.name,
            position=self._position,
            day=answer.day,
        )
        if answer.verdict == "ineligible" and answer.deciding:
            lacks = say("list.semicolon").join(
                say("memo.lack", place=node.clause.place, text=self._text.brief(node))
                for node in answer.deciding
            )
            yield say("memo.lacks", lacks=lacks)
        yield from (line.text for line in self._text.earliest() if line.text)
        if ids := [relied.reading.id for relied in answer.readings if relied.unsettles]:
            yield say("memo.rests_on", ids=say("list.comma").join(ids))


def facts(person: Person, vocabulary: Vocabulary, wording: Wording) -> tuple[Line, ...]:
    """The facts of a person's file, without where they were read."""
    lines = [line for line in person_lines(person, vocabulary, wording) if line.style != "note"]
    return tuple(Line(line.text, max(0, line.indent - 1), line.style) for line in lines)


class PeopleMemo:
    """Writes the memorandum on several persons and one position in one language."""

    def __init__(
        self, answers: tuple[Explanation, ...], kb: KnowledgeBase, vocabulary: Vocabulary, wording: Wording
    ) -> None:
        """Take the answers about one position, in the order in which the persons are to stand."""
        self._answers = answers
        self._kb = kb
        self._vocabulary = vocabulary
        self._wording = wording
        self._say = wording.say

    def memo(self, dated: date) -> Memo:
        """The memorandum, written on a day."""
        say, first = self._say, self._answers[0]
        position = self._vocabulary.name("position", first.position)
        document = self._kb.names["document", first.reason.clause.document].into(self._wording.language)
        args = {"n": len(self._answers), "position": position}
        verdicts = [answer.verdict for answer in self._answers]
        summary = [
            say(f"people.{verdict}", n=verdicts.count(verdict))
            for verdict in ("eligible", "undetermined", "ineligible")
            if verdict in verdicts
        ]
        return Memo(
            subject=say("memo.subject_people", **args),
            dated=dated,
            opening=say("memo.opening_people", document=document, day=first.day, **args),
            sections=(
                Section(say("memo.results"), (self._table(),)),
                Section(say("memo.reasons"), tuple(self._reasons())),
                Section(say("memo.conclusion"), (Items(tuple(summary)),)),
            ),
            closing=say("memo.closing"),
            about={
                "people": [
                    {"person": answer.person.id, "verdict": answer.verdict} for answer in self._answers
                ],
                "position": first.position,
                "as_of": first.day.isoformat(),
            },
        )

    def _table(self) -> MemoTable:
        say = self._say
        rows = []
        for number, answer in enumerate(self._answers, 1):
            text = ExplanationText(answer, self._kb, self._vocabulary, self._wording)
            since = answer.eligible_since
            day = self._wording.date(since, short=True) if since else say("memo.no_day")
            why = answer.deciding[0] if answer.verdict != "eligible" and answer.deciding else None
            reason = "" if why is None else say("memo.lack", place=why.clause.place, text=text.brief(why))
            rows.append((str(number), answer.person.name, say(f"verdict.{answer.verdict}"), day, reason))
        columns = ("n", "name", "verdict", "first_day", "because")
        return MemoTable(
            say("memo.results_table"), tuple(say(f"memo.column_{c}") for c in columns), tuple(rows)
        )

    def _reasons(self) -> Iterator[Block]:
        for number, answer in enumerate(self._answers, 1):
            one = PersonMemo(answer, self._kb, self._vocabulary, self._wording)
            lines = [Line(self._say("why.numbered", n=number, text=answer.person.name), 0, "heading")]
            lines += [Line(text, 1) for text in one.conclusion()]
            yield Passage(tuple(lines))
