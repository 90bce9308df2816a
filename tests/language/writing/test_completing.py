"""Rules completed where they are being written: heads, keys, words of the grammar and of the vocabulary."""

from __future__ import annotations

import pytest

from lgreason.language.writing.completing import Completer, identity_at
from lgreason.rules.knowledge import Library

COMPLETER = Completer(Library().under())
RULE = "กฎ x.y\n  "


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("ก", "กฎ"),
        (f"{RULE}เอ", "เอกสาร: "),
        (f"{RULE}กำ", "กำหนดว่า"),
        (f"{RULE}กำหนดว่า ต้องดำรงตำแหน่งประเภทวิ", "ประเภทวิชาการ"),
        (f"{RULE}กำหนดว่า ต้องได้รับปริญญาโทในสาขารัฐ", "รัฐประศาสนศาสตร์"),
        ("rule x.y\n  provides that must hold a bac", "bachelor's degree"),
    ],
)
def test_what_was_begun_is_completed(text: str, offered: str) -> None:
    found = {each.text: each.start for each in COMPLETER.complete(text, len(text))}
    assert offered in found
    begun = text[found[offered] :]
    assert offered.startswith(begun)


def test_nothing_is_offered_where_nothing_fits() -> None:
    for text in (f"{RULE}กำหนดว่า คำแปลก อะไร", "  stray", f"{RULE}เอกสาร: x"):
        assert COMPLETER.complete(text, len(text)) == []


def test_every_word_offered_is_understood_by_the_grammar() -> None:
    """Whatever is offered after whole words, put there, leads further than before."""
    text = f"{RULE}กำหนดว่า ต้องดำรงตำแหน่งประเภทวิชาการ "
    found = COMPLETER.complete(text, len(text))
    assert found
    for each in found[:10]:
        longer = text[: each.start] + each.text
        assert COMPLETER.complete(longer, len(longer)), each


def test_the_id_at_a_place() -> None:
    text = "ตามข้อ std.x.q1.2 หรือ A-05"
    assert identity_at(text, 12) == "std.x.q1.2" and identity_at(text, len(text)) == "A-05"
    assert identity_at(text, 2) is None
