"""Facts that the shipped knowledge base declares, spoken of in a conversation as those of a rule file are."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from lgreason.answers.session import Session
from lgreason.language.book.rulebook import read_book
from lgreason.language.statements.splitting import SourceText
from lgreason.repl.conversation import Conversation
from lgreason.rules.knowledge import Library
from lgreason.rules.model import Language

RULES = """นิยาม เอกสาร sample
  ชื่อ: "ประกาศสมมุติ" / "invented notice"
  ใช้บังคับ: ตั้งแต่ 1 มกราคม 2550

นิยาม สายงาน invented
  ชื่อ: "บริหารงานสมมุติ" / "invented administration"

{posts}"""
POST = """นิยาม ตำแหน่ง sample.p{number}
  ชื่อ: "หัวหน้าหน่วยที่ {number}" / "head of unit {number}"
  ประเภท: อำนวยการท้องถิ่น
  ระดับ: ต้น
  สายงาน: บริหารงานสมมุติ
  ลำดับ: {number}

กฎ sample.p{number}.q
  เอกสาร: sample
  ที่: "ข้อ {number}" / "item {number}"
  คุณสมบัติของ: หัวหน้าหน่วยที่ {number}
  กำหนดว่า {sentence}

"""
SENTENCES = (
    "ต้องมีใบอนุญาตประกอบวิชาชีพวิศวกรรมควบคุม ซึ่งยังไม่หมดอายุ ณ วันปิดรับสมัคร",
    "ต้องไม่เป็นบุคคลล้มละลาย",
    "ต้องมีสัญชาติไทย",
    "ต้องได้รับเงินเดือนไม่ต่ำกว่า ๒๕,๐๐๐ บาท",
    "ต้องไม่เคยถูกลงโทษไล่ออก",
)
TOLD: dict[int, tuple[str, str, str, str]] = {
    # the name of the fact and what is told of it, in Thai and in English
    1: (
        "ใบอนุญาตประกอบวิชาชีพ",
        "วิชาชีพวิศวกรรมควบคุม ตั้งแต่ 1 ม.ค. 2563 ถึง 1 มี.ค. 2569",
        "professional licences",
        "controlled engineering, from 1 Jan 2020 to 1 Mar 2026",
    ),
    3: ("สัญชาติ", "ไทย", "nationality", "Thailand"),
    4: ("เงินเดือน", "25,000 บาท ตั้งแต่ 1 ม.ค. 2568", "salary", "25,000 baht, from 1 Jan 2025"),
    5: ("โทษทางวินัย", "ไม่มี", "disciplinary penalties", "none"),
}


@cache
def library() -> Library:
    base, texts = Library(), enumerate(SENTENCES, 1)
    posts = "".join(POST.format(number=number, sentence=sentence) for number, sentence in texts)
    return base.with_rules(read_book([SourceText("sample.rules", RULES.format(posts=posts))], base))


def talk(language: Language, tmp_path: Path) -> Conversation:
    file = tmp_path / "malee.yaml"
    file.write_text("id: malee\nname: มาลี\nkind: person\n", encoding="utf-8")
    found = Conversation(Session(language, as_of=date(2026, 3, 1), library=library()))
    found.open(str(file))
    return found


@pytest.mark.parametrize("number", TOLD)
def test_supposed(number: int, tmp_path: Path) -> None:
    fact, told, english, told_in_english = TOLD[number]
    asked: tuple[tuple[Language, str], ...] = (
        ("th", f"ถ้ามาลีมี{fact} {told} จะมีสิทธิเป็น หัวหน้าหน่วยที่ {number} หรือไม่"),
        (
            "en",
            f"what if malee had {english} {told_in_english}, would malee be eligible for head of unit {number}",
        ),
    )
    for language, line in asked:
        found = talk(language, tmp_path).answer(line)
        text = "\n".join(each.text for each in found.lines)
        assert "answer" in found.document, (line, text)
        assert found.document["answer"]["before"] == "undetermined", line
        assert found.document["answer"]["after"] == "eligible", (line, text)
        assert (fact if language == "th" else english) in text


@pytest.mark.parametrize("number", TOLD)
def test_asked_for_and_told(number: int, tmp_path: Path) -> None:
    here = talk("th", tmp_path)
    asked = here.answer(f"มาลีมีสิทธิเป็น หัวหน้าหน่วยที่ {number} ไหม")
    assert "asks" in asked.document, "\n".join(each.text for each in asked.lines)
    told = here.answer(TOLD[number][1])
    assert told.document["answer"]["verdict"] == "eligible"


def test_a_degree_is_supposed_as_before(tmp_path: Path) -> None:
    """The lists that have suppositions of their own keep them."""
    found = talk("th", tmp_path).answer("ถ้ามาลีได้ปริญญาโทรัฐศาสตร์ จะมีสิทธิเป็น ผอ.กอง ระดับกลาง หรือไม่")
    assert [change["kind"] for change in found.document["changes"]] == ["obtain"]
