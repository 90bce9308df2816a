"""Several mistakes of one sentence: each is put right as it most likely was meant, and the sentence is read on.

A change is proposed only if the sentence makes sense beyond it: a like word in the place of an unknown one, a word
that is missing, a word too many.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lgreason.language.grammar.nodes import Node
from lgreason.language.reading.faults import Edit, Fault
from lgreason.language.reading.sentences import Sentences
from lgreason.words.plain import is_thai

MOST_MENDED = 8
"""So many mistakes of one sentence are told."""
MOST_TRIED = 120
"""So many changes are tried for one mistake."""
LONGEST_TRIED = 2_000
"""A sentence of more characters is not read again and again."""


@dataclass(frozen=True, slots=True)
class _Tried:
    """A change of the text, and the text that it makes."""

    edit: Edit
    text: str
    left: int  # how many signs are not understood then; -1 if all is


def read_on(sentences: Sentences, written: str, offset: int = 0) -> Node | tuple[Fault, ...]:
    """What a sentence says, or everything that is wrong with it; `offset` is where it begins in its file."""
    said = sentences.read(written, offset)
    if isinstance(said, Node):
        return said
    if said.stuck is None and said.code != "rule_item_order":
        return (said,)
    found: list[Fault] = []
    edits: list[Edit] = []  # in the text as it was, one after another
    text = written
    fault: Node | Fault = sentences.read(text)
    while isinstance(fault, Fault) and len(found) < MOST_MENDED:
        mended = _mended(sentences, text, fault) if len(written) <= LONGEST_TRIED else None
        if mended is None:
            found.append(_moved(fault, edits, offset, len(written)))
            break
        tried, told = mended
        edit = Edit(_back(tried.edit.start, edits), _back(tried.edit.end, edits), tried.edit.text)
        placed = _moved(told, edits, offset, len(written))
        shifted = Edit(edit.start + offset, edit.end + offset, edit.text)
        found.append(
            replace(placed, edits=(shifted,), suggestion=tried.edit.text.strip() or placed.suggestion)
        )
        edits.append(edit)
        text, fault = tried.text, sentences.read(tried.text)
    return tuple(found)


def _mended(sentences: Sentences, text: str, fault: Fault) -> tuple[_Tried, Fault] | None:
    """The likeliest change with which the sentence makes sense further on, and the fault told with it."""
    best: _Tried | None = None
    fits: list[str] = []
    rank = put = 0
    for edit, sort, kind in _changes(text, fault):
        if best is not None and kind > rank:
            break
        tried = _try(sentences, text, edit, fault)
        if tried is None:
            continue
        if sort:
            fits.append(sort)
            put += 1
        if best is None or tried.left < best.left:
            best, rank = tried, kind
    if best is None or (fault.code == "rule_incomplete" and put > 1):
        return None  # which of several words is missing only the author knows
    expected = fault.args.get("expected")
    if fits and isinstance(expected, tuple):
        # What could stand there and lets the rest make sense comes first.
        known = {str(one).rstrip(">").partition(":")[0]: str(one) for one in expected}
        firsts = list(dict.fromkeys(known.get(fit.rstrip(">"), fit) for fit in fits))[:MOST_MENDED]
        rest = [one for one in expected if one not in firsts]
        fault = replace(fault, args={**fault.args, "expected": (*firsts, *rest)})
    return best, fault


def _changes(text: str, fault: Fault) -> Iterator[tuple[Edit, str, int]]:
    """What may have been meant, with the sort of word: a like word, then one that is missing, then one too many."""
    start, end = fault.span
    if fault.code == "rule_item_order" and fault.suggestion:
        yield Edit(start, end, fault.suggestion), "", 0
        return
    stuck = fault.stuck
    if stuck is None:
        return
    for word, (begin, stop) in stuck.near:
        yield Edit(begin, stop, word), "", 0
    if re.match(r"\(?[0-9๐-๙ก-ฮa-z]{1,2}[).]", text[start:]):
        return  # nothing but a whole item can stand before the next
    place = len(text.rstrip()) if fault.code == "rule_incomplete" and end >= len(text.rstrip()) else start
    for word, sort in stuck.fitting[:MOST_TRIED]:
        before = text[:place]
        joined = not before or before[-1].isspace() or is_thai(before[-1])
        after = text[place:].strip()
        apart = after and not (is_thai(word[-1]) and is_thai(after[0]) and not before.strip())
        yield Edit(place, place, f"{'' if joined else ' '}{word}{' ' if apart else ''}"), sort, 1
    if fault.code == "rule_unexpected":  # an unknown word was meant to say something
        yield Edit(start, end, ""), "", 2


def _try(sentences: Sentences, text: str, edit: Edit, fault: Fault) -> _Tried | None:
    """A change tried; none if the sentence makes no more sense with it than before."""
    changed = text[: edit.start] + edit.text + text[edit.end :]
    looks, sentences.looks = sentences.looks, 0
    said = sentences.read(changed)
    sentences.looks = looks
    if isinstance(said, Node):
        return _Tried(edit, changed, -1)
    if said.code == "rule_item_order" and fault.code == "rule_item_order" and said.span[0] <= fault.span[0]:
        return None
    if said.stuck is None and said.code not in ("rule_unknown_word", "rule_unexpected", "rule_incomplete"):
        reached = said.span[0]
    else:
        reached = len(changed) if said.code == "rule_incomplete" else said.span[0]
    # The change must carry the reading over some of the text that was there.
    if reached <= edit.start + len(edit.text) + 1 or (
        said.code == "rule_incomplete" and edit.start == edit.end
    ):
        return None
    return _Tried(edit, changed, len(changed) - reached)


def _back(position: int, edits: list[Edit]) -> int:
    """Where a position of the changed text stood before the changes."""
    moved = 0
    for edit in edits:
        begins = edit.start + moved
        if position < begins:
            break
        if position < begins + len(edit.text):
            return edit.start
        moved += len(edit.text) - (edit.end - edit.start)
    return position - moved


def _moved(fault: Fault, edits: list[Edit], offset: int, most: int) -> Fault:
    """A fault of the changed text at its place in the file."""
    start, end = (min(most, _back(position, edits)) for position in fault.span)
    return replace(fault, span=(offset + start, offset + max(start, end)), stuck=None)
