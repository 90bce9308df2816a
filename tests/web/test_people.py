"""The desk of the personnel officer, without a browser: what the pages say, and the record as a form."""

from __future__ import annotations

import json
import re

import pytest

from lgreason.answers.persons import why
from lgreason.answers.session import Session
from tests.web.client import DAY, EXAMPLES, MID, SAME, client, example, filled_in, window

PERSON = "people/one-day-short.yaml"
WHY = f"people/somchai/why/{MID}"
RECORD = {
    "id": "malee",
    "name": "นางมาลี ตั้งใจ",
    "education._state": "given",
    "education.0.degree": "ป.ตรี",
    "education.0.field": "รัฐศาสตร์",
    "postings._state": "given",
    "postings.0.position": "ผอ.กอง ระดับต้น",
    "postings.0.from": "1 ต.ค. 2560",
    "experience._state": "none",
    "competencies._state": "unknown",
}


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_the_table_gives_verdicts_and_first_days() -> None:
    with client("people/part-director.yaml", PERSON) as page:
        text = words(page.get(f"{window()}/people").text)
    # A part director, mid, since 1 October 2017: as a division director, mid, from 30 September 2021.
    assert "นายประสิทธิ์ มั่นคง" in text and "ตั้งแต่ 30 ก.ย. 2564" in text


def test_why_says_what_the_command_says() -> None:
    session = Session("th", as_of=DAY)
    reply = why(session, session.person(str(EXAMPLES / PERSON)), MID, full=False, conversing=True)
    with client(PERSON) as page:
        text = words(page.get(f"{window()}/{WHY}").text)
    for line in reply.lines[3:9]:
        assert not line.text or " ".join(line.text.split()) in text, line.text
    assert "ขาดอีก 1 วัน" in text


def test_another_reading_is_a_switch_and_said_on_every_page() -> None:
    with client("people/part-director.yaml") as page:
        base = window()
        asked = f"{base}/people/prasit/why/general_admin.high.office_director"
        assert "ยังไม่มีสิทธิ" in words(page.get(asked).text)
        done = page.post(f"{base}/settings", data={"reading": "A-08=counts", "back": asked}, headers=SAME)
        assert done.headers["location"] == asked
        assert "banner-verdict eligible" in page.get(asked).text
        assert "A-08=counts" in page.get(f"{base}/people").text
        page.post(f"{base}/settings", data={"default_readings": "1"}, headers=SAME)
        assert "A-08=counts" not in page.get(f"{base}/people").text


def test_an_impossible_day_or_reading_is_refused_in_words() -> None:
    with client(PERSON) as page:
        base = window()
        for form in ({"day": "31 ก.พ. 2569"}, {"reading": "A-99=x"}, {"reading": "A-20=never"}):
            done = page.post(f"{base}/settings", data=form, headers=SAME)
            assert done.status_code == 422 and "ทำตามที่ขอไม่ได้" in done.text
        assert page.get(f"{base}/people").status_code == 200


def test_a_record_is_filled_in_and_kept_as_typed() -> None:
    with client() as page:
        base = window()
        done = page.post(f"{base}/new/people", data=RECORD, headers=SAME)
        assert done.status_code == 303 and done.headers["location"] == f"{base}/people/malee"
        form = page.get(f"{base}/people/malee/record").text
        assert 'value="ผอ.กอง ระดับต้น"' in form and "อ่านว่า ผู้อำนวยการกอง ระดับต้น" in form
        assert "อ่านว่า 1 ตุลาคม 2560" in form
        kept = page.get(f"{base}/files/malee.json")
        assert (
            '"position": "ผอ.กอง ระดับต้น"' in kept.text and "attachment" in kept.headers["content-disposition"]
        )
        assert '"experience": []' in kept.text and "competencies" not in kept.text


def test_what_is_wrong_stands_beside_its_field() -> None:
    with client() as page:
        base = window()
        wrong = {**RECORD, "postings.0.to": "เมื่อวาน", "postings.0.from": "31 ก.พ. 2560"}
        done = page.post(f"{base}/new/people", data=wrong, headers=SAME)
        assert done.status_code == 422
        for name in ("postings.0.to", "postings.0.from"):
            assert f'id="fault-{name}"' in done.text
        assert 'value="31 ก.พ. 2560"' in done.text
        assert "malee" not in page.get(f"{base}/people").text
        found = page.post(f"{base}/check/people", data=wrong, headers=SAME).json()
        assert set(found["findings"]) == {"postings.0.to", "postings.0.from"}


def test_what_is_not_understood_is_said_wherever_the_verdict_is() -> None:
    with client() as page:
        base = window()
        odd = {**RECORD, "postings.0.position": "ผอ.กลอง ระดับต้น"}
        found = page.post(f"{base}/check/people", data=odd, headers=SAME).json()
        (warning,) = found["findings"]["postings.0.position"]
        assert warning["severity"] == "warning" and "ผอ.กลอง" in warning["text"]
        page.post(f"{base}/new/people", data=odd, headers=SAME)
        assert "มีข้อความที่ควรตรวจสอบ 1 แห่ง" in page.get(f"{base}/people").text
        why = page.get(f"{base}/people/malee/why/{MID}").text
        assert "#postings.0.position" in why and "ผอ.กลอง" in why and "banner-verdict undetermined" in why
        assert 'id="fault-postings.0.position"' in page.get(f"{base}/people/malee/record").text
        memo = page.get(f"{base}/people/malee/memo/{MID}").text
        assert "ยังไม่เข้าใจ" in memo and "ผอ.กลอง" in memo


def test_a_row_is_added_and_dropped_without_a_script() -> None:
    with client() as page:
        base = window()
        more = page.post(f"{base}/new/people", data={**RECORD, "add": "postings"}, headers=SAME).text
        assert 'name="postings.1.position"' in more and 'value="ผอ.กอง ระดับต้น"' in more
        page.post(f"{base}/new/people", data={**RECORD, "education.0._drop": "1"}, headers=SAME)
        assert '"education": []' in page.get(f"{base}/files/malee.json").text


def test_while_one_types_the_verdicts_come() -> None:
    with client() as page:
        found = page.post(f"{window()}/check/people", data=RECORD, headers=SAME).json()
    # More than two years as division director, early, open both posts of the mid level (item 2.1) and no others.
    eligible = [each["position"] for each in found["verdicts"] if each["verdict"] == "eligible"]
    assert eligible == ["ผู้อำนวยการกอง ระดับกลาง", "ผู้อำนวยการส่วน ระดับกลาง"]
    assert found["read"]["education.0.degree"] == "อ่านว่า ปริญญาตรี"


def test_what_if_stands_beside_the_file() -> None:
    with client(PERSON) as page:
        base = window()
        asked = f"{base}/people/somchai/whatif/{MID}"
        fields = filled_in(page.get(asked).text)
        more = filled_in(page.post(asked, data={**fields, "add": "postings"}, headers=SAME).text)
        assert "postings.2.position" in more
        more |= {"postings.2.position": "ผอ.กองต้น", "postings.2.from": "1 ก.พ. 2566"}
        text = page.post(asked, data=more, headers=SAME).text
        assert text.index("banner-verdict ineligible") < text.index("banner-verdict eligible")
        assert "+ ลำดับที่ 3 ผู้อำนวยการกอง ระดับต้น (1 ก.พ. 2566" in text and "− " not in words(text)
        # A post that is taken up a year after the day is counted from then on.
        later = page.post(asked, data={**more, "postings.2.from": "27 พ.ย. 2570"}, headers=SAME).text
        assert "banner-verdict eligible" not in later and "person_begins_later" not in later
        wrong = page.post(asked, data={**more, "postings.2.from": "เมื่อวาน"}, headers=SAME).text
        assert 'id="fault-postings.2.from"' in wrong and wrong.count("banner-verdict") == 1
        assert filled_in(page.get(asked).text) == fields  # nothing is kept


def test_any_declared_fact_is_entered_completed_and_supposed() -> None:
    with client(PERSON) as page:
        base = window()
        record, asked = f"{base}/people/somchai/record", f"{base}/people/somchai/whatif/{MID}"
        form = page.get(record).text
        declared = set(Session("th", "arabic", DAY).declared()[0].facts)
        assert len(declared) > 30
        assert declared <= set(re.findall(r'id="(\w+)"', form))
        fields = filled_in(page.post(record, data={**filled_in(form), "add": "penalties"}, headers=SAME).text)
        assert fields["penalties._state"] == "given"
        fields |= {"penalties.0.kind": "pay_cut", "penalties.0.ordered": "1 ม.ค. 2568", "born": "5 พ.ค. 2520"}
        fields |= {"probation._state": "none", "bankrupt": "false"}
        found = page.post(asked, data=fields, headers={**SAME, "accept": "application/json"}).json()
        assert found["read"]["born"] == "อ่านว่า 5 พฤษภาคม 2520" and "+ ตัดเงินเดือน" in found["html"]
        assert [each["verdict"] for each in found["verdicts"]] == ["ineligible"]
        assert page.post(record, data=fields, headers=SAME).status_code == 303
        kept = json.loads(page.get(f"{base}/files/one-day-short.json").content)
        assert kept["penalties"] == [{"kind": "pay_cut", "ordered": "1 ม.ค. 2568"}]
        assert (kept["probation"], kept["bankrupt"], kept["born"]) == ("none", False, "5 พ.ค. 2520")
        again = page.get(record).text
        assert '<option value="pay_cut" selected>ตัดเงินเดือน</option>' in again
        assert page.post(record, data=filled_in(again), headers=SAME).status_code == 303
        assert json.loads(page.get(f"{base}/files/one-day-short.json").content) == kept


def test_what_is_to_be_found_out_is_told_beside_the_question() -> None:
    with client("people/missing-facts.yaml") as page:
        base = window()
        why = page.get(f"{base}/people/nipa/why/{MID}").text
        assert 'name="education.1.field"' in why and "banner-verdict undetermined" in why
        told = f"{base}/people/nipa/told/{MID}"
        done = page.post(told, data={"education.1.field": "รัฐศาสตร์"}, headers=SAME)
        assert (done.status_code, done.headers["location"]) == (303, f"{base}/people/nipa/why/{MID}")
        # With a listed master's degree three years are enough, and she has three years and six months.
        assert 'name="education.1.field"' not in page.get(done.headers["location"]).text
        kept = json.loads(page.get(f"{base}/files/missing-facts.json").content)
        assert kept["education"][1] == {"degree": "master", "field": "รัฐศาสตร์"}
        assert [each["from"] for each in kept["postings"]] == ["2563-01-01", "2566-07-01"]
        assert "experience" not in kept  # what was not told stays not known


def test_how_and_paths_are_answered() -> None:
    with client(PERSON) as page:
        base = window()
        assert "ทางที่จะมีสิทธิ" in page.get(f"{base}/people/somchai/how/{MID}").text
        path = page.get(f"{base}/people/somchai/path/{MID}").text
        assert "<svg" in path and " style=" not in path


def test_the_memorandum_is_a_page_and_a_word_file() -> None:
    with client(PERSON, digits="thai") as page:
        asked = f"{window()}/people/somchai/memo/{MID}"
        assert "บันทึกข้อความ" in page.get(asked).text
        done = page.post(asked, data={"office": "สำนักปลัด"}, headers=SAME)
        assert done.content.startswith(b"PK") and "memo-somchai.docx" in done.headers["content-disposition"]


def test_a_sentence_is_answered_on_every_page_and_files_stay_in_the_window() -> None:
    with client(PERSON) as page:
        base = window()
        json = {**SAME, "accept": "application/json"}
        answer = page.post(f"{base}/ask", data={"line": "ทำไมสมชายไม่มีสิทธิเป็นผอ.กองกลาง"}, headers=json)
        assert answer.json()["document"]["ask"] == "why" and "ขาดอีก 1 วัน" in answer.json()["html"]
        assert page.post(f"{base}/ask", data={"line": "บันทึก ใหม่.yaml"}, headers=SAME).status_code == 303
        assert "ใหม่.yaml" in page.get(f"{base}/ask").text
        assert page.post(f"{base}/ask", data={"line": ""}, headers=SAME).status_code == 422


def test_two_files_with_the_same_id_are_not_mixed_up() -> None:
    with client(PERSON) as page:
        base = window()
        _, content = example(PERSON)
        page.post(f"{base}/files", files={"files": ("copy.yaml", content)}, headers=SAME)
        text = page.get(f"{base}/people").text
        assert "copy.yaml ยังใช้ไม่ได้" in text and text.count("นายสมชาย ใจดี") == 1
        page.post(f"{base}/files/forget", data={"name": "copy.yaml"}, headers=SAME)
        assert "copy.yaml" not in page.get(f"{base}/people").text


@pytest.mark.parametrize("identity", ["new", "a/b?c=1#d", "why/x", "ไทย ไทย"])
def test_any_id_leads_to_its_person(identity: str) -> None:
    with client() as page:
        base = window()
        done = page.post(f"{base}/new/people", data={**RECORD, "id": identity}, headers=SAME)
        assert done.status_code == 303
        assert "<h1>นางมาลี ตั้งใจ</h1>" in page.get(done.headers["location"]).text
        where = re.search(rf'href="([^"]+/why/{MID})"', page.get(f"{base}/people").text)
        assert where and "มีสิทธิ" in words(page.get(where[1]).text)
