"""What each question about an organisation comes to: the lines and the document of its answer, and its status."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from lgreason.answers.persons import LIMITED, NO, UNDETERMINED, YES, Document, Reply
from lgreason.answers.session import Session
from lgreason.files.organisation.costs import post_named
from lgreason.files.organisation.organisation import Organisation
from lgreason.reasoning.organisations.burden import burden as burden_of
from lgreason.reasoning.organisations.contradictions import Contradiction, contradictions, idle_readings
from lgreason.reasoning.organisations.establishment import Establishment, PostVerdict
from lgreason.reasoning.organisations.money import money_of_class, money_of_post
from lgreason.reasoning.organisations.remedies import (
    PostRemedies,
    paths,
    remedies,
    remedies_of_class,
    steps_before,
)
from lgreason.reasoning.organisations.resting import rests_of_burden, rests_of_class, rests_of_post
from lgreason.reasoning.organisations.retyping import classify as classified
from lgreason.reasoning.organisations.years import ceilings, years
from lgreason.reasoning.structures.choices import Costs, MissingCost
from lgreason.reasoning.structures.comparison import compared
from lgreason.reasoning.structures.repairs import repairs
from lgreason.report.documents.money import (
    changes_document,
    money_of_plan_document,
    together_document,
    years_document,
)
from lgreason.report.documents.organisations import OrganisationDocuments
from lgreason.report.documents.structures import repair_document
from lgreason.report.line import Line
from lgreason.report.text.calculation import CalculationText
from lgreason.report.text.choices import ChoicesText
from lgreason.report.text.establishment import PostsText
from lgreason.report.text.money import MoneyText
from lgreason.report.text.organisation import OrganisationText
from lgreason.report.text.organisation_entry import OrganisationEntry, organisation_document
from lgreason.report.text.organisation_remedies import (
    OrganisationRemedyText,
    paths_document,
    remedies_document,
)
from lgreason.report.text.proposed import PlanText
from lgreason.report.wording import Wording
from lgreason.rules.findings import Finding, Unusable
from lgreason.rules.model import LANGUAGES, Language
from lgreason.rules.terms import Truth

MOST_REPAIRS = 5
STATUS: dict[Truth, int] = {True: YES, False: NO, None: UNDETERMINED}


def organisation_text(session: Session, organisation: Organisation) -> OrganisationText:
    """Writes answers about an organisation in the language of the session."""
    return OrganisationText(
        session.organisation_kb,
        organisation,
        session.organisation_vocabulary,
        session.wording,
        session.day,
        idle_in(session, organisation),
    )


def idle_in(session: Session, organisation: Organisation) -> frozenset[str]:
    """The readings of which outcome counts that bear on nothing in an organisation's file."""
    return idle_readings(Establishment(session.tables, organisation))


def money_text(session: Session, organisation: Organisation) -> MoneyText:
    """Writes what money does, in the language of the session."""
    return MoneyText(organisation_text(session, organisation), session.wording)


def documents_of(session: Session, organisation: Organisation) -> OrganisationDocuments:
    """Writes answers about an organisation as documents."""
    idle = idle_in(session, organisation)
    return OrganisationDocuments(session.organisation_kb, organisation, session.day, idle)


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

    against = contradictions(here)
    rests = {(each.post, each.level): rests_of_post(session.tables, organisation, each) for each in found}

    def document() -> Document:
        written = documents_of(session, organisation).posts(found, rests) | contradicting(against)
        texts = {language: _remedy_text(session, organisation, language) for language in LANGUAGES}
        for row, verdict in zip(written["posts"], found, strict=True):
            if verdict.truth is False:
                ways = remedies(session.tables, organisation, verdict.post, verdict.level)
                row["remedies"] = remedies_document({}, ways, texts, MOST_REPAIRS)["remedies"]
                if not ways.complete:
                    row["remedies_complete"] = False
        return written

    text = organisation_text(session, organisation)
    relies = text.relied(node for verdict in found for node in verdict.best.nodes)
    relies = tuple(sorted({*relies, *(each.reading for each in against)}))
    return Reply(
        lambda: (*text.contradictions(against), *PostsText(text, rests).posts(found, full)),
        document,
        status,
        relies,
    )


def contradicting(found: Iterable[Contradiction]) -> Document:
    """What a document says of outcomes that contradict each other; nothing where there are none."""
    rows = [
        {
            "clause": each.clause,
            "outcomes": [
                {"field": each.path, "outcome": each.outcome},
                {"field": each.instrument, "outcome": each.other},
            ],
            "reading": each.reading,
        }
        for each in found
    ]
    return {"contradictions": rows} if rows else {}


def validate(
    session: Session,
    organisation: Organisation,
    full: bool,
    costs: Costs | None = None,
    most: int = MOST_REPAIRS,
) -> Reply:
    """Whether the plan of the file may be, with every violated clause and the smallest repairs."""
    plan = organisation.plan
    if plan is None:
        raise Unusable((Finding("org_no_plan", organisation.place),))
    with naming_missing_costs(session):
        plan_compared = compared(session.tables, "plan", organisation, plan, costs)
        judgement, truth, rests = plan_compared.judgement, plan_compared.truth, plan_compared.rests
        assert judgement is not None
        found = repairs(session.tables, organisation, plan, costs, most) if truth is False else ()
    text = organisation_text(session, organisation)
    against = contradictions(Establishment(session.tables, organisation))
    lines = [*text.contradictions(against), *PlanText(text).validation(judgement, truth, full, rests)]
    lines += [Line(), *money_text(session, organisation).of_plan(plan_compared)]
    if costs is None:
        lines += [Line(session.wording.say("structures.no_costs"), style="note")]
    words = {language: choice_words(session, organisation, language) for language in LANGUAGES}
    if found:
        lines += [Line(), Line(session.wording.say("plan.repairs"), style="heading")]
        for number, repair in enumerate(found, 1):
            changes = list(words[session.wording.language].repaired(repair.differences))
            lines.append(Line(session.wording.say("plan.repair", n=number, changes=changes), 1))
    lines += text.footer(rests, text.permitted)
    documents = [repair_document(repair, words) for repair in found]
    document = documents_of(session, organisation).validation(judgement, truth, documents, rests)
    document |= contradicting(against) | money_of_plan_document(plan_compared)
    relies = {*text.relied(judgement.nodes), *judgement.readings, *(each.reading for each in against)}
    return Reply(tuple(lines), document, STATUS[truth], tuple(sorted(relies)))


def asked_of(session: Session, organisation: Organisation, text: str) -> tuple[str, str] | str:
    """What a question is about: a post with its level, or the class of a municipality; `Unusable` if neither."""
    vocabulary = session.organisation_vocabulary
    if organisation.type == "municipality":
        class_ = vocabulary.resolve("municipal_class", text)
        if class_ is not None:
            return class_
    found = post_named(text, vocabulary)
    if found is None:
        known = tuple(f"{post}.{level}" for post, level in (("deputy", "high"), ("division_head", "mid")))
        raise Unusable((Finding("post_unknown", args={"found": text, "known": known}),))
    return found


def how(session: Session, organisation: Organisation, asked: tuple[str, str] | str, most: int) -> Reply:
    """What would have to change so that a post at a level may be set up, or the municipality be of a class."""
    headed = documents_of(session, organisation).headed("remedies")
    say = session.wording.say
    texts = {language: _remedy_text(session, organisation, language) for language in LANGUAGES}
    if isinstance(asked, str):
        found = remedies_of_class(session.tables, organisation, asked)
        money = money_of_class(session.tables, organisation, asked)
        class_ = session.organisation_vocabulary.name("municipal_class", asked)
        title = say("orghow.title_class", n=len(found.found), **{"class": class_})
        headed["class"] = asked
    else:
        found = remedies(session.tables, organisation, *asked)
        money = money_of_post(session.tables, organisation, *asked)
        title = say(
            "orghow.title",
            n=len(found.found),
            post=organisation_text(session, organisation).post_name(*asked),
        )
        headed |= {"post": asked[0], "level": asked[1]}
    before = [
        steps_before(session.tables, organisation, *asked, each) if isinstance(asked, tuple) else ()
        for each in found.found[:most]
    ]
    least = money.least_changes() if not found.truth and money.paths else ()
    lines = [*texts[session.wording.language].lines(found, title, most, before, bool(least))]
    document = remedies_document(headed, found, texts, most, before)
    if not found.truth and money.paths:
        document["money"] = changes_document(least)
        together = () if least else money.least_together()
        if not least:
            document["money_together"] = together_document(together)
        if least or together or _asks_money(found):
            lines += [Line(), *money_text(session, organisation).least(least)]
            lines += money_text(session, organisation).together(together)
    status = YES if found.truth or found.found or least else NO
    return Reply(tuple(lines), document, status if found.complete else LIMITED)


def _asks_money(found: PostRemedies) -> bool:
    """Whether money is among what would have to change, or may be, since nothing was found."""
    changes = [change for remedy in found.found for change in remedy.changes]
    return not changes or any(change.unit == "baht" for change in changes)


def path(session: Session, organisation: Organisation, asked: tuple[str, str], most: int) -> Reply:
    """The steps to a post at a level, posts that must be there first before it."""
    headed = documents_of(session, organisation).headed("paths") | {"post": asked[0], "level": asked[1]}
    texts = {language: _remedy_text(session, organisation, language) for language in LANGUAGES}
    found = paths(session.tables, organisation, *asked)
    lines = tuple(texts[session.wording.language].paths(found, *asked, most))
    status = (YES if found.found else NO) if found.complete else LIMITED
    return Reply(lines, paths_document(headed, found, texts, most), status)


def _remedy_text(session: Session, organisation: Organisation, language: Language) -> OrganisationRemedyText:
    wording = Wording(language, session.wording.digits)
    vocabulary = session.organisation_vocabulary
    text = OrganisationText(session.organisation_kb, organisation, vocabulary, wording, session.day)
    return OrganisationRemedyText(organisation, text, vocabulary, wording)


def burden(session: Session, organisation: Organisation) -> Reply:
    """The personnel burden, step by step."""
    here = Establishment(session.tables, organisation)
    found = burden_of(here)
    text = organisation_text(session, organisation)
    rests = rests_of_burden(session.tables, organisation, found.reason)
    documents = documents_of(session, organisation)
    document = documents.burden(found) | documents.rests(rests)
    status = STATUS[found.reason.holds]
    lines = [*CalculationText(text).burden(found, rests)]
    every, most = years(here), ceilings(here)
    document |= years_document(every, most)
    relies = text.relied([found.reason])
    if organisation.years:
        relies = tuple(sorted({*relies, *session.organisation_kb.clauses[most.year_clause].relies}))
        lines += [Line(), *money_text(session, organisation).years(every, most)]
    return Reply(tuple(lines), document, status, relies)


def classify(session: Session, organisation: Organisation, class_: str) -> Reply:
    """Whether a municipality may be re-typed."""
    found = classified(Establishment(session.tables, organisation), class_)
    rests = rests_of_class(session.tables, organisation, class_, found.reason)
    text = organisation_text(session, organisation)
    document = documents_of(session, organisation).classification(found, rests)
    status = STATUS[found.reason.holds]
    lines = tuple(CalculationText(text).classification(found, rests))
    return Reply(lines, document, status, text.relied([found.reason]))


def show_organisation(session: Session, organisation: Organisation) -> Reply:
    """The organisation as read."""
    text = organisation_text(session, organisation)
    entry = OrganisationEntry(text, session.organisation_vocabulary, session.wording)
    return Reply(tuple(entry.lines(organisation)), organisation_document(organisation))


def choice_words(
    session: Session, organisation: Organisation, language: Language | None = None
) -> ChoicesText:
    """The words of choices in one language, by default that of the session."""
    wording = Wording(language or session.wording.language, session.wording.digits)
    vocabulary = session.organisation_vocabulary
    text = OrganisationText(session.organisation_kb, organisation, vocabulary, wording, session.day)
    return ChoicesText(text, vocabulary, wording)


@contextmanager
def naming_missing_costs(session: Session) -> Iterator[None]:
    """Say which posts the table of costs lacks, all at once."""
    try:
        yield
    except MissingCost as missing:
        vocabulary = session.organisation_vocabulary
        raise Unusable(
            tuple(
                Finding(
                    "costs_missing",
                    args={
                        "post": vocabulary.name("establishment", post),
                        "level": vocabulary.name("level", level),
                        "key": f"{post}.{level}",
                    },
                )
                for post, level in missing.posts
            )
        ) from None
