"""What each question about an organisation comes to: the lines and the document of its answer, and its status."""

from __future__ import annotations

from collections.abc import Iterable

from lgreason.files.organisation import Organisation
from lgreason.findings import Finding, Unusable
from lgreason.reasoning.burden import burden as burden_of
from lgreason.reasoning.establishment import Establishment, PostVerdict, verdict_of
from lgreason.reasoning.plans import PlanJudge
from lgreason.reasoning.retyping import classify as classified
from lgreason.replies import NO, UNDETERMINED, YES, Reply
from lgreason.report.organisation_json import OrganisationDocuments
from lgreason.report.organisation_text import OrganisationText
from lgreason.session import Session
from lgreason.terms import Truth

STATUS: dict[Truth, int] = {True: YES, False: NO, None: UNDETERMINED}


def _text(session: Session, organisation: Organisation) -> OrganisationText:
    return OrganisationText(
        session.organisation_kb, organisation, session.organisation_vocabulary, session.wording, session.day
    )


def _documents(session: Session, organisation: Organisation) -> OrganisationDocuments:
    return OrganisationDocuments(session.organisation_kb, organisation, session.day)


def posts(
    session: Session, organisation: Organisation, only: Iterable[tuple[str, str]] | None, full: bool
) -> Reply:
    """Which posts may be set up or raised, for every post and level or for those named."""
    here = Establishment(session.tables, organisation)
    found: tuple[PostVerdict, ...] = (
        here.posts() if only is None else tuple(here.post(*each) for each in only)
    )
    truths = {verdict.truth for verdict in found}
    status = YES if True in truths else UNDETERMINED if None in truths else NO
    lines = tuple(_text(session, organisation).posts(found, full))
    return Reply(lines, _documents(session, organisation).posts(found), status)


def validate(session: Session, organisation: Organisation, full: bool) -> Reply:
    """Whether the plan of the file may be, with every violated clause."""
    if organisation.plan is None:
        raise Unusable((Finding("org_no_plan", organisation.place),))
    judge = PlanJudge(Establishment(session.tables, organisation))
    judgement, truth = judge.judge(organisation.plan), judge.truth(organisation.plan)
    lines = tuple(_text(session, organisation).validation(judgement, truth, full))
    document = _documents(session, organisation).validation(judgement, truth, [])
    return Reply(lines, document, STATUS[truth])


def burden(session: Session, organisation: Organisation) -> Reply:
    """The personnel burden, step by step."""
    found = burden_of(Establishment(session.tables, organisation))
    lines = tuple(_text(session, organisation).burden(found))
    return Reply(lines, _documents(session, organisation).burden(found), STATUS[found.reason.holds])


def classify(session: Session, organisation: Organisation, class_: str) -> Reply:
    """Whether a municipality may be re-typed."""
    found = classified(Establishment(session.tables, organisation), class_)
    lines = tuple(_text(session, organisation).classification(found))
    return Reply(lines, _documents(session, organisation).classification(found), STATUS[found.reason.holds])


__all__ = ["burden", "classify", "posts", "validate", "verdict_of"]
