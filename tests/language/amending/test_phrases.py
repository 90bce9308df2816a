"""Amending texts in phrases of many committees: what each does, to which provision, and from when."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from lgreason.language.amending.changes import (
    Add,
    Amending,
    DemandAdded,
    InPost,
    Pending,
    Repeal,
    Replace,
    TermChanged,
    WordsChanged,
)
from lgreason.language.amending.paragraphs import excused, lowered
from lgreason.language.amending.reading import amends, read_amending
from lgreason.words.plain import plain_text
from tests.language.amending.test_amendments import BASE, amending, book_of, codes, verdict

NOTICE = "ประกาศคุณสมบัติหัวหน้าฝ่ายสมมุติ"
DOCUMENTS = {plain_text(name): "notice" for name in (NOTICE, "Notice on the invented section head")}
FROM = "ตั้งแต่วันที่ ๑ ตุลาคม ๒๕๖๙"
DAY = date(2026, 10, 1)


def read(text: str) -> Amending:
    assert amends(text), text
    found = read_amending(text, 0, DOCUMENTS)
    assert found.unread is None, found.unread
    return found


def told(found: Amending) -> list[tuple[object, ...]]:
    """Each operation as its kind and what matters of it."""
    rows: list[tuple[object, ...]] = []
    for one in found.operations:
        match one:
            case Replace(target, new):
                rows.append(("replace", target.text, new.text))
            case Add(as_, new, after):
                rows.append(("add", as_.text, after.text if after else None))
            case Repeal(target):
                rows.append(("repeal", target.text))
            case WordsChanged(target, old, words, where):
                rows.append(("words", target.text, old.text, words.text if words else None, where))
            case TermChanged(target, old_term, term, _, _, by):
                rows.append(("term", target.text, old_term, term, by))
            case DemandAdded(position, scope, demand, _, instead, term_there):
                rows.append(
                    ("demand", position, scope, demand or term_there, instead.text if instead else None)
                )
            case InPost(position, target, _, on, dated, _):
                rows.append(("in post", position, target.text, on, dated))
            case Pending():
                rows.append(("pending",))
    return rows


HEAD = "หัวหน้าฝ่ายสมมุติ"
PHRASES = [
    # the object first, the verb last; a number in words; the day before the rest
    (
        f'ความในข้อ ๓ แห่ง{NOTICE} ลงวันที่ ๑ มกราคม ๒๕๖๕ ให้ยกเลิก และใช้ความดังต่อไปนี้แทน "x" {FROM}',
        [("replace", "ข้อ3", "x")],
    ),
    (
        f'{FROM} เป็นต้นไป ให้ยกเลิกความใน (ก) ของข้อ ๒ แห่ง{NOTICE} และให้ใช้ความต่อไปนี้แทน "x"',
        [("replace", "(ก)ของข้อ2", "x")],
    ),
    (f'ให้ใช้ความต่อไปนี้แทนความในข้อ ๓ ของ{NOTICE} {FROM} "x"', [("replace", "ข้อ3", "x")]),
    (
        f'ให้ยกเลิกความในข้อ ๒ และข้อ ๓ ของ{NOTICE} และให้ใช้ความต่อไปนี้แทน "x" "y" {FROM}',
        [("replace", "ข้อ2", "x"), ("replace", "ข้อ3", "y")],
    ),
    (f"ความในข้อ ๓ แห่ง{NOTICE}ให้เป็นอันยกเลิก ทั้งนี้ ให้มีผล{FROM}", [("repeal", "ข้อ3")]),
    (f"ให้ยกเลิก (ข) ของข้อ ๒ และข้อ ๓ แห่ง{NOTICE} {FROM}", [("repeal", "(ข)ของข้อ2"), ("repeal", "ข้อ3")]),
    (
        f'ในข้อ ๒ ของ{NOTICE} ให้เพิ่มตำแหน่งต่อจาก (ข) อีกตำแหน่งหนึ่ง เป็น (ค) ดังนี้ "x" {FROM}',
        [("add", "(ค)ของข้อ2", "(ข)ของข้อ2")],
    ),
    (f'ให้เพิ่มความต่อไปนี้เป็นข้อ ๒/๑ ระหว่างข้อ ๒ และข้อ ๓ ของ{NOTICE} "x" {FROM}', [("add", "ข้อ2/1", "ข้อ2")]),
    (
        f'ให้แก้ไขคำว่า "๔ ปี" ในข้อ ๒ ของ{NOTICE} เป็น "๓ ปี" ทุกแห่ง {FROM}',
        [("words", "ข้อ2", "๔ ปี", "๓ ปี", "instead")],
    ),
    (f'ให้แทรกคำว่า "ก" ก่อนคำว่า "ข" ในข้อ ๑ ของ{NOTICE} {FROM}', [("words", "ข้อ1", "ข", "ก", "before")]),
    (
        f"ให้ลดกำหนดเวลา ๔ ปี ในข้อ ๒ (ก) ของ{NOTICE} ลงเหลือ ๓ ปี เป็นการชั่วคราว {FROM}",
        [("term", "ข้อ2(ก)", "4ปี", "3ปี", 0)],
    ),
    (f"ระยะเวลาตามข้อ ๒ (ก) แห่ง{NOTICE} ให้ลดลง ๑ ปี {FROM}", [("term", "ข้อ2(ก)", None, "1ปี", -1)]),
    (
        f"กำหนดเวลา ๔ ปี ตามข้อ ๒ (ก) และ (ข) ของ{NOTICE} ให้ใช้ ๓ ปี {FROM}",
        [("term", "ข้อ2(ก)", "4ปี", "3ปี", 0), ("term", "ข้อ2(ข)", "4ปี", "3ปี", 0)],
    ),
    (f"ให้ขยายกำหนดเวลาตามข้อ ๓ ของ{NOTICE} ออกไปเป็น ๒ ปี {FROM}", [("term", "ข้อ3", None, "2ปี", 0)]),
    (
        f"กำหนดให้ผู้ซึ่งจะได้รับแต่งตั้งให้ดำรงตำแหน่ง{HEAD}ของเทศบาลในเขตจังหวัดสมมุติ "
        f"{FROM} เป็นต้นไป ต้องได้รับปริญญาตรีทุกสาขา เพิ่มเติมจากคุณสมบัติที่กำหนดไว้ใน{NOTICE}",
        [("demand", HEAD, "ของเทศบาลในเขตจังหวัดสมมุติ", "ได้รับปริญญาตรีทุกสาขา", None)],
    ),
    (
        f"{FROM} กำหนดเวลาปฏิบัติงานการคลังตามข้อ ๓ ของ{NOTICE} "
        f"สำหรับผู้จะดำรงตำแหน่ง{HEAD}ในเขตจังหวัดสมมุติ ให้เป็นไม่น้อยกว่าหกเดือน",
        [("demand", HEAD, "ในเขตจังหวัดสมมุติ", "หกเดือน", "ข้อ3")],
    ),
    (
        f"มิให้นำความในข้อ ๓ ของ{NOTICE} "
        f"ที่แก้ไขเพิ่มเติมโดยประกาศนี้มาใช้บังคับแก่ผู้ซึ่งดำรงตำแหน่ง{HEAD}อยู่ในวันก่อนวันที่ประกาศนี้ใช้บังคับ {FROM}",
        [("in post", HEAD, "ข้อ3", "eve", None)],
    ),
    (
        f"ผู้ที่ดำรงตำแหน่ง{HEAD}อยู่ในวันที่ ๓๐ กันยายน ๒๕๖๙ ให้ถือว่ามีคุณสมบัติตามข้อ ๑ ของ{NOTICE} ต่อไป ประกาศนี้ให้ใช้บังคับ{FROM}",
        [("in post", HEAD, "ข้อ1", "day", date(2026, 9, 30))],
    ),
    (
        f'ให้แก้คำว่า "๑ ปี" ในข้อ ๓ ของ{NOTICE} เป็น "๒ ปี" ประกาศนี้ให้ใช้บังคับ{FROM}\n'
        "คำขอที่ยื่นไว้ก่อนวันที่ประกาศนี้ใช้บังคับ ให้พิจารณาตามหลักเกณฑ์เดิมต่อไปจนแล้วเสร็จ",
        [("words", "ข้อ3", "๑ ปี", "๒ ปี", "instead"), ("pending",)],
    ),
    # English
    (
        "With effect from 1 October 2026, the Notice on the invented "
        'section head is amended by substituting for item 3 the following item: "x"',
        [("replace", "item 3", "x")],
    ),
    (
        "In item 2 (a) of the Notice on the invented section head, "
        'for "4 years" substitute "3 years", with effect from 1 October 2026.',
        [("words", "item 2(a)", "4 years", "3 years", "instead")],
    ),
    (
        "After item 3 of the Notice on the invented section head there is "
        'inserted the following item: "x" It comes into force on 1 October 2026.',
        [("add", "", "item 3")],
    ),
    (
        'The words "or accounting" in item 1 shall be omitted as from 1 October 2026. '
        "Applications lodged before that day shall be decided under the text as it stood.",
        [("words", "item 1", "or accounting", None, "instead"), ("pending",)],
    ),
    ("Item 2 (b) shall cease to have effect on 1 October 2026.", [("repeal", "item 2(b)")]),
]


@pytest.mark.parametrize(("text", "rows"), PHRASES, ids=range(len(PHRASES)))
def test_what_a_phrase_does(text: str, rows: list[tuple[object, ...]]) -> None:
    found = read(text)
    assert told(found) == rows
    assert found.in_force == DAY


def test_a_notice_as_it_is_printed_is_read_whole() -> None:
    found = read(
        "ประกาศคณะกรรมการกลางพนักงานเทศบาล เรื่อง คุณสมบัติหัวหน้าฝ่ายสมมุติ (ฉบับที่ ๒) พ.ศ. ๒๕๖๙\n"
        f"โดยที่เป็นการสมควรแก้ไขเพิ่มเติม{NOTICE} ให้เหมาะสมยิ่งขึ้น\n"
        "อาศัยอำนาจตามความในมาตรา ๑๗ (๑) แห่งพระราชบัญญัติระเบียบบริหารงานบุคคลส่วนท้องถิ่น พ.ศ. ๒๕๔๒ "
        "คณะกรรมการกลางพนักงานเทศบาลจึงออกประกาศไว้ ดังต่อไปนี้\n"
        f'ข้อ ๑ ประกาศนี้เรียกว่า "{NOTICE} (ฉบับที่ ๒) พ.ศ. ๒๕๖๙"\n'
        f"ข้อ ๒ ประกาศนี้ให้ใช้บังคับ{FROM} เป็นต้นไป\n"
        f"ข้อ ๓ ให้ยกเลิกความในข้อ ๓ ของ{NOTICE} และให้ใช้ความต่อไปนี้แทน\n"
        '"x"\n'
        f"ข้อ ๔ ให้เพิ่มความต่อไปนี้เป็นข้อ ๔ ของ{NOTICE}\n"
        '"y"\n'
        "ประกาศ ณ วันที่ ๑๕ สิงหาคม พ.ศ. ๒๕๖๙\n(ลงชื่อ) นายสมมุติ ใจดี"
    )
    assert told(found) == [("replace", "ข้อ3", "x"), ("add", "ข้อ4", None)]
    assert (found.in_force, found.published) == (DAY, date(2026, 8, 15))


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("เป็นเวลาหนึ่งปีนับแต่วันที่ ๑ ตุลาคม ๒๕๖๙", DAY, date(2027, 9, 30)),
        ("ในปีงบประมาณ พ.ศ. ๒๕๗๐", DAY, date(2027, 9, 30)),
        ("ตั้งแต่ปีงบประมาณ ๒๕๗๐ เป็นต้นไป", DAY, None),
        ("ตั้งแต่วันที่ ๑ ตุลาคม ๒๕๖๙ จนถึงวันที่ ๓๐ กันยายน ๒๕๗๐", DAY, date(2027, 9, 30)),
        # 180 days from 1 July end on 28 December.
        (
            "ประกาศนี้ให้ใช้บังคับเมื่อพ้นกำหนดหนึ่งร้อยแปดสิบวันนับแต่วันประกาศในราชกิจจานุเบกษาเป็นต้นไป ประกาศ ณ วันที่ ๑ กรกฎาคม ๒๕๖๙",
            date(2026, 12, 28),
            None,
        ),
        ("และให้ถือว่าการแก้ไขนี้มีผลใช้บังคับมาตั้งแต่วันที่ ๑ เมษายน ๒๕๖๙", date(2026, 4, 1), None),
    ],
)
def test_when_a_text_is_in_force(text: str, since: date, until: date | None) -> None:
    found = read(f'ให้แก้คำว่า "๑ ปี" ในข้อ ๓ ของ{NOTICE} เป็น "๒ ปี" {text}')
    assert (found.in_force, found.until) == (since, until)


def test_operations_have_days_of_their_own() -> None:
    found = read(
        f'ให้แก้คำว่า "๑ ปี" ในข้อ ๓ ของ{NOTICE} เป็น "๒ ปี" ตั้งแต่วันที่ ๑ ตุลาคม ๒๕๖๙ จนถึงวันที่ ๓๐ กันยายน ๒๕๗๐ '
        'และเป็น "๔ ปี" ตั้งแต่วันที่ ๑ ตุลาคม ๒๕๗๐ เป็นต้นไป'
    )
    assert [row[3] for row in told(found)] == ["๒ ปี", "๔ ปี"]
    days = [(period.since, period.until) for period in found.periods if period is not None]
    assert days == [(DAY, date(2027, 9, 30)), (date(2027, 10, 1), None)]
    # Without days of its own the second has none, and no other operation's days are taken for it.
    two = read(f'ให้ยกเลิกข้อ ๓ ของ{NOTICE} {FROM} และให้แก้คำว่า "๔ ปี" ในข้อ ๒ เป็น "๓ ปี" ตั้งแต่วันที่ ๑ มกราคม ๒๕๗๐')
    assert [p.since for p in two.periods if p is not None] == [DAY, date(2027, 1, 1)]


@pytest.mark.parametrize(
    "text",
    [
        f'ให้แก้คำว่า "๑ ปี" ในข้อ ๓ ของ{NOTICE} เป็น "๒ ปี" {FROM} เฉพาะผู้ที่ได้รับความเห็นชอบ',
        f"มิให้ใช้บังคับข้อ ๓ ของ{NOTICE} แก่ผู้สมัครในจังหวัดสมมุติ {FROM}",
    ],
)
def test_what_is_not_understood_is_told(text: str) -> None:
    assert read_amending(text, 0, DOCUMENTS).unread is not None


def test_paragraphs_that_lower_a_term_or_excuse_from_a_provision() -> None:
    one = lowered("ในกรณีที่ผู้นั้นได้รับปริญญาโททางนิติศาสตร์ ให้ลดกำหนดเวลาตาม (ก) เหลือ ๓ ปี")
    assert one is not None and (one.who, one.of, one.to) == ("ได้รับปริญญาโททางนิติศาสตร์", "(ก)", "3ปี")
    other = lowered("กำหนดเวลา ๔ ปี ตาม (ก) ให้ลดลงหนึ่งปี สำหรับผู้ได้รับปริญญาโททางนิติศาสตร์")
    assert other is not None and (other.old, other.by) == ("4ปี", "หนึ่งปี")
    assert excused("ความในวรรคหนึ่งมิให้ใช้บังคับแก่ผู้ได้รับปริญญาโทในสาขาการบัญชี") == "ได้รับปริญญาโทในสาขาการบัญชี"
    assert lowered("ต้องปฏิบัติงานการคลังมาแล้วไม่น้อยกว่า ๑ ปี") is None


def test_requests_filed_before_are_decided_by_the_words_before(tmp_path: Path) -> None:
    text = (
        f'ให้แก้คำว่า "๑ ปี" ในข้อ ๓ ของ{NOTICE} เป็น "๓ ปี" ประกาศนี้ให้ใช้บังคับ{FROM}\n'
        "คำขอที่ยื่นไว้ก่อนวันที่ประกาศนี้ใช้บังคับ ให้พิจารณาตามหลักเกณฑ์เดิม"
    )
    book = book_of(BASE, amending(text))
    assert codes(book) == []
    wanted = {"2026-09-30": "eligible", "2026-10-01": "ineligible", None: "undetermined"}
    for filed, answer in wanted.items():
        person = tmp_path / f"{filed}.yaml"
        request = f"for_post_in: {{filed: {filed}}}\n" if filed else ""
        person.write_text(
            "kind: person\neducation: [{degree: bachelor, field: นิติศาสตร์}]\n"
            "postings: [{type: academic, level: professional, from: 2020-01-01}]\n"
            f"experience: [{{work: งานการคลัง, from: 2025-01-01}}]\n{request}",
            encoding="utf-8",
        )
        assert verdict(book, person, date(2026, 11, 1), HEAD) == answer


def test_words_of_several_texts_and_those_in_post_are_one_change_of_a_clause() -> None:
    text = (
        f'ให้แก้คำว่า "๑ ปี" ในข้อ ๓ ของ{NOTICE} เป็น "๒ ปี" {FROM}\n'
        f"มิให้นำความในข้อ ๓ ที่แก้ไขเพิ่มเติมโดยประกาศนี้มาใช้บังคับแก่ผู้ซึ่งดำรงตำแหน่ง{HEAD}อยู่ในวันก่อนวันที่ประกาศนี้ใช้บังคับ"
    )
    book = book_of(BASE, amending(text))
    assert codes(book) == []
    (made,) = [ruled for ruled in book.rules if ruled.rule.amends == "notice.q3"]
    assert made.bare[0].op == "any" and "2026-09-30" in str([clause.expression for clause in made.bare])


def test_items_keep_their_printed_numbers_when_others_are_put_in_between() -> None:
    put_in = (
        f"ให้เพิ่มความต่อไปนี้เป็นข้อ ๒/๑ ระหว่างข้อ ๒ และข้อ ๓ ของ{NOTICE} "
        f'"ข้อ ๒/๑ ปฏิบัติงานนโยบายและแผนมาแล้วไม่น้อยกว่า ๑ ปี" {FROM}'
    )
    for number, target in (("๓", "notice.q3"), ("๒/๑", "am.a.new")):
        later = f'ให้แก้คำว่า "๑ ปี" ในข้อ {number} ของ{NOTICE} เป็น "๒ ปี" ตั้งแต่วันที่ ๑ ตุลาคม ๒๕๗๐'
        book = book_of(BASE, amending(put_in, "am.a"), amending(later, "am.b"))
        assert codes(book) == []
        assert [ruled.rule.amends for ruled in book.rules if ruled.rule.id == "am.b"] == [target]
