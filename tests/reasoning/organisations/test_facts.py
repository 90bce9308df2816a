"""Organisations by declared facts: revenue by year, vacant posts and the frame, the plan counted."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO

import pytest
import yaml

from lgreason.answers.session import Session
from lgreason.reasoning.organisations.circumstances import Subject
from lgreason.reasoning.organisations.establishment import Establishment
from lgreason.rules.knowledge import Library
from lgreason.rules.layer import Layer
from lgreason.rules.terms import Fn
from tests.reasoning.cases.reading import facts_of
from tests.reasoning.cases.test_requirements import CASES, expected_of

VERDICTS = {"allowed": True, "forbidden": False, "undetermined": None}
SCOPE = Fn("municipality", (Fn("special"),))


@pytest.mark.parametrize("case", ["052", "053", "054"])
def test_organisations_on_either_side(case: str) -> None:
    expected = expected_of(case)
    stated = facts_of(CASES / case / "rule.lp")
    clauses = dict.fromkeys(str(fact.args[0]) for fact in stated if fact.name == "says")
    of = (Fn("executable"), Fn("literal"), "2007-01-01")
    root = f"req.c{case}"
    facts = [*stated, *(Fn("clause", (clause, "org", *of)) for clause in clauses)]
    facts.append(Fn("retypes", (Fn("invented"), root)))  # asked of no post, as a class of municipality is
    library = Library(layer=Layer(tuple(facts)))
    session = Session(as_of=date.fromisoformat(expected["as_of"]), library=library)
    for which in ("yes", "no", "unknown"):
        path = CASES / case / f"{which}.yaml"
        if which in expected and path.exists():
            # The units of a plan are those of the file; the corpus leaves these out.
            data = yaml.safe_load(path.read_text("utf-8"))
            if "plan" in data:
                data["units"] = [{"id": unit["id"], "exists": False} for unit in data["plan"]["units"]]
            text = json.dumps(data, default=str, ensure_ascii=False).encode()
            here = Establishment(session.tables, session.organisation("-", BytesIO(text)))
            truth = here.decide(root, Subject("", "")).holds
            assert truth is VERDICTS[expected[which]], which


def test_a_slip_in_a_declared_fact_of_an_organisation_is_told(tmp_path) -> None:  # type: ignore[no-untyped-def]
    from lgreason.rules.findings import Unusable

    path = tmp_path / "o.json"
    data = {
        "type": "municipality",
        "class": "special",
        "vacant_posts": [{"post": "ก", "since": "2569-02-30"}],
    }
    path.write_text(json.dumps({"kind": "organisation", **data}), encoding="utf-8")
    with pytest.raises(Unusable) as raised:
        Session(as_of=date(2026, 1, 1), library=Library()).organisation(str(path))
    assert [finding.code for finding in raised.value.findings] == ["date_no_such_day"]
