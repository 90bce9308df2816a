"""What may be left out of a sentence, what never, and what may be offered where not all of it was understood."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lgreason.repl.understanding.chunks import Chunk
from lgreason.repl.understanding.lattice import SentenceWay
from lgreason.repl.understanding.patterns import FILLER
from lgreason.words.plain import is_thai


def leaves_out(way: SentenceWay, cheapest: SentenceWay) -> bool:
    """Whether a way takes for a filler what in the cheapest way is a part of a word that must not be left out."""
    titles = [t for t in cheapest.tokens if "OTHER_TITLE" in t.tags]
    posts = [t for t in way.tokens if t.names.keys() & {"POSITION_NAME", "POST_NAME"}]
    if any(title.start <= t.start and t.end < title.end for title in titles for t in posts):
        return True  # «ผอ.กองคลัง» is no «ผอ.» of a unit
    fillers = [t for t in way.tokens if t.tags == {FILLER} and not t.names]
    for token in cheapest.tokens:
        if not token.tags & NEVER_SPLIT:
            continue
        if any(token.start <= t.start and t.end <= token.end and t.text != token.text for t in fillers):
            return True
    return any("PATH" in t.tags for t in cheapest.tokens) and not any("PATH" in t.tags for t in way.tokens)


NEVER_SPLIT = frozenset(
    {"SOONER", "EVER", "PREVIOUSLY", "EXPLAIN", "VERDICT", "SHORTEN", "NOT", "NO_LONGER", "ONLY"}
)
OF_A_QUESTION_WORD = frozenset({"how", "why", "when", "path"})


def lists_after(found: Sequence[Chunk]) -> bool:
    """Whether *who* comes only after *what*: «คุณสมบัติมีอะไรบ้าง แล้วใครเข้าเกณฑ์» asks twice."""
    called = [chunk.called for chunk in found]
    what = next((n for n, tags in enumerate(called) if "WHAT" in tags and "WHO" not in tags), len(called))
    who = next((n for n, tags in enumerate(called) if "WHO" in tags), len(called))
    return what < who < len(called)


QUESTION_WORDS = frozenset({"HOW", "NEEDED", "WHY", "BLOCKED", "WHEN", "UNTIL_THEN", "PATH", "BY_WHICH"})


def asked_already(found: Sequence[Chunk]) -> bool:
    """Whether a Thai sentence asks yes or no before its question word comes: «…ได้ไหม ต้องทำอะไร»."""
    asked = False
    for chunk in found:
        if asked and chunk.called & QUESTION_WORDS:
            return True
        asked = asked or ("YESNO" in chunk.called and is_thai(chunk.tokens[0].text[0]))
    return False


def in_words(found: Sequence[Chunk]) -> bool:
    """Whether a line asks whether somebody may be something, and does not tell that he is."""
    first = found[0]
    turned = not is_thai(first.tokens[0].text[0]) and bool(first.called & _TURNED)  # "is he …", "can he …"
    return turned or any(chunk.called & _ASKED_IN_WORDS for chunk in found)


_ASKED_IN_WORDS = frozenset({"YESNO", "CHECK", "IF", "WHAT", "NOT", "LACKING", "AGAIN_MARK"})
_TURNED = frozenset({"CAN", "BE", "DO", "WILL", "HAVE"})


def personal(known: Sequence[Chunk]) -> bool:
    """Whether chunks speak of a career, so that a name may be missing among them."""
    return any(chunk.called & OF_A_CAREER for chunk in known)


OF_A_CAREER = frozenset(
    {
        *("position", "level", "rank", "degree", "ENTITLED", "LACKING", "ASCEND", "APPLY", "APPOINTED"),
        *(
            "HOW_LONG",
            "SERVICE_TIME",
            "RECORD",
            "STUDIED",
            "HELD",
            "EVER",
            "COMPETENCY",
            "PATH",
            "QUALIFICATION",
        ),
    }
)
ASKED_WITHOUT_A_WORD = frozenset({"check", "profile", "again", "positions", "people", "requirements", "show"})
"""Questions that need no question word: with one that was not understood, another question was asked."""
ASKING = re.compile(
    r"ทำไม|เพราะ|เมื่อไ|อย่างไร|ยังไง|กี่|ใคร|เท่าไ|เท่าใด|ไหน|อะไร"
    r"|\b(?:what|when|why|how|who|which|where|whose)\b"
)


NO_PERSON = (
    *("กอง", "สำนัก", "ฝ่าย", "งาน", "แผนก", "เทศบาล", "อบต", "อบจ", "ตำแหน่ง", "ระดับ"),
    *("หัวหน้า", "ผู้อำนวยการ", "ผอ", "ปลัด", "รองปลัด", "รองนายก", "นายกเทศ", "นายกอบ", "นายกองค์การ", "ผู้ช่วย"),
    *("เจ้าหน้าที่", "เจ้าพนักงาน", "พนักงาน", "ลูกจ้าง", "ข้าราชการ", "คณะกรรมการ", "กรรมการ", "นักวิชาการ"),
    *("ปวส", "ปวช", "ปวท", "วุฒิปว", "วุฒิปริญญา", "วุฒิการศึกษา", "วุฒิม", "อนุปริญญา", "ปริญญา", "ประกาศนียบัตร"),
    *(
        "ตอน",
        "ช่วงที่",
        "ช่วงเวลา",
        "สมัยก่อน",
        "สมัยที่",
        "เมื่อ",
        "ขณะ",
        "ก่อน",
        "หลังจาก",
        "ภายหลัง",
        "เพราะ",
        "เนื่องจาก",
    ),
    *(
        "ถ้า",
        "หาก",
        "แต่",
        "ทั้งที่",
        "ระบบ",
        "ประสบการณ์",
        "เวลา",
        "อายุงาน",
        "กฎหมาย",
        "ระเบียบ",
        "มาตรฐาน",
        "หลักเกณฑ์",
    ),
)
"""With these begins what is no person: posts and units, degrees, words that join or lead a clause."""
SHORTEST_WORD = 5
"""A stretch that begins with a known word of so many signs is no name; shorter words begin many names."""
BETWEEN = re.compile(
    r"ถ้า(?:ยัง)?ไม่(?:ได้|ผ่าน|มีสิทธิ|ครบ)(?:แล้ว|ต้อง(?=ทำ))?|ถ้ายัง(?=ต้อง|จะ|ขาด|ติด|อีก|เมื่อ|ทำ)"
    r"|,?(?: and| or)? if not,?|แล้วก็|แล้ว|และ|พร้อมทั้ง|อีกอย่าง|ส่วน|กับ(?=ขอ|อยาก)"
    r"| and (?:also )?(?=what|when|why|how|who|which|is|can|does)|, ?(?=when|why|how|who)|; ?"
)
"""What stands between two questions of one line."""
CLAUSES = re.compile(
    r"ทั้งที่|ทั้งๆที่|เพราะ|เนื่องจาก|เพิ่ง|แต่|ทำไม|ถ้า|หาก|ใคร|เมื่อไ|จึง|โดย(?=ที่)|ขอ(?=ทราบ)|อยาก(?=ทราบ|รู้|ให้)|ต้อง(?=ทำ)"
    r"|\b(?:because|although|since|but|why|when|who|how|is|can|what)\b"
)
"""Where a clause of its own may begin."""
SHORTEST_PART = 8
MOST_PARTS = 24
"""So many parts of a line are tried for a question of their own."""
NO_PART = frozenset(
    {"again", "thanks", "greet", "yes", "no", "unsure", "as_of", "list", "help", "quit", "lang", "undo"}
)
NEVER_IN_PART = frozenset({"yes", "no", "unsure", "quit", "undo", "as_of", "lang"})
"""What is done only where it was said in full."""
ONE_CLAUSE = NO_PART | {"whatif"}
"""Questions that a space does not part from others: an *if* may go on after it."""
NOT_OFFERED = NO_PART | {
    "show",
    "transcript",
    "save",
    "load",
    "export",
    "draw",
    "readings",
    "other",
    "reading",
}
DENYING = frozenset({"NOT", "LACKING", "NO_LONGER", "TOLD_NO", "NO", "FORBID"})
"""Words without which what is said would be its opposite."""
KEPT = DENYING | frozenset(
    {
        *("NOW", "NUMBER", "IF", "OUTSIDE", "OTHER_TITLE", "NTH"),
        *("WHAT", "WHAT_POST", "WHO", "WHY", "BLOCKED", "WHEN", "UNTIL_THEN", "HOW", "HOW_LONG", "HOW_MANY"),
        *("NEEDED", "PATH", "COMPARE", "MEMO", "DUTY", "WHICH_FIELDS", "TO_FIND", "WHICH_ITEM", "SHORTEN"),
        *(
            "ASKER",
            "PREVIOUSLY",
            "EXPLAIN",
            "EVER",
            "SOONER",
            "DURATION",
            "LACK",
            "COUNT",
            "ACTING",
            "CONCURRENT",
            "SECONDMENT",
        ),
        *("PART_TIME", "RELATED_CREDIT", "BURDEN", "STRUCTURES", "PLAN", "PROPOSED", "OBTAIN", "BY_WHICH"),
    }
)
"""Words without which a sentence would mean something else."""
BEFORE_A_PERSON = frozenset(
    {
        *(
            "START",
            "NOT",
            "WHY",
            "WHEN",
            "IF",
            "SHOW",
            "CHECK",
            "COMPARE",
            "RECORD",
            "DATA",
            "JOIN",
            "BLOCKED",
            "HOW",
        ),
        *(
            "BE",
            "CAN",
            "WILL",
            "DO",
            "on",
            "on_at",
            "by",
            "persons",
            "PATH",
            "HOW_LONG",
            "MEMO",
            "UNTIL_THEN",
            "FIRST",
        ),
    }
)
OF_A_PERSON = frozenset(
    {
        *(
            "check",
            "why",
            "when",
            "how",
            "path",
            "people",
            "upcoming",
            "whatif",
            "requirements",
            "duties",
            "gaps",
        ),
        "memo",
    }
)
WITH_A_POST = OF_A_PERSON | {"posts", "why_post"}
ABOUT_PERSONS = frozenset(
    {
        *(
            "why",
            "check",
            "when",
            "how",
            "path",
            "positions",
            "service",
            "profile",
            "gaps",
            "missing",
            "whatif",
        ),
        *("memo", "compare", "again"),
    }
)
