"""The desk of the planner, without a browser: posts, burden, plan, and a structure narrowed, undone and exported."""

from __future__ import annotations

import json
import re
from io import BytesIO

import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from tests.web.client import SAME, client, example, filled_in, window
from tests.web.test_people import words

TOWN = "organisations/town-worked-example.yaml"
BASE = "organisations/town-worked-example"


def left(html: str) -> int:
    return int(re.search(r"เหลือ ([\d,]+) โครงสร้าง", html)[1].replace(",", ""))  # type: ignore[index]


def test_posts_and_the_reasons_behind_a_cell() -> None:
    with client(TOWN) as page:
        base = window()
        assert "เทศบาลเมืองตัวอย่าง" in page.get(f"{base}/organisations").text
        assert page.get(f"{base}/{BASE}").text.count('<td class="allowed">') == 6
        reasons = words(page.get(f"{base}/{BASE}/posts/deputy/mid").text)
        assert "กำหนดได้" in reasons and "คิดเป็นร้อยละ 28.63" in reasons


def test_burden_plan_classes_and_memorandum() -> None:
    with client(TOWN) as page:
        base = window()
        assert "ร้อยละ 28.63" in page.get(f"{base}/{BASE}/burden").text
        plan = page.get(f"{base}/{BASE}/plan").text
        assert plan.count("<svg") == 2 and "<style" not in plan and "โครงสร้างที่เสนอเป็นไปตามหลักเกณฑ์" in plan
        assert "ประเภทพิเศษ" in page.get(f"{base}/{BASE}/class").text
        done = page.post(f"{base}/{BASE}/memo?about=deputy.high", data={"to": "นายกเทศมนตรี"}, headers=SAME)
        text = "\n".join(paragraph.text for paragraph in Document(BytesIO(done.content)).paragraphs)
        assert "นายกเทศมนตรี" in text and "ยังกำหนดตำแหน่ง" in text


def test_a_structure_is_narrowed_undone_and_exported() -> None:
    with client(TOWN) as page:
        base = window()
        where = f"{base}/{BASE}/structures"
        whole = left(page.get(where).text)
        page.post(where, data={"require": "deputies.mid=1"}, headers=SAME)
        narrowed = left(page.get(where).text)
        page.post(where, data={"forbid": "units.education.kind=division"}, headers=SAME)
        fewer = left(page.get(where).text)
        assert whole > narrowed > fewer > 0
        book = CalamineWorkbook.from_filelike(
            BytesIO(page.get(f"{base}/{BASE}/export/workbook.xlsx?by=any").content)
        )
        assert len(book.sheet_names) > 2
        chart = page.get(f"{base}/{BASE}/export/chart.svg?by=changes&option=1")
        assert chart.headers["content-type"].startswith("image/svg+xml") and "<svg" in chart.text
        page.post(where, data={"undo": "1"}, headers=SAME)
        assert left(page.get(where).text) == narrowed
        page.post(where, data={"undo": "all"}, headers=SAME)
        assert left(page.get(where).text) == whole


def test_the_charts_offered_are_those_of_the_structures_listed() -> None:
    with client(TOWN) as page:
        text = page.get(f"{window()}/{BASE}/structures?by=any").text
        numbers = re.findall(r"<li>([\d,]+)\. [^<]*<a[^>]*option=(\d+)#chart", text)
        assert numbers == [(str(n), str(n)) for n in range(1, 11)] and text.count("#chart") == 10


def test_a_choice_that_is_none_is_not_taken() -> None:
    with client(TOWN) as page:
        where = f"{window()}/{BASE}/structures"
        whole = left(page.get(where).text)
        for step in ("deputies.mid=99", "nonsense=1", "x"):
            assert page.post(where, data={"require": step}, headers=SAME).status_code == 422
        assert left(page.get(where).text) == whole


def test_the_burden_is_told_while_amounts_are_typed() -> None:
    with client(TOWN) as page:
        base = window()
        form = page.get(f"{base}/{BASE}/record").text
        fields = filled_in(form)
        fields["fiscal.previous.benefits_paid"] = "5,000,000"
        found = page.post(f"{base}/check/organisations", data=fields, headers=SAME).json()
        # (8 + 5) of 40 million is 32.50 per cent.
        assert any("ร้อยละ 32.50" in line for line in found["lines"]), found
        fields["fiscal.previous.budget"] = "สี่สิบล้าน"
        found = page.post(f"{base}/check/organisations", data=fields, headers=SAME).json()
        assert list(found["findings"]) == ["fiscal.previous.budget"]


@pytest.mark.parametrize(
    "name", ["town-worked-example.yaml", "sao-large.yaml", "pao.yaml", "missing-facts.yaml"]
)
def test_a_form_sent_back_unchanged_is_the_same_organisation(name: str) -> None:
    with client(f"organisations/{name}") as page:
        base = window()
        identity = re.search(r"/organisations/([\w-]+)\"><b>", page.get(f"{base}/organisations").text)[1]  # type: ignore[index]
        before = page.get(f"{base}/organisations/{identity}/burden").text
        posts = page.get(f"{base}/organisations/{identity}").text
        form = page.get(f"{base}/organisations/{identity}/record").text
        fields = filled_in(form)
        done = page.post(f"{base}/organisations/{identity}/record", data=fields, headers=SAME)
        assert done.status_code == 303, words(done.text)
        assert body(page.get(f"{base}/organisations/{identity}/burden").text) == body(before)
        verdicts = r'<td class="(\w+)">'
        again = page.get(f"{base}/organisations/{identity}").text
        assert re.findall(verdicts, again) == re.findall(verdicts, posts)
        kept = json.loads(page.get(f"{base}/files/{name.rpartition('.')[0]}.json").content)
        assert kept["kind"] == "organisation"


def body(html: str) -> str:
    return words(html[html.index("<main") : html.index("</main>")])


def test_an_organisation_beside_a_person() -> None:
    with client() as page:
        base = window()
        files = [("files", example(TOWN)), ("files", example("people/one-day-short.yaml"))]
        page.post(f"{base}/files", files=files, headers=SAME)
        assert "สมชาย" in page.get(f"{base}/people").text
        assert "เทศบาลเมืองตัวอย่าง" in page.get(f"{base}/organisations").text


def test_the_page_names_a_reading_of_lost_words_where_it_decides_and_nowhere_else() -> None:
    """The deputy at mid of the one town rests on A-16; of the other, at 35 per cent, nothing does."""
    other = "organisations/town-35-percent.yaml"
    with client(TOWN, other) as page:
        base = window()
        own = f"{base}/{BASE}"
        cells = re.findall(r'<span class="verdict">([^<]*)</span>', page.get(own).text)
        assert [cell for cell in cells if "A-16" in cell] == ["กำหนดได้ (อาศัยถ้อยคำที่ขาดหายและสันนิษฐานขึ้น: A-16)"]
        assert "สันนิษฐานขึ้น: A-16" in page.get(f"{own}/posts/deputy/mid").text
        assert "สันนิษฐานขึ้น: A-16" in page.get(f"{own}/plan").text
        assert "หากตีความ A-16" in page.get(f"{own}/structures").text
        assert "สันนิษฐานขึ้น" not in page.get(f"{own}/posts/division_head/mid").text
        there = f"{base}/{other.removesuffix('.yaml')}"
        for path in ("", "/posts/deputy/mid", "/plan"):
            assert "สันนิษฐานขึ้น" not in page.get(there + path).text, path
