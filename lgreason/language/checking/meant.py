"""Checks that no word of a sentence is idle: a committee or a clause that is named is meant, or refused."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TypeGuard

from lgreason.language.book.rulebook import Book
from lgreason.language.clauses.stating import Ruled
from lgreason.language.grammar.nodes import Node, WordNode
from lgreason.language.reading.faults import Fault
from lgreason.language.statements.splitting import SourceText


def committees(book: Book) -> Iterator[tuple[SourceText, Fault]]:
    """A post or a field is accepted by one committee: records do not tell which, so all are named."""
    every = tuple(identity for category, identity in book.kb.names if category == "committee")
    for ruled, node in _nodes(book, "committees"):
        if set(node.words("COMMITTEE_NAME")) != set(every):
            names = tuple(book.kb.names["committee", c].into(ruled.rule.language) for c in every)
            yield (
                ruled.source,
                Fault("rule_committee_some", node.span or ruled.rule.span, {"committees": names}),
            )


def joint_decisions(book: Book) -> Iterator[tuple[SourceText, Fault]]:
    """«โดยคณะกรรมการกลางต้องมีมติร่วมกัน» after a list: of all its items, or of the last?

    It is the last one's where each item begins a line of its own and the words stand on the line of that item.
    """
    for ruled, list_ in _nodes(book, "all", "any", "none", "k_of"):
        items = list_.nodes("item")
        if len(items) < 2 or any(_joint(item) for item in items[:-1]):
            continue
        if (joint := _joint(items[-1])) is None or joint.span is None:
            continue
        every = [node.span[0] for node in list_.walk() if _is_item(node) and node.span is not None]
        if max(every) > joint.span[0]:
            continue  # it stands before the last item, in one that is settled where it ends
        text = ruled.source.text
        starts = [item.span[0] for item in items if item.span is not None]
        apart = all("\n" in text[before:after] for before, after in pairwise(starts))
        if not apart or "\n" in text[max(every) : joint.span[0]]:
            yield ruled.source, Fault("rule_joint_of_which", joint.span)


def _is_item(node: Node | WordNode) -> TypeGuard[Node]:
    return isinstance(node, Node) and node.kind == "item"


def _joint(node: Node) -> Node | None:
    return next((part for part in node.walk() if isinstance(part, Node) and part.kind == "jointly"), None)


def posts_under(book: Book) -> Iterator[tuple[SourceText, Fault]]:
    """A post «ตามข้อ ๓» is the one for which that clause qualifies."""
    qualifies = dict(book.kb.posts)
    qualifies |= {post: ruled.rule.id for ruled in book.rules for post in ruled.rule.posts}
    for ruled, node in _nodes(book, "position_under"):
        post, clause = (word for word in node.parts if isinstance(word, WordNode))
        if not clause.value[:1].isdigit() and qualifies.get(post.value) != clause.value:
            args = {"position": book.kb.names["position", post.value], "clause": clause.value}
            yield ruled.source, Fault("rule_post_not_under", clause.span or ruled.rule.span, args)


def levels(book: Book) -> Iterator[tuple[SourceText, Fault]]:
    """A level that stands with the one before it, «ระดับชำนาญงาน หรือระดับอาวุโส», is one of the same type."""
    ranks = set(book.lexicon.ids("RANK_NAME"))
    for ruled, node in _nodes(book, "levels"):
        (rank,) = node.words("RANK_NAME")
        kind = rank.partition(".")[0]
        for word in node.parts:
            if (
                isinstance(word, WordNode)
                and word.kind == "LEVEL_NAME"
                and f"{kind}.{word.value}" not in ranks
            ):
                of_type = [other.partition(".")[2] for other in sorted(ranks) if other.startswith(f"{kind}.")]
                names = tuple(book.kb.names["level", level].into(ruled.rule.language) for level in of_type)
                yield (
                    ruled.source,
                    Fault("rule_level_of_type", word.span or ruled.rule.span, {"levels": names}),
                )


def _nodes(book: Book, *kinds: str) -> Iterator[tuple[Ruled, Node]]:
    for ruled in book.rules:
        for top in (ruled.rule.node, *ruled.rule.table):
            for node in top.walk() if top is not None else ():
                if isinstance(node, Node) and node.kind in kinds:
                    yield ruled, node
