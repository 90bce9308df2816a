"""A roster on the page: screened in a process of its own, watched, stopped, and one of its persons looked at."""

from __future__ import annotations

import time
from io import BytesIO
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from starlette.testclient import TestClient

from lgreason.web.jobs import ScreeningJob
from tests.web.client import MID, SAME, client, window

ROSTER = """รหัส,ชื่อ-สกุล,วุฒิ,สาขา,ตำแหน่ง,ตั้งแต่,ถึง
1,นายก ข,ปริญญาตรี,รัฐศาสตร์,หัวหน้าฝ่าย,1/10/2555,30/9/2560
1,นายก ข,,,ผอ.กอง ระดับต้น,1/10/2560,
2,นางค ง,ปริญญาโท,นิติศาสตร์,หัวหน้าฝ่าย,1/10/2563,
""".encode()


def finished(page: TestClient, where: str) -> str:
    for _ in range(600):
        if not page.get(where, headers={"accept": "application/json"}).json()["running"]:
            return page.get(where).text
        time.sleep(0.1)
    raise AssertionError("still at work")


def test_a_roster_is_screened_and_a_person_taken_from_it() -> None:
    with client() as page:
        base = window()
        done = page.post(f"{base}/files", files={"files": ("บัญชี.csv", ROSTER)}, headers=SAME)
        where = done.headers["location"]
        assert where == f"{base}/rosters/0"
        text = finished(page, where)
        assert "ผลการตรวจคุณสมบัติ 2 คน" in text and "/tmp/" not in text
        workbook = page.get(f"{where}/files/results.xlsx").content
        assert CalamineWorkbook.from_filelike(BytesIO(workbook)).sheet_names
        for name in ("told.txt", "บัญชี.csv", "..%2fresults.xlsx", "nothing"):
            assert page.get(f"{where}/files/{name}").status_code == 404
        assert page.post(f"{where}/take", data={"person": "2"}, headers=SAME).status_code == 303
        assert "นางค ง" in page.get(f"{base}/people").text
        assert page.get(f"{base}/people/2/why/{MID}").status_code == 200
        assert page.post(f"{where}/take", data={"person": "99"}, headers=SAME).status_code == 422


def test_what_is_no_roster_is_refused_in_words() -> None:
    with client() as page:
        base = window()
        done = page.post(f"{base}/files", files={"files": ("x.xlsx", b"PK\x03\x04 nothing")}, headers=SAME)
        text = finished(page, done.headers["location"])
        assert "Traceback" not in text and "x.xlsx" in text


@pytest.mark.parametrize("number", ["1", "-1", "x", "99999", "../0"])
def test_there_is_no_other_roster(number: str) -> None:
    with client() as page:
        assert page.get(f"{window()}/rosters/{number}").status_code == 404


def test_a_screening_is_stopped_and_leaves_nothing() -> None:
    rows = "".join(f"{n},คน {n},ปริญญาตรี,รัฐศาสตร์,หัวหน้าฝ่าย,1/10/2555,\n" for n in range(20_000))
    job = ScreeningJob((("ใหญ่.csv", ROSTER + rows.encode()),), ("--as-of", "2026-11-27"))
    folder = Path(job.folder)
    assert job.is_running
    job.stop()
    assert not job.is_running and job.was_stopped
    assert not [name for name in job.results() if name.startswith("results")]
    job.forget()
    assert not folder.exists()
