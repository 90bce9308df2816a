"""A conversation: who is loaded, who and what was spoken of last, the answer to each line. No terminal needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from lgreason import replies
from lgreason.as_text import Line
from lgreason.asked import Ask, Mention, NotUnderstood, Question
from lgreason.dates import DateProblem, parse_date
from lgreason.findings import Finding, Unusable
from lgreason.lexicon import Lexicon
from lgreason.model import Language
from lgreason.person import Person
from lgreason.question import parse
from lgreason.question_words import expected_words, language_of, sentence
from lgreason.replies import UNUSABLE, Document, Reply
from lgreason.session import Session
from lgreason.source import STANDARD_INPUT
from lgreason.wording import Wording


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: its lines, its document (`lgreason.answer/1`), its exit status, and whether it is the last."""

    lines: tuple[Line, ...]
    document: Document
    status: int
    ends: bool = False


class Conversation:
    """Answers line after line, remembering what was spoken of."""

    def __init__(self, session: Session) -> None:
        """Begin with a session and nobody loaded."""
        self.session = session
        self.people: dict[str, Person] = {}
        self.person: str | None = None
        self.position: str | None = None
        self._readings = dict(session.kb.chosen)
        # Which words there are does not depend on the readings in force, so that one lexicon lasts.
        self.lexicon = Lexicon(session.kb, {})
        self._answers: dict[Ask, Callable[[Question], Reply]] = {
            "why": self._why,
            "check": self._check,
            "positions": self._positions,
            "show": self._show,
            "people": self._list_people,
            "load": self._load,
            "as_of": self._as_of,
            "lang": self._lang,
            "reading": self._reading,
            "help": self._help,
            "quit": self._quit,
        }

    @property
    def wording(self) -> Wording:
        """The words of the language in force."""
        return self.session.wording

    def prompt(self) -> str:
        """The person spoken of and the day, for the prompt."""
        day = self.wording.date(self.session.day, short=True)
        if (identity := self._spoken_of()) is None:
            return self.wording.say("repl.prompt_nobody", day=day)
        return self.wording.say("repl.prompt", person=self.lexicon.person_name(identity), day=day)

    def welcome(self) -> tuple[Line, ...]:
        """The lines with which a terminal is greeted."""
        say = self.wording.say
        hint = Line(say("repl.welcome_hint"), style="note")
        if not self.people:
            return (Line(say("repl.welcome_load"), style="title"), hint)
        mention = Mention((next(iter(self.people)),), self.lexicon.person_name(next(iter(self.people))))
        example = sentence(Question("positions", (mention,)), self.session.kb, self.lexicon, self.wording)
        return (Line(say("repl.welcome", example=example), style="title"), hint)

    # ── people ────────────────────────────────────────────────────────────────────────────────────────────────

    def open(self, path: str) -> Person:
        """Load the person in a file, or load it again; raises `Unusable` with all that is wrong."""
        if path == STANDARD_INPUT:
            raise Unusable((Finding("standard_input_taken"),))
        person = self.session.person(path)
        known = self.people.get(person.id)
        if known is not None and not _same_file(known.place.file, path):
            args = {"id": person.id, "first": known.place.file, "second": person.place.file}
            raise Unusable((Finding("id_twice", args=args),))
        self.people[person.id] = person
        self._name_people()
        return person

    def _name_people(self) -> None:
        self.lexicon = self.lexicon.with_people({person.id: person.name for person in self.people.values()})

    def _spoken_of(self) -> str | None:
        if self.person in self.people:
            return self.person
        return next(iter(self.people)) if len(self.people) == 1 else None

    def _whom(self, question: Question) -> Person:
        """The person that a question is about; spoken of from now on."""
        if question.persons:
            mention = question.persons[0]
            if len(mention.ids) > 1:
                choices = tuple(f"{identity} ({self.people[identity].name})" for identity in mention.ids)
                args = {"n": len(mention.ids), "found": mention.text, "choices": choices}
                raise Unusable((Finding("ask_which_person", args=args),))
            self.person = mention.ids[0]
        elif (identity := self._spoken_of()) is not None:
            self.person = identity
        elif self.people:
            choices = tuple(self.lexicon.person_name(identity) for identity in self.people)
            raise Unusable((Finding("ask_person", args={"choices": choices}),))
        else:
            raise Unusable((Finding("nobody_loaded"),))
        return self.people[self.person]

    def _which(self, question: Question) -> str:
        """The position that a question is about; spoken of from now on."""
        mention = question.position
        if mention is None and self.position is not None:
            return self.position
        if mention is None or len(mention.ids) > 1:
            posts = self.session.kb.posts if mention is None else mention.ids
            choices = tuple(self.session.vocabulary.name("position", post) for post in posts)
            if mention is None:
                raise Unusable((Finding("ask_position", args={"choices": choices}),))
            raise Unusable((Finding("ask_which_position", args={"found": mention.text, "choices": choices}),))
        self.position = mention.ids[0]
        return self.position

    # ── a line ────────────────────────────────────────────────────────────────────────────────────────────────

    def answer(self, line: str) -> Answer:
        """The answer to a line; a line that is no question is answered with what was expected."""
        question = parse(line, self.lexicon)
        if isinstance(question, NotUnderstood):
            return self._not_understood(question)
        try:
            reply = self._answers[question.ask](question)
        except Unusable as unusable:
            reply = replies.refused(unusable.findings, self.wording)
        document = {
            "schema": "lgreason.answer/1",
            "question": line.strip(),
            "understood": True,
            "ask": question.ask,
        }
        if (person := reply.document.get("person", reply.document.get("id"))) is not None:
            document["person"] = person
            if question.ask in ("why", "check"):
                document["position"] = self.position
        document |= {"as_of": self.session.day.isoformat(), "answer": reply.document}
        return Answer(reply.lines, document, reply.status, ends=question.ask == "quit")

    def _not_understood(self, failed: NotUnderstood) -> Answer:
        say = self.wording.say
        suggestion = self.sentence(failed.suggestion, language_of(failed.line))
        expected = expected_words(failed, self.lexicon, self.session.kb, self.wording)
        comma = say("list.comma")
        things = expected[0]
        if len(expected) > 1:
            things = say("question.or", most=comma.join(expected[:-1]), last=expected[-1])
        lines = [Line(say("question.not_understood"), style="open")]
        if failed.understood:
            lines.append(Line(say("question.understood", text=failed.understood), 1))
        stopped = say("question.stopped", text=failed.rest) if failed.rest else say("question.ended")
        lines += [
            Line(stopped, 1),
            Line(say("question.expected", things=things), 1),
            Line(say("question.suggestion", text=suggestion), 1, "good"),
        ]
        document = {
            "schema": "lgreason.answer/1",
            "question": failed.line.strip(),
            "understood": False,
            "read": failed.understood,
            "expected": expected,
            "suggestion": suggestion,
        }
        return Answer(tuple(lines), document, UNUSABLE)

    def sentence(self, question: Question, language: Language | None = None) -> str:
        """A sentence that asks a question."""
        wording = Wording(language or self.wording.language, self.wording.digits)
        return sentence(question, self.session.kb, self.lexicon, wording)

    # ── questions ─────────────────────────────────────────────────────────────────────────────────────────────

    def _why(self, question: Question) -> Reply:
        return replies.why(
            self.session, self._whom(question), self._which(question), question.full, conversing=True
        )

    def _check(self, question: Question) -> Reply:
        return replies.check(self.session, self._whom(question), (self._which(question),))

    def _positions(self, question: Question) -> Reply:
        return replies.check(self.session, self._whom(question), tuple(self.session.kb.posts))

    def _show(self, question: Question) -> Reply:
        if question.text:
            return replies.show_reading(self.session, question.text)
        if question.clause is not None:
            return replies.show_clauses(self.session, question.clause.ids, self.position)
        return replies.show_person(self.session, self._whom(question))

    def _list_people(self, question: Question) -> Reply:
        del question
        return replies.list_people(self.session, self.people.values())

    def _help(self, question: Question) -> Reply:
        del question
        return replies.show_help(self.session)

    def _quit(self, question: Question) -> Reply:
        del question
        return Reply((Line(self.wording.say("repl.bye")),), self._settings())

    # ── the session ───────────────────────────────────────────────────────────────────────────────────────────

    def _settings(self) -> Document:
        return {
            "schema": "lgreason.settings/1",
            "lang": self.wording.language,
            "as_of": self.session.day.isoformat(),
            "readings": dict(self._readings),
        }

    def _load(self, question: Question) -> Reply:
        path = question.text.strip("\"'«»“”")
        person = self.open(str(Path(path).expanduser()) if path.startswith("~") else path)
        self.person = person.id
        return replies.list_people(self.session, (person,), "loaded")

    def _as_of(self, question: Question) -> Reply:
        day = date.today() if question.text == "today" else parse_date(question.text)
        if isinstance(day, DateProblem):
            raise Unusable((Finding(day.code, args=day.args),))
        notes = self._renew(day=day)
        return Reply((Line(self.wording.say("repl.as_of", day=day)), *notes), self._settings())

    def _lang(self, question: Question) -> Reply:
        self._renew(language=cast(Language, question.text))
        return Reply((Line(self.wording.say("repl.language")),), self._settings())

    def _reading(self, question: Question) -> Reply:
        identity, _, choice = question.text.partition("=")
        notes = self._renew(readings={**self._readings, identity: choice})
        reading = self.session.kb.readings[identity]
        words = self.wording.say("repl.reading", id=identity, question=reading.question, chosen=reading.text)
        return Reply((Line(words), *notes), self._settings())

    def _renew(
        self,
        language: Language | None = None,
        day: date | None = None,
        readings: dict[str, str] | None = None,
    ) -> tuple[Line, ...]:
        """Go on under other settings; the ground knowledge base is kept, the files of the people are read again."""
        old = self.session
        session = Session(
            language or old.wording.language,
            old.wording.digits,
            day or old.day,
            self._readings if readings is None else readings,
            old.library,
        )
        session.kb  # noqa: B018 - an unusable reading is refused before anything changes
        self.session, self._readings = session, dict(session.kb.chosen)
        return () if language else tuple(self._read_again())

    def _read_again(self) -> Iterator[Line]:
        """Read the people's files again; whoever cannot be is kept as read before, and it is said."""
        for identity, person in list(self.people.items()):
            try:
                again = self.session.person(person.place.file)
            except Unusable as unusable:
                yield Line(self.wording.say("repl.kept", name=person.name), style="open")
                yield from replies.refused(unusable.findings, self.wording).lines
                continue
            if again.id == identity:
                self.people[identity] = again
        self._name_people()


def _same_file(one: str, other: str) -> bool:
    return Path(one).resolve() == Path(other).resolve()
