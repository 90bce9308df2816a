"""Amendments looked at over time: on every day on which something changes, what stands and what it lands on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from lgreason.language.book.circles import circles
from lgreason.language.book.rulebook import Book
from lgreason.language.clauses.laid import Laid, since
from lgreason.language.clauses.stating import Ruled
from lgreason.language.grammar.nodes import Span
from lgreason.language.reading.faults import Fault
from lgreason.language.statements.splitting import SourceText
from lgreason.reasoning.cases.counting import Duration
from lgreason.reasoning.rulesets.sides import content
from lgreason.rules.model import GATES, MONTHS_IN, Clause
from lgreason.rules.terms import Fn

Found = Iterator[tuple[SourceText, Fault]]
MOST_DAYS = 200
"""On so many days the rules are laid; a book with more days of change is looked at on the first of them."""
LONGEST_CIRCLE = 12
MOST_CIRCLES = 100


def days_of_change(book: Book) -> list[date]:
    """The days on which what counts may change: the first of each rule and the one after its last, in order."""
    days = {since(ruled) for ruled in book.rules}
    days |= {ruled.rule.until + timedelta(days=1) for ruled in book.rules if ruled.rule.until is not None}
    return sorted(days)[:MOST_DAYS]


def _at(ruled: Ruled, key: str) -> Span:
    return ruled.rule.spans.get(key, ruled.rule.span)


class _Standing:
    """What stands on a day: the clauses on which each depends, and all that are depended on."""

    def __init__(self, book: Book, day: date, base: Mapping[str, tuple[str, ...]]) -> None:
        self.counting = list(book.counting(day))
        laid = Laid(self.counting)
        self.replaced = laid.replaced
        self.needs: dict[str, tuple[str, ...]] = dict(base)
        if laid.replaced or laid.repealed:
            touched = laid.replaced.keys() | laid.repealed
            for identity, others in base.items():
                if identity in laid.kept:
                    self.needs[laid.kept[identity]] = others
                if not touched.isdisjoint(others):
                    self.needs[identity] = tuple(
                        laid.replaced.get(other, other) for other in others if other not in laid.repealed
                    )
        for identity in (*laid.replaced, *laid.repealed):
            self.needs.pop(identity, None)
        for ruled in self.counting:
            for identity, needs in laid.needs(ruled):
                if identity in laid.replaced or identity in laid.repealed:
                    if identity not in laid.kept:
                        continue
                    identity = laid.kept[identity]
                self.needs[identity] = tuple(other for other in needs if other not in laid.repealed)
            for name, row in ruled.meaning.facts:
                if name == "except":
                    target = laid.replaced.get(str(row[0]), str(row[0]))
                    self.needs[target] = (*self.needs.get(target, ()), str(row[1]))
        self.named = {other for needs in self.needs.values() for other in needs}


def faults_over_time(book: Book) -> Found:
    """What is wrong with the rules of a book on one of the days on which something changes."""
    base = {identity: tuple(clause.needs()) for identity, clause in book.kb.clauses.items()}
    known = {**book.kb.clauses, **{clause.id: clause for ruled in book.rules for clause in ruled.bare}}
    citing: dict[str, list[Clause]] = {}
    for clause in known.values():
        for other in clause.needs():
            citing.setdefault(other, []).append(clause)
    changing = [ruled for ruled in book.rules if ruled.rule.amends is not None or ruled.rule.repeals]
    told: set[frozenset[str]] = set()
    days = days_of_change(book) if changing else days_of_change(book)[-1:]
    for day in days:
        standing = _Standing(book, day, base)
        yield from _circles(standing, told)
        yield from _landing(book, standing, day, citing)
    yield from _conflicts(book)
    hung: dict[str, list[tuple[str, Ruled]]] = {}
    versions: dict[str, list[Ruled]] = {}
    for ruled in book.rules:
        versions.setdefault(ruled.rule.id, []).append(ruled)
        for name, row in ruled.meaning.facts:
            if name == "except":
                hung.setdefault(str(row[0]), []).append((str(row[1]), ruled))
    for ruled in changing:
        yield from _lost(known, hung, ruled)
        yield from _kept(known, hung, ruled)
        yield from _cited(citing, ruled)
        yield from _ended(versions, ruled)


def _circles(standing: _Standing, told: set[frozenset[str]]) -> Found:
    by_id = {clause.id: ruled for ruled in standing.counting for clause in ruled.bare}
    starts = [ruled.bare[0].id for ruled in standing.counting]
    for path in circles(starts, standing.needs):
        key = frozenset(path)
        if key in told or len(told) >= MOST_CIRCLES:
            continue
        told.add(key)
        ruled = next(by_id[one] for one in path if one in by_id)
        shown = path if len(path) <= LONGEST_CIRCLE else [*path[: LONGEST_CIRCLE - 2], "…", path[-1]]
        yield ruled.source, Fault("rule_circular", _at(ruled, "sentence"), {"path": tuple(shown)})


def _landing(book: Book, standing: _Standing, day: date, citing: Mapping[str, list[Clause]]) -> Found:
    """Amendments that begin on a day and change a clause which nothing refers to any longer."""
    opened = {*book.kb.posts.values(), *(ruled.bare[0].id for ruled in book.rules if ruled.rule.posts)}
    for ruled in standing.counting:
        target = ruled.rule.amends
        if target is None or since(ruled) != day or target in opened:
            continue
        own = {clause.id for one in book.rules if one.rule.amends == target for clause in one.bare}
        if all(clause.id in own for clause in citing.get(target, ())):
            continue  # nothing referred to it before either
        mine = standing.replaced.get(target, target)
        if mine not in standing.named:
            args = {"id": target, "day": day}
            fault = Fault("rule_lands_on_nothing", _at(ruled, "amends"), args, severity="warning")
            yield ruled.source, fault


def _conflicts(book: Book) -> Found:
    """Two rules that change one clause from one day: which of them holds nobody could say."""
    first: dict[tuple[str, date], Ruled] = {}
    for ruled in sorted(book.rules, key=lambda r: (r.source.file, r.rule.span)):
        for target in (ruled.rule.amends, *ruled.rule.repeals):
            if target is None:
                continue
            before = first.setdefault((target, since(ruled)), ruled)
            if before is ruled:
                continue
            if (
                before.rule.amends == target
                and ruled.rule.amends == target
                and before.rule.id == ruled.rule.id
            ):
                continue  # two versions of one rule are told as such
            line, _ = before.source.place(before.rule.span[0])
            args = {
                "id": target,
                "day": since(ruled),
                "other": before.rule.id,
                "file": before.source.file,
                "line": line,
            }
            key = "amends" if ruled.rule.amends == target else "repeals"
            yield ruled.source, Fault("rule_amended_twice", _at(ruled, key), args)


def _lost(known: Mapping[str, Clause], hung: Mapping[str, list[tuple[str, Ruled]]], ruled: Ruled) -> Found:
    """Exceptions that hung on a clause and do not hang on what takes its place."""
    target = ruled.rule.amends
    old = known.get(target) if target is not None else None
    if old is None or target is None:
        return
    kept = {other for clause in ruled.bare for other in clause.needs()}
    if target in kept:
        return  # the old words are cited whole
    held = [other for other, _ in old.exceptions]
    if not ruled.rule.keeps:
        held += [other for other, of in hung.get(target, ()) if of is not ruled]
    mine = {**known, **{clause.id: clause for clause in ruled.bare}}
    again = {content(mine, other) for clause in ruled.bare for other, _ in clause.exceptions}
    lost = tuple(
        dict.fromkeys(other for other in held if other not in kept and content(mine, other) not in again)
    )
    if lost:
        args = {"id": target, "lost": lost}
        fault = Fault("rule_loses_exception", _at(ruled, "sentence"), args, severity="warning")
        yield ruled.source, fault


def _kept(known: Mapping[str, Clause], hung: Mapping[str, list[tuple[str, Ruled]]], ruled: Ruled) -> Found:
    """Reductions of a term that was changed: they go on, though they speak of the term before."""
    target = ruled.rule.amends
    old = known.get(target) if target is not None else None
    new = ruled.bare[0]
    if old is None or target is None or old.says is None or new.says is None or old.says == new.says:
        return
    if old.says.name != "at_least" or new.says.name != "at_least":
        return
    kept = [(other, form) for other, form in new.exceptions if form.name == "at_least"]
    if ruled.rule.keeps:
        for other, of in hung.get(target, ()):
            rows = [row for name, row in of.meaning.facts if name == "except" and str(row[0]) == target]
            kept += [(other, row[2]) for row in rows if isinstance(row[2], Fn) and row[2].name == "at_least"]
    was = {other for other, _ in old.exceptions} | {other for other, _ in hung.get(target, ())}
    for other, form in dict.fromkeys(kept):
        if other in was:
            terms = {"old": _time(old.says), "new": _time(new.says), "left": _time(form)}
            args = {"id": target, "other": other, **terms}
            yield (
                ruled.source,
                Fault("rule_keeps_reduction", _at(ruled, "sentence"), args, severity="warning"),
            )


def _time(form: Fn) -> Duration | str:
    """A term that a clause asks for, as it is said."""
    (amount,) = form.args
    assert isinstance(amount, Fn)
    months = MONTHS_IN.get(amount.name)
    if months is None:
        return str(amount.args[0])
    return Duration(*divmod(months * int(str(amount.args[0])), 12))


def _cited(citing: Mapping[str, list[Clause]], ruled: Ruled) -> Found:
    """Clauses that cite one which is repealed, besides the list that it is an item of."""
    for repealed in ruled.rule.repeals:
        parents = [clause for clause in citing.get(repealed, ()) if clause.id not in ruled.rule.repeals]
        homes = [c for c in parents if repealed in c.parts and repealed.startswith(c.id.rstrip(".q"))]
        home = (homes or parents)[:1]
        for clause in parents:
            if clause in home or repealed not in clause.parts:
                continue
            args = {"id": repealed, "by": clause.id}
            fault = Fault("rule_repeals_cited", _at(ruled, "repeals"), args, severity="warning")
            yield ruled.source, fault
        for clause in home:
            left = [part for part in clause.parts if part not in ruled.rule.repeals]
            if not left and clause.says is not None and clause.says.name in GATES and clause.parts:
                args = {"id": repealed, "by": clause.id}
                yield ruled.source, Fault("rule_repeal_empties", _at(ruled, "repeals"), args)


def _ended(versions: Mapping[str, list[Ruled]], ruled: Ruled) -> Found:
    """A change of a rule whose period has ended before."""
    for key, targets in (("amends", (ruled.rule.amends,)), ("repeals", ruled.rule.repeals)):
        for target in targets:
            ends = [one.rule.until for one in versions.get(target or "", ())]
            if not ends or None in ends:
                continue
            last = max(end for end in ends if end is not None)
            if last < since(ruled):
                args = {"id": target, "until": last, "since": since(ruled)}
                yield ruled.source, Fault("rule_amends_ended", _at(ruled, key), args)
