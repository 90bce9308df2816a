"""A conversation: the answer to each line, in the light of what was said before. No terminal needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from lgreason.answers import persons as replies
from lgreason.answers.persons import UNDETERMINED, UNUSABLE, Document, Reply
from lgreason.answers.session import Session
from lgreason.files.person.person import Person
from lgreason.repl.again import Followed
from lgreason.repl.answering import (
    ABOUT_SEVERAL,
    FAULT,
    LISTING,
    NO_ANSWER,
    OF_NO_POST,
    OF_ONE_PERSON,
    OF_ONE_POSITION,
    ON_CHOICES,
    ON_SUPPOSITIONS,
    SHORT,
    TO_ASK_ABOUT,
    Answer,
    without_controls,
)
from lgreason.repl.asked import Ask, Day, Mention, NotUnderstood, Question, Supposition
from lgreason.repl.asking import Asking
from lgreason.repl.commands import Commands, step_document
from lgreason.repl.discourse import Choosing, Discourse, Slot, of_each, offer_alone
from lgreason.repl.interview import Interview
from lgreason.repl.lexicon import Lexicon
from lgreason.repl.meant import CALLED, meant_document, told_document
from lgreason.repl.memory import Memory
from lgreason.repl.organisation_words import OF_ORGANISATIONS as ASKS
from lgreason.repl.prompt import chosen, prompt
from lgreason.repl.question import parse, parse_told
from lgreason.repl.question_words import language_of, sentence
from lgreason.repl.refusing import Refusing
from lgreason.repl.suppositions import Change, change_document, change_words
from lgreason.report.line import Line
from lgreason.report.terminal import transcript_text
from lgreason.report.wording import Wording
from lgreason.rules.findings import Finding, Unusable
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
        self._interview: Interview | None = None
        self._discourse = Discourse()
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
        self._said.append((asked, answer.lines))
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
        if self._interview is not None and (answer := self._told(line, self._interview, parsed)) is not None:
            return answer
        if isinstance(parsed, NotUnderstood):
            return self._not_understood(parsed)
        question = parsed
        if self._interview is not None and question.ask in NO_ANSWER and not question.persons:
            return self._asked_again(line, self._interview)
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
                return self._alone(line, question)
            if not self._known(found):  # a level that the post has not
                other = self._discourse.last or found
                named = line.strip()
                return self._not_understood(
                    NotUnderstood(line, named, "", (), other, "outside_standard", named=named)
                )
            if not self._discourse.sure:
                return self._not_understood(NotUnderstood(line, line, "", (), found, "confirm", found))
            question = found
        elif (doubtful := self._discourse.doubtful(question)) is not None:
            return self._not_understood(NotUnderstood(line, line, "", (), doubtful, "confirm", doubtful))
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

    def _asked_again(self, line: str, interview: Interview) -> Answer:
        """A line that does not answer what was asked: it is asked again."""
        lines = (
            Line(self.wording.say("interview.no_answer"), style="open"),
            *interview.question(self.wording),
        )
        document = {
            "schema": "lgreason.answer/1",
            "question": line.strip(),
            "understood": False,
            "expected": [each.text for each in lines[2:]],
            "fallback": "not_a_question_here",
            "asks": interview.document(),
        }
        return Answer(lines, document, UNUSABLE)

    def _spoken(self, offered: Question) -> None:
        """Let what was offered be what a line goes on from; it was spoken of, though it was not answered."""
        persons = [mention.ids[0] for mention in offered.persons if len(mention.ids) == 1]
        if persons:
            self._memory.person, self._memory.subject = persons[0], "person"
        if offered.position is not None and len(offered.position.ids) == 1:
            self._memory.position = offered.position.ids[0]

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
            self._discourse.done(self._filled(meant))
        return answer

    def _ask_one(self, line: str, question: Question) -> Answer:
        question = self._of_anybody(self._discourse.whom(question))
        if question.suppose is not None and not question.suppose.what.ids:
            if self._memory.position is None:
                return self._alone(line, question)
            post = Mention((self._memory.position,))
            question = replace(question, suppose=replace(question.suppose, what=post))
        if question.whom == "same":
            return self._alone(line, question)
        if (unclear := self._unclear(line, question)) is not None:
            return unclear
        if question.whom == "both" and not question.persons and question.ask != "compare":
            return self._of_whom(line, replace(question, whom=""))
        self._interview = None
        self._asking.begin()
        self._commands.begin()
        try:
            reply = self._answer_of(question)(question)
        except Unusable as unusable:
            reply = replies.refused(unusable.findings, self.wording)
            if (asked_back := self._asked_back(line, question, unusable)) is not None:
                return asked_back
        given = self._asking.given
        if given is not None and question.ask in TO_ASK_ABOUT and reply.status == UNDETERMINED:
            self._interview = Interview(self._memory, given)
        ask = self._asking.asked(question)
        of_organisation = question.ask in ASKS or "organisation" in reply.document
        if self._followed.now is not None and of_organisation and reply.status != UNUSABLE:
            ask = self._followed.now.ask
        if reply.status != UNUSABLE:
            if not (of_organisation and question.ask == "why"):  # why goes on about what was asked before
                self._discourse.done(self._filled(question))
            if question.ask in LISTING:
                self._discourse.listed(tuple(row["id"] for row in reply.document["people"]))
        return self._answered(line, ask, reply, question)

    def _of_anybody(self, question: Question) -> Question:
        """How to become something, where nobody is named or was spoken of: what that post requires."""
        nobody = not question.persons and self._memory.spoken_of() is None
        if question.ask == "how" and nobody and question.position is not None and self.people:
            return replace(question, ask="requirements")
        return question

    def _filled(self, question: Question) -> Question:
        """A question with the person and the position that the conversation added."""
        if question.ask in OF_ONE_PERSON and not question.persons and self._memory.person:
            question = replace(question, persons=(Mention((self._memory.person,)),))
        if question.ask in OF_ONE_POSITION and question.position is None and self._memory.position:
            question = replace(question, position=Mention((self._memory.position,)))
        return question

    def _parsed(self, line: str) -> Question | NotUnderstood:
        """The question of a line; the words of organisations are read only where it makes no sense without."""
        today = self.session.today
        question = parse(line, self.lexicon, today)
        if isinstance(question, NotUnderstood) and self.lexicon.organisations is None:
            of_organisations = parse(line, self._memory.lexicon_of_organisations(), today)
            return of_organisations if isinstance(of_organisations, Question) else question
        return question

    # ── what is not clear ─────────────────────────────────────────────────────────────────────────────────────

    def _unclear(self, line: str, question: Question) -> Answer | None:
        """Asking back where a name may stand for several; the answer is heard on the next line."""
        for slot, mention in (("person", question.persons[:1]), ("position", (question.position,))):
            for named in mention:
                if named is not None and len(named.ids) > 1 and question.ask not in OF_NO_POST:
                    return self._which(line, question, slot, named)
        named = question.organisation
        if named is not None and len(named.ids) > 1:
            return self._which(line, question, "organisation", named)
        return None

    def _which(self, line: str, question: Question, slot: str, named: Mention) -> Answer:
        self._discourse.choosing = Choosing(question, cast(Slot, slot), named.ids)
        self._spoken(question)
        failed = NotUnderstood(
            line, line.strip(), "", (), question, "ambiguous", named=named.text, choices=named.ids
        )
        return self._not_understood(failed)

    def _of_whom(self, line: str, question: Question) -> Answer:
        """Asking who is meant by both, where no two were spoken of."""
        names = tuple(map(self.lexicon.person_name, self.people))
        code = "ask_person" if names else "nobody_loaded"
        unusable = Unusable((Finding(code, args={"choices": names}),))
        answer = self._asked_back(line, question, unusable)
        return answer or Answer(replies.refused(unusable.findings, self.wording).lines, {}, UNUSABLE)

    def _asked_back(self, line: str, question: Question, unusable: Unusable) -> Answer | None:
        """Asking of whom or for which position, where neither the line nor the conversation says."""
        code = unusable.findings[0].code
        ids: dict[str, tuple[str, tuple[str, ...]]] = {
            "ask_person": ("person", tuple(self.people)),
            "ask_position": ("position", tuple(self.session.kb.posts)),
            "ask_organisation": ("organisation", tuple(self._memory.loaded_organisations())),
        }
        if code not in ids:
            return None
        slot, choices = ids[code]
        answer = self._which(line, question, slot, Mention(choices, ""))
        lines = tuple(Line(self.wording.finding(finding), style="open") for finding in unusable.findings)
        return Answer(lines, answer.document, UNUSABLE)

    def _alone(self, line: str, part: Question) -> Answer:
        """Names alone, with nothing before them to go on from."""
        offered = offer_alone(part)
        if offered is not None:
            return self._not_understood(
                NotUnderstood(line, "", line.strip(), (), offered, "confirm", offered)
            )
        reply = Reply((Line(self.wording.say("fallback.nothing_before"), style="open"),), {}, UNUSABLE)
        document = {"schema": "lgreason.answer/1", "question": line.strip(), "understood": False}
        return Answer(reply.lines, {**document, "fallback": "not_a_question_here", "expected": []}, UNUSABLE)

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
        file = self._commands.write(question, transcript_text(self._said), (".txt", ".md"))
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
        question = self._filled(Question(interview.asked))
        answer = self._answered(line, interview.asked, reply, question)
        if interview.told is not None:
            answer.document["supposed"] = [told_document(interview.told)]
        return answer

    def _answered(self, line: str, ask: Ask, reply: Reply, question: Question) -> Answer:
        document: Document = {
            "schema": "lgreason.answer/1",
            "question": line.strip(),
            "understood": True,
            **meant_document(question),
            "ask": CALLED.get(ask, ask),
        }
        person = reply.document.get("person", reply.document.get("id"))
        if person is not None:
            document["person"] = person
        elif question.ask in OF_ONE_PERSON and self._memory.person:
            document.setdefault("person", self._memory.person)
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
        lines = tuple(reply.lines)
        if question.aside:
            document["aside"] = question.aside
            lines = (*lines, Line(self.wording.say("repl.aside", text=question.aside), style="note"))
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
        here = self._memory.organisations.post
        if document["ask"] == "why_post" and here and not document.keys() & {"post", "unit"}:
            document |= meant_document(Question("why_post", post=Mention((here,))))
        bears = document["ask"] in ON_CHOICES or "choice" in reply.document
        if steps and bears and reply.status != UNUSABLE:
            document["changes"] = [step_document(step) for step in steps]
            text = self.wording.say("list.semicolon").join(
                chosen(self._memory, whose, step) for step in steps
            )
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
        language = language_of(failed.line)
        wording = Wording(language, self.wording.digits, conversing=True)
        refusing = Refusing(self.session.kb, self.lexicon, wording, lambda q: self.sentence(q, language))
        meant = None
        if failed.fallback == "confirm" and failed.meant is not None and self._of_nobody(failed.meant):
            failed = replace(failed, fallback="not_a_question_here", meant=None, named="", names=False)
        if failed.fallback == "confirm" and failed.meant is not None:
            self._discourse.offered = offered = self._completed(failed.meant)
            filled = self._filled(offered)
            meant = meant_document(filled)
            failed = replace(failed, meant=filled, suggestion=filled)
        if failed.waiting is not None:
            self._discourse.choosing = Choosing(
                failed.waiting, "person", failed.choices or tuple(self.people)
            )
        elif failed.fallback != "ambiguous" and failed.names:
            self._discourse.doubt()
        document = refusing.document(failed, meant)
        lines = tuple(refusing.lines(failed))
        if self._interview is not None and meant is not None and failed.meant is not None:
            self._interview = None  # a yes takes what is offered, not what was asked for
        if self._interview is not None:
            say = self.wording.say
            lines = (Line(say("interview.no_answer"), style="open"), *self._interview.question(self.wording))
            document["asks"] = self._interview.document()
        return Answer(lines, document, UNUSABLE)

    def _of_nobody(self, meant: Question) -> bool:
        """Whether what is offered would be about one person, and nobody was named or spoken of."""
        waiting = self._discourse.waiting
        named = meant.persons or meant.whom or (waiting is not None and waiting.persons)
        return meant.ask in OF_ONE_PERSON and not named and self._memory.spoken_of() is None

    def _completed(self, meant: Question) -> Question:
        """An offered question; of names alone the question before with them."""
        if meant.ask == "again":
            found = self._discourse.again(meant)
            if found is not None and not self._known(found):
                found = self._discourse.again(replace(meant, levels=()))
            return found or offer_alone(meant) or meant
        return meant

    def _known(self, question: Question) -> bool:
        """Whether the position of a question is there at the level that a line named for it."""
        named = () if question.position is None else question.position.ids
        return all(("position", identity) in self.session.kb.names for identity in named)

    def sentence(self, question: Question, language: Language | None = None) -> str:
        """A sentence that asks a question."""
        wording = Wording(language or self.wording.language, self.wording.digits)
        return sentence(question, self.session.kb, self.lexicon, wording)
