"""Structures as asked: a unit of today that is to go is judged as by the plan that drops it, its loss said first."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from lgreason.answers.organisations import validate
from lgreason.answers.session import Session
from lgreason.answers.structures import StructureAnswer, StructureQuery
from lgreason.files.organisation.organisation import Organisation
from lgreason.reasoning.structures.choices import plan_of
from lgreason.rules.findings import Unusable

FILES = Path(__file__).parents[1] / "reasoning" / "structures" / "organisations"
FINANCE = {"post": "division_head", "level": "mid", "fate": "given_up", "filled": True, "unit": "fin"}
SECTIONS = {
    **{"post": "section_head", "level": "early", "fate": "given_up", "filled": None},
    **{"unit": "fin", "number": 3},
}


@cache
def session() -> Session:
    return Session()


@cache
def special() -> Organisation:
    return session().organisation(str(FILES / "m4-special.yaml"))


def asked(*require: str, **more: Any) -> StructureAnswer:
    return StructureAnswer(session(), special(), None, StructureQuery(require, nearest=3, **more))


def test_a_unit_stays_unless_it_is_asked_to_go() -> None:
    assert all(len(plan_of(each).units) == 3 for each in asked().found.options)
    gone = asked("fin=none")
    assert gone.found.count
    assert all([u.id for u in plan_of(each).units] == ["cl", "wk"] for each in gone.found.options)
    # The office keeps its parts, the clerk and the deputies stay: nothing else need be changed.
    assert gone.found.options[0].total("changes") == 1 + 3
    assert gone.found.options[0].total("lost") == 1


def test_what_is_lost_by_giving_a_unit_up_is_said_first_with_slide_26() -> None:
    reply = asked("กองคลัง=none").reply()
    assert reply.document["lost"] == [FINANCE, SECTIONS]
    assert {step["clause"] for step in reply.document["procedure"]} >= {"org.mun.s26.support"}
    lines = [line.text for line in reply.lines]
    first = next(n for n, line in enumerate(lines) if "กองคลัง" in line)
    assert "ยกเลิก" in lines[first] and "ปัจจุบันมีผู้ดำรงตำแหน่ง" in lines[first]
    assert first < next(n for n, line in enumerate(lines) if "สไลด์ที่ ๒๖" in line)
    assert all("ทางเลือก" not in line for line in lines[:first])


def test_validate_says_the_same_of_the_plan_that_drops_the_unit() -> None:
    gone = asked("fin=none")
    for structure in gone.found.options:
        organisation = replace(special(), plan=plan_of(structure))
        document = validate(session(), organisation, False).document
        assert document["verdict"] == ("allowed" if structure.sure else "undetermined")
        assert [each for each in document["lost"] if each.get("unit") == "fin"] == [FINANCE, SECTIONS]
        assert document["procedure"] == gone.reply().document["procedure"]


def test_giving_a_unit_up_and_keeping_it_exclude_each_other() -> None:
    both = asked("fin=none", "fin=mid")
    assert not both.found.count and both.found.conflict is not None
    assert len(both.found.conflict.steps) == 2


def test_what_is_no_unit_with_a_head_cannot_be_given_up() -> None:
    with pytest.raises(Unusable) as caught:
        asked("clerk=none")
    assert [finding.code for finding in caught.value.findings] == ["choice_value"]


def test_an_option_tells_the_filled_posts_that_it_gives_up() -> None:
    """Of the structures with one deputy the nearest gives up the vacant post, and others the filled one."""
    document = asked("deputies=0").reply().document
    assert {"post": "deputy", "level": "mid", "fate": "given_up", "filled": True} in document["lost"]
    assert all(option["gives_up"] for option in document["options"])


def test_groups_are_complete_once_all_are_printed_and_a_cut_is_said() -> None:
    """However many structures there are, the answer is whole when every group was told."""
    every = asked(groups=100)
    number = len(every.found.groups)
    assert 1 < number < 100 and every.reply().status == 0
    assert asked(groups=number).reply().status == 0
    cut = asked(groups=number - 1).reply()
    assert cut.status == 4 and len(cut.document["groups"]) == number - 1
    assert any(f"แสดง {number - 1} กลุ่มแรก" in line.text for line in cut.lines)
