"""What can matter on the way to a position: posts whose time its clauses count, posts on the way to those, acts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from lgreason.reasoning.persons.eligibility import Judge
from lgreason.reasoning.persons.path_ledger import Act, Acts, Ledger
from lgreason.rules.model import Clause


def useful_posts(judge: Judge, ledger: Ledger, targets: Iterable[str], avoid: frozenset[str]) -> list[str]:
    """The positions that can serve on the way to the targets, lowest first.

    A post serves another if a clause of the other counts it and it does not stand above it in its own series.
    """
    ranks, series = judge.vocabulary.ranks, judge.vocabulary.series
    found: dict[str, None] = {}
    waiting = list(targets)
    seen: set[str] = set()
    while waiting:
        target = waiting.pop()
        if target in seen:
            continue
        seen.add(target)
        for _, clause, _ in ledger.leaves(judge.kb.posts[target]):
            for post in ledger.feeding(clause):
                below = series(post) != series(target) or ranks.get(post, 0) <= ranks.get(target, 0)
                if below and post != target and post not in avoid:
                    found[post] = None
                    waiting.append(post)
    return sorted(found, key=lambda post: (ranks.get(post, 0), post))


def useful_acts(judge: Judge, ledger: Ledger, positions: Iterable[str]) -> list[Act]:
    """The degrees and the work that bring a clause of these positions earlier than the record alone, lowest first."""
    order = judge.vocabulary.ids("degree")
    found: dict[Act, None] = {}
    for position in positions:
        for _, clause, bound in ledger.leaves(judge.kb.posts[position]):
            without = ledger.reach(clause, bound, (), ()).since
            for act in _acts_of(clause):
                since = ledger.reach(clause, bound, (), (act,)).since
                if since is not None and (without is None or since < without):
                    found[act] = None
    return sorted(
        found, key=lambda act: (act.kind, order.index(act.degree) if act.degree else 0, act.choices)
    )


def _acts_of(clause: Clause) -> Iterator[Act]:
    """What a clause names first; a higher degree that shows a lower one is asked for by a clause of its own."""
    named: dict[str, list[str]] = {}
    for what in clause.counts:
        if what.args:
            named.setdefault(what.name, []).append(str(getattr(what.args[0], "name", what.args[0])))
    if clause.measures == "qualification" and "degree" in named:
        any_field = any(what.name == "any_field" for what in clause.counts)
        yield Act("obtain", () if any_field else tuple(named.get("field", ())), named["degree"][0])
    elif clause.measures == "experience" and "work" in named:
        yield Act("work", tuple(named["work"]))


def earliest_entries(
    ledger: Ledger, posts: Iterable[str], acts: Acts, moves: int, known: bool = True
) -> list[dict[str, date]]:
    """For 0, 1, 2, … moves: for each position a day before which no career of so many moves reaches it.

    Every post is supposed to be held beside all others from its own such day on, so no real career is earlier. The
    last of the list holds for any greater number of moves too.
    """
    roots = ledger.judge.kb.posts
    entries: list[dict[str, date]] = [{}]
    while len(entries) <= moves:
        entry = dict(entries[-1])
        for post in posts:
            reaches = ledger.at_best(roots[post], (), acts, entries[-1], known)
            day = ledger.judge.first_day(roots[post], reaches, ledger.first_move)
            if day is not None and day < entry.get(post, date.max):
                entry[post] = day
        if entry == entries[-1]:
            break
        entries.append(entry)
    return entries
