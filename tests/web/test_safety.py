"""Who may ask: names of hosts and origins, tokens, sizes, ids of windows, and what a browser may do."""

from __future__ import annotations

from pathlib import Path

import pytest

from lgreason.web.safety import MOST_BYTES, Door
from tests.web.client import HERE, SAME, client, example, window

PERSON = "people/one-day-short.yaml"


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example:8420", "localhost.evil.example", ""]
)
def test_another_name_of_the_host_is_refused(host: str) -> None:
    assert client().get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:8420", "localhost:8420", "[::1]:8420", "LOCALHOST"])
def test_names_of_this_machine_are_admitted(host: str) -> None:
    assert client().get("/", headers={"host": host}).status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "null"},
        {"origin": "http://evil.example"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": HERE, "sec-fetch-site": "cross-site"},
        {"origin": HERE, "sec-fetch-site": "same-site"},
    ],
)
def test_a_form_of_another_site_changes_nothing(headers: dict[str, str]) -> None:
    with client(PERSON) as page:
        base = window()
        done = page.post(f"{base}/files/forget", data={"name": "one-day-short.yaml"}, headers=headers)
        assert done.status_code == 403
        assert "นายสมชาย ใจดี" in page.get(f"{base}/people").text


@pytest.mark.parametrize("path", ["settings", "files", "files/forget", "memo/people", "check/people"])
def test_nothing_is_changed_by_get(path: str) -> None:
    with client(PERSON) as page:
        base = window()
        assert page.get(f"{base}/{path}").status_code in (404, 405, 422)
        assert "นายสมชาย ใจดี" in page.get(f"{base}/people").text


def test_every_page_has_a_strict_policy_and_no_script_or_style_of_its_own() -> None:
    with client(PERSON) as page:
        base = window()
        for path in ("people", "people/somchai/why/general_admin.mid.division_director", "new/people", "ask"):
            answer = page.get(f"{base}/{path}")
            policy = answer.headers["content-security-policy"]
            assert "default-src 'none'" in policy and "unsafe" not in policy
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["cache-control"] == "no-store"
            assert " style=" not in answer.text and " onclick=" not in answer.text
            assert answer.text.count("<script") == 1 and 'src="/static/script.js"' in answer.text


def test_beyond_this_machine_a_token_is_asked_for() -> None:
    door = Door(frozenset({"10.0.0.5"}), "secret-token")
    with client(PERSON, door=door) as page:
        there = {"host": "10.0.0.5:8420"}
        assert page.get("/", headers=there).status_code == 401
        assert page.get("/?token=wrong", headers=there).status_code == 401
        welcome = page.get("/?token=secret-token", headers=there)
        assert welcome.status_code == 303 and welcome.headers["location"] == "/"
        cookie = welcome.headers["set-cookie"]
        assert "HttpOnly" in cookie and "SameSite=strict" in cookie
        page.cookies.clear()
        page.cookies.set("lgreason_token", "secret-token")
        assert page.get("/", headers=there).status_code == 303


def test_too_much_is_refused() -> None:
    with client() as page:
        headers = {**SAME, "content-length": str(MOST_BYTES + 1), "content-type": "text/plain"}
        assert page.post(f"{window()}/files", content=b"", headers=headers).status_code == 413


@pytest.mark.parametrize("identity", ["x", "../../etc", "a" * 22 + "!", "%00" * 22])
def test_what_is_no_id_of_a_window_is_not_found(identity: str) -> None:
    assert client().get(f"/w/{identity}/people").status_code == 404


def test_two_windows_do_not_disturb_each_other() -> None:
    with client() as page:
        one, other = window(), window()
        page.post(f"{one}/files", files={"files": example(PERSON)}, headers=SAME)
        page.post(f"{other}/settings", data={"lang": "en", "back": f"{other}/people"}, headers=SAME)
        assert "นายสมชาย ใจดี" in page.get(f"{one}/people").text
        second = page.get(f"{other}/people").text
        assert "นายสมชาย ใจดี" not in second and "There is nobody" in second
        assert 'lang="th"' in page.get(f"{one}/people").text


@pytest.mark.parametrize(
    "back", ["//evil.example", "https://evil.example/", "/w/other/people", "/\\evil.example", ""]
)
def test_one_is_led_back_into_the_window_alone(back: str) -> None:
    with client() as page:
        base = window()
        done = page.post(f"{base}/settings", data={"lang": "en", "back": back}, headers=SAME)
        assert done.headers["location"] == f"{base}/people"


def test_names_in_files_are_text_and_nothing_else() -> None:
    hostile = b"""kind: person
id: '"><script>x</script>'
name: <img src=x onerror=alert(1)>
education: []
postings: []
experience: []
"""
    with client() as page:
        base = window()
        done = page.post(f"{base}/files", files={"files": ('"><svg onload=1>.yaml', hostile)}, headers=SAME)
        assert done.status_code == 303
        text = page.get(f"{base}/people").text
        assert "<img" not in text and "<svg" not in text and "<script>x" not in text
        assert "&lt;img src=x onerror=alert(1)&gt;" in text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bomb.yaml", b"a: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\n"),
        ("tag.yaml", b"!!python/object/apply:os.system ['touch /tmp/owned']"),
        ("deep.json", b"[" * 100_000),
        ("binary.yaml", bytes(range(256)) * 40),
        ("empty.toml", b""),
        ("program.exe", b"MZ"),
        ("big.yaml", b"a" * 5_100_000),
        ("../../escape.yaml", b"kind: nothing\n"),
    ],
)
def test_hostile_files_are_refused_in_words(name: str, content: bytes, tmp_path: Path) -> None:
    with client(PERSON) as page:
        base = window()
        done = page.post(f"{base}/files", files={"files": (name, content)}, headers=SAME)
        assert done.status_code == 303
        shown = page.get(f"{base}/people").text
        assert "ยังใช้ไม่ได้" in shown and "Traceback" not in shown
        assert "นายสมชาย ใจดี" in shown
    assert not Path("/tmp/owned").exists() and not list(tmp_path.iterdir())


def test_the_font_is_served_and_no_other_file() -> None:
    with client() as page:
        assert page.get("/static/fonts/sarabun.ttf").headers["content-type"] == "font/ttf"
        for path in ("fonts/../safety.py", "fonts/passwd", "..%2fsafety.py", "%2e%2e/app.py"):
            assert page.get(f"/static/{path}").status_code == 404
