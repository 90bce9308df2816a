"""What if: the verdict before and after something is supposed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lgreason.answers.persons import EXIT_OF, NO, UNDETERMINED, YES, Reply
from lgreason.answers.session import Session
from lgreason.files.person.person import Person
from lgreason.reasoning.cases.verdict import Verdict
from lgreason.reasoning.persons.explain import Explanation
from lgreason.repl.asked import Supposition
from lgreason.repl.memory import Memory, day_of
from lgreason.repl.suppositions import Supposal, change_document, change_words
from lgreason.report.line import Line
from lgreason.report.text.explanation import ExplanationText
from lgreason.rules.findings import Finding, Unusable
from lgreason.rules.model import Text

Document = dict[str, Any]


def change_of(said: Supposition, memory: Memory) -> Supposal:
    """What is supposed, with its names and days resolved; raises `Unusable` where that cannot be."""
    vocabulary = memory.session.vocabulary
    if said.kind == "fact":
        return _of_fact(said, memory)
    if len(said.what.ids) > 1:
        choices = tuple(vocabulary.name("position", post) for post in said.what.ids)
        raise Unusable((Finding("ask_which_position", args={"found": said.what.text, "choices": choices}),))
    start = None if said.start is None else day_of(said.start)
    end = None if said.end is None else day_of(said.end)
    if said.kind in ("take_up", "work") and start is None:
        raise Unusable((Finding("suppose_since_when", args={"what": _name(said, memory)}),))
    if start is not None and end is not None and end < start:
        raise Unusable((Finding("suppose_ends_before_start", args={"start": start, "end": end}),))
    return Supposal(said.kind, said.what.ids[0], said.field.ids[0] if said.field else None, start, end)


def _of_fact(said: Supposition, memory: Memory) -> Supposal:
    from lgreason.repl.interview_facts import DeclaredFacts

    if len(said.what.ids) > 1:
        raise Unusable((Finding("ask_which_fact", args={"found": said.what.text, "choices": said.what.ids}),))
    identity = said.what.ids[0]
    told = DeclaredFacts(memory.session).supposed(identity, said.said)
    if told.findings:
        raise Unusable(told.findings)
    return Supposal("fact", identity, value=told.value)


def _name(said: Supposition, memory: Memory) -> Text:
    return memory.session.vocabulary.name("work" if said.kind == "work" else "rank", said.what.ids[0])


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A person before and after the last change, and every change in force."""

    session: Session
    before: Person
    after: Person
    changes: tuple[Supposal, ...]

    def reply(self, position: str | None) -> Reply:
        """The verdicts before and after, for a position or for all."""
        session = self.session
        document: Document = {"schema": "lgreason.whatif/1", "person": self.after.id}
        if position is not None:
            document["position"] = position
        document["as_of"] = session.day.isoformat()
        document["changes"] = [change_document(change, session.vocabulary) for change in self.changes]
        if position is None:
            return self._of_all(document)
        before = session.explain(self.before, position)
        after = session.explain(self.after, position)
        since = after.eligible_since
        document |= {
            "before": before.verdict,
            "after": after.verdict,
            "earliest": since.isoformat() if since else None,
        }
        lines = (*self._supposed(), *self._compared(before, after))
        return Reply(lines, document, EXIT_OF[after.verdict])

    def _of_all(self, document: Document) -> Reply:
        session, say = self.session, self.session.wording.say
        lines = list(self._supposed())
        rows: list[Document] = []
        for position in session.kb.posts:
            before = session.judges.judge.case(self.before, session.day).verdict(position)
            after = session.judges.judge.case(self.after, session.day).verdict(position)
            rows.append({"position": position, "before": before, "after": after})
            key = "suppose.changed" if before != after else "suppose.same"
            args = {
                "position": session.vocabulary.name("position", position),
                "before": say(f"verdict.{before}"),
                "after": say(f"verdict.{after}" if before != after else f"suppose.still_{after}"),
                "day": session.wording.date(session.day, short=True),
            }
            lines.append(Line(say(self._on_its_day(key, after), **args), 1, after))
            if after != "eligible" and self._begins_later:
                since = session.explain(self.after, position).eligible_since
                if since is not None:
                    lines.append(Line(say("why.earliest", day=since), 2, "earliest"))
        lines += [Line(), Line(say("suppose.undo"), style="note")]
        statuses = {EXIT_OF[row["after"]] for row in rows}
        status = next(status for status in (NO, UNDETERMINED, YES) if status in statuses)
        return Reply(tuple(lines), {**document, "verdicts": rows}, status)

    @property
    def _begins_later(self) -> bool:
        """Whether something supposed begins only after the day of assessment."""
        return any(change.start is not None and change.start > self.session.day for change in self.changes)

    def _on_its_day(self, key: str, after: Verdict) -> str:
        """The sentence of a verdict; one that what begins later may turn is said to be that of its day."""
        return f"{key}_on" if self._begins_later and after != "eligible" else key

    def _supposed(self) -> Iterator[Line]:
        session, say = self.session, self.session.wording.say
        yield Line(self.after.name, style="title")
        yield Line(say("suppose.title", day=session.day), style="heading")
        for change in self.changes:
            words = change_words(change, session.vocabulary, session.wording)
            yield Line(say("suppose.item", text=words), 1)
            if change.start is not None and change.start > session.day:
                yield Line(say("suppose.later"), 2, "note")
        last = self.changes[-1]
        if last.kind == "fact":
            if (
                isinstance(last.value, tuple)
                and last.value
                and self.before.given.facts.get(last.what) is None
            ):
                yield Line(say("suppose.nothing_else"), 1, "note")
        elif last.kind != "drop" and getattr(self.before, last.list) is None:
            yield Line(say(f"suppose.nothing_else_{last.list}"), 1, "note")
        yield Line()

    def _compared(self, before: Explanation, after: Explanation) -> Iterator[Line]:
        session, say = self.session, self.session.wording.say
        name = session.vocabulary.name("position", after.position)
        same = before.verdict == after.verdict
        words = say(f"suppose.still_{after.verdict}" if same else f"verdict.{after.verdict}")
        args = {"before": say(f"verdict.{before.verdict}"), "after": words}
        args["day"] = session.wording.date(session.day, short=True)
        key = self._on_its_day("suppose.same" if same else "suppose.changed", after.verdict)
        yield Line(say(key, position=name, **args), style=after.verdict)
        since = after.eligible_since
        text = ExplanationText(after, session.kb, session.vocabulary, session.wording)
        if after.verdict == "eligible":
            if since is not None:
                yield Line(say("why.eligible_since", day=since), 1, "earliest")
        else:
            if after.verdict == "undetermined" and after.questions:
                fact = text.missing(after.questions[0].fact)
                yield Line(say("people.find_out", fact=fact), 1)
            elif after.deciding:
                yield Line(say("people.lacks", text=text.brief(after.deciding[0])), 1)
            if since is not None:
                yield Line(say("why.earliest", day=since), 1, "earliest")
                yield from text.first_day(2)
        yield Line()
        yield Line(say("suppose.undo"), style="note")
