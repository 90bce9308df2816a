"""What in the careers of a table is likely a slip, entry by entry, as a person's file warns of it (`careers`).

A post that another followed has no last day; two posts were held at once; a level stands before there were any; a
post began before its time was complete. Only what may change a verdict is told of; gaps are not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial

import numpy as np

from lgreason.files.person.person import Posting
from lgreason.reasoning.cases.counting import ONE_DAY, Duration
from lgreason.reasoning.persons.explain import Explanation
from lgreason.reasoning.screening.calendar import FOREVER, NEVER, Flags, Ints, day_number, day_of
from lgreason.reasoning.screening.decided import Root, codes
from lgreason.reasoning.screening.entries import EntriesOfMany, substantive
from lgreason.reasoning.screening.reaches import FAILS
from lgreason.reasoning.screening.screener import Batch
from lgreason.reasoning.screening.spans import APART

Warned = tuple[int, int, str]
"""A person by row, an entry of the postings by number, and the code of the warning."""


def warned(batch: Batch) -> list[Warned]:
    """The warnings of a table, in the order of its persons and their entries."""
    posts = next(each for each in batch.entries if each.list == "postings")
    alone = substantive(posts.kind, posts.kinds)
    found = [
        *_each("person_still_held", posts, posts.until < posts.end),
        *_each("person_overlaps", posts, _overlaps(posts, alone)),
        *_each("person_level_too_early", posts, _too_early(posts, batch)),
        *_each("person_promoted_early", posts, _promoted(batch, posts, alone)),
    ]
    return sorted(found)


def _each(code: str, posts: EntriesOfMany, which: Flags) -> Iterator[Warned]:
    rows = np.nonzero(which)[0]
    for person, number in zip(posts.owner[rows].tolist(), posts.number[rows].tolist(), strict=True):
        yield person, number, code


def _overlaps(posts: EntriesOfMany, alone: Flags) -> Flags:
    """Which posts held alone end only after the next of the person has begun."""
    dated = np.nonzero(alone & (posts.start != NEVER))[0]
    order = dated[np.argsort(posts.owner[dated] * APART + posts.start[dated], kind="stable")]
    one, other = order[:-1], order[1:]
    ends = (posts.end[one] != FOREVER) & (posts.end[one] != posts.end[other])
    found = np.zeros(len(posts.owner), dtype=bool)
    found[one] = (posts.owner[one] == posts.owner[other]) & ends & (posts.start[other] <= posts.end[one])
    return found


def _too_early(posts: EntriesOfMany, batch: Batch) -> Flags:
    """Which posts of a level, told as such, began before there were levels."""
    since = day_number(batch.screener.judge.vocabulary.c_levels_end + timedelta(days=1))

    def typed(post: Posting) -> bool:
        return post.level is not None and post.c_level is None and post.position is None

    return _of_kind(posts, batch, typed) & (posts.start < since)


def _promoted(batch: Batch, posts: EntriesOfMany, alone: Flags) -> Flags:
    """Which posts of the positions asked for began before the person's time for them was complete."""
    found = np.zeros(len(posts.owner), dtype=bool)
    begun = np.full(len(posts.absent), NEVER, dtype=np.int64)
    dated = alone & (posts.start != NEVER)
    np.minimum.at(begun, posts.owner[dated], posts.start[dated])
    for position in batch.screener.positions:
        own = dated & _of_kind(posts, batch, partial(_is, position))
        first = np.full(len(begun), NEVER, dtype=np.int64)
        np.minimum.at(first, posts.owner[own], posts.start[own])
        own &= (posts.start == first[posts.owner]) & (begun[posts.owner] < posts.start)
        rows = np.nonzero(own & _in_force(posts, position, batch))[0]
        if len(rows):
            found[rows] = _short_of_time(batch, posts, position, rows)
    return found


def _is(position: str, post: Posting) -> bool:
    return post.position == position


def _in_force(posts: EntriesOfMany, position: str, batch: Batch) -> Flags:
    """Which posts began when the standard was in force, and not after the day asked."""
    judge, day = batch.screener.judge, day_number(batch.screener.day)
    since = judge.kb.clauses[judge.kb.posts[position]].in_force
    found: Flags = (posts.start > day_number(since)) & (posts.start <= day)
    return found


def _short_of_time(batch: Batch, posts: EntriesOfMany, position: str, rows: Ints) -> Flags:
    """Of which posts time of service was surely short on the day before; who is alike is asked of one of them."""
    root: Root = batch.screener.root(position)
    before = posts.start[rows] - 1
    vectors = codes(batch.reaches(root), posts.owner[rows], before)
    found: Flags = root.truths(vectors) == FAILS
    for vector in np.unique(vectors[found]).tolist():
        alike = np.nonzero(found & (vectors == vector))[0]
        known, key = batch.screener.short_of_time, (root.clause, vector)
        if key not in known:
            row = int(rows[alike[0]])
            person, day = batch.person(int(posts.owner[row])), day_of(int(posts.start[row])) - ONE_DAY
            known[key] = _lacks_service(Explanation(batch.screener.judges, person, position, day))
        found[alike] = known[key]
    return found


def _lacks_service(answer: Explanation) -> bool:
    return any(
        node.clause.measures == "service"
        and node.measurement is not None
        and isinstance(node.measurement.low, Duration)
        for node in answer.deciding
    )


def _of_kind(posts: EntriesOfMany, batch: Batch, wanted: Callable[[Posting], bool]) -> Flags:
    """The entries of the kinds that are wanted."""
    read = [batch.screener.kinds.posting(number) for number in batch.numbers["postings"].tolist()]
    kinds = np.array([post is not None and wanted(post) for post in read], dtype=bool)
    found: Flags = kinds[posts.kind] if len(kinds) else np.zeros(len(posts.kind), dtype=bool)
    return found
