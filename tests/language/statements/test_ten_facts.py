"""Ten facts that only a rule file declares: read, refused, decided, explained, asked for, supposed, remedied."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from lgreason.answers.session import Session
from lgreason.language.book.rulebook import read_book
from lgreason.language.statements.splitting import SourceText
from lgreason.reasoning.persons.remedies import Remedies
from lgreason.repl.conversation import Conversation
from lgreason.report.documents.person_file import person_yaml
from lgreason.report.documents.persons import explanation
from lgreason.report.text.explanation import ExplanationText
from lgreason.report.text.person import person_lines
from lgreason.report.text.remedies import RemedyText
from lgreason.rules.findings import Unusable
from lgreason.rules.knowledge import Library
from lgreason.rules.model import LANGUAGES, Language

HERE = Path(__file__).parent / "declared"
DAY = date(2026, 3, 1)
Record = dict[str, Any]

YES: Record = {
    "entered": "2021-03-02",  # five years are complete on 1 March 2026
    "vaccinated": True,
    "citation_score": 50,
    "trial_work": {"outcome": "passed_trial"},
    "memberships": [{"council": "engineers"}],
    "warnings": [{"weight": "heavy", "given": "2024-03-01"}],  # two years begin on 2 March 2024
    "permits": [{"grade": "first", "issued": "2020-01-01", "expires": "2026-03-01"}],
    "allowance": [{"monthly": 5000, "since": "2025-01-01"}],
    "overseas": [{"country": "ญี่ปุ่น", "from": "2025-03-02"}],
    "trainings": [{"length": 25, "completed": "2023-03-02"}, {"length": 15, "completed": "2024-01-01"}],
}
NO: Record = {
    "entered": "2021-03-03",
    "vaccinated": False,
    "citation_score": "49.99",
    "trial_work": {"outcome": "failed_trial"},
    "memberships": [{"council": "architects"}],
    "warnings": [{"weight": "heavy", "given": "2024-03-02"}],
    "permits": [{"grade": "first", "issued": "2020-01-01", "expires": "2026-02-28"}],
    "allowance": [{"monthly": "4,999.99 บาท", "since": "2025-01-01"}],
    "overseas": [{"country": "ญี่ปุ่น", "from": "2025-03-03"}],
    "trainings": [{"length": 25, "completed": "2023-03-01"}, {"length": 15, "completed": "2024-01-01"}],
}
WRONG = {
    "entered": ("2021-02-30", "date_no_such_day"),
    "vaccinated": ("บางเข็ม", "shape_truth_expected"),
    "citation_score": ("มาก", "shape_amount_expected"),
    "trial_work": ({"outcome": "ผ่าน"}, "fact_unknown_value"),
    "memberships": ([{"counsil": "engineers"}], "shape_unknown_key"),
    "warnings": ([{"weight": "หนักมาก"}], "fact_unknown_value"),
    "permits": ([{"issued": "2021-01-01", "expires": "2020-01-01"}], "person_ends_before_start"),
    "allowance": ([{"monthly": "ห้าพัน"}], "shape_amount_expected"),
    "overseas": ([{"from": "32/1/2560"}], "date_no_such_day"),
    "trainings": ([{"length": "สามวัน"}], "shape_amount_expected"),
}
TOLD = {  # in either language, as an answer or after the name of the fact
    "entered": ("2 มี.ค. 2564", "2 Mar 2021"),
    "vaccinated": ("ใช่", "yes"),
    "citation_score": ("50 คะแนน", "50 points"),
    "trial_work": ("ผ่านการทดลองงาน, วันสิ้นสุด 1 ม.ค. 2565", "trial passed, ended 1 Jan 2022"),
    "memberships": ("สภาวิศวกรสมมุติ", "invented council of engineers"),
    "warnings": ("ไม่มี", "none"),
    "permits": (
        "ใบรับรองชั้นหนึ่ง ตั้งแต่ 1 ม.ค. 2563 ถึง 1 มี.ค. 2569",
        "first class, issued 1 Jan 2020, expires 1 Mar 2026",
    ),
    "allowance": (
        "จำนวนเงินค่าตอบแทน 5,000 บาท, เริ่มรับวันที่ 1 ม.ค. 2568",
        "monthly amount 5,000 baht, paid from 1 Jan 2025",
    ),
    "overseas": ("ประเทศที่ประจำ ญี่ปุ่น ตั้งแต่ 2 มี.ค. 2568", "Japan, from 2 Mar 2025"),
    "trainings": (
        "25 ชั่วโมง เมื่อ 2 มี.ค. 2566; 15 ชั่วโมง เมื่อ 1 ม.ค. 2567",
        "length of training 25 hours, completed 2 Mar 2023; 15 hours on 1 Jan 2024",
    ),
}
UNTIL = {"permits": "2026-03-01", "trainings": "2026-03-01"}
SINCE_NO = {"entered": "2026-03-02", "warnings": "2026-03-02", "overseas": "2026-03-02"}
REMEDIES = {  # by who can change the fact
    "entered": {"turn_out"},
    "vaccinated": {"turn_out"},
    "citation_score": {"turn_out"},
    "trial_work": {"turn_out", "gain"},
    "memberships": {"turn_out", "gain"},
    "warnings": {"turn_out"},
    "permits": {"turn_out", "gain"},
    "allowance": {"turn_out", "gain"},
    "overseas": {"turn_out", "gain"},
    "trainings": {"turn_out", "gain"},
}
FACTS = list(YES)


@cache
def library() -> Library:
    base = Library()
    return base.with_rules(
        read_book([SourceText("ten.rules", (HERE / "ten.rules").read_text("utf-8"))], base)
    )


@cache
def session(language: Language = "th") -> Session:
    return Session(language, as_of=DAY, library=library())


def person(record: Record, here: Session | None = None) -> Any:
    data = json.dumps({"id": "malee", "name": "มาลี", **record}, ensure_ascii=False).encode()
    return (here or session()).person("-", BytesIO(data))


def answer(record: Record, fact: str, language: Language = "th") -> Any:
    here = session(language)
    return here.explain(person(record, here), f"ten.{fact}")


@pytest.mark.parametrize("fact", FACTS)
def test_both_sides_of_the_boundary_and_nothing_known(fact: str) -> None:
    for record, verdict in ((YES, "eligible"), (NO, "ineligible"), ({}, "undetermined")):
        given = {fact: record[fact]} if record else {}
        assert answer(given, fact).verdict == verdict, verdict
    found = explanation(answer({fact: YES[fact]}, fact), session().kb)
    assert found.get("until") == UNTIL.get(fact)
    assert explanation(answer({fact: NO[fact]}, fact), session().kb)["earliest"] == SINCE_NO.get(fact)


def test_what_lapses_returns() -> None:
    of = {"grade": "first", "issued": "2010-01-01", "expires": "2012-12-31"}
    again = {"grade": "first", "issued": "2025-06-01", "expires": "2027-05-31"}
    found = explanation(answer({"permits": [of, again]}, "permits"), session().kb)
    assert (found["earliest"], found["until"]) == ("2025-06-01", "2027-05-31")
    heavy = [{"weight": "heavy", "given": day} for day in ("2015-06-01", "2025-09-01")]
    found = explanation(answer({"warnings": heavy}, "warnings"), session().kb)
    assert (found["verdict"], found["earliest"]) == ("ineligible", "2027-09-01")


@pytest.mark.parametrize("fact", FACTS)
def test_a_slip_is_refused_at_its_place(fact: str) -> None:
    value, code = WRONG[fact]
    with pytest.raises(Unusable) as refused:
        person({fact: value})
    (finding,) = refused.value.findings
    assert finding.code == code and finding.place is not None and finding.place.field.startswith(fact)


@pytest.mark.parametrize("fact", FACTS)
def test_explained_and_shown_in_both_languages(fact: str) -> None:
    for language in LANGUAGES:
        here = session(language)
        name = here.kb.declarations("person").names["fact", fact].into(language)
        found = here.explain(person({fact: NO[fact]}, here), f"ten.{fact}")
        text = "\n".join(
            line.text for line in ExplanationText(found, here.kb, here.vocabulary, here.wording).lines()
        )
        shown = [line.text for line in person_lines(found.person, here.vocabulary, here.wording)]
        assert name in text and name in shown
        undecided = here.explain(person({}, here), f"ten.{fact}")
        lines = ExplanationText(undecided, here.kb, here.vocabulary, here.wording).lines()
        assert any(f"{name} ({fact})" in line.text for line in lines)


@pytest.mark.parametrize("fact", FACTS)
def test_what_is_saved_reads_back_to_the_same(fact: str) -> None:
    for record in (YES, NO):
        read = person({fact: record[fact]})
        again = session().person("-", BytesIO(person_yaml(read).encode()))
        assert again.given == read.given


@pytest.mark.parametrize("fact", FACTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_asked_for_and_told(fact: str, language: Language, tmp_path: Path) -> None:
    file = tmp_path / "malee.yaml"
    file.write_text("id: malee\nname: มาลี\nkind: person\n", encoding="utf-8")
    talk = Conversation(session(language))
    talk.open(str(file))
    number = FACTS.index(fact) + 1
    ask = f"มาลีมีสิทธิเป็น หัวหน้าหน่วยที่ {number} ไหม"
    if language == "en":
        ask = f"is malee eligible for head of unit {number}"
    asked = talk.answer(ask)
    assert asked.document["asks"]["missing"] == {"list": fact}
    if fact in ("permits", "citation_score"):  # what is no answer is refused, and the question stands
        wrong = talk.answer("ซซซ ฮฮฮ" if language == "th" else "zzz qqq")
        assert wrong.status == 2 and wrong.document["asks"]["missing"] == {"list": fact}
    told = talk.answer(TOLD[fact][language == "en"])
    assert told.document["answer"]["verdict"] == "eligible"
    assert told.document["supposed"][0]["what"] == fact


@pytest.mark.parametrize("fact", FACTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_supposed(fact: str, language: Language, tmp_path: Path) -> None:
    file = tmp_path / "malee.yaml"
    file.write_text("id: malee\nname: มาลี\nkind: person\n", encoding="utf-8")
    talk = Conversation(session(language))
    talk.open(str(file))
    number, told = FACTS.index(fact) + 1, TOLD[fact][language == "en"]
    name = session().kb.declarations("person").names["fact", fact].into(language)
    line = f"ถ้ามาลีมี{name} {told} จะมีสิทธิเป็น หัวหน้าหน่วยที่ {number} หรือไม่"
    if language == "en":
        line = f"what if malee had {name} {told}, would malee be eligible for head of unit {number}"
    found = talk.answer(line)
    assert found.document["answer"]["before"] == "undetermined"
    assert found.document["answer"]["after"] == "eligible"
    assert found.document["changes"][0]["fact"] == fact
    assert name in "\n".join(each.text for each in found.lines)


@pytest.mark.parametrize("fact", FACTS)
def test_remedies_follow_from_who_can_change_it(fact: str) -> None:
    here = session()
    found = Remedies(here.judges.judge, person({}), f"ten.{fact}", here.day)
    assert {change.kind for remedy in found.found for change in remedy.changes} == REMEDIES[fact]
    for language in LANGUAGES:
        of = session(language)
        lines = [line.text for line in RemedyText(found, of.vocabulary, of.wording).lines(9)]
        name = of.kb.declarations("person").names["fact", fact].into(language)
        assert not REMEDIES[fact] or any(name in line for line in lines)
