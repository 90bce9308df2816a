"""Whether a head of a unit takes setting up the unit, where the file does not list its units."""

from __future__ import annotations

import json

from lgreason.answers.session import Session
from lgreason.files.organisation.reading import load_organisation
from lgreason.files.source.read import source_of
from lgreason.reasoning.organisations.establishment import Establishment

SESSION = Session("en")


def verdict(**entries: object) -> str:
    """Whether an ordinary municipality that did not pass letter w141 may have a head of a division, early level."""
    document = {"kind": "organisation", "type": "municipality", "class": "ordinary"}
    document |= {"instruments": {"w141_2550": "failed"}, **entries}
    source = source_of("some.json", json.dumps(document).encode())
    organisation = load_organisation(source, SESSION.organisation_vocabulary, SESSION.day, day=SESSION.day)
    return Establishment(SESSION.tables, organisation).post("division_head", "early").verdict


def test_a_unit_that_may_stand_already_is_not_said_to_be_set_up() -> None:
    """Slide 35 asks for the letter where a division is set up; one that is there may have its head without it."""
    standing = {"id": "u", "name": "u", "exists": True, "kind": "division", "head": {"level": "early"}}
    assert verdict(units=[]) == "forbidden"
    assert verdict(units=[standing]) == "allowed"
    assert verdict() == "undetermined"
