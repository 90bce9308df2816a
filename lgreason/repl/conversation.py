"""A conversation: the answer to each line, in the light of what was said before. No terminal needed."""

from __future__ import annotations

from dataclasses import dataclass

from lgreason import replies
from lgreason.files.person import Person
from lgreason.findings import Unusable
from lgreason.repl.asked import Ask, Mention, NotUnderstood, Question
from lgreason.repl.asking import Asking
from lgreason.repl.commands import Commands
from lgreason.repl.interview import Interview
from lgreason.repl.lexicon import Lexicon
from lgreason.repl.memory import Memory
from lgreason.repl.question import parse, parse_told
from lgreason.repl.question_words import expected_words, language_of, sentence
from lgreason.repl.suppositions import Change, change_document, change_words
from lgreason.replies import UNDETERMINED, UNUSABLE, Document, Reply
from lgreason.report.as_text import Line
from lgreason.report.terminal import transcript_text
from lgreason.report.wording import Wording
from lgreason.rules.model import Language
from lgreason.session import Session

OF_ONE_POSITION = frozenset(
    {"why", "check", "when", "how", "people", "gaps", "whatif", "compare", "interview"}
)
TO_ASK_ABOUT = frozenset({"why", "check", "other"})
"""Answers after which the facts that are missing are asked for."""
ABOUT_SEVERAL = frozenset({"people", "compare"})
ON_SUPPOSITIONS = frozenset({"why", "check", "positions", "when", "how", "gaps", "show", *ABOUT_SEVERAL})
"""Answers that say, where something is supposed of the person, what that is."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: its lines, its document (`lgreason.answer/1`), its exit status, and whether it is the last.

    `asks` are those of its lines that ask for a fact.
    """

    lines: tuple[Line, ...]
    document: Document
    status: int
    ends: bool = False
    asks: tuple[Line, ...] = ()


class Conversation:
    """Answers line after line, remembering what was spoken of."""

    def __init__(self, session: Session) -> None:
        """Begin with a session and nobody loaded."""
        self._memory = Memory(session)
        self._asking = Asking(self._memory)
        self._commands = Commands(self._memory)
        self._answers = {**self._asking.answers, **self._commands.answers}
        self._answers["transcript"] = self._transcript
        self._interview: Interview | None = None
        self._said: list[tuple[str, tuple[Line, ...]]] = []

    @property
    def session(self) -> Session:
        """The session in force."""
        return self._memory.session

    @property
    def wording(self) -> Wording:
        """The words of the language in force."""
        return self.session.wording

    @property
    def lexicon(self) -> Lexicon:
        """The words in force."""
        return self._memory.lexicon

    @property
    def people(self) -> dict[str, Person]:
        """Everyone loaded, by id."""
        return self._memory.people

    def open(self, path: str) -> Person:
        """Load the person in a file, or load it again; raises `Unusable` with all that is wrong."""
        return self._memory.open(path)

    def prompt(self) -> str:
        """The person spoken of and the day, for the prompt."""
        day = self.wording.date(self.session.day, short=True)
        if (identity := self._memory.spoken_of()) is None:
            return self.wording.say("repl.prompt_nobody", day=day)
        args = {"person": self.lexicon.person_name(identity), "day": day}
        if not (changes := self._memory.changes(identity)):
            return self.wording.say("repl.prompt", **args)
        last = change_words(changes[-1][1], self.session.vocabulary, self.wording)
        if len(changes) == 1:
            return self.wording.say("repl.prompt_supposing", change=last, **args)
        return self.wording.say("repl.prompt_supposing_more", change=last, n=len(changes) - 1, **args)

    def welcome(self) -> tuple[Line, ...]:
        """The lines with which a terminal is greeted."""
        say = self.wording.say
        hint = Line(say("repl.welcome_hint"), style="note")
        if not self.people:
            return (Line(say("repl.welcome_load"), style="title"), hint)
        mention = Mention((next(iter(self.people)),), self.lexicon.person_name(next(iter(self.people))))
        example = self.sentence(Question("positions", (mention,)))
        return (Line(say("repl.welcome", example=example), style="title"), hint)

    # ── a line ────────────────────────────────────────────────────────────────────────────────────────────────

    def answer(self, line: str) -> Answer:
        """The answer to a line; a line that is no question is answered with what was expected."""
        asked = f"{self.prompt()}{line.strip()}"
        answer = self._answer(line)
        self._said.append((asked, answer.lines))
        return answer

    def _answer(self, line: str) -> Answer:
        if self._interview is not None and (answer := self._told(line, self._interview)) is not None:
            return answer
        question = parse(line, self.lexicon)
        if isinstance(question, NotUnderstood):
            return self._not_understood(question)
        self._interview = None
        self._asking.begin()
        self._commands.begin()
        try:
            reply = self._answers[question.ask](question)
        except Unusable as unusable:
            reply = replies.refused(unusable.findings, self.wording)
        given = self._asking.given
        if given is not None and question.ask in TO_ASK_ABOUT and reply.status == UNDETERMINED:
            self._interview = Interview(self._memory, given)
        return self._answered(line, self._asking.asked(question), reply)

    def _transcript(self, question: Question) -> Reply:
        """Write the questions so far with their answers."""
        file = self._commands.write(question, transcript_text(self._said), (".txt", ".md"))
        lines = (Line(self.wording.say("repl.transcribed", n=len(self._said), file=file)),)
        return Reply(lines, {"schema": "lgreason.saved/1", "file": file})

    def _told(self, line: str, interview: Interview) -> Answer | None:
        """The answer to a line that answers what was asked; `None` if it does not."""
        told = parse_told(line, self.lexicon)
        if told is None:
            return None
        try:
            reply = interview.take(told)
        except Unusable as unusable:
            reply = replies.refused(unusable.findings, self.wording)
        if reply is None:
            return None
        self._asking.begin()
        self._asking.given = interview.given
        return self._answered(line, "interview", reply)

    def _answered(self, line: str, ask: Ask, reply: Reply) -> Answer:
        document: Document = {
            "schema": "lgreason.answer/1",
            "question": line.strip(),
            "understood": True,
            "ask": ask,
        }
        if (person := reply.document.get("person", reply.document.get("id"))) is not None:
            document["person"] = person
        if ask in OF_ONE_POSITION and reply.status != UNUSABLE:
            document["position"] = self._memory.position
        day = reply.document.get("as_of", self.session.day.isoformat())
        changes = self._memory.changes(None if person is None and ask in ABOUT_SEVERAL else str(person))
        if changes:
            document["changes"] = [self._change(whose, change, person) for whose, change in changes]
        document |= {"as_of": day, **self._asking.circumstances, "answer": reply.document}
        lines = reply.lines
        if ask in ON_SUPPOSITIONS and reply.status != UNUSABLE:
            lines = (*(self._supposing(whose, change) for whose, change in changes), *lines)
        if self._interview is not None and (asks := self._interview.document()) is not None:
            document["asks"] = asks
            asked = self._interview.question(self.wording)
            lines = (*lines, Line(), *asked)
            return Answer(lines, document, reply.status, asks=asked)
        self._interview = None
        return Answer(lines, document, reply.status, ends=ask == "quit")

    def _change(self, whose: str, change: Change, person: object) -> Document:
        document = change_document(change, self.session.vocabulary)
        return document if whose == person else {"person": whose, **document}

    def _supposing(self, whose: str, change: Change) -> Line:
        text = change_words(change, self.session.vocabulary, self.wording)
        args = {"name": self.people[whose].name, "text": text}
        return Line(self.wording.say("suppose.in_force", **args), style="note")

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
        if self._interview is not None:
            lines = [Line(say("interview.no_answer"), style="open"), *self._interview.question(self.wording)]
            document["asks"] = self._interview.document()
        return Answer(tuple(lines), document, UNUSABLE)

    def sentence(self, question: Question, language: Language | None = None) -> str:
        """A sentence that asks a question."""
        wording = Wording(language or self.wording.language, self.wording.digits)
        return sentence(question, self.session.kb, self.lexicon, wording)
