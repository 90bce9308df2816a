"""The records that there are: of persons and of organisations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lgreason.answers import organisations as replies
from lgreason.answers.session import Session
from lgreason.files.facts.schema import DeclaredForm
from lgreason.files.organisation.organisation import Organisation
from lgreason.files.organisation.values import FORM as ORGANISATION
from lgreason.files.person.person import Person
from lgreason.files.person.shape import FORM as PERSON
from lgreason.report.text.person import person_document
from lgreason.report.wording import Wording
from lgreason.web.declared import DeclaredTerms
from lgreason.web.form import KEY, VALUE, RecordForm, Steps, Terms
from lgreason.web.people import VerdictCell, cells
from lgreason.web.record import Records

_OF_ORGANISATION: Mapping[Steps, str] = {
    **{("type",): "organisation_type", ("class",): "municipal_class", ("status",): "municipal_status"},
    **{("size",): "sao_size", ("former_size",): "sao_size", ("kind",): "unit_kind", ("level",): "level"},
    **{("workload_analysis",): "outcome", ("instruments", KEY): "instrument"},
    **{("instruments", VALUE): "outcome", ("efficiency", KEY): "efficiency_area"},
}
"""The category of terms that each entry takes, by its key, or by that and the one above it."""


def _person_form(session: Session) -> RecordForm:
    declared, vocabulary = session.declared()
    form = DeclaredForm(PERSON, declared)
    terms = DeclaredTerms(declared, vocabulary, PERSON)

    def of(steps: Steps) -> Terms | None:
        if steps == ("postings", "equivalent_to"):
            return Terms("rank")  # a position, or a type and level
        return terms.of(steps)

    return RecordForm(form, session.wording.language, of, lambda _path: None, PERSON)


def _verdicts(session: Session, person: Person) -> Mapping[str, Any]:
    name, wording = session.vocabulary.name, session.wording
    return {
        "verdicts": [
            {
                "position": name("position", cell.position).into(wording.language),
                "verdict": cell.verdict,
                "words": wording.say(f"verdict.{cell.verdict}"),
                "first": _first(cell, wording),
            }
            for cell in cells(session, person)
        ]
    }


def _first(cell: VerdictCell, wording: Wording) -> str:
    if cell.first is None:
        return ""
    key = "page.from_day" if cell.verdict == "eligible" else "page.will_be"
    return wording.say(key, day=wording.date(cell.first, short=True))


def _organisation_form(session: Session) -> RecordForm:
    names, language = session.organisation_kb.names, session.wording.language
    declared, vocabulary = session.declared_of_organisations()
    of_declared = DeclaredTerms(declared, vocabulary, ORGANISATION)

    def terms(steps: Steps) -> Terms | None:
        category = _OF_ORGANISATION.get(steps[-2:], "") or _OF_ORGANISATION.get(steps[-1:], "")
        return Terms(category) if category else of_declared.of(steps)

    def label(path: str) -> str | None:
        found = names.get(("amount", path.removeprefix("fiscal.")))
        return found.into(language) if found else None

    return RecordForm(DeclaredForm(ORGANISATION, declared), language, terms, label, ORGANISATION)


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
    vocabulary=lambda session: session.declared()[1],
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
