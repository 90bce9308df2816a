"""Versions of rules and plans of an organisation beside one another, without a browser."""

from __future__ import annotations

from io import BytesIO

from docx import Document

from tests.web.client import SAME, client, window
from tests.web.test_people import words
from tests.web.test_rules import RULES


def test_what_rules_change_is_shown_with_a_witness_before_they_are_laid_over() -> None:
    """Two years instead of one of the work: against the other version somebody loses, nobody gains."""
    one = "(๓) [std.digital.early.q3] ปฏิบัติงานเทคโนโลยีดิจิทัล หรืองานที่เกี่ยวข้อง มาแล้วไม่น้อยกว่า ๑ ปี"
    early = RULES.partition("# ── ระดับกลาง")[0]
    assert one in early
    stricter = early.replace(one, one.replace("๑ ปี", "๒ ปี"))
    with client("people/one-day-short.yaml") as page:
        base = window()
        files = [
            ("files", (name, text.encode())) for name, text in (("a.rules", early), ("b.rules", stricter))
        ]
        page.post(f"{base}/files", files=files, headers=SAME)
        desk = page.get(f"{base}/rules?file=b.rules").text
        assert "<option>a.rules</option>" in desk and "กฎนี้เปลี่ยนอะไร" in desk
        shown = words(page.get(f"{base}/rules/difference?file=b.rules&old=a.rules").text)
        assert "b.rules เทียบกับ a.rules" in shown and "std.digital.early.q3" in shown
        assert "kind: person" in shown  # a witness, as a file
        assert page.get(f"{base}/rules/difference?file=none.rules").status_code == 404


def test_today_and_the_plan_stand_side_by_side_and_are_saved() -> None:
    with client("organisations/town-worked-example.yaml") as page:
        base = window()
        here = f"{base}/organisations/town-worked-example"
        plan = page.get(f"{here}/plan").text
        assert "/compare" in plan
        shown = page.get(f"{here}/compare?nearest=1")
        assert shown.status_code == 200 and "ปัจจุบัน" in words(shown.text)
        content = page.get(f"{here}/compare/plans.docx?nearest=1").content
        assert any("ปลัด" in each.text for each in Document(BytesIO(content)).paragraphs)
        assert page.get(f"{here}/compare/plans.xlsx?nearest=1").content[:2] == b"PK"
        assert page.get(f"{here}/compare/plans.odt").status_code == 404
