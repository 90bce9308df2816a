"""What rules cite: documents, places, days, clauses and readings."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches

from lgreason.language.book.rulebook import Book
from lgreason.language.checking.found import Found, at_key, clauses_of
from lgreason.language.clauses.laid import since
from lgreason.language.clauses.stating import Ruled
from lgreason.language.grammar.nodes import Span
from lgreason.language.reading.faults import Fault
from lgreason.rules.model import Clause

MOST_LOOKED_AT = 30_000
"""So many ids are compared with unknown ones: enough for every mistake of a person, and a second or two."""


def citation_of(book: Book) -> Found:
    """Documents and places: cited, and known."""
    documents = [identity for category, identity in book.kb.names if category == "document"]
    for ruled in book.rules:
        rule = ruled.rule
        if rule.document is None:
            yield ruled.source, Fault("rule_no_document", rule.span, {"known": tuple(documents)})
        elif rule.document not in documents:
            near = get_close_matches(rule.document, documents, n=1, cutoff=0.4)
            args = {"found": rule.document, "known": tuple(documents)}
            yield (
                ruled.source,
                Fault("rule_document_unknown", at_key(ruled, "document"), args, near[0] if near else None),
            )
        if rule.place is None:
            yield ruled.source, Fault("rule_no_place", rule.span)
        stated = rule.node or rule.quote or rule.steps or rule.repeals or rule.table
        if not stated and "sentence" not in rule.spans and not copy(book, ruled):
            yield ruled.source, Fault("rule_states_nothing", rule.span)


def copy(book: Book, ruled: Ruled) -> bool:
    """Whether a rule is a clause of the knowledge base as `rules show` prints it."""
    return ruled.rule.id in book.kb.clauses and book.copies(ruled)


def days_of(book: Book) -> Found:
    """Days on which rules begin, held against their documents and what they amend."""
    starts = {str(document): date.fromisoformat(str(day)) for document, day in book.kb.rows("in_force")}
    for ruled in book.rules:
        rule = ruled.rule
        begins = starts.get(rule.document or "")
        known = ("document", rule.document or "") in book.kb.names
        if rule.since is None and begins is None and "in_force" not in rule.spans and known:
            yield ruled.source, Fault("rule_no_day", rule.span)
        early = rule.since is not None and begins is not None and rule.since < begins
        if early and not copy(book, ruled):
            args = {"since": rule.since, "document": begins}
            yield ruled.source, Fault("rule_before_document", at_key(ruled, "in_force"), args)
        for key, targets in (("amends", (rule.amends,)), ("repeals", rule.repeals)):
            for target in targets:
                old = book.kb.clauses.get(target or "")
                if old is not None and since(ruled) <= old.in_force:
                    days = {"id": old.id, "since": since(ruled), "before": old.in_force}
                    yield ruled.source, Fault("rule_amends_before", at_key(ruled, key), days)


def references_of(book: Book) -> Found:
    """Clauses and readings that are referred to: known, and such as decide something."""
    known = clauses_of(book)
    unknown = _Unknown(known)
    for ruled in book.rules:
        named = list(ruled.meaning.refers)
        named += [(target, at_key(ruled, "amends")) for target in (ruled.rule.amends,) if target]
        named += [(target, at_key(ruled, "repeals")) for target in ruled.rule.repeals]
        for identity, span in named:
            if identity not in known:
                yield ruled.source, unknown.fault(identity, span)
        readings = book.kb.readings
        for reading in ruled.rule.relies:
            if reading not in readings:
                args = {"found": reading, "known": tuple(readings)}
                yield ruled.source, Fault("rule_reading_unknown", at_key(ruled, "relies"), args)
        for clause in ruled.bare:
            for needed in clause.needs():
                other = known.get(needed)
                if other is not None and other.says is None:
                    span = next(
                        (s for i, s in ruled.meaning.refers if i == needed), at_key(ruled, "sentence")
                    )
                    args = {"id": needed, "place": other.place}
                    yield ruled.source, Fault("rule_refers_undecided", span, args)
        for target, default, span in ruled.meaning.lowers:
            lowered = known.get(target)
            if lowered is not None and lowered.says != default:
                yield ruled.source, Fault("rule_reduces_other", span, {"id": target})
    for example, source in book.examples:
        if example.because is not None and example.because not in known:
            yield source, unknown.fault(example.because, example.spans["because"])


class _Unknown:
    """Tells of ids that nothing has, with those that come near: for so many of them, for looking takes time."""

    def __init__(self, known: dict[str, Clause]) -> None:
        self._known = known
        self._near: dict[str, tuple[str, ...]] = {}
        self._left = MOST_LOOKED_AT

    def fault(self, identity: str, span: Span) -> Fault:
        nearest = self._near.get(identity)
        if nearest is None:
            nearest = self._near[identity] = self._nearest(identity)
        if not nearest:
            return Fault("rule_clause_unknown", span, {"found": identity})
        args = {"found": identity, "nearest": nearest}
        return Fault("rule_clause_unknown_nearest", span, args, nearest[0])

    def _nearest(self, identity: str) -> tuple[str, ...]:
        if self._left <= 0:
            return ()
        self._left -= len(self._known)
        near = get_close_matches(identity, self._known, n=3, cutoff=0.6)
        # Ids are built of parts: one that ends alike may be meant more than one that only looks alike.
        same_end = [other for other in self._known if other.endswith("." + identity.rpartition(".")[2])]
        return tuple(dict.fromkeys([*near, *get_close_matches(identity, same_end, n=1, cutoff=0.4)]))


def repeals_of(book: Book) -> Found:
    """What a repeal would leave without a rule."""
    includes: dict[str, list[str]] = {}
    for clause in clauses_of(book).values():
        if clause.says is not None and clause.says.name == "same":
            includes.setdefault(str(clause.says.args[0]), []).append(clause.id)
    rows: dict[str, set[tuple[object, ...]]] = {}
    for name in ("row", "retypes"):
        for row in book.kb.rows(name):
            rows.setdefault(str(row[-1]), set()).add((name, *row[:-1]))
    stated = {(name, *row[:-1]) for ruled in book.rules for name, row in ruled.meaning.facts}
    for ruled in book.rules:
        for repealed in ruled.rule.repeals:
            if not rows.get(repealed, set()) <= stated:
                yield ruled.source, Fault("rule_repeal_of_row", at_key(ruled, "repeals"), {"id": repealed})
            for identity in includes.get(repealed, ()):
                if identity not in ruled.rule.repeals:
                    args = {"id": repealed, "by": identity}
                    yield ruled.source, Fault("rule_repeal_needed", at_key(ruled, "repeals"), args)
