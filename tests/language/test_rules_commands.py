"""The commands on rule files, and answers under the rules of a file."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from lgreason.answers.session import Session
from lgreason.language.book.rulebook import read_book
from lgreason.language.checking import trial as trial_module
from lgreason.language.checking.files import library_with
from lgreason.language.checking.trial import Limits, trial
from lgreason.language.statements.splitting import SourceText
from lgreason.language.writing.files import formatted, said
from lgreason.reasoning.organisations.establishment import Establishment, Tables
from lgreason.rules.knowledge import Library
from tests import forked

ROOT = Path(__file__).parents[2]
DIGITAL = "docs/examples/rules/digital.th.rules"
NOTICE = "docs/examples/rules/municipality.th.rules"
SHORT = "docs/examples/people/one-day-short.yaml"
BROKEN = """กฎ t.a
  เอกสาร: std.general_admin
  ที่: "ข้อหนึ่ง"
  กำหนดว่า ต้องได้รับปริญญาโทในสาขารัฐศาตร์
"""
AMENDMENT = """กฎ t.amendment
  เอกสาร: std.general_admin
  ที่: "ข้อแก้ไข" / "amendment"
  ข้อความ: "ให้เพิ่มเป็นสองปี"
  ใช้บังคับ: ตั้งแต่ 1 ตุลาคม 2569
  แก้ไข: std.general_admin.mid.q2.2
  กำหนดว่า ต้องดำรงตำแหน่งหรือเคยดำรงตำแหน่งไม่ต่ำกว่าหัวหน้าฝ่าย มาแล้วไม่น้อยกว่า ๒ ปี
"""
AMENDMENT_OF_ORGANISATIONS = """กฎ t.amendment
  เอกสาร: org
  ที่: "ข้อแก้ไข" / "amendment"
  ใช้บังคับ: ตั้งแต่ 1 ตุลาคม 2569
  แก้ไข: org.mun.s34.1
  กำหนดว่า ต้องมี burden.mean ไม่เกินร้อยละ 30
"""
MID = "general_admin.mid.division_director"


def run(*arguments: str, stdin: str = "") -> tuple[int, str, str]:
    done = forked.run(*arguments, stdin=stdin.encode())
    return done.status, done.stdout.decode(), done.stderr.decode()


def test_check_points_at_the_place_and_suggests(tmp_path: Path) -> None:
    file = tmp_path / "a.rules"
    file.write_text(BROKEN, encoding="utf-8")
    status, out, _ = run("rules", "check", str(file))
    assert status == 1
    line, mark = out.splitlines()[1:3]
    assert line.endswith("ต้องได้รับปริญญาโทในสาขารัฐศาตร์")
    # The mark stands under รัฐศาตร์: marks above and below letters take no room of their own.
    from wcwidth import wcswidth

    assert mark.index("^") == wcswidth(line[: line.index("รัฐศาตร์")])
    assert mark.count("^") == wcswidth("รัฐศาตร์")
    assert "รัฐศาสตร์" in out


def test_check_in_json_has_a_stable_code_a_place_and_a_suggestion() -> None:
    status, out, _ = run("rules", "check", "-", "--format", "json", stdin=BROKEN)
    document = json.loads(out)
    assert (status, document["schema"]) == (1, "lgreason.findings/1")
    (finding,) = document["findings"]
    assert finding["code"] == "rule_unknown_word_nearest"
    assert (finding["line"], finding["column"], finding["suggestion"]) == (4, 36, "รัฐศาสตร์")
    assert "«รัฐศาตร์»" in finding["message"]["th"] and "«รัฐศาตร์»" in finding["message"]["en"]


def test_all_findings_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.rules").write_text(BROKEN.replace("t.a", f"t.{name}"), encoding="utf-8")
    status, out, _ = run("rules", "check", *(str(tmp_path / f"{name}.rules") for name in ("a", "b")))
    assert status == 1 and out.count("รัฐศาตร์») ") + out.count("«รัฐศาตร์»") >= 2
    assert "a.rules" in out and "b.rules" in out


def test_format_says_shows_or_changes(tmp_path: Path) -> None:
    file = tmp_path / "a.rules"
    loose = AMENDMENT.replace("ที่: ", "ที่ :   ").replace("๒ ปี", "๒ปี   # สองปี")
    file.write_text(loose, encoding="utf-8")
    assert run("rules", "format", "--check", str(file))[0] == 1
    status, out, _ = run("rules", "format", "--diff", str(file))
    assert status == 1 and "+  # สองปี" in out
    assert file.read_text(encoding="utf-8") == loose
    assert run("rules", "format", str(file))[0] == 0
    once = file.read_text(encoding="utf-8")
    assert "มาแล้วไม่น้อยกว่า ๒ ปี" in once and "# สองปี" in once
    assert run("rules", "format", "--check", str(file))[0] == 0


def test_a_damaged_file_is_not_formatted(tmp_path: Path) -> None:
    file = tmp_path / "a.rules"
    file.write_text(BROKEN, encoding="utf-8")
    status, _, err = run("rules", "format", str(file))
    assert status == 2 and "รัฐศาตร์" in err
    assert file.read_text(encoding="utf-8") == BROKEN


def test_compile_prints_facts_as_the_knowledge_base_has_them() -> None:
    status, out, _ = run("rules", "compile", "-", "--as-of", "2026-10-01", stdin=AMENDMENT)
    assert status == 0
    assert 'says(    "t.amendment",at_least(years(2))).' in out
    assert 'counts(  "t.amendment",not_below("general_admin.early.section_head")).' in out
    assert "% std.general_admin.mid.q2.2 is replaced by t.amendment" in out


@pytest.mark.parametrize(
    ("language", "words"), [("th", "กำหนดว่า ต้องดำรง"), ("en", "provides that it is necessary")]
)
def test_show_writes_a_shipped_clause_as_a_rule(language: str, words: str) -> None:
    status, out, _ = run("rules", "show", "mid 2.1", "--lang", language)
    assert status == 0 and words in out
    assert run("rules", "check", "-", stdin=out.replace("std.general_admin.mid.q2.1", "t.copy"))[0] == 0


def test_show_writes_a_rule_of_a_file_in_the_other_language() -> None:
    status, out, _ = run("rules", "show", "std.digital.mid.q2.main", "--rules", DIGITAL, "--lang", "en")
    assert status == 0
    assert "hold or have held a post not below digital section head, early level" in out
    assert "being reduced to 3 years for persons who meet clause std.digital.mid.q2.reduce" in out


def test_examples_that_fail_show_their_reasons(tmp_path: Path) -> None:
    file = tmp_path / "a.rules"
    text = (ROOT / DIGITAL).read_text(encoding="utf-8")
    assert run("rules", "test", DIGITAL)[0] == 0
    file.write_text(text.replace("ผล: มีสิทธิ", "ผล: ไม่มีสิทธิ", 1), encoding="utf-8")
    status, out, _ = run("rules", "test", str(file))
    assert status == 1
    assert "ตัวอย่างระบุว่า ไม่มีสิทธิ แต่ตามกฎ มีสิทธิ" in out and "เหตุผลทั้งหมด" in out


def test_a_wrong_person_of_an_example_is_told_at_its_line(tmp_path: Path) -> None:
    file = tmp_path / "a.rules"
    text = (ROOT / DIGITAL).read_text(encoding="utf-8")
    file.write_text(text.replace("degree: ปริญญาตรี", "degree: ปริญญาตี", 1), encoding="utf-8")
    line = next(n for n, row in enumerate(file.read_text().splitlines(), 1) if "ปริญญาตี" in row)
    status, out, _ = run("rules", "test", str(file))
    assert status == 1 and f"บรรทัด {line}" in out


def test_an_example_of_an_organisation_that_fails_shows_its_reason_tree(tmp_path: Path) -> None:
    file = tmp_path / "a.rules"
    text = (ROOT / NOTICE).read_text(encoding="utf-8")
    assert run("rules", "test", NOTICE)[0] == 0
    wrong = text.replace("ผล: กำหนดได้", "ผล: กำหนดไม่ได้", 1)
    wrong = wrong.replace("  ผล: กำหนดไม่ได้\n  เพราะข้อ: notice.structure.number", "  ผล: กำหนดได้", 1)
    file.write_text(wrong.replace("ผล: ไม่มีสิทธิ", "ผล: มีสิทธิ"), encoding="utf-8")
    status, out, _ = run("rules", "test", str(file))
    assert status == 1
    assert "ตัวอย่างตรงตามกฎ 7 · ไม่ตรง 3" in out
    # A post: its tree, with the new condition met exactly.
    assert "ตัวอย่างระบุว่า กำหนดไม่ได้ แต่ตามกฎ กำหนดได้" in out
    assert "100,000,000 บาท × 100 ÷ 400,000,000 บาท = ร้อยละ 25" in out
    # A plan: the number that the notice takes down.
    assert "ตัวอย่างระบุว่า กำหนดได้ แต่ตามกฎ กำหนดไม่ได้" in out
    assert "กำหนดไม่เกิน 2 อัตรา · ในโครงสร้างที่เสนอมี 3 อัตรา · เกินอยู่ 1 อัตรา" in out
    # A class: every criterion.
    assert "ตัวอย่างระบุว่า มีสิทธิ แต่ตามกฎ ไม่มีสิทธิ" in out and "ต้องเป็นเทศบาลนคร · เป็นเทศบาลเมือง" in out


def test_examples_of_organisations_as_a_document(tmp_path: Path) -> None:
    file = tmp_path / "a.rules"
    text = (ROOT / NOTICE).read_text(encoding="utf-8")
    file.write_text(text.replace("ผล: กำหนดได้", "ผล: กำหนดไม่ได้", 1), encoding="utf-8")
    status, out, _ = run("rules", "test", str(file), "--format", "json")
    rows = json.loads(out)["examples"]
    assert status == 1 and [row["passed"] for row in rows] == [False, *[True] * 9]
    assert (rows[0]["expected"], rows[0]["verdict"]) == ("forbidden", "allowed")


def test_a_post_is_written_in_the_language_of_its_example() -> None:
    for head, key, day, of, result, expected in (
        ("ตัวอย่าง", "ตำแหน่ง", "ณ วันที่", "องค์กร", "ผล: กำหนดได้", "ตำแหน่ง: รองปลัด ระดับสูง"),
        ("example", "position", "as of", "organisation", "verdict: allowed", "position: deputy clerk high"),
    ):
        text = f'{head} "x"\n  {key}: deputy.high\n  {day}: 1 ม.ค. 2570\n  {of}:\n    type: pao # x\n'
        text += f"    # a comment\n    name: x\n  {result}\n"
        source = SourceText("x", text)
        book = read_book([source], Library())
        written = formatted(source, said(book, source), book.lexicon)
        assert expected in written and result in written
        assert "    type: pao # x\n    name: x\n" in written


# ── questions under the rules of a file ───────────────────────────────────────────────────────────────────────


def session(tmp_path: Path, day: date, *texts: str) -> Session:
    files = []
    for number, text in enumerate(texts):
        path = tmp_path / f"{number}.rules"
        path.write_text(text, encoding="utf-8")
        files.append(str(path))
    return Session(as_of=day, library=library_with(files, Library(), day))


def test_why_for_a_position_that_a_file_defines() -> None:
    status, out, _ = run("why", SHORT, "หัวหน้าฝ่ายดิจิทัล", "--rules", DIGITAL, "--as-of", "2569-01-01", "--full")
    assert status == 1
    assert "มาตรฐานกำหนดตำแหน่ง" not in out.splitlines()[0] and "หัวหน้าฝ่ายดิจิทัล ระดับต้น" in out
    assert "ระดับต้น คุณสมบัติเฉพาะสำหรับตำแหน่ง (3)" in out
    assert run("how", SHORT, "หัวหน้าฝ่ายดิจิทัล", "--rules", DIGITAL, "--as-of", "2569-01-01")[0] == 0


def test_the_day_decides_which_words_of_a_clause_count(tmp_path: Path) -> None:
    """One day short of 3 years as section head: too little for 3 years, enough for the 2 of the amendment."""
    for day, verdict, clause in (
        (date(2022, 12, 30), "ineligible", "std.general_admin.mid.q2.2"),
        (date(2026, 9, 30), "ineligible", "std.general_admin.mid.q2.2"),
        (date(2026, 10, 1), "eligible", "t.amendment"),
    ):
        asked = session(tmp_path, day, AMENDMENT)
        answer = asked.explain(asked.person(str(ROOT / SHORT)), MID)
        ids = {node.clause.id for node in answer.reason.walk()}
        assert clause in ids and ({"std.general_admin.mid.q2.2", "t.amendment"} - {clause}).isdisjoint(ids)
        assert answer.verdict == verdict
    after = session(tmp_path, date(2026, 10, 1), AMENDMENT)
    node = next(
        n
        for n in after.explain(after.person(str(ROOT / SHORT)), MID).reason.walk()
        if n.clause.id == "t.amendment"
    )
    assert node.holds and node.clause.quote == "ให้เพิ่มเป็นสองปี"
    assert node.bound is not None and (node.bound.value, node.bound.unit) == (2, "years")


def test_another_day_of_one_session_has_its_own_rules(tmp_path: Path) -> None:
    before = session(tmp_path, date(2026, 9, 30), AMENDMENT)
    after = before.altered(date(2026, 10, 1))
    assert "t.amendment" in after.kb.clauses["std.general_admin.mid.q2"].parts
    assert "t.amendment" not in before.kb.clauses["std.general_admin.mid.q2"].parts
    assert "std.general_admin.mid.q2.2" not in after.kb.clauses


def test_a_repealed_clause_is_out_while_the_repeal_is_in_force(tmp_path: Path) -> None:
    repeal = (
        'rule t.repeal\n  document: std.general_admin\n  place: "repeal"\n'
        "  in force: from 1 January 2027 until 31 December 2027\n  repeals: std.general_admin.mid.q2.3\n"
    )
    for day, there in ((date(2026, 12, 31), True), (date(2027, 1, 1), False), (date(2028, 1, 1), True)):
        parts = session(tmp_path, day, repeal).kb.clauses["std.general_admin.mid.q2"].parts
        assert ("std.general_admin.mid.q2.3" in parts) is there


def test_a_clause_may_be_changed_under_its_own_id(tmp_path: Path) -> None:
    same = AMENDMENT.replace("กฎ t.amendment", "กฎ std.general_admin.mid.q2.2")
    clause = session(tmp_path, date(2026, 10, 1), same).kb.clauses["std.general_admin.mid.q2.2"]
    assert clause.exceptions == ()
    assert dict(clause.bounds())["default"].value == 2
    old = session(tmp_path, date(2026, 9, 30), same).kb.clauses["std.general_admin.mid.q2.2"]
    assert dict(old.bounds())["default"].value == 4


def test_the_last_version_in_force_counts(tmp_path: Path) -> None:
    versions = "".join(
        f'rule t.v\n  document: std.general_admin\n  place: "v"\n  in force: from 1 January {year}\n'
        f"  provides that must have done policy and planning for not less than {years} years\n\n"
        for year, years in ((2020, 1), (2023, 2), (2026, 3))
    )
    for day, years in (
        (date(2019, 1, 1), 1),
        (date(2022, 12, 31), 1),
        (date(2023, 1, 1), 2),
        (date(2030, 1, 1), 3),
    ):
        clause = session(tmp_path, day, versions).kb.clauses["t.v"]
        assert dict(clause.bounds())["default"].value == years


def test_readings_that_bear_on_every_clause_bear_on_those_of_files() -> None:
    library = library_with([str(ROOT / DIGITAL)], Library(), date(2026, 1, 1)).on(date(2026, 1, 1))
    plain = library.under().clauses["std.digital.mid.q2.main"]
    acting = library.under({"A-27": "counts"}).clauses["std.digital.mid.q2.main"]
    assert {what.name for what in acting.counts} - {what.name for what in plain.counts} == {"acting"}


def test_not_below_stays_within_its_series() -> None:
    asked = Session(
        as_of=date(2026, 1, 1), library=library_with([str(ROOT / DIGITAL)], Library(), date(2026, 1, 1))
    )
    named, _ = asked.judges.judge.posts_of(asked.kb.clauses["std.general_admin.mid.q2.2"])
    assert all(post.startswith("general_admin.") for post in named)
    named, _ = asked.judges.judge.posts_of(asked.kb.clauses["std.digital.mid.q2.main"])
    assert named == {
        "digital.early.section_head",
        "digital.mid.division_director",
        "digital.high.office_director",
    }


def test_errors_of_rules_are_told_before_any_answer(tmp_path: Path) -> None:
    file = tmp_path / "a.rules"
    file.write_text(BROKEN, encoding="utf-8")
    status, out, err = run("why", SHORT, "หัวหน้าฝ่าย", "--rules", str(file))
    assert (status, out) == (2, "") and "รัฐศาตร์" in err


def test_a_rule_that_takes_too_much_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    source = SourceText(DIGITAL, (ROOT / DIGITAL).read_text(encoding="utf-8"))
    book = read_book([source], Library())
    assert trial(book, date(2026, 1, 1)) == []

    def greedy(library: Library, day: date) -> None:
        posts = {fact.args[0] for fact in library.on(day).layer.facts if fact.name == "post"}
        if "digital.mid.division_director" in posts:
            bytearray(10**10)

    monkeypatch.setattr("lgreason.language.checking.trial._decide", greedy)
    ((where, fault),) = trial(book, date(2026, 1, 1), Limits(megabytes=500, seconds=20))
    assert fault.code == "rule_too_much_memory"
    line, _ = where.place(fault.span[0])
    assert source.line(line) == "กฎ std.digital.mid.q"

    def endless(_library: Library, _day: date) -> None:
        while True:
            pass

    monkeypatch.setattr("lgreason.language.checking.trial._decide", endless)
    found = trial(book, date(2026, 1, 1), Limits(megabytes=500, seconds=0))
    assert {fault.code for _, fault in found} == {"rule_too_much_time"}


def test_rules_on_organisations_are_tried_and_the_costly_one_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = SourceText(NOTICE, (ROOT / NOTICE).read_text(encoding="utf-8"))
    book = read_book([source], Library())
    day = date(2027, 10, 1)
    assert trial(book, day) == []
    tried = trial_module._decide_organisations

    def greedy(library: Library, day: date) -> None:
        tried(library, day)
        tables = Tables(library.on(day).of("organisations").under())
        if "notice.structure.number" in {clause.id for clause in tables.clauses}:
            bytearray(10**10)

    monkeypatch.setattr("lgreason.language.checking.trial._decide_organisations", greedy)
    ((where, fault),) = trial(book, day, Limits(megabytes=500, seconds=20))
    assert fault.code == "rule_too_much_memory"
    assert source.line(where.place(fault.span[0])[0]) == "กฎ notice.structure.number"

    def amending(library: Library, day: date) -> None:
        clauses = library.on(day).of("organisations").under().clauses
        if "notice.structure.budget" in clauses["org.mun.s15.sp.deputy.high"].parts:
            bytearray(10**10)

    monkeypatch.setattr("lgreason.language.checking.trial._decide_organisations", amending)
    ((where, fault),) = trial(book, day, Limits(megabytes=500, seconds=20))
    assert source.line(where.place(fault.span[0])[0]) == "กฎ notice.structure.budget"
    # Asked of a day before its own, it is named all the same: what passes holds on every day of change.
    ((where, fault),) = trial(book, date(2027, 9, 30), Limits(megabytes=500, seconds=20))
    assert source.line(where.place(fault.span[0])[0]) == "กฎ notice.structure.budget"


def test_rules_on_persons_are_not_tried_on_organisations(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(_library: Library, _day: date) -> None:
        raise AssertionError

    monkeypatch.setattr("lgreason.language.checking.trial._decide_organisations", never)
    for text, found in ((AMENDMENT, []), (AMENDMENT_OF_ORGANISATIONS, ["rule_trial_died"])):
        book = read_book([SourceText("x", text)], Library())
        assert [fault.code for _, fault in trial(book, date(2026, 10, 1))] == found


def test_a_rule_on_organisations_waits_for_its_day(tmp_path: Path) -> None:
    """Of a deputy at high level the notice demands 25 % from 1 October 2026; the town invests 21.64 %."""
    notice = (ROOT / NOTICE).read_text(encoding="utf-8")
    town = str(ROOT / "docs/examples/organisations/town-special.yaml")
    for day, verdict in ((date(2026, 9, 30), "allowed"), (date(2026, 10, 1), "forbidden")):
        asked = session(tmp_path, day, notice)
        found = Establishment(asked.tables, asked.organisation(town)).post("deputy", "high")
        assert found.verdict == verdict


def test_a_reduction_of_a_shipped_clause_waits_for_its_day(tmp_path: Path) -> None:
    reduction = (
        'rule t.less\n  document: std.general_admin\n  place: "r"\n  in force: from 1 January 2027\n'
        "  provides that the term of 4 years of clause std.general_admin.mid.q2.2 is reduced to 2 years"
        " for persons who hold a doctorate in any field\n"
    )
    for day, there in ((date(2026, 12, 31), False), (date(2027, 1, 1), True)):
        exceptions = session(tmp_path, day, reduction).kb.clauses["std.general_admin.mid.q2.2"].exceptions
        assert ("t.less" in dict(exceptions)) is there


def test_an_amended_row_of_a_table_still_speaks_of_its_post(tmp_path: Path) -> None:
    """The deputy is opened at early level instead of mid; the row refuses what is not opened."""
    opened = (
        'rule t.early\n  document: org\n  place: "r"\n  in force: from 1 January 2027\n'
        "  amends: org.mun.s15.sp.deputy\n"
        "  provides that deputy clerk of municipality, special type may be set at early\n"
    )
    asked = session(tmp_path, date(2027, 1, 1), opened)
    town = asked.organisation(str(ROOT / "docs/examples/organisations/town-special.yaml"))
    here = Establishment(asked.tables, town)
    assert here.post("deputy", "early").verdict == "allowed"
    refused = here.post("deputy", "mid")
    assert refused.verdict == "forbidden" and refused.best.reason.clause.id == "t.early"


def test_what_a_file_holds_stays_one_fact() -> None:
    hostile = (
        AMENDMENT.replace("ให้เพิ่มเป็นสองปี", "x»). eligible(everyone). #script(python)«")
        .replace('"x', "“x")
        .replace('«"', "«”")
    )
    status, out, _ = run("rules", "compile", "-", "--as-of", "2026-10-01", stdin=hostile)
    assert status == 0
    (line,) = (row for row in out.splitlines() if "eligible(everyone)" in row)
    assert line.startswith('quote(   "t.amendment","') and line.endswith('").')
