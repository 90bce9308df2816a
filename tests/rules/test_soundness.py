"""A slip in the knowledge base is found, with its file, line and column, and said in both languages."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lgreason.report.wording import Wording
from lgreason.rules.knowledge import folder
from lgreason.rules.soundness import check
from tests.rules.slips import shipped, slips, unnoticed

ROOT = Path(__file__).parents[2]
EARLY, MID = "std/general_admin/early.lp", "std/general_admin/mid.lp"


def test_the_shipped_knowledge_base_is_sound() -> None:
    assert check(folder("kb")) == ()


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    shutil.copytree(folder("kb"), tmp_path / "kb")
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
        'field("planning")',
        'feild("planning")',
        'ส่วนที่ 2 ของ counts ("std.general_admin.early.q1.2") คือ feild("planning") ซึ่งไม่ใช่สิ่งที่นับได้ เขียนได้ เช่น '
        'field("planning")',
        'argument 2 of counts ("std.general_admin.early.q1.2") is feild("planning"), which is no thing that can be '
        'counted; it could be field("planning")',
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
        'part(    "std.general_admin.mid.q2", 2, "std.general_admin.mid.q2.2").',
        'part(    "std.general_admin.mid.q2", 2, "std.general_admin.mid.q").',
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
        "org/municipality/retyping.lp",
        'instrument("w151_2555")',
        'instrument("w151_255")',
        'instrument("w151_255") ซึ่งไม่ใช่สิ่งที่นับได้ เขียนได้ เช่น instrument("w151_2555")',
        'instrument("w151_255"), which is no thing that can be counted; it could be instrument("w151_2555")',
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
    (
        MID,
        "part(    ",
        "part(    ก",
        "ตัวอักษร «ก» อยู่นอกเครื่องหมายคำพูด",
        "the letter «ก» stands outside quotation marks",
    ),
    (MID, "all).", "all)", "อ่านข้อเท็จจริงไม่ได้ตรงนี้", "the fact cannot be read here"),
    (MID, "says(", '#include "x.lp".\nsays(', "อ่านข้อเท็จจริงไม่ได้ตรงนี้", "the fact cannot be read here"),
]


@pytest.mark.parametrize(
    ("file", "was", "becomes", "thai", "english"), SLIPS, ids=[slip[2][:40] for slip in SLIPS]
)
def test_a_slip_is_told(kb: Path, file: str, was: str, becomes: str, thai: str, english: str) -> None:
    line = planted(kb, file, was, becomes)
    found = check(kb)
    for language, words in (("th", thai), ("en", english)):
        wording = Wording(language)  # type: ignore[arg-type]
        told = [wording.finding(finding) for finding in found]
        assert any(words in sentence for sentence in told), told
    assert any(
        f.place and f.place.file == str(kb / file) and abs((f.place.line or 0) - line) <= 3 for f in found
    )


def test_a_column_counts_letters(kb: Path) -> None:
    line = planted(
        kb, MID, 'gloss(   "std.general_admin.mid.q1", th, ', 'gloss(   "std.general_admin.mid.q1", thh, '
    )
    (place,) = {f.place for f in check(kb) if f.code == "kb_argument"}
    assert place is not None
    assert (place.line, place.column) == (line, 38)


def test_a_broken_knowledge_base_answers_nothing(kb: Path) -> None:
    planted(kb, MID, "at_least(years(2))", "at_least(yeers(2))")
    command = [
        sys.executable,
        "-m",
        "lgreason",
        "why",
        "docs/examples/people/one-day-short.yaml",
        "ผอ.กอง ระดับกลาง",
    ]
    done = subprocess.run(
        [*command, "--kb", str(kb)], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "at_least(yeers(2)) ซึ่งไม่ใช่สิ่งที่ข้อกำหนดได้" in done.stderr


LEGITIMATE = {
    # a number of years is a number, and words are words: that they are the right ones is for the cases and quotations
    *(
        ("changed", predicate, 3)
        for predicate in ("alias", "gloss", "place", "subject", "duty", "required_level", "repair")
    ),
    *(("changed", predicate, 3) for predicate in ("authority", "lacks", "reason", "duty_change", "text")),
    *(
        ("changed", predicate, 2)
        for predicate in ("quote", "repair", "document", "rank", "says", "factor", "full", "range")
    ),
    *(("changed", predicate, 4) for predicate in ("name", "called", "choice_text", "duty")),
    *(("changed", "abbreviation", at) for at in (1, 2)),
    *(
        ("changed", "optional", 1),
        ("changed", "c_level", 2),
        ("changed", "in_force", 2),
        ("changed", "clause", 5),
    ),
    *(
        ("changed", "competency_count", 3),
        ("changed", "range", 3),
        ("changed", "range", 4),
        ("changed", "c_levels_end", 1),
    ),
    *(("changed", "has", at) for at in (2, 3)),  # a term of another kind, an attribute of another name
    *(("changed", "value", at) for at in (1, 3)),
    *(
        ("changed", "except", 3),
        ("changed", "implies", 4),
        ("changed", "implies", 5),
        ("changed", "absent", 3),
    ),
    # lists whose length nothing else tells
    *(
        ("dropped", predicate, 0)
        for predicate in ("alias", "counts", "relies", "repair", "lacks", "caveat", "follows")
    ),
    *(
        ("dropped", predicate, 0)
        for predicate in ("quote", "c_level", "c_levels_end", "duty", "benefit", "calculates")
    ),
    *(
        ("dropped", predicate, 0)
        for predicate in ("duty_change", "competency_count", "full", "called", "abbreviation")
    ),
    *(
        ("dropped", predicate, 0)
        for predicate in ("optional", "opens", "limits", "sets_up", "retypes", "post", "adds")
    ),
    *(
        ("dropped", predicate, 0)
        for predicate in ("mean", "subtracts", "ratio", "step", "area", "factor", "choice")
    ),
    *(
        ("dropped", predicate, 0)
        for predicate in ("part", "level", "position", "range", "value", "implies", "has", "clause")
    ),
    *(
        ("dropped", predicate, 0)
        for predicate in ("competency", "required_level", "topic", "except", "name", "rank")
    ),
}
"""What may go unnoticed here: kind of slip, predicate, argument. docs/soundness.md gives the reasons and the counts."""


def test_slips_are_noticed() -> None:
    stated = shipped()
    every = [slip for slip in slips(stated) if (slip.kind, slip.predicate, slip.argument) not in LEGITIMATE]
    assert unnoticed(random.Random(2569).sample(every, 250), stated) == []


def test_what_is_legitimate_would_not_be_noticed() -> None:
    """The guard can fail: a slip that is legitimate goes by."""
    stated = shipped()
    glosses = [
        slip
        for slip in slips(stated)
        if (slip.kind, slip.predicate, slip.argument) == ("changed", "gloss", 3)
    ]
    assert unnoticed(glosses[:1], stated) == glosses[:1]
