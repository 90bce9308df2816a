"""Changes: what of a person's file can still come out otherwise, and the file with such changes applied to it.

A change is something that can still happen: taking up a post, obtaining a degree, doing work in the field, a
committee's decision, or a fact of the file turning out well. Past facts cannot change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from weakref import WeakKeyDictionary

from lgreason.files.facts.values import Term
from lgreason.files.person.person import Experience, Person, Posting, Qualification
from lgreason.files.person.words import EntryWords
from lgreason.reasoning.cases.counting import FOREVER, ONE_DAY
from lgreason.reasoning.persons.change import LIST_OF, Change
from lgreason.reasoning.persons.eligibility import Judge, Judgement
from lgreason.reasoning.persons.measure import Entry, Missing
from lgreason.rules.findings import Place
from lgreason.rules.model import Clause, tree

MOST_ALIKE = 3
"""So many unknown facts that are alike are searched, as many as are combined."""
LONG_AGO = timedelta(days=365 * 40)
"""How far back a fact that is not known may reach, when it is supposed to turn out well."""


class Changes:
    """The changes that can bring one person nearer to one position, from the day after `day` on."""

    def __init__(self, judge: Judge, person: Person, position: str, day: date) -> None:
        """Take whose file it is, and the position and the day asked about."""
        self.person = person
        self.position = position
        self.day = day
        self.start = day + ONE_DAY
        self.left_out = 0
        """Of how many entries facts not known, each like others, were left out of what is possible."""
        self._judge = judge
        self._committees = judge.vocabulary.ids("committee")

    # ── what can change ─────────────────────────────────────────────────────────────────────────

    def possible(self, now: Judgement) -> tuple[Change, ...]:
        """Whatever bears on a clause that is not met for good.

        Of unknown facts that are alike (of the same kind, and serving the same clauses in the same way) only the few
        of the longest entries are searched: which of them turns out well makes no difference but the time served.
        """
        every = tuple(dict.fromkeys(self._changes(now)))
        alike: dict[tuple[object, ...], list[Change]] = {}
        for change in every:
            fact = change.missing
            if fact is not None and fact.number is not None:
                alike.setdefault((fact.list, fact.key, change.choices, change.degree), []).append(change)
        out = {
            change
            for group in alike.values()
            for change in sorted(group, key=self._length, reverse=True)[MOST_ALIKE:]
        }
        self.left_out = len({change.subject for change in out})
        return tuple(change for change in every if change not in out)

    def _length(self, change: Change) -> int:
        """How many days the entry of a fact may come to, up to the day."""
        fact = change.missing
        assert fact is not None and fact.number is not None
        if fact.list not in LIST_OF.values():  # of a declared fact no days are served
            return 0
        entry = (getattr(self.person, fact.list) or ())[fact.number - 1]
        if isinstance(entry, Qualification) or entry.start is None:
            return 0
        start: date = entry.start
        return (min(entry.end or self.day, self.day) - start).days

    def _changes(self, now: Judgement) -> Iterator[Change]:
        under = self._judge.clauses_under(self._judge.kb.posts[self.position])
        for clause in self._judge.kb.eligibility:
            if clause.id in under and clause.measures is not None:
                reached = [now.case.reach(clause, bound) for _, bound in clause.bounds()]
                if not all(reach.on(now.case.day) and reach.last == FOREVER for reach in reached):
                    yield from self._changes_of(clause, now.case.measurement(clause).missing)

    def _of_facts(self, clause: Clause, missing: tuple[Missing, ...]) -> Iterator[Change]:
        """The changes of declared facts, and of the lists with changes of their own that a clause measures."""
        from lgreason.reasoning.cases import fact_changes
        from lgreason.reasoning.persons.fact_changes import TYPED

        facts = self._judge.facts
        for fact in missing:
            good = None
            for value in fact_changes.outcomes(facts.declared, facts.kb.clauses, clause, fact, self.start):
                change = Change("turn_out", missing=fact, value=value)
                good = good or change
                measured = self._judge.measure(self.applied((change,)), clause, self.start)
                if any(measured.reach(bound).on(self.start) for _, bound in clause.bounds()):
                    good = change
                    break
            if good is not None:
                yield good
        for of, values in fact_changes.gains(facts.declared, facts.kb.clauses, clause, self.start, TYPED):
            yield Change("gain", fact=of.id, value=values, by=of.changes)
        yield from self._of_entries(clause)

    def _of_entries(self, clause: Clause) -> Iterator[Change]:
        """Posts, degrees and work that the clauses asked of entries name."""
        from lgreason.reasoning.cases.witness import Witness, asking

        facts = self._judge.facts
        assert clause.expression is not None
        for identity, asked in asking(clause.expression):
            if asked is None or identity not in ("postings", "education", "experience"):
                continue
            for leaf in tree(facts.kb.clauses, (asked,)):
                if leaf.expression is not None and leaf.expression.name == "post":
                    yield from self._services(leaf)
            wanted = Witness(
                facts.declared, facts.kb.clauses, facts.declared.facts[identity], self.start
            ).wanted(asked)
            said = {
                steps[0]: value.id or value.text for steps, value in wanted.items() if isinstance(value, Term)
            }
            if identity == "experience" and "work" in said:
                yield Change("work", (said["work"],))
            if identity == "education" and "degree" in said:
                yield Change("obtain", (said["field"],) if "field" in said else (), said["degree"])

    def _changes_of(self, clause: Clause, missing: tuple[Missing, ...]) -> Iterator[Change]:
        if clause.expression is not None:
            yield from self._of_facts(clause, missing)
            return
        for fact in missing:
            yield Change("establish", self._good_value(clause, fact), self._degree(clause), missing=fact)
        if clause.measures == "qualification":
            yield from self._qualifications(clause)
        elif clause.measures == "service":
            yield from self._services(clause)
        else:
            yield Change("work", _args(clause, "work"))

    def _degree(self, clause: Clause) -> str | None:
        """The degree a clause names first; higher ones that show it are changes of other clauses."""
        return next(iter(_args(clause, "degree")), None)

    def _qualifications(self, clause: Clause) -> Iterator[Change]:
        degree = self._degree(clause)
        fields = () if _says(clause, "any_field") else _args(clause, "field")
        yield Change("obtain", fields, degree)
        for held in self.person.education or ():
            unlisted = held.field is not None and held.field not in fields
            if held.degree == degree and fields and unlisted and not held.approved:
                yield Change("accept", entry=Entry("education", held.number))

    def _services(self, clause: Clause) -> Iterator[Change]:
        named, pairs = self._posts(clause)
        if named:
            yield Change("take_up", named)
        for pair in pairs:
            yield Change("take_up", (pair,))
        if _says(clause, "equivalent"):
            for held in self.person.postings or ():
                targets = tuple(post for post in (*named, *pairs) if self._comparable(held, post))
                if targets and (held.start is None or held.start <= self.day):
                    yield Change("equate", targets, entry=Entry("postings", held.number))

    def _comparable(self, held: Posting, post: str) -> bool:
        """Whether a committee could deem a posting equivalent to a post: another one of the same type and level.

        In one series the rank must be the same too: that a section head is no director the standard itself says.
        """
        vocabulary, ranks = self._judge.vocabulary, self._judge.vocabulary.ranks
        if held.acting or held.concurrent or post not in ranks or held.position == post:
            return False
        if held.position is not None and vocabulary.series(held.position) == vocabulary.series(post):
            return ranks[held.position] == ranks[post]
        return (held.type, held.level) == vocabulary.placement(post)

    def _posts(self, clause: Clause) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The posts that a clause counts and that stand below the position asked for; and types with levels."""
        named, pairs = self._judge.posts_of(clause)
        ranks = self._judge.vocabulary.ranks
        below = (post for post in self._by_rank(named) if ranks[post] < ranks[self.position])
        return tuple(below), tuple(f"{kind}.{level}" for kind, level in sorted(pairs))

    def _by_rank(self, posts: frozenset[str]) -> list[str]:
        ranks = self._judge.vocabulary.ranks
        return sorted(posts, key=lambda post: (ranks[post], post))

    def _good_value(self, clause: Clause, fact: Missing) -> tuple[str, ...]:
        """The values with which a fact that is not known would serve the clause."""
        if clause.measures == "service":
            named, pairs = self._judge.posts_of(clause)
            if fact.list == "postings" and fact.number is not None:
                words = (self.person.postings or ())[fact.number - 1].words
                named = named.intersection(words.posts) if words.posts else named
            return (*self._by_rank(named), *(f"{kind}.{level}" for kind, level in sorted(pairs)))
        if clause.measures == "qualification":
            return () if _says(clause, "any_field") else _args(clause, "field")
        return _args(clause, "work") if fact.list == "experience" else _args(clause, "series")

    def may_touch(self, clause: Clause, change: Change) -> bool:
        """Whether a clause may count a change; known once for all persons where it is of no entry of theirs."""
        if change.entry is not None or change.missing is not None or _says(clause, "within"):
            return True
        known = _TOUCHES.setdefault(self._judge, {})
        key = (clause.id, change)
        if key not in known:
            nobody = replace(self.person, education=(), postings=(), experience=())
            changed = Changes(self._judge, nobody, self.position, self.day).applied((change,))
            known[key] = bool(self._judge.measure(changed, clause, self.start).entries)
        return known[key]

    # ── applying changes to the person ──────────────────────────────────────────────────────────

    def applied(self, changes: Iterable[Change]) -> Person:
        """The person with changes applied."""
        person = self.person
        for change in changes:
            person = self._apply(person, change)
        return person

    def _apply(self, person: Person, change: Change) -> Person:
        match change.kind:
            case "take_up":
                return _with_posting(person, self._posting(person, change.choices[0], self.start))
            case "obtain":
                return _with_qualification(person, self._qualification(person, change, self.start))
            case "work":
                return _with_experience(person, self._experience(person, change.choices[0], self.start))
            case "equate":
                assert change.entry is not None
                equated: dict[str, Any] = {
                    "equivalent_to": change.choices[0],
                    "equivalent_by": self._committees,
                }
                return _with_changed(person, change.entry, equated)
            case "accept":
                assert change.entry is not None
                return _with_changed(
                    person, change.entry, {"approved": True, "approved_by": self._committees}
                )
            case "establish":
                return self._established(person, change)
            case "gain":
                from lgreason.reasoning.persons.fact_changes import with_entry

                # mypy: a value, where a fact is gained
                return with_entry(person, change.fact or "", change.value)  # type: ignore[arg-type]
            case "turn_out":
                from lgreason.reasoning.persons.fact_changes import with_outcome

                assert change.missing is not None
                return with_outcome(person, self._judge.facts.declared, change.missing, change.value)

    def _established(self, person: Person, change: Change) -> Person:
        """The person if a fact that is not known turns out as well as it can."""
        fact, since = change.missing, self.day - LONG_AGO
        assert fact is not None
        if fact.number is None:
            if fact.list == "education":
                return _with_qualification(person, self._qualification(person, change, None))
            if fact.list == "experience":
                return _with_experience(person, self._experience(person, change.choices[0], since))
            return _with_posting(person, self._posting(person, self._post_of(change.choices[0]), since))
        entry, best = Entry(fact.list, fact.number), change.choices[:1]
        match fact.key:
            case "from":
                return _with_changed(
                    person, entry, {"start": since, "words": self._told(person, entry, "from")}
                )
            case "to":
                return _with_changed(person, entry, {"end": None, "words": self._told(person, entry, "to")})
            case "obtained":
                words = self._told(person, entry, "obtained")
                return _with_changed(person, entry, {"obtained": since, "words": words})
            case "degree":
                return _with_changed(
                    person, entry, {"degree": change.degree, "field": next(iter(best), None)}
                )
            case "position":
                post = self._posting(person, self._post_of(best[0]), since)
                return _with_changed(
                    person, entry, {"position": post.position, "type": post.type, "level": post.level}
                )
            case "level":
                return _with_changed(person, entry, {"level": best[0].partition(".")[2]})
            case "work" | "field":
                return _with_changed(person, entry, {fact.key: best[0]})
            case _:
                return _with_changed(person, entry, {fact.key or "": self._committees})

    def _told(self, person: Person, entry: Entry, key: str) -> EntryWords:
        """The words of an entry once a day of it that had bounds is known."""
        words: EntryWords = getattr(person, entry.list)[entry.number - 1].words
        return replace(words, within={name: days for name, days in words.within.items() if name != key})

    def _post_of(self, choice: str) -> str:
        """A post, or the lowest post of a series."""
        ranks = self._judge.vocabulary.ranks
        in_series = [post for post in ranks if self._judge.vocabulary.series(post) == choice]
        return min(in_series, key=ranks.__getitem__) if in_series else choice

    def _posting(self, person: Person, post: str, start: date) -> Posting:
        position = post if post in self._judge.vocabulary.ranks else None
        kind, level = self._judge.vocabulary.placement(post) if position else post.split(".")
        number = len(person.postings or ()) + 1
        return Posting(
            *(position, kind, level, None, start, None, False, False, None, None, None), _NOWHERE, number
        )

    def _experience(self, person: Person, work: str, start: date) -> Experience:
        return Experience(work, start, None, _NOWHERE, len(person.experience or ()) + 1)

    def _qualification(self, person: Person, change: Change, obtained: date | None) -> Qualification:
        field = next(iter(change.choices), None)
        number = len(person.education or ()) + 1
        return Qualification(change.degree or "", field, None, None, obtained, _NOWHERE, number)


_NOWHERE = Place("")
_TOUCHES: WeakKeyDictionary[Judge, dict[tuple[str, Change], bool]] = WeakKeyDictionary()


def _args(clause: Clause, name: str) -> tuple[str, ...]:
    """The ids that a clause counts under a name, in the order of the knowledge base."""
    return tuple(
        str(getattr(what.args[0], "name", what.args[0])) for what in clause.counts if what.name == name
    )


def _says(clause: Clause, name: str) -> bool:
    return any(what.name == name for what in clause.counts)


def _with_posting(person: Person, posting: Posting) -> Person:
    return replace(person, postings=(*(person.postings or ()), posting))


def _with_qualification(person: Person, held: Qualification) -> Person:
    return replace(person, education=(*(person.education or ()), held))


def _with_experience(person: Person, done: Experience) -> Person:
    return replace(person, experience=(*(person.experience or ()), done))


def _with_changed(person: Person, entry: Entry, values: dict[str, Any]) -> Person:
    entries = list(getattr(person, entry.list))
    entries[entry.number - 1] = replace(entries[entry.number - 1], **values)
    changed: dict[str, Any] = {entry.list: tuple(entries)}
    return replace(person, **changed)
