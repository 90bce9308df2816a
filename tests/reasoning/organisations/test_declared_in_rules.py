"""Facts of organisations that only a rule file declares: read, refused, judged, explained, and what would change."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from io import BytesIO

import pytest

from lgreason.answers.organisations import how, posts
from lgreason.answers.session import Session
from lgreason.files.organisation.organisation import Organisation
from lgreason.files.organisation.reading import organisation_schema
from lgreason.language.book.rulebook import read_book
from lgreason.language.statements.splitting import SourceText
from lgreason.rules.findings import Unusable
from lgreason.rules.knowledge import Library
from lgreason.rules.model import Language

RULES = """define document sample
  name: "ประกาศสมมุติ" / "invented notice"
  in force: from 1 January 2007

define fact online
  name: "บริการออนไลน์" / "online services"
  subject: organisation
  shape: one yes or no
  changed by: authority

define fact inspections
  name: "การตรวจสมมุติ" / "invented inspections"
  subject: organisation
  shape: events day
  attribute: grade one of (good "ดี" / "good", poor "แย่" / "poor") "ระดับผลตรวจ" / "grade of inspection"
  attribute: day date "วันที่ตรวจ" / "day of inspection"
  changed by: committee

rule sample.online
  document: sample
  place: "ข้อ 1" / "item 1"
  provides that division head of municipality, ordinary type may be set at early, only if they have online services

rule sample.inspected
  document: sample
  place: "ข้อ 2" / "item 2"
  provides that deputy clerk of municipality, ordinary type may be set at early,
    only if they have invented inspections good
"""
PASSED = {"w141_2550": "passed", "w142_2550": "passed", "w74_2552": "passed"}


@cache
def session(language: Language = "en") -> Session:
    base = Library()
    library = base.with_rules(read_book([SourceText("sample.rules", RULES)], base))
    return Session(language, as_of=date(2026, 3, 1), library=library)


def organisation(**facts: object) -> Organisation:
    data: dict[str, object] = {"kind": "organisation", "id": "o", "name": "o"}
    data |= {"type": "municipality", "class": "ordinary", "instruments": PASSED, **facts}
    return session().organisation("-", BytesIO(json.dumps(data).encode()))


@pytest.mark.parametrize(
    ("post", "facts", "verdict", "said"),
    [
        ("division_head", {"online": True}, "allowed", "required: yes · found: yes · met"),
        ("division_head", {"online": False}, "forbidden", "required: yes · found: no"),
        ("division_head", {}, "undetermined", "not known: online services (online)"),
        ("deputy", {"inspections": [{"grade": "good", "day": "2569-03-01"}]}, "allowed", ""),
        ("deputy", {"inspections": [{"grade": "poor", "day": "2569-03-01"}]}, "forbidden", ""),
        ("deputy", {"inspections": [{"grade": "good", "day": "2569-03-02"}]}, "forbidden", ""),
        ("deputy", {"inspections": []}, "forbidden", "found: 0 items"),
        ("deputy", {"inspections": [{"day": "2569-02-01"}]}, "undetermined", "grade of inspection"),
    ],
)
def test_it_decides_and_is_explained(post: str, facts: dict[str, object], verdict: str, said: str) -> None:
    reply = posts(session(), organisation(**facts), [(post, "early")], True)
    (row,) = [each for each in reply.document["posts"] if (each["post"], each["level"]) == (post, "early")]
    assert row["verdict"] == verdict
    text = "\n".join(line.text for line in reply.lines)
    assert said in text and "the table does not have this post" not in text


def test_a_condition_that_is_not_met_is_not_told_as_a_post_that_the_table_lacks() -> None:
    reply = posts(session(), organisation(online=False), [("division_head", "early")], False)
    text = "\n".join(line.text for line in reply.lines)
    assert "the table does not have" not in text and "required: yes · found: no" in text


def test_the_schema_has_a_place_for_it() -> None:
    declared, _ = session().declared_of_organisations()
    schema = organisation_schema(session().organisation_vocabulary, declared)
    assert {"online", "inspections", "revenue_own_by_year"} <= set(schema["properties"])


def test_a_slip_is_refused_at_its_place() -> None:
    with pytest.raises(Unusable) as refused:
        organisation(inspections=[{"grade": "fine"}])
    assert [finding.code for finding in refused.value.findings] == ["fact_unknown_value"]


@pytest.mark.parametrize(
    ("post", "facts", "kind", "sort", "said"),
    [
        ("division_head", {"online": False}, "bring", "act", "bring about: online services: yes"),
        ("division_head", {}, "establish", "fact", "find out online services"),
        (
            "deputy",
            {"inspections": []},
            "bring",
            "decision",
            "come to have invented inspections: ",
        ),
        ("deputy", {}, "establish", "fact", "find out invented inspections"),
    ],
)
def test_what_would_have_to_change(
    post: str, facts: dict[str, object], kind: str, sort: str, said: str
) -> None:
    reply = how(session(), organisation(**facts), (post, "early"), 5)
    changes = reply.document["remedies"][0]["changes"]
    assert [(change["kind"], change["class"]) for change in changes] == [(kind, sort)]
    assert said in "\n".join(line.text for line in reply.lines)
