"""Amendments in the words of committees, over the notices that they amend, decided on every day that they name."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from lgreason.answers.session import Session
from lgreason.language.book.rulebook import Book, read_book
from lgreason.language.checking.checking import faults
from lgreason.language.checking.trial import trial
from lgreason.language.statements.splitting import SourceText
from lgreason.language.writing.files import formatted, said
from lgreason.reasoning.organisations.establishment import Establishment
from tests.language.corpus import library

HERE = Path(__file__).parent
CORPUS = sorted(path for path in (HERE / "corpus").iterdir() if path.is_dir())
WARNED = {"09": ["amending_loosens"]}
"""What is told although it is read: a lower body that would loosen what binds it."""
BASE = (HERE / "corpus" / "01" / "base.rules").read_text(encoding="utf-8")


def amending(text: str, identity: str = "am.x", document: str = "notice", more: str = "") -> str:
    """A statement whose sentence is the text of an amendment."""
    lines = text.strip().replace("\n", "\n    ")
    if not any("\u0e01" <= sign <= "\u0e5b" for sign in text.partition('"')[0]):
        head = f'rule {identity}\n  document: {document}\n  place: "ฉบับที่ ๒" / "No. 2"\n'
        return f"{head}{more}  provides that {lines}\n"
    head = f'กฎ {identity}\n  เอกสาร: {document}\n  ที่: "ฉบับที่ ๒" / "No. 2"\n'
    return f"{head}{more}  กำหนดว่า {lines}\n"


def book_of(*texts: str) -> Book:
    return read_book([SourceText(f"{number}.rules", text) for number, text in enumerate(texts)], library())


def codes(book: Book) -> list[str]:
    return [fault.code for _, fault in faults(book)]


def verdict(book: Book, person: Path, day: date, asked: str) -> str:
    session = Session(as_of=day, library=library().with_rules(book))
    if asked == "deputy.high":
        found = Establishment(session.tables, session.organisation(str(person)))
        return found.post("deputy", "high").verdict
    return session.explain(session.person(str(person)), session.position(asked)).verdict


@pytest.mark.parametrize("folder", CORPUS, ids=lambda folder: folder.name)
def test_an_amendment_says_what_it_is_to_say(folder: Path) -> None:
    expected = json.loads((folder / "expect.json").read_text(encoding="utf-8"))
    text = (folder / "amendment.txt").read_text(encoding="utf-8")
    base = (folder / "base.rules").read_text(encoding="utf-8")
    book = book_of(base, amending(text, document="org" if folder.name == "23" else "notice"))
    assert codes(book) == WARNED.get(folder.name, [])
    for case in expected["cases"]:
        day = date.fromisoformat(case["as_of"])
        assert verdict(book, folder / case["file"], day, expected["asks"]) == case["verdict"], case


@pytest.mark.parametrize("folder", CORPUS, ids=lambda folder: folder.name)
def test_formatting_keeps_the_words_of_an_amendment(folder: Path) -> None:
    text = (folder / "amendment.txt").read_text(encoding="utf-8")
    base = (folder / "base.rules").read_text(encoding="utf-8")
    source = SourceText("x", amending(text, document="org" if folder.name == "23" else "notice"))
    book = read_book([SourceText("base", base), source], library())
    once = SourceText("x", formatted(source, said(book, source), book.lexicon))
    again = read_book([SourceText("base", base), once], library())
    assert formatted(once, said(again, once), again.lexicon) == once.text
    assert [ruled.rule.node for ruled in again.rules] == [ruled.rule.node for ruled in book.rules]


MORE = [
    # in words of other committees: what changes, of which clause, from when
    ('ให้ยกเลิกคำว่า "๔ ปี" ในข้อ ๒ (ข) และให้ใช้คำว่า "๕ ปี" แทน ตั้งแต่วันที่ ๑ ตุลาคม ๒๕๖๙', "notice.q2.2", "5"),
    ('ในข้อ ๒ (ข) ให้ใช้คำว่า "๕ ปี" แทนคำว่า "๔ ปี" ตั้งแต่วันที่ ๑ ตุลาคม ๒๕๖๙', "notice.q2.2", "5"),
    ("ให้แก้ไขคำว่า “๑ ปี” ในข้อ ๓ เป็น “๕ ปี” ทั้งนี้ ให้ใช้บังคับตั้งแต่วันที่ ๑ ตุลาคม พ.ศ. ๒๕๖๙", "notice.q3", "5"),
    ('ให้แก้ไขข้อ ๓ เป็นดังนี้ "ข้อ ๓ ปฏิบัติงานการคลังมาแล้วไม่น้อยกว่า ๕ ปี" ตั้งแต่วันที่ ๑ ตุลาคม ๒๕๖๙', "notice.q3", "5"),
    ("กำหนดเวลาตามข้อ ๓ ให้เพิ่มเป็น ๕ ปี ตั้งแต่วันที่ ๑ ตุลาคม ๒๕๖๙", "notice.q3", "5"),
    (
        'In item 3 the words "1 year" are replaced by "5 years". This notice comes into force on 1 October 2026.',
        "notice.q3",
        "5",
    ),
    (
        'The words "4 years" in item 2 (b) are replaced by the words "5 years" with effect from 1 October 2026.',
        "notice.q2.2",
        "5",
    ),
    (
        "The term of 4 years of item 2 (b) shall be 5 years. This amendment takes effect on 1 October 2026.",
        "notice.q2.2",
        "5",
    ),
    (
        'Item 3 is amended to read: "3. have done fiscal work for not less than five years." From 1 October 2026.',
        "notice.q3",
        "5",
    ),
]


@pytest.mark.parametrize(("text", "target", "years"), MORE, ids=range(len(MORE)))
def test_other_words_for_a_number(text: str, target: str, years: str) -> None:
    book = book_of(BASE, amending(text))
    assert codes(book) in ([], ["amending_unread"]) and "amending_unread" not in codes(book)
    (made,) = [ruled for ruled in book.rules if ruled.rule.amends is not None]
    assert (made.rule.amends, made.rule.since) == (target, date(2026, 10, 1))
    assert str(made.bare[0].says) == f"Fn(name='at_least', args=(Fn(name='years', args=({years},)),))"


NOTICE = "ประกาศคุณสมบัติหัวหน้าฝ่ายสมมุติ"
OCTOBER = "ตั้งแต่วันที่ ๑ ตุลาคม ๒๕๖๙"
LAID = [
    # what a committee writes, and the clauses that it amends or repeals
    (f'คำว่า "๔ ปี" ใน{NOTICE} ให้แก้เป็น "๕ ปี" ทุกแห่ง {OCTOBER}', "notice.q2.1 notice.q2.2"),
    (f"มิให้ใช้บังคับข้อ ๓ ของ{NOTICE} แก่ผู้จะดำรงตำแหน่งหัวหน้าฝ่ายสมมุติในเขตจังหวัดยะลา {OCTOBER}", "notice.q3"),
    (
        "ในระหว่างวันที่ ๑ ตุลาคม ๒๕๖๙ ถึงวันที่ ๓๐ กันยายน ๒๕๗๑ ให้ใช้กำหนดเวลา ๒ ปี แทนกำหนดเวลา ๔ ปี "
        f"ในข้อ ๒ (ก) แห่ง{NOTICE}",
        "notice.q2.1",
    ),
    (
        f'ให้ยกเลิกความในข้อ ๓ แห่ง{NOTICE} และให้ใช้ความต่อไปนี้แทน "ข้อ ๓ ปฏิบัติงานการคลังมาแล้วไม่น้อยกว่า ๓ ปี"\n'
        "ผู้ซึ่งดำรงตำแหน่งหัวหน้าฝ่ายสมมุติอยู่ก่อนวันที่ประกาศนี้ใช้บังคับ ให้ดำรงตำแหน่งต่อไปได้โดยถือว่ามีคุณสมบัติตามข้อ ๓\n"
        f"ประกาศนี้ให้ใช้บังคับ{OCTOBER}",
        "notice.q3",
    ),
    (
        f'ให้แก้คำว่า "๑ ปี" ในข้อ ๓ แห่ง{NOTICE} เป็น "๒ ปี" {OCTOBER} '
        "แต่คำขอที่ได้ยื่นไว้ก่อนวันดังกล่าวให้พิจารณาตามหลักเกณฑ์เดิมจนกว่าจะแล้วเสร็จ",
        "notice.q3",
    ),
    (
        f'ข้อ ๑ ให้แก้คำว่า "๔ ปี" ใน (ก) ของข้อ ๒ แห่ง{NOTICE} เป็น "๖ ปี"\n'
        f'ข้อ ๒ ให้แก้คำว่า "๑ ปี" ในข้อ ๓ แห่งประกาศดังกล่าว เป็น "๒ ปี"\nข้อ ๓ ประกาศนี้ให้ใช้บังคับ{OCTOBER} เป็นต้นไป',
        "notice.q2.1 notice.q3",
    ),
    (
        "ผู้ที่จะได้รับแต่งตั้งให้ดำรงตำแหน่งหัวหน้าฝ่ายสมมุติในเขตจังหวัดภูเก็ต "
        f"นอกจากต้องมีคุณสมบัติตาม{NOTICE}แล้ว ต้องปฏิบัติงานการคลังมาแล้วไม่น้อยกว่า ๓ ปีด้วย ทั้งนี้ {OCTOBER}",
        "notice.q",
    ),
    (
        f'ให้เพิ่มความต่อไปนี้เป็นวรรคสองของข้อ ๓ แห่ง{NOTICE} "ความในวรรคหนึ่งมิให้ใช้บังคับแก่ผู้ได้รับปริญญาเอก" {OCTOBER}',
        "notice.q3",
    ),
    ('In item 1, after "law" insert "political science". From 1 October 2026.', "notice.q1"),
    (
        'After item 3 insert the following new item: "4. be at least 25 years of age." From 1 October 2026.',
        "notice.q",
    ),
    (
        "From 1 October 2026 until 30 September 2027 the term of 4 years in item 2 (a) is reduced to 3 years.",
        "notice.q2.1",
    ),
    ('In item 1, the words "or accounting" are deleted with effect from 1 October 2026.', "notice.q1"),
]


@pytest.mark.parametrize(("text", "targets"), LAID, ids=range(len(LAID)))
def test_what_a_committee_names_is_amended_and_nothing_else(text: str, targets: str) -> None:
    book = book_of(BASE, amending(text))
    assert codes(book) == []
    made = [ruled.rule for ruled in book.rules if ruled.rule.id.startswith("am.")]
    assert [rule.amends for rule in made] == targets.split()
    assert {rule.since for rule in made} == {date(2026, 10, 1)}


def test_a_lower_body_exempts_nobody_from_what_binds_it() -> None:
    text = f"ประกาศ ก.ท.จ.ยะลา\nมิให้ใช้บังคับข้อ ๓ ของ{NOTICE} แก่ผู้จะดำรงตำแหน่งหัวหน้าฝ่ายสมมุติในเขตจังหวัดยะลา {OCTOBER}"
    assert "amending_loosens" in codes(book_of(BASE, amending(text)))


def test_words_without_a_provision_are_changed_everywhere_only_where_that_is_said() -> None:
    assert "amending_place_unknown" in codes(book_of(BASE, amending(f'ให้แก้คำว่า "๔ ปี" เป็น "๕ ปี" {OCTOBER}')))


def test_days_after_publication_are_counted() -> None:
    text = 'ให้แก้คำว่า "๑ ปี" ในข้อ ๓ เป็น "๒ ปี" ให้ใช้บังคับเมื่อพ้นกำหนดเก้าสิบวันนับแต่วันประกาศ'
    book = book_of(BASE, amending(f"{text}\nประกาศ ณ วันที่ ๑ กรกฎาคม ๒๕๖๙"))
    assert codes(book) == []
    assert [r.rule.since for r in book.rules if r.rule.amends] == [date(2026, 9, 29)]
    assert "amending_publication" in codes(book_of(BASE, amending(text)))


def test_words_that_say_nothing_are_told() -> None:
    text = 'ให้แก้คำว่า "๑ ปี" ในข้อ ๓ เป็น "๒ ปี" ตั้งแต่วันที่ ๑ ตุลาคม ๒๕๖๙ โดยความเห็นชอบของ'
    assert codes(book_of(BASE, amending(text))) == ["amending_unread"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('ให้แก้คำว่า "๗ ปี" ในข้อ ๓ เป็น "๒ ปี"', "amending_words_unknown"),
        ('ให้แก้คำว่า "๑ ปี" ในข้อ ๗ เป็น "๒ ปี"', "amending_place_unknown"),
        ("ให้ยกเลิกข้อ ๓ ของประกาศคุณสมบัติหัวหน้ากอง", "amending_document"),
        ('ให้เพิ่มความต่อไปนี้เป็น (ก) ของข้อ ๓ "(ก) ได้รับปริญญาตรีทุกสาขา"', "amending_no_list"),
        ("กำหนดเวลา ๗ ปี ตามข้อ ๓ ให้ใช้ ๒ ปี", "amending_term_unknown"),
        ('ให้แก้คำว่า "๑ ปี" ในข้อ ๓ เป็น "๒ บาท"', "rule_unit"),
    ],
)
def test_what_an_amendment_does_not_find_is_told(text: str, code: str) -> None:
    assert code in codes(book_of(BASE, amending(f"{text} ตั้งแต่วันที่ ๑ ตุลาคม ๒๕๖๙")))


@pytest.mark.parametrize(
    "text", ['ให้แก้คำว่า "๔ ปี" ในข้อ ๒ เป็น "๕ ปี"', "ให้ยกเลิกข้อ ๒.๒", "กำหนดเวลาตามข้อ ๒ ให้ใช้ ๕ ปี"]
)
def test_a_number_that_several_levels_have_is_asked_about(text: str) -> None:
    book = book_of(amending(f"{text} ตั้งแต่วันที่ ๑ ตุลาคม ๒๕๖๙", document="std.general_admin"))
    (fault,) = [fault for _, fault in faults(book)]
    assert fault.code == "amending_place_several"
    choices = fault.args["choices"]
    assert isinstance(choices, tuple) and len(choices) == len(set(choices)) == 3
    assert [ruled for ruled in book.rules if ruled.rule.amends or ruled.rule.repeals] == []


def test_a_number_changed_keeps_the_reduction_that_hung_on_the_clause() -> None:
    text = 'ให้แก้คำว่า "๔ ปี" ในระดับกลาง ข้อ ๒.๒ เป็น "๕ ปี" ตั้งแต่วันที่ ๑ ตุลาคม ๒๕๖๙'
    book = book_of(amending(text, document="std.general_admin"))
    assert codes(book) == ["rule_keeps_reduction"]  # it still lowers «๔ ปี»
    (made,) = book.rules
    assert made.rule.amends == "std.general_admin.mid.q2.2"
    ((defeater, form),) = made.bare[0].exceptions
    assert defeater == "std.general_admin.mid.q2.2.reduce" and "3" in str(form)


# ── over time ─────────────────────────────────────────────────────────────────────────────────────────────────


def case(name: str) -> Book:
    return book_of((HERE / "cases" / f"{name}.th.rules").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["D", "M"])
def test_an_amendment_that_cites_what_it_amends_means_the_old_text(name: str) -> None:
    book = case(name)
    assert codes(book) == [] and trial(book, date(2026, 10, 1)) == []
    person = HERE / "cases" / "pE.yaml"
    assert verdict(book, person, date(2026, 9, 30), "หัวหน้าฝ่าย") == "eligible"
    # D adds three years of planning, which this person has not; M offers them beside what was asked before.
    wanted = {"D": "ineligible", "M": "eligible"}[name]
    assert verdict(book, person, date(2026, 10, 1), "หัวหน้าฝ่าย") == wanted


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("F", ["rule_loses_exception"]),
        ("J", ["rule_amended_twice"]),
        ("J2", ["rule_amended_twice"]),
        ("P", ["rule_refers_undecided"]),
        ("R", ["rule_refers_undecided"]),
    ],
)
def test_what_an_amendment_lands_on_is_looked_at(name: str, wanted: list[str]) -> None:
    assert codes(case(name)) == wanted


def amends(identity: str, target: str, day: str, demand: str, more: str = "") -> str:
    return (
        f'rule {identity}\n  document: notice\n  place: "x"\n  in force: from {day}\n'
        f"  amends: {target}\n{more}  provides that {demand}\n"
    )


WORK = "the person must have done fiscal work for not less than {} years"


def test_the_later_of_two_amendments_stands_and_a_temporary_one_gives_way_again() -> None:
    book = book_of(
        BASE,
        amends("am.late", "notice.q3", "1 October 2027", WORK.format(4)),
        amends("am.early", "notice.q3", "1 October 2026", WORK.format(2)),
        amends("am.while", "notice.q3", "1 January 2028 until 31 December 2028", WORK.format(3)),
    )
    assert codes(book) == []
    for day, identity in (
        (date(2026, 10, 1), "am.early"),
        (date(2027, 10, 1), "am.late"),
        (date(2028, 6, 1), "am.while"),
        (date(2029, 1, 1), "am.late"),
    ):
        assert book.on(day).replaced == {"notice.q3": identity}


def test_a_chain_of_amendments_that_cite_one_another_goes_back_to_the_first_words() -> None:
    more = (
        "the person must meet all of the following: (1) meet clause notice.q3"
        " (2) have done civil registration for not less than {} years"
    )
    book = book_of(
        BASE,
        amends("am.a", "notice.q3", "1 October 2026", more.format(1)),
        amends("am.b", "notice.q3", "1 October 2027", more.format(2)),
    )
    assert codes(book) == []
    kb = library().with_rules(book).on(date(2027, 10, 1)).under()
    assert kb.clauses["am.b"].parts[0] == "am.a" and kb.clauses["am.a"].parts[0] == "notice.q3.before"
    assert kb.clauses["notice.q"].parts == ("notice.q1", "notice.q2", "am.b")


def test_a_circle_that_closes_on_one_day_is_found() -> None:
    refer = "the person must meet clause {}"
    book = book_of(
        BASE,
        'rule t.one\n  document: notice\n  place: "x"\n  provides that the person must meet clause notice.q3\n',
        amends("am.a", "notice.q3", "1 October 2027", refer.format("t.one")),
    )
    assert codes(book) == ["rule_circular"]


def test_a_part_amended_on_the_day_on_which_its_whole_is_replaced_has_no_effect() -> None:
    book = book_of(
        BASE,
        amends(
            "am.whole",
            "notice.q2",
            "1 October 2026",
            "the person must hold or have held academic, expert for not less than 4 years",
        ),
        amends(
            "am.part",
            "notice.q2.1",
            "1 October 2026",
            "the person must hold or have held academic, professional for not less than 3 years",
        ),
    )
    assert codes(book) == ["rule_lands_on_nothing"]


def test_a_repeal_does_not_take_a_demand_from_others_silently() -> None:
    other = (
        'rule t.other\n  document: notice\n  place: "x"\n'
        "  provides that the person must meet all of the following: (1) meet clause notice.q3"
        " (2) have done civil registration for not less than 1 years\n"
    )
    repeal = (
        'rule am.r\n  document: notice\n  place: "x"\n  in force: from 1 October 2026\n  repeals: notice.q3\n'
    )
    assert codes(book_of(BASE, other, repeal)) == ["rule_repeals_cited"]


def test_what_has_ended_is_not_amended() -> None:
    book = book_of(
        BASE,
        'rule t.gone\n  document: notice\n  place: "x"\n  in force: from 1 January 2022 until 31 December 2023\n'
        f"  provides that {WORK.format(1)}\n",
        amends("am.a", "t.gone", "1 October 2026", WORK.format(2)),
    )
    assert codes(book) == ["rule_amends_ended"]
