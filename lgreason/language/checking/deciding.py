"""What rules may decide: posts, quantities, persons or organisations, not both."""

from __future__ import annotations

from collections.abc import Mapping

from lgreason.language.book.rulebook import Book
from lgreason.language.checking.found import Found, at_key, clauses_of
from lgreason.language.checking.spelling import typing_faults
from lgreason.language.clauses.stating import Ruled
from lgreason.language.meaning.idle import idle_parts
from lgreason.language.reading.faults import Fault
from lgreason.rules.model import Clause

MOST_NODES = 5_000
MOST_DEEP = 100
CALCULATIONS = frozenset({"adds", "subtracts", "ratio", "mean"})
OF_PERSONS = frozenset({"qualification", "service", "experience"})


def posts_of(book: Book) -> Found:
    """Positions whose qualifications are set twice, or not at all."""
    taken = book.kb.posts
    mine: dict[str, Ruled] = {}
    for ruled in book.rules:
        for post in ruled.rule.posts:
            if post in taken and taken[post] not in (ruled.rule.amends, ruled.rule.id):
                args = {"position": book.kb.names["position", post], "clause": taken[post]}
                yield ruled.source, Fault("rule_position_taken", at_key(ruled, "posts"), args)
            other = mine.setdefault(post, ruled)
            if other.rule.id != ruled.rule.id:
                args = {"position": book.kb.names["position", post], "clause": other.rule.id}
                yield ruled.source, Fault("rule_position_taken", at_key(ruled, "posts"), args)
    for defined, source in book.definitions:
        if defined.category == "position" and defined.id not in mine:
            yield source, Fault("rule_position_open", defined.span, {"id": defined.id}, severity="warning")


def uncalculated(book: Book) -> Found:
    """A quantity that is compared but never calculated would be nothing at all, and so within every bound."""
    calculated = {row[0] for ruled in book.rules for name, row in ruled.meaning.facts if name in CALCULATIONS}
    used = {clause.measures for ruled in book.rules for clause in ruled.bare}
    used |= {
        amount
        for ruled in book.rules
        for name, row in ruled.meaning.facts
        if name in CALCULATIONS
        for amount in row[1:-1]
        if isinstance(amount, str)
    }
    for defined, source in book.definitions:
        if defined.category == "quantity" and defined.id in used and defined.id not in calculated:
            yield source, Fault("rule_quantity_open", defined.span, {"id": defined.id})


def mixed(book: Book) -> Found:
    """Rules on persons that ask something of organisations, and the other way round; rules too large."""
    known = clauses_of(book)
    for ruled in book.rules:
        of_persons, of_organisations = bool(ruled.rule.posts), ruled.of_organisations
        if ruled.rule.amends in book.kb.clauses:
            *_, other, own = _measured(ruled.rule.amends, book.kb.clauses)
            of_persons = of_persons or (own is not None and other is None)
            of_organisations = of_organisations or (other is not None and own is None)
        if not of_persons and not of_organisations:
            continue
        size, depth, strange, own = _measured(ruled.bare[0].id, known)
        if strange is not None and of_persons:
            yield ruled.source, Fault("rule_not_of_persons", at_key(ruled, "sentence"), {"clause": strange})
        if own is not None and of_organisations:
            yield ruled.source, Fault("rule_not_of_organisations", at_key(ruled, "sentence"), {"clause": own})
        if size > MOST_NODES or depth > MOST_DEEP:
            args = {"most": MOST_NODES, "deepest": MOST_DEEP}
            yield ruled.source, Fault("rule_explodes", at_key(ruled, "sentence"), args)


def _measured(root: str, known: Mapping[str, Clause]) -> tuple[int, int, str | None, str | None]:
    """How large and deep the tree of a clause is, written out; a clause in it of organisations, one of persons."""
    sizes: dict[str, tuple[int, int]] = {}
    strange: str | None = None
    own: str | None = None
    waiting: list[tuple[str, bool]] = [(root, False)]
    on_the_way: set[str] = set()
    while waiting:
        identity, done = waiting.pop()
        clause = known.get(identity)
        if clause is None or identity in sizes:
            continue
        below = [other for other in clause.needs() if other in known]
        if done:
            inner = [sizes.get(other, (1, 1)) for other in below]
            sizes[identity] = (
                min(10**9, 1 + sum(size for size, _ in inner)),
                1 + max((deep for _, deep in inner), default=0),
            )
            if clause.expression is not None:
                continue
            if clause.measures is not None and clause.measures not in OF_PERSONS:
                strange = strange or identity
            elif clause.measures is not None:
                own = own or identity
        elif identity not in on_the_way:
            on_the_way.add(identity)
            waiting.append((identity, True))
            waiting += [(other, False) for other in below if other not in on_the_way]
    return (*sizes.get(root, (1, 1)), strange, own)


def idle(book: Book) -> Found:
    """Parts of sentences that decide nothing."""
    for ruled in book.rules:
        for fault in idle_parts(ruled.meaning, at_key(ruled, "sentence")):
            yield ruled.source, fault


def spelling(book: Book) -> Found:
    """Faults of typing."""
    for source in book.sources:
        for fault in typing_faults(source):
            yield source, fault


def examples_of(book: Book) -> Found:
    """Examples of positions that no rule opens."""
    opened = {*book.kb.posts, *(post for ruled in book.rules for post in ruled.rule.posts)}
    for example, source in book.examples:
        if example.position is not None and example.position not in opened:
            args = {"position": book.kb.names["position", example.position]}
            yield source, Fault("rule_example_position", example.spans["position"], args)
