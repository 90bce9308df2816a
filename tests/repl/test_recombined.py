"""Questions put together at random: other persons, posts, days, openers and endings mean the same with these changed;
a word twice never makes another question of one, nor does a word left out give it another person, post or day.
"""

from __future__ import annotations

import random
from functools import cache
from typing import Any

import pytest

from lgreason.repl.conversation import Conversation
from lgreason.repl.understanding.lattice import Lattice
from lgreason.repl.understanding.patterns import FILLER
from lgreason.repl.understanding.tokens import Token
from lgreason.words.plain import plain
from tests.repl.plainly import POSTS, plain_rows
from tests.repl.scoring import HERE, TODAY, conversation, why_not

PERSONS = {
    "อนุชา": "อนุชา",
    "นายธีระ": "ธีระ",
    "คุณกาญจนา": "กาญจนา",
    "มณีรัตน์ วงศ์ไพบูลย์": "มณีรัตน์",
    "พี่สุรเดช": "สุรเดช",
    "นางพรทิพย์": "พรทิพย์",
    "วิชัย": "วิชัย",
    "ดร.ปิยะดา": "ปิยะดา",
}
TITLES = {
    "หัวหน้าฝ่าย": "SH",
    "หน.ฝ่าย": "SH",
    "ผอ.กองต้น": "ED",
    "ผู้อำนวยการกอง ระดับต้น": "ED",
    "ผอ.กองระดับกลาง": "MD",
    "ผู้อำนวยการกองกลาง": "MD",
    "ผอ.ส่วน": "MP",
    "ผอ.สำนัก": "HO",
    "ผู้อำนวยการสำนัก ระดับสูง": "HO",
}
DAYS = {
    "1 ตุลาคม 2570": "2027-10-01",
    "๓๐ กันยายน ๒๕๗๑": "2028-09-30",
    "1 ต.ค. 70": "2027-10-01",
    "2028-01-15": "2028-01-15",
}
OPENERS = ("", "รบกวนสอบถามค่ะ ", "ช่วยดูให้หน่อยว่า", "อยากทราบว่า", "พี่คะ ", "ขอถามหน่อยครับ ")
ENDINGS = ("", "คะ", "ครับ", "นะคะ")
FORMS = {
    "{p}เป็น{t}ได้ไหม": "check",
    "ณ วันที่ {d} {p}มีสิทธิเป็น{t}หรือไม่": "check",
    "{p}มีคุณสมบัติครบเป็น{t}หรือยัง": "check",
    "ทำไม{p}ยังขึ้น{t}ไม่ได้": "why",
    "{p}ติดอะไรถึงเป็น{t}ไม่ได้": "why",
    "{p}จะเป็น{t}ได้เมื่อไหร่": "when",
    "อีกกี่ปี{p}ถึงจะขึ้น{t}ได้": "when",
    "{p}ต้องทำอย่างไรถึงจะเป็น{t}ได้": "how",
    "{p}เป็น{t}มากี่ปีแล้ว": "service",
    "{p}เคยเป็น{t}ไหม": "service",
    "ขอดูเส้นทางของ{p}ไปเป็น{t}": "path",
    "{t}ต้องมีคุณสมบัติอะไรบ้าง": "requirements",
    "ใครเป็น{t}ได้บ้าง": "people",
    "ภายใน {d} ใครจะครบ{t}บ้าง": "upcoming",
    "ทำบันทึกข้อความเรื่อง{p}กับตำแหน่ง{t}": "memo",
    "เทียบ{p}กับ{q}ในตำแหน่ง{t}": "compare",
}
FEW = 30


@cache
def _talk() -> Conversation:
    return conversation("th")


def _asked(line: str) -> dict[str, Any]:
    """The meaning of a line that nothing goes before."""
    talk = Conversation(_talk().session.altered())
    talk.session.today = TODAY
    talk._memory.share(_talk()._memory)
    return talk.answer(line).document


def made(number: int) -> tuple[str, dict[str, Any]]:
    """A question put together with a seed, and what it means."""
    pick = random.Random(number)
    form = pick.choice(list(FORMS))
    person, other = pick.sample(list(PERSONS), 2)
    title, day = pick.choice(list(TITLES)), pick.choice(list(DAYS))
    line = form.format(p=person, q=other, t=title, d=day)
    if pick.random() < 0.3:
        line = line.replace(" ", "")
    means: dict[str, Any] = {"ask": FORMS[form], "position": POSTS[TITLES[title]]}
    means |= {"person": PERSONS[person]} if "{p}" in form else {}
    means |= {"others": [PERSONS[other]]} if "{q}" in form else {}
    means |= {"by" if FORMS[form] == "upcoming" else "as_of": DAYS[day]} if "{d}" in form else {}
    return f"{pick.choice(OPENERS)}{line}{pick.choice(ENDINGS)}", means


@pytest.mark.parametrize("seed", range(0, FEW, 10))
def test_what_is_put_together_means_what_its_parts_do(seed: int) -> None:
    for number in range(seed, seed + 10):
        line, means = made(number)
        got = _asked(line)
        assert got["understood"], line
        assert why_not(means, got) == "", line


SLOTS = ("person", "position", "organisation", "as_of", "by", "about")


@cache
def _lines() -> tuple[str, ...]:
    """Lines of a corpus that begin a conversation and are answered."""
    sets = (HERE / "fresh" / f"{name}.txt" for name in ("third", "fifth", "sixth"))
    rows = [r for each in sets for r in plain_rows(each) if r["ask"] and r["lang"] == "th"]
    firsts = {r["dialogue"]: r["text"] for r in reversed(rows)}
    return tuple(reversed(firsts.values()))


def _tokens(line: str) -> tuple[str, tuple[Token, ...]]:
    text = plain(line).text
    return text, next(iter(Lattice(text, _talk().lexicon, TODAY).ways(1))).tokens


@pytest.mark.parametrize("seed", range(0, FEW, 10))
def test_a_word_twice_makes_no_other_question(seed: int) -> None:
    for number in range(seed, seed + 10):
        pick = random.Random(number)
        whole = pick.choice(_lines())
        text, tokens = _tokens(whole)
        token = pick.choice(tokens)
        if token.number is not None:
            continue  # a digit twice is another number
        line = f"{text[: token.end]}{text[token.start :]}"
        before, got = _asked(whole), _asked(line)
        if before["understood"] and got["understood"]:
            assert {k: got.get(k) for k in ("ask", *SLOTS)} == {k: before.get(k) for k in ("ask", *SLOTS)}, (
                line
            )


@pytest.mark.parametrize("seed", range(0, FEW, 10))
def test_a_word_left_out_gives_no_other_person_post_or_day(seed: int) -> None:
    for number in range(seed, seed + 10):
        pick = random.Random(number)
        whole = pick.choice(_lines())
        text, tokens = _tokens(whole)
        token = pick.choice(tokens)
        line = f"{text[: token.start]}{text[token.end :]}"
        before, got = _asked(whole), _asked(line)
        if not (before["understood"] and got["understood"]) or before["ask"] == "compare":
            continue  # of several persons compared the others are left
        today = {"as_of": TODAY.isoformat()}  # what is meant where no day is named
        for slot in SLOTS[:-1]:
            if got.get(slot) not in (None, today.get(slot)):
                assert got[slot] == before.get(slot), (whole, line, slot)
        if token.tags == {FILLER}:
            assert got["ask"] == before["ask"], (whole, line)
