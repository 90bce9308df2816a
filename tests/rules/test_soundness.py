"""A slip in the knowledge base is found, with its file, line and column, and said in both languages."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from lgreason.report.wording import Wording
from lgreason.rules.findings import Finding
from lgreason.rules.knowledge import folder
from lgreason.rules.model import Language
from lgreason.rules.soundness import check, signatures
from lgreason.rules.terms import Value
from tests import forked
from tests.rules.slips import Slip, shipped, slips, unnoticed

ROOT = Path(__file__).parents[2]
EARLY, MID = "std/general_admin/early.lp", "std/general_admin/mid.lp"


def test_the_shipped_knowledge_base_is_sound() -> None:
    assert check(folder("kb")) == ()


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    """A copy of the knowledge base without what people write, which is judged apart."""
    shutil.copytree(folder("kb"), tmp_path / "kb", ignore=shutil.ignore_patterns("words"))
    return tmp_path / "kb"


def planted(kb: Path, file: str, was: str, becomes: str) -> int:
    """Put a slip into a file, once; the line on which it stands."""
    path = kb / file
    text = path.read_text(encoding="utf-8")
    assert was in text
    path.write_text(text.replace(was, becomes, 1), encoding="utf-8")
    return text[: text.index(was)].count("\n") + 1


SLIPS = [
    (
        EARLY,
        "degree(master)",
        "degre(master)",
        'ส่วนที่ 2 ของ counts ("std.general_admin.early.q1.2") คือ degre(master) ซึ่งไม่ใช่สิ่งที่นับได้ เขียนได้ เช่น '
        "degree(master)",
        'argument 2 of counts ("std.general_admin.early.q1.2") is degre(master), which is no thing that can be '
        "counted; it could be degree(master)",
    ),
    (
        EARLY,
        "level(academic, professional)",
        "level(academic, profesional)",
        "level(academic,profesional) ซึ่งไม่ใช่สิ่งที่นับได้",
        "level(academic,profesional), which is no thing that can be counted",
    ),
    (
        MID,
        "at_least(years(2))",
        "at_least(yeers(2))",
        'ส่วนที่ 2 ของ says ("std.general_admin.mid.q2.1") คือ at_least(yeers(2)) ซึ่งไม่ใช่สิ่งที่ข้อกำหนดได้ เขียนได้ เช่น '
        "at_least(years(2))",
        'argument 2 of says ("std.general_admin.mid.q2.1") is at_least(yeers(2)), which is no demand; '
        "it could be at_least(years(2))",
    ),
    (
        MID,
        'part(    "std.general_admin.mid.q2", 2, "std.general_admin.mid.q2.2").\n',
        "",
        'ลำดับของ "std.general_admin.mid.q2" ขาดช่วง มีเลขก่อนหน้าหายไป',
        'the numbers of "std.general_admin.mid.q2" have a gap: the one before is missing',
    ),
    (
        MID,
        'part(    "std.general_admin.mid.q2", 1, "std.general_admin.mid.q2.1").',
        'part(    "std.general_admin.mid.q2", 1, "std.general_admin.mid.q2").',
        'ข้อ "std.general_admin.mid.q2" อ้างวนกลับมาถึงตัวเอง',
        'clause "std.general_admin.mid.q2" refers back to itself',
    ),
    (
        MID,
        "at_least(years(4))",
        "at_least(years(5))",
        'ตัวเลขที่ข้อ "std.general_admin.mid.q2.2" กำหนดไม่ปรากฏในถ้อยคำของข้อนั้น',
        'the figure that clause "std.general_admin.mid.q2.2" demands is not in its words',
    ),
    (
        MID,
        'subject( "std.general_admin.mid.q2.1", en, "service as chief of the clerk\'s office or division director, '
        'early level").\n',
        "",
        'subject ของ "std.general_admin.mid.q2.1" ยังไม่ครบ: ไม่มี subject',
        'what subject says of "std.general_admin.mid.q2.1" is incomplete: there is no subject',
    ),
    (
        "org/sao.lp",
        'instrument("w151_2555")',
        'instrument("w151_255")',
        'instrument("w151_255") ซึ่งไม่ใช่สิ่งที่นับได้',
        'instrument("w151_255"), which is no thing that can be counted',
    ),
    (
        "org/quantities.lp",
        '"previous.budget"',
        '"previous.bugdet"',
        '"previous.bugdet" ซึ่งไม่ใช่จำนวนที่มีในแฟ้ม',
        '"previous.bugdet", which is no amount',
    ),
    (
        MID,
        '"std.general_admin", executable, literal',
        '"std.general_admni", executable, literal',
        '"std.general_admni" ซึ่งไม่ใช่เอกสารที่มี เขียนได้ เช่น "std.general_admin"',
        '"std.general_admni", which is no document; it could be "std.general_admin"',
    ),
    (
        MID,
        "says(",
        "sayz(",
        "ไม่มีข้อเท็จจริงชื่อ sayz ที่มี 2 ส่วน ที่ใกล้เคียง: says",
        "there is no fact sayz with 2 arguments",
    ),
]


def told(found: Sequence[Finding], language: Language) -> str:
    return "\n".join(Wording(language).finding(finding) for finding in found)


def test_slips_are_told_all_at_once(kb: Path) -> None:
    lines = [planted(kb, file, was, becomes) for file, was, becomes, _, _ in SLIPS]
    column = planted(
        kb, MID, 'gloss(   "std.general_admin.mid.q1", th, ', 'gloss(   "std.general_admin.mid.q1", thh, '
    )
    found = check(kb)
    thai, english = told(found, "th"), told(found, "en")
    for (file, _, _, in_thai, in_english), line in zip(SLIPS, lines, strict=True):
        assert in_thai in thai
        assert in_english in english
        places = [finding.place for finding in found if finding.place]
        assert any(place.file == str(kb / file) and abs((place.line or 0) - line) <= 4 for place in places)
    assert any(f.place and f.place.column == 38 and abs((f.place.line or 0) - column) <= 4 for f in found)


UNREADABLE = [
    ("part(    ", "part(    ก", "ตัวอักษร «ก» อยู่นอกเครื่องหมายคำพูด", "the letter «ก» stands outside quotation"),
    ("all).", "all)", "อ่านข้อเท็จจริงไม่ได้ตรงนี้", "the fact cannot be read here"),
    ("says(", "#script(python) f(). #end.\nsays(", "ในฐานความรู้มีได้แต่ข้อเท็จจริง", "may hold facts only"),
    ("says(", ":- says(a,b).\nsays(", "ในฐานความรู้มีได้แต่ข้อเท็จจริง", "may hold facts only"),
]


@pytest.mark.parametrize(("was", "becomes", "thai", "english"), UNREADABLE)
def test_what_cannot_be_read_is_told(kb: Path, was: str, becomes: str, thai: str, english: str) -> None:
    line = planted(kb, MID, was, becomes)
    found = check(kb)
    assert thai in told(found, "th")
    assert english in told(found, "en")
    assert any(finding.place and finding.place.line in (line, line + 1) for finding in found)


def test_a_folder_without_facts_is_no_knowledge_base(tmp_path: Path) -> None:
    assert [finding.code for finding in check(tmp_path)] == ["kb_no_files"]


def test_a_broken_knowledge_base_answers_nothing(kb: Path) -> None:
    planted(kb, MID, "at_least(years(2))", "at_least(yeers(2))")
    done = forked.run("why", "docs/examples/people/one-day-short.yaml", "ผอ.กอง ระดับกลาง", "--kb", str(kb))
    assert (done.status, done.stdout) == (2, b"")
    assert "at_least(yeers(2)) ซึ่งไม่ใช่สิ่งที่ข้อกำหนดได้" in done.stderr.decode()


OPEN = {
    "text",
    "string",
    "number",
    "date",
    "c_level",
    "competency_level",
    "demand",
    "identifier",
    "attribute_id",
} | {
    *("type", "limit", "any_value", "constant", "absence", "shape"),
}
"""Arguments that may be another word or number as well: that it is the right one is for cases and quotations."""
NEEDED = {
    *(
        "clause",
        "place",
        "says",
        "measures",
        "subject",
        "choice_text",
        "reason",
        "confidence",
        "document",
        "in_force",
    ),
    *(
        "position",
        "rank",
        "fact",
        "absent",
        "changes",
        "quantity",
        "row",
        "topic",
        "required_level",
        "authority",
    ),
}
"""Facts that are missed where they are dropped; of the others nothing need tell how many there are."""


def legitimate(
    slip: Slip, sorts: dict[tuple[str, int, int], str], arity: int, clauses: frozenset[Value], twice: bool
) -> bool:
    """Whether nothing need tell of a slip; `twice`: its fact stands under each of several readings."""
    if (slip.kind, slip.predicate, slip.argument) == ("changed", "relies", 1) and slip.becomes is not None:
        return slip.becomes.args[0] in clauses  # another clause that there is: any may rest on a reading
    if slip.kind == "changed":
        return sorts[slip.predicate, arity, slip.argument] in OPEN
    return slip.kind == "dropped" and (
        slip.predicate not in NEEDED or (slip.predicate == "subject" and twice)
    )


SLIPS_TRIED = int(os.environ.get("LGREASON_SLIPS", "150"))
"""How many slips, drawn by a fixed seed, are tried."""


def test_slips_are_noticed() -> None:
    stated = shipped()
    sorts = signatures()
    clauses = frozenset(each.fact.args[0] for each in stated if each.fact.name == "clause")
    every = [
        slip
        for slip in slips(stated)
        if not legitimate(
            slip, sorts, len(stated[slip.number].fact.args), clauses, bool(stated[slip.number].under)
        )
    ]
    # The guard can fail: another word of a gloss is not noticed.
    gloss = next(slip for slip in slips(stated) if (slip.predicate, slip.argument) == ("gloss", 3))
    assert unnoticed([*random.Random(2569).sample(every, SLIPS_TRIED), gloss], stated) == [gloss]
