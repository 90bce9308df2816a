"""Sentences and their meaning: Thai with and without spaces, English, and the two mixed; and what is no question."""

from __future__ import annotations

import logging
from itertools import product

import pytest
from lark import Lark, logger

from lgreason.completion import complete
from lgreason.knowledge import KnowledgeBase, Library, folder
from lgreason.lexicon import Lexicon
from lgreason.model import LANGUAGES
from lgreason.plain_text import plain, plain_text
from lgreason.question import NotUnderstood, Question, _NoLexer, parse
from lgreason.question_words import language_of, sentence
from lgreason.wording import Wording

PEOPLE = {
    "somchai": "นายสมชาย ใจดี",
    "malee": "นางมาลี รักงาน",
    "orathai": "นางสาวอรทัย ขยันยิ่ง",
    "prasit": "นายประสิทธิ์ มั่นคง",
    "prasit2": "นายประสิทธิ์ ใจเย็น",
    "john": "Mr. John Carter",
}
SERIES = "general_admin."


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    return Library().under()


@pytest.fixture(scope="module")
def lexicon(kb: KnowledgeBase) -> Lexicon:
    return Lexicon(kb, PEOPLE)


def meaning(question: Question | NotUnderstood) -> str:
    """A question in brief: what is asked, of whom (`-`: spoken of last), for what, and how."""
    if isinstance(question, NotUnderstood):
        return "not understood"
    words = [question.ask, *("|".join(person.ids) for person in question.persons)]
    if question.position:
        words.append("|".join(identity.removeprefix(SERIES) for identity in question.position.ids))
    if question.clause:
        words.append("|".join(identity.removeprefix(f"std.{SERIES}") for identity in question.clause.ids))
    if question.text:
        words.append(repr(question.text))
    words += ["not"] * question.negated + ["full"] * question.full
    return " ".join(words)


MID, EARLY, HIGH = "mid.division_director", "early.division_director", "high.office_director"
HEAD, PART = "early.section_head", "mid.part_director"
NUMBER_2_2 = "early.q2.2|high.q2.2|mid.q2.2|s.2|early.duty.2.2|mid.duty.2.2|high.duty.2.2"

SENTENCES = [
    # why: Thai, spaced and not
    ("ทำไม สมชาย ถึงไม่มีสิทธิเป็น ผอ.กอง ระดับกลาง", f"why somchai {MID} not"),
    ("ทำไมสมชายไม่มีสิทธิเป็นผอ.กองระดับกลาง", f"why somchai {MID} not"),
    ("ทำไมสมชายไม่มีสิทธิ์เป็นผอ.กองกลาง", f"why somchai {MID} not"),
    ("ทำไม สมชาย ไม่ มี สิทธิ เป็น ผอ . กอง ระดับ กลาง", f"why somchai {MID} not"),
    ("ทำไมนายสมชาย ใจดี จึงมีสิทธิเป็นผู้อำนวยการกอง ระดับต้น", f"why somchai {EARLY}"),
    ("ทำไมคุณมาลีถึงมีสิทธิเป็นหัวหน้าสำนักปลัดระดับกลาง", f"why malee {MID}"),
    ("เหตุใดอรทัยจึงไม่มีสิทธิดำรงตำแหน่งหน.ฝ่ายครับ", f"why orathai {HEAD} not"),
    ("อรทัยไม่มีสิทธิเป็นหัวหน้าฝ่ายเพราะอะไร", f"why orathai {HEAD} not"),
    ("สมชาย ทำไม ไม่มีสิทธิเป็น ผอ.สำนัก", f"why somchai {HIGH} not"),
    ("ทำไมเขาเป็นผอ.สำนักไม่ได้", f"why {HIGH} not"),
    ("ทำไมมาลีเป็นหน.สป.กลางได้คะ", f"why malee {MID}"),
    ("ทำไมถึงมีสิทธิ", "why"),
    ("ทำไมไม่มีสิทธิ", "why not"),
    ("ทำไมสมชายขาดคุณสมบัติผู้อำนวยการส่วน", f"why somchai {PART} not"),
    ("ทำไมสมชายขาดคุณสมบัติเป็นผู้อำนวยการส่วน", f"why somchai {PART} not"),
    ("ทำไม", "why"),
    ("ทำไม ทั้งหมด", "why full"),
    ("ทำไมสมชายไม่มีสิทธิเป็นผอ.กองระดับกลางโดยละเอียด", f"why somchai {MID} not full"),
    ("ทำไมผอ.ส่วน", f"why {PART}"),
    ("ทำไมคนนี้ไม่มีสิทธิเป็น ผอ.กอง ระดับต้น ล่ะครับ", f"why {EARLY} not"),
    # why: English
    ("why somchai division director, mid", f"why somchai {MID}"),
    ("Why is Somchai not eligible for division director, mid level?", f"why somchai {MID} not"),
    ("why is not somchai eligible for the post of mid-level division director", f"why somchai {MID} not"),
    ("why isn't malee eligible for section head", f"why malee {HEAD} not"),
    ("why can't he become office director?", f"why {HIGH} not"),
    ("why is she eligible", "why"),
    ("why not", "why not"),
    ("why", "why"),
    ("why full", "why full"),
    ("why john part director in full", f"why john {PART} full"),
    ("explain why mr. john carter is not eligible for part director", f"why john {PART} not"),
    # mixed
    ("ทำไม somchai ไม่มีสิทธิเป็น division director, mid", f"why somchai {MID} not"),
    ("why สมชาย ผอ.กอง mid", f"why somchai {MID}"),
    ("ทำไม john not eligible for ผอ.ส่วน", f"why john {PART} not"),
    # check
    ("check somchai section head", f"check somchai {HEAD}"),
    ("ตรวจสอบสมชายหัวหน้าฝ่าย", f"check somchai {HEAD}"),
    ("ช่วยตรวจสอบว่าสมชายมีสิทธิเป็นหัวหน้าฝ่ายหรือไม่", f"check somchai {HEAD}"),
    ("สมชายมีสิทธิเป็นผอ.กองระดับกลางหรือไม่", f"check somchai {MID}"),
    ("สมชายมีสิทธิเป็นผอ.กองระดับกลางไหมคะ", f"check somchai {MID}"),
    ("มาลีเป็นผอ.กองต้นได้ไหม", f"check malee {EARLY}"),
    ("มาลี หน.ฝ่าย", f"check malee {HEAD}"),
    ("เธอมีสิทธิเป็นผอ.ส่วนหรือยัง", f"check {PART}"),
    ("มีสิทธิหรือไม่", "check"),
    ("is somchai eligible for division director, mid?", f"check somchai {MID}"),
    ("can he hold part director", f"check {PART}"),
    ("check if malee is eligible for section head", f"check malee {HEAD}"),
    ("สมชายเป็นผอ.กองได้ไหม", f"check somchai {EARLY}|{MID}"),
    ("is prasit eligible for part director", f"check prasit {PART}"),
    ("ประสิทธิ์มีสิทธิเป็นผอ.ส่วนไหม", f"check prasit|prasit2 {PART}"),
    ("นายประสิทธิ์ใจเย็นมีสิทธิเป็นผอ.ส่วนไหม", f"check prasit2 {PART}"),
    # what may this person hold
    ("check somchai", "positions somchai"),
    ("ตรวจ สมชาย", "positions somchai"),
    ("สมชายเป็นอะไรได้บ้าง", "positions somchai"),
    ("เขามีสิทธิดำรงตำแหน่งใดได้บ้าง", "positions"),
    ("what is somchai eligible for", "positions somchai"),
    ("which positions may she hold", "positions"),
    # show
    ("show mid 2.2", "show mid.q2.2"),
    ("แสดง กลาง ข้อ ๒.๒", "show mid.q2.2"),
    ("ระดับกลาง ข้อ ๒.๒ ประโยคที่สอง ว่าอย่างไร", "show mid.q2.2.reduce"),
    ("แสดง ข้อ ๒.๒", f"show {NUMBER_2_2}"),
    ("ข้อ๒.๒ว่าอย่างไร", f"show {NUMBER_2_2}"),
    ("what does clause 2.2 say?", f"show {NUMBER_2_2}"),
    ("show early 3.2 (1)", "show early.q3.2.1"),
    ("show std.general_admin.mid.q", "show mid.q"),
    ("show A-05", "show 'A-05'"),
    ("A-05 คืออะไร", "show 'A-05'"),
    ("show somchai", "show somchai"),
    ("ข้อมูลของมาลี", "show malee"),
    # the session
    ("load People/Somchai Jaidee.yaml", "load 'People/Somchai Jaidee.yaml'"),
    ("โหลดแฟ้ม สมชาย.yaml", "load 'สมชาย.yaml'"),
    ("people", "people"),
    ("ขอดูรายชื่อหน่อยครับ", "people"),
    ("as of 1 October 2026", "as_of '1 October 2026'"),
    ("as of 2569-10-01", "as_of '2569-10-01'"),
    ("ณ วันที่ ๑ ต.ค. ๒๕๖๙", "as_of '๑ ต.ค. ๒๕๖๙'"),
    ("ณ วันนี้", "as_of 'today'"),
    ("as of today", "as_of 'today'"),
    ("lang en", "lang 'en'"),
    ("ภาษาไทย", "lang 'th'"),
    ("ภาษา อังกฤษ ครับ", "lang 'en'"),
    ("reading A-05=title", "reading 'A-05=title'"),
    ("--reading A-05=title", "reading 'A-05=title'"),
    ("ตีความ a-05 = title", "reading 'A-05=title'"),
    ("reading A-05=nothing", "reading 'A-05=nothing'"),
    ("help", "help"),
    ("?", "help"),
    ("วิธีใช้ครับ", "help"),
    ("quit", "quit"),
    ("ออก", "quit"),
]


@pytest.mark.parametrize(("line", "expected"), SENTENCES)
def test_what_a_sentence_means(line: str, expected: str, lexicon: Lexicon) -> None:
    assert meaning(parse(line, lexicon)) == expected


TWINS = [
    ("ทำไมสมชายไม่มีสิทธิเป็นผอ.กองระดับกลาง", "why is somchai not eligible for division director, mid"),
    ("ทำไมเขาไม่มีสิทธิเป็นหัวหน้าฝ่าย ทั้งหมด", "why is he not eligible for section head, full"),
    ("มาลีมีสิทธิเป็นผอ.ส่วนหรือไม่", "is malee eligible for part director"),
    ("มาลีเป็นผอ.สำนักได้ไหม", "can malee become office director"),
    ("คนนี้เป็นอะไรได้บ้าง", "what is this person eligible for"),
    ("ข้อ ๒.๑ ว่าอย่างไร", "what does clause 2.1 say"),
    ("แสดง ต้น ข้อ ๓.๒ (๓)", "show early level, item 3.2 (3)"),
    ("แสดง สมชาย", "show somchai"),
    ("รายชื่อ", "people"),
    ("ณ วันนี้", "as of today"),
    ("ภาษา ไทย", "lang th"),
    ("ตีความ A-05=title", "reading A-05=title"),
    ("วิธีใช้", "help"),
    ("ออก", "exit"),
]


@pytest.mark.parametrize(("thai", "english"), TWINS)
def test_twins_mean_the_same(thai: str, english: str, lexicon: Lexicon) -> None:
    question = parse(thai, lexicon)
    assert isinstance(question, Question)
    assert question == parse(english, lexicon)


@pytest.mark.parametrize(
    "line", [line for line, expected in SENTENCES if expected[:4] not in ("load", "as_o")]
)
def test_spaces_say_nothing_in_thai(line: str, lexicon: Lexicon) -> None:
    """Without any space beside a Thai letter, and with one between all syllables, a sentence means the same."""
    dense = plain_text(line)
    assert meaning(parse(dense, lexicon)) == meaning(parse(line, lexicon))


def test_every_pair_of_position_names_is_told_apart_unspaced(lexicon: Lexicon) -> None:
    """No name swallows the beginning of what follows it, whichever name that is, nor stops short inside itself."""
    words = lexicon.words["POSITION_NAME"]
    offered = [key for key, word in words.items() if word.offered]
    for first, second in product(words, offered):
        text = first + second if not (first[-1].isascii() and second[0].isascii()) else f"{first} {second}"
        ends = list(words.at(text, 0))
        assert len(first) in ends, text
        assert any(text[end:].lstrip() in words for end in ends), text


def test_every_position_name_is_a_sentence_end(lexicon: Lexicon) -> None:
    for key, word in lexicon.words["POSITION_NAME"].items():
        question = parse(f"ทำไมสมชายไม่มีสิทธิเป็น{key}", lexicon)
        assert isinstance(question, Question) and question.position is not None, key
        assert question.position.ids == word.ids, key


def test_the_grammar_leaves_no_choice_open(caplog: pytest.LogCaptureFixture) -> None:
    """A conflict would be resolved silently, and some sentence would never be understood."""
    logger.addHandler(caplog.handler)
    try:
        with caplog.at_level(logging.DEBUG, logger=logger.name):
            text = (folder("grammar") / "question.lark").read_text(encoding="utf-8")
            Lark(text, parser="lalr", lexer=_NoLexer, maybe_placeholders=False, debug=True)
    finally:
        logger.removeHandler(caplog.handler)
    assert [record.message for record in caplog.records if "conflict" in record.message] == []


# ── what is no question ───────────────────────────────────────────────────────────────────────────────────────────

NEAR_MISSES = [
    # line, how far it was understood, the question suggested
    ("ทำไมสมชัยไม่มีสิทธิเป็นผอ.กองระดับกลาง", "ทำไม", "ทำไมสมชายไม่มีสิทธิเป็นผู้อำนวยการกอง ระดับกลาง"),
    ("ทำไมสมชายไม่มีสิทธืเป็นหัวหน้าฝ่าย", "ทำไมสมชายไม่", "ทำไมสมชายไม่มีสิทธิเป็นหัวหน้าฝ่าย ระดับต้น"),
    ("สมชายมีสิทธิเป็นหัวหน้าฝาย", "สมชายมีสิทธิเป็น", "สมชายมีสิทธิเป็นหัวหน้าฝ่าย ระดับต้นหรือไม่"),
    ("สมชายเปนอะไรได้บ้าง", "สมชาย", "สมชายเป็นอะไรได้บ้าง"),
    ("why somchay division director, mid", "why", "why is somchai eligible for division director, mid level"),
    ("is malee elligible for section head", "is malee", "is malee eligible for section head, early level"),
    ("why is malee not eligible for divison director mid", "why is malee not eligible for",
     "why is malee not eligible for division director, mid level"),
    ("cheek somchai", "", "what is somchai eligible for"),
    ("show mid 2.9", "show", "show mid 2.1"),
    ("lang fr", "lang", "lang en"),
    ("lod People/Malee.yaml", "", "load People/Malee.yaml"),
    ("ช่วยบอกว่าสมชายจะได้ขึ้นผอ.กองกลางเมื่อไหร่", "ช่วย", "สมชายมีสิทธิเป็นผู้อำนวยการกอง ระดับกลางหรือไม่"),
    ("hello", "", "what is somchai eligible for"),
    ("สวัสดี", "", "สมชายเป็นอะไรได้บ้าง"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "understood", "suggested"), NEAR_MISSES)
def test_near_misses(line: str, understood: str, suggested: str, lexicon: Lexicon, kb: KnowledgeBase) -> None:
    failed = parse(line, lexicon)
    assert isinstance(failed, NotUnderstood)
    assert failed.understood == understood
    assert line.startswith(failed.understood) and line.endswith(failed.rest)
    assert sentence(failed.suggestion, kb, lexicon, Wording(language_of(line))) == suggested


@pytest.mark.parametrize("line", [line for line, _ in SENTENCES])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_in_words_asks_the_same(
    line: str, language: str, lexicon: Lexicon, kb: KnowledgeBase
) -> None:
    question = parse(line, lexicon)
    assert isinstance(question, Question)
    text = sentence(question, kb, lexicon, Wording("th" if language == "th" else "en"))
    again = parse(text, lexicon)
    assert isinstance(again, Question), text
    if question.ask == "check" or "|" in meaning(question):
        # A question whether does not carry a "not"; a name that means several goes on meaning them.
        assert (again.ask, again.persons, again.position) == (
            question.ask,
            question.persons,
            question.position,
        )
    else:
        assert again == question, text


@pytest.mark.parametrize(
    "line", ["", "   ", "\x00", "์์์", "(((((", "ก" * 2000, "why " * 500, "ทำไม" * 300, "2.2 " * 200, "🙂 why"]
)
def test_no_line_is_too_odd(line: str, lexicon: Lexicon) -> None:
    assert isinstance(parse(line, lexicon), Question | NotUnderstood)
    complete(line, lexicon)


# ── plain text and completion ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("ทำไม สมชาย", "ทำไมสมชาย"),
        ("ทํา น้ํา นํ้า", "ทำน้ำน้ำ"),
        ("เเม่", "แม่"),
        ("สิทธ์ิ สิทธิ์", "สิทธิสิทธิ"),
        ("ข้อ ๒.๒", "ข้อ2.2"),
        ("Chief of the  Clerk's Office", "chief of the clerk s office"),
        ("ผอ. กอง", "ผอ.กอง"),
        ("1 ต.ค. ๒๕๖๙", "1ต.ค. 2569"),
        ("ทำ\u200bไม", "ทำไม"),
    ],
)
def test_plain_text(written: str, expected: str) -> None:
    found = plain(written)
    assert found.text == expected
    assert len(found.starts) == len(found.text)
    assert list(found.starts) == sorted(found.starts)
    assert plain_text(found.text) == found.text


@pytest.mark.parametrize(
    ("line", "start", "first"),
    [
        ("ทำไมสม", 4, "สมชาย"),
        ("ทำไมสมชายไม่มีสิทธิเป็นผู้อำ", 23, "ผู้อำนวยการกอง ระดับต้น"),
        ("ทำไม สมชาย ไม่มีสิทธิเป็น ผอ.กอง ระ", 26, "ผอ.กอง ระดับต้น"),
        ("why is som", 7, "somchai"),
        ("why is somchai eligible for div", 28, "division director, early level"),
        ("แสดง กลาง ข้อ ๒", 5, None),
        ("reading A-05=ti", 8, "A-05=title"),
        ("ขอทราบว่ามา", 9, "มาลี"),
        ("wh", 0, "why"),
    ],
)
def test_completion(line: str, start: int, first: str | None, lexicon: Lexicon) -> None:
    found = complete(line, lexicon)
    assert found
    assert found[0].start == start
    assert first is None or found[0].text == first


def test_completion_goes_on_after_a_word(lexicon: Lexicon) -> None:
    found = [(word.start, word.text) for word in complete("ทำไม", lexicon)]
    assert (4, "สมชาย") in found and not any(text.strip() == "why" for _, text in found)
    assert (3, " somchai") in [(word.start, word.text) for word in complete("why", lexicon)]
