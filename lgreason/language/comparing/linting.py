"""What is wrong with the rules of files as a whole: on every day of change, and from one day to the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise

from lgreason.answers.session import Session
from lgreason.language.book.overtime import days_of_change
from lgreason.language.book.rulebook import Book
from lgreason.language.clauses.laid import since
from lgreason.language.clauses.stating import Ruled
from lgreason.language.examples.examples import outcomes
from lgreason.reasoning.rulesets.difference import Difference
from lgreason.reasoning.rulesets.lint import Lint, Linter, below, lint
from lgreason.reasoning.rulesets.sides import Side, expression
from lgreason.reasoning.rulesets.space import OF_PERSONS, RuleSpace
from lgreason.rules.findings import Finding, Place
from lgreason.rules.knowledge import KnowledgeBase, Library
from lgreason.rules.model import Clause

MOST_DAYS = 12
TOLD_HERE = frozenset({"rule_amended_twice", "rule_contradiction", "rule_term_too_long"})
"""Errors of a check that do not keep rules from being looked at: they are told of here too."""
_ONE_DAY = timedelta(days=1)
_QUALIFIERS = frozenset({"any_field", "approved_field", "jointly", "equivalent", "acting", "while_held"})


def lint_base(session: Session) -> list[Lint]:
    """What is wrong with the shipped rules, on the day of the session."""
    side = Side(session.kb, session.day)
    return list(Linter(side, session.library.on(session.day).of(None).under(session.readings)).found())


def lint_book(book: Book, session: Session) -> list[Lint]:
    """What is wrong with the rules of files, laid over the knowledge base."""
    return list(_Linting(book, session).found())


@dataclass
class _Linting:
    book: Book
    session: Session

    def found(self) -> Iterator[Lint]:
        """Every finding once, at its place, with what is wrong from one day to the next first."""
        told: set[tuple[str, tuple[str, ...]]] = set()
        for found in (*self._over_time(), *self._day_by_day(), *self._examples()):
            key = (found.finding.code, found.clauses)
            if key in told and found.clauses:
                continue
            told.add(key)
            place = found.finding.place or self._place(found.clauses)
            yield replace(found, finding=replace(found.finding, place=place))

    @cached_property
    def _library(self) -> Library:
        return self.session.library.with_rules(self.book)

    def _kb(self, day: date) -> KnowledgeBase:
        return self._library.on(day).under(self.session.readings)

    def _whole(self, day: date) -> KnowledgeBase:
        return self._library.on(day).of(None).under(self.session.readings)

    @cached_property
    def _known(self) -> Mapping[str, Clause]:
        return {**self.book.kb.clauses, **{c.id: c for ruled in self.book.rules for c in ruled.bare}}

    @cached_property
    def _owner(self) -> Mapping[str, Ruled]:
        return {clause.id: ruled for ruled in self.book.rules for clause in ruled.bare}

    def _place(self, clauses: tuple[str, ...]) -> Place | None:
        ruled = next((self._owner[c] for c in clauses if c in self._owner), None)
        return None if ruled is None else Place(ruled.source.file, *ruled.source.place(ruled.rule.span[0]))

    # ── on every day ─────────────────────────────────────────────────────────────────────────────────────

    def _day_by_day(self) -> Iterator[Lint]:
        among = frozenset(clause.id for ruled in self.book.rules for clause in ruled.bare)
        among |= {ruled.rule.amends for ruled in self.book.rules if ruled.rule.amends is not None}
        among |= {
            str(row[0]) for ruled in self.book.rules for name, row in ruled.meaning.facts if name == "except"
        }
        looked_at: list[Library] = []
        for day in dict.fromkeys((self.session.day, *days_of_change(self.book)[-MOST_DAYS:])):
            library = self._library.on(day)
            if any(library is each for each in looked_at):
                continue
            looked_at.append(library)
            yield from Linter(Side(self._kb(day), day), self._whole(day), among).found()

    def _examples(self) -> Iterator[Lint]:
        """Examples that the rules no longer bear out."""
        session = Session(
            self.session.wording.language,
            self.session.wording.digits,
            self.session.day,
            self.session.readings,
            self._library,
        )
        for outcome in outcomes(self.book, session):
            if not outcome.passed:
                line, column = outcome.source.place(outcome.example.span[0])
                place = Place(outcome.source.file, line, column)
                yield Lint(
                    Finding("lint_example", place, {"title": outcome.example.title or ""}, "warning"), ()
                )

    # ── from one day to the next ─────────────────────────────────────────────────────────────────────────

    def _over_time(self) -> Iterator[Lint]:
        yield from self._amended_twice()
        yield from self._without_rules()
        yield from self._beside_one_another()
        yield from self._orphans()
        for ruled in self.book.rules:
            if ruled.rule.amends is not None:
                yield from self._lossy(ruled, ruled.rule.amends)
                yield from self._without_effect(ruled, ruled.rule.amends)
                yield from self._changing_nothing(ruled, ruled.rule.amends)
            yield from self._repealed(ruled)

    def _amended_twice(self) -> Iterator[Lint]:
        """Two amendments of one clause that begin on one day."""
        first: dict[tuple[str, date], Ruled] = {}
        for ruled in self.book.rules:
            target = ruled.rule.amends
            before = ruled if target is None else first.setdefault((target, since(ruled)), ruled)
            if target is not None and before is not ruled and before.rule.id != ruled.rule.id:
                ids = (before.rule.id, ruled.rule.id)
                yield lint("lint_amended_twice", ids, "error", target=target, day=since(ruled))

    def _without_rules(self) -> Iterator[Lint]:
        """Days between two versions on which nothing says who qualifies for a position."""
        opening: dict[str, list[Ruled]] = {}
        for ruled in self.book.rules:
            for post in ruled.rule.posts:
                opening.setdefault(post, []).append(ruled)
        for post, rules in opening.items():
            last: date | None = None
            for ruled in sorted(rules, key=since):
                if last is not None and since(ruled) > last + _ONE_DAY:
                    ids = tuple(dict.fromkeys(each.rule.id for each in rules))
                    name = self.book.kb.names.get(("position", post), post)
                    args = {"position": name, "since": last + _ONE_DAY, "until": since(ruled) - _ONE_DAY}
                    yield lint("lint_time_gap", ids, "warning", **args)
                until = ruled.rule.until or date.max - _ONE_DAY
                last = until if last is None else max(last, until)

    def _beside_one_another(self) -> Iterator[Lint]:
        """Two versions of one id of which the first has not ended when the other begins."""
        versions: dict[str, list[Ruled]] = {}
        for ruled in self.book.rules:
            if ruled.rule.amends is None:
                versions.setdefault(ruled.rule.id, []).append(ruled)
        for identity, rules in versions.items():
            rules.sort(key=since)
            for one, other in pairwise(rules):
                if one.rule.until is not None and one.rule.until >= since(other) > since(one):
                    until = min(one.rule.until, other.rule.until or one.rule.until)
                    yield lint("lint_time_overlap", (identity,), since=since(other), until=until)

    def _orphans(self) -> Iterator[Lint]:
        """Rules that decide nothing: no clause refers to them and they open nothing."""
        cited = {need for clause in self._known.values() for need in clause.needs()}
        cited |= {r.rule.amends for r in self.book.rules if r.rule.amends} | {
            target for r in self.book.rules for target in r.rule.repeals
        }
        told: set[str] = set()
        for ruled in self.book.rules:
            rule, root = ruled.rule, ruled.bare[0]
            states = (
                rule.posts or rule.amends or rule.repeals or rule.steps or rule.table or ruled.meaning.facts
            )
            if states or root.says is None or root.id in told:
                continue
            measured = {c.measures for c in ruled.bare if c.measures is not None and c.expression is None}
            if not measured <= OF_PERSONS:
                continue  # what an organisation must come to may be asked of it as it stands
            if any(need in self._owner for need in root.needs() if self._owner.get(need) is not ruled):
                continue  # it puts other rules of the files together
            if not any(clause.id in cited - {c.id for c in ruled.bare[1:]} for clause in ruled.bare):
                told.add(root.id)
                yield lint("lint_orphan", (root.id,))

    def _changing_nothing(self, ruled: Ruled, target: str) -> Iterator[Lint]:
        """An amendment whose new words come to the same as those before them."""
        day = since(ruled)
        old, new = self._whole(day - _ONE_DAY), self._whole(day)
        root = self.book.on(day).replaced.get(target)
        before = self.book.on(day - _ONE_DAY).replaced.get(target, target)
        if root != ruled.bare[0].id or before not in old.clauses or root not in new.clauses:
            return
        if old.clauses[before].says is None or new.clauses[root].says is None:
            return
        if RuleSpace((old, new), ((before,), (root,)), day).alike((0, before), (1, root)):
            yield lint("lint_changes_nothing", (ruled.rule.id,), target=target)

    def _lossy(self, ruled: Ruled, target: str) -> Iterator[Lint]:
        """What a clause demanded or allowed and its new words neither restate nor repeal."""
        if target not in self._known or ruled.rule.keeps:
            return
        new = {c.id: c for c in below(self._known, ruled.bare[0].id)}
        if target in new and ruled.rule.id != target:
            return  # the old words are cited
        lost = tuple(self._lost(target, new, ruled.rule.repeals))
        if not lost:
            return
        found = lint("lint_lossy", (ruled.rule.id, *lost), target=target, lost=lost)
        yield self._witnessed(found, ruled)

    def _lost(self, identity: str, new: Mapping[str, Clause], repealed: tuple[str, ...]) -> Iterator[str]:
        """The parts below a clause of which nothing is left, the uppermost alone."""
        for part in self._known[identity].parts:
            if part in new or part in repealed or part not in self._known:
                continue
            leaves = [c for c in below(self._known, part) if _measures(c)]
            old = [c for c in below(self._known, identity) if _measures(c)]
            left = [leaf for leaf in leaves if leaf.id in new or self._restated(leaf, new, old)]
            if leaves and not left:
                yield part
            elif leaves and len(left) < len(leaves):
                yield from self._lost(part, new, repealed)

    def _restated(self, leaf: Clause, new: Mapping[str, Clause], old: Sequence[Clause]) -> bool:
        """Whether new words demand the same sort of thing, or another degree in the place of the one."""
        if any(_same(leaf, clause, self._known) for clause in new.values()):
            return True
        others = [c for c in new.values() if c.measures == leaf.measures == "qualification"]
        return any(not any(_same(was, clause, self._known) for was in old) for clause in others)

    def _witnessed(self, found: Lint, ruled: Ruled) -> Lint:
        """The finding with a person whom the rule touches on its first day, if one is found."""
        day = since(ruled)
        sides = [Side(self._kb(on), day) for on in (day - _ONE_DAY, day)]
        for position in Difference(*sides).positions:
            for affected in (position.losses, position.gains):
                if affected.witness is not None:
                    return replace(found, witness=affected.witness, proved=False)
        return found

    def _without_effect(self, ruled: Ruled, target: str) -> Iterator[Lint]:
        """An amendment of what nothing uses on any day of it."""
        users = [clause for clause in self._known.values() if target in clause.needs()]
        opened = {*self.book.kb.posts.values(), *(r.bare[0].id for r in self.book.rules if r.rule.posts)}
        if target in opened or not users:
            return
        until = ruled.rule.until or date.max
        days = [since(ruled), *(d for d in days_of_change(self.book) if since(ruled) < d <= until)]
        for day in days:
            layer = self.book.on(day)
            mine = {target, ruled.bare[0].id, layer.replaced.get(target, target)}
            clauses = self._whole(day).clauses
            if any(not mine.isdisjoint(c.needs()) for c in clauses.values() if c.id not in mine):
                return
        others = [
            other.rule.id
            for other in self.book.counting(since(ruled))
            if other is not ruled and other.rule.amends is not None and other.rule.amends in self._known
            if target in {c.id for c in below(self._known, other.rule.amends)} | set(other.rule.repeals)
        ]
        ids = (*others, ruled.rule.id)
        yield lint("lint_without_effect", ids, target=target, rule=ruled.rule.id, others=tuple(others))

    def _repealed(self, ruled: Ruled) -> Iterator[Lint]:
        """Rules that refer to a clause which another repeals."""
        for target in ruled.rule.repeals:
            home = self._owner.get(target)
            for clause in self._known.values():
                owner = self._owner.get(clause.id)
                if target not in clause.needs() or owner is home or owner is ruled or owner is None:
                    continue
                if owner.rule.until is not None and owner.rule.until < since(ruled):
                    continue
                ids = (owner.rule.id, ruled.rule.id, target)
                yield lint("lint_cites_repealed", ids, day=max(since(ruled), since(owner)))


def _measures(clause: Clause) -> bool:
    return clause.measures is not None


def _same(one: Clause, other: Clause, clauses: Mapping[str, Clause]) -> bool:
    """Whether two leaves measure the same sort of thing: a number, a field or a post may differ."""
    if one.measures != other.measures:
        return False
    if one.expression is not None and other.expression is not None:
        return expression(clauses, one.expression) == expression(clauses, other.expression)
    if one.expression is not None or other.expression is not None:
        return False
    mine, its = ({what for what in c.counts if what.name not in _QUALIFIERS} for c in (one, other))
    if one.measures == "qualification":
        mine, its = ({what for what in c if what.name == "degree"} for c in (mine, its))
    return not mine.isdisjoint(its) or (not mine and not its)
