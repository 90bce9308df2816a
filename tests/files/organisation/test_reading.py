"""An organisation's file: what it comes to, and everything that is said of one that cannot be used."""

from __future__ import annotations

import ast
import copy
import io
import json
import random
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator

from lgreason.answers.session import Session
from lgreason.files.form import form, shape
from lgreason.files.organisation.organisation import FACTORS, Organisation, PlannedUnit, Post, Unit, Vacancy
from lgreason.files.organisation.reading import load_organisation, organisation_schema
from lgreason.files.organisation.values import FORM, NAMED
from lgreason.files.source.amounts import money, score, year
from lgreason.files.source.read import Fractional, read_source
from lgreason.report.wording import Wording, messages
from lgreason.rules.findings import Unusable
from lgreason.rules.knowledge import Library
from lgreason.rules.model import Language
from lgreason.words.vocabulary import Vocabulary

ROOT = Path(__file__).parents[3]
EXAMPLES = sorted((ROOT / "docs" / "examples" / "organisations").iterdir())
BAD = Path(__file__).parents[2] / "data" / "bad_organisations"
TODAY = date(2026, 1, 1)
KB = Library(branch="organisations").under()
WORDS: dict[Language, Vocabulary] = {"th": Vocabulary(KB, "th"), "en": Vocabulary(KB, "en")}


def load(content: object, format: str = "yaml") -> Organisation:
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    source = read_source("-", io.BytesIO(text.encode()), format)  # type: ignore[arg-type]
    return load_organisation(source, WORDS["th"], TODAY)


def refused(content: object, format: str = "yaml") -> list[tuple[str, str | None]]:
    with pytest.raises(Unusable) as caught:
        load(content, format)
    return [(finding.code, finding.place and finding.place.field) for finding in caught.value.findings]


# ── the organisation ──────────────────────────────────────────────────────────────────────────────────────────

WHOLE = """\
kind: organisation
id: o01
name: เทศบาลเมืองตัวอย่าง
type: เทศบาล
class: สามัญ ระดับสูง
status: ทม.
filed: 15 ม.ค. 2559
fiscal:
  previous:
    year: 2015
    budget: 40 ล้านบาท
    loans: ไม่มี
    salaries_frame: ๘,๐๐๐,๐๐๐ บาท
    benefits_budgeted: {b01: 3_000_000, ค่าเช่าบ้าน: 1_000_000}
    benefits_paid: {b01: 2_000_000, b09: null}
    investment: 9000000.0
  requested: {year: พ.ศ. 2559, budget: 2_147_483_648}
vacancies: {executive: 0, operating: {vacant: 10, frame: "50 อัตรา"}}
instruments:
  ว 74: ผ่าน
  w141_2550: ไม่ผ่าน
  ประกาศ ก.ท. (ฉบับที่ 3) ลงวันที่ 12 พฤษภาคม 2553: passed
  w142_2550: null
scores:
  indicators: 60.1
  lpa: ร้อยละ 80
  efficiency: {การบริหารแบบโปร่งใส: 59.99, asean: null}
posts:
  clerk: {level: กลาง, filled: true, job_value: 500}
  deputies:
    - {level: ระดับกลาง, filled: false, delegated_units: [กองคลัง, clerk_office], workload_analysis: ผ่าน}
    - {exists: false, delegated_units: none}
units:
  - id: clerk_office
    name: สำนักปลัดเทศบาล
    job_value: {nature: 90, การบริหารงาน: 120, communication: 40, operations: 80, thinking: 80, impact: 70}
    section_job_value: 360
    vacancy: {vacant: 2, frame: 10}
    head: {level: high, filled: true}
    workload_analysis: failed
    section_names_approved: true
  - {id: finance, name: กองคลัง, kind: กอง, job_value: {impact: 60}, vacancy: {vacant: 0}, sections: 2, parts: 0}
  - {id: 7, exists: false, head: {level: mid}}
plan:
  clerk: {level: สูง}
  deputies: [{level: mid}, {level: mid, workload_analysis: passed}]
  units:
    - {id: สำนักปลัดเทศบาล, kind: สำนัก, level: สูง, sections: 2, parts: 1}
    - {id: 7, kind: division, level: กลาง}
"""


def test_a_whole_organisation() -> None:
    found = load(WHOLE)
    assert (found.id, found.name, found.type) == ("o01", "เทศบาลเมืองตัวอย่าง", "municipality")
    assert (found.class_, found.size, found.status) == ("ordinary_high", None, "town")
    assert (found.kind, found.filed) == ("ordinary_high", date(2016, 1, 15))
    assert found.previous is not None and found.requested is not None
    assert (found.previous.year, found.requested.year) == (2558, 2559)
    assert found.previous.amounts == {
        **{"budget": 40_000_000, "loans": 0, "salaries_frame": 8_000_000, "investment": 9_000_000},
        **{"benefits_budgeted": 4_000_000, "benefits_budgeted.b01": 3_000_000},
        **{"benefits_budgeted.b09": 1_000_000, "benefits_paid.b01": 2_000_000},
    }
    assert found.requested.amounts == {"budget": 2**31}
    assert (found.amount("previous.benefits_budgeted"), found.amount("previous.benefits_paid")) == (
        4_000_000,
        None,
    )
    assert (found.vacancies_executive, found.vacancies_operating) == (0, Vacancy(10, 50))
    assert found.instruments == {"w74_2552": "passed", "w141_2550": "failed", "kt_no3_2553": "passed"}
    assert (found.indicators, found.lpa) == (Fraction(601, 10), 80)
    assert found.efficiency == {"integrity": Fraction(5999, 100), "asean": None}
    assert found.clerk == Post("mid", True, job_value=500)
    assert found.deputies == (
        Post("mid", False, delegated=("finance", "clerk_office"), analysis="passed", number=1),
        Post(exists=False, delegated=(), number=2),
    )
    factors = {**dict(zip(FACTORS, (90, 120, 40, 80, 80, 70), strict=True))}
    assert found.units == (
        Unit(
            "clerk_office", "สำนักปลัดเทศบาล", True, 1, "office", 480, 360, Vacancy(2, 10), Post("high", True),
            "failed", True, None, None, factors,
        ),
        Unit(
            "finance", "กองคลัง", True, 2, "division", None, vacancy=Vacancy(0, None), sections=2, parts=0,
            job_factors={"impact": 60},
        ),
        Unit("7", "7", False, 3, None, head=Post("mid"), sections=0, parts=0),
    )  # fmt: skip
    assert found.plan is not None
    assert found.plan.clerk == "high"
    assert found.plan.deputies == (
        Post("mid", number=1),
        Post("mid", number=2, analysis="passed", described=True),
    )
    assert found.plan.units == (
        PlannedUnit("clerk_office", "office", "high", 2, 1),
        PlannedUnit("7", "division", "mid", 0, 0),
    )


def test_every_entry_has_its_place() -> None:
    places = load(WHOLE).places
    assert (places["units[2].kind"].line, places["units[2].kind"].field) == (42, "units[2].kind")
    assert places["fiscal.previous.benefits_budgeted.b09"].line == 14
    # Names have their place by the id too.
    assert places["instruments.ว 74"] == places["instruments.w74_2552"]
    assert places["scores.efficiency.integrity"].line == 27
    assert set(places) >= {
        "type",
        "posts.deputies[2].exists",
        "plan.units[1].id",
        "vacancies.operating.frame",
    }


def test_what_is_absent_is_not_known() -> None:
    found = load("type: sao")
    assert found == Organisation("stdin", "stdin", "sao", place=found.place, places=found.places)
    known = load("{type: sao, posts: {deputies: none}, units: [], scores: {efficiency: ไม่มี}}")
    assert (known.deputies, known.units, known.efficiency) == ((), (), {})
    absent = load("{type: sao, posts: {deputies: null, clerk: null}, units: null, plan: null, fiscal: null}")
    assert (absent.deputies, absent.clerk, absent.units, absent.plan, absent.previous) == (None,) * 5


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("{level: early}", "division"),
        ("{level: mid}", "division"),
        ("{level: high}", "office"),
        ("{}", None),
        ("null", None),
    ],
)
def test_the_kind_of_a_unit_follows_from_the_level_of_its_head(head: str, kind: str | None) -> None:
    (unit,) = load(f"{{type: pao, units: [{{id: a, head: {head}}}]}}").units or ()
    assert unit.kind == kind
    (unit,) = load(f"{{type: pao, units: [{{id: a, exists: false, head: {head}}}]}}").units or ()
    assert (unit.kind, unit.sections, unit.parts) == (None, 0, 0)
    (unit,) = load(f"{{type: pao, units: [{{id: a, kind: office, head: {head}}}]}}").units or ()
    assert unit.kind == "office"


NAMES = {
    "type": [("อบจ.", "pao"), ("องค์การบริหารส่วนจังหวัด", "pao"), ("เทศบาล", "municipality"), ("อบต.", "sao")],
    "class": [
        *(("สามัญ", "ordinary"), ("ประเภทสามัญ", "ordinary"), ("สามัญระดับสูง", "ordinary_high")),
        *(("สามัญสูง", "ordinary_high"), ("พิเศษ", "special"), ("พิเศษ ระดับสูง", "special_high")),
        *(("special, high level", "special_high"), ("ordinary", "ordinary")),
    ],
    "status": [("เทศบาลเมือง", "town"), ("ตำบล", "subdistrict"), ("ทน.", "city"), ("town", "town")],
    "size": [("ใหญ่", "large"), ("ขนาดกลาง", "medium"), ("เล็ก", "small"), ("large", "large")],
}


@pytest.mark.parametrize(
    ("key", "name", "identity"), [(k, *pair) for k, pairs in NAMES.items() for pair in pairs]
)
def test_names_do_as_well_as_ids(key: str, name: str, identity: str) -> None:
    owner = {"size": "sao", "type": name}.get(key, "municipality")
    found = load({"type": owner, key: name}, "json")
    assert getattr(found, {"class": "class_"}.get(key, key)) == identity


def test_no_name_means_two_things() -> None:
    for category in (*NAMED, "establishment"):
        ids = WORDS["th"].ids(category)
        assert ids
        for identity in ids:
            assert WORDS["th"].resolve(category, identity) == identity
            for text in WORDS["th"].name(category, identity):
                assert WORDS["th"].resolve(category, text) == identity, (category, text)
    for category, identity, text in KB.rows("alias"):
        name = str(getattr(category, "name", category))
        if name in NAMED or name == "establishment":
            assert WORDS["th"].resolve(name, str(text)) == identity, text


@pytest.mark.parametrize(
    "post", ["clerk", "deputy", "office_head", "division_head", "part_head", "section_head"]
)
def test_every_post_has_a_name(post: str) -> None:
    assert post in WORDS["th"].ids("establishment")
    assert WORDS["th"].resolve("establishment", "รองปลัดองค์การบริหารส่วนตำบล") == "deputy"
    assert WORDS["th"].resolve("establishment", "ปลัดเทศบาล") == "clerk"


# ── numbers ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("written", "baht"),
    [
        *((0, 0), (40_000_000, 40_000_000), (2**63, 2**63), (10**99, 10**99), (-5, -5), ("-5 บาท", -5)),
        *(("40_000_000", 40_000_000), ("40,000,000", 40_000_000), ("๔๐,๐๐๐,๐๐๐ บาท", 40_000_000)),
        *(("40 ล้านบาท", 40_000_000), ("40ล้าน", 40_000_000), ("40 ลบ.", 40_000_000), ("40 ลบ", 40_000_000)),
        *(("40.5 ล้านบาท", 40_500_000), ("0.000001 ล้านบาท", 1), ("1.2 พันล้านบาท", 1_200_000_000)),
        *(("5 แสนบาท", 500_000), ("3 หมื่น", 30_000), ("2 พันบาท", 2_000), ("1 million baht", 1_000_000)),
        *(("100 บาทถ้วน", 100), ("฿", None), ("ไม่มี", 0), ("none", 0), (Fractional("40000000.0"), 40_000_000)),
        *((Fractional("4e7"), 40_000_000), (Fractional("9007199254740993.0"), 9_007_199_254_740_993)),
        *((Fractional("0.1"), Fraction(1, 10)), ("1,000.25", Fraction(100_025, 100))),
        *(("", None), ("สิบ", None), ("40,00", None), ("4,0000", None), ("1__0", None), ("1.2.3", None)),
        *(("5 ปี", None), ("5 ล้านล้านล้าน", None), ("1e999999999", None), (Fractional("1e101"), None)),
        *(("9" * 101, None), ("1/2", None), ("--5", None), ("+5", 5), (".5 ล้าน", 500_000), ("5.", None)),
    ],
)
def test_money_is_read_exactly(written: object, baht: object) -> None:
    assert money(written) == baht


@pytest.mark.parametrize(
    ("written", "points"),
    [
        *((60, 60), (Fractional("60.1"), Fraction(601, 10)), ("60.1", Fraction(601, 10)), ("60%", 60)),
        *(("ร้อยละ 60.5", Fraction(121, 2)), ("๖๐ คะแนน", 60), ("60 บาท", None), ("สูง", None)),
        (Fractional("59.99999999999999999999"), 60 - Fraction(1, 10**20)),
    ],
)
def test_scores_are_read_by_their_digits(written: object, points: object) -> None:
    assert score(written) == points


def test_a_score_of_many_digits_is_not_rounded() -> None:
    found = load("{type: sao, scores: {indicators: 59.99999999999999999999, lpa: 99.9}}")
    assert found.indicators is not None and found.indicators < 60
    assert found.lpa == Fraction(999, 10)
    assert load('{"type": "sao", "scores": {"lpa": 60.10}}', "json").lpa == Fraction(601, 10)
    assert load('type = "sao"\nscores.lpa = 6_0.1', "toml").lpa == Fraction(601, 10)


@pytest.mark.parametrize(
    ("written", "buddhist"),
    [
        *((2558, 2558), (2015, 2558), (2400, 2400), (2399, 2942), ("๒๕๕๘", 2558), ("พ.ศ. 2558", 2558)),
        *(("ค.ศ. 2015", 2558), ("2015 C.E.", 2558), ("ปีงบประมาณ 2558", 2558), ("พ.ศ. 58", 2558)),
        *((-2558, None), (25580, None), (Fractional("2558.0"), None), ("ปีหน้า", None), ("2558/2559", None)),
    ],
)
def test_years_are_of_the_buddhist_era(written: object, buddhist: object) -> None:
    assert year(written) == buddhist


# ── each error on each side of its boundary ───────────────────────────────────────────────────────────────────


def changed(path: str, value: object) -> dict[str, Any]:
    """A small sound municipality with one entry changed; a path is keys and numbers, with dots between."""
    data: dict[str, Any] = {
        "type": "municipality",
        "class": "ordinary",
        "fiscal": {
            "previous": {"year": 2558, "budget": 100, "loans": 30, "salary_subsidies": 70, "investment": 100},
            "requested": {"year": 2559, "budget": 1, "investment": 1},
        },
        "vacancies": {"executive": 0, "operating": {"vacant": 5, "frame": 5}},
        "scores": {"indicators": 0, "lpa": 100, "efficiency": {"integrity": 100}},
        "posts": {"clerk": {"level": "mid"}, "deputies": [{"level": "mid", "delegated_units": ["a"]}]},
        "units": [{"id": "a", "job_value": dict(FACTORS)}, {"id": "b", "job_value": 600, "sections": 99}],
        "plan": {
            "clerk": {"level": "mid"},
            "deputies": [{"level": "early"}],
            "units": [{"id": "a", "kind": "division", "level": "mid", "sections": 0, "parts": 0}],
        },
    }
    at: Any = data
    *steps, last = (int(step) if step.isdecimal() else step for step in path.split(".") if step)
    for step in steps:
        at = at[step]
    at[last] = value
    return data


@pytest.mark.parametrize(
    ("path", "sound", "bad", "code", "field"),
    [
        ("fiscal.previous.loans", 0, -1, "organisation_money_negative", None),
        ("fiscal.previous.loans", 30, 31, "organisation_parts_over_budget", "fiscal.previous.salary_subsidies"),
        ("fiscal.previous.salary_subsidies", 70, 71, "organisation_parts_over_budget", None),
        ("fiscal.previous.investment", 100, 101, "organisation_investment_over_budget", None),
        ("fiscal.requested.investment", 1, 2, "organisation_investment_over_budget", None),
        ("fiscal.requested.budget", 1, 0, "organisation_budget_zero", None),
        ("fiscal.requested.year", 2559, 2558, "organisation_years_apart", None),
        ("fiscal.requested.year", 2016, 2560, "organisation_years_apart", None),
        ("fiscal.requested.budget", 40.0, 40.5, "organisation_money_not_whole", None),
        ("vacancies.operating.vacant", 5, 6, "organisation_frame_too_small", "vacancies.operating.frame"),
        ("vacancies.operating.frame", 5, 4, "organisation_frame_too_small", None),
        ("vacancies.executive", 0, -1, "shape_number_expected", None),
        ("scores.indicators", 0, -0.1, "organisation_score_outside", None),
        ("scores.lpa", 100, 100.1, "organisation_score_outside", None),
        ("scores.efficiency.integrity", 99.9, 101, "organisation_score_outside", None),
        ("units.0.job_value.nature", 100, 101, "organisation_factor_outside", "units[1].job_value.nature"),
        ("units.0.job_value.management", 150, 151, "organisation_factor_outside", "units[1].job_value.management"),
        ("units.0.job_value.communication", 50, 51, "organisation_factor_outside",
         "units[1].job_value.communication"),
        ("units.0.job_value.impact", 0, -1, "organisation_factor_outside", "units[1].job_value.impact"),
        ("units.1.job_value", 600, 601, "organisation_job_value_outside", "units[2].job_value"),
        ("units.1.section_job_value", 0, -1, "organisation_job_value_outside", "units[2].section_job_value"),
        ("units.1.sections", 99, 100, "shape_number_expected", "units[2].sections"),
        ("units.1.id", "c", "a", "organisation_unit_twice", "units[2].id"),
        ("units.1.id", 5, None, "organisation_unit_id_missing", "units[2]"),
        ("class", "special", "สามัญมาก", "organisation_unknown_term", None),
        ("type", "เทศบาล", None, "organisation_type_missing", None),
        ("size", None, "large", "organisation_not_of_type", None),
        ("status", "เมือง", "ใหญ่", "organisation_unknown_term", None),
        ("filed", "2026-01-01", "2026-01-02", "organisation_filed_in_future", None),
        ("posts.deputies.0.delegated_units", ["a"], ["c"], "organisation_unknown_unit",
         "posts.deputies[1].delegated_units[1]"),
        ("posts.deputies.0.delegated_units", ["a", "b"], ["a", "a"], "organisation_unit_twice",
         "posts.deputies[1].delegated_units[2]"),
        ("plan.clerk", {"level": "high"}, None, "organisation_plan_clerk_missing", None),
        ("plan.clerk", {"level": "high"}, {}, "organisation_plan_level_missing", "plan.clerk.level"),
        ("plan.deputies", [], [{}], "organisation_plan_level_missing", "plan.deputies[1].level"),
        ("plan.units.0.id", "b", "c", "organisation_unknown_unit", "plan.units[1].id"),
        ("plan.units.0.id", "b", None, "organisation_plan_unit_missing", "plan.units[1].id"),
        ("plan.units.0.kind", "office", None, "organisation_plan_kind_missing", "plan.units[1].kind"),
        ("plan.units.0.level", "high", None, "organisation_plan_level_missing", "plan.units[1].level"),
        ("plan.units.0.sections", 0, -1, "shape_number_expected", "plan.units[1].sections"),
        ("plan.units.0.parts", 99, -1, "shape_number_expected", "plan.units[1].parts"),
    ],
)  # fmt: skip
def test_each_side_of_a_boundary(path: str, sound: object, bad: object, code: str, field: str | None) -> None:
    load(changed(path, sound), "json")
    assert refused(changed(path, bad), "json") == [(code, field or path)]


@pytest.mark.parametrize(
    ("kind", "key", "value", "sound"),
    [
        *(("municipality", "class", "special", True), ("municipality", "status", "city", True)),
        *(("municipality", "size", "large", False), ("sao", "size", "small", True)),
        *(("sao", "class", "ordinary", False), ("sao", "status", "town", False)),
        *(
            ("pao", "class", "ordinary", False),
            ("pao", "status", "town", False),
            ("pao", "size", "large", False),
        ),
        *(("pao", "size", None, True), ("sao", "class", None, True), ("municipality", "size", None, True)),
    ],
)
def test_what_divides_each_type(kind: str, key: str, value: object, sound: bool) -> None:
    data = {"type": kind, key: value}
    if sound:
        load(data, "json")
    else:
        assert refused(data, "json") == [("organisation_not_of_type", key)]


def test_one_at_fault_does_not_hide_the_others() -> None:
    data = changed("fiscal.previous.budget", -1)
    data["scores"]["lpa"] = 101
    data["plan"]["units"].append({"id": "a", "kind": "กรม", "level": "mid"})
    # In a file of one line the findings stand in the order of their columns.
    assert refused(data, "json") == [
        ("organisation_money_negative", "fiscal.previous.budget"),
        ("organisation_score_outside", "scores.lpa"),
        ("organisation_unit_twice", "plan.units[2].id"),
        ("organisation_unknown_term", "plan.units[2].kind"),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("type: sao\nunits: " + "[" * 60 + "]" * 60, "source_too_deep"),
        ("type: sao\nunits: " + "[" * 100_000, "source_unclosed_bracket"),
        ("type: sao\nfiscal: " + "{a: " * 60 + "1" + "}" * 60, "source_too_deep"),
        ("type: sao\n" + "# x\n" * 1_500_000, "source_too_large"),
        ("type: sao\0", "source_binary"),
        ('type: "sao\\0"', "source_control_character"),
        ("type: sao\nvacancies: {executive: 1" + "0" * 1000 + "}", "source_number_unusable"),
        ("type: sao\nvacancies: {executive: '1" + "0" * 1000 + "'}", "shape_text_too_long"),
        ("type: sao\nvacancies: {executive: 1" + "0" * 98 + "}", "shape_number_expected"),
        ("type: sao\nscores: {lpa: 1.0e999999999}", "source_number_unusable"),
        ("type: sao\nscores: {lpa: 1.0e-999}", "organisation_score_unreadable"),
        ("type: sao\nunits: [" + "{id: a}, " * 201 + "]", "shape_too_many"),
    ],
)
def test_hostile_files_get_a_clear_error(content: str, code: str) -> None:
    assert refused(content)[0][0] == code


# ── what is said ──────────────────────────────────────────────────────────────────────────────────────────────

# How a file in data/bad_organisations tells its findings: `#= code line:column field`, then `#th` and `#en` with
# the sentences whole.
IN_JSON = {
    "two.json": [
        "#= shape_record_is_list 1:1 -",
        "#th แฟ้ม two.json บรรทัด 1 คอลัมน์ 1: ตรงนี้ต้องเป็นกลุ่มหัวข้อ เช่น «หัวข้อ: ค่า» แต่พบรายการ: […]",
        "#en File two.json line 1 column 1: Here must stand a group of keys, as in «key: value», but a list was "
        "found: […]",
    ]
}


def expected_of(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return IN_JSON.get(path.name) or [line for line in lines if line.startswith(("#= ", "#th ", "#en "))]


def said_of(path: Path) -> list[str]:
    findings = {}
    for language, words in WORDS.items():
        with pytest.raises(Unusable) as caught:
            load_organisation(read_source(str(path)), words, TODAY)
        findings[language] = caught.value.findings
    lines = []
    for thai, english in zip(findings["th"], findings["en"], strict=True):
        assert thai.place is not None and thai.severity == "error"
        lines.append(f"#= {thai.code} {thai.place.line}:{thai.place.column} {thai.place.field or '-'}")
        lines.append("#th " + Wording("th").finding(thai).replace(str(path), path.name))
        lines.append("#en " + Wording("en").finding(english).replace(str(path), path.name))
    return lines


@pytest.mark.parametrize("path", sorted(BAD.iterdir()), ids=lambda path: path.name)
def test_says_all_that_is_wrong_at_once_in_both_languages(path: Path) -> None:
    assert said_of(path) == expected_of(path)


def codes_in_the_modules() -> set[str]:
    found: set[str] = set()
    for path in (ROOT / "lgreason" / "files" / "organisation").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
                found |= {node.value} if node.value.startswith("organisation_") else set()
    return found - {"organisation_schema", "organisation_type"}


def test_every_code_has_a_sentence_and_is_seen_in_a_bad_file() -> None:
    sentences = {code for code in messages("th")["finding"] if code.startswith("organisation_")}
    seen = {line.split()[1] for path in BAD.iterdir() for line in expected_of(path) if line.startswith("#= ")}
    assert codes_in_the_modules() == sentences == {code for code in seen if code.startswith("organisation_")}


def test_the_kinds_of_files_are_told_apart() -> None:
    example = ROOT / "docs/examples/people/leap-day.yaml"
    session = Session(as_of=date(2026, 10, 1))
    with pytest.raises(Unusable) as caught:
        session.organisation(str(example))
    assert [finding.code for finding in caught.value.findings] == ["organisation_other_kind"]
    with pytest.raises(Unusable) as caught:
        session.person(str(EXAMPLES[0]))
    assert [finding.code for finding in caught.value.findings] == ["person_other_kind"]


# ── damage ────────────────────────────────────────────────────────────────────────────────────────────────────

SOUND: dict[str, Any] = {
    "kind": "organisation",
    "id": "o01",
    "name": "ตัวอย่าง",
    "type": "municipality",
    "class": "special",
    "status": "town",
    "filed": "2016-01-15",
    "fiscal": {
        "previous": {
            **{"year": 2558, "budget": 400_000_000, "loans": 5, "salary_subsidies": 6, "salaries_frame": 7},
            **{"salaries_paid": 8, "benefits_budgeted": {"b01": 9, "b20": 10}, "benefits_paid": 11},
            **{"investment": 12, "revenue_own": 13, "revenue_all": 14},
        },
        "requested": {
            **{"year": 2559, "budget": 500_000_000, "salaries_frame": 15, "upgrade_increase": 16},
            **{"support_posts": 17, "benefits_budgeted": 18, "investment": 19},
        },
    },
    "vacancies": {"executive": 1, "operating": {"vacant": 2, "frame": 20}},
    "instruments": {"kt_no3_2553": "passed", "w74_2552": "failed"},
    "scores": {"indicators": 60, "lpa": 80.5, "efficiency": {"service_excellence": 75, "integrity": 0}},
    "posts": {
        "clerk": {"level": "high", "filled": True, "job_value": 500},
        "deputies": [
            {"level": "mid", "filled": True, "delegated_units": ["a", "b"], "workload_analysis": "passed"},
            {"level": "high", "exists": False, "job_value": {"nature": 90, "impact": 70}},
        ],
    },
    "units": [
        {
            **{"id": "a", "name": "กองคลัง", "exists": True, "kind": "office", "job_value": 480},
            **{"section_job_value": 360, "vacancy": {"vacant": 2, "frame": 10}, "sections": 3, "parts": 1},
            **{"head": {"level": "high", "filled": False}, "workload_analysis": "failed"},
            "section_names_approved": False,
        },
        {"id": "b", "name": "กองช่าง", "exists": False},
    ],
    "plan": {
        "clerk": {"level": "high"},
        "deputies": [
            {"level": "high", "delegated_units": ["a"], "workload_analysis": "passed", "job_value": 9}
        ],
        "units": [{"id": "a", "kind": "office", "level": "high", "sections": 2, "parts": 1}],
    },
}


def leaves(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], object]]:
    """Every entry that holds a value, and every empty collection."""
    inside = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    )
    if inside is None:
        yield path, value
        return
    for step, inner in inside:
        yield from leaves(inner, (*path, step))


def kept(found: Organisation, path: tuple[str | int, ...]) -> object:
    """What the organisation has at a path of the file: the value, or a mark that it is not there."""

    def points(total: object, factors: Any, rest: tuple[str | int, ...]) -> object:
        return factors.get(rest[0]) if rest else total

    def post(post: Post, key: object, rest: tuple[str | int, ...]) -> object:
        if key == "job_value":
            return points(post.job_value, post.job_factors, rest)
        if key == "delegated_units":
            return post.delegated[int(rest[0])] if post.delegated is not None else None
        return {
            **{"level": post.level, "filled": post.filled, "exists": post.exists},
            "workload_analysis": post.analysis,
        }[str(key)]

    match path:
        case ("kind",):
            return "organisation"
        case ("class",):
            return found.class_
        case ("filed",):
            return found.filed and found.filed.isoformat()
        case ("fiscal", which, "year"):
            at = found.previous if which == "previous" else found.requested
            return at and at.year
        case ("fiscal", which, *keys):
            return found.amount(".".join(map(str, (which, *keys))))
        case ("vacancies", "executive"):
            return found.vacancies_executive
        case ("vacancies", "operating", key):
            return getattr(found.vacancies_operating, str(key))
        case ("instruments", name):
            return found.instruments.get(str(name))
        case ("scores", "efficiency", area):
            return (found.efficiency or {}).get(str(area))
        case ("scores", key):
            return getattr(found, str(key))
        case ("posts", "clerk", key, *rest):
            assert found.clerk is not None
            return post(found.clerk, key, tuple(rest))
        case ("posts", "deputies", int(n), key, *rest):
            assert found.deputies is not None
            return post(found.deputies[n], key, tuple(rest))
        case ("plan", "clerk", "level"):
            return found.plan and found.plan.clerk
        case ("plan", "deputies", int(n), key, *rest):
            assert found.plan is not None
            return post(found.plan.deputies[n], key, tuple(rest))
        case ("plan", "units", int(n), key):
            assert found.plan is not None
            return getattr(found.plan.units[n], str(key))
        case ("units", int(n), key, *rest):
            assert found.units is not None
            unit = found.units[n]
            match key:
                case "job_value":
                    return points(unit.job_value, unit.job_factors, tuple(rest))
                case "section_job_value":
                    return points(unit.section_job_value, unit.section_job_factors, tuple(rest))
                case "vacancy" | "head":
                    return getattr(getattr(unit, key), str(rest[0]))
                case "workload_analysis":
                    return unit.analysis
                case "section_names_approved":
                    return unit.names_approved
            return getattr(unit, str(key))
    return getattr(found, str(path[0]))


POOL: list[object] = [
    *(None, True, False, 0, 1, -1, 50, 101, 600, 601, 2558, 2559, 2560, 10**40, 60.1, 0.5, 7.0, 1e300),
    *(
        "",
        "a",
        "b",
        "c",
        "none",
        "mid",
        "high",
        "office",
        "passed",
        "failed",
        "x" * 501,
        "2016-01-15",
        "\u202e",
    ),
    *(
        [],
        {},
        [1],
        ["a"],
        ["a", "a"],
        {"a": 1},
        {"level": "mid"},
        [{"level": "mid"}],
        [{"id": "b"}],
        [{}] * 60,
    ),
    *({"vacant": 3}, {"nature": 1}, {"b01": 5, "b02": None}, {"w151_2555": "passed"}, {"asean": 5}),
]
NEW_KEYS = ["level", "kind", "id", "sections", "b02", "w151_2555", "x", ""]


@st.composite
def damaged(draw: st.DrawFn) -> Any:
    """The sound file with some entries exchanged, dropped, added or given twice under a list."""
    data = copy.deepcopy(SOUND)
    for _ in range(draw(st.integers(1, 3))):
        at: Any = data
        while True:
            keys = list(at) if isinstance(at, dict) else list(range(len(at)))
            how = draw(st.sampled_from(["deeper"] * 4 + ["exchange", "drop", "add"]))
            key = draw(st.sampled_from(keys)) if keys else None
            if key is not None and how == "deeper" and isinstance(at[key], dict | list):
                at = at[key]
                continue
            if key is None or how == "add":
                extra = copy.deepcopy(draw(st.sampled_from(POOL)))
                if isinstance(at, list):
                    at.append(extra)
                else:
                    at[
                        draw(
                            st.sampled_from(["level", "kind", "id", "sections", "b02", "w151_2555", "x", ""])
                        )
                    ] = extra
            elif how == "drop":
                del at[key]
            else:
                at[key] = copy.deepcopy(draw(st.sampled_from(POOL)))
            break
    return data


@settings(max_examples=600)
@given(damaged())
def test_damage_is_told_or_kept_and_never_dropped(data: Any) -> None:
    try:
        found = load(data, "json")
    except Unusable as unusable:
        assert unusable.findings
        for finding in unusable.findings:
            assert finding.place is not None and finding.place.line is not None
            for language in WORDS:
                assert Wording(language).finding(finding)
        return
    for path, value in leaves(data):
        if value is None or value == "none":
            continue
        expected = Fraction(str(value)) if isinstance(value, float) else value
        if path[-1] == "id" or "delegated_units" in path:
            expected = str(value)
        assert kept(found, path) == expected, path


def test_the_sound_file_is_kept_whole() -> None:
    found = load(SOUND, "json")
    for path, value in leaves(SOUND):
        assert kept(found, path) == (Fraction(str(value)) if isinstance(value, float) else value), path


def test_what_plainly_conforms_the_validator_accepts() -> None:
    assert form.conforms(SOUND, FORM.schema)
    plainly, refused_ = 0, 0
    for seed in range(1500):
        rng = random.Random(seed)
        data: Any = copy.deepcopy(SOUND)
        at = data
        while isinstance(at, dict | list) and at and rng.random() < 0.8:
            key = rng.choice(list(at) if isinstance(at, dict) else list(range(len(at))))
            if not isinstance(at[key], dict | list) or rng.random() < 0.3:
                at[key] = rng.choice(POOL)
                break
            at = at[key]
        faults = list(shape._refused(data, FORM))
        if form.conforms(data, FORM.schema):
            assert not faults, data
            plainly += 1
        refused_ += bool(faults)
    assert plainly > 200 and refused_ > 300


# ── examples and schema ───────────────────────────────────────────────────────────────────────────────────────


def test_the_file_of_the_guide_loads() -> None:
    guide = (ROOT / "docs" / "organisation-files.md").read_text(encoding="utf-8")
    found = load(guide.split("```yaml\n")[1].split("```")[0])
    assert found.plan is not None and found.plan.units[0].id == "finance"
    assert found.amount("previous.benefits_paid") == 3_000_000
    assert all(f"({path.relative_to(ROOT / 'docs')})" in guide for path in EXAMPLES)


def example(name: str) -> Organisation:
    (path,) = (path for path in EXAMPLES if path.stem == name)
    return load_organisation(read_source(str(path)), WORDS["th"], TODAY)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_the_examples_are_sound_and_say_their_point(path: Path) -> None:
    found = load_organisation(read_source(str(path)), WORDS["th"], TODAY)
    assert found.id == path.stem and "ตัวอย่าง" in found.name
    assert found.units and found.clerk and found.plan
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert path.suffix == ".json" or (
        first.startswith("# ") and any("\u0e01" <= sign <= "\u0e2e" for sign in first)
    )


def test_the_examples_cover_every_type_class_and_size() -> None:
    found = {(org.type, org.kind) for org in (example(path.stem) for path in EXAMPLES)}
    assert found == {
        ("pao", None),
        *(("municipality", name) for name in ("ordinary", "ordinary_high", "special", "special_high")),
        *(("sao", name) for name in ("large", "medium", "small")),
    }
    assert {path.suffix for path in EXAMPLES} == {".yaml", ".json", ".toml"} and len(EXAMPLES) >= 9


def percentages(org: Organisation) -> tuple[Fraction, Fraction]:
    def amount(path: str) -> int:
        found = org.amount(path)
        assert found is not None, path
        return found

    previous = amount("previous.salaries_frame") + amount("previous.benefits_paid")
    keys = ("salaries_frame", "upgrade_increase", "support_posts", "benefits_budgeted")
    requested = sum(amount(f"requested.{key}") for key in keys)
    return (
        Fraction(100 * previous, amount("previous.budget")),
        Fraction(100 * requested, amount("requested.budget")),
    )


def test_the_examples_make_their_points() -> None:
    # Slides 32 and 33: 11 of 40 million, 12.2 of 41 million.
    assert percentages(example("town-worked-example")) == (Fraction(55, 2), Fraction(1220, 41))
    assert percentages(example("town-35-percent")) == (34, 36)
    assert (example("city-special-high").amount("previous.budget") or 0) > 2**31
    missing = example("missing-facts")
    assert missing.instruments == {} and missing.deputies is None
    assert missing.amount("previous.benefits_paid") is None
    assert missing.vacancies_operating == Vacancy(6, None)
    assert example("sao-large").amount("previous.revenue_own") == 40_000_000
    assert {unit.id: unit.job_value for unit in example("pao").units or ()}["public_works"] == 480
    net = example("town-special")
    assert net.amount("previous.budget") == 300_000_000 + 15_000_000 + 50_000_000


def test_the_schema_has_every_key_with_its_meaning_in_both_languages() -> None:
    schema = organisation_schema(WORDS["th"])
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    for part in (schema, *schema["$defs"].values()):
        entries = {"itself": part, **part.get("properties", {})}
        for key, entry in entries.items():
            thai, _, english = entry["title"].partition(" / ")
            assert any("\u0e01" <= sign <= "\u0e5b" for sign in thai) and english.isascii() and english, key
            assert entry["description"] and "default" not in entry, key
        if "properties" in part:
            assert part["additionalProperties"] is False
    levels = schema["$defs"]["level"]["anyOf"][0]
    assert levels == {"enum": ["early", "mid", "high"]}
    assert {"enum": ["none", "ไม่มี"]} in schema["properties"]["units"]["anyOf"]
    assert set(schema["$defs"]["job_factor"]["anyOf"][0]["enum"]) == set(FACTORS)
    assert len(schema["$defs"]["benefit_item"]["anyOf"][0]["enum"]) == 20


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_the_printed_schema_accepts_the_examples(path: Path) -> None:
    validator = Draft202012Validator(json.dumps(organisation_schema(WORDS["th"])))
    data = shape._with_plain_numbers(read_source(str(path)).data)
    assert [error.message for error in validator.iter_errors(data)] == []
