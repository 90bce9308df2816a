"""Rule files as one book: everything that they state, as facts, and which of it counts on a day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache, partial

from lgreason.files.organisation.costs import post_named
from lgreason.files.organisation.organisation import LEVELS
from lgreason.language.citations import Citations, printed_place
from lgreason.language.describing import Describing
from lgreason.language.glossing import glossed
from lgreason.language.lexicon import CATEGORIES as TERMINALS
from lgreason.language.lexicon import RuleLexicon
from lgreason.language.meaning import Meaning, Stated, meaning
from lgreason.language.mending import read_on
from lgreason.language.nodes import Node
from lgreason.language.plain import plain_text
from lgreason.language.rulefile import Definition, Example, Rule, read
from lgreason.language.sentence import Fault, Sentences
from lgreason.language.statements import SourceText, Split, Statement, split
from lgreason.language.uncollected import uncollected
from lgreason.language.wording import Writer
from lgreason.rules.knowledge import KnowledgeBase, Layer, Library, renewed
from lgreason.rules.model import LANGUAGES, Clause, Language, Text
from lgreason.rules.terms import Fn, Value
from lgreason.words.vocabulary import Vocabulary

_TERMINAL_OF = {
    category: terminal for terminal, category in TERMINALS.items() if not terminal.startswith("OR_")
}
_POSITION = ("ตำแหน่ง", "position")
UNITS_OF_BAHT = ("million_baht",)
OF_ORGANISATIONS = frozenset({"row", "opens", "sets_up", "limits", "retypes"})
LONGEST_NAME = 100


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


@dataclass(slots=True)
class Book:
    """What files of rules state, statement by statement, and what is wrong with each file."""

    library: Library
    kb: KnowledgeBase
    lexicon: RuleLexicon
    rules: list[Ruled] = field(default_factory=list)
    definitions: list[tuple[Definition, SourceText]] = field(default_factory=list)
    examples: list[tuple[Example, SourceText]] = field(default_factory=list)
    sources: tuple[SourceText, ...] = ()
    faults: list[tuple[SourceText, Fault]] = field(default_factory=list)
    _layers: dict[date, Layer] = field(default_factory=dict)

    def on(self, day: date) -> Layer:
        """The rules that count on a day: of several versions the last one in force."""
        if day not in self._layers:
            self._layers[day] = self._layer(day)
        return self._layers[day]

    def _layer(self, day: date) -> Layer:
        facts = list(definition_facts(d for d, _ in self.definitions))
        replaced: dict[str, str] = {}
        repealed: set[str] = set()
        where: dict[str, tuple[str, int]] = {}
        for ruled in self.counting(day):
            rule = ruled.rule
            repealed |= set(rule.repeals)
            clauses, others = ruled.clauses, ruled.meaning.facts
            if rule.amends is not None and rule.amends != rule.id:
                replaced[rule.amends] = rule.id
            elif rule.amends is not None:
                replaced[rule.id] = renewed(rule.id)
                clauses = (replace(clauses[0], id=renewed(rule.id)), *clauses[1:])
                others = [(name, tuple(_under(rule.id, value) for value in row)) for name, row in others]
            for clause in clauses:
                facts += clause_facts(clause)
            facts += [Fn(name, row) for name, row in others]
            facts += [Fn("post", (post, clauses[0].id)) for post in rule.posts]
            facts += step_facts(rule)
            line = ruled.source.place(rule.span[0])[0]
            where |= {clause.id.rstrip("~"): (ruled.source.file, line) for clause in clauses}
        return Layer(tuple(facts), replaced, frozenset(repealed), where)

    def counting(self, day: date) -> Iterator[Ruled]:
        """The version of each rule that counts on a day.

        A rule that changes nothing counts also before its day, as the clauses of the knowledge base do; the answer
        says that it is not yet in force. One that adds to the tables of organisations, or takes a term of a shipped
        clause down or up, does change what holds, and waits for its day.
        """
        versions: dict[str, list[Ruled]] = {}
        for ruled in self.rules:
            versions.setdefault(ruled.rule.id, []).append(ruled)
        for same in versions.values():
            same = sorted(same, key=lambda r: since(r))
            inside = [r for r in same if since(r) <= day and (r.rule.until is None or day <= r.rule.until)]
            if inside:
                yield inside[-1]
            elif since(same[0]) > day and not self._changes(same[0]):
                yield same[0]

    def _changes(self, ruled: Ruled) -> bool:
        """Whether a rule changes what holds without it."""
        rule, facts = ruled.rule, ruled.meaning.facts
        excepts = any(name == "except" and row[0] in self.kb.clauses for name, row in facts)
        return rule.amends is not None or bool(rule.repeals) or ruled.of_organisations or excepts


def since(ruled: Ruled) -> date:
    """The day from which a rule is in force."""
    return ruled.bare[0].in_force


def _under(identity: str, value: Value) -> Value:
    return renewed(identity) if value == identity else value


class _Words:
    """The words of a knowledge base, and the sentences that can be made of them."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.lexicon = RuleLexicon(kb)
        self.sentences = {language: Sentences(language, self.lexicon) for language in LANGUAGES}


@lru_cache(maxsize=8)
def _words(kb: KnowledgeBase) -> _Words:
    """The words of a knowledge base: those of the shipped one are asked for by book after book."""
    return _Words(kb)


# ── reading ───────────────────────────────────────────────────────────────────────────────────────────────────


def read_book(sources: Sequence[SourceText], library: Library) -> Book:
    """The book of some files over a knowledge base."""
    with uncollected():
        return _Reader(sources, library).book()


class _Reader:
    def __init__(self, sources: Sequence[SourceText], library: Library) -> None:
        self._sources = sources
        kb = library.of(None).under()
        self._book = Book(library, kb, _words(kb).lexicon, sources=tuple(sources))
        self._splits: list[tuple[SourceText, Split]] = [(source, split(source)) for source in sources]

    def book(self) -> Book:
        for source, parts in self._splits:
            self._book.faults += [(source, fault) for fault in parts.faults]
        self._define()
        self._rest()
        return self._book

    def _statements(self, *heads: str) -> Iterator[tuple[SourceText, Statement]]:
        for source, parts in self._splits:
            for statement in parts.statements:
                if statement.head in heads:
                    yield source, statement

    def _define(self) -> None:
        """Read the definitions: those of positions last, for they use the others."""
        waiting, base = list(self._statements("define")), self._book.kb
        first = [(s, d) for s, d in waiting if not d.words.startswith(_POSITION)]
        for group in (first, [(s, d) for s, d in waiting if d.words.startswith(_POSITION)]):
            for source, statement in group:
                result = read(statement, _no_sentence, self._resolve)
                self._book.faults += [(source, fault) for fault in result.faults]
                if isinstance(result.of, Definition):
                    self._book.definitions.append((result.of, source))
            if group:
                kb = base.extended(definition_facts(d for d, _ in self._book.definitions))
                self._book.lexicon = _words(kb).lexicon
        self._book.kb = self._book.lexicon.kb

    def _rest(self) -> None:
        words = _words(self._book.kb)
        sentences = words.sentences
        for of_language in sentences.values():
            of_language.begin()
        stating = Stating(self._book.kb, self._book.lexicon)
        rules: list[tuple[Rule, SourceText]] = []
        for source, statement in self._statements("rule", "example"):
            say = partial(read_on, sentences[statement.language])
            result = read(statement, say, self._resolve)
            self._book.faults += [(source, fault) for fault in result.faults]
            if isinstance(result.of, Example):
                self._book.examples.append((result.of, source))
            elif isinstance(result.of, Rule):
                rules.append((result.of, source))
        citations = Citations(self._book.kb, (rule for rule, _ in rules))
        for written, source in rules:
            rule, faults = citations.resolved(written)
            ruled = stating.ruled(rule, source)
            self._book.faults += [(source, fault) for fault in (*faults, *ruled.meaning.faults)]
            self._book.rules.append(ruled)

    @cached_property
    def _of_organisations(self) -> Vocabulary:
        return Vocabulary(self._book.kb)

    def _post(self, text: str) -> str | tuple[str, ...]:
        """A post with its level, as one id: `deputy.high`; else the names that come near, of classes too."""
        found = post_named(text, self._of_organisations) if len(text) <= LONGEST_NAME else None
        if found is not None:
            return ".".join(found)
        from difflib import get_close_matches

        lexicon = self._book.lexicon
        names = [
            *(
                post_name(lexicon, f"{post}.{level}", of)
                for of in LANGUAGES
                for post in lexicon.ids("POST_NAME")
                for level in LEVELS
            ),
            *(lexicon.name("CLASS_NAME", c, of) for of in LANGUAGES for c in lexicon.ids("CLASS_NAME")),
        ]
        shown = {plain_text(name): name for name in names}
        near = get_close_matches(plain_text(text[:LONGEST_NAME]), list(shown), n=3, cutoff=0.5)
        return tuple(shown[key] for key in near)

    def _resolve(self, category: str, text: str) -> str | tuple[str, ...]:
        if category == "post":
            return self._post(text)
        if category == "municipal_class":
            return self._of_organisations.resolve(category, text[:LONGEST_NAME]) or ()
        terminal = _TERMINAL_OF[category]
        words = self._book.lexicon.words(terminal)
        key = plain_text(text)
        if key in words:
            ids = words[key].ids
            if len(ids) == 1:
                return ids[0]
            return tuple(self._book.lexicon.name(terminal, identity, "th") for identity in ids)
        from difflib import get_close_matches

        near = get_close_matches(key, list(words), n=3, cutoff=0.5)
        return tuple(dict.fromkeys(words[word].shown for word in near))


def post_name(lexicon: RuleLexicon, identity: str, language: Language) -> str:
    """A post with its level in words: `deputy.high` is «รองปลัด ระดับสูง», «deputy clerk high»."""
    post, _, level = identity.partition(".")
    return f"{lexicon.name('POST_NAME', post, language)} {lexicon.name('LEVEL_NAME', level, language)}"


def _no_sentence(_text: str, at: int) -> tuple[Fault, ...]:
    return (Fault("rule_key_here", (at, at + 1)),)


# ── facts ─────────────────────────────────────────────────────────────────────────────────────────────────────


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
        if stated.test is not None:
            texts = [Describing(self._lexicon.declared, of).text(stated.test, stated.of) for of in LANGUAGES]
            own = " ".join(node.mark.split()) if node.mark and root else None
            if own is not None:
                texts[LANGUAGES.index(rule.language)] = own
            return Text(*texts)
        if not root or node.kind not in _SENTENCES:
            node = Node("requires", (node,))
        return Text(*(self._writers[language].lead(glossed(node)) for language in LANGUAGES))

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
        th, en = (place.th, place.en) if len(parts) < 2 and not parts else (parts[0], parts[-1])
        return Text(f"{th} ข้อ {number}".strip(), f"{en} item {plain_text(number)}".strip())


_SENTENCES = frozenset(
    {
        *("requires", "provided", "unless", "reduction", "competency", "sum", "ratio", "mean"),
        *("row", "opens", "number", "no_post", "qualifies", "reduction_here"),
    }
)


def clause_facts(clause: Clause) -> Iterator[Fn]:
    """The facts that state a clause, as those of kb/ do."""
    identity = clause.id
    yield Fn(
        "clause",
        (identity, clause.document, Fn(clause.treatment), Fn(clause.status), clause.in_force.isoformat()),
    )
    yield from _texts("place", identity, clause.place)
    if clause.quote is not None:
        yield Fn("quote", (identity, clause.quote))
    for wrong, right in clause.repairs:
        yield Fn("repair", (identity, wrong, right))
    yield from _texts("gloss", identity, clause.gloss if any(clause.gloss) else None)
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
    yield from _texts("subject", identity, clause.subject)
    for what in clause.counts:
        yield Fn("counts", (identity, what))
    for reading in clause.relies:
        yield Fn("relies", (identity, reading))


def _texts(name: str, identity: str, text: Text | None) -> Iterator[Fn]:
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


def definition_facts(definitions: Iterable[Definition]) -> Iterator[Fn]:
    """The facts that state definitions."""
    for defined in definitions:
        identity, kind = defined.id, Fn(defined.category)
        for language in LANGUAGES:
            if defined.name is not None:
                yield Fn("name", (kind, identity, Fn(language), defined.name.into(language)))
        for alias in defined.aliases:
            yield Fn("alias", (kind, identity, alias))
        match defined.category:
            case "document":
                yield Fn("document", (identity, identity.replace(".", "/")))
                if defined.since is not None:
                    yield Fn("in_force", (identity, defined.since.isoformat()))
                yield from _texts("authority", identity, defined.authority)
            case "position":
                assert defined.type and defined.level and defined.series and defined.rank is not None
                placed = (Fn(defined.type), Fn(defined.level), Fn(defined.series))
                yield Fn("position", (identity, *placed))
                yield Fn("rank", (identity, defined.rank))
            case "quantity":
                yield Fn("quantity", (identity, Fn(defined.unit or "percent")))
