"""Other trees that say what a sentence may have meant, where its own tree comes to nothing.

Nothing is left out: pieces change their places, a bare amount is bounded or is a time within which, and a word of
another fact is read as that of the fact that is spoken of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lgreason.language.grammar.nodes import Node, WordNode
from lgreason.language.lexicon.declared import Declared, Sense
from lgreason.language.meaning.pieces import NAMING
from lgreason.words.plain import Plain

Parts = tuple[Node | WordNode, ...]
_WINDOWS = frozenset({"last", "last_before", "last_year", "to_day", "to_eve", "each_of_last"})
_TIME = frozenset({"years", "months", "weeks", "days", "fiscal_years"})
_JOINING = frozenset({"and", "or"})
_PARTING = _JOINING | {"of_which", "save", "exempt", "whom", "adding", "leaving_out"}
MOST = 40


def varied(node: Node, declared: Declared, plain: Plain) -> Iterator[Node]:
    """The tree itself, and others; each kind of change is tried alone, then the first two together."""
    yield node
    stated = _row(node)
    if stated is None:
        return
    changes: tuple[Callable[[Parts], Iterator[Parts]], ...] = (
        _within_before,
        _of_the_last,
        lambda parts: _of_the_fact(parts, declared, plain),
        lambda parts: _fact_first(parts, declared),
        _windows_last,
        _bounded,
    )
    once = [(number, parts) for number, change in enumerate(changes) for parts in change(stated.parts)]
    yield from (_with(node, stated, parts) for _, parts in once[:MOST])
    for number, parts in once[:MOST]:
        for change in changes[number + 1 :]:
            yield from (_with(node, stated, more) for more in change(parts))


def worded(node: Node, declared: Declared) -> Iterator[Node]:
    """The tree in the order in which a sentence is best read: what is had first, times last; then as it is."""
    stated = _row(node)
    if stated is not None:
        last = next(_windows_last(stated.parts), stated.parts)
        for parts in (_having(last, declared), last, _having(stated.parts, declared)):
            yield _with(node, stated, parts)
    yield node


def _row(node: Node) -> Node | None:
    found = [part for part in node.nodes() if part.kind == "stated"]
    return found[0] if len(found) == 1 else None


def _with(node: Node, stated: Node, parts: Parts) -> Node:
    row = Node("stated", parts, stated.span)
    return Node(node.kind, tuple(row if part is stated else part for part in node.parts), node.span)


def _having(parts: Parts, declared: Declared) -> Parts:
    """The name of a fact that begins a row after the word that says that it is had."""
    at = next((n for n, part in enumerate(parts) if _kind(part) not in ("not", "ever")), len(parts))
    first = parts[at] if at < len(parts) else None
    if isinstance(first, WordNode) and any(s.kind in NAMING for s in declared.senses(first.value)):
        return (*parts[:at], Node("having"), *parts[at:])
    return parts


def _within_before(parts: Parts) -> Iterator[Parts]:
    """«๕ ปีก่อนวันสมัคร»: five years that end with that day's eve, not five years and a day."""
    for at in range(len(parts) - 1):
        first, second = parts[at : at + 2]
        if _kind(first) == "measure" and _kind(second) in ("to_eve", "to_day"):
            assert isinstance(first, Node)
            if first.nodes()[0].kind in _TIME:
                kind = "last_before" if _kind(second) == "to_eve" else "last"
                yield (*parts[:at], Node(kind, first.parts, first.span), *parts[at + 2 :])


def _of_the_last(parts: Parts) -> Iterator[Parts]:
    """«ไม่น้อยกว่า ๓ ครั้ง ในรอบ ๕ ครั้งหลังสุด»: three of the last five."""
    kinds = [_kind(part) for part in parts]
    for at, kind in enumerate(kinds):
        if kind != "at_least" or "latest" not in kinds[at:]:
            continue
        end = kinds.index("latest", at)
        last = next((n for n in range(at + 1, end) if kinds[n] in ("last", "measure")), None)
        if last is None:
            continue
        amounts = [part.nodes()[0] for part in (parts[at], parts[last]) if isinstance(part, Node)]
        if all(amount.kind == "count" for amount in amounts):
            words = tuple(word for amount in amounts for word in amount.parts)
            both = Node("of_last", words, parts[at].span)
            yield (*parts[:at], both, *parts[at + 1 : last], *parts[last + 1 : end], *parts[end + 1 :])


def _bounded(parts: Parts) -> Iterator[Parts]:
    """A bare amount is at least so much, or a time within which."""
    for at, part in enumerate(parts):
        if isinstance(part, Node) and part.kind == "measure":
            kinds = ("last", "at_least") if part.nodes()[0].kind in _TIME else ("at_least",)
            for kind in kinds:
                yield (*parts[:at], Node(kind, part.parts, part.span), *parts[at + 1 :])


def _windows_last(parts: Parts) -> Iterator[Parts]:
    moved = {
        at
        for at, part in enumerate(parts)
        if _kind(part) in _WINDOWS or (at and _kind(part) == "backward" and _kind(parts[at - 1]) in _WINDOWS)
    }
    windows = tuple(part for at, part in enumerate(parts) if at in moved)
    rest = tuple(part for at, part in enumerate(parts) if at not in moved)
    if any(_kind(part) in _PARTING for part in parts):
        return  # of which of the parts it is the time, only its place tells
    if windows and (*rest, *windows) != parts:
        yield (*rest, *windows)
    if windows and (*windows, *rest) != parts:
        yield (*windows, *rest)


def _fact_first(parts: Parts, declared: Declared) -> Iterator[Parts]:
    """The name of the fact before its values, after what says that it is had or not; only in one demand."""
    if any(_kind(part) in _JOINING for part in parts):
        return
    lead = 0
    while lead < len(parts) and _kind(parts[lead]) in ("having", "not", "lacking", "ever", "during"):
        lead += 1
    for at in range(lead + 1, len(parts)):
        part = parts[at]
        if isinstance(part, WordNode) and any(s.kind in NAMING for s in declared.senses(part.value)):
            yield (*parts[:lead], part, *parts[lead:at], *parts[at + 1 :])


def _of_the_fact(parts: Parts, declared: Declared, plain: Plain) -> Iterator[Parts]:
    """A word that is of another fact, read as the longest word in it that is of the fact spoken of."""
    for fact in _facts(parts, declared):
        other = tuple(_read_as(part, fact, declared, plain) for part in parts)
        if other != parts:
            yield other


def _facts(parts: Parts, declared: Declared) -> list[str]:
    found: dict[str, None] = {}
    for part in parts:
        if isinstance(part, WordNode):
            for sense in declared.senses(part.value):
                if sense.fact is not None:
                    found[sense.fact] = None
    return list(found)[:6]


def _read_as(part: Node | WordNode, fact: str, declared: Declared, plain: Plain) -> Node | WordNode:
    if not isinstance(part, WordNode) or part.kind != "TERM" or part.span is None:
        return part

    def fits(senses: tuple[Sense, ...]) -> bool:
        return any(
            sense.fact == fact or (sense.fact is None and declared.attribute_of(fact, sense.of) is not None)
            for sense in senses
        )

    if fits(declared.senses(part.value)):
        return part
    start, end = part.span
    text = plain.text[start:end]
    pieces = sorted(
        {text[i:j] for i in range(len(text)) for j in range(i + 2, len(text) + 1)}, key=len, reverse=True
    )
    for piece in pieces:
        if piece in declared.words and fits(declared.senses("|".join(declared.words[piece].ids))):
            return WordNode(part.kind, "|".join(declared.words[piece].ids), part.span)
    return part


def _kind(part: Node | WordNode) -> str:
    return part.kind if isinstance(part, Node) else ""
