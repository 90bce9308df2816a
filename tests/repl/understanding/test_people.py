"""Thai names in Latin letters are heard by their consonants and vowels; titles and ranks are no part of a name."""

from __future__ import annotations

import pytest

from lgreason.repl.lexicon import without_title
from lgreason.repl.understanding.people import Sounds

NAMES = (
    "กาญจนา",
    "ธีระ",
    "ปิยะดา",
    "พรทิพย์",
    "มณีรัตน์",
    "วิชัย",
    "สุรเดช",
    "สุรชัย",
    "ประสิทธิ์",
    "จันทร์เพ็ญ",
    "ณัฐพล",
    "เสาวลักษณ์",
)


@pytest.mark.parametrize(
    ("latin", "thai"),
    [
        ("kanchana", "กาญจนา"),
        ("theera", "ธีระ"),
        ("teera", "ธีระ"),
        ("pornthip", "พรทิพย์"),
        ("phonthip", "พรทิพย์"),
        ("maneerat", "มณีรัตน์"),
        ("vichai", "วิชัย"),
        ("suradej", "สุรเดช"),
        ("surachai", "สุรชัย"),
        ("prasit", "ประสิทธิ์"),
        ("janpen", "จันทร์เพ็ญ"),
        ("natthapon", "ณัฐพล"),
        ("saowalak", "เสาวลักษณ์"),
    ],
)
def test_a_name_in_latin_letters_is_heard(latin: str, thai: str) -> None:
    assert Sounds({name: name for name in NAMES}).ids(latin) == (thai,)


@pytest.mark.parametrize("word", ["need", "unit", "note", "tour", "person", "section", "seem", "north", "we"])
def test_a_word_that_only_has_its_consonants_is_not(word: str) -> None:
    assert Sounds({name: name for name in (*NAMES, "อนุชา", "สมชาย")}).ids(word) == ()


@pytest.mark.parametrize(
    ("name", "title", "bare"),
    [
        ("จ.อ.วิชัย แสงทอง", "จ.อ.", "วิชัย แสงทอง"),
        ("พ.จ.อ. วิชัย", "พ.จ.อ.", "วิชัย"),
        ("จ่าเอก วิชัย", "จ่าเอก", "วิชัย"),
        ("ว่าที่ ร.ต. หญิง มาลี", "ว่าที่ ร.ต. หญิง", "มาลี"),
        ("นางสาวมาลี", "นางสาว", "มาลี"),
        ("Mr. John Smith", "Mr.", "John Smith"),
        ("Drake Smith", "", "Drake Smith"),
        ("คุณากร ใจดี", "", "คุณากร ใจดี"),
    ],
)
def test_what_a_name_begins_with_is_parted_from_it(name: str, title: str, bare: str) -> None:
    assert without_title(name) == (title, bare)
