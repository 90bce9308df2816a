"""Answers about organisations as text: what a planner reads, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from lgreason.files.organisation.organisation import FULL_JOB_VALUE, LEVELS, Organisation
from lgreason.reasoning.cases.verdict import permission_of
from lgreason.reasoning.organisations.burden import Burden
from lgreason.reasoning.organisations.circumstances import Finding, limit, where
from lgreason.reasoning.organisations.contradictions import Contradiction
from lgreason.reasoning.organisations.establishment import Judged, Node, PostVerdict
from lgreason.reasoning.organisations.plans import Lost, PlanJudgement, PlannedPost
from lgreason.reasoning.organisations.quantities import FULL_SCORE, Quantity, Term
from lgreason.reasoning.organisations.retyping import Classification
from lgreason.report.line import Line
from lgreason.report.text.amounts import bound_words, decimals_of, short_words, value_words
from lgreason.report.text.explanation import MARKS, STYLES
from lgreason.report.wording import Wording
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.model import Bound, Clause
from lgreason.rules.terms import Truth, constant
from lgreason.words.vocabulary import Vocabulary

if TYPE_CHECKING:
    from lgreason.report.text.organisation_facts import OrganisationFactText

_ENTRY = re.compile(
    r"(?P<list>posts\.clerk|(?:posts|plan)\.deputies|units)(?:\[(?P<number>\d+)\])?(?P<key>(?:\.\w+)*)"
)
_CATEGORIES = {
    **{"status": "municipal_status", "unit_kind": "unit_kind", "outcome": "outcome"},
    **{"former_size": "sao_size", "class": "municipal_class"},
}
_WHOLE = {"percent": (FULL_SCORE,), "points": (FULL_JOB_VALUE,)}
"""What lies between nothing and all of it is not known at all."""
NO_DECIMALS: Mapping[str, int] = {}
VERDICT_STYLES = {"allowed": "eligible", "forbidden": "ineligible", "undetermined": "undetermined"}


class OrganisationText:
    """Writes answers about one organisation in one language."""

    def __init__(
        self,
        kb: KnowledgeBase,
        organisation: Organisation,
        vocabulary: Vocabulary,
        wording: Wording,
        day: date,
        idle: frozenset[str] = frozenset(),
    ) -> None:
        """Take what the answers are about, the words to write them in, and readings that bear on nothing here."""
        self._idle = idle
        self._kb = kb
        self._organisation = organisation
        self._vocabulary = vocabulary
        self._wording = wording
        self._say = wording.say
        self._day = day

    @cached_property
    def facts(self) -> OrganisationFactText:
        """The words for declared facts; imported only where some are spoken of."""
        from lgreason.report.text.organisation_facts import OrganisationFactText

        return OrganisationFactText(self._vocabulary, self._wording)

    # ── headings ────────────────────────────────────────────────────────────────────────────────

    def title(self) -> Iterator[Line]:
        """Which organisation, of what kind, on what day."""
        organisation = self._organisation
        yield Line(organisation.name, style="title")
        kind = self._name("organisation_type", organisation.type)
        if organisation.kind is not None:
            kind = self._say("org.of_kind", type=kind, kind=self.kind_name(organisation.kind))
        yield Line(self._say("org.asked", kind=kind, day=self._day))

    def kind_name(self, kind: str) -> str:
        """One of the kinds by which this type of organisation is divided."""
        return self._name(self._kb.kinds.category(self._organisation.type), kind)

    def _name(self, category: str, identity: str) -> str:
        return self._vocabulary.name(category, identity).into(self._wording.language)

    def post_name(self, post: str, level: str) -> str:
        """A post with its level, as this type of organisation calls it."""
        return self._say("org.post", post=self.post(post), level=self._name("level", level))

    def post(self, post: str) -> str:
        """A post, as this type of organisation calls it."""
        called = {
            constant(language): str(text)
            for type_, establishment, language, text in self._kb.rows("called")
            if constant(type_) == self._organisation.type and establishment == post
        }
        return called.get(self._wording.language) or self._name("establishment", post)

    # ── a condition ─────────────────────────────────────────────────────────────────────────────

    def conditions(self, nodes: Iterable[Node], truths: tuple[Truth, ...], indent: int) -> Iterator[Line]:
        """The conditions below some clauses that came to one of the truths, each once, with the clause."""
        found: dict[str, Node] = {}
        for root in nodes:
            for node in _leaves(root, truths):
                found.setdefault(node.clause.id, node)
        for node in found.values():
            yield from self.condition(node, indent)

    def condition(self, node: Node, indent: int) -> Iterator[Line]:
        """One condition: what was required, measured and short, and the clause."""
        text = node.clause.subject or node.clause.gloss
        yield Line(self._say("org.condition", mark=MARKS[node.holds], text=text), indent, STYLES[node.holds])
        yield Line(self.comparison(node), indent + 1)
        if node.holds is None and node.measurement is not None:
            for path in node.measurement.missing:
                yield Line(self._say("org.not_known", field=self.field(path)), indent + 1)
        yield Line(self.quoted(node.clause), indent + 1, "quote")

    def comparison(self, node: Node) -> str:
        """What was required, measured and short, in one line."""
        bound, finding = node.bound, node.measurement
        assert bound is not None and finding is not None
        if node.clause.expression is not None:
            return self.facts.comparison(node)
        if finding.value is None:
            what = node.clause.measures or finding.unit
            said = self._said(finding.unit if bound.relation == "passed" else what, finding.said)
            if bound.relation == "passed":
                return self._say("org.outcome", outcome=said)
            accepts = self._wording.either(self._said(what, each) for each in finding.accepts)
            return self._say("org.one_of" if accepts else "org.none_of", accepts=accepts, said=said)
        beside = limit(bound, finding.unit)
        demand = self._demand(bound, finding)
        low, high = finding.value
        measured = self._set(value_words(low, finding.unit, self._wording, beside))
        if node.holds is None:
            if not low and high in (None, *_WHOLE.get(finding.unit, ())):
                return self._say("org.open_nothing", demand=demand)
            key = "org.open_unlimited" if high is None else "org.open"
            most = "" if high is None else self._set(value_words(high, finding.unit, self._wording, beside))
            return self._say(f"{key}_{bound.relation}", demand=demand, measured=measured, most=most)
        own = "org.found_planned" if finding.entries == ("plan",) else f"org.found_{finding.unit}"
        found = self._say(own if self._wording.has(own) else "org.found", measured=measured)
        if node.holds:
            return self._say(f"org.met_{bound.relation}", demand=demand, found=found)
        short = self._set(short_words(finding, bound, self._wording))
        if low == high:
            return self._say(f"org.short_{bound.relation}", demand=demand, found=found, short=short)
        if bound.relation == "at_most":
            return self._say("org.at_most_surely_over", demand=demand, measured=measured, short=short)
        most = self._set(value_words(high or low, finding.unit, self._wording, beside))
        return self._say(f"org.{bound.relation}_surely_short", demand=demand, measured=most, short=short)

    def _demand(self, bound: Bound, finding: Finding) -> str:
        """What is required, in words."""
        if bound.relation == "at_most" and bound.value == 0:
            return self._say("org.demand_none")
        required = bound_words(bound, self._wording)
        if finding.unit == "points":
            points = value_words(limit(bound, finding.unit), "points", self._wording)
            required = self._say("org.points", required=required, points=points)
        return self._say(f"org.demand_{bound.relation}", required=self._set(required))

    def _set(self, amount: str) -> str:
        """An amount as it stands after a word: a number is set off, words that belong together are not."""
        return self._say("org.number", amount=amount) if amount[:1].isdigit() else amount

    def _said(self, what: str, said: str | None) -> str:
        if said is None:
            return self._say("value.null")
        return self._name(_CATEGORIES.get(what, "level"), said)

    def quoted(self, clause: Clause) -> str:
        """Where a clause stands, and its words."""
        if clause.quote is None:
            return self._say("org.no_quote", place=clause.place)
        return self._say("why.quoted", place=clause.place, quote=clause.quote, gloss=clause.gloss)

    def field(self, path: str) -> str:
        """An entry of the file in words, with its path."""
        return self._say("org.field", name=self.about(path), path=path)

    def about(self, path: str) -> str:
        """What an entry of the file, or a quantity, is about, in words."""
        key = path.removeprefix("fiscal.").removeprefix("scores.")
        if any((category, key) in self._kb.names for category in ("quantity", "amount")):
            return self.amount_name(key)
        if key.startswith("efficiency."):
            return self.amount_name(key)
        if path.startswith("instruments."):
            return self._name("instrument", path.partition(".")[2])
        match = _ENTRY.fullmatch(path)
        if match is None:
            own = self._say(f"field.{key}") if self._wording.has(f"field.{key}") else None
            return own or self.facts.place(path) or path
        whose = self._whose(match["list"], match["number"])
        what = match["key"].removeprefix(".")
        if not what:
            return whose
        name = what.partition(".")[0] if what.startswith(("job_value.", "section_job_value.")) else what
        factor = what.partition(".")[2] if name != what else ""
        words = self._say(f"field.{name.replace('.', '_')}", whose=whose)
        return (
            self._say("field.factor", name=words, factor=self._name("job_factor", factor))
            if factor
            else words
        )

    def _whose(self, list_: str, number: str | None) -> str:
        if list_ == "posts.clerk":
            return self.post("clerk")
        if list_ == "units":
            units = self._organisation.units or ()
            return units[int(number) - 1].name if number else self._say("field.units")
        return self._say(
            "field.deputy" if number else "field.deputies", post=self.post("deputy"), n=number or ""
        )

    # ── posts ───────────────────────────────────────────────────────────────────────────────────

    def posts(self, verdicts: Iterable[PostVerdict], full: bool) -> Iterator[Line]:
        """Every post and level, with how many, and for a "no" the conditions that fail."""
        yield from self.title()
        found = list(verdicts)
        for post, rows in groupby(found, key=lambda verdict: verdict.post):
            yield Line()
            yield Line(self.post(post), style="heading")
            of_post = list(rows)
            refused = [] if full else [row for row in of_post if _not_printed(row)]
            for row in sorted(of_post, key=lambda row: row in refused):
                if row not in refused:
                    yield from self._row(row, full)
            if refused:
                levels = self._wording.listed(self._name("level", row.level) for row in refused)
                clause = refused[0].best.reason.clause
                key = "posts.not_printed_any" if len(refused) == len(LEVELS) else "posts.not_printed"
                yield Line(self._say(key, levels=levels, place=clause.place), 1, "note")
        yield from self.footer(node for row in found for node in row.best.nodes)

    def _row(self, row: PostVerdict, full: bool, below: bool = True) -> Iterator[Line]:
        number = self._say("posts.no_number") if row.most is None else self._say("posts.most", n=row.most)
        words = self._say(
            "posts.row",
            mark=MARKS[row.truth],
            level=self._name("level", row.level),
            verdict=self._say(f"posts.{row.verdict}"),
            number=number if row.truth is not False else "",
        ).rstrip()
        yield Line(words, 1, VERDICT_STYLES[row.verdict])
        if of := self._of(row.best):
            yield Line(of, 2)
        if not below:
            return
        truths: tuple[Truth, ...] = (True, False, None) if full else (False, None)
        if row.truth is not True or full:
            yield from self.conditions(row.best.nodes, truths, 2)
        if row.truth is False and not self._wording.conversing:
            yield Line(self._say("posts.how", asked=f"{row.post}.{row.level}"), 2, "note")

    def reasons(self, verdict: PostVerdict) -> Iterator[Line]:
        """The reason trees of one post at one level, and the number that it may have."""
        yield from self.title()
        yield Line()
        yield Line(self.post_name(verdict.post, verdict.level), style="heading")
        yield from self._row(verdict, full=False, below=False)
        for node in verdict.best.nodes:
            yield from self.tree(node, 2)
        yield from self.footer(verdict.best.nodes)

    def _of(self, judged: Judged) -> str:
        subject = judged.subject
        if subject.unit is not None:
            return self._say("posts.of_unit", unit=subject.unit.name)
        if subject.deputy is not None:
            return self._say("posts.of_deputy", n=subject.deputy.number)
        return ""

    # ── a plan ──────────────────────────────────────────────────────────────────────────────────

    def validation(self, judgement: PlanJudgement, truth: Truth, full: bool) -> Iterator[Line]:
        """The verdict on a plan, every post of it, and every violated clause."""
        yield from self.title()
        yield Line()
        verdict = permission_of(truth)
        yield Line(self._verdict(f"plan.{verdict}", judgement), style=VERDICT_STYLES[verdict])
        yield from self._lost(judgement.lost)
        yield Line()
        yield Line(self._say("plan.posts"), style="heading")
        for post in judgement.posts:
            yield Line(self.planned(post), 1, STYLES[post.truth])
            if post.judged is not None and (full or post.truth is not True):
                truths: tuple[Truth, ...] = (True, False, None) if full else (False, None)
                yield from self.conditions(post.judged.nodes, truths, 2)
        refused = [number for number in judgement.numbers if full or number.reason.holds is not True]
        if refused:
            yield Line()
            yield Line(self._say("plan.numbers"), style="heading")
            for number in refused:
                if number.unit is not None:
                    yield Line(self._say("posts.of_unit", unit=self.unit(number.unit)), 1)
                yield from self.condition(number.reason, 1)

    def _verdict(self, key: str, judgement: PlanJudgement) -> str:
        nodes = [node for post in judgement.posts if post.judged for node in post.judged.nodes]
        return self.verdict(self._say(key), nodes)

    def verdict(self, words: str, nodes: Iterable[Node]) -> str:
        """A verdict, with the readings of words that the copy lost and that had to be put in, if it rests on any."""
        lost = {str(identity) for (identity,) in self._kb.rows("reconstructs")}
        found = [each for each in self.relied(nodes) if each in lost]
        if not found:
            return words
        return self._say("org.reconstructed", verdict=words, ids=self._say("list.comma").join(found))

    def _lost(self, lost: Sequence[Lost]) -> Iterator[Line]:
        """What of today is given up, lowered or left vacant, and what is to be done for those who sit there."""
        if not lost:
            return
        yield Line()
        yield Line(self._say("plan.lost"), style="heading")
        for each in lost:
            words = self.post_name(each.post, each.level)
            if each.number > 1:
                words = self._say("plan.several", post=words, n=each.number)
            if each.unit is not None:
                words = self._say("plan.in_unit", post=words, unit=self.unit(each.unit))
            to = self._name("level", each.to) if each.to else ""
            told = self._say(f"plan.lost_{each.fate}", post=words, to=to)
            if each.filled:
                told = self._say("plan.lost_filled", lost=told)
            yield Line(told, 1, "bad" if each.filled else "note")
        if any(each.filled for each in lost):
            yield from self.recruitment()

    def recruitment(self) -> Iterator[Line]:
        """What is to be done for those whose posts change, step by step (slide 26)."""
        recruitment = [row for row in self._kb.rows("step") if constant(row[0]) == "recruitment"]
        yield Line(self._say("plan.holders"), 1)
        for _, _, clause in sorted(recruitment, key=lambda row: str(row[1])):
            step = self._kb.clauses[str(clause)]
            yield Line(self._say("plan.step", place=step.place, text=step.gloss), 2, "note")

    def planned(self, post: PlannedPost) -> str:
        """A post of a structure, with what is changed."""
        words = self.post_name(post.post, post.level)
        if post.post == "deputy":
            words = self._say("plan.deputy", post=words, n=post.number)
        elif post.post in ("section_head", "part_head"):
            words = self._say("plan.several", post=words, n=post.number)
        if post.unit is not None:
            words = self._say("plan.in_unit", post=words, unit=self.unit(post.unit))
        was = self._name("level", post.was) if post.was else ""
        change = self._say(f"plan.change_{post.change}", was=was)
        return self._say("plan.post", mark=MARKS[post.truth], post=words, change=change)

    def unit(self, identity: str) -> str:
        """The name of a unit."""
        unit = self._organisation.unit(identity)
        return unit.name if unit else identity

    # ── re-typing ───────────────────────────────────────────────────────────────────────────────

    def classification(self, found: Classification) -> Iterator[Line]:
        """The verdict on re-typing, and every criterion step by step."""
        yield from self.title()
        class_ = self._name("municipal_class", found.class_)
        yield Line()
        words = self.verdict(self._say(f"classify.{found.verdict}", **{"class": class_}), [found.reason])
        yield Line(words, style=found.verdict)
        yield Line()
        yield from self.tree(found.reason, 0)
        yield from self.footer([found.reason])

    def tree(self, node: Node, indent: int) -> Iterator[Line]:
        """A reason tree: every clause, with what was required and measured and how that was calculated."""
        if node.is_leaf:
            yield from self.condition(node, indent)
            quantity = node.measurement.quantity if node.measurement else None
            if quantity is not None and quantity.terms:
                beside = None if node.bound is None else limit(node.bound, quantity.unit)
                decimals = decimals_of(quantity, beside)
                for step in filter(lambda step: step.terms, quantity.steps()):
                    yield Line(self.step(step, decimals), indent + 1, "note")
            return
        words = self._say("why.node", mark=MARKS[node.holds], place=node.clause.place, text=node.clause.gloss)
        yield Line(words, indent, STYLES[node.holds])
        for child in node.children:
            yield from self.tree(child, indent + 1)

    # ── the burden ──────────────────────────────────────────────────────────────────────────────

    def burden(self, found: Burden) -> Iterator[Line]:
        """Both years and their mean, every figure with its field and its clause."""
        yield from self.title()
        decimals = decimals_of(found.mean, Fraction(found.reason.bound.value if found.reason.bound else 0))
        for share in (found.previous, found.requested):
            yield Line()
            yield Line(self._name("quantity", share.id), style="heading")
            amount = share.terms[0].quantity
            for term in amount.terms:
                yield from self._term(term)
            yield Line(self.step(amount), 1)
            for term in share.terms[1:]:
                yield from self._term(term)
            yield Line(self.step(share, decimals), 1, "earliest")
        yield Line()
        yield Line(self._name("quantity", found.mean.id), style="heading")
        yield Line(self.step(found.mean, decimals), 1)
        yield from self.condition(found.reason, 1)
        yield from self.footer([found.reason])

    def _term(self, term: Term) -> Iterator[Line]:
        yield Line(
            self._say("burden.term", name=self._amount(term.quantity), value=self._value(term.quantity)), 1
        )
        place = self._kb.clauses[term.clause].place
        yield Line(self._say("burden.source", path=where(term.quantity.id), place=place), 2, "note")

    def step(self, step: Quantity, decimals: Mapping[str, int] = NO_DECIMALS) -> str:
        """One calculation with its numbers, so that it can be redone on paper."""
        values = [self._value(term.quantity, decimals) for term in step.terms]
        result = self._value(step, decimals)
        if step.operation == "ratio":
            return self._say("burden.ratio", numerator=values[0], denominator=values[1], result=result)
        if step.operation == "mean" and not values:
            return self._say("burden.term", name=self._amount(step), value=result)
        if step.operation == "mean":
            added = self._say("burden.plus").join(values)
            return self._say(
                "burden.mean", name=self._amount(step), added=added, n=len(values), result=result
            )
        words = values[0] if values else ""
        for term, value in list(zip(step.terms, values, strict=True))[1:]:
            words += self._say("burden.plus" if term.sign > 0 else "burden.minus") + value
        return self._say("burden.sum", name=self._amount(step), added=words, result=result)

    def _amount(self, quantity: Quantity) -> str:
        return self.amount_name(quantity.id)

    def amount_name(self, identity: str) -> str:
        """The name of a quantity, of an amount of the file, or of a score."""
        for category in ("quantity", "amount"):
            if (category, identity) in self._kb.names:
                return self._name(category, identity)
        return self._name("efficiency_area", identity.partition(".")[2])

    def place(self, clause: str) -> str:
        """Where a clause stands."""
        return self._kb.clauses[clause].place.into(self._wording.language)

    def _value(self, quantity: Quantity, decimals: Mapping[str, int] = NO_DECIMALS) -> str:
        exact = quantity.value.exact
        if exact is not None:
            return value_words(exact, quantity.unit, self._wording, decimals=decimals.get(quantity.id))
        if not quantity.value.low:
            return self._say("value.null")
        least = self._set(value_words(quantity.value.low, quantity.unit, self._wording))
        return self._say("burden.unknown_from", least=least)

    def contradictions(self, found: Iterable[Contradiction]) -> Iterator[Line]:
        """Outcomes of the file that contradict each other, and which of them counts."""
        for each in found:
            reading = self._kb.readings[each.reading]
            (other, *_) = (choice for choice, _ in reading.choices if choice != reading.chosen)
            args = {
                "one": self.field(each.path),
                "other": self.field(each.instrument),
                "outcome": self._name("outcome", each.outcome),
                "against": self._name("outcome", each.other),
                "counts": dict(reading.choices)[reading.chosen],
                "id": each.reading,
                "alternative": other,
            }
            yield Line(self._say("org.contradiction", **args), style="bad")

    # ── what the answer rests on ────────────────────────────────────────────────────────────────

    def relied(self, nodes: Iterable[Node]) -> tuple[str, ...]:
        """The readings that some clauses rely on."""
        return tuple(
            sorted({r for node in nodes for below in node.walk() for r in below.clause.relies} - self._idle)
        )

    def footer(
        self, nodes: Iterable[Node], also: Iterable[str] = (), clauses: Iterable[str] = ()
    ) -> Iterator[Line]:
        """The readings relied on (and others `also`), and what bears on the answer but is lost in the source."""
        nodes = tuple(nodes)
        readings = tuple(sorted({*self.relied(nodes), *also} - self._idle))
        shown = {below.clause.id for node in nodes for below in node.walk()} | {*clauses}
        lost = sorted({str(other) for clause, other in self._kb.rows("caveat") if clause in shown})
        if readings or lost:
            yield Line()
        if readings:
            ids = self._say("list.comma").join(readings)
            yield Line(self._say("org.readings", ids=ids, example=readings[0]), style="note")
        for identity in lost:
            clause = self._kb.clauses[identity]
            yield Line(self._say("org.caveat", place=clause.place, text=clause.gloss), style="note")


def _not_printed(row: PostVerdict) -> bool:
    """Whether a post is refused because the table does not have it at that level."""
    return row.truth is False and row.best.unprinted


def _leaves(node: Node, truths: tuple[Truth, ...]) -> Iterator[Node]:
    """The comparisons below a clause that came to one of the truths; of what may not be, to the opposite."""
    if node.is_leaf and node.holds in truths:
        yield node
    opposite = tuple(None if truth is None else not truth for truth in truths)
    for child in node.children:
        of_none = node.clause.op == "none" and not child.defeats
        yield from _leaves(child, opposite if of_none else truths)
