"""Questions about people: each answered in the light of what was answered before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from lgreason.answers import persons as replies
from lgreason.answers.memo import memo
from lgreason.answers.persons import Document, Reply
from lgreason.answers.questions import QUESTIONS, Topic
from lgreason.answers.ranking import people as who_may
from lgreason.answers.records import readings_of
from lgreason.answers.regulation import duties, readings
from lgreason.answers.session import Session
from lgreason.files.person.person import Person
from lgreason.repl.again import Again, Followed, under_reading
from lgreason.repl.asked import Ask, Mention, Question
from lgreason.repl.competency_gaps import gaps, required
from lgreason.repl.memory import Memory, day_of
from lgreason.repl.reasons import AnswerGiven, step
from lgreason.repl.timing import when
from lgreason.repl.what_if import WhatIf, change_of
from lgreason.rules.findings import Finding, Unusable
from lgreason.rules.knowledge import Reading

MOST_REMEDIES = 10
"""So many ways to become eligible are shown in a conversation."""
_OF_TABLE: tuple[Ask, ...] = (
    *("service", "profile", "missing", "requirements", "counts", "convert", "upcoming"),
)
"""Questions whose answer the table gives as it stands."""
MOST_PATHS = 5
"""So many career paths are shown in a conversation."""


class Asking:
    """Answers questions about the people that a conversation remembers."""

    def __init__(self, memory: Memory, followed: Followed) -> None:
        """Take what the conversation remembers, and the answers that a line may follow."""
        self._memory = memory
        self._followed = followed
        self.circumstances: Document = {}
        self.answers: Mapping[Ask, Callable[[Question], Reply]] = {
            "why": self._why,
            "check": self._of_one,
            "when": self._of_one,
            "how": self._how,
            "path": self._path,
            "other": self._other,
            "positions": self._positions,
            "people": self._people,
            "gaps": self._gaps,
            "whatif": self._what_if,
            **dict.fromkeys(_OF_TABLE, self._of_table),
            "compare": self._compare,
            "memo": self._memo,
            "duties": self._duties,
            "readings": self._readings,
        }

    def begin(self) -> None:
        """A new line."""
        self._followed.begin()
        self.circumstances = {}

    @property
    def given(self) -> AnswerGiven | None:
        """The reasons of an answer just given about one person and one position."""
        return self._followed.now.given if self._followed.now else None

    def follow(self, given: AnswerGiven) -> None:
        """Let the next line follow an answer about one person and one position."""
        self._followed.now = Again(
            given.ask, given.session, lambda session: self._reply(given.within(session)), given=given
        )

    def asked(self, question: Question) -> Ask:
        """What was asked in effect: the other reading asks again what was asked before."""
        now = self._followed.now
        return now.ask if question.ask == "other" and now else question.ask

    # ── about one person and one position ─────────────────────────────────────────────────────────────────────

    def _why(self, question: Question) -> Reply:
        before = self._followed.before
        given = before.given if before else None
        if given is None or question != Question("why", full=question.full):
            return self._of_one(question)
        if given.ask == "why" and not question.full:
            self._followed.now = before
            return step(given)
        # Why, right after an answer: that answer, on its day and under its reading.
        given = AnswerGiven("why", given.person, given.position, given.session, question.full)
        self.follow(given)
        return self._reply(given)

    def _of_one(self, question: Question) -> Reply:
        person, position, session = self._meant(question)
        given = AnswerGiven(question.ask, person, position, session, question.full)
        self.follow(given)
        return self._reply(given)

    def _reply(self, given: AnswerGiven) -> Reply:
        if given.ask == "why":
            return replies.why(given.session, given.person, given.position, given.full, conversing=True)
        if given.ask == "when":
            return when(given.session, given.person, given.position)
        return replies.check(given.session, given.person, (given.position,))

    def _other(self, question: Question) -> Reply:
        del question
        choice = self._followed.again()
        now = self._followed.now
        assert now is not None
        self.circumstances["readings"] = {choice.reading.id: choice.choice}
        reply = now.answer(now.session)
        return Reply((*under_reading(choice, now.session), *reply.lines), reply.document, reply.status)

    def _gaps(self, question: Question) -> Reply:
        if question.about == "standard":
            return required(self._memory.session_of(question), self._memory.which(question))
        person, position, session = self._meant(question)
        return gaps(session, person, position, question.full)

    def _how(self, question: Question) -> Reply:
        person, position, session = self._meant(question)
        return self._answered(
            "how",
            session,
            lambda within: replies.how(within, person, position, MOST_REMEDIES),
            ((person, position),),
        )

    def _path(self, question: Question) -> Reply:
        if question.position is None and self._memory.position is None:  # as far as the standard goes
            posts = self._memory.session.kb.posts
            highest = max(posts, key=lambda post: self._memory.session.vocabulary.ranks[post])
            question = replace(question, position=Mention((highest,)))
        person, position, session = self._meant(question)
        return self._answered(
            "path",
            session,
            lambda within: replies.path(within, person, position, MOST_PATHS),
            ((person, position),),
        )

    def _answered(
        self,
        ask: Ask,
        session: Session,
        answer: Callable[[Session], Reply],
        about: Sequence[tuple[Person, str]],
    ) -> Reply:
        """Give an answer about some persons and positions, which then can be followed under another reading."""

        def relied(session: Session) -> Iterator[Reading]:
            for person, position in about:
                for relied in session.explain(person, position).readings:
                    yield relied.reading

        reply = answer(session)
        self._followed.now = Again(ask, session, answer, relied)
        return reply

    def _meant(self, question: Question) -> tuple[Person, str, Session]:
        """The person and the position that a question is about, and the session of its day."""
        person, position = self._memory.whom(question), self._memory.which(question)
        return person, position, self._memory.session_of(question)

    def _what_if(self, question: Question) -> Reply:
        assert question.suppose is not None
        memory = self._memory
        before = memory.whom(question)
        changes = [change_of(said, memory) for said in (question.suppose, *question.more)]
        position = memory.which(question) if question.position or memory.position else None
        session = memory.session_of(question)
        for change in changes:
            memory.withdraw(before.id, change)
        before = memory.as_supposed(before.id)
        for change in changes:
            memory.suppose(before.id, change)
        after = memory.as_supposed(before.id)
        if position is not None:
            self.follow(AnswerGiven("check", after, position, session))
        in_force = tuple(change for _, change in memory.changes(before.id))
        return WhatIf(session, before, after, in_force).reply(position)

    # ── about a record ────────────────────────────────────────────────────────────────────────────────────────

    def _of_table(self, question: Question) -> Reply:
        """An answer of the table of questions, about whom and what the conversation tells."""
        kind, memory = QUESTIONS[question.ask], self._memory
        session = memory.session_of(question)
        people: tuple[Person, ...] = ()
        if kind.people == "one":
            people = (memory.whom(question),)
        elif kind.people == "several":
            people = memory.everyone()
        named = question.position is not None or (kind.carried and memory.position is not None)
        position = None
        if kind.position == "must" or (kind.position == "may" and named):
            position = memory.which(question)
        by = day_of(question.by) if question.by else None
        asked = Topic(people, position, question.levels, question.about, by, question.full)
        return kind.answer(session, asked)

    def _memo(self, question: Question) -> Reply:
        person, position, session = self._meant(question)
        return memo(session, person, position)

    # ── about the rules ───────────────────────────────────────────────────────────────────────────────────────

    def _duties(self, question: Question) -> Reply:
        level = question.levels[0].rpartition(".")[2] if question.levels else None
        position = None if level and question.position is None else self._memory.which(question)
        return duties(self._memory.session, position, level)

    def _readings(self, question: Question) -> Reply:
        memory = self._memory
        if question.clause is not None:
            return readings(memory.session, question.clause.ids)
        position = question.position or memory.position
        if not (question.persons or memory.person in memory.people) or position is None:
            return readings(memory.session)
        person, post, session = self._meant(question)
        return readings_of(session, person, post)

    # ── about several ─────────────────────────────────────────────────────────────────────────────────────────

    def _compare(self, question: Question) -> Reply:
        memory = self._memory
        if len(question.persons) < 2:  # he or she, and another
            memory.whom(Question(question.ask))
        ids = self._several(question)
        if len(set(ids)) < len(ids):
            raise Unusable((Finding("compare_with_oneself", args={"name": memory.people[ids[0]].name}),))
        position, session = memory.which(question), memory.session_of(question)
        memory.person = ids[0]
        people = [memory.as_supposed(identity) for identity in ids]
        return self._answered(
            "compare",
            session,
            lambda within: QUESTIONS["compare"].answer(
                within, Topic(tuple(people), position, full=question.full)
            ),
            [(person, position) for person in people],
        )

    def _several(self, question: Question) -> list[str]:
        named = [self._memory.one_of(mention) for mention in question.persons]
        if len(named) >= 2:
            return named
        spoken = self._memory.spoken_of() or ""
        return [spoken, named[0] if named else spoken]

    def _positions(self, question: Question) -> Reply:
        session, person = self._memory.session_of(question), self._memory.whom(question)
        posts = tuple(session.kb.posts)
        return self._answered(
            "positions",
            session,
            lambda within: replies.check(within, person, posts),
            [(person, post) for post in posts],
        )

    def _people(self, question: Question) -> Reply:
        position, session = self._memory.which(question), self._memory.session_of(question)
        everyone = self._memory.everyone()
        return self._answered(
            "people",
            session,
            lambda within: who_may(within, everyone, position),
            [(person, position) for person in everyone],
        )
