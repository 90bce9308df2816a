"""Asking for the fact that decides most, taking the answer, and going on while it can still matter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from lgreason.answers import persons as replies
from lgreason.answers.persons import Reply
from lgreason.files.person.person import Posting
from lgreason.reasoning.persons.explain import Explanation
from lgreason.reasoning.persons.measure import Entry, Missing
from lgreason.repl.asked import Supposition, Told
from lgreason.repl.learned import Learned, learned_document
from lgreason.repl.memory import Memory, day_of
from lgreason.repl.reasons import AnswerGiven
from lgreason.repl.suppositions import Supposal
from lgreason.report.documents.persons import missing_document
from lgreason.report.line import Line
from lgreason.report.text.entry import LISTS, entry_words
from lgreason.report.text.explanation import ExplanationText
from lgreason.report.wording import Wording
from lgreason.rules.findings import Finding, Unusable
from lgreason.rules.model import LANGUAGES

if TYPE_CHECKING:
    from lgreason.repl.interview_facts import DeclaredFacts

Document = dict[str, Any]
OTHER_FIELD = "สาขาอื่น"
"""The field of a degree that is known to be none of those listed; in the file, as an official would write it."""


class Interview:
    """One answer that is not known, and the facts that would tell."""

    def __init__(self, memory: Memory, given: AnswerGiven) -> None:
        """Begin with the answer given."""
        self._memory = memory
        self._given = given
        self.asked = given.ask
        self.told: Learned | None = None
        self._skipped: set[Missing] = set()
        self.learned = False
        self._explanation = given.explanation
        self.fact = self._next()

    # ── what to ask ───────────────────────────────────────────────────────────────────────────────────────────

    def _next(self) -> Missing | None:
        """The fact that decides most of those that can still matter, are of the file, and were not skipped."""
        for question in self._explanation.questions:
            for fact in self._facts(question.fact):
                if fact not in self._skipped and self._of_file(fact):
                    return fact
        return None

    def _facts(self, fact: Missing) -> Iterator[Missing]:
        """The fact; of a list whose entries lack several facts, each of them."""
        person = self._explanation.person
        given = getattr(person, fact.list) if fact.list in LISTS else person.given.facts.get(fact.list)
        if fact.number is not None or fact.key is not None or given is None:
            yield fact
            return
        for node in self._explanation.reason.walk():
            for missing in node.measurement.missing if node.measurement else ():
                if missing.list == fact.list and (missing.number is not None or missing.key is not None):
                    yield missing

    def _of_file(self, fact: Missing) -> bool:
        """Whether the fact is one of the person that can be asked for, and not of something supposed."""
        person = self._memory.people[self._given.person.id]
        if self._declares(fact):
            return self._declared.can_ask(person, fact)
        entries = getattr(person, fact.list)
        return entries is None if fact.number is None else fact.number <= len(entries or ())

    @staticmethod
    def _declares(fact: Missing) -> bool:
        """Whether a fact is asked for by its declaration; the lists of every file have questions of their own."""
        return fact.list not in LISTS or not Wording("th").has(f"interview.{Interview._key(fact)}")

    @property
    def _declared(self) -> DeclaredFacts:
        from lgreason.repl.interview_facts import DeclaredFacts

        return DeclaredFacts(self._given.session)

    def question(self, wording: Wording) -> tuple[Line, ...]:
        """The question in a plain sentence, and how to answer it."""
        if self.fact is None:
            return ()
        if self._declares(self.fact):
            asked, answer = self._declared.question(self._explanation.person, self.fact, wording)
            return Line(asked, style="title"), Line(answer, 1, "note")
        say, key = wording.say, self._key(self.fact)
        args: dict[str, object] = {"name": self._given.person.name}
        if self.fact.number is not None:
            args["entry"] = entry_words(
                self._explanation.person,
                Entry(self.fact.list, self.fact.number),
                self._given.session.vocabulary,
                wording,
            )
        return (
            Line(say(f"interview.{key}", **args), style="title"),
            Line(say(f"interview.answer_{key}"), 1, "note"),
        )

    def document(self) -> Document | None:
        """What is asked, as JSON."""
        if self.fact is None:
            return None
        text = {language: self.question(Wording(language))[0].text for language in LANGUAGES}
        return {"missing": missing_document(self.fact), "text": text}

    @staticmethod
    def _key(fact: Missing) -> str:
        return fact.list if fact.number is None else f"{fact.list}_{fact.key}"

    # ── what is answered ──────────────────────────────────────────────────────────────────────────────────────

    def take(self, told: Told) -> Reply | None:
        """Go on with an answer; `None` if it does not answer the question."""
        assert self.fact is not None
        learned = self.told = None
        if told.kind == "unknown":
            self._skipped.add(self.fact)
        else:
            learned = self._learned(self.fact, told)
            if learned is None:
                return None
            self._memory.learn(self._given.person.id, learned)
            self.learned, self.told = True, learned
        return self._go_on(learned)

    def tell(self, line: str, told: Told | None, asks: bool) -> Reply | None:
        """Go on with a line that tells a declared fact; `None` if it does not, or if it `asks` something instead.

        Raises `Unusable` with what is wrong with it.
        """
        assert self.fact is not None
        if told is not None and told.kind == "unknown":
            return self.take(told)
        text = "no" if told is not None and told.kind == "no" else line.strip()
        if told is not None and told.kind == "yes" and self._declared.is_flag(self.fact):
            text = "yes"
        found = self._declared.told(self.fact, text)
        if asks and (found.open or found.findings):
            return None
        if found.findings:
            raise Unusable(found.findings)
        learned = Learned(self.fact, found.value, declared=True)
        self._memory.learn(self._given.person.id, learned)
        self.learned, self.told = True, learned
        return self._go_on(learned)

    @property
    def of_declared(self) -> bool:
        """Whether what is asked for is a declared fact."""
        return self.fact is not None and self._declares(self.fact)

    def _learned(self, fact: Missing, told: Told) -> Learned | None:
        """The fact as told; `None` if what is told is no answer to it."""
        if fact.number is None:
            things = self._things(told.things)
            fits = all(thing.list == fact.list for thing in things)
            if told.kind == "no" or (things and fits):
                return Learned(fact, things=things)
            return None
        match fact.key, told.kind:
            case (("approved_by" | "equivalent_by"), ("yes" | "no")):
                return Learned(fact, told.kind == "yes")
            case "field", "no":
                return Learned(fact, OTHER_FIELD)
            case "work", "no":
                return Learned(fact, None)
            case (("from" | "to" | "obtained"), "day") if told.day is not None:
                day = day_of(told.day)
                self._check(fact, day)
                return Learned(fact, day)
            case (("field" | "level"), ("field" | "level")) if told.name and told.kind == fact.key:
                return Learned(fact, told.name.ids[0])
            case _, "things" if len(told.things) == 1:
                return self._of_thing(fact, told.things[0])
        return None

    def _of_thing(self, fact: Missing, thing: Supposition) -> Learned | None:
        if fact.key == "field" and thing.kind == "obtain" and thing.field is not None:
            return Learned(fact, thing.field.ids[0])
        if fact.key == "work" and thing.kind == "work":
            return Learned(fact, thing.what.ids[0])
        if fact.key == "position" and thing.kind == "take_up":
            return Learned(fact, self._one(thing))
        return None

    def _things(self, said: tuple[Supposition, ...]) -> tuple[Supposal, ...]:
        found = []
        for thing in said:
            start = None if thing.start is None else day_of(thing.start)
            end = None if thing.end is None else day_of(thing.end)
            if start is not None and end is not None and end < start:
                raise Unusable((Finding("suppose_ends_before_start", args={"start": start, "end": end}),))
            field = thing.field.ids[0] if thing.field else None
            found.append(Supposal(thing.kind, self._one(thing), field, start, end))
        return tuple(found)

    def _one(self, thing: Supposition) -> str:
        if len(thing.what.ids) > 1:
            name = self._given.session.vocabulary.name
            choices = tuple(name("position", post) for post in thing.what.ids)
            args = {"found": thing.what.text, "choices": choices}
            raise Unusable((Finding("ask_which_position", args=args),))
        return thing.what.ids[0]

    def _check(self, fact: Missing, day: object) -> None:
        """Refuse a first day after the last."""
        entry: Posting = (getattr(self._explanation.person, fact.list) or ())[(fact.number or 1) - 1]
        if entry.end is not None and isinstance(day, type(entry.end)) and day > entry.end:
            args = {"start": day, "end": entry.end}
            raise Unusable((Finding("suppose_ends_before_start", args=args),))

    # ── going on ──────────────────────────────────────────────────────────────────────────────────────────────

    def _go_on(self, learned: Learned | None) -> Reply:
        before, session = self._given, self._given.session
        person = self._memory.as_supposed(before.person.id)
        self._given = AnswerGiven("check", person, before.position, session)
        self._explanation = self._given.explanation
        fact, self.fact = self.fact, self._next()
        assert fact is not None
        document: Document = {
            "schema": "lgreason.interview/1",
            "person": person.id,
            "position": before.position,
            "as_of": session.day.isoformat(),
            "learned": None
            if learned is None
            else learned_document(learned, missing_document(fact), session.vocabulary),
            "verdict": self._explanation.verdict,
        }
        lines = tuple(self._result(self._explanation))
        return Reply(lines, document, replies.EXIT_OF[self._explanation.verdict])

    @property
    def given(self) -> AnswerGiven:
        """The answer as it stands now, to be gone into."""
        return self._given

    def _result(self, answer: Explanation) -> Iterator[Line]:
        session, say = self._given.session, self._given.session.wording.say
        if self.fact is not None:
            yield Line(say("interview.noted"), style="note")
            return
        position = session.vocabulary.name("position", answer.position)
        verdict = say(f"verdict.{answer.verdict}")
        yield Line(answer.person.name, style="title")
        words = say("check.verdict", position=position, verdict=verdict)
        yield Line(words, 1, answer.verdict)
        since = answer.eligible_since
        if answer.verdict == "eligible" and since is not None:
            yield Line(say("why.eligible_since", day=since), 1, "earliest")
        text = ExplanationText(answer, session.kb, session.vocabulary, session.wording)
        if answer.verdict == "ineligible" and answer.deciding:
            yield Line(say("people.lacks", text=text.brief(answer.deciding[0])), 1)
            if since is not None:
                yield Line(say("people.earliest", day=since), 1, "earliest")
        if answer.verdict == "undetermined":
            for question in answer.questions:
                yield Line(say("interview.still_unknown", fact=text.missing(question.fact)), 1, "note")
        yield Line()
        yield Line(say("interview.why"), style="note")
        if self.learned:
            yield Line(say("interview.save", id=answer.person.id), style="note")
