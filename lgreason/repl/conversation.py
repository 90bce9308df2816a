"""A conversation: the answer to each line, in the light of what was said before. No terminal needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from lgreason.answers import persons as replies
from lgreason.answers.persons import UNDETERMINED, UNUSABLE, Reply
from lgreason.answers.session import Session
from lgreason.files.person.person import Person
from lgreason.repl.again import Followed
from lgreason.repl.answering import FAULT, LISTING, NO_ANSWER, SHORT, TO_ASK_ABOUT, Answer, without_controls
from lgreason.repl.asked import Day, Mention, NotUnderstood, Question, Supposition
from lgreason.repl.asking import Asking
from lgreason.repl.clarifying import Clarifying
from lgreason.repl.commands import Commands
from lgreason.repl.discourse import Discourse, of_each
from lgreason.repl.envelope import Envelope
from lgreason.repl.interview import Interview
from lgreason.repl.lexicon import Lexicon
from lgreason.repl.meant import told_document
from lgreason.repl.memory import Memory
from lgreason.repl.organisation_words import OF_ORGANISATIONS as ASKS
from lgreason.repl.prompt import prompt
from lgreason.repl.question import parse, parse_told
from lgreason.repl.transcript import Transcript
from lgreason.report.line import Line
from lgreason.report.wording import Wording
from lgreason.rules.findings import Unusable
from lgreason.rules.model import Language

if TYPE_CHECKING:
    from lgreason.repl.asking_organisations import AskingOrganisations
    from lgreason.repl.drawing import Drawing


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
        self._discourse = Discourse()
        self._clarifying = Clarifying(self._memory, self._discourse)
        self._envelope = Envelope(self._memory, self._discourse, self._asking)
        self._said = Transcript()

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
        return prompt(self._memory)

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
        """The answer to a line; a line that is no question is answered with what may be meant."""
        line = without_controls(line)
        asked = f"{self.prompt()}{line.strip()}"
        try:
            answer = self._answer(line)
        except Exception:  # a fault of the program ends an answer, never the conversation
            answer = self._fault(line)
        self._said.add(asked, answer.lines)
        return answer

    def _fault(self, line: str) -> Answer:
        """What is said where the program itself failed."""
        document = {
            "schema": "lgreason.answer/1",
            "question": line.strip(),
            "understood": False,
            "expected": [],
            "fallback": "not_a_question_here",
            "fault": True,
        }
        return Answer((Line(self.wording.say("repl.fault"), style="bad"),), document, FAULT)

    def _answer(self, line: str) -> Answer:
        offered, choosing = self._discourse.begin()
        parsed = self._parsed(line)
        refused = isinstance(parsed, Question) and parsed.ask == "no"
        if isinstance(parsed, Question) and parsed.ask == "yes" and offered is not None:
            return self._ask(line, offered)
        if refused and offered is not None:
            self._discourse.refused()
        elif offered is not None:
            self._discourse.doubt(offered)
        interview = self._discourse.interview
        if interview is not None and (answer := self._told(line, interview, parsed)) is not None:
            return answer
        if isinstance(parsed, NotUnderstood):
            return self._clarifying.not_understood(parsed)
        question = parsed
        if interview is not None and question.ask in NO_ANSWER and not question.persons:
            return self._clarifying.asked_again(line, interview)
        if choosing is not None and question.ask in ("again", "yes"):
            found = self._discourse.chosen(question, choosing)
            if found is not None:
                return self._ask(line, found)
        if question.ask == "again" and question.suppose is not None and not question.suppose.what.ids:
            question = self._redated(question, question.suppose)
            if question.ask == "whatif":
                return self._ask(line, question)
        if question.ask == "again":
            found = self._discourse.again(question)
            if found is None:
                return self._clarifying.alone(line, question)
            if not self._clarifying.known(found):  # a level that the post has not
                other = self._discourse.last or found
                named = line.strip()
                return self._clarifying.not_understood(
                    NotUnderstood(line, named, "", (), other, "outside_standard", named=named)
                )
            if not self._discourse.sure:
                return self._clarifying.not_understood(
                    NotUnderstood(line, line, "", (), found, "confirm", found)
                )
            question = found
        elif (doubtful := self._discourse.doubtful(question)) is not None:
            return self._clarifying.not_understood(
                NotUnderstood(line, line, "", (), doubtful, "confirm", doubtful)
            )
        return self._ask(line, question)

    def _redated(self, question: Question, said: Supposition) -> Question:
        """The last what-if in force from another day on; where none is, a day alone is that of the question."""
        whose = self._memory.one_of(question.persons[0]) if question.persons else self._memory.spoken_of()
        changes = (
            [c for _, c in self._memory.changes(whose) if c.kind not in ("fact", "drop")] if whose else []
        )
        if not changes or whose is None:
            return replace(question, suppose=None, on=said.start)
        last = changes[-1]
        end = None if last.end is None else Day(last.end)
        field = None if last.field is None else Mention((last.field,))
        again = Supposition(cast(Any, last.kind), Mention((last.what,)), field, said.start, end)
        return Question("whatif", (Mention((whose,)),), suppose=again)

    def _ask(self, line: str, question: Question) -> Answer:
        """The answer to a question, and to the second one of its line."""
        meant = self._discourse.whom(replace(question, also=()))
        first, *others = of_each(meant)
        answer = self._ask_one(line, first)
        listed = question.ask in LISTING
        seconds = [s for s in question.also if not (listed and s.ask in ("why", "when") and not s.persons)]
        for second in (*others, *seconds):  # a list says of each what is wanting, and since when
            second = (self._discourse.again(second) or second) if second.ask == "again" else second
            other = self._ask_one(line, second)
            document = {**answer.document, "also": [*answer.document.get("also", ()), other.document]}
            lines = (*answer.lines, Line(), *other.lines)
            answer = Answer(lines, document, max(answer.status, other.status), asks=other.asks)
        if others and not seconds and answer.status != UNUSABLE:
            self._discourse.done(self._clarifying.filled(meant))
        return answer

    def _ask_one(self, line: str, question: Question) -> Answer:
        question = self._of_anybody(self._discourse.whom(question))
        if question.suppose is not None and not question.suppose.what.ids:
            if self._memory.position is None:
                return self._clarifying.alone(line, question)
            post = Mention((self._memory.position,))
            question = replace(question, suppose=replace(question.suppose, what=post))
        if question.whom == "same":
            return self._clarifying.alone(line, question)
        if (unclear := self._clarifying.unclear(line, question)) is not None:
            return unclear
        if question.whom == "both" and not question.persons and question.ask != "compare":
            return self._clarifying.of_whom(line, replace(question, whom=""))
        self._discourse.interview = None
        self._asking.begin()
        self._commands.begin()
        try:
            reply = self._answer_of(question)(question)
        except Unusable as unusable:
            reply = replies.refused(unusable.findings, self.wording)
            if (asked_back := self._clarifying.asked_back(line, question, unusable)) is not None:
                return asked_back
        given = self._asking.given
        if given is not None and question.ask in TO_ASK_ABOUT and reply.status == UNDETERMINED:
            self._discourse.interview = Interview(self._memory, given)
        ask = self._asking.asked(question)
        of_organisation = question.ask in ASKS or "organisation" in reply.document
        if self._followed.now is not None and of_organisation and reply.status != UNUSABLE:
            ask = self._followed.now.ask
        if reply.status != UNUSABLE:
            if not (of_organisation and question.ask == "why"):  # why goes on about what was asked before
                self._discourse.done(self._clarifying.filled(question))
            if question.ask in LISTING:
                self._discourse.listed(tuple(row["id"] for row in reply.document["people"]))
        return self._envelope.answered(line, ask, reply, question)

    def _of_anybody(self, question: Question) -> Question:
        """How to become something, where nobody is named or was spoken of: what that post requires."""
        nobody = not question.persons and self._memory.spoken_of() is None
        if question.ask == "how" and nobody and question.position is not None and self.people:
            return replace(question, ask="requirements")
        return question

    def _parsed(self, line: str) -> Question | NotUnderstood:
        """The question of a line; the words of organisations are read only where it makes no sense without."""
        today = self.session.today
        question = parse(line, self.lexicon, today)
        if isinstance(question, NotUnderstood) and self.lexicon.organisations is None:
            of_organisations = parse(line, self._memory.lexicon_of_organisations(), today)
            return of_organisations if isinstance(of_organisations, Question) else question
        return question

    def _answer_of(self, question: Question) -> Callable[[Question], Reply]:
        """What answers a question: about a person, about an organisation, or a command."""
        bare = Question("why", full=question.full, negated=question.negated, on=question.on)
        if question == bare and self._memory.about_organisation():
            return self._of_organisations[0].why
        if question.ask == "whatif" and (question.wanted is not None or question.amount is not None):
            return self._of_organisations[0].what_if
        if question.ask in ASKS:
            asking, drawing = self._of_organisations
            return {**asking.answers, **drawing.answers}[question.ask]
        if question.ask in SHORT:
            return self._short
        return self._answers[question.ask]

    def _short(self, question: Question) -> Reply:
        """A short word where nothing is asked, or nothing waits for the answer given."""
        key = {"thanks": "thanks", "greet": "greet", "no": "no"}.get(question.ask, "nothing_asked")
        line = Line(self.wording.say(f"fallback.{key}"), style="note")
        return Reply((line,), {"schema": "lgreason.word/1", "ask": question.ask})

    @cached_property
    def _of_organisations(self) -> tuple[AskingOrganisations, Drawing]:
        """What answers for organisations; imported, with all that is known of them, when first asked for."""
        from lgreason.repl.asking_organisations import AskingOrganisations
        from lgreason.repl.drawing import Drawing

        asking = AskingOrganisations(self._memory, self._followed)
        return asking, Drawing(self._memory, asking, self._commands)

    def _transcript(self, question: Question) -> Reply:
        """Write the questions so far with their answers."""
        file = self._commands.write(question, self._said.text(), (".txt", ".md"))
        lines = (Line(self.wording.say("repl.transcribed", n=len(self._said), file=file)),)
        return Reply(lines, {"schema": "lgreason.saved/1", "file": file})

    def _told(self, line: str, interview: Interview, parsed: Question | NotUnderstood) -> Answer | None:
        """The answer to a line that answers what was asked; `None` if it does not."""
        told = parse_told(line, self.lexicon, self.session.today)
        asks = isinstance(parsed, Question) and parsed.ask not in NO_ANSWER
        try:
            if interview.of_declared:
                reply = interview.tell(line, told, asks)
            elif told is None:
                return None
            else:
                reply = interview.take(told)
        except Unusable as unusable:
            reply = replies.refused(unusable.findings, self.wording)
        if reply is None:
            return None
        self._asking.begin()
        if interview.given is not None:
            self._asking.follow(interview.given)
        question = self._clarifying.filled(Question(interview.asked))
        answer = self._envelope.answered(line, interview.asked, reply, question)
        if interview.told is not None:
            answer.document["supposed"] = [told_document(interview.told)]
        return answer

    def sentence(self, question: Question, language: Language | None = None) -> str:
        """A sentence that asks a question."""
        return self._clarifying.sentence(question, language)
