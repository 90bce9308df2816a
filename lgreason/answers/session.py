"""What the command line and the REPL share: a language, a day, readings, and the knowledge base under them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, BinaryIO

from lgreason.files.form.shape import of_another_kind
from lgreason.files.person.careers import before_birth, career_warnings, with_ends
from lgreason.files.person.person import Person, Posting, load_person
from lgreason.files.person.shape import FORM as PERSON
from lgreason.files.source.read import Source, read_source
from lgreason.reasoning.persons.eligibility import Judges
from lgreason.reasoning.persons.explain import Explanation
from lgreason.report.wording import Digits, Wording
from lgreason.rules.findings import Finding, Unusable
from lgreason.rules.knowledge import KnowledgeBase, Library, Reading
from lgreason.rules.model import Language
from lgreason.words.vocabulary import Vocabulary

if TYPE_CHECKING:
    from lgreason.answers.shelf import Shelf
    from lgreason.files.organisation.costs import Costs
    from lgreason.files.organisation.organisation import Organisation
    from lgreason.reasoning.organisations.establishment import Tables
    from lgreason.rules.declared import Declarations
    from lgreason.words.recognising.recogniser import Recogniser

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)
"""Days of assessment that make sense; dates beyond them are slips of the pen."""
MOST_EXPLAINED = 4_000
"""So many answers about one person and one position are kept, some kilobytes each."""


class Session:
    """Answers questions about persons; everything is loaded on first use and kept."""

    def __init__(
        self,
        language: Language = "th",
        digits: Digits = "arabic",
        as_of: date | None = None,
        readings: Mapping[str, str] | None = None,
        library: Library | None = None,
        shelf: Shelf | None = None,
    ) -> None:
        """Take the language of answers, the day of assessment (today if none) and the readings that differ.

        With a `shelf`, files are read from there by name, and none from the disk.
        """
        self.wording = Wording(language, digits)
        self.today = date.today()
        if as_of is not None and not FIRST_DAY <= as_of <= LAST_DAY:
            args = {"found": as_of, "first": FIRST_DAY, "last": LAST_DAY}
            raise Unusable((Finding("as_of_out_of_range", args=args),))
        self.day = as_of or self.today
        self._readings = dict(readings or {})
        self._library = library
        self.shelf = shelf
        self._explained: dict[tuple[int, str, date], Explanation] = {}

    @property
    def readings(self) -> Mapping[str, str]:
        """The readings that differ from the default."""
        return self._readings

    @cached_property
    def library(self) -> Library:
        """The knowledge base's files, read once."""
        return self._library or Library()

    @cached_property
    def kb(self) -> KnowledgeBase:
        """The knowledge base under the readings asked for."""
        self._check_readings()
        return self.library.on(self.day).under(self._readings)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Its terms, offering names in the language of the session."""
        return Vocabulary(self.kb, self.wording.language)

    @cached_property
    def recogniser(self) -> Recogniser:
        """Whoever recognises what people write."""
        from lgreason.words.recognising.recogniser import Recogniser

        return Recogniser(self.kb, self.today)

    @cached_property
    def tables(self) -> Tables:
        """The tables and conditions on the posts of organisations, under these readings."""
        from lgreason.reasoning.organisations.establishment import Tables

        return Tables(self.organisation_kb)

    @cached_property
    def organisation_kb(self) -> KnowledgeBase:
        """What decides about organisations, under the readings asked for."""
        self._check_readings()
        return self.library.on(self.day).of("organisations").under(self._readings)

    @cached_property
    def organisation_vocabulary(self) -> Vocabulary:
        """The terms of organisations, offering names in the language of the session."""
        return Vocabulary(self.organisation_kb, self.wording.language)

    @cached_property
    def judges(self) -> Judges:
        """Whoever decides, under these readings and, where asked, under others."""
        return Judges(self.kb)

    def altered(self, day: date | None = None, readings: Mapping[str, str] | None = None) -> Session:
        """The same for another day, or where some readings are changed; all that is loaded is shared."""
        other = Session(
            self.wording.language,
            self.wording.digits,
            day or self.day,
            {**self._readings, **(readings or {})},
            self.library,
            self.shelf,
        )
        other.wording = self.wording
        if not readings and self.library.on(other.day) is self.library.on(self.day):
            other.__dict__ |= {"kb": self.kb, "judges": self.judges, "vocabulary": self.vocabulary}
            of_organisations = ("organisation_kb", "organisation_vocabulary", "tables")
            other.__dict__ |= {key: self.__dict__[key] for key in of_organisations if key in self.__dict__}
        return other

    def _source(self, path: str, stdin: BinaryIO | None) -> Source:
        if self.shelf is not None:
            return self.shelf.source(path)
        if "#" in path:
            from lgreason.files.roster.one import in_roster, source_in_roster

            if in_roster(path):
                return source_in_roster(path, self.kb, self.vocabulary, max(self.today, self.day))
        return read_source(path, stdin)

    def person(self, path: str, stdin: BinaryIO | None = None) -> Person:
        """The person in a file (`-`: standard input); raises `Unusable` with all that is wrong with it."""
        source = self._source(path, stdin)
        return self._read(source)

    def _read(self, source: Source) -> Person:
        """The person in a source, with what is likely a slip in the course of the career."""
        latest = max(self.today, self.day)
        person = with_ends(
            load_person(source, self.vocabulary, latest, self.declared, lambda: self.recogniser)
        )
        found = tuple(before_birth(person))
        if any(finding.severity == "error" for finding in found):
            raise Unusable(found)
        types_since = self.vocabulary.c_levels_end + timedelta(days=1)
        found = (*person.warnings, *found, *career_warnings(person, self.day, types_since))
        found = (*found, *self._early_promotions(person))
        return replace(person, warnings=found) if found else person

    def _early_promotions(self, person: Person) -> Iterator[Finding]:
        if len(person.postings or ()) < 2:
            return
        from lgreason.reasoning.persons.promotions import early_promotions

        def explained(posting: Posting, day: date) -> Explanation | None:
            then = self.altered(day=day)
            if posting.position is None or posting.position not in then.kb.posts:
                return None
            answer = then.explain(person, posting.position)
            return None if answer.not_yet_in_force else answer

        yield from early_promotions(
            person, self.day, explained, lambda position: self.vocabulary.name("position", position)
        )

    def declared(self) -> tuple[Declarations, Vocabulary]:
        """What files of persons may state besides the lists of every person, and the terms of that."""
        declared = self.kb.declared
        return declared.declarations("person"), Vocabulary(declared, self.wording.language)

    def organisation(self, path: str, stdin: BinaryIO | None = None) -> Organisation:
        """The organisation in a file (`-`: standard input); raises `Unusable` with all that is wrong with it."""
        return self._organisation(self._source(path, stdin))

    def _organisation(self, source: Source) -> Organisation:
        from lgreason.files.organisation.reading import load_organisation

        latest = max(self.today, self.day)
        return load_organisation(
            source, self.organisation_vocabulary, latest, self.declared_of_organisations, self.day
        )

    def declared_of_organisations(self) -> tuple[Declarations, Vocabulary]:
        """What files of organisations may state besides their own entries, and the terms of that."""
        """What files of organisations may state besides the entries of every one, and the terms of that."""
        declared = self.organisation_kb.declared
        return declared.declarations("organisation"), Vocabulary(declared, self.wording.language)

    def load(self, path: str, stdin: BinaryIO | None = None) -> Person | Organisation | Costs:
        """The person, the organisation or the table of costs in a file, whichever it holds; raises `Unusable`."""
        return self.loaded(self._source(path, stdin))

    def loaded(self, source: Source) -> Person | Organisation | Costs:
        """The person, the organisation or the table of costs in a file that was read; raises `Unusable`."""
        kind = source.data.get("kind") if isinstance(source.data, dict) else None
        if isinstance(kind, str) and kind.strip() == "costs":
            from lgreason.files.organisation.costs import load_costs

            return load_costs(source, self.organisation_vocabulary)
        other = of_another_kind(source, PERSON)
        if other is not None and (kind is None or str(kind).strip() == "organisation"):
            return self._organisation(source)
        return self._read(source)

    def position(self, text: str) -> str:
        """The id of a position named in any way; raises `Unusable` offering the nearest names."""
        found = self.vocabulary.resolve("position", text)
        if found is None:
            several = self.recogniser.recognise("post", text.strip())
            posts = [str(choice["position"]) for choice in several.choices if "position" in choice]
            posts = [post for post in dict.fromkeys(posts) if post in self.kb.posts]
            if several.outcome == "several" and len(posts) > 1:
                choices = tuple(self.vocabulary.name("position", post) for post in posts)
                raise Unusable((Finding("ask_which_position", args={"found": text, "choices": choices}),))
            nearest = self.vocabulary.nearest("position", text)
            raise Unusable((Finding("position_unknown", args={"found": text, "nearest": nearest}),))
        if found not in self.kb.posts:
            raise Unusable((Finding("position_without_rules", args={"found": text, "day": self.day}),))
        return found

    def explain(self, person: Person, position: str) -> Explanation:
        """Why the person is, is not, or is not known to be eligible; found once for each of the last asked about."""
        key = (id(person), position, self.day)
        found = self._explained.get(key)
        if found is None or found.person is not person:
            if len(self._explained) >= MOST_EXPLAINED:
                self._explained.clear()
            like = self._explained.get(other := (id(person), "", self.day))
            like = like if like is not None and like.person is person else None
            found = self._explained[key] = Explanation(self.judges, person, position, self.day, like)
            self._explained.setdefault(other, found)
        return found

    def _check_readings(self) -> None:
        if not self._readings:  # nothing to check, and nothing need be read for it
            return
        known = self.library.under().readings
        found: list[Finding] = []
        for asked, choice in tuple(self._readings.items()):
            identity = _switch(known, asked, choice)
            if identity != asked:
                self._readings[identity] = self._readings.pop(asked)
            if identity not in known and identity in (others := self.library.of(None).under().readings):
                known = {**known, identity: others[identity]}
            if identity not in known:
                found.append(Finding("reading_unknown", args={"found": identity, "known": tuple(known)}))
            elif choice not in (choices := tuple(name for name, _ in known[identity].choices)):
                args = {"id": identity, "found": choice, "choices": choices}
                found.append(Finding("reading_choice_unknown", args=args))
        if found:
            raise Unusable(tuple(found))


def _switch(known: Mapping[str, Reading], asked: str, choice: str) -> str:
    """The reading meant: of one in several parts (A-20, A-20B, A-20C) the part that has the choice."""
    own = known.get(asked)
    if own is None or choice in dict(own.choices):
        return asked
    parts = (each for each in known if each[:-1] == asked and choice in dict(known[each].choices))
    return next(parts, asked)
