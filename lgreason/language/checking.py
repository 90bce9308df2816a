"""Checks over all files at once: a list of functions, each of which looks for one kind of mistake in a book."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches

from lgreason.files.source.read import MOST_FINDINGS
from lgreason.language.fixes import proposed
from lgreason.language.idle import idle_parts
from lgreason.language.laid import since
from lgreason.language.lexicon import CATEGORIES as TERMINALS
from lgreason.language.meant import committees, levels, posts_under
from lgreason.language.nodes import Span
from lgreason.language.overtime import faults_over_time
from lgreason.language.plain import plain_text
from lgreason.language.rulebook import Book
from lgreason.language.sentence import Fault
from lgreason.language.spelling import typing_faults
from lgreason.language.statements import SourceText
from lgreason.language.stating import Ruled
from lgreason.language.uncollected import uncollected
from lgreason.rules.model import Clause
from lgreason.rules.terms import Fn

Found = Iterator[tuple[SourceText, Fault]]
MOST_NODES = 5_000
MOST_DEEP = 100
MOST_LOOKED_AT = 30_000
"""So many ids are compared with unknown ones: enough for every mistake of a person, and a second or two."""
MORE = "source_more_findings"
"""The finding that says that there are more."""
CALCULATIONS = frozenset({"adds", "subtracts", "ratio", "mean"})
OF_PERSONS = frozenset({"qualification", "service", "experience"})


def faults(book: Book, most: int = MOST_FINDINGS) -> list[tuple[SourceText, Fault]]:
    """Everything that is wrong with the files of a book, in the order of the files and of their lines.

    Of more than `most` the first are told, errors before warnings, and after them that there are more.
    """
    found = list(book.faults)
    with uncollected():
        for check in CHECKS:
            found += check(book)
    # What is damaged already would only be reported twice.
    begins = _beginnings(book)
    damaged = {(source.file, _statement(begins, source, f)) for source, f in found if f.code in _DAMAGE}
    kept: dict[tuple[str, str, Span], tuple[SourceText, Fault]] = {}
    for source, fault in found:
        if fault.code in _OF_DAMAGE and (source.file, fault.span[0]) in damaged:
            continue
        kept.setdefault((source.file, fault.code, fault.span), (source, fault))
    order: dict[str, int] = {}
    for source, _ in found:
        order.setdefault(source.file, len(order))

    def placed(pair: tuple[SourceText, Fault]) -> tuple[int, Span, str]:
        return order[pair[0].file], pair[1].span, pair[1].severity

    ordered = sorted(kept.values(), key=lambda pair: (pair[1].severity != "error", placed(pair)))
    told = sorted(((source, proposed(source, fault)) for source, fault in ordered[:most]), key=placed)
    if len(ordered) > most:
        source, first = ordered[most]
        told.append((source, Fault(MORE, first.span, {"most": most}, severity=first.severity)))
    return told


_DAMAGE = frozenset(
    {"rule_entry", "rule_key", "rule_key_here", "rule_text_open", "rule_text_quoted", "rule_text_more"}
)
_OF_DAMAGE = frozenset({"rule_no_document", "rule_no_place", "rule_states_nothing", "rule_no_day"})
"""What seems to be missing from a statement one of whose lines could not be read."""


def _beginnings(book: Book) -> dict[str, list[int]]:
    """Where the rules of each file begin, in their order."""
    begins: dict[str, list[int]] = {}
    for ruled in book.rules:
        begins.setdefault(ruled.source.file, []).append(ruled.rule.span[0])
    return {file: sorted(places) for file, places in begins.items()}


def _statement(begins: Mapping[str, list[int]], source: SourceText, fault: Fault) -> int:
    """Where the rule begins in which a fault stands."""
    places = begins.get(source.file, [])
    at = bisect_right(places, fault.span[0])
    return places[at - 1] if at else -1


def _at(ruled: Ruled, key: str) -> Span:
    return ruled.rule.spans.get(key, ruled.rule.span)


def _clauses(book: Book) -> dict[str, Clause]:
    """Every clause that a rule may refer to: the shipped ones, and those of the files."""
    return {**book.kb.clauses, **{clause.id: clause for ruled in book.rules for clause in ruled.bare}}


# ── names that are given twice, or not at all ─────────────────────────────────────────────────────────────────


def _duplicates(book: Book) -> Found:
    shipped = book.kb.clauses
    first: dict[str, Ruled] = {}
    versions: dict[str, list[Ruled]] = {}
    for ruled in book.rules:
        versions.setdefault(ruled.rule.id, []).append(ruled)
        if _copy(book, ruled):
            continue
        if ruled.rule.id in shipped and ruled.rule.amends != ruled.rule.id:
            yield (
                ruled.source,
                Fault("rule_id_taken", ruled.rule.span, {"id": ruled.rule.id}, f"amends: {ruled.rule.id}"),
            )
        for clause in ruled.bare:
            other = first.setdefault(clause.id, ruled)
            if other.rule.id != ruled.rule.id:
                yield ruled.source, Fault("rule_item_id_taken", ruled.rule.span, {"id": clause.id})
    for same in versions.values():
        begins: dict[date, Ruled] = {}
        for ruled in same:
            # Two versions that begin on the same day are one too many; a later one takes over from an earlier.
            before = begins.setdefault(since(ruled), ruled)
            if before is not ruled:
                line, _ = before.source.place(before.rule.span[0])
                args = {"id": ruled.rule.id, "file": before.source.file, "line": line}
                yield ruled.source, Fault("rule_duplicate", ruled.rule.span, args)


def _definitions(book: Book) -> Found:
    base = book.library.of(None).under()
    seen: dict[tuple[str, str], int] = {}
    for defined, source in book.definitions:
        key = (defined.category, defined.id)
        if key in base.names or key in seen:
            yield source, Fault("rule_definition_twice", defined.span, {"id": defined.id})
        seen[key] = 1
        terminal = next((t for t, c in TERMINALS.items() if c == defined.category), None)
        if terminal is not None and defined.name is not None:
            words = book.lexicon.words(terminal)
            for name in defined.name:
                ids = words[plain_text(name)].ids if plain_text(name) in words else ()
                others = tuple(identity for identity in ids if identity != defined.id)
                if others:
                    args = {"name": name, "others": others}
                    yield source, Fault("rule_name_taken", defined.spans["name"], args)
        if defined.category == "position" and defined.type and defined.level:
            levels = [
                row for row in book.kb.rows("level") if row[:2] == (Fn(defined.type), Fn(defined.level))
            ]
            if not levels:
                names = tuple(
                    book.kb.names["level", level.name].into(defined.language)
                    for kind, level, _ in book.kb.rows("level")
                    if isinstance(level, Fn) and kind == Fn(defined.type)
                )
                yield source, Fault("rule_level_of_type", defined.spans["level"], {"levels": names})


# ── citation and days ─────────────────────────────────────────────────────────────────────────────────────────


def _citation(book: Book) -> Found:
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
                Fault("rule_document_unknown", _at(ruled, "document"), args, near[0] if near else None),
            )
        if rule.place is None:
            yield ruled.source, Fault("rule_no_place", rule.span)
        stated = rule.node or rule.quote or rule.steps or rule.repeals or rule.table
        if not stated and "sentence" not in rule.spans and not _copy(book, ruled):
            yield ruled.source, Fault("rule_states_nothing", rule.span)


def _copy(book: Book, ruled: Ruled) -> bool:
    """Whether a rule is a clause of the knowledge base as `rules show` prints it."""
    return ruled.rule.id in book.kb.clauses and book.copies(ruled)


def _days(book: Book) -> Found:
    starts = {str(document): date.fromisoformat(str(day)) for document, day in book.kb.rows("in_force")}
    for ruled in book.rules:
        rule = ruled.rule
        begins = starts.get(rule.document or "")
        known = ("document", rule.document or "") in book.kb.names
        if rule.since is None and begins is None and "in_force" not in rule.spans and known:
            yield ruled.source, Fault("rule_no_day", rule.span)
        early = rule.since is not None and begins is not None and rule.since < begins
        if early and not _copy(book, ruled):
            args = {"since": rule.since, "document": begins}
            yield ruled.source, Fault("rule_before_document", _at(ruled, "in_force"), args)
        for key, targets in (("amends", (rule.amends,)), ("repeals", rule.repeals)):
            for target in targets:
                old = book.kb.clauses.get(target or "")
                if old is not None and since(ruled) <= old.in_force:
                    days = {"id": old.id, "since": since(ruled), "before": old.in_force}
                    yield ruled.source, Fault("rule_amends_before", _at(ruled, key), days)


# ── references ────────────────────────────────────────────────────────────────────────────────────────────────


def _references(book: Book) -> Found:
    known = _clauses(book)
    unknown = _Unknown(known)
    for ruled in book.rules:
        named = list(ruled.meaning.refers)
        named += [(target, _at(ruled, "amends")) for target in (ruled.rule.amends,) if target]
        named += [(target, _at(ruled, "repeals")) for target in ruled.rule.repeals]
        for identity, span in named:
            if identity not in known:
                yield ruled.source, unknown.fault(identity, span)
        readings = book.kb.readings
        for reading in ruled.rule.relies:
            if reading not in readings:
                args = {"found": reading, "known": tuple(readings)}
                yield ruled.source, Fault("rule_reading_unknown", _at(ruled, "relies"), args)
        for clause in ruled.bare:
            for needed in clause.needs():
                other = known.get(needed)
                if other is not None and other.says is None:
                    span = next((s for i, s in ruled.meaning.refers if i == needed), _at(ruled, "sentence"))
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


def _repeals(book: Book) -> Found:
    includes: dict[str, list[str]] = {}
    for clause in _clauses(book).values():
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
                yield ruled.source, Fault("rule_repeal_of_row", _at(ruled, "repeals"), {"id": repealed})
            for identity in includes.get(repealed, ()):
                if identity not in ruled.rule.repeals:
                    args = {"id": repealed, "by": identity}
                    yield ruled.source, Fault("rule_repeal_needed", _at(ruled, "repeals"), args)


# ── what rules may decide ─────────────────────────────────────────────────────────────────────────────────────


def _posts(book: Book) -> Found:
    taken = book.kb.posts
    mine: dict[str, Ruled] = {}
    for ruled in book.rules:
        for post in ruled.rule.posts:
            if post in taken and taken[post] not in (ruled.rule.amends, ruled.rule.id):
                args = {"position": book.kb.names["position", post], "clause": taken[post]}
                yield ruled.source, Fault("rule_position_taken", _at(ruled, "posts"), args)
            other = mine.setdefault(post, ruled)
            if other.rule.id != ruled.rule.id:
                args = {"position": book.kb.names["position", post], "clause": other.rule.id}
                yield ruled.source, Fault("rule_position_taken", _at(ruled, "posts"), args)
    for defined, source in book.definitions:
        if defined.category == "position" and defined.id not in mine:
            yield source, Fault("rule_position_open", defined.span, {"id": defined.id}, severity="warning")


def _uncalculated(book: Book) -> Found:
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


def _mixed(book: Book) -> Found:
    known = _clauses(book)
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
            yield ruled.source, Fault("rule_not_of_persons", _at(ruled, "sentence"), {"clause": strange})
        if own is not None and of_organisations:
            yield ruled.source, Fault("rule_not_of_organisations", _at(ruled, "sentence"), {"clause": own})
        if size > MOST_NODES or depth > MOST_DEEP:
            args = {"most": MOST_NODES, "deepest": MOST_DEEP}
            yield ruled.source, Fault("rule_explodes", _at(ruled, "sentence"), args)


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


def _idle(book: Book) -> Found:
    for ruled in book.rules:
        for fault in idle_parts(ruled.meaning, _at(ruled, "sentence")):
            yield ruled.source, fault


def _spelling(book: Book) -> Found:
    for source in book.sources:
        for fault in typing_faults(source):
            yield source, fault


def _examples(book: Book) -> Found:
    opened = {*book.kb.posts, *(post for ruled in book.rules for post in ruled.rule.posts)}
    for example, source in book.examples:
        if example.position is not None and example.position not in opened:
            args = {"position": book.kb.names["position", example.position]}
            yield source, Fault("rule_example_position", example.spans["position"], args)


CHECKS: tuple[Callable[[Book], Found], ...] = (
    _duplicates,
    _definitions,
    _citation,
    _days,
    _references,
    faults_over_time,
    _repeals,
    _posts,
    _uncalculated,
    _mixed,
    _idle,
    _spelling,
    _examples,
    committees,
    levels,
    posts_under,
)
