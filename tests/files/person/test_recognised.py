"""Files as people write them: what is read, what stays not known, and that the writer's own words are kept."""

from __future__ import annotations

import io
import random
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from lgreason.answers.persons import check, why
from lgreason.answers.session import Session
from lgreason.files.person.person import Person
from lgreason.reasoning.persons.remedies import Remedies
from lgreason.repl.conversation import Conversation
from lgreason.report.documents.person_file import person_yaml
from lgreason.report.wording import Wording
from lgreason.rules.findings import Unusable
from lgreason.rules.model import Text

OF_RECOGNISED: Mapping[str, set[str]] = {
    "person_impossible": {"found", "why"},
    "person_not_recognised": {"found", "why"},
    "person_not_recognised_near": {"found", "why", "nearest"},
    "person_still_held": {"n", "other", "start"},
    "person_begins_later": {"n", "found", "latest"},
    "person_level_too_early": {"n", "since"},
    "person_overlaps": {"n", "other", "start", "end"},
    "person_gap": {"n", "other", "start", "end"},
    "person_promoted_early": {"n", "other", "position", "start", "required", "measured", "place"},
    "shape_key_stands_apart": {"found", "key"},
    "person_before_degree": {"n", "start", "found"},
    "person_before_birth": {"start", "born"},
    "person_very_young": {"start", "born", "age"},
}
"""The codes of findings about texts and careers, with their arguments."""

RECORDS = Path(__file__).parents[2] / "data" / "records"
HEAD = "general_admin.early.section_head"
EARLY, MID = "general_admin.early.division_director", "general_admin.mid.division_director"


@cache
def session(as_of: str = "2026-11-27") -> Session:
    return Session(as_of=date.fromisoformat(as_of))


def load(text: str, as_of: str = "2026-11-27") -> Person:
    return session(as_of).person("-", io.BytesIO(text.encode()))


def verdict(person: Person, position: str, as_of: str = "2026-11-27") -> str:
    return session(as_of).explain(person, position).verdict


def test_a_field_that_is_not_understood_is_no_no() -> None:
    """A master's in «รัฐศาตร์» (a letter short): whether it reduces the term is not known, and that is said."""
    person = session().person(str(RECORDS / "reports" / "typo.yaml"))
    assert verdict(person, MID, "2022-10-01") == "undetermined"
    (warning,) = person.warnings
    assert (warning.code, warning.place and warning.place.field) == (
        "person_not_recognised_near",
        "education[2].field",
    )
    assert warning.args["nearest"] == (Text("รัฐศาสตร์", "political science"),)


@pytest.mark.parametrize(
    "field",
    [
        "รัฐศาสตรมหาบัณฑิต",
        "รป.ม.",
        "M.P.A.",
        "สาขาวิชารัฐศาสตร์",
        "Master of Public Administration",
        "รัฐศาสตร์ (การปกครอง)",
    ],
)
def test_a_listed_field_is_read_however_written(field: str) -> None:
    text = (RECORDS / "reports" / "typo.yaml").read_text(encoding="utf-8").replace("รัฐศาตร์", field)
    person = load(text)
    assert (verdict(person, MID, "2022-10-01"), person.warnings) == ("eligible", ())


@pytest.mark.parametrize("field", ["การจัดการ", "management", "นโยบายสาธารณะ"])
def test_a_branch_is_asked_about(field: str) -> None:
    text = (RECORDS / "reports" / "typo.yaml").read_text(encoding="utf-8").replace("รัฐศาตร์", field)
    explanation = session("2022-10-01").explain(load(text), MID)
    assert explanation.verdict == "undetermined"
    assert [(q.fact.number, q.fact.key) for q in explanation.questions] == [(2, "field")]


@pytest.mark.parametrize("name", ["sp_bare.yaml", "sp_type.yaml"])
def test_a_chief_of_the_clerks_office_by_level_or_title(name: str) -> None:
    person = session().person(str(RECORDS / "reports" / name))
    assert person.postings is not None
    assert (person.postings[0].position, person.warnings) == (EARLY, ())
    assert verdict(person, MID) == "eligible"


def test_without_its_level_it_is_asked_about() -> None:
    text = (RECORDS / "reports" / "sp_bare.yaml").read_text(encoding="utf-8").replace("    level: ต้น\n", "")
    person = load(text)
    assert [warning.code for warning in person.warnings] == ["person_not_recognised_near"]
    assert verdict(person, "general_admin.high.office_director") == "undetermined"


def test_a_post_of_another_series_is_known_to_be_one() -> None:
    person = load(
        "kind: person\neducation: [{degree: bachelor, field: law}]\nexperience: []\npostings:\n"
        "  - {position: ผู้อำนวยการกองคลัง (นักบริหารงานการคลัง ระดับต้น), from: 1 ต.ค. 2560}\n"
    )
    assert person.postings is not None
    held = person.postings[0]
    assert (held.position, held.type, held.level, held.words.other) == (
        None,
        "managerial_local",
        "early",
        "series",
    )
    assert verdict(person, MID) == "ineligible"


def test_two_posts_without_a_last_day() -> None:
    """The earlier post may have ended the day before the later began: nothing that hangs on it is decided."""
    kp7b = session().person(str(RECORDS / "reports" / "kp7b.yaml"))
    assert [(w.code, w.args["n"], w.args["other"]) for w in kp7b.warnings] == [("person_still_held", 1, 2)]
    assert [verdict(kp7b, post) for post in (EARLY, MID)] == ["undetermined", "undetermined"]
    explanation = session().explain(kp7b, MID)
    assert ("postings", 1, "to") in [(q.fact.list, q.fact.number, q.fact.key) for q in explanation.questions]
    kp7c = session().person(str(RECORDS / "reports" / "kp7c.yaml"))
    assert [verdict(kp7c, post) for post in (EARLY, MID)] == ["ineligible", "ineligible"]


def test_what_begins_after_the_day_is_left_out_also_today() -> None:
    person = session("2026-10-01").person(str(RECORDS / "reports" / "future.yaml"))
    assert [warning.code for warning in person.warnings] == ["person_begins_later"]
    assert verdict(person, EARLY, "2026-10-01") == "eligible"


def test_a_month_alone_decides_where_any_day_of_it_would() -> None:
    """Section head from a day of October 2563: two years are complete on 31 October 2565 at the latest."""
    text = (
        "kind: person\neducation: [{degree: bachelor, field: law}]\nexperience: []\n"
        "postings: [{position: general_admin.early.section_head, from: ต.ค. 2563}]\n"
    )
    found = [verdict(load(text), EARLY, day) for day in ("2022-09-29", "2022-10-15", "2022-10-30")]
    assert found == ["ineligible", "undetermined", "eligible"]


@pytest.mark.parametrize("name", ["dt.json", "dt.toml"])
def test_days_as_programs_export_them(name: str) -> None:
    person = session().person(str(RECORDS / "reports" / name))
    assert person.postings is not None
    assert person.postings[0].start == date(2019, 10, 1)


def test_a_glued_colon_is_said_to_be_one() -> None:
    with pytest.raises(Unusable) as caught:
        session().person(str(RECORDS / "reports" / "glued.yaml"))
    assert [(f.code, f.args["key"]) for f in caught.value.findings] == [
        ("shape_colon_space", "degree"),
        ("shape_colon_space", "field"),
    ]


def test_what_is_told_elsewhere_in_a_file_is_said_to_be() -> None:
    """Leave and time counted in part are lists of their own, no keys of a post; leave is not taken for level."""
    with pytest.raises(Unusable) as caught:
        session().person(str(RECORDS / "reports" / "transfer.yaml"))
    assert [(f.code, f.args["found"], f.args["key"]) for f in caught.value.findings] == [
        ("shape_key_stands_apart", "leave", "leave"),
        ("shape_key_stands_apart", "ratio", "related_service"),
    ]
    for finding in caught.value.findings:
        assert str(finding.args["key"]) in Wording("th").finding(finding)


@pytest.mark.parametrize(
    ("organisation", "expected"),
    [("กรมการปกครอง", "ineligible"), ("อบจ.ขอนแก่น", "eligible"), ("{id: กรมการปกครอง}", "ineligible")],
)
def test_a_post_of_another_service_counts_nothing(organisation: str, expected: str) -> None:
    """Five years at the professional level are enough for a section head, in the local service only."""
    person = load(
        "kind: person\neducation: [{degree: bachelor, field: law}]\n"
        f"postings: [{{type: academic, level: professional, organisation: {organisation}, from: 2563-01-01}}]\n"
        "experience: [{work: general_admin, from: 2563-01-01}]\n"
    )
    document = why(session(), person, HEAD, False).document
    assert document["verdict"] == expected
    reasons = {each["because"] for each in document.get("looked_at", ())}
    assert ("service" in reasons) == (expected == "ineligible")


def test_what_cannot_be_is_refused_with_the_reason() -> None:
    with pytest.raises(Unusable) as caught:
        load("postings: [{position: หัวหน้าฝ่าย (นักบริหารงานทั่วไป ระดับสูง), from: 2560-01-01}]")
    (finding,) = caught.value.findings
    assert finding.code == "person_impossible"
    assert Wording("en").finding(finding).endswith("cannot be: this post is at early only")


@pytest.mark.parametrize("path", sorted((RECORDS / "persons").glob("*.yaml")), ids=lambda path: path.stem)
def test_persons_are_read(path: Path) -> None:
    assert session().person(str(path)).warnings == ()


RECOGNISED = {
    "field": ["รัฐศาสตร์", "การบริหาร", "สถิติ"],
    "position": ["หัวหน้าฝ่าย (นักบริหารงานทั่วไป ระดับต้น)", "หัวหน้าสำนักปลัด ระดับต้น"],
    "work": ["งานนโยบายและแผน"],
}


def test_not_to_recognise_a_name_never_gives_another_definite_answer() -> None:
    """Replacing any recognised name by one that is not recognised: the same answer, or none."""
    chance = random.Random(4)
    for _ in range(30):
        names = {key: chance.choice(texts) for key, texts in RECOGNISED.items()}
        years = chance.randint(1, 5)
        form = (
            "education: [{{degree: bachelor, field: law}}, {{degree: master, field: {field}}}]\n"
            f"postings: [{{{{position: {{position}}, from: {2565 - years}-10-01}}}}]\n"
            "experience: [{{work: {work}, from: 2564-01-01}}]\n"
        )
        before = {
            post: verdict(load(form.format(**names), "2022-09-30"), post, "2022-09-30")
            for post in (EARLY, MID)
        }
        for key in RECOGNISED:
            person = load(form.format(**{**names, key: "สิ่งที่ไม่มีใครรู้จัก"}), "2022-09-30")
            for post, was in before.items():
                assert verdict(person, post, "2022-09-30") in (was, "undetermined"), (names, key, post)


SAVED = """\
kind: person
id: kept
education:
- {degree: ป.โท, field: พัฒนาสังคม, obtained: มี.ค. 2560}
postings:
- {position: หน.ฝ่ายอำนวยการ, level: ต้น, from: 1 ต.ค. 2560, to: 30 ก.ย. 2562}
- {position: หน.สป.ทต., level: ต้น, from: ต.ค. 2562, to: ไม่ทราบ}
- {position: ผอ.กองคลัง (นักบริหารงานการคลัง ต้น), from: 2565-10-01}
experience:
- {work: งานธุรการ, from: 1 ต.ค. 2560}
- {work: งานก่อสร้าง, from: 1 ต.ค. 2560}
"""


def test_a_saved_file_keeps_the_words_and_reads_back_to_the_same() -> None:
    person = load(SAVED)
    text = person_yaml(person)
    for words in ("หน.ฝ่ายอำนวยการ", "หน.สป.ทต.", "พัฒนาสังคม", "มี.ค. 2560", "ไม่ทราบ", "งานธุรการ", "งานก่อสร้าง"):
        assert words in text, text
    again = load(text)
    assert [(w.code, w.args["found"]) for w in again.warnings if "found" in w.args] == [
        (w.code, w.args["found"]) for w in person.warnings if "found" in w.args
    ]
    for post in (EARLY, MID):
        assert verdict(again, post) == verdict(person, post)
    assert person_yaml(again) == text


def test_whoever_holds_the_post_is_told_so() -> None:
    person = load(
        "kind: person\neducation: [{degree: bachelor, field: law}]\nexperience: []\n"
        "postings: [{position: general_admin.early.section_head, from: 2563-01-01}]\n"
    )
    reply = check(session(), person, ("general_admin.early.section_head",))
    assert [line.text for line in reply.lines][1] == (
        "หัวหน้าฝ่าย ระดับต้น: ดำรงตำแหน่งนี้อยู่แล้ว (ไม่มีสิทธิ หากพิจารณาแต่งตั้งใหม่)"
    )


def test_unknown_facts_that_are_alike_are_searched_once() -> None:
    """Twenty posts of which nothing is told: the remedies come at once, and say how many were left out."""
    text = "kind: person\neducation: [{degree: bachelor, field: law}]\nexperience: []\npostings:\n"
    entries = "".join(f"  - {{from: {year}-01-01, to: {year}-12-31}}\n" for year in range(2540, 2560))
    person = load(text + entries, "2022-01-01")
    remedies = Remedies(session("2022-01-01").judges.judge, person, MID, date(2022, 1, 1))
    assert remedies.left_out == 17
    assert remedies.found


@pytest.mark.parametrize("text", ["หน.ฝ่ายอำนวยการ", "ผอ.กองคลัง", "สิ่งที่ไม่มีใครรู้จัก"])
def test_a_level_beside_a_post_that_is_not_recognised_is_no_fault(text: str) -> None:
    person = load(f"postings: [{{position: {text}, level: ต้น, from: 2560-01-01}}]")
    assert person.postings is not None
    assert person.postings[0].position is None
    assert [warning.code.removesuffix("_near") for warning in person.warnings] == ["person_not_recognised"]


def test_a_conversation_says_what_it_did_not_recognise() -> None:
    conversation = Conversation(session())
    path = RECORDS / "reports" / "typo.yaml"
    answer = conversation.answer(f"โหลด {path}")
    assert any("รัฐศาตร์" in line.text for line in answer.lines)


BORN = (
    "kind: person\nborn: 15 มิ.ย. 2533\neducation: [{{degree: bachelor, field: law, obtained: {obtained}}}]\n"
)
SERVED = "postings: [{{position: general_admin.early.section_head, from: {start}}}]\nexperience: []\n"


@pytest.mark.parametrize(
    ("obtained", "start", "expected"),
    [
        ("2555-03-31", "2560-10-01", None),
        ("2555-03-31", "2533-06-14", ("person_before_birth", "error", "postings[1].from")),
        ("2532-03-31", "2560-10-01", ("person_before_birth", "error", "education[1].obtained")),
        # fifteen on 15 June 2005: too young the day before
        ("2555-03-31", "2548-06-14", ("person_very_young", "warning", "postings[1].from")),
        ("2555-03-31", "2548-06-15", None),
    ],
)
def test_nobody_serves_before_birth_or_as_a_child(
    obtained: str, start: str, expected: tuple[str, str, str] | None
) -> None:
    text = (BORN + SERVED).format(obtained=obtained, start=start)
    try:
        findings = load(text).warnings
    except Unusable as caught:
        findings = caught.findings
    about = [(f.code, f.severity, f.place and f.place.field) for f in findings if "degree" not in f.code]
    assert about == ([expected] if expected else [])


def _section_head(*posting: str) -> Person:
    """A bachelor with related work for twelve years, in one posting since 1 January 2567."""
    entry = ", ".join(posting)
    return load(f"""
kind: person
id: somsak
name: สมศักดิ์
education: [{{degree: bachelor, field: รัฐศาสตร์}}]
postings: [{{{entry}, from: 2567-01-01}}]
experience: [{{work: general_admin, from: 2557-01-01}}]
""")


@pytest.mark.parametrize(
    "posting",
    [
        ("position: หัวหน้าฝ่ายปกครอง ระดับต้น",),
        ("position: หัวหน้าฝ่ายปกครอง", "level: ต้น"),
        ("type: managerial_local", "level: ต้น", "title: หัวหน้าฝ่ายปกครอง"),
    ],
)
def test_a_title_and_level_that_are_told_stay_told_where_the_series_is_not(posting: tuple[str, ...]) -> None:
    """A section head of any series is no director (2.1 of middle: none of two years) and is one from 2567 only.

    2.2 of middle asks four years of section heads of the general series: at most 2 years 10 months 27 days on
    27 November 2569, and complete on 31 December 2570 at the earliest. So middle is a plain no.
    """
    person = _section_head(*posting)
    (held,) = person.postings or ()
    assert (held.position, held.type, held.level) == (None, "managerial_local", "early")
    assert held.words.posts == (HEAD,)
    answer = session().explain(person, MID)
    assert answer.verdict == "ineligible"
    leaves = {node.clause.place.th: node.measurement for node in answer.reason.walk() if node.measurement}
    assert leaves["ระดับกลาง ข้อ ๒.๑"].high == (0, 0, 0)
    assert (leaves["ระดับกลาง ข้อ ๒.๒"].low, leaves["ระดับกลาง ข้อ ๒.๒"].high) == ((0, 0, 0), (2, 10, 27))
    assert answer.possible == date(2027, 12, 31)
    # Director of early level asks two years as section head of the general series: that is not known.
    assert verdict(person, EARLY) == "undetermined"


def test_a_title_of_several_levels_may_be_any_of_them_and_no_other_post() -> None:
    person = _section_head("position: ผู้อำนวยการกอง")
    (held,) = person.postings or ()
    assert (held.position, held.level, set(held.words.posts)) == (None, None, {EARLY, MID})
    assert verdict(person, MID) == "undetermined"


@pytest.mark.parametrize(
    ("title", "verdict"),
    [
        ("นักทรัพยากรบุคคล", "eligible"),
        ("xyz", "eligible"),  # a title that says nothing: the type and level count
        ("ปลัดอำเภอ", "ineligible"),
        ("ครู คศ.2", "ineligible"),
        ("นักทรัพยากรบุคคล กรมการปกครอง", "ineligible"),
        ("พนักงานจ้างตามภารกิจ", "ineligible"),
        ("รักษาการ นักทรัพยากรบุคคล", "ineligible"),
        ("ไม่ได้ดำรงตำแหน่งนิติกร", "undetermined"),
    ],
)
def test_a_title_beside_type_and_level_tells_other_services_and_how_a_post_was_held(
    title: str, verdict: str
) -> None:
    """Ten years at a level of which four are demanded (3.2): only the title says that they may not count."""
    record = f"""
kind: person
education: [{{degree: bachelor, field: รัฐศาสตร์}}]
postings: [{{type: วิชาการ, level: ชำนาญการ, title: {title}, from: 2559-10-01}}]
experience: [{{work: general_admin, from: 2559-10-01}}]
"""
    here = Session(as_of=date(2026, 11, 28))
    person = here.person("-", io.BytesIO(record.encode()))
    assert here.explain(person, HEAD).verdict == verdict


def test_a_title_of_another_level_than_the_one_beside_it_is_refused() -> None:
    record = """
kind: person
education: []
postings: [{type: ทั่วไป, level: อาวุโส, title: นักวิเคราะห์นโยบายและแผนชำนาญการ, from: 2559-10-01}]
experience: []
"""
    with pytest.raises(Unusable) as caught:
        Session(as_of=date(2026, 11, 28)).person("-", io.BytesIO(record.encode()))
    (finding,) = caught.value.findings
    assert (finding.code, finding.place and finding.place.field) == ("person_impossible", "postings[1].title")


def test_a_year_alone_is_a_bound_also_where_it_is_a_number(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(
        "kind: person\neducation: [{degree: master, field: law, obtained: 2560}]\n", encoding="utf-8"
    )
    person = Session("en").person(str(path))
    assert person.education is not None
    assert person.education[0].words.within["obtained"] == (date(2017, 1, 1), date(2017, 12, 31))
