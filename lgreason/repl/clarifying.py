"""What is said to a line that is not clear: what it may mean, who or what is asked back, why nothing is answered."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from lgreason.answers import persons as replies
from lgreason.answers.persons import UNUSABLE, Reply
from lgreason.repl.answering import OF_NO_POST, OF_ONE_PERSON, OF_ONE_POSITION, Answer
from lgreason.repl.asked import Mention, NotUnderstood, Question
from lgreason.repl.discourse import Choosing, Discourse, Slot, offer_alone
from lgreason.repl.interview import Interview
from lgreason.repl.lexicon import Lexicon
from lgreason.repl.meant import meant_document
from lgreason.repl.memory import Memory
from lgreason.repl.question_words import language_of, sentence
from lgreason.repl.refusing import Refusing
from lgreason.report.line import Line
from lgreason.report.wording import Wording
from lgreason.rules.findings import Finding, Unusable
from lgreason.rules.model import Language


class Clarifying:
    """Asks back and offers, and remembers in the discourse what waits for the answer."""

    def __init__(self, memory: Memory, discourse: Discourse) -> None:
        """Take what a conversation remembers, and what it goes on from."""
        self._memory = memory
        self._discourse = discourse

    @property
    def _wording(self) -> Wording:
        return self._memory.session.wording

    @property
    def _lexicon(self) -> Lexicon:
        return self._memory.lexicon

    def unclear(self, line: str, question: Question) -> Answer | None:
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
        return self.not_understood(failed)

    def of_whom(self, line: str, question: Question) -> Answer:
        """Asking who is meant by both, where no two were spoken of."""
        names = tuple(map(self._lexicon.person_name, self._memory.people))
        code = "ask_person" if names else "nobody_loaded"
        unusable = Unusable((Finding(code, args={"choices": names}),))
        answer = self.asked_back(line, question, unusable)
        return answer or Answer(replies.refused(unusable.findings, self._wording).lines, {}, UNUSABLE)

    def asked_back(self, line: str, question: Question, unusable: Unusable) -> Answer | None:
        """Asking of whom or for which position, where neither the line nor the conversation says."""
        code = unusable.findings[0].code
        ids: dict[str, tuple[str, tuple[str, ...]]] = {
            "ask_person": ("person", tuple(self._memory.people)),
            "ask_position": ("position", tuple(self._memory.session.kb.posts)),
            "ask_organisation": ("organisation", tuple(self._memory.loaded_organisations())),
        }
        if code not in ids:
            return None
        slot, choices = ids[code]
        answer = self._which(line, question, slot, Mention(choices, ""))
        lines = tuple(Line(self._wording.finding(finding), style="open") for finding in unusable.findings)
        return Answer(lines, answer.document, UNUSABLE)

    def alone(self, line: str, part: Question) -> Answer:
        """Names alone, with nothing before them to go on from."""
        offered = offer_alone(part)
        if offered is not None:
            return self.not_understood(NotUnderstood(line, "", line.strip(), (), offered, "confirm", offered))
        reply = Reply((Line(self._wording.say("fallback.nothing_before"), style="open"),), {}, UNUSABLE)
        document = {"schema": "lgreason.answer/1", "question": line.strip(), "understood": False}
        return Answer(reply.lines, {**document, "fallback": "not_a_question_here", "expected": []}, UNUSABLE)

    def not_understood(self, failed: NotUnderstood) -> Answer:
        """What is said to a line that is not answered; what is offered, or asked back, waits for the next line."""
        language = language_of(failed.line)
        wording = Wording(language, self._wording.digits, conversing=True)
        refusing = Refusing(
            self._memory.session.kb, self._lexicon, wording, lambda q: self.sentence(q, language)
        )
        meant = None
        if failed.fallback == "confirm" and failed.meant is not None and self._of_nobody(failed.meant):
            failed = replace(failed, fallback="not_a_question_here", meant=None, named="", names=False)
        if failed.fallback == "confirm" and failed.meant is not None:
            self._discourse.offered = offered = self._completed(failed.meant)
            filled = self.filled(offered)
            meant = meant_document(filled)
            failed = replace(failed, meant=filled, suggestion=filled)
        if failed.waiting is not None:
            self._discourse.choosing = Choosing(
                failed.waiting, "person", failed.choices or tuple(self._memory.people)
            )
        elif failed.fallback != "ambiguous" and failed.names:
            self._discourse.doubt()
        document = refusing.document(failed, meant)
        lines = tuple(refusing.lines(failed))
        if meant is not None and failed.meant is not None:
            self._discourse.interview = None  # a yes takes what is offered, not what was asked for
        if (interview := self._discourse.interview) is not None:
            say = self._wording.say
            lines = (Line(say("interview.no_answer"), style="open"), *interview.question(self._wording))
            document["asks"] = interview.document()
        return Answer(lines, document, UNUSABLE)

    def _of_nobody(self, meant: Question) -> bool:
        """Whether what is offered goes on from nothing, or would be about a person, and nobody was spoken of."""
        if self._completed(meant).ask == "again":
            return True  # of nothing that was asked before
        waiting = self._discourse.waiting
        named = meant.persons or meant.whom or (waiting is not None and waiting.persons)
        return meant.ask in OF_ONE_PERSON and not named and self._memory.spoken_of() is None

    def _completed(self, meant: Question) -> Question:
        """An offered question; of names alone the question before with them."""
        if meant.ask == "again":
            found = self._discourse.again(meant)
            if found is not None and not self.known(found):
                found = self._discourse.again(replace(meant, levels=()))
            return found or offer_alone(meant) or meant
        return meant

    def known(self, question: Question) -> bool:
        """Whether the position of a question is there at the level that a line named for it."""
        named = () if question.position is None else question.position.ids
        return all(("position", identity) in self._memory.session.kb.names for identity in named)

    def asked_again(self, line: str, interview: Interview) -> Answer:
        """A line that does not answer what was asked: it is asked again."""
        lines = (
            Line(self._wording.say("interview.no_answer"), style="open"),
            *interview.question(self._wording),
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

    def filled(self, question: Question) -> Question:
        """A question with the person and the position that the conversation added."""
        if question.ask in OF_ONE_PERSON and not question.persons and self._memory.person:
            question = replace(question, persons=(Mention((self._memory.person,)),))
        if question.ask in OF_ONE_POSITION and question.position is None and self._memory.position:
            question = replace(question, position=Mention((self._memory.position,)))
        return question

    def _spoken(self, offered: Question) -> None:
        """Let what was offered be what a line goes on from; it was spoken of, though it was not answered."""
        persons = [mention.ids[0] for mention in offered.persons if len(mention.ids) == 1]
        if persons:
            self._memory.person, self._memory.subject = persons[0], "person"
        if offered.position is not None and len(offered.position.ids) == 1:
            self._memory.position = offered.position.ids[0]

    def sentence(self, question: Question, language: Language | None = None) -> str:
        """A sentence that asks a question."""
        wording = Wording(language or self._wording.language, self._wording.digits)
        return sentence(question, self._memory.session.kb, self._lexicon, wording)
