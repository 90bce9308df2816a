"""Asking for declared facts by the declarations alone: the question, how to answer it, what an answer comes to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from lgreason.answers.session import Session
from lgreason.files.facts.schema import further
from lgreason.files.facts.told import Telling, ToldValue
from lgreason.files.person.person import Person
from lgreason.files.person.shape import FORM
from lgreason.reasoning.cases.evidence import Entry, Missing
from lgreason.report.text.entry import entry_words
from lgreason.report.text.facts import FactText
from lgreason.report.wording import Wording
from lgreason.rules.declared import NAMED, NUMBERS, OF_ENTRIES, Attribute, Declarations, Fact, word
from lgreason.rules.findings import Finding
from lgreason.rules.terms import Fn

MOST_NAMED = 8
"""So many values that could be answered are listed."""
_SAID = frozenset({"percent", "points", "hours", "baht"})


class DeclaredFacts:
    """The facts that a knowledge base declares and that can be asked for."""

    def __init__(self, session: Session) -> None:
        """Take the session whose knowledge base declares them."""
        self._session = session

    @cached_property
    def declared(self) -> Declarations:
        """What may be known about a person."""
        return self._session.kb.declared.declarations("person")

    @cached_property
    def _askable(self) -> Mapping[str, Mapping[str, Attribute] | None]:
        """The facts that the form of a person does not itself read; of those that it does, the other attributes."""
        return {fact.id: attributes for fact, attributes in further(FORM, self.declared)}

    def attribute(self, missing: Missing) -> Attribute | None:
        """What is asked for, of an entry or a record; none where it is the whole fact."""
        fact = self.declared.facts[missing.list]
        steps = (missing.key or "").split(".")
        for number in range(len(steps), 0, -1):
            found = fact.attribute(tuple(steps[:number])) if missing.key else None
            if found is not None and number == len(steps):
                return found
            if found is not None and found.type.name in ("scores", "years"):  # a value by its name
                kind = found.type.args[-1]
                of = kind if isinstance(kind, Fn) else Fn(word(kind))
                return Attribute(tuple(steps), of, Fn("not_known"), found.low, found.high)
        return fact.value if fact.value is not None else None

    def can_ask(self, person: Person, missing: Missing) -> bool:
        """Whether a fact can be asked for, and is of an entry that the person's file has."""
        if missing.list not in self._askable or self.declared.facts[missing.list].shape.name == "years":
            return False
        attributes = self._askable[missing.list]
        if attributes is not None:
            held = getattr(person, missing.list) or ()
            known = missing.number is not None and missing.number <= len(held)
            return known and (missing.key or "").partition(".")[0] in attributes
        given = person.given.facts.get(missing.list)
        if missing.number is not None:
            return isinstance(given, tuple) and missing.number <= len(given)
        if missing.key is not None and missing.span is None:
            return isinstance(given, Mapping)
        return missing.span is not None or given is None

    def is_flag(self, missing: Missing) -> bool:
        """Whether it is answered by yes or no."""
        of = self.attribute(missing)
        return of is not None and of.type.name == "yes_no"

    # ── in words ─────────────────────────────────────────────────────────────────────────────────

    def question(self, person: Person, missing: Missing, wording: Wording) -> tuple[str, str]:
        """The question, and how to answer it."""
        text = FactText(self._session.vocabulary, wording)
        fact, of = self.declared.facts[missing.list], self.attribute(missing)
        what = text.fact(fact.id)
        if missing.key is not None:
            what = text.attribute(fact.id, missing.key)
            if missing.span is not None:
                start, end = missing.span
                what = wording.say("interview.fact_of_round", what=what, start=start, end=end)
            elif missing.number is not None:
                entry = entry_words(
                    person, Entry(missing.list, missing.number), self._session.vocabulary, wording
                )
                what = wording.say("interview.fact_of", what=what, entry=entry)
        kind = self._kind(fact, of)
        asked = wording.say(f"interview.fact_{kind}", name=person.name, what=what)
        return asked, self._answer(kind, fact, of, text, wording)

    @staticmethod
    def _kind(fact: Fact, of: Attribute | None) -> str:
        name = fact.shape.name if of is None else of.type.name
        if of is not None and of is fact.value and fact.shape.name == "scores":
            return "scores"
        if name in OF_ENTRIES or name == "record":
            return "record" if name == "record" else "list"
        if name in NUMBERS:
            return "number"
        return {"date": "date", "yes_no": "yes_no", "year": "year", "score": "number"}.get(
            name, "named" if name in NAMED else "text"
        )

    def _answer(self, kind: str, fact: Fact, of: Attribute | None, text: FactText, wording: Wording) -> str:
        if kind == "number":
            assert of is not None
            unit = of.type.name if of.type.name in _SAID else "number"
            return wording.say(
                "interview.fact_answer_number", example=wording.say(f"fact.unit_{unit}", n="25")
            )
        if kind == "named":
            assert of is not None
            return wording.say("interview.fact_answer_named", values=self._values(of, wording))
        if kind in ("list", "record"):
            inner = fact.attributes if of is None else of.inner
            parts = [self._example(fact, each, text, wording) for each in inner.values()]
            example = wording.say("list.comma").join(parts)
            return wording.say(f"interview.fact_answer_{kind}", example=example)
        return wording.say(f"interview.fact_answer_{kind}")

    def _values(self, of: Attribute, wording: Wording) -> str:
        named = word(of.type.args[0])
        ids = self.declared.values.get(named) or self._session.vocabulary.of_facts.ids(named)
        names = [self._session.vocabulary.of_facts.name(named, each) for each in ids[:MOST_NAMED]]
        return wording.say("interview.between").join(
            wording.say("interview.one_answer", text=name.into(wording.language)) for name in names
        )

    def _example(self, fact: Fact, of: Attribute, text: FactText, wording: Wording) -> str:
        """What a part of an answer looks like: the name of the attribute, and a value of its type."""
        name = text.attribute(fact.id, of.id)
        kind = of.type.name
        if kind == "date":
            return text.said(name, wording.date(date(2017, 10, 1), short=True))
        if kind in NAMED:
            named = word(of.type.args[0])
            ids = self.declared.values.get(named) or self._session.vocabulary.of_facts.ids(named)
            if not ids:
                return text.said(name, "…")
            return self._session.vocabulary.of_facts.name(named, ids[0]).into(wording.language)
        if kind in NUMBERS:
            unit = kind if kind in _SAID else "number"
            return text.said(name, wording.say(f"fact.unit_{unit}", n="25"))
        return text.said(name, "…")

    # ── what an answer comes to ──────────────────────────────────────────────────────────────────

    def told(self, missing: Missing, text: str) -> ToldValue:
        """What a line tells of the fact that is asked for."""
        telling = Telling(self.declared, self._session.vocabulary.of_facts, self._session.today)
        fact, of = self.declared.facts[missing.list], self.attribute(missing)
        if missing.key is None or of is None:
            return telling.fact(fact, text)
        return telling.value(fact, of, text)

    def supposed(self, identity: str, text: str) -> ToldValue:
        """What is supposed of a fact; that it is so, where nothing more is said."""
        fact = self.declared.facts[identity]
        if identity not in self._askable or self._askable[identity] is not None:
            return ToldValue(None, (Finding("suppose_not_so", args={"fact": self._called(identity)}),))
        telling = Telling(self.declared, self._session.vocabulary.of_facts, self._session.today)
        is_flag = fact.value is not None and fact.value.type.name == "yes_no"
        return telling.fact(fact, text or ("yes" if is_flag else ""))

    def _called(self, identity: str) -> object:
        return self.declared.names.get(("fact", identity), identity)


__all__ = ["DeclaredFacts"]
