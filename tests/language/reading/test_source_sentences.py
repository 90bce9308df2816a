"""The position standard reads as a rule file: the words of the document come to the clause trees of kb/.

The quotations are the document's words, their slips repaired as the knowledge base records them. What a reading
adds that the words do not say (B-01 to B-03) is not asked of the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from lgreason.language.book.rulebook import Book, read_book
from lgreason.language.checking.checking import faults
from lgreason.language.statements.splitting import SourceText
from lgreason.rules.knowledge import Library
from lgreason.rules.model import Clause

LIBRARY = Library()
PLAIN = LIBRARY.of(None).under({"B-01": "exact", "B-02": "unlisted", "B-03": "listed_only"})
SOURCE = "std.general_admin"
CLAUSES = [c for c in PLAIN.clauses.values() if c.document == SOURCE and c.says is not None]
THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
# What stands in the document below a clause, in the order of its text; a proviso is part of its sentence.
DOCUMENT = {
    "std.general_admin.early.q1": ("q1", ["๑.๑ q1.1", "๑.๒ q1.2", "๑.๓ q1.3"]),
    "std.general_admin.early.q2": ("q2", ["๒.๑ q2.1", "๒.๒ q2.2 q2.2.field"]),
    "std.general_admin.early.q3": (
        "q3",
        ["- ๓.๑ q3.1", "- ๓.๒ q3.2", "- (๑) q3.2.1", " - (๒) q3.2.2", " - (๓) q3.2.3", "- ๓.๓ q3.3"],
    ),
    "std.general_admin.mid.q": (
        "q",
        ["๑. q1", "๒. q2 q2.field", " - ๒.๑ q2.1 หรือ", " - ๒.๒ q2.2 q2.2.reduce", " - ๒.๓ q2.3"],
    ),
    "std.general_admin.high.q": ("q", ["๑. q1", "๒. q2 q2.field", "๒.๑ q2.1 หรือ", "๒.๒ q2.2"]),
}
OTHERS = {
    "หัวหน้าฝ่าย (นักบริหารงานทั่วไป ระดับต้น)": "ผู้อำนวยการสำนัก (นักบริหารงานทั่วไป ระดับสูง)",
    "หัวหน้าสำนักปลัดหรือผู้อำนวยการกอง (นักบริหารงานทั่วไป ระดับต้น)": "ผู้อำนวยการส่วน (นักบริหารงานทั่วไป ระดับกลาง)",
    "รัฐศาสตร์": "นิติศาสตร์",
    "การวางแผน": "วิศวกรรมศาสตร์",
    "ปริญญาโท": "ปริญญาเอก",
    "ระดับชำนาญการพิเศษ": "ระดับเชี่ยวชาญ",
    "งานนโยบายและแผน ": "",
    "๔ ปี": "๗ ปี",
    "๓ ปี": "๕ ปี",
    "๒ ปี": "๖ ปี",
    "๑ ปี": "๙ เดือน",
}


def words(clause: Clause) -> str:
    text = clause.quote or ""
    for wrong, right in clause.repairs:
        text = text.replace(wrong, right)
    return text


def rule(identity: str, place: str, sentence: str) -> str:
    head = f'กฎ {identity}\n  เอกสาร: {SOURCE}\n  ที่: «{place}» / "x"\n'
    return f"{head}  ใช้บังคับ: ตั้งแต่ 1 ตุลาคม 2569\n  กำหนดว่า {sentence}\n"


def book_of(text: str, ignore: tuple[str, ...] = ("rule_position_taken",)) -> Book:
    book = read_book([SourceText("standard.rules", text)], LIBRARY)
    wrong = [(f.code, f.args) for _, f in faults(book) if f.severity == "error" and f.code not in ignore]
    assert wrong == []
    return book


def shape(clauses: dict[str, Clause], identity: str, own: str) -> object:
    """A clause tree without the ids of its own clauses: what is said and where, whatever its parts are called."""
    clause = clauses.get(identity)
    if clause is None or not identity.startswith(own):
        return identity
    if clause.says is not None and clause.says.name == "same":
        return str(clause.says.args[0])
    return (
        clause.says,
        clause.measures,
        tuple(sorted(map(str, clause.counts))),
        tuple(shape(clauses, part, own) for part in clause.parts),
        tuple((shape(clauses, other, own), form) for other, form in clause.exceptions),
    )


def whole(identity: str) -> str:
    """The text of the document from a heading on, as it is printed there."""
    first, rows = DOCUMENT[identity]
    level = identity.rsplit(".", 1)[0]
    at = {
        clause.id.removeprefix(level + "."): words(clause)
        for clause in CLAUSES
        if clause.id.startswith(level)
    }
    lines = [at[first]]
    for row in rows:
        space, mark, names = re.fullmatch(r"( *)(?:- )?(\(?[๐-๙.]+\)?) (.*)", row).groups()  # type: ignore[union-attr]
        dash = "- " if "- " in row[:3] else ""
        lines.append(f"    {space}{dash}{mark} " + " ".join(at.get(name, name) for name in names.split(" ")))
    return "\n".join(lines)


def test_the_document_has_29_clauses_of_eligibility() -> None:
    assert len(CLAUSES) == 29


@pytest.mark.parametrize("identity", DOCUMENT)
def test_the_whole_text_below_a_heading(identity: str) -> None:
    clause = PLAIN.clauses[identity]
    book = book_of(rule("t.whole", clause.place.th, whole(identity)))
    (ruled,) = book.rules
    found = {c.id: c for c in ruled.clauses}
    assert shape(found, "t.whole", "t.whole") == shape(PLAIN.clauses, identity, identity.rsplit(".", 1)[0])
    posts = {post for post, root in PLAIN.posts.items() if root == identity}
    assert set(ruled.rule.posts) == posts


def alone(clause: Clause, sentence: str) -> Iterator[tuple[str, str]]:
    """The sentence of one clause as a rule of its own, headings and gates with what stands below them."""
    if not clause.parts or clause.id.endswith("reduce"):
        yield clause.id, rule("t.alone", clause.place.th, sentence)


LEAVES = [clause for clause in CLAUSES if not clause.parts or clause.id.endswith("reduce")]


@pytest.mark.parametrize("clause", LEAVES, ids=lambda clause: clause.id)
def test_each_clause_alone(clause: Clause) -> None:
    ((_, text),) = alone(clause, words(clause))
    (ruled,) = book_of(text).rules
    found = {c.id: c for c in ruled.clauses}
    expected = shape(PLAIN.clauses, clause.id, clause.id)
    if clause.exceptions:  # the second sentence of item 2.2 is a clause of its own
        expected = (*expected[:4], ())  # type: ignore[index]
    assert shape(found, "t.alone", "t.alone") == expected
    lowered = [row for name, row in ruled.meaning.facts if name == "except"]
    of = {c.id: form for c in CLAUSES for other, form in c.exceptions if other == clause.id}
    assert {str(row[0]): row[2] for row in lowered} == of


@pytest.mark.parametrize("clause", LEAVES, ids=lambda clause: clause.id)
@pytest.mark.parametrize("seed", range(3))
def test_each_clause_with_other_posts_numbers_and_fields(clause: Clause, seed: int) -> None:
    """Whatever is put in is what comes out: the same sentence with its terms changed differs in those alone."""
    text = words(clause)
    for number, (old, new) in enumerate(OTHERS.items()):
        if (number + seed) % 3 == 0 and "ตามข้อ" not in text and not clause.id.endswith("reduce"):
            text = text.replace(old, new)
    ((_, written),) = alone(clause, text)
    (ruled,) = book_of(written).rules
    assert ruled.clauses[0].measures == clause.measures
    changed = text != words(clause)
    found = {c.id: c for c in ruled.clauses}
    same = shape(found, "t.alone", "t.alone")[:3] == shape(PLAIN.clauses, clause.id, clause.id)[:3]  # type: ignore[index]
    if clause.measures is not None:
        assert same != changed


def test_a_number_changed_is_the_number_read() -> None:
    for years in (1, 3, 12):
        digits = str(years).translate(THAI)
        clause = PLAIN.clauses["std.general_admin.early.q3.2.1"]
        text = words(clause).replace("๔", digits)
        (ruled,) = book_of(rule("t.n", "ข้อ ๑", text)).rules
        assert str(ruled.clauses[0].says) == str(clause.says).replace("(4,)", f"({years},)")


CITED = """กฎ t.one
  เอกสาร: req
  ที่: "ข้อ ๑" / "item 1"
  กำหนดว่า ต้องได้รับปริญญาตรีทุกสาขา

กฎ t.two
  เอกสาร: req
  ที่: "ข้อ ๒" / "item 2"
  กำหนดว่า ต้องมีคุณสมบัติครบทุกข้อ ดังต่อไปนี้
    ๒.๑ มีคุณสมบัติตามข้อ ๑
    ๒.๒ ปฏิบัติงานนโยบายและแผน มาแล้วไม่น้อยกว่า ๑ ปี

rule t.three
  document: req
  place: "ข้อ ๓" / "item 3"
  provides that the person must meet all of the following:
    (1) meet item {cited}
    (2) have done policy and planning for not less than 3 years

นิยาม เอกสาร req
  ชื่อ: "ประกาศสมมุติ" / "invented notice"
  ใช้บังคับ: ตั้งแต่ 1 มกราคม 2550
"""


def test_items_are_cited_by_their_printed_numbers() -> None:
    book = book_of(CITED.format(cited="2"))
    parts = {ruled.rule.id: ruled.clauses[0].parts for ruled in book.rules}
    assert parts["t.two"][0] == "t.one" and parts["t.three"][0] == "t.two"
    assert next(c.place.th for r in book.rules for c in r.clauses if c.id == "t.two.2") == "ข้อ ๒.๒"


def test_an_item_that_is_not_there_is_told_with_those_that_are() -> None:
    book = read_book([SourceText("x", CITED.format(cited="7.1"))], LIBRARY)
    ((_, fault),) = [pair for pair in faults(book) if pair[1].severity == "error"]
    assert fault.code == "rule_cited_unknown" and fault.args["found"] == "7.1"


COMMITTEE = "ต้องดำรงตำแหน่งหรือเคยดำรงตำแหน่งหัวหน้าฝ่าย หรือตำแหน่งที่ {} เทียบเท่า มาแล้วไม่น้อยกว่า ๒ ปี"


def test_a_committee_that_is_named_is_meant_or_refused() -> None:
    book_of(rule("t.q", "ข้อ ๑", COMMITTEE.format("ก.จ., ก.ท. หรือ ก.อบต.")))
    book = read_book([SourceText("x", rule("t.q", "ข้อ ๑", COMMITTEE.format("ก.ท.")))], LIBRARY)
    assert [fault.code for _, fault in faults(book)] == ["rule_committee_some"]


def test_a_post_under_a_clause_is_the_post_of_that_clause() -> None:
    text = "ต้องดำรงตำแหน่งหรือเคยดำรงตำแหน่งหัวหน้าฝ่าย ตามข้อ {} มาแล้วไม่น้อยกว่า ๒ ปี"
    book_of(rule("t.q", "ระดับต้น ข้อ ๔", text.format("๓")))
    book = read_book([SourceText("x", rule("t.q", "ระดับต้น ข้อ ๔", text.format("๒")))], LIBRARY)
    assert [fault.code for _, fault in faults(book)] == ["rule_post_not_under"]
