"""Rule files as one book: everything that they state, as facts, and which of it counts on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache, partial

from lgreason.files.organisation.costs import post_named
from lgreason.files.organisation.organisation import LEVELS
from lgreason.language.amending.changes import Amending
from lgreason.language.amending.reading import amends, read_amending
from lgreason.language.clauses.citations import Citations
from lgreason.language.clauses.laid import Laid, since
from lgreason.language.clauses.stating import Ruled, Stating, step_facts, texts_of
from lgreason.language.grammar.nodes import Node
from lgreason.language.grammar.plain import plain_text
from lgreason.language.laying.laying import AmendmentLayer as Amendments
from lgreason.language.lexicon.lexicon import RuleLexicon
from lgreason.language.lexicon.lists import CATEGORIES as TERMINALS
from lgreason.language.reading.faults import Fault
from lgreason.language.reading.remembered import Remembered
from lgreason.language.reading.sentences import Sentences
from lgreason.language.statements.factfile import facts_of
from lgreason.language.statements.records import Definition, Example, Rule
from lgreason.language.statements.rulefile import read
from lgreason.language.statements.splitting import SourceText, Split, WrittenStatement, split
from lgreason.language.wording.writer import Writer
from lgreason.rules.knowledge import KnowledgeBase, Library
from lgreason.rules.layer import Layer
from lgreason.rules.model import LANGUAGES, Clause, Language
from lgreason.rules.terms import Fn
from lgreason.rules.uncollected import uncollected
from lgreason.words.vocabulary import Vocabulary

_TERMINAL_OF = {
    category: terminal for terminal, category in TERMINALS.items() if not terminal.startswith("OR_")
}
_POSITION = ("ตำแหน่ง", "position")
UNITS_OF_BAHT = ("million_baht",)
LONGEST_NAME = 100


@dataclass(slots=True)
class Book:
    """What files of rules state, statement by statement, and what is wrong with each file."""

    library: Library
    kb: KnowledgeBase
    lexicon: RuleLexicon
    rules: list[Ruled] = field(default_factory=list)
    definitions: list[tuple[Definition, SourceText]] = field(default_factory=list)
    examples: list[tuple[Example, SourceText]] = field(default_factory=list)
    amendments: list[tuple[Rule, SourceText]] = field(default_factory=list)
    sources: tuple[SourceText, ...] = ()
    faults: list[tuple[SourceText, Fault]] = field(default_factory=list)
    _layers: dict[date, Layer] = field(default_factory=dict)
    _copies: dict[int, bool] = field(default_factory=dict)

    def on(self, day: date) -> Layer:
        """The rules that count on a day: of several versions the last one in force."""
        if day not in self._layers:
            self._layers[day] = self._layer(day)
        return self._layers[day]

    def _layer(self, day: date) -> Layer:
        counting = list(self.counting(day))
        laid = Laid(counting)
        facts = list(definition_facts(d for d, _ in self.definitions))
        where: dict[str, tuple[str, int]] = {}
        for ruled in counting:
            rule = ruled.rule
            facts += laid.facts(ruled)
            facts += [Fn("post", (post, laid.root(ruled))) for post in rule.posts]
            facts += step_facts(rule)
            line = ruled.source.place(rule.span[0])[0]
            where |= {clause.id: (ruled.source.file, line) for clause in ruled.clauses}
        return Layer(tuple(facts), laid.replaced, laid.repealed, laid.kept, where)

    def copies(self, ruled: Ruled) -> bool:
        """Whether a rule says of a clause of the knowledge base what is said of it there, so that it changes nothing.

        It is left to stand there: what depends on readings goes on to depend on them.
        """
        if id(ruled) not in self._copies:
            self._copies[id(ruled)] = self._copied(ruled)
        return self._copies[id(ruled)]

    def _copied(self, ruled: Ruled) -> bool:
        rule, kb = ruled.rule, self.kb
        shipped = kb.clauses.get(rule.id) or kb.described.clauses.get(rule.id)
        if shipped is None or rule.amends is not None or rule.repeals or len(ruled.bare) != 1:
            return False
        posts = tuple(post for post, root in kb.posts.items() if root == rule.id)
        stated = all(tuple(row) in [tuple(of) for of in kb.rows(name)] for name, row in ruled.meaning.facts)
        return stated and sorted(rule.posts) == sorted(posts) and _alike(ruled.clauses[0], shipped)

    def counting(self, day: date) -> Iterator[Ruled]:
        """The version of each rule that counts on a day.

        A rule that changes nothing counts also before its day, as the clauses of the knowledge base do; the answer
        says that it is not yet in force. One that adds to the tables of organisations, or takes a term of a shipped
        clause down or up, does change what holds, and waits for its day.
        """
        versions: dict[str, list[Ruled]] = {}
        for ruled in self.rules:
            if ruled.rule.id in self.kb.clauses and self.copies(ruled):
                continue
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


class _Words:
    """The words of a knowledge base, and the sentences that can be made of them."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.lexicon = RuleLexicon(kb)
        self.sentences = {language: Sentences(language, self.lexicon) for language in LANGUAGES}
        self.remembered = {language: Remembered(of) for language, of in self.sentences.items()}


@lru_cache(maxsize=8)
def _extended(kb: KnowledgeBase, facts: tuple[Fn, ...]) -> KnowledgeBase:
    """A knowledge base with the definitions of a file, which stay as they are while its rules are written."""
    return kb.extended(facts)


@lru_cache(maxsize=8)
def _words(kb: KnowledgeBase) -> _Words:
    """The words of a knowledge base: those of the shipped one are asked for by book after book."""
    return _Words(kb)


def sentences_of(book: Book) -> Mapping[Language, Sentences]:
    """What reads the sentences of a book, in each language."""
    return _words(book.kb).sentences


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

    def _statements(self, *heads: str) -> Iterator[tuple[SourceText, WrittenStatement]]:
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
                kb = _extended(base, tuple(definition_facts(d for d, _ in self._book.definitions)))
                self._book.lexicon = _words(kb).lexicon
        self._book.kb = self._book.lexicon.kb

    def _rest(self) -> None:
        words = _words(self._book.kb)
        sentences = words.sentences
        for of_language in sentences.values():
            of_language.begin()
        stating = Stating(self._book.kb, self._book.lexicon)
        rules: list[tuple[Rule, SourceText]] = []
        documents = {
            plain_text(n): i for (k, i), text in self._book.kb.names.items() if k == "document" for n in text
        }
        for source, statement in self._statements("rule", "example"):
            say = partial(_said, words.remembered[statement.language], documents)
            result = read(statement, say, self._resolve)
            self._book.faults += [(source, fault) for fault in result.faults]
            if isinstance(result.of, Example):
                self._book.examples.append((result.of, source))
            elif isinstance(result.of, Rule) and result.of.amending is not None:
                self._book.amendments.append((result.of, source))
            elif isinstance(result.of, Rule):
                rules.append((result.of, source))
        citations = Citations(self._book.kb, (rule for rule, _ in rules))
        for written, source in rules:
            rule, faults = citations.resolved(written)
            ruled = stating.ruled(rule, source)
            self._book.faults += [(source, fault) for fault in (*faults, *ruled.meaning.faults)]
            self._book.rules.append(ruled)

        self._amend(stating)

    def _amend(self, stating: Stating) -> None:
        """Lay the amending texts on what stands before them, in the order of their days."""
        book, words = self._book, _words(self._book.kb)
        writers = {language: Writer(language, book.lexicon) for language in LANGUAGES}
        layer = Amendments(book.kb, words.sentences, writers, book.rules)

        def begins(pair: tuple[Rule, SourceText]) -> tuple[date, str]:
            rule, _ = pair
            assert rule.amending is not None
            return rule.since or rule.amending.in_force or date.max, rule.id

        for rule, source in sorted(book.amendments, key=begins):
            laying = layer.lay(rule)
            book.faults += [(source, fault) for fault in laying.faults]
            for made in laying.rules:
                ruled = stating.ruled(made, source)
                book.faults += [(source, fault) for fault in ruled.meaning.faults]
                book.rules.append(ruled)

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


def _alike(one: Clause, other: Clause) -> bool:
    """Whether two clauses say the same; the order in which they count things says nothing."""

    def unordered(clause: Clause) -> tuple[Clause, frozenset[Fn], frozenset[tuple[str, Fn]]]:
        bare = replace(clause, counts=(), exceptions=())
        return bare, frozenset(clause.counts), frozenset(clause.exceptions)

    return unordered(one) == unordered(other)


def _said(
    sentences: Remembered, documents: Mapping[str, str], text: str, at: int
) -> Node | Amending | tuple[Fault, ...]:
    """What a sentence demands, or what an amending text changes."""
    if amends(text):
        return read_amending(text, at, documents)
    return sentences.read_on(text, at)


def _no_sentence(_text: str, at: int) -> tuple[Fault, ...]:
    return (Fault("rule_key_here", (at, at + 1)),)


# ── facts ─────────────────────────────────────────────────────────────────────────────────────────────────────


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
                yield from texts_of("authority", identity, defined.authority)
            case "position":
                assert defined.type and defined.level and defined.series and defined.rank is not None
                placed = (Fn(defined.type), Fn(defined.level), Fn(defined.series))
                yield Fn("position", (identity, *placed))
                yield Fn("rank", (identity, defined.rank))
            case "quantity":
                yield Fn("quantity", (identity, Fn(defined.unit or "percent")))
            case "fact":
                assert defined.shape is not None
                stands = (defined.absent, defined.changes, defined.subject)
                yield from facts_of(identity, defined.shape, defined.held, *stands)
