"""Questions about people: each answered in the light of what was answered before."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lgreason import replies
from lgreason.files.person import Person
from lgreason.findings import Finding, Unusable
from lgreason.repl.asked import Ask, Question
from lgreason.repl.comparison import compare
from lgreason.repl.competency_gaps import gaps
from lgreason.repl.memory import Memory
from lgreason.repl.ranking import people
from lgreason.repl.reasons import Given, next_reading, step, under_reading
from lgreason.repl.timing import when
from lgreason.repl.what_if import WhatIf, change_of
from lgreason.replies import Document, Reply
from lgreason.session import Session

MOST_REMEDIES = 10
"""So many ways to become eligible are shown in a conversation."""


class Asking:
    """Answers questions about the people that a conversation remembers."""

    def __init__(self, memory: Memory) -> None:
        """Take what the conversation remembers."""
        self._memory = memory
        self._before: Given | None = None
        self.given: Given | None = None
        self.circumstances: Document = {}
        self.answers: Mapping[Ask, Callable[[Question], Reply]] = {
            "why": self._why,
            "check": self._of_one,
            "when": self._of_one,
            "how": self._how,
            "other": self._other,
            "positions": self._positions,
            "people": self._people,
            "gaps": self._gaps,
            "whatif": self._what_if,
            "compare": self._compare,
        }

    def begin(self) -> None:
        """A new line: what was answered before can be followed once."""
        self._before, self.given = self.given, None
        self.circumstances = {}

    def asked(self, question: Question) -> Ask:
        """What was asked in effect: the other reading asks again what was asked before."""
        return self.given.ask if question.ask == "other" and self.given else question.ask

    # ── about one person and one position ─────────────────────────────────────────────────────────────────────

    def _why(self, question: Question) -> Reply:
        if self._before is None or question != Question("why", full=question.full):
            return self._of_one(question)
        self.given = self._before
        if self.given.ask == "why" and not question.full:
            return step(self.given)
        # Why, right after an answer: that answer, on its day and under its reading.
        self.given = Given("why", self.given.person, self.given.position, self.given.session, question.full)
        return self._reply(self.given)

    def _of_one(self, question: Question) -> Reply:
        person, position, session = self._meant(question)
        self.given = Given(question.ask, person, position, session, question.full)
        return self._reply(self.given)

    def _reply(self, given: Given) -> Reply:
        if given.ask == "why":
            return replies.why(given.session, given.person, given.position, given.full, conversing=True)
        if given.ask == "when":
            return when(given.session, given.person, given.position)
        return replies.check(given.session, given.person, (given.position,))

    def _other(self, question: Question) -> Reply:
        del question
        choice = next_reading(self._before)
        assert self._before is not None
        self.given = self._before.under(choice)
        self.circumstances["readings"] = {choice.reading.id: choice.choice}
        reply = self._reply(self.given)
        return Reply((*under_reading(choice, self.given.session), *reply.lines), reply.document, reply.status)

    def _gaps(self, question: Question) -> Reply:
        person, position, session = self._meant(question)
        return gaps(session, person, position, question.full)

    def _how(self, question: Question) -> Reply:
        person, position, session = self._meant(question)
        return replies.how(session, person, position, MOST_REMEDIES)

    def _meant(self, question: Question) -> tuple[Person, str, Session]:
        """The person and the position that a question is about, and the session of its day."""
        person, position = self._memory.whom(question), self._memory.which(question)
        return person, position, self._memory.session_of(question)

    def _what_if(self, question: Question) -> Reply:
        assert question.suppose is not None
        memory = self._memory
        before, change = memory.whom(question), change_of(question.suppose, memory)
        position = memory.which(question) if question.position or memory.position else None
        session = memory.session_of(question)
        memory.suppose(before.id, change)
        after = memory.as_supposed(before.id)
        if position is not None:
            self.given = Given("check", after, position, session)
        changes = tuple(change for _, change in memory.changes(before.id))
        return WhatIf(session, before, after, changes).reply(position)

    # ── about several ─────────────────────────────────────────────────────────────────────────────────────────

    def _compare(self, question: Question) -> Reply:
        memory = self._memory
        if len(question.persons) < 2:  # he or she, and another
            memory.whom(Question(question.ask))
        first, second = self._two(question)
        if first == second:
            raise Unusable((Finding("compare_with_oneself", args={"name": memory.people[first].name}),))
        position, session = memory.which(question), memory.session_of(question)
        memory.person = first
        pair = memory.as_supposed(first), memory.as_supposed(second)
        return compare(session, *pair, position, question.full)

    def _two(self, question: Question) -> tuple[str, str]:
        named = [self._memory.one_of(mention) for mention in question.persons]
        if len(named) == 2:
            return named[0], named[1]
        spoken = self._memory.spoken_of() or ""
        return spoken, named[0] if named else spoken

    def _positions(self, question: Question) -> Reply:
        session = self._memory.session_of(question)
        return replies.check(session, self._memory.whom(question), tuple(session.kb.posts))

    def _people(self, question: Question) -> Reply:
        position = self._memory.which(question)
        return people(self._memory.session_of(question), self._memory.everyone(), position)
