"""Answers as JSON documents, as the contract fixes them: ids, ISO dates of the Common Era, both languages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from lgreason.reasoning.cases.counting import Duration
from lgreason.reasoning.persons.explain import Explanation, FactToFind, Node, Relied
from lgreason.reasoning.persons.measure import Entry, Missing
from lgreason.report.wording import Wording
from lgreason.rules.findings import Finding
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.model import Bound, Text

Document = dict[str, Any]
_SINGULAR = {"postings": "posting", "education": "education", "experience": "experience"}


def verdicts(person: str, day: date, found: Mapping[str, str]) -> Document:
    """`lgreason.verdicts/1`: the verdict for each position."""
    return {
        "schema": "lgreason.verdicts/1",
        "person": person,
        "as_of": day.isoformat(),
        "verdicts": [{"position": position, "verdict": verdict} for position, verdict in found.items()],
    }


def explanation(answer: Explanation, kb: KnowledgeBase) -> Document:
    """`lgreason.explanation/1`: the verdict with its whole reason tree."""
    since = answer.eligible_since
    document: Document = {
        "schema": "lgreason.explanation/1",
        "person": answer.person.id,
        "position": answer.position,
        "as_of": answer.day.isoformat(),
        "verdict": answer.verdict,
        "earliest": since.isoformat() if since else None,
        "reason": node_document(answer.reason, kb),
        "deciding": [node.clause.id for node in answer.deciding],
        "alternatives": [node.clause.id for node in answer.alternatives],
        "questions": [_question(question) for question in answer.questions],
        "readings": [_relied(relied) for relied in answer.readings],
        "gaps": [
            {"competency": gap.key, "required": gap.required, "assessed": gap.assessed} for gap in answer.gaps
        ],
        "caveats": [],
    }
    looked = {
        (node.clause.id, found): {
            "clause": node.clause.id,
            "because": found.why,
            **entry_document(found.entry),
        }
        for node in answer.reason.walk()
        for found in answer.looked_at(node)
    }
    if looked:
        document["looked_at"] = list(looked.values())
    if answer.completed_first:
        document["earliest_by"] = earliest_by(answer, kb)
    if answer.until is not None:
        document["until"] = answer.until.isoformat()
    if in_force := answer.not_yet_in_force or answer.since_before_force:
        document["in_force_from"] = in_force.isoformat()
    return document


def earliest_by(answer: Explanation, kb: KnowledgeBase) -> list[Document]:
    """What came to be complete on the first day of eligibility: clauses as they stand on that day, without parts."""
    of = ("clause", "text", "cite", "required", "required_if_excepted", "measured", "facts")
    told = [node_document(node, kb) for node in answer.completed_first]
    return [{key: each[key] for key in of if key in each} for each in told]


def node_document(node: Node, kb: KnowledgeBase) -> Document:
    """A clause in the reason tree, with all below it."""
    clause = node.clause
    document: Document = {
        "clause": clause.id,
        "holds": node.holds,
        "op": clause.op,
        "text": _text(clause.gloss),
        "cite": {
            "document": kb.names["document", clause.document].th,
            "place": clause.place.th,
            "quote": clause.quote,
        },
        "status": clause.status,
    }
    if clause.relies:
        document["reading"] = kb.foremost(clause.relies)
        document["readings"] = list(clause.relies)
    if node.defeats:
        document["role"] = "exception"
    if node.bound is not None and node.measurement is not None:
        measured = node.measurement
        if clause.expression is not None:
            return document | _of_facts(node, kb)
        document["required"] = _required(node.bound)
        if node.otherwise is not None:
            document["required_if_excepted"] = _required(node.otherwise)
        document["measured"] = amount_document(measured.low)
        if measured.high != measured.low:
            document["measured_at_most"] = None if measured.high is None else amount_document(measured.high)
        if node.shortfall is not None:
            document["shortfall"] = amount_document(node.shortfall)
        if measured.lapsed:
            document["lapsed"] = True
        document["facts"] = [entry_document(entry) for entry in measured.entries]
        if measured.maybe:
            document["maybe"] = [entry_document(entry) for entry in measured.maybe]
        if measured.missing:
            document["missing"] = [missing_document(fact) for fact in measured.missing]
    if node.children:
        document["children"] = [node_document(child, kb) for child in node.children]
    return document


def _of_facts(node: Node, kb: KnowledgeBase) -> Document:
    """What a clause that measures declared facts required and found, and the entries that it asked."""
    from lgreason.report.documents.facts import entries_document, measured_document, required_document

    measured = cast("Any", node.measurement)
    assert node.bound is not None
    document: Document = {"required": required_document(node.bound)}
    if node.otherwise is not None:
        document["required_if_excepted"] = required_document(node.otherwise)
    document |= measured_document(measured, node.bound)
    if node.shortfall:
        document["shortfall"] = amount_document(node.shortfall)
    document["facts"] = [entry_document(entry) for entry in measured.entries]
    if measured.maybe:
        document["maybe"] = [entry_document(entry) for entry in measured.maybe]
    if measured.missing:
        document["missing"] = [missing_document(fact) for fact in measured.missing]
    if asked := entries_document(measured, lambda below: node_document(below, kb)):
        document["entries"] = asked
    if node.children:
        document["children"] = [node_document(child, kb) for child in node.children]
    return document


def _required(bound: Bound) -> Document:
    return {bound.unit: bound.value}


def amount_document(amount: Duration | int) -> Document:
    """A measured amount."""
    return {"count": amount} if isinstance(amount, int) else amount._asdict()


def entry_document(entry: Entry) -> Document:
    """A pointer to an entry of the file, counted from 1."""
    return {_SINGULAR.get(entry.list, entry.list): entry.number}


def missing_document(fact: Missing) -> Document:
    """A fact that the file does not give."""
    if fact.span is not None:
        first, last = (day.isoformat() for day in fact.span)
        return {"list": fact.list, "from": first, "to": last, "key": fact.key}
    if fact.number is None:
        return {"list": fact.list} if fact.key is None else {"list": fact.list, "key": fact.key}
    return {_SINGULAR.get(fact.list, fact.list): fact.number, "key": fact.key}


def _question(question: FactToFind) -> Document:
    return {
        "missing": missing_document(question.fact),
        "clauses": [clause.id for clause in question.clauses],
        "settles": question.settles,
    }


def _relied(relied: Relied) -> Document:
    days = dict(relied.days)
    return {
        "reading": relied.reading.id,
        "chosen": relied.reading.chosen,
        "text": _text(relied.reading.text),
        "otherwise": [
            {"choice": choice, "verdict": verdict}
            | ({"earliest": day.isoformat() if (day := days[choice]) else None} if choice in days else {})
            for choice, verdict in relied.otherwise
        ],
    }


def _text(text: Text) -> Document:
    return {"th": text.th, "en": text.en}


def _fix(finding: Finding) -> Document:
    edits = [{"from": list(e.start), "to": list(e.end), "text": e.text} for e in finding.edits]
    return {"safe": finding.safe, "edits": edits}


def findings(found: tuple[Finding, ...]) -> Document:
    """`lgreason.findings/1`: findings with their places and words in both languages."""
    thai, english = Wording("th"), Wording("en")
    return {
        "schema": "lgreason.findings/1",
        "findings": [
            {
                "code": finding.code,
                "severity": finding.severity,
                "file": finding.place.file if finding.place else None,
                "line": finding.place.line if finding.place else None,
                "column": finding.place.column if finding.place else None,
                "field": finding.place.field if finding.place else None,
                "message": {"th": thai.finding(finding), "en": english.finding(finding)},
                "suggestion": finding.suggestion,
                **({"fix": _fix(finding)} if finding.edits else {}),
            }
            for finding in found
        ],
    }
