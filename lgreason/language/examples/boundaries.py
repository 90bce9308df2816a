"""The boundaries of a rule as examples ready to keep in a rule file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lgreason.answers.session import Session
from lgreason.language.lexicon.lexicon import RuleLexicon
from lgreason.language.statements.records import Example
from lgreason.language.writing.files import StatementWriter
from lgreason.reasoning.rulesets.boundary import Boundaries
from lgreason.reasoning.rulesets.organisation_boundary import OrganisationBoundaries
from lgreason.reasoning.rulesets.posts import OrganisationRules
from lgreason.reasoning.rulesets.realise import Document
from lgreason.reasoning.rulesets.sides import Side
from lgreason.report.documents.person_file import file_yaml
from lgreason.rules.findings import Finding, Unusable
from lgreason.rules.model import Clause


@dataclass(frozen=True, slots=True)
class Written:
    """The examples on either side of a condition; no text where no two files were found that it tells apart."""

    clause: str
    position: str
    inside: str | None
    outside: str | None


def boundary_examples(session: Session, clause: Clause) -> Iterator[Written]:
    """For every condition below a clause the examples on either side; `Unusable` if it is none."""
    kb, judge = session.kb, session.judges.judge
    if session.tables.kb.clauses.get(clause.id) is not None and clause.id not in judge.kb.clauses:
        yield from _of_organisations(session, clause)
        return
    positions = [post for post, root in kb.posts.items() if clause.id in judge.clauses_under(root)]
    if not positions:
        raise Unusable((Finding("examples_no_condition", args={"id": clause.id}),))
    position = next((post for post in positions if kb.posts[post] == clause.id), positions[0])
    side = Side(kb, session.day)
    writer = StatementWriter(RuleLexicon(kb.whole))
    for found in Boundaries(side, position).below(clause.id):
        texts = [
            _text(session, writer, position, found.clause, document, verdict)
            for document, verdict in ((found.inside, "eligible"), (found.outside, "ineligible"))
        ]
        yield Written(found.clause, position, *texts)


def _text(
    session: Session,
    writer: StatementWriter,
    position: str,
    clause: str,
    document: Document | None,
    verdict: str,
) -> str | None:
    if document is None:
        return None
    way = "inside" if verdict == "eligible" else "outside"
    title = session.wording.say(f"diff.example_{way}", clause=clause)
    file = file_yaml({key: value for key, value in document.items() if key != "kind"})
    language = session.wording.language
    example = Example(
        title, language, (0, 0), {}, person=file, position=position, as_of=session.day, verdict=verdict
    )
    return writer.example(example, language)


def _of_organisations(session: Session, clause: Clause) -> Iterator[Written]:
    """The same for conditions of organisations; each file outside names the condition that it fails by."""
    writer = StatementWriter(RuleLexicon(session.kb.whole))
    rules = OrganisationRules(session.tables.kb, session.day)
    found = list(OrganisationBoundaries(rules).below(clause.id))
    if not found:
        raise Unusable((Finding("examples_no_condition", args={"id": clause.id}),))
    for each in found:
        asked = each.asked
        post = f"{asked.post}.{asked.level}" if asked.post else None
        texts: list[str | None] = []
        for way, document in (("inside", each.inside), ("outside", each.outside)):
            if document is None:
                texts.append(None)
                continue
            verdicts = (
                ("allowed", "forbidden") if asked.post or not asked.level else ("eligible", "ineligible")
            )
            example = Example(
                session.wording.say(f"diff.example_{way}", clause=each.clause),
                session.wording.language,
                (0, 0),
                {},
                organisation=file_yaml({key: value for key, value in document.items() if key != "kind"}),
                post=post,
                class_=asked.level if asked.level and not asked.post else None,
                as_of=session.day,
                verdict=verdicts[way == "outside"],
                because=each.clause if way == "outside" else None,
            )
            texts.append(writer.example(example, session.wording.language))
        yield Written(each.clause, post or asked.level or "plan", *texts)
