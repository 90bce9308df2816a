"""A conversation: the answer to each line, in the light of what was said before. No terminal needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from lgreason.answers import persons as replies
from lgreason.answers.persons import UNDETERMINED, UNUSABLE, Document, Reply
from lgreason.answers.session import Session
from lgreason.files.person.person import Person
from lgreason.repl.again import Followed
from lgreason.repl.asked import Ask, Mention, NotUnderstood, Question
from lgreason.repl.asking import Asking
from lgreason.repl.commands import Commands, step_document
from lgreason.repl.interview import Interview
from lgreason.repl.lexicon import Lexicon
from lgreason.repl.memory import Memory
from lgreason.repl.organisation_words import OF_ORGANISATIONS as ASKS
from lgreason.repl.question import parse, parse_told
from lgreason.repl.question_words import expected_words, language_of, sentence
from lgreason.repl.suppositions import Change, change_document, change_words
from lgreason.report.line import Line
from lgreason.report.terminal import transcript_text
from lgreason.report.wording import Wording
from lgreason.rules.findings import Unusable
from lgreason.rules.model import Language

if TYPE_CHECKING:
    from lgreason.reasoning.structures.space import Step
    from lgreason.repl.asking_organisations import AskingOrganisations
    from lgreason.repl.drawing import Drawing

OF_ONE_POSITION = frozenset(
    {"why", "check", "when", "how", "path", "people", "gaps", "whatif", "compare", "interview"}
)
TO_ASK_ABOUT = frozenset({"why", "check", "other"})
"""Answers after which the facts that are missing are asked for."""
ABOUT_SEVERAL = frozenset({"people", "compare"})
ON_SUPPOSITIONS = frozenset(
    {"why", "check", "positions", "when", "how", "path", "gaps", "show", *ABOUT_SEVERAL}
)
ON_CHOICES = frozenset({"structures", "draw", "export"})
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
        self._followed = Followed()
        self._asking = Asking(self._memory, self._followed)
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

    def open(self, path: str) -> None:
        """Load the person, organisation or costs in a file; raises `Unusable` with all that is wrong."""
        self._memory.open(path)

    def prompt(self) -> str:
        """Who or what is spoken of, what is supposed, and the day, for the prompt."""
        day = self.wording.date(self.session.day, short=True)
        if self._memory.about_organisation() and (whose := self._memory.organisations.spoken_of()):
            return self._prompt_of(whose, day)
        if (identity := self._memory.spoken_of()) is None:
            return self.wording.say("repl.prompt_nobody", day=day)
        args = {"person": self.lexicon.person_name(identity), "day": day}
        if not (changes := self._memory.changes(identity)):
            return self.wording.say("repl.prompt", **args)
        last = change_words(changes[-1][1], self.session.vocabulary, self.wording)
        if len(changes) == 1:
            return self.wording.say("repl.prompt_supposing", change=last, **args)
        return self.wording.say("repl.prompt_supposing_more", change=last, n=len(changes) - 1, **args)

    def _prompt_of(self, whose: str, day: str) -> str:
        """The prompt while an organisation is spoken of: with what was chosen of its structures."""
        args: Document = {"name": self._memory.organisations.words.name(whose), "day": day}
        if not (steps := self._memory.steps(whose)):
            return self.wording.say("repl.prompt", person=args["name"], day=day)
        last = self._chosen(whose, steps[-1][1])
        if len(steps) == 1:
            return self.wording.say("repl.prompt_choosing", change=last, **args)
        return self.wording.say("repl.prompt_choosing_more", change=last, n=len(steps) - 1, **args)

    def _chosen(self, whose: str, step: Step) -> str:
        from lgreason.answers.organisations import choice_words

        return choice_words(self.session, self._memory.organisations.loaded[whose]).chosen(step)

    def welcome(self) -> tuple[Line, ...]:
        """The lines with which a terminal is greeted."""
        say = self.wording.say
        hint = Line(say("repl.welcome_hint"), style="note")
        if not self.people and self._memory.loaded_organisations():
            return (Line(say("repl.welcome", example=self.sentence(Question("posts"))), style="title"), hint)
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
        question = self._parsed(line)
        if isinstance(question, NotUnderstood):
            return self._not_understood(question)
        self._interview = None
        self._asking.begin()
        self._commands.begin()
        try:
            reply = self._answer_of(question)(question)
        except Unusable as unusable:
            reply = replies.refused(unusable.findings, self.wording)
        given = self._asking.given
        if given is not None and question.ask in TO_ASK_ABOUT and reply.status == UNDETERMINED:
            self._interview = Interview(self._memory, given)
        ask = self._asking.asked(question)
        if self._followed.now is not None and question.ask in ASKS and reply.status != UNUSABLE:
            ask = self._followed.now.ask
        return self._answered(line, ask, reply)

    def _parsed(self, line: str) -> Question | NotUnderstood:
        """The question of a line; the words of organisations are read only where it makes no sense without."""
        question = parse(line, self.lexicon)
        if isinstance(question, NotUnderstood) and self.lexicon.organisations is None:
            of_organisations = parse(line, self._memory.lexicon_of_organisations())
            return of_organisations if isinstance(of_organisations, Question) else question
        return question

    def _answer_of(self, question: Question) -> Callable[[Question], Reply]:
        """What answers a question: about a person, about an organisation, or a command."""
        bare = Question("why", full=question.full, negated=question.negated, on=question.on)
        if question == bare and self._memory.about_organisation():
            return self._of_organisations[0].why
        if question.ask in ASKS:
            asking, drawing = self._of_organisations
            return {**asking.answers, **drawing.answers}[question.ask]
        return self._answers[question.ask]

    @cached_property
    def _of_organisations(self) -> tuple[AskingOrganisations, Drawing]:
        """What answers for organisations; imported, with all that is known of them, when first asked for."""
        from lgreason.repl.asking_organisations import AskingOrganisations
        from lgreason.repl.drawing import Drawing

        asking = AskingOrganisations(self._memory, self._followed)
        return asking, Drawing(self._memory, asking, self._commands)

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
        if interview.given is not None:
            self._asking.follow(interview.given)
        return self._answered(line, "interview", reply)

    def _answered(self, line: str, ask: Ask, reply: Reply) -> Answer:
        document: Document = {
            "schema": "lgreason.answer/1",
            "question": line.strip(),
            "understood": True,
            "ask": ask,
        }
        person = reply.document.get("person", reply.document.get("id"))
        if person is not None:
            document["person"] = person
        whose = reply.document.get("organisation")
        if whose is not None:
            return self._answered_of(str(whose), document, reply)
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

    def _answered_of(self, whose: str, document: Document, reply: Reply) -> Answer:
        """An answer about an organisation, with what was chosen of its structures where it bears on that."""
        lines = reply.lines
        steps = [step for _, step in self._memory.steps(whose)]
        document["organisation"] = whose
        bears = document["ask"] in ON_CHOICES or "choice" in reply.document
        if steps and bears and reply.status != UNUSABLE:
            document["changes"] = [step_document(step) for step in steps]
            text = self.wording.say("list.semicolon").join(self._chosen(whose, step) for step in steps)
            lines = (Line(self.wording.say("repl.choosing", text=text), style="note"), *lines)
        self._interview = None
        day = reply.document.get("as_of", self.session.day.isoformat())
        document |= {"as_of": day, **self._asking.circumstances, "answer": reply.document}
        return Answer(lines, document, reply.status)

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
