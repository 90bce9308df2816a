"""A person's file: what it comes to, and everything that is said of one that cannot be used."""

from __future__ import annotations

import ast
import copy
import difflib
import io
import json
import random
import string
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lgreason.files.form import form, shape
from lgreason.files.person.person import (
    Experience,
    Person,
    PersonVocabulary,
    Posting,
    Qualification,
    load_person,
    person_schema,
)
from lgreason.files.person.shape import FORM
from lgreason.files.source.read import read_source
from lgreason.rules.findings import Finding, Unusable
from tests.files.person.test_recognised import OF_RECOGNISED
from tests.files.source.test_read import CASES as SOURCE_CASES
from tests.files.source.test_read import FILE_CASES
from tests.words.test_dates import REFUSED as DATE_CASES

BAD = Path(__file__).parents[2] / "data" / "bad"
PACKAGE = Path(__file__).parents[3] / "lgreason"
TODAY = date(2026, 1, 1)


class Words:
    """A small vocabulary: ids, and Thai names for some of them."""

    c_levels_end = date(2015, 12, 31)
    terms: ClassVar = {
        "position": {"a.early": "หัวหน้าฝ่าย ระดับต้น", "a.mid": "ผู้อำนวยการกอง ระดับกลาง"},
        "position_type": {"academic": "วิชาการ", "managerial_local": "อำนวยการท้องถิ่น"},
        "level": {
            **{"practitioner": "ปฏิบัติการ", "professional": "ชำนาญการ"},
            **{"early": "ต้น", "mid": "กลาง", "high": "สูง"},
        },
        "degree": {"bachelor": "ปริญญาตรี", "master": "ปริญญาโท"},
        "field": {"law": "นิติศาสตร์"},
        "work": {"office_work": "งานธุรการ"},
        "committee": {"kj": "ก.จ.", "kt": "ก.ท.", "kabt": "ก.อบต."},
        "competency": {f"s.{n}": f"สมรรถนะ {n}" for n in range(1, 8)},
    }
    levels: ClassVar = {
        "academic": ("practitioner", "professional"),
        "managerial_local": ("early", "mid", "high"),
    }
    c_levels: ClassVar = {
        ("academic", 5): "practitioner",
        ("academic", 6): "professional",
        ("managerial_local", 7): "early",
    }

    def ids(self, category: str) -> tuple[str, ...]:
        if category == "rank":
            ranks = (f"{kind}.{level}" for kind, levels in self.levels.items() for level in levels)
            return (*self.terms["position"], *ranks)
        return tuple(self.terms[category])

    def resolve(self, category: str, text: str) -> str | None:
        for identity in self.ids(category):
            names = (identity, self.terms.get(category, {}).get(identity, ""))
            if text.replace(" ", "") in {name.replace(" ", "") for name in names}:
                return identity
        return None

    def nearest(self, category: str, text: str, n: int = 3) -> tuple[str, ...]:
        return tuple(difflib.get_close_matches(text, self.ids(category), n, 0.2))

    def name(self, category: str, identity: str) -> str:
        return f"{category} {identity}"

    def levels_of(self, position_type: str) -> tuple[str, ...]:
        return self.levels[position_type]

    def placement(self, position: str) -> tuple[str, str]:
        return "managerial_local", position.removeprefix("a.")

    def level_of_c(self, position_type: str, c: int) -> str | None:
        return self.c_levels.get((position_type, c))


WORDS: PersonVocabulary = Words()


def load(content: object, format: str = "yaml") -> Person:
    text = content if isinstance(content, str) else json.dumps(content)
    source = read_source("-", io.BytesIO(text.encode()), format)  # type: ignore[arg-type]
    return load_person(source, WORDS, TODAY)


def refused(content: object, format: str = "yaml") -> list[tuple[str, str | None, dict[str, object]]]:
    with pytest.raises(Unusable) as caught:
        load(content, format)
    return [
        (finding.code, finding.place and finding.place.field, dict(finding.args))
        for finding in caught.value.findings
    ]


# ── the person ────────────────────────────────────────────────────────────────────────────────────────────────

SOMCHAI = """\
kind: person
id: somchai
name: นายสมชาย ใจดี
education:
  - degree: ปริญญาโท
    field: นิติ ศาสตร์
    approved_by: [ก.จ., kt, ก.จ.]
    obtained: 31 มี.ค. 2555
  - {degree: bachelor, field: " การละคร ", approved: true}
postings:
  - position: หัวหน้าฝ่ายระดับต้น
    from: 2563-01-01
    to: 31/12/2564
    acting: true
  - {type: academic, level: ชำนาญการ, title: นักวิเคราะห์, from: 1 ต.ค. 2559, concurrent: true}
  - {type: academic, c_level: 5, to: 31/12/2558}
  - {equivalent_to: academic.professional, equivalent_by: [kabt]}
experience:
  - {work: งานธุรการ, from: 2559-01-01, to: null}
competencies: {s.1: 3, สมรรถนะ 2: 0, s.3: null}
"""


def test_a_whole_person() -> None:
    person = load(SOMCHAI)
    assert (person.id, person.name) == ("somchai", "นายสมชาย ใจดี")
    assert person.education is not None and person.postings is not None and person.experience is not None
    master, bachelor = person.education
    assert master == Qualification(
        "master", "law", None, ("kj", "kt"), date(2012, 3, 31), master.place, number=1
    )
    assert bachelor == Qualification("bachelor", "การละคร", True, None, None, bachelor.place, number=2)
    early, academic, former, unknown = person.postings
    assert early == Posting(
        "a.early", "managerial_local", "early", None, date(2020, 1, 1), date(2021, 12, 31), True, False,
        None, None, None, early.place, number=1,
    )  # fmt: skip
    assert academic == Posting(
        None, "academic", "professional", "นักวิเคราะห์", date(2016, 10, 1), None, False, True,
        None, None, None, academic.place, number=2,
    )  # fmt: skip
    assert (former.level, former.c_level, former.end) == ("practitioner", 5, date(2015, 12, 31))
    assert (unknown.position, unknown.type, unknown.level) == (None, None, None)
    assert (unknown.equivalent_to, unknown.equivalent_by) == ("academic.professional", ("kabt",))
    assert person.experience == (
        Experience("office_work", date(2016, 1, 1), None, person.experience[0].place, number=1),
    )
    assert person.competencies == {"s.1": 3, "s.2": 0}
    places = [
        (part.place.line, part.place.field) for part in (person, bachelor, former, person.experience[0])
    ]
    assert places == [(1, None), (9, "education[2]"), (16, "postings[3]"), (19, "experience[1]")]


@pytest.mark.parametrize("none", ["[]", "none", "None", "ไม่มี"])
@pytest.mark.parametrize("part", ["education", "postings", "experience", "competencies"])
def test_known_to_be_none_is_not_the_same_as_not_known(part: str, none: str) -> None:
    none = "{}" if (part, none) == ("competencies", "[]") else none
    known = getattr(load(f"id: a\n{part}: {none}"), part)
    assert known is not None and len(known) == 0
    assert getattr(load("id: a"), part) is None
    assert getattr(load(f"id: a\n{part}: null"), part) is None


def test_committees_known_to_be_none() -> None:
    person = load("postings: [{position: a.early, equivalent_to: a.mid, equivalent_by: []}]")
    assert person.postings is not None and person.postings[0].equivalent_by == ()
    person = load("postings: [{position: a.early, equivalent_to: a.mid, equivalent_by: ไม่มี}]")
    assert person.postings is not None and person.postings[0].equivalent_by == ()


def test_the_name_of_the_file_stands_in_for_the_id(tmp_path: Path) -> None:
    path = tmp_path / "somsri.v2.yaml"
    path.write_text("postings: none", encoding="utf-8")
    person = load_person(read_source(str(path)), WORDS, TODAY)
    assert (person.id, person.name) == ("somsri.v2", "somsri.v2")
    assert load("postings: none").id == "stdin"
    assert load("id: 6400123").id == "6400123"
    assert load("id: 007\nname: null").name == "007"


def test_space_around_a_text_means_nothing() -> None:
    person = load(
        'name: " ก  "\nexperience: [{work: "office_work\\n"}]\neducation: [{degree: master, field: "x\\n"}]'
    )
    assert person.experience is not None and person.education is not None
    assert (person.name, person.experience[0].work, person.education[0].field) == ("ก", "office_work", "x")


def test_toml_dates_are_dates_and_json_does_as_well() -> None:
    toml = load('[[postings]]\nfrom = 2563-01-01\nto = "29 ก.พ. 2567"\n', "toml")
    as_json = load('{"postings": [{"from": "2020-01-01", "to": "2567-02-29"}]}', "json")
    assert toml.postings is not None and as_json.postings is not None
    for person in (toml.postings[0], as_json.postings[0]):
        assert (person.start, person.end) == (date(2020, 1, 1), date(2024, 2, 29))
    exported = load("[[postings]]\nfrom = 2020-01-01T08:00:00\n", "toml")
    assert exported.postings is not None and exported.postings[0].start == date(2020, 1, 1)
    code, field, args = refused("[[postings]]\nfrom = 2020-01-01T20:00:00Z\n", "toml")[0]
    assert (code, field, args["part"]) == ("date_zone_unclear", "postings[1].from", "t20:00:00+00:00")


@pytest.mark.parametrize(
    ("part", "most", "item"),
    [("postings", 500, {}), ("experience", 500, {}), ("education", 100, {"degree": "bachelor"})],
)
def test_limits_of_number(part: str, most: int, item: dict[str, str]) -> None:
    assert len(getattr(load({part: [item] * most}, "json"), part)) == most
    assert refused({part: [item] * (most + 1)}, "json") == [
        ("shape_too_many", part, {"count": most + 1, "most": most})
    ]


def test_limits_of_length() -> None:
    assert load({"name": "ก" * 500}, "json").name == "ก" * 500
    assert refused({"name": "ก" * 501}, "json") == [
        ("shape_text_too_long", "name", {"length": 501, "most": 500})
    ]


@pytest.mark.parametrize("latest", [date(1980, 1, 1), date(1979, 12, 31)])
def test_a_first_day_in_a_far_future_is_a_slip(latest: date) -> None:
    """What begins after the day of assessment is left out; what begins more than forty years later is refused."""
    source = read_source("-", io.BytesIO(b"postings: [{from: 2020-01-01, to: 2030-01-01}]"))
    if latest == date(1980, 1, 1):
        assert load_person(source, WORDS, latest).postings
    else:
        with pytest.raises(Unusable):
            load_person(source, WORDS, latest)


# ── what is wrong with a file ─────────────────────────────────────────────────────────────────────────────────

# How a file in data/bad tells its findings, sorted by place: `#= code line:column field {arguments}`.
EXPECTATIONS = {
    "two-people.json": ["shape_record_is_list 1:1 - {'found': '[…, …]'}"],
}


def plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def lines_of(findings: tuple[Finding, ...]) -> list[str]:
    lines = []
    for finding in findings:
        place, args = finding.place, {key: plain(value) for key, value in finding.args.items()}
        assert place is not None
        lines.append(f"{finding.code} {place.line}:{place.column} {place.field or '-'} {args}")
    return lines


def expected_of(path: Path) -> list[str]:
    written = [line[3:] for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#= ")]
    return written or EXPECTATIONS[path.name]


def findings_in(path: Path) -> tuple[Finding, ...]:
    with pytest.raises(Unusable) as caught:
        load_person(read_source(str(path)), WORDS, TODAY)
    return caught.value.findings


@pytest.mark.parametrize("path", sorted(BAD.iterdir()), ids=lambda path: path.name)
def test_says_all_that_is_wrong_at_once(path: Path) -> None:
    findings = findings_in(path)
    assert lines_of(findings) == expected_of(path)
    assert {finding.place.file for finding in findings if finding.place} == {str(path)}


# ── properties ────────────────────────────────────────────────────────────────────────────────────────────────

KEYS = st.sampled_from(
    [
        *(
            "kind",
            "id",
            "name",
            "education",
            "postings",
            "experience",
            "competencies",
            "degree",
            "field",
            "approved",
        ),
        *(
            "approved_by",
            "obtained",
            "position",
            "type",
            "level",
            "title",
            "from",
            "to",
            "acting",
            "concurrent",
        ),
        *("equivalent_to", "equivalent_by", "c_level", "work", "s.1", "สมรรถนะ 1", "", "x"),
    ]
)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-1, 11)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(
        ["none", "a.early", "academic", "mid", "kj", "bachelor", "2563-01-01", "1/1/2566", "31/2/58", ""]
    )
    | st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn"]), max_size=5)
)
JUNK = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=15,
)
RECORDS = st.lists(
    st.dictionaries(KEYS, LEAVES | st.lists(LEAVES, max_size=2), max_size=6) | LEAVES, max_size=3
)
PEOPLE = st.fixed_dictionaries(
    {},
    optional={
        "education": RECORDS,
        "postings": RECORDS,
        "experience": RECORDS,
        "competencies": JUNK,
        "id": LEAVES,
    },
)


@settings(max_examples=400, deadline=None)
@given(JUNK | PEOPLE)
def test_any_structure_is_a_person_or_unusable(data: object) -> None:
    try:
        person = load(data, "json")
    except Unusable as unusable:
        assert unusable.findings
        assert all(finding.place is not None and finding.severity == "error" for finding in unusable.findings)
        return
    for part in (person.education, person.postings, person.experience):
        assert part is None or [entry.number for entry in part] == list(range(1, len(part) + 1))
    for posting in person.postings or ():
        assert posting.level is None or posting.type is not None
        assert posting.start is None or posting.start <= TODAY
        assert posting.start is None or posting.end is None or posting.start <= posting.end


# ── the schema ────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_schema_has_every_key_with_its_meaning_in_both_languages() -> None:
    schema = person_schema(Words())
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    parts = [schema, *schema["$defs"].values()]
    assert set(schema["properties"]) == {
        *("kind", "id", "name", "education", "postings", "experience", "competencies")
    }
    assert {key for part in parts for key in part["properties"]} >= {
        "from",
        "to",
        "degree",
        "work",
        "c_level",
    }
    for part in parts:
        assert part["additionalProperties"] is False
        for key, entry in part["properties"].items():
            thai, _, english = entry["title"].partition(" / ")
            assert any("\u0e01" <= sign <= "\u0e5b" for sign in thai) and english.isascii() and english, key
            assert entry["description"] and "default" not in entry, key


def test_the_schema_offers_ids_and_accepts_names() -> None:
    def degree(schema: dict[str, object]) -> object:
        return schema["$defs"]["qualification"]["properties"]["degree"]  # type: ignore[index]

    assert degree(person_schema())["type"] == ["string", "null"]  # type: ignore[index]
    offered = [{"enum": ["bachelor", "master"]}, {"type": ["string", "null"]}]
    assert degree(person_schema(Words()))["anyOf"] == offered  # type: ignore[index]
    assert person_schema()["$defs"]["qualification"]["required"] == ["degree"]
    assert {"enum": ["none", "ไม่มี"]} in person_schema()["properties"]["postings"]["anyOf"]


# ── sentences ─────────────────────────────────────────────────────────────────────────────────────────────────

MODULES = (
    "files/person/*.py",
    "words/recognising/*.py",
    "files/source/*.py",
    "files/form/*.py",
    "words/dates.py",
    "reasoning/persons/promotions.py",
)
PREFIXES = ("date_", "source_", "shape_", "person_")
NOT_CODES = {"person_schema", "date_", "source_of"}


def codes_in_the_modules() -> set[str]:
    found: set[str] = set()
    for path in (path for pattern in MODULES for path in PACKAGE.glob(pattern)):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
                found |= {node.value} if node.value.startswith(PREFIXES) else set()
    return found - NOT_CODES


def sentences(language: str) -> dict[str, str]:
    path = PACKAGE / "report" / "messages" / f"{language}.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))["finding"]
    return {code: sentence for code, sentence in table.items() if code.startswith(PREFIXES)}


def args_in_the_tests() -> Iterator[tuple[str, set[str]]]:
    """Every code that the tests of this project see, with its arguments."""
    for code, args in DATE_CASES.values():
        yield code, {"found", *args}
    for _, _, told in SOURCE_CASES:
        yield from ((code, set(args)) for code, _, _, _, args in told)
    yield from ((code, set(args)) for code, args in FILE_CASES.items())
    for path in BAD.iterdir():
        for line in expected_of(path):
            yield line.split()[0], set(ast.literal_eval(line[line.index("{") :]))
    yield "shape_too_many", {"count", "most"}
    yield "shape_text_too_long", {"length", "most"}
    yield "shape_amount_expected", {"found"}  # of organisations
    yield "date_no_month_name", {"found"}  # of what is recognised: tests/words
    yield from OF_RECOGNISED.items()


def test_every_code_is_seen_in_a_test() -> None:
    assert {code for code, _ in args_in_the_tests()} == codes_in_the_modules()


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_code_has_a_sentence_and_every_sentence_a_code(language: str) -> None:
    assert set(sentences(language)) == codes_in_the_modules()


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_sentence_uses_exactly_the_arguments_of_its_code(language: str) -> None:
    written = sentences(language)
    for code, args in args_in_the_tests():
        named = {name for _, name, _, _ in string.Formatter().parse(written[code]) if name}
        assert named == args, code


def test_the_languages_are_not_mixed_up() -> None:
    def is_thai(text: str) -> bool:
        return any("\u0e01" <= sign <= "\u0e2e" for sign in text)

    assert all(map(is_thai, sentences("th").values()))
    # Of the English only examples of what a file may hold are Thai.
    assert [code for code, sentence in sentences("en").items() if is_thai(sentence)] == [
        "date_unreadable",
        "person_degree_missing",
    ]


# ── the short way for sound files ───────────────────────────────────────────────────────────────

SOUND = {
    "kind": "person",
    "id": 7,
    "name": "x",
    "education": [{"degree": "master", "field": None, "approved": True, "approved_by": ["kt"]}],
    "postings": [
        {"type": "academic", "c_level": 7, "from": "2550-01-01", "to": "2558-12-31", "acting": False}
    ],
    "experience": [{"work": "related", "from": "2550-01-01"}],
    "competencies": {"k.04": 3, "s.1": None},
}
JUNK = [
    None,
    True,
    0,
    -1,
    6,
    11,
    2.5,
    3.0,
    "",
    "x" * 500,
    "x" * 501,
    [],
    [1],
    {},
    {"a": 1},
    [{}] * 101,
    [{}] * 501,
]


def edited(rng: random.Random, value: object) -> object:
    """A copy with one entry exchanged, dropped, or added."""
    value = copy.deepcopy(value)
    place = value
    while isinstance(place, dict | list) and place and rng.random() < 0.7:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = rng.choice(keys)
        if not isinstance(place[key], dict | list) or rng.random() < 0.3:
            place[key] = rng.choice(JUNK)
            return value
        place = place[key]
    if isinstance(place, dict):
        place[rng.choice(["foo", "from", "level", "k.99", "degree"])] = rng.choice(JUNK)
    elif isinstance(place, list):
        place.append(rng.choice(JUNK))
    return value


def test_what_plainly_conforms_the_validator_accepts() -> None:
    schema = FORM.schema
    assert form.conforms(SOUND, schema)
    plainly, refused = 0, 0
    for seed in range(3000):
        data = edited(random.Random(seed), SOUND)
        faults = list(shape._refused(data, FORM)) if isinstance(data, dict) else ["no person"]
        if form.conforms(data, schema):
            assert not faults, data
            plainly += 1
        refused += bool(faults)
    assert plainly > 200 and refused > 1000
