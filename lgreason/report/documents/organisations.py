"""Answers about organisations as JSON documents, as the contract fixes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from lgreason.files.organisation.organisation import Organisation
from lgreason.reasoning.cases.verdict import permission_of
from lgreason.reasoning.organisations.burden import Burden
from lgreason.reasoning.organisations.circumstances import Ascertained, limit
from lgreason.reasoning.organisations.establishment import Judged, Node, PostVerdict
from lgreason.reasoning.organisations.plans import Lost, NumberOf, PlanJudgement, PlannedPost
from lgreason.reasoning.organisations.quantities import Quantity
from lgreason.reasoning.organisations.resting import Rests
from lgreason.reasoning.organisations.retyping import Classification
from lgreason.report.text.amounts import bound_document, fraction, percent, short_percent, value_document
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.terms import Fn, number

Document = dict[str, Any]
RECRUITMENT = Fn("recruitment")
"""The procedure of the knowledge base for those whose posts change (slide 26)."""


class OrganisationDocuments:
    """Writes answers about one organisation on one day."""

    def __init__(
        self,
        kb: KnowledgeBase,
        organisation: Organisation,
        day: date,
        idle: frozenset[str] = frozenset(),
    ) -> None:
        """Take the knowledge base to cite, the organisation, the day, and readings that bear on nothing here."""
        self._idle = idle
        self._kb = kb
        self._organisation = organisation
        self._day = day

    def headed(self, schema: str) -> Document:
        """What every document begins with."""
        return {
            "schema": f"lgreason.{schema}/1",
            "organisation": self._organisation.id,
            "as_of": self._day.isoformat(),
        }

    # ── the reason tree ─────────────────────────────────────────────────────────────────────────

    def node(self, node: Node) -> Document:
        """A clause in the reason tree, with all below it."""
        clause = node.clause
        document: Document = {
            "clause": clause.id,
            "holds": node.holds,
            "op": clause.op,
            "text": {"th": clause.gloss.th, "en": clause.gloss.en},
            "cite": {
                "document": self._kb.names["document", clause.document].th,
                "place": clause.place.th,
                "quote": clause.quote,
            },
            "status": clause.status,
        }
        if clause.relies:
            document["reading"] = clause.relies[0]
            document["readings"] = list(clause.relies)
        if node.bound is not None and node.measurement is not None:
            document |= self._measured(node.measurement, node)
        if node.children:
            document["children"] = [self.node(child) for child in node.children]
        return document

    def _measured(self, finding: Ascertained, node: Node) -> Document:
        assert node.bound is not None
        document: Document = {"required": bound_document(node.bound, finding)}
        if node.clause.expression is not None:
            from lgreason.report.documents.facts import finding_document

            document = finding_document(finding, node.bound)
        elif finding.value is None:
            document["measured"] = {finding.unit: finding.said}
        else:
            beside = limit(node.bound, finding.unit)
            document["measured"] = value_document(finding.value.low, finding.unit, beside)
            if finding.value.high != finding.value.low:
                high = finding.value.high
                most = None if high is None else value_document(high, finding.unit, beside)
                document["measured_at_most"] = most
            if node.holds is False and node.shortfall is not None:
                document["shortfall"] = value_document(node.shortfall, finding.unit, Fraction(0))
        document["facts"] = [{"field": path} for path in finding.entries]
        if finding.missing:
            document["missing"] = [{"field": path} for path in finding.missing]
        return document

    def caveats(self, clauses: Iterable[str]) -> list[Document]:
        """Clauses that bear on an answer but are lost or not in the source."""
        return [self._caveat(identity) for identity in sorted({*clauses})]

    def rests(self, rests: Rests) -> Document:
        """What a verdict rests on: the other readings that change it, and what is lost or not in the source."""
        turns = [
            {"reading": turn.reading, "choice": turn.choice, "verdict": permission_of(turn.truth)}
            for turn in rests.turns
        ]
        return {"rests_on": turns, "caveats": self.caveats(rests.unstated)}

    def _caveat(self, identity: str) -> Document:
        clause = self._kb.clauses[identity]
        return {"clause": identity, "text": {"th": clause.gloss.th, "en": clause.gloss.en}}

    def _readings(self, nodes: Iterable[Node]) -> list[str]:
        return sorted(
            {r for node in nodes for below in node.walk() for r in below.clause.relies} - self._idle
        )

    # ── posts ───────────────────────────────────────────────────────────────────────────────────

    def posts(self, verdicts: Iterable[PostVerdict], rests: Mapping[tuple[str, str], Rests]) -> Document:
        """`lgreason.posts/1`; `rests` tells what the verdict on each post and level rests on."""
        return self.headed("posts") | {
            "posts": [
                self._post(each) | {"rests_on": self.rests(rests[each.post, each.level])["rests_on"]}
                for each in verdicts
            ],
            "caveats": self.caveats(clause for of in rests.values() for clause in of.unstated),
        }

    def _post(self, verdict: PostVerdict) -> Document:
        document: Document = {
            "post": verdict.post,
            "level": verdict.level,
            "verdict": verdict.verdict,
            "max": verdict.most,
            "today": verdict.today,
            "reason": self.node(verdict.best.reason),
        }
        if verdict.most_clause is not None:
            document["max_clause"] = verdict.most_clause
        if verdict.best.also:
            document["also"] = [self.node(node) for node in verdict.best.also]
        document["readings"] = self._readings(verdict.best.nodes)
        candidates = [self._candidate(judged) for judged in verdict.candidates]
        if candidates != [{}]:
            document["candidates"] = candidates
        return document

    def _candidate(self, judged: Judged) -> Document:
        subject = judged.subject
        document: Document = {}
        if subject.unit is not None:
            document = {"unit": subject.unit.id}
        elif subject.deputy is not None:
            document = {"deputy": subject.deputy.number}
        return document and document | {"verdict": permission_of(judged.truth)}

    # ── a plan ──────────────────────────────────────────────────────────────────────────────────

    def violations(self, judgement: PlanJudgement) -> Iterator[Document]:
        """Every violated clause: of each refused post the clause that opens it and the conditions that fail."""
        for each in judgement.numbers:
            if each.reason.holds is False:
                yield self._violation(each.reason, _of_number(each))
        for post in judgement.posts:
            if post.truth is False and post.judged is not None:
                for root in post.judged.nodes:
                    if root.holds is False:
                        yield self._violation(root, of_post(post))
                        for node in root.walk():
                            if node is not root and node.is_leaf and node.holds is False:
                                yield self._violation(node, of_post(post) | {"under": root.clause.id})

    def _violation(self, node: Node, of: Document) -> Document:
        text = {"th": node.clause.gloss.th, "en": node.clause.gloss.en}
        within = [each for each in _above(node.clause.id) if each in self._kb.clauses]
        named = {"within": within} if within else {}
        return {"clause": node.clause.id, **named, **of, "text": text, "reason": self.node(node)}

    def planned(self, post: PlannedPost) -> Document:
        """A post of a plan, with what becomes of it."""
        document = of_post(post) | {"change": post.change, "verdict": permission_of(post.truth)}
        standing = {"standing": post.standing} if post.change == "new" and post.standing else {}
        return document | ({"was": post.was} if post.was else {}) | standing

    def validation(
        self, judgement: PlanJudgement, truth: bool | None, repairs: list[Document], rests: Rests
    ) -> Document:
        """`lgreason.validation/1`."""
        return self.headed("validation") | {
            "verdict": permission_of(truth),
            "lost": [self.lost(lost) for lost in judgement.lost],
            "violations": list(self.violations(judgement)),
            "posts": [self.planned(post) for post in judgement.posts],
            "open": [
                self._violation(node, of_post(post))
                for post in judgement.posts
                if post.truth is None and post.judged is not None
                for root in post.judged.nodes
                for node in root.walk()
                if node.is_leaf and node.holds is None
            ],
            "repairs": repairs,
            "readings": sorted({*self._readings(judgement.nodes), *judgement.readings}),
            **self.rests(rests),
            "procedure": self.procedure(judgement.lost),
        }

    def lost(self, lost: Lost) -> Document:
        """A post of today that a plan gives up, lowers, or leaves without its holder."""
        document: Document = {
            "post": lost.post,
            "level": lost.level,
            "fate": lost.fate,
            "filled": lost.filled,
        }
        document |= {"unit": lost.unit} if lost.unit else {}
        document |= {"to": lost.to} if lost.to else {}
        return document | ({"number": lost.number} if lost.number > 1 else {})

    def procedure(self, lost: Iterable[Lost]) -> list[Document]:
        """What is to be done for those whose posts are given up, lowered or raised; nothing where nobody sits."""
        if not any(each.filled for each in lost):
            return []
        steps = sorted(
            (number(n), str(clause)) for of, n, clause in self._kb.rows("step") if of == RECRUITMENT
        )
        return [self._caveat(clause) for _, clause in steps]

    # ── classification ──────────────────────────────────────────────────────────────────────────

    def classification(self, found: Classification, rests: Rests) -> Document:
        """`lgreason.explanation/1` of a re-typing."""
        return {
            "schema": "lgreason.explanation/1",
            "organisation": self._organisation.id,
            "class": found.class_,
            "as_of": self._day.isoformat(),
            "verdict": found.verdict,
            "reason": self.node(found.reason),
            "readings": self._readings([found.reason]),
            **self.rests(rests),
        }

    # ── the burden ──────────────────────────────────────────────────────────────────────────────

    def burden(self, found: Burden) -> Document:
        """`lgreason.burden/1`: both years, the mean, and every step with its fields and clauses."""
        document = self.headed("burden")
        for year, share in (("previous", found.previous), ("requested", found.requested)):
            amount, exact = share.terms[0].quantity, share.value.exact
            document[year] = {"amount": _value(amount), "percent": _value(share)}
            if exact is None:
                document[year]["percent_at_least"] = percent(share.value.low)
        mean, bound = found.mean.value, found.reason.bound
        assert bound is not None
        exact = mean.exact
        if exact is None:
            document["mean_at_least"] = percent(mean.low)
        return document | {
            "mean": None if exact is None else short_percent(exact, Fraction(bound.value)),
            "mean_exact": None if exact is None else fraction(exact),
            "exact": None if exact is None else fraction(exact),
            "limit": bound.value,
            "within": found.reason.holds,
            "reason": self.node(found.reason),
            "steps": [self._step(step) for step in found.mean.steps()],
        }

    def _step(self, step: Quantity) -> Document:
        return {
            "quantity": step.id,
            "operation": step.operation,
            "unit": step.unit,
            "value": _value(step),
            "terms": [
                {
                    "of": term.quantity.id,
                    "sign": term.sign,
                    "value": _value(term.quantity),
                    "clause": term.clause,
                }
                for term in step.terms
            ],
        }


def _value(quantity: Quantity) -> str | int | None:
    exact = quantity.value.exact
    if exact is None:
        return None
    return percent(exact) if quantity.unit == "percent" else int(exact)


def of_post(post: PlannedPost) -> Document:
    """Which post of a plan is meant."""
    document: Document = {"post": post.post, "level": post.level}
    if post.unit is not None:
        document["unit"] = post.unit
    if post.post == "deputy":
        document["deputy"] = post.number
    elif post.number > 1 or post.post in ("section_head", "part_head"):
        document["number"] = post.number
    return document


def _above(clause: str) -> Iterator[str]:
    """The clauses of which a clause is a finer part, by their ids, the nearest first."""
    while "." in clause:
        clause = clause.rpartition(".")[0]
        yield clause


def _of_number(of: NumberOf) -> Document:
    return {} if of.unit is None else {"unit": of.unit}
