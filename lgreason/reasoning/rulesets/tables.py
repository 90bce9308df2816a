"""What is wrong with what rules say of the posts of organisations, table by table."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import combinations
from typing import NamedTuple

from lgreason.files.organisation.organisation import LEVELS
from lgreason.rules.declared import word
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.model import Clause
from lgreason.rules.terms import Fn, Value


class TableFault(NamedTuple):
    """A code, the clauses that it is of, and what is said of them."""

    code: str
    clauses: tuple[str, ...]
    scope: Value
    post: str
    number: int | None = None


class _Limit(NamedTuple):
    scope: Value
    clause: Clause
    post: str
    level: str | None
    most: int


def faults_of_tables(kb: KnowledgeBase, impossible: Collection[str]) -> Iterator[TableFault]:
    """Numbers beside older ones, posts both opened and ruled out, and kinds without any valid structure.

    `impossible` are the clauses that nothing can meet.
    """
    limits = list(_limits(kb))
    for one, other in combinations(limits, 2):
        same = (one.scope, one.post, one.level) == (other.scope, other.post, other.level)
        if same and one.clause.id != other.clause.id:
            larger, smaller = sorted((one, other), key=lambda limit: (-limit.most, limit.clause.id))
            ids = (smaller.clause.id, larger.clause.id)
            yield TableFault("lint_quota_beside", ids, one.scope, one.post, smaller.most)
    yield from _above_the_whole(limits)
    yield from _two_levels(kb)
    opened = [
        (scope, word(post), word(level), str(clause)) for scope, post, level, clause in kb.rows("opens")
    ]
    for limit in limits:
        if limit.most == 0:
            for scope, post, level, clause in opened:
                if (scope, post) == (limit.scope, limit.post) and limit.level in (None, level):
                    yield TableFault("lint_none_opened", (limit.clause.id, clause), scope, post)
    yield from _without_structure(kb, limits, impossible)


def _above_the_whole(limits: list[_Limit]) -> Iterator[TableFault]:
    """Numbers at one level that are no less than the number of the post at all levels: they limit nothing."""
    for one in limits:
        if one.level is None:
            continue
        for whole in limits:
            same = whole.level is None and (whole.scope, whole.post) == (one.scope, one.post)
            if same and 0 < whole.most < one.most:
                yield TableFault(
                    "lint_number_idle", (one.clause.id, whole.clause.id), one.scope, one.post, whole.most
                )


def _two_levels(kb: KnowledgeBase) -> Iterator[TableFault]:
    """A post of one kind of organisation that two clauses each set, without condition, at levels of their own."""
    opened: dict[tuple[Value, str], list[tuple[str, str]]] = {}
    for scope, post, level, identity in kb.rows("opens"):
        clause = kb.clauses.get(str(identity))
        if clause is not None and clause.says == Fn("all") and not clause.parts:
            opened.setdefault((scope, word(post)), []).append((word(level), clause.id))
    for (scope, of), rows in opened.items():
        for one, other in combinations(rows, 2):
            if one[0] != other[0] and one[1] != other[1]:
                yield TableFault("lint_two_levels", (one[1], other[1]), scope, of)


def _limits(kb: KnowledgeBase) -> Iterator[_Limit]:
    for scope, identity in kb.rows("limits"):
        clause = kb.clauses.get(str(identity))
        if clause is None or clause.measures != "planned" or len(clause.counts) != 1:
            continue
        post, *level = (word(arg) for arg in clause.counts[0].args)
        for _, bound in clause.bounds():
            if bound.relation == "at_most":
                yield _Limit(scope, clause, post, level[0] if level else None, bound.value)


def _without_structure(
    kb: KnowledgeBase, limits: list[_Limit], impossible: Collection[str]
) -> Iterator[TableFault]:
    """Kinds of organisations of which a post that all have can be at no level."""
    opens: dict[tuple[Value, str], dict[str, list[str]]] = {}
    for scope, post, level, clause in kb.rows("opens"):
        opens.setdefault((scope, word(post)), {}).setdefault(word(level), []).append(str(clause))
    for (scope, post), levels in opens.items():
        if post not in kb.kinds.single:  # every organisation has it
            continue
        ruled_out = {
            level: limit.clause.id
            for limit in limits
            if limit.scope == scope and limit.post == post and limit.most == 0
            for level in ([limit.level] if limit.level else LEVELS)
        }
        why: list[str] = []
        for level, clauses in levels.items():
            dead = [c for c in clauses if c in impossible] or [ruled_out.get(level, "")]
            why.append(dead[0])
        if all(why):
            yield TableFault("lint_no_structure", tuple(dict.fromkeys(why)), scope, post)


def kind_of(scope: Value) -> tuple[str, str | None]:
    """The type of organisation of a scope, and what it is divided by."""
    assert isinstance(scope, Fn)
    return scope.name, word(scope.args[0]) if scope.args else None
