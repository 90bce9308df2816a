"""Sentences and their meaning: Thai with and without spaces, English, and the two mixed; and what is no question."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from lgreason.files.organisation.organisation import Organisation, Unit
from lgreason.repl.completion import complete
from lgreason.repl.lexicon import Lexicon
from lgreason.repl.organisation_lexicon import OrganisationWords
from lgreason.repl.question import NotUnderstood, Question, parse, parse_told
from lgreason.repl.question_words import language_of, sentence
from lgreason.report.wording import Wording
from lgreason.rules.knowledge import KnowledgeBase, Library
from lgreason.rules.model import LANGUAGES
from lgreason.words.forms import Kind
from lgreason.words.plain import plain, plain_text

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


def organisation(identity: str, name: str, units: dict[str, str]) -> Organisation:
    made = tuple(Unit(unit, called, True, n) for n, (unit, called) in enumerate(units.items(), 1))
    return Organisation(identity, name, "municipality", units=made)


ORGANISATIONS = (
    organisation(
        "muang",
        "เทศบาลเมืองตัวอย่าง",
        {"clerk_office": "สำนักปลัดเทศบาล", "kong_chang": "กองช่าง", "finance": "กองคลัง"},
    ),
    organisation("nakhon", "เทศบาลนครสาธิต", {"finance": "สำนักคลัง", "health": "กองสาธารณสุขและสิ่งแวดล้อม"}),
    replace(organisation("tambon", "องค์การบริหารส่วนตำบลทดลอง", {"education": "กองการศึกษา"}), type="sao"),
)


@pytest.fixture(scope="module")
def people_alone(kb: KnowledgeBase) -> Lexicon:
    return Lexicon(kb, PEOPLE)


@pytest.fixture(scope="module")
def lexicon(people_alone: Lexicon) -> Lexicon:
    of_organisations = Library(branch="organisations").under()
    return people_alone.with_organisations(OrganisationWords(of_organisations, ORGANISATIONS))


def meaning(question: Question | NotUnderstood) -> str:
    """A question in brief: what is asked, of whom (`-`: spoken of last), for what, and how."""
    if isinstance(question, NotUnderstood):
        return "not understood"
    words = [question.ask, *("|".join(person.ids) for person in question.persons)]
    if question.position:
        words.append("|".join(identity.removeprefix(SERIES) for identity in question.position.ids))
    if question.clause:
        words.append("|".join(identity.removeprefix(f"std.{SERIES}") for identity in question.clause.ids))
    if question.on:
        words.append(f"on {question.on.day}")
    if (said := question.suppose) is not None:
        words += [said.kind, "|".join(identity.removeprefix(SERIES) for identity in said.what.ids)]
        words += [said.field.ids[0]] if said.field else []
        words += [f"{said.start.day if said.start else ''}..{said.end.day if said.end else ''}"]
    if question.organisation:
        words.append(f"of {'|'.join(question.organisation.ids)}")
    words += ["|".join(mention.ids) for mention in (question.post, question.kind) if mention]
    if (wanted := question.wanted) is not None:
        words += ["|".join(wanted.what.ids), *(part for part in (wanted.inside, f"= {wanted.value}") if part)]
    words += [str(part) for part in (question.which, question.option) if part]
    if question.text:
        words.append(repr(question.text))
    words += ["not"] * question.negated + ["full"] * question.full
    return " ".join(words)


MID, EARLY, HIGH = "mid.division_director", "early.division_director", "high.office_director"
HEAD, PART = "early.section_head", "mid.part_director"
OF_PERSONS = "early.q2.2|high.q2.2|mid.q2.2|s.2|early.duty.2.2|mid.duty.2.2|high.duty.2.2"
NUMBER_2_2 = f"{OF_PERSONS}|org.mun.s29.2.2|org.sao.s44.2.2"

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
    ("check malee as of 2569-10-01", "positions malee on 2026-10-01"),
    # when
    ("เมื่อไรสมชายจะมีสิทธิ", "when somchai"),
    ("เมื่อไร สมชาย จะมีสิทธิ์ เป็น ผอ.กอง ระดับกลาง ครับ", f"when somchai {MID}"),
    ("สมชายจะมีสิทธิเป็นผอ.กองระดับกลางเมื่อไหร่", f"when somchai {MID}"),
    ("เขาจะเป็นหัวหน้าฝ่ายได้เมื่อใดคะ", f"when {HEAD}"),
    ("เมื่อไหร่มาลีจะได้เป็นผอ.สำนัก", f"when malee {HIGH}"),
    ("วันไหนมาลีจึงจะมีสิทธิเป็นผู้อำนวยการส่วน", f"when malee {PART}"),
    ("when will somchai be eligible for division director, mid?", f"when somchai {MID}"),
    ("when is she eligible", "when"),
    ("when can malee become office director", f"when malee {HIGH}"),
    ("when will he", "when"),
    ("when somchai ผอ.กอง กลาง", f"when somchai {MID}"),
    ("เมื่อไร somchai จะ eligible for division director, mid", f"when somchai {MID}"),
    # how
    ("สมชายต้องทำอย่างไรจึงจะมีสิทธิเป็นผอ.กองระดับกลาง", f"how somchai {MID}"),
    ("สมชาย ต้อง ทำ อย่างไร ถึงจะ มีสิทธิ์ เป็น ผอ.กอง กลาง", f"how somchai {MID}"),
    ("เขาต้องทำยังไงถึงจะเป็นหัวหน้าฝ่ายได้ครับ", f"how {HEAD}"),
    ("ต้องทำอย่างไร", "how"),
    ("ทำอย่างไรมาลีจึงจะมีสิทธิเป็นผอ.สำนัก", f"how malee {HIGH}"),
    ("how can somchai become eligible for division director, mid?", f"how somchai {MID}"),
    ("how can she become office director", f"how {HIGH}"),
    # as of a day, for one question
    ("ณ วันที่ 1 ต.ค. 2569 สมชายมีสิทธิเป็นผอ.กองกลางหรือไม่", f"check somchai {MID} on 2026-10-01"),
    ("ณวันที่๑ต.ค.๒๕๖๙สมชายมีสิทธิเป็นผอ.กองกลางหรือไม่", f"check somchai {MID} on 2026-10-01"),
    ("สมชายมีสิทธิเป็นผอ.กองกลาง ณ วันที่ 1 ตุลาคม 2569 หรือไม่", f"check somchai {MID} on 2026-10-01"),
    ("ทำไมสมชายไม่มีสิทธิเป็นหัวหน้าฝ่าย ณ วันที่ 1/10/2569", f"why somchai {HEAD} on 2026-10-01 not"),
    ("is somchai eligible for section head as of 1 October 2026", f"check somchai {HEAD} on 2026-10-01"),
    (
        "as of 1 October 2026 why is malee not eligible for part director full",
        f"why malee {PART} on 2026-10-01 not full",
    ),
    ("why malee part director full as of 1 Oct 2026", f"why malee {PART} on 2026-10-01 full"),
    ("ณ วันที่ 1 ต.ค. 2569 เขาเป็นอะไรได้บ้าง", "positions on 2026-10-01"),
    ("ณ วันที่ 31 ก.พ. 2569 มีสิทธิหรือไม่", "check on None"),
    # who may hold a position
    ("ใครมีสิทธิเป็นหัวหน้าฝ่ายบ้าง", f"people {HEAD}"),
    ("ใคร เป็น ผอ.ส่วน ได้ บ้าง", f"people {PART}"),
    ("ใครบ้างที่มีสิทธิดำรงตำแหน่งผอ.กองต้นคะ", f"people {EARLY}"),
    ("ใครมีสิทธิบ้าง", "people"),
    ("who is eligible for section head?", f"people {HEAD}"),
    ("who can become office director", f"people {HIGH}"),
    ("who is eligible for part director as of 1 October 2026", f"people {PART} on 2026-10-01"),
    ("ณ วันที่ 1 ต.ค. 2569 ใครมีสิทธิเป็นผอ.สำนักบ้าง", f"people {HIGH} on 2026-10-01"),
    ("ใคร eligible for section head บ้าง", f"people {HEAD}"),
    # competencies that are missing
    ("ขาดสมรรถนะอะไรบ้าง", "gaps"),
    ("สมชายขาดสมรรถนะอะไรบ้าง", "gaps somchai"),
    ("สมชาย ยัง ขาด สมรรถนะ ใด สำหรับ ผอ.กอง ระดับกลาง", f"gaps somchai {MID}"),
    ("สมชายขาดสมรรถนะอะไรบ้างสำหรับผอ.กองระดับกลางทั้งหมด", f"gaps somchai {MID} full"),
    ("สมรรถนะที่มาลีขาดในการเป็นหัวหน้าฝ่าย", f"gaps malee {HEAD}"),
    ("which competencies is somchai missing for section head", f"gaps somchai {HEAD}"),
    ("what competencies does she lack", "gaps"),
    ("what is malee missing for office director full", f"why malee {HIGH} full"),
    ("competency gaps of john for part director", f"gaps john {PART}"),
    # into the reason just given, and under the other reading
    ("เพราะอะไร", "why"),
    ("เพราะอะไรล่ะครับ", "why"),
    ("why is that?", "why"),
    ("อ่านอีกแบบล่ะ", "other"),
    ("ถ้าตีความอีกทางล่ะคะ", "other"),
    ("the other reading", "other"),
    ("what about the other reading?", "other"),
    # what if
    ("ถ้าสมชายจบปริญญาโทรัฐศาสตร์ล่ะ", "whatif somchai obtain master political_science .."),
    ("ถ้า สมชาย จบ ปริญญาโท สาขา รัฐศาสตร์ ล่ะ ครับ", "whatif somchai obtain master political_science .."),
    ("หากมาลีมีปริญญาเอกในสาขารัฐประศาสนศาสตร์", "whatif malee obtain doctorate public_administration .."),
    ("ถ้าเขาจบโทบริหารธุรกิจ", "whatif obtain master business_administration .."),
    ("ถ้าจบป.ตรี", "whatif obtain bachelor .."),
    ("ถ้าได้เป็นผอ.กองระดับต้นตั้งแต่ 1 ต.ค. 2567", f"whatif take_up {EARLY} 2024-10-01.."),
    ("ถ้าได้เป็นผอ.กองระดับต้นตั้งแต่1ต.ค.2567ถึง30ก.ย.2569", f"whatif take_up {EARLY} 2024-10-01..2026-09-30"),
    ("สมมุติว่าสมชายเคยเป็นหัวหน้าฝ่ายตั้งแต่ 1/10/2560 จนถึงปัจจุบัน", f"whatif somchai take_up {HEAD} 2017-10-01.."),
    (
        "ถ้าสมชายดำรงตำแหน่งประเภทวิชาการ ระดับชำนาญการพิเศษ ตั้งแต่ 2560-01-01",
        "whatif somchai take_up academic.senior_professional 2017-01-01..",
    ),
    ("ถ้าทำงานนโยบายและแผนตั้งแต่ 1 ต.ค. 2567", "whatif work policy_planning 2024-10-01.."),
    ("ถ้าสมชายปฏิบัติงานทะเบียนราษฎรมาตั้งแต่ 1 ต.ค. 2567", "whatif somchai work civil_registration 2024-10-01.."),
    ("ถ้าสมชายจบโทรัฐศาสตร์จะมีสิทธิเป็นผอ.กองกลางไหม", f"whatif somchai {MID} obtain master political_science .."),
    (
        "ถ้าสมชายได้เป็นหัวหน้าฝ่ายตั้งแต่ 1 ต.ค. 2560 เขาจะเป็นผอ.กองต้นได้หรือไม่",
        f"whatif somchai {EARLY} take_up {HEAD} 2017-10-01..",
    ),
    ("what if he had a master's in political science", "whatif obtain master political_science .."),
    ("what if somchai had a master's degree in law?", "whatif somchai obtain master law .."),
    ("what if she had been section head since 1 Oct 2017", f"whatif take_up {HEAD} 2017-10-01.."),
    (
        "suppose malee had been section head from 1 Oct 2017 to 30 Sep 2020",
        f"whatif malee take_up {HEAD} 2017-10-01..2020-09-30",
    ),
    (
        "what if he had worked in policy and planning since 1 October 2024",
        "whatif work policy_planning 2024-10-01..",
    ),
    (
        "if john had a doctorate in economics would he be eligible for section head",
        f"whatif john {HEAD} obtain doctorate economics ..",
    ),
    ("what if somchai ได้เป็น section head ตั้งแต่ 1 ต.ค. 2567", f"whatif somchai take_up {HEAD} 2024-10-01.."),
    ("ถ้าได้เป็นผอ.กอง", f"whatif take_up {EARLY}|{MID} .."),
    ("ยกเลิก", "undo"),
    ("ยกเลิกทั้งหมด", "undo 'all'"),
    ("undo", "undo"),
    ("undo all please", "undo 'all'"),
    # two persons side by side
    ("เทียบสมชายกับมาลี", "compare somchai malee"),
    ("เปรียบเทียบ สมชาย กับ มาลี สำหรับ ผอ.กอง ระดับกลาง", f"compare somchai malee {MID}"),
    ("เทียบนายสมชาย ใจดีกับนางมาลี รักงานสำหรับหน.ฝ่ายทั้งหมด", f"compare somchai malee {HEAD} full"),
    ("เทียบเขากับมาลี", "compare malee"),
    ("เทียบกับมาลี", "compare malee"),
    ("compare somchai with malee for division director, mid", f"compare somchai malee {MID}"),
    ("compare john and malee for section head as of 1 Oct 2026", f"compare john malee {HEAD} on 2026-10-01"),
    ("who is nearer to office director somchai or malee", f"compare somchai malee {HIGH}"),
    ("compare สมชาย กับ malee for ผอ.ส่วน", f"compare somchai malee {PART}"),
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
    ("show somchai", "profile somchai"),
    ("ข้อมูลของมาลี", "profile malee"),
    # the way to a position
    ("เส้นทางไปผู้อำนวยการสำนัก", f"path {HIGH}"),
    ("เส้นทาง ไป ผอ.สำนัก ของ มาลี", f"path malee {HIGH}"),
    ("ขอดูเส้นทางความก้าวหน้าของสมชายไปสู่ผอ.กองกลางครับ", f"path somchai {MID}"),
    ("มาลีจะไปเป็นผอ.สำนักได้อย่างไรบ้าง", f"path malee {HIGH}"),
    ("สมชายเป็นผอ.กองกลางได้อย่างไร", f"how somchai {MID}"),
    ("เส้นทางของมาลี", "path malee"),
    ("path to office director", f"path {HIGH}"),
    ("show me the path to office director for malee", f"path malee {HIGH}"),
    ("malee's path to office director", f"path malee {HIGH}"),
    ("how can malee get to office director?", f"path malee {HIGH}"),
    ("which way can she reach office director", f"path {HIGH}"),
    ("path to ผอ.สำนัก ของ malee", f"path malee {HIGH}"),
    ("ณ วันที่ 1 ต.ค. 2569 เส้นทางไปผอ.สำนัก", f"path {HIGH} on 2026-10-01"),
    # posts of an organisation
    ("ตั้งรองปลัดระดับสูงได้กี่คน", "posts deputy.high"),
    ("ตั้ง รองปลัด ระดับ สูง ได้ กี่ คน ครับ", "posts deputy.high"),
    ("รองปลัดสูงมีได้กี่อัตรา", "posts deputy.high"),
    ("เทศบาลเมืองตัวอย่างตั้งรองปลัดได้กี่คน", "posts of muang deputy"),
    ("ตัวอย่างตั้งหัวหน้าฝ่ายได้กี่คน", "posts of muang section_head"),
    ("ทม.ตัวอย่าง มีรองปลัดเทศบาล ระดับกลาง ได้ไม่เกินกี่คน", "posts of muang deputy.mid"),
    ("อบต.ทดลองตั้งรองปลัดระดับต้นได้ไหม", "posts of tambon deputy.early"),
    ("ทน.สาธิตตั้งผอ.สำนักระดับสูงได้หรือไม่", "posts of nakhon office_head.high"),
    ("ตำแหน่งใดตั้งได้บ้าง", "posts"),
    ("หน่วยงานนี้ตั้งตำแหน่งอะไรได้บ้างคะ", "posts"),
    ("ณ วันที่ 1 ต.ค. 2569 ตั้งตำแหน่งใดได้บ้าง", "posts on 2026-10-01"),
    ("how many high deputies may we have?", "posts deputy.high"),
    ("how many mid-level deputy clerks can nakhon have", "posts of nakhon deputy.mid"),
    ("may we have a high deputy", "posts deputy.high"),
    ("which posts may we create", "posts"),
    ("what posts can tambon create", "posts of tambon"),
    ("how many รองปลัดระดับสูง may we have", "posts deputy.high"),
    # why not, and whether a choice may be
    ("ทำไมตั้งไม่ได้", "why_post"),
    ("ทำไมตั้งรองปลัดระดับสูงไม่ได้", "why_post deputy.high"),
    ("ทำไมตัวอย่างมีรองปลัดสูงไม่ได้", "why_post of muang deputy.high"),
    ("ทำไมกองช่างเป็นระดับกลางไม่ได้", "refused muang/kong_chang = mid"),
    ("ทำไมมีรองปลัดสูง 2 คนไม่ได้", "refused deputy.high = 2"),
    ("why can we not have", "why_post"),
    ("why can't we have a high deputy", "why_post deputy.high"),
    ("why can kong_chang not be mid", "refused muang/kong_chang = mid"),
    ("why can't kong_chang be an office", "refused muang/kong_chang = office"),
    ("กองช่างเป็นระดับกลางได้ไหม", "choice muang/kong_chang = mid"),
    ("กองช่าง เป็น สำนัก ได้ หรือไม่", "choice muang/kong_chang = office"),
    ("มีรองปลัด 3 คนได้ไหม", "choice deputy = 3"),
    ("can kong_chang be mid level", "choice muang/kong_chang = mid"),
    ("can we have 3 deputies", "choice deputy = 3"),
    # the plan, the burden, re-typing
    ("แผนนี้ทำได้ไหม", "validate"),
    ("ตรวจโครงสร้างที่เสนอ", "validate"),
    ("ตรวจสอบแผนของเทศบาลนครสาธิต", "validate of nakhon"),
    ("แผนนี้ทำไม่ได้เพราะอะไร", "validate"),
    ("ทำไมแผนที่เสนอไม่ผ่าน ทั้งหมด", "validate full"),
    ("is the plan valid?", "validate"),
    ("check the plan of muang", "validate of muang"),
    ("why is the plan not valid", "validate"),
    ("what is wrong with the plan", "validate"),
    ("ภาระค่าใช้จ่ายเท่าไร", "burden"),
    ("ภาระค่าใช้จ่ายด้านการบริหารงานบุคคลของตัวอย่างเป็นเท่าไรครับ", "burden of muang"),
    ("ตัวอย่างมีภาระค่าใช้จ่ายเกินร้อยละ 35 ไหม", "burden of muang"),
    ("what is the burden", "burden"),
    ("how high is the personnel burden of nakhon", "burden of nakhon"),
    ("is the burden within 35 percent", "burden"),
    ("ปรับเป็นประเภทพิเศษได้ไหม", "classify special"),
    ("ตัวอย่างปรับเป็นเทศบาลประเภทสามัญ ระดับสูง ได้หรือยัง", "classify of muang ordinary_high"),
    ("ทำไมปรับเป็นพิเศษไม่ได้", "classify special"),
    ("may it become special", "classify special"),
    ("can muang be re-typed as ordinary type, high level", "classify of muang ordinary_high"),
    ("why can we not become special", "classify special"),
    # structures, step by step
    ("มีโครงสร้างกี่แบบ", "structures"),
    ("ตัวอย่างจัดโครงสร้างได้กี่แบบ", "structures of muang"),
    ("how many structures are there", "structures"),
    ("ทางเลือกมีอะไรบ้าง", "structures every_choice"),
    ("all choices", "structures every_choice"),
    ("อะไรต้องเป็น", "structures must_be"),
    ("what must be", "structures must_be"),
    ("เลือกอะไรได้บ้าง", "structures may_be"),
    ("what may be", "structures may_be"),
    ("อะไรเป็นไปไม่ได้บ้าง", "structures cannot_be"),
    ("what cannot be", "structures cannot_be"),
    ("กองช่างเป็นอะไรได้บ้าง", "structures muang/kong_chang = "),
    ("what may finance be", "structures muang/finance|nakhon/finance = "),
    ("แบบที่เปลี่ยนน้อยที่สุด", "structures fewest_changes"),
    ("โครงสร้างไหนเปลี่ยนแปลงน้อยที่สุดคะ", "structures fewest_changes"),
    ("which structure has the fewest changes", "structures fewest_changes"),
    ("fewest posts", "structures fewest_posts"),
    ("แบบที่ประหยัดที่สุด", "structures lowest_cost"),
    ("cheapest", "structures lowest_cost"),
    ("require deputies.high=1", "require deputies.high = 1"),
    ("กำหนดรองปลัดสูง 1", "require deputy.high = 1"),
    ("ต้องมีรองปลัด ระดับสูง 1 อัตรา", "require deputy.high = 1"),
    ("require 1 high deputy", "require deputy.high = 1"),
    ("กำหนดให้กองช่างเป็นระดับกลาง", "require muang/kong_chang = mid"),
    ("require kong_chang=mid", "require muang/kong_chang = mid"),
    ("กำหนดกองช่าง = กลาง", "require muang/kong_chang = mid"),
    ("กำหนดกองช่างมี 2 ฝ่าย", "require muang/kong_chang sections = 2"),
    ("require kong_chang with 2 sections", "require muang/kong_chang sections = 2"),
    ("require kong_chang.sections=2", "require units.kong_chang.sections = 2"),
    ("กำหนดปลัดเป็นระดับสูง", "require clerk = high"),
    ("ห้ามกองช่างเป็นสำนัก", "forbid muang/kong_chang = office"),
    ("ห้ามรองปลัดระดับสูง", "forbid deputy.high = "),
    ("ไม่ตั้งกองการศึกษา", "forbid tambon/education = "),
    ("without a high deputy", "forbid deputy.high = "),
    ("forbid kong_chang at high", "forbid muang/kong_chang = high"),
    ("วาดผังลง ผัง.svg", "draw 'ผัง.svg'"),
    ("วาดผังแบบที่ 2 ลง My Chart.svg", "draw option 2 'My Chart.svg'"),
    ("วาดผังโครงสร้างที่เสนอลง a.svg", "draw planned 'a.svg'"),
    ("วาดผังปัจจุบันลง a.svg", "draw current 'a.svg'"),
    ("draw the chart to a.svg", "draw 'a.svg'"),
    ("draw option 2 to a.svg", "draw option 2 'a.svg'"),
    ("draw the plan to a.svg", "draw planned 'a.svg'"),
    ("ส่งออก ตาราง.xlsx", "export 'ตาราง.xlsx'"),
    ("export to a.xlsx", "export 'a.xlsx'"),
    ("แสดง ตัวอย่าง", "show of muang"),
    ("show tambon", "show of tambon"),
    ("ข้อมูลของหน่วยงานนี้", "show of "),
    # the session
    ("load People/Somchai Jaidee.yaml", "load 'People/Somchai Jaidee.yaml'"),
    ("โหลดแฟ้ม สมชาย.yaml", "load 'สมชาย.yaml'"),
    ("save People/New Somchai.yaml", "save 'People/New Somchai.yaml'"),
    ("บันทึก somchai-ใหม่.yaml", "save 'somchai-ใหม่.yaml'"),
    ("transcript today.txt", "transcript 'today.txt'"),
    ("บันทึกการสนทนา วันนี้.txt", "transcript 'วันนี้.txt'"),
    ("people", "list"),
    ("ขอดูรายชื่อหน่อยครับ", "list"),
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
    ("เมื่อไรสมชายจะมีสิทธิเป็นผอ.กองระดับกลาง", "when will somchai be eligible for division director, mid"),
    ("เขาจะเป็นผอ.ส่วนได้เมื่อไร", "when can he become part director"),
    ("สมชายต้องทำอย่างไรจึงจะมีสิทธิเป็นหัวหน้าฝ่าย", "how can somchai become eligible for section head"),
    ("ใครมีสิทธิเป็นหัวหน้าฝ่ายบ้าง", "who is eligible for section head"),
    (
        "ณ วันที่ 1 ต.ค. 2569 สมชายมีสิทธิเป็นหัวหน้าฝ่ายหรือไม่",
        "as of 1 October 2026 is somchai eligible for section head",
    ),
    ("เขามีสิทธิเป็นหัวหน้าฝ่าย ณ วันที่ 1 ต.ค. 2569 หรือไม่", "is he eligible for section head as of 1/10/2026"),
    ("สมชายขาดสมรรถนะอะไรบ้างสำหรับหัวหน้าฝ่าย", "which competencies is somchai missing for section head"),
    ("อ่านอีกแบบล่ะ", "the other reading"),
    ("เพราะอะไร", "why"),
    ("ถ้าสมชายจบปริญญาโทรัฐศาสตร์ล่ะ", "what if somchai had a master's in political science"),
    (
        "ถ้าเขาได้เป็นหัวหน้าฝ่ายตั้งแต่ 1 ต.ค. 2560 ถึง 30 ก.ย. 2563",
        "what if she had been section head from 1 October 2017 to 2020-09-30",
    ),
    ("ถ้าทำงานนโยบายและแผนตั้งแต่ 1 ต.ค. 2567", "what if he had worked in policy and planning since 1 Oct 2024"),
    ("ยกเลิกทั้งหมด", "undo all"),
    ("เทียบสมชายกับมาลีสำหรับผอ.กองระดับกลาง", "compare somchai with malee for division director, mid"),
    ("เส้นทางไปผู้อำนวยการสำนักของมาลี", "path to office director for malee"),
    ("มาลีจะไปเป็นผอ.สำนักได้อย่างไรบ้าง", "how can malee get to office director"),
    ("ตั้งรองปลัดระดับสูงได้กี่คน", "how many high deputies may we have"),
    ("นครสาธิตตั้งรองปลัดกลางได้กี่คน", "how many mid deputies can nakhon have"),
    ("ตำแหน่งใดตั้งได้บ้าง", "which posts may we create"),
    ("ทำไมตั้งไม่ได้", "why can we not have"),
    ("ทำไมกองช่างเป็นระดับกลางไม่ได้", "why can kong_chang not be mid"),
    ("ทำไมตั้งรองปลัดระดับสูงไม่ได้", "why can we not have a high deputy"),
    ("กองช่างเป็นสำนักได้หรือไม่", "can kong_chang be an office"),
    ("ตรวจโครงสร้างที่เสนอ", "is the plan valid"),
    ("ทำไมแผนนี้ทำไม่ได้", "why is the plan not valid"),
    ("ภาระค่าใช้จ่ายของเทศบาลเมืองตัวอย่างเท่าไร", "what is the burden of muang"),
    ("ปรับเป็นประเภทพิเศษได้ไหม", "may it become special"),
    ("ทำไมปรับเป็นประเภทพิเศษไม่ได้", "why can it not become special"),
    ("มีโครงสร้างกี่แบบ", "how many structures are there"),
    ("ทางเลือกทั้งหมด", "all choices"),
    ("อะไรต้องเป็น", "what must be"),
    ("เลือกอะไรได้บ้าง", "what may be"),
    ("เลือกอะไรไม่ได้บ้าง", "what cannot be"),
    ("กองช่างเป็นอะไรได้บ้าง", "what may kong_chang be"),
    ("แบบที่เปลี่ยนน้อยที่สุด", "fewest changes"),
    ("แบบที่ใช้อัตรามากที่สุด", "which structure has the most posts"),
    ("กำหนดรองปลัดสูง 1", "require 1 high deputy"),
    ("กำหนดให้กองช่างเป็นระดับกลาง", "require kong_chang=mid"),
    ("กำหนดให้กองช่างมี 2 ฝ่าย", "require kong_chang with 2 sections"),
    ("กำหนดจำนวนฝ่ายของกองช่าง = 2", "require number of sections of kong_chang = 2"),
    ("ห้ามมีรองปลัดระดับสูง", "without a high deputy"),
    ("วาดผังแบบที่ 2 ลง a.svg", "draw option 2 to a.svg"),
    ("ส่งออก a.xlsx", "export a.xlsx"),
    ("ข้อมูลของหน่วยงานนี้", "show this organisation"),
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
    "line",
    [
        line
        for line, expected in SENTENCES
        if expected[:4] not in ("load", "as_o", "save", "tran", "draw", "expo")
    ],
)
def test_spaces_say_nothing_in_thai(line: str, lexicon: Lexicon) -> None:
    """Without any space beside a Thai letter, and with one between all syllables, a sentence means the same."""
    dense = plain_text(line)
    assert meaning(parse(dense, lexicon)) == meaning(parse(line, lexicon))


@pytest.mark.parametrize(
    "kind", ["POSITION_NAME", "POST_NAME", "CLASS_NAME", "UNIT_NAME", "ORGANISATION_NAME"]
)
def test_every_pair_of_names_is_told_apart_unspaced(kind: Kind, lexicon: Lexicon) -> None:
    """No name swallows the beginning of what follows it, whichever name that is, nor stops short inside itself."""
    words = lexicon.words[kind]
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


def test_every_post_of_an_organisation_asks_for_itself(lexicon: Lexicon) -> None:
    """Whatever stands around it: its organisation before it, how many after it, or that it may not be."""
    forms = ("ตัวอย่างตั้ง{}ได้กี่คน", "ทำไมตั้ง{}ไม่ได้", "how many {} may we have")
    for n, (key, word) in enumerate(lexicon.words["POST_NAME"].items()):
        line = forms[n % 3].format(key)  # each name in one of them
        question = parse(line, lexicon)
        assert isinstance(question, Question) and question.post is not None, line
        assert question.post.ids == word.ids, line


def test_every_choice_of_a_unit_asks_for_itself(lexicon: Lexicon) -> None:
    for unit, value in product(lexicon.words["UNIT_NAME"], lexicon.words["VALUE_NAME"]):
        question = parse(f"กำหนดให้{unit}เป็น{value}", lexicon)
        assert isinstance(question, Question) and question.wanted is not None, (unit, value)
        assert question.wanted.what.ids == lexicon.words["UNIT_NAME"][unit].ids
        assert (question.wanted.value,) == lexicon.words["VALUE_NAME"][value].ids


def test_no_name_of_an_organisation_has_two_meanings(lexicon: Lexicon) -> None:
    for kind in ("ORGANISATION_NAME", "POST_NAME", "CLASS_NAME", "VALUE_NAME", "CHOICE_NAME"):
        assert [key for key, word in lexicon.words[kind].items() if len(word.ids) > 1] == [], kind


def test_without_organisations_their_words_are_not_there(people_alone: Lexicon) -> None:
    assert isinstance(parse("ตั้งรองปลัดระดับสูงได้กี่คน", people_alone), NotUnderstood)
    assert isinstance(parse("ตำแหน่งใดตั้งได้บ้าง", people_alone), Question)


TOLD = [
    ("ใช่", "yes"),
    ("ใช่ครับ", "yes"),
    ("yes", "yes"),
    ("ไม่ใช่", "no"),
    ("ไม่มีค่ะ", "no"),
    ("no", "no"),
    ("สาขาอื่น", "no"),
    ("ไม่ทราบ", "unknown"),
    ("I don't know", "unknown"),
    ("1 ต.ค. 2567", "day 2024-10-01"),
    ("ตั้งแต่วันที่ ๑ ต.ค. ๒๕๖๗", "day 2024-10-01"),
    ("1 October 2024", "day 2024-10-01"),
    ("รัฐศาสตร์", "field political_science"),
    ("สาขา รัฐศาสตร์ ครับ", "field political_science"),
    ("in political science", "field political_science"),
    ("ระดับชำนาญการ", "level professional"),
    ("ปริญญาโทรัฐศาสตร์", "things master/political_science"),
    ("จบปริญญาตรีนิติศาสตร์และปริญญาโทรัฐศาสตร์", "things bachelor/law master/political_science"),
    (
        "a bachelor's in law and a master's in political science",
        "things bachelor/law master/political_science",
    ),
    ("หัวหน้าฝ่าย", f"things {HEAD}"),
    ("หัวหน้าฝ่ายตั้งแต่ 1 ต.ค. 2560 ถึง 30 ก.ย. 2563", f"things {HEAD}:2017-10-01..2020-09-30"),
    ("general, senior since 1 Oct 2017", "things general.senior:2017-10-01.."),
    ("งานนโยบายและแผนตั้งแต่ 1 ต.ค. 2560", "things policy_planning:2017-10-01.."),
    ("ทำไม", "no answer"),
    ("ใช่ไหม", "no answer"),
]


@pytest.mark.parametrize(("line", "expected"), TOLD)
def test_what_is_answered(line: str, expected: str, lexicon: Lexicon) -> None:
    for text in (line, plain_text(line)):
        told = parse_told(text, lexicon)
        words = ["no answer"] if told is None else [told.kind]
        if told is not None:
            words += [str(told.day.day)] if told.day else []
            words += [told.name.ids[0]] if told.name else []
        for thing in told.things if told else ():
            field = f"/{thing.field.ids[0]}" if thing.field else ""
            start, end = (day.day if day else "" for day in (thing.start, thing.end))
            span = f":{start}..{end}" if start else ""
            words.append(f"{thing.what.ids[0].removeprefix(SERIES)}{field}{span}")
        assert " ".join(words) == expected


# ── what is no question ───────────────────────────────────────────────────────────────────────────────────────────

NEAR_MISSES = [
    # line, how far it was understood, why it is not answered, the question suggested
    ("ทำไมสมชัยไม่มีสิทธิเป็นผอ.กองระดับกลาง", "ทำไม", "confirm",
     "ทำไมสมชายไม่มีสิทธิเป็นผู้อำนวยการกอง ระดับกลาง"),
    ("ทำไมสมชายไม่มีสิทธืเป็นหัวหน้าฝ่าย", "ทำไมสมชายไม่มีสิ", "confirm",
     "ทำไมสมชายไม่มีสิทธิเป็นหัวหน้าฝ่าย ระดับต้น"),
    ("สมชายมีสิทธิเป็นหัวหน้าฝาย", "สมชายมีสิทธิเป็น", "confirm",
     "สมชายมีสิทธิเป็นหัวหน้าฝ่าย ระดับต้นหรือไม่"),
    ("why somchay division director, mid", "why", "confirm",
     "why is somchai eligible for division director, mid level"),
    ("is malee elligible for section head", "is malee", "confirm",
     "is malee eligible for section head, early level"),
    ("why is malee not eligible for divison director mid", "why is malee not eligible for", "confirm",
     "why is malee not eligible for division director, mid level"),
    ("cheek somchai", "", "confirm", "what is somchai eligible for"),
    ("lang fr", "lang", "not_a_question_here", "what is somchai eligible for"),
    ("lod People/Malee.yaml", "lod People/Malee.yaml", "not_a_question_here",
     "what is somchai eligible for"),
    ("เมื่อไรสมชายจะมีสิทธืเป็นหัวหน้าฝ่าย", "เมื่อไรสมชายจะมีสิ", "confirm",
     "เมื่อไรสมชายจะมีสิทธิเป็นหัวหน้าฝ่าย ระดับต้น"),
    ("when wil somchai be eligible for section head", "when", "confirm",
     "when will somchai be eligible for section head, early level"),
    ("who is elligible for section head", "who is", "confirm",
     "who is eligible for section head, early level"),
    ("ใครมีสิทธิเป็นหัวหน้าฝาย", "ใครมีสิทธิเป็น", "confirm", "ใครมีสิทธิเป็นหัวหน้าฝ่าย ระดับต้นบ้าง"),
    ("ถ้าสมชายจบปริญญาโทรัฐสาสตร์", "ถ้าสมชายจบปริญญาโท", "confirm", "ถ้าสมชายจบปริญญาโท สาขารัฐศาสตร์"),
    ("what if somchai had a master's in politcal science", "what if somchai had a master's in", "confirm",
     "what if somchai had master's degree in political science"),
    ("เทียบสมชายกับมารี", "เทียบสมชายกับมา", "confirm", "เทียบสมชายกับมาลี"),
    ("สมชายขาดสมรถนะอะไรบ้าง", "สมชายขาด", "confirm", "สมชายขาดสมรรถนะอะไรบ้าง"),
    ("is somchai eligible for section head as off 1 October 2026",
     "is somchai eligible for section head as", "confirm",
     "is somchai eligible for section head, early level as of 1 Oct 2026"),
    ("ตั้งรองปลัดระดับสุงได้กี่คน", "ตั้งรองปลัด", "confirm", "ตั้งรองปลัด ระดับสูงได้กี่คน"),
    ("how many high deputys may we have", "how many high", "confirm",
     "how many posts of deputy clerk, high may we have"),
    ("ทำไมกองชางเป็นระดับกลางไม่ได้", "ทำไมกอง", "confirm", "ทำไมกองช่างเป็นระดับกลางไม่ได้"),
    ("why can kong_chan not be mid", "why can", "confirm", "why can we not have kong_chang at mid"),
    ("ภาระคาใช้จ่ายเท่าไร", "", "confirm", "ภาระค่าใช้จ่ายเท่าไร"),
    ("what is the burdn", "what is the", "confirm", "what is the burden"),
    ("require deputies.hihg=1", "require deputies.", "confirm", "require deputy clerk, high = 1"),
    ("แบบที่เปลี่ยนนอยที่สุด", "แบบที่เปลี่ยน", "confirm", "มีโครงสร้างกี่แบบ"),
    ("fewest chnges", "", "confirm", "which structure has the fewest changes"),
    ("ปรับเป็นประเภทพิเศศได้ไหม", "ปรับเป็นประเภท", "confirm", "ปรับเป็นประเภทพิเศษได้หรือไม่"),
    ("may it become speciel", "may it become", "confirm", "may we become special type"),
    ("ตั้งนายกได้กี่คน", "", "outside_standard", "สมชายเป็นอะไรได้บ้าง"),
    ("path to ofice director", "path to", "confirm", "path to office director, high level for this person"),
    ("เส้นทางไปผอ.สำนกของมาลี", "เส้นทางไปผอ.", "confirm", "เส้นทางไปผู้อำนวยการสำนัก ระดับสูงของมาลี"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "understood", "fallback", "suggested"), NEAR_MISSES)
def test_near_misses(
    line: str, understood: str, fallback: str, suggested: str, lexicon: Lexicon, kb: KnowledgeBase
) -> None:
    failed = parse(line, lexicon)
    assert isinstance(failed, NotUnderstood)
    assert (failed.understood, failed.fallback) == (understood, fallback)
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
        ("wh", 0, None),
        ("ตั้งรองปลัดระดับส", 4, "รองปลัด ระดับสูง"),
        ("ทำไมกองช", 4, "กองช่าง"),
        ("สาธ", 0, "สาธิต"),
        ("กำหนดให้กองช่างเป็นระดับก", 19, "ระดับกลาง"),
        ("ปรับเป็นประเภทพ", 8, "ประเภทพิเศษ"),
        ("require kong_chang.l", 8, "kong_chang.level"),
        ("burden of nak", 10, "nakhon"),
        ("path to off", 8, "office director, high level"),
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
