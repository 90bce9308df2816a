"""From rules, definitions and what their sentences mean to clauses, and from clauses to the facts that state them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property

from lgreason.language.clauses.citations import printed_place
from lgreason.language.grammar.nodes import Node
from lgreason.language.grammar.plain import plain_text
from lgreason.language.lexicon.lexicon import RuleLexicon
from lgreason.language.meaning.clause import BEYOND_SENTENCES, Meaning, Stated
from lgreason.language.meaning.meaning import meaning
from lgreason.language.reading.faults import Fault
from lgreason.language.statements.records import Rule
from lgreason.language.statements.splitting import SourceText
from lgreason.language.wording.describing import Describing
from lgreason.language.wording.glossing import glossed
from lgreason.language.wording.writer import Writer
from lgreason.report.wording import Wording
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.model import LANGUAGES, Clause, Language, Text
from lgreason.rules.terms import Fn

OF_ORGANISATIONS = frozenset({"row", "opens", "sets_up", "limits", "retypes"})


class Ruled:
    """A rule with what it means, and the file that it stands in."""

    def __init__(self, rule: Rule, source: SourceText, meaning: Meaning, stating: Stating) -> None:
        """Take the rule, its file, its meaning, and what turns it into clauses."""
        self.rule = rule
        self.source = source
        self.meaning = meaning
        self._stating = stating

    @property
    def of_organisations(self) -> bool:
        """Whether it says which posts an organisation may have, or what a municipality must meet to be re-typed."""
        return any(name in OF_ORGANISATIONS for name, _ in self.meaning.facts)

    @cached_property
    def bare(self) -> tuple[Clause, ...]:
        """Its clauses without their gloss, which takes longer to word than all the rest: for checking."""
        return tuple(self._stating.clauses(self.rule, self.meaning, worded=False))

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Its clauses."""
        return tuple(self._stating.clauses(self.rule, self.meaning, worded=True))


class Stating:
    """Turns rules into clauses over one vocabulary."""

    def __init__(self, kb: KnowledgeBase, lexicon: RuleLexicon) -> None:
        """Take the knowledge base, extended by what the files define, and its words."""
        self._kb = kb
        self._lexicon = lexicon
        self._writers: dict[Language, Writer] = {
            language: Writer(language, lexicon) for language in LANGUAGES
        }

    def ruled(self, rule: Rule, source: SourceText) -> Ruled:
        """A rule with what it means."""
        found = Meaning()
        if rule.node is not None:
            found = meaning(rule.id, rule.node, self.units, rule.spans["sentence"], self._lexicon.declared)
        if not found.clauses:
            found.clauses.append(Stated(rule.id, Node("free")))
        headed = tuple(str(post) for name, (post, *_) in found.facts if name == "post")
        if headed:
            found.facts = [fact for fact in found.facts if fact[0] != "post"]
            rule = replace(rule, posts=tuple(dict.fromkeys((*rule.posts, *headed))))
        for node in rule.table:
            span = node.span or rule.spans["table"]
            more = meaning(rule.id, node, self.units, span, self._lexicon.declared)
            found.facts += more.facts
            found.faults += more.faults
            found.refers += more.refers
            if any(stated.says is not None for stated in more.clauses if stated.node.kind != "free"):
                found.faults.append(Fault("rule_demands_twice", node.span or rule.spans["table"]))
        return Ruled(rule, source, found, self)

    def units(self, quantity: str) -> tuple[str, ...]:
        """The units in which a quantity may be compared."""
        return self._units.get(quantity, ("percent",))

    @cached_property
    def _units(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, set[str]] = {}
        for quantity, unit in self._kb.rows("quantity"):
            assert isinstance(unit, Fn)
            found[str(quantity)] = {"million_baht" if unit.name == "baht" else unit.name}
        for clause in self._kb.clauses.values():
            for _, bound in clause.bounds():
                if bound.unit and clause.measures:
                    found.setdefault(clause.measures, set()).add(bound.unit)
        return {quantity: tuple(sorted(units)) for quantity, units in found.items()}

    def clauses(self, rule: Rule, found: Meaning, worded: bool) -> Iterator[Clause]:
        """The clauses of a rule, the root first; `worded`: with a gloss where the rule gives none."""
        day = rule.since or self._document_since(rule.document)
        place = rule.place or Text(rule.id, rule.id)
        root = next((stated for stated in found.clauses if stated.id == rule.id), found.clauses[0])
        places = {root.id: place}
        treatment = rule.treatment or (
            "executable" if rule.node else "procedure" if rule.steps else "descriptive"
        )
        for stated in sorted(found.clauses, key=lambda s: s is not root):
            mine = stated is root
            gloss = self._gloss(rule, stated, mine) if worded else Text("", "")
            if worded:
                places.setdefault(stated.id, self._place_below(place, rule.id, stated))
            yield Clause(
                id=stated.id,
                document=rule.document or "",
                treatment=treatment,
                status=rule.status,
                in_force=day,
                place=places.get(stated.id, place),
                gloss=gloss,
                quote=rule.quote if mine else None,
                repairs=rule.repairs if mine else (),
                subject=rule.subject if mine else None,
                says=stated.says,
                parts=stated.parts,
                exceptions=stated.exceptions,
                measures=stated.measures,
                expression=stated.expression,
                counts=stated.counts,
                relies=rule.relies if mine else (),
            )
        for number, (_, step) in enumerate(rule.steps, 1):
            below = Text(f"{place.th} ({number})", f"{place.en} ({number})")
            yield Clause(
                f"{rule.id}.step{number}", rule.document or "", "procedure", rule.status, day, below, step
            )

    def _document_since(self, document: str | None) -> date:
        return self._since.get(document or "", date.min)

    @cached_property
    def _since(self) -> dict[str, date]:
        return {str(document): date.fromisoformat(str(day)) for document, day in self._kb.rows("in_force")}

    def _gloss(self, rule: Rule, stated: Stated, root: bool) -> Text:
        if root and rule.gloss is not None:
            return rule.gloss
        if root and rule.node is None:
            return Text("", "")
        node = stated.node
        if node.kind in BEYOND_SENTENCES:
            return Text(*(self._beyond(node, language) for language in LANGUAGES))
        if stated.test is not None:
            texts = [Describing(self._lexicon.declared, of).text(stated.test, stated.of) for of in LANGUAGES]
            own = " ".join(node.mark.split()) if node.mark and root else None
            if own is not None:
                texts[LANGUAGES.index(rule.language)] = own
            return Text(*texts)
        if not root or node.kind not in _SENTENCES:
            node = Node("requires", (node,))
        return Text(*(self._writers[language].lead(glossed(node)) for language in LANGUAGES))

    def _beyond(self, node: Node, language: Language) -> str:
        """The gist of a demand that no sentence of the grammars says."""
        say = Wording(language).say
        if node.kind == "held_on":
            names = (self._kb.names["position", one].into(language) for one in node.words("POSITION_NAME"))
            (day,) = node.words("DAY")
            return say("rules.held_on", position=tuple(names), day=date.fromisoformat(day))
        if node.kind == "filed_before":
            return say("rules.filed_before", day=date.fromisoformat(node.words("DAY")[0]))
        values = tuple(
            self._kb.names["organisation_type", v].into(language)
            if ("organisation_type", v) in self._kb.names
            else v
            for v in node.words("VALUE")
        )
        return say("rules.in_scope", values=values)

    def _place_below(self, place: Text, rule: str, stated: Stated) -> Text:
        """Where a part of a rule stands: after the rule's place the numbers of its items, or what part it is."""
        if re.fullmatch(r"[0-9๐-๙]+(?:\.[0-9๐-๙]+)*\.?", stated.role):
            number = stated.role.rstrip(".")
            return self._numbered(place, number)
        below = stated.id.removeprefix(rule).strip(".") if stated.id.startswith(rule) else stated.role
        words = []
        for language in LANGUAGES:
            steps = [place.into(language)]
            for step in below.split("."):
                name = step.rstrip("0123456789") if not step.isdigit() else ""
                known = self._kb.names.get(("sub_clause", name))
                steps.append(known.into(language) if known else f"({step.strip('()')})")
            words.append(" ".join(steps))
        return Text(*words)

    @staticmethod
    def _numbered(place: Text, number: str) -> Text:
        """The place of an item that prints its whole number: in the same part of the document as the rule."""
        parts = [part for (part, _), _ in printed_place(place)]
        th, en = (place.th, place.en) if not parts else (parts[0], parts[-1])
        return Text(f"{th} ข้อ {number}".strip(), f"{en} item {plain_text(number)}".strip())


_SENTENCES = frozenset(
    {
        *("requires", "provided", "unless", "reduction", "competency", "sum", "ratio", "mean"),
        *("row", "opens", "number", "no_post", "qualifies", "reduction_here", "barred"),
    }
)


def clause_facts(clause: Clause) -> Iterator[Fn]:
    """The facts that state a clause, as those of kb/ do."""
    identity = clause.id
    yield Fn(
        "clause",
        (identity, clause.document, Fn(clause.treatment), Fn(clause.status), clause.in_force.isoformat()),
    )
    yield from texts_of("place", identity, clause.place)
    if clause.quote is not None:
        yield Fn("quote", (identity, clause.quote))
    for wrong, right in clause.repairs:
        yield Fn("repair", (identity, wrong, right))
    yield from texts_of("gloss", identity, clause.gloss if any(clause.gloss) else None)
    if clause.says is not None:
        yield Fn("says", (identity, clause.says))
    for number, part in enumerate(clause.parts, 1):
        yield Fn("part", (identity, number, part))
    for defeats, form in clause.exceptions:
        yield Fn("except", (identity, defeats, form))
    if clause.expression is not None:
        yield Fn("measures", (identity, clause.expression))
    elif clause.measures is not None:
        constant = clause.measures in ("qualification", "service", "experience")
        yield Fn("measures", (identity, Fn(clause.measures) if constant else clause.measures))
    yield from texts_of("subject", identity, clause.subject)
    for what in clause.counts:
        yield Fn("counts", (identity, what))
    for reading in clause.relies:
        yield Fn("relies", (identity, reading))


def texts_of(name: str, identity: str, text: Text | None) -> Iterator[Fn]:
    """The facts that give a text in both languages."""
    if text is not None:
        for language in LANGUAGES:
            yield Fn(name, (identity, Fn(language), text.into(language)))


def step_facts(rule: Rule) -> Iterator[Fn]:
    """The facts that put the steps of a rule in order; a fallback follows where the step before had no result."""
    procedure = Fn(rule.id.replace(".", "_"))
    for number, (kind, _) in enumerate(rule.steps, 1):
        yield Fn("step", (procedure, number, f"{rule.id}.step{number}"))
        if kind == "fallback" and number > 1:
            yield Fn("follows", (f"{rule.id}.step{number}", f"{rule.id}.step{number - 1}"))
