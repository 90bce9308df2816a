"""The records that there are: of persons and of organisations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lgreason.answers import organisations as replies
from lgreason.answers.session import Session
from lgreason.files.organisation.organisation import Organisation
from lgreason.files.organisation.values import FORM as ORGANISATION
from lgreason.files.person.person import Person
from lgreason.files.person.shape import FORM as PERSON
from lgreason.report.text.person import person_document
from lgreason.web.form import KEY, RecordForm
from lgreason.web.people import cells
from lgreason.web.record import Records

_OF_PERSON = {
    **{"degree": "degree", "field": "field", "position": "position", "type": "position_type"},
    **{"level": "level", "work": "work", "equivalent_to": "rank"},
    **{"approved_by": "committee", "equivalent_by": "committee"},
}
_OF_ORGANISATION = {
    **{
        "type": "organisation_type",
        "class": "municipal_class",
        "size": "sao_size",
        "former_size": "sao_size",
    },
    **{"status": "municipal_status", "kind": "unit_kind", "level": "level", "workload_analysis": "outcome"},
}
"""The category of terms that each entry takes."""


def _person_form(session: Session) -> RecordForm:
    def terms(key: str, _parent: str) -> str:
        return "competency" if key == KEY else _OF_PERSON.get(key, "")

    return RecordForm(PERSON, session.wording.language, terms, lambda _path: None)


def _verdicts(session: Session, person: Person) -> Mapping[str, Any]:
    name, wording = session.vocabulary.name, session.wording
    return {
        "verdicts": [
            {
                "position": name("position", cell.position).into(wording.language),
                "verdict": cell.verdict,
                "words": wording.say(f"verdict.{cell.verdict}"),
                "first": wording.date(cell.first, short=True) if cell.first else "",
            }
            for cell in cells(session, person)
        ]
    }


def _organisation_form(session: Session) -> RecordForm:
    names, language = session.organisation_kb.names, session.wording.language

    def terms(key: str, parent: str) -> str:
        if parent == "instruments":
            return "instrument" if key == KEY else "outcome"
        if parent == "efficiency":
            return "efficiency_area" if key == KEY else ""
        return _OF_ORGANISATION.get(key, "")

    def label(path: str) -> str | None:
        found = names.get(("amount", path.removeprefix("fiscal.")))
        return found.into(language) if found else None

    return RecordForm(ORGANISATION, language, terms, label)


def _burden(session: Session, organisation: Organisation) -> Mapping[str, Any]:
    """The burden while one types: the same lines as the answer's, those that give the percentages."""
    reply = replies.burden(session, organisation)
    lines = [line.text for line in reply.lines if line.style in ("earliest", "good", "bad", "open")]
    title = {line.text for line in replies.organisation_text(session, organisation).title()}
    return {"lines": [text for text in lines if text not in title], "status": reply.status}


def _as_file(organisation: Organisation) -> Mapping[str, Any]:
    """What was read, where the file has it."""
    return {
        "type": organisation.type,
        "class": organisation.class_,
        "size": organisation.size,
        "status": organisation.status,
        "filed": organisation.filed.isoformat() if organisation.filed else None,
    }


PERSONS = Records(
    desk="people",
    kind=Person,
    form=_person_form,
    vocabulary=lambda session: session.vocabulary,
    document=person_document,
    live=_verdicts,
    empty=dict,
)
ORGANISATIONS = Records(
    desk="organisations",
    kind=Organisation,
    form=_organisation_form,
    vocabulary=lambda session: session.organisation_vocabulary,
    document=_as_file,
    live=_burden,
    empty=dict,
)
