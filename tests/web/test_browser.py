"""Whole jobs of each desk in a real browser, in Thai, from the file to the document; by the keyboard; on paper."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from tests.web.browser import CHROMIUM, QUIET, needs_browser, served, text_of_pdf
from tests.web.client import EXAMPLES, MID

pytestmark = needs_browser
PERSON = EXAMPLES / "people" / "one-day-short.yaml"
TOWN = "organisations/town-worked-example.yaml"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served("people/missing-facts.yaml", TOWN) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET, headless=True)
        yield found
        found.close()


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """A new window; whatever its console complains of, such as the policy, fails the test."""
    context = browser.new_context(
        viewport={"width": 1200, "height": 900}, locale="th-TH", accept_downloads=True
    )
    found = context.new_page()
    complaints: list[str] = []
    found.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    found.on("pageerror", lambda error: complaints.append(str(error)))
    found.goto(address)
    yield found
    context.close()
    assert not complaints


def base(page: Any) -> str:
    return "/".join(page.url.split("/")[:5])


def downloaded(page: Any, click: str) -> bytes:
    with page.expect_download() as waiting:
        page.click(click)
    return Path(waiting.value.path()).read_bytes()


def test_the_personnel_officer_from_the_file_to_the_memorandum(page: Any) -> None:
    page.set_input_files("#files", str(PERSON))  # the script sends it at once
    page.click("text=นายสมชาย ใจดี")
    page.click("text=ผู้อำนวยการกอง ระดับกลาง")
    assert page.inner_text(".banner-verdict") == "ยังไม่มีสิทธิ"
    assert "ขาดอีก 1 วัน" in page.inner_text(".condition")
    clause = page.locator("#tree summary", has_text="ระดับต้น ข้อ ๑.๒ ได้รับปริญญาโท").first
    assert not clause.is_visible()
    page.click("text=เปิดทุกข้อ")
    assert clause.is_visible()
    page.click("nav.tabs >> text=บันทึกข้อความ")
    page.fill("input[name=office]", "สำนักปลัดเทศบาล")
    assert page.inner_text("[data-fill=office]") == "สำนักปลัดเทศบาล"
    content = downloaded(page, "text=เก็บเป็นแฟ้ม Word")
    text = "\n".join(paragraph.text for paragraph in Document(BytesIO(content)).paragraphs)
    assert "สำนักปลัดเทศบาล" in text and "นายสมชาย ใจดี ยังมีคุณสมบัติเฉพาะ" in text


def test_a_record_is_filled_in_with_a_fault_that_is_mended(page: Any) -> None:
    page.click("text=เพิ่มบุคคล")
    page.fill("[name=id]", "mai")
    page.fill("[name=name]", "นางสาวใหม่ ตั้งใจ")
    page.click("#postings button.add")
    page.fill("[name='postings.0.position']", "ผอ.กลอง")
    page.wait_for_selector(".field[data-name='postings.0.position'] .fault.warning")
    page.fill("[name='postings.0.from']", "31 ก.พ. 2560")
    page.wait_for_selector(".field[data-name='postings.0.from'] .fault.error")
    page.fill("[name='postings.0.position']", "ผอ.กอง ระดับต้น")
    page.fill("[name='postings.0.from']", "1 ต.ค. 2560")
    page.wait_for_selector(".field[data-name='postings.0.position'] .fault", state="detached")
    page.wait_for_selector("text=อ่านว่า 1 ตุลาคม 2560")
    page.wait_for_selector(".live >> text=ผู้อำนวยการกอง ระดับกลาง")
    page.click("text=ใช้ข้อมูลนี้")
    page.wait_for_url("**/people/mai")
    assert page.inner_text("h1") == "นางสาวใหม่ ตั้งใจ"
    assert "ยังไม่ได้เก็บลงแฟ้ม" in page.inner_text("body")
    assert "ผอ.กอง ระดับต้น" in downloaded(page, "text=mai.json").decode()


def test_by_the_keyboard_alone(page: Any) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "ข้ามไปยังเนื้อหา"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "line"
    page.keyboard.type("นิภามีสิทธิเป็นผอ.กองกลางหรือไม่")
    page.keyboard.press("Enter")
    page.wait_for_selector("#answer:not([hidden])")
    assert "ยังสรุปไม่ได้" in page.inner_text("#answer")
    page.keyboard.press("Escape")
    assert page.is_hidden("#answer")
    page.goto(f"{base(page)}/people/nipa/why/{MID}")
    page.focus("#tree summary")
    was = page.evaluate("document.querySelector('#tree details').open")
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector('#tree details').open") is not was


@pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="no pdftotext here: apt-get install poppler-utils"
)
def test_printed_to_pdf_the_memorandum_reads_as_on_the_page(page: Any, tmp_path: Path) -> None:
    page.goto(f"{base(page)}/people/nipa/memo/{MID}")
    page.pdf(path=tmp_path / "memo.pdf", prefer_css_page_size=True)
    text = text_of_pdf(tmp_path / "memo.pdf")
    assert "บันทึกข้อความ" in text and "เก็บเป็นแฟ้ม" not in text and "โครงสร้าง" not in text
    assert "3 6 0" in text  # counted: three years and six months


def test_the_policy_officer_mends_a_fault_and_sees_what_the_rule_changes(page: Any) -> None:
    rules = (EXAMPLES / "rules" / "digital.th.rules").read_text(encoding="utf-8")
    page.click("nav >> text=กฎ")
    page.fill("#rule-text", rules.replace("กำหนดว่า", "กำหนดวา", 1))
    page.wait_for_selector("#rule-findings .error")
    assert page.is_disabled("[name=saved]")
    page.fill("#rule-text", rules)
    page.wait_for_selector("#rule-findings .good")
    page.click("[name=saved]")
    page.wait_for_selector("text=ผลต่อบุคคลในหน้าต่างนี้")
    assert page.locator("pre.rule[lang=th]").count() == page.locator("pre.rule[lang=en]").count() > 3
    assert downloaded(page, "text=draft.rules >> nth=0").decode() == rules


def test_the_planner_narrows_undoes_and_exports(page: Any) -> None:
    page.click("nav >> text=โครงสร้าง")
    page.click("text=เทศบาลเมืองตัวอย่าง")
    page.click("text=เลือกโครงสร้าง")
    whole = page.inner_text(".count")
    page.click("[name=require][value='deputies.mid=1']")
    narrowed = page.inner_text(".count")
    page.click("[name=forbid][value='units.education.kind=division']")
    assert len({whole, narrowed, page.inner_text(".count")}) == 3
    assert page.locator("figure svg").count() == 2
    assert downloaded(page, "text=เก็บเป็นแฟ้มตาราง").startswith(b"PK")
    assert b"<svg" in downloaded(page, "text=เก็บผังเป็น SVG")
    page.click("[name=undo][value='1']")
    assert page.inner_text(".count") == narrowed
    page.click("text=ยกเลิกทั้งหมด")
    assert page.inner_text(".count") == whole


def test_a_second_window_is_not_disturbed(page: Any, address: str) -> None:
    other = page.context.new_page()
    other.goto(address)
    page.set_input_files("#files", str(PERSON))
    page.wait_for_selector("text=นายสมชาย ใจดี")
    other.reload()
    assert "นายสมชาย" not in other.inner_text("main")
    other.click("text=English")
    assert page.evaluate("document.documentElement.lang") == "th"


@pytest.mark.parametrize(
    "path",
    [
        "people",
        f"people/nipa/why/{MID}",
        "people/nipa/record",
        f"people/nipa/whatif/{MID}",
        f"people/nipa/memo/{MID}",
        "organisations/town-worked-example",
        "organisations/town-worked-example/structures",
        "rules",
        "kb?q=สไลด์ 28",
    ],
)
def test_axe_finds_nothing_serious_and_a_phone_needs_no_sideways_scrolling(page: Any, path: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page.goto(f"{base(page)}/{path}")
    found = Axe().run(page).response["violations"]
    serious = [each for each in found if each["impact"] in ("serious", "critical")]
    assert not serious, [(each["id"], each["nodes"][0]["html"]) for each in serious]
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
