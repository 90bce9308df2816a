"""What a conversation remembers: who is loaded, who and what was spoken of last, and the settings in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import copy
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from lgreason.answers import persons as replies
from lgreason.answers.session import Session
from lgreason.files.person.person import Person
from lgreason.files.source.read import STANDARD_INPUT
from lgreason.repl.asked import Day, Mention, Question
from lgreason.repl.learned import Learned, with_all
from lgreason.repl.lexicon import Lexicon
from lgreason.repl.suppositions import Supposal, supposed
from lgreason.report.line import Line
from lgreason.report.wording import Wording
from lgreason.rules.findings import Finding, Unusable
from lgreason.rules.model import Language
from lgreason.words.dates import DateProblem, parse_date

if TYPE_CHECKING:
    from lgreason.files.organisation.costs import Costs
    from lgreason.files.organisation.organisation import Organisation
    from lgreason.reasoning.structures.space import Narrowing
    from lgreason.repl.organisations import Organisations


class Memory:
    """Who is loaded, who is meant, and under which settings questions are answered."""

    def __init__(self, session: Session) -> None:
        """Begin with a session and nobody loaded."""
        self.session = session
        session.wording = Wording(session.wording.language, session.wording.digits, conversing=True)
        self.people: dict[str, Person] = {}
        self.person: str | None = None
        self.position: str | None = None
        self.readings = dict(session.kb.chosen)
        self._read: dict[str, Person] = {}
        self._told: list[tuple[str, Supposal | Learned | Narrowing]] = []
        self.subject: Literal["person", "organisation"] = "person"
        self._organisations: Organisations | None = None
        # Which words there are does not depend on the readings in force, so that one lexicon lasts.
        self.lexicon = Lexicon(session.kb, {})

    # ── people ────────────────────────────────────────────────────────────────────────────────────────────────

    def open(self, path: str) -> Person | Organisation | Costs:
        """Load the person, organisation or costs in a file, or load them again; raises `Unusable`."""
        if path == STANDARD_INPUT:
            raise Unusable((Finding("standard_input_taken"),))
        loaded = self.session.load(path)
        if isinstance(loaded, Mapping):
            self.organisations.costs = loaded
            return loaded
        known = self.people.get(loaded.id) or self.loaded_organisations().get(loaded.id)
        if known is not None and not _same_file(known.place.file, path):
            args = {"id": loaded.id, "first": known.place.file, "second": loaded.place.file}
            raise Unusable((Finding("id_twice", args=args),))
        self._told = [(whose, told) for whose, told in self._told if whose != loaded.id]
        if isinstance(loaded, Person):
            self._take(loaded)
            self._name_people()
        else:
            self.organisations.take(loaded)
            self._name_organisations()
        return loaded

    def _take(self, person: Person) -> None:
        """Take a person as read, with all that was learned of them since."""
        self._read[person.id] = person
        learned = (told for whose, told in self._told if whose == person.id and isinstance(told, Learned))
        self.people[person.id] = with_all(person, learned, self.session.vocabulary)

    def _name_people(self) -> None:
        self.lexicon = self.lexicon.with_people({person.id: person.name for person in self.people.values()})

    def share(self, other: Memory) -> None:
        """Take everyone and everything that another conversation has loaded, with nothing that was said there."""
        self.people, self._read, self.lexicon = dict(other._read), dict(other._read), other.lexicon
        self._organisations = copy(other._organisations)

    # ── organisations ─────────────────────────────────────────────────────────────────────────────────────────

    @property
    def organisations(self) -> Organisations:
        """What is remembered of organisations; all that is known of them is read when this is first asked for."""
        if self._organisations is None:
            from lgreason.repl.organisation_lexicon import OrganisationWords
            from lgreason.repl.organisations import Organisations

            self._organisations = Organisations(OrganisationWords(self.session.organisation_kb))
        return self._organisations

    def lexicon_of_organisations(self) -> Lexicon:
        """The words in force with those of organisations, though none is loaded."""
        return self.lexicon.with_organisations(self.organisations.words)

    def loaded_organisations(self) -> Mapping[str, Organisation]:
        """The organisations loaded, by id."""
        return {} if self._organisations is None else self._organisations.loaded

    def _name_organisations(self) -> None:
        self.lexicon = self.lexicon.with_organisations(self.organisations.words)

    def about_organisation(self) -> bool:
        """Whether an organisation is what is spoken of."""
        if self.subject == "organisation":
            return True
        return not self.people and bool(self.loaded_organisations())

    def organisation_meant(self, question: Question) -> Organisation:
        """The organisation that a question is about; spoken of from now on."""
        self.subject = "organisation"
        return self.organisations.meant(question)

    def steps(self, identity: str | None = None) -> tuple[tuple[str, Narrowing], ...]:
        """What was chosen of an organisation's structures, or of all; with whose they are."""
        found = ((whose, told) for whose, told in self._told if not isinstance(told, Supposal | Learned))
        return tuple((whose, step) for whose, step in found if identity in (None, whose))

    def choose(self, identity: str, step: Narrowing) -> None:
        """Require or forbid something of an organisation's structures."""
        self._told.append((identity, step))

    # ── who is meant ──────────────────────────────────────────────────────────────────────────────────────────

    def spoken_of(self) -> str | None:
        """The person spoken of last, or the only one loaded."""
        if self.person in self.people:
            return self.person
        return next(iter(self.people)) if len(self.people) == 1 else None

    def whom(self, question: Question) -> Person:
        """The person that a question is about; spoken of from now on."""
        self.subject = "person"
        if question.persons:
            self.person = self.one_of(question.persons[0])
        elif (identity := self.spoken_of()) is not None:
            self.person = identity
        elif self.people:
            choices = tuple(self.lexicon.person_name(identity) for identity in self.people)
            raise Unusable((Finding("ask_person", args={"choices": choices}),))
        else:
            raise Unusable((Finding("nobody_loaded"),))
        return self.as_supposed(self.person)

    def one_of(self, mention: Mention) -> str:
        """The one person that a name stands for."""
        if len(mention.ids) > 1:
            choices = tuple(f"{identity} ({self.people[identity].name})" for identity in mention.ids)
            args = {"n": len(mention.ids), "found": mention.text, "choices": choices}
            raise Unusable((Finding("ask_which_person", args=args),))
        return mention.ids[0]

    def which(self, question: Question) -> str:
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

    # ── what is supposed ──────────────────────────────────────────────────────────────────────────────────────

    def as_supposed(self, identity: str) -> Person:
        """A person with all that is supposed of them."""
        person = self.people[identity]
        for _, change in self.changes(identity):
            person = supposed(person, change, self.session.vocabulary)
        return person

    def everyone(self) -> tuple[Person, ...]:
        """Everyone loaded, with all that is supposed of them."""
        return tuple(map(self.as_supposed, self.people))

    def changes(self, identity: str | None = None) -> tuple[tuple[str, Supposal], ...]:
        """What is supposed of a person, or of everyone; with whom it is supposed of."""
        changes = ((whose, told) for whose, told in self._told if isinstance(told, Supposal))
        return tuple((whose, change) for whose, change in changes if identity in (None, whose))

    def suppose(self, identity: str, change: Supposal) -> None:
        """Suppose something more of a person."""
        self._told.append((identity, change))

    def withdraw(self, identity: str, change: Supposal) -> None:
        """Suppose no longer of a person what a change, the same from another day on, takes the place of."""
        self._told = [
            (whose, told)
            for whose, told in self._told
            if whose != identity or not isinstance(told, Supposal) or not change.replaces(told)
        ]

    def learn(self, identity: str, learned: Learned) -> None:
        """Take a fact that the file of a person does not give."""
        self._told.append((identity, learned))
        self._take(self._read[identity])

    def undo(self, everything: bool) -> list[tuple[str, Supposal | Learned | Narrowing]]:
        """Take back what was told last; or everything that was supposed or chosen. What was taken back."""
        undone = (
            [pair for pair in self._told if not isinstance(pair[1], Learned)]
            if everything
            else self._told[-1:]
        )
        self._told = [pair for pair in self._told if pair not in undone] if everything else self._told[:-1]
        for whose, _ in undone:
            if whose in self._read:
                self._take(self._read[whose])
        return undone

    # ── settings ──────────────────────────────────────────────────────────────────────────────────────────────

    def session_of(self, question: Question) -> Session:
        """The session that answers a question: on the day that it names, or the one in force."""
        return self.session if question.on is None else self.session.altered(day=day_of(question.on))

    def renew(
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
            self.readings if readings is None else readings,
            old.library,
            old.shelf,
        )
        session.wording = Wording(session.wording.language, session.wording.digits, conversing=True)
        session.kb  # noqa: B018 - an unusable reading is refused before anything changes
        self.session, self.readings = session, dict(session.kb.chosen)
        return () if language else tuple(self._read_again())

    def _read_again(self) -> Iterator[Line]:
        """Read the people's files again; whoever cannot be is kept as read before, and it is said."""
        for identity, person in list(self.people.items()):
            try:
                again = self.session.person(person.place.file)
            except Unusable as unusable:
                yield Line(self.session.wording.say("repl.kept", name=person.name), style="open")
                yield from replies.refused(unusable.findings, self.session.wording).lines
                continue
            if again.id == identity:
                self._take(again)
        self._name_people()
        yield from self._read_organisations_again()

    def _read_organisations_again(self) -> Iterator[Line]:
        for identity, organisation in list(self.loaded_organisations().items()):
            try:
                again = self.session.organisation(organisation.place.file)
            except Unusable as unusable:
                yield Line(self.session.wording.say("repl.kept", name=organisation.name), style="open")
                yield from replies.refused(unusable.findings, self.session.wording).lines
                continue
            if again.id == identity:
                self.organisations.take(again)
        if self.loaded_organisations():
            self._name_organisations()


def day_of(day: Day) -> date:
    """The day named; raises `Unusable` if there is none."""
    if day.day is not None:
        return day.day
    problem = parse_date(day.written)
    assert isinstance(problem, DateProblem)
    raise Unusable((Finding(problem.code, args=problem.args),))


def _same_file(one: str, other: str) -> bool:
    return Path(one).resolve() == Path(other).resolve()
