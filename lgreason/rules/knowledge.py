"""The knowledge base as typed values: read once, resolved for any choice of readings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from lgreason.rules.factbase import FactBase
from lgreason.rules.model import EXPRESSION, Clause, Text, leaves, structure, tree
from lgreason.rules.terms import Fn, Rows, SolverError, Value, constant, number

if TYPE_CHECKING:
    from lgreason.rules.declared import Declarations
    from lgreason.rules.solver import Comparer, Decider, Flipper

THEORY = ("theory.lp", "generic.lp")
MINIMAL = "minimal.lp"
COMPARE, OPTIONS, STRUCTURES, SOUND = "compare.lp", "options.lp", "structures.lp", "sound.lp"
RULES = (*THEORY, MINIMAL, COMPARE, OPTIONS, STRUCTURES, SOUND)
"""The files that hold rules; all others hold facts."""
DESCRIPTION = "description"
DECLARATIONS = "facts"
"""The folder that declares what files may state (docs/facts.md), read when a file or a clause first asks."""
EXPRESSIONS = frozenset({"period", "post"})
"""The expressions of docs/facts.md that are constants."""
WORDS = "words"
"""The folder of what people write; it decides nothing, and is read when a word of it is first looked up."""
Branch = Literal["persons", "organisations"]
FOLDERS: Mapping[Branch, tuple[str, ...]] = {"persons": ("std", "history"), "organisations": ("org",)}
"""What decides about persons and what about organisations: neither needs the other's clauses."""
_OF_CLAUSES = (
    *("clause", "place", "gloss", "quote", "repair", "subject"),
    *("says", "part", "except", "measures", "counts", "relies"),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A choice of reading of one ambiguity, with what else it could have been."""

    id: str
    question: Text
    choices: tuple[tuple[str, Text], ...]
    reason: Text
    confidence: str
    chosen: str

    @property
    def text(self) -> Text:
        """The reading chosen, in words."""
        return dict(self.choices)[self.chosen]

    @property
    def others(self) -> tuple[str, ...]:
        """The readings not chosen."""
        return tuple(choice for choice, _ in self.choices if choice != self.chosen)


@dataclass(frozen=True, slots=True)
class Layer:
    """Rules laid over the knowledge base: facts besides its own, and which of its clauses give way.

    `replaced` names the clause that stands for another wherever that one was referred to; one that is replaced under
    its own id is stated in `facts` under `renewed(id)`. `kept` gives the id of the old words of a clause whose
    replacement cites them. `repealed` clauses are out. `where` tells the file and line.
    """

    facts: tuple[Fn, ...] = ()
    replaced: Mapping[str, str] = field(default_factory=dict)
    repealed: frozenset[str] = frozenset()
    kept: Mapping[str, str] = field(default_factory=dict)
    where: Mapping[str, tuple[str, int]] = field(default_factory=dict)


class Rulebook(Protocol):
    """Rules with their days in force."""

    def on(self, day: date) -> Layer:
        """The rules that count on a day."""


def former(identity: str) -> str:
    """The id under which the old words of a clause stand that its amendment cites."""
    return f"{identity}.before"


def renewed(identity: str) -> str:
    """The id under which the new words of a clause are stated that keeps its id."""
    return f"{identity}~"


def folder(name: str) -> Path:
    """The folder `kb` or `grammar`: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parent.parent
    inside = package / name
    return inside if inside.is_dir() else package.parent / name


def fact_files(root: Path) -> list[Path]:
    """The files below `root` that hold facts."""
    return [path for path in sorted(root.rglob("*.lp")) if path.name not in RULES]


class Facts:
    """Facts by predicate and by what they are of, laid over other facts."""

    def __init__(self, own: Mapping[str, Rows], base: Facts | None = None, like: Facts | None = None) -> None:
        """Take the facts themselves, those that they are added to, and others over the same, much like these."""
        self.own = own
        self._base = base
        self._like = like
        self._grouped: dict[str, dict[Value, Rows]] = {}

    def rows(self, predicate: str) -> Sequence[tuple[Value, ...]]:
        """The facts of a predicate."""
        below = self._base.rows(predicate) if self._base else ()
        own = self.own.get(predicate, ())
        return [*below, *own] if below and own else below or own

    def of(self, predicate: str, identity: str) -> Sequence[tuple[Value, ...]]:
        """The facts of a predicate whose first argument is `identity`, without that argument."""
        if predicate not in self._grouped:
            grouped: dict[Value, Rows] = {}
            for first, *rest in self.own.get(predicate, ()):
                grouped.setdefault(first, []).append(tuple(rest))
            self._grouped[predicate] = grouped
        below = self._base.of(predicate, identity) if self._base else ()
        return [*below, *self._grouped[predicate].get(identity, ())]

    @cached_property
    def clauses(self) -> dict[str, Clause]:
        """Every clause by its id; only those that differ from the base's, or from the like's, are built anew."""
        mine = self._of_clauses
        if self._like is not None:
            found = dict(self._like.clauses)
            theirs = self._like._of_clauses
            changed = [
                identity for identity in {**mine, **theirs} if mine.get(identity) != theirs.get(identity)
            ]
        else:
            found = dict(self._base.clauses) if self._base else {}
            changed = list(mine)
        for identity in changed:
            found[identity] = self._clause(identity)
        return found

    @cached_property
    def _of_clauses(self) -> dict[str, list[tuple[str, tuple[Value, ...]]]]:
        """What these facts themselves say of each clause."""
        found: dict[str, list[tuple[str, tuple[Value, ...]]]] = {}
        for predicate in _OF_CLAUSES:
            for row in self.own.get(predicate, ()):
                found.setdefault(str(row[0]), []).append((predicate, row))
        return found

    def _clause(self, identity: str) -> Clause:
        ((document, treatment, status, since),) = self.of("clause", identity)
        says, measures, quote = (self._one(name, identity) for name in ("says", "measures", "quote"))
        measured, expression = _quantity(measures)
        return Clause(
            id=identity,
            document=str(document),
            treatment=constant(treatment),
            status=constant(status),
            in_force=date.fromisoformat(str(since)),
            place=self._text("place", identity) or Text(identity, identity),
            gloss=self._text("gloss", identity) or Text("", ""),
            quote=None if quote is None else str(quote),
            repairs=tuple((str(wrong), str(right)) for wrong, right in self.of("repair", identity)),
            subject=self._text("subject", identity),
            says=None if says is None else _term(says),
            parts=tuple(str(part) for _, part in sorted(self.of("part", identity))),
            exceptions=tuple((str(other), _term(form)) for other, form in self.of("except", identity)),
            measures=measured,
            expression=expression,
            counts=tuple(_term(what) for (what,) in self.of("counts", identity)),
            relies=tuple(sorted(str(reading) for (reading,) in self.of("relies", identity))),
        )

    def _one(self, predicate: str, identity: str) -> Value | None:
        found = self.of(predicate, identity)
        if len(found) > 1:
            raise SolverError(f"{identity} has more than one {predicate}")
        return found[0][0] if found else None

    def _text(self, predicate: str, identity: str) -> Text | None:
        texts = {constant(language): str(text) for language, text in self.of(predicate, identity)}
        return Text(**texts) if texts else None


class Library:
    """The files of the knowledge base, each grounded once; `under` gives them for a choice of readings."""

    def __init__(
        self,
        root: Path | None = None,
        branch: Branch | None = "persons",
        layer: Layer | None = None,
        rulebook: Rulebook | None = None,
    ) -> None:
        """Read what decides below `root` (the shipped `kb/` by default); raises `SolverError` if it is unsound.

        Of the folders only those of `branch` are read. Files in a folder `description` decide nothing, and are read
        when they are first asked for. Without a branch everything is read.
        """
        self.root = root or folder("kb")
        self.branch = branch
        self.layer = layer or Layer()
        self._rulebook = rulebook
        self._layered: dict[tuple[Fn, ...], Library] = {}
        self._bases: dict[tuple[tuple[str, str], ...], KnowledgeBase] = {}
        self._deciders: dict[tuple[Fn, ...], Decider] = {}
        self._flippers: dict[tuple[Fn, ...], Flipper] = {}
        self._siblings: dict[Branch | None, Library] = {branch: self}

    def with_rules(self, rulebook: Rulebook) -> Library:
        """The same files with rules laid over them; which of these count depends on the day: see `on`."""
        return Library(self.root, self.branch, rulebook=rulebook)

    @property
    def rulebook(self) -> Rulebook | None:
        """The rules laid over the files, if any are."""
        return self._rulebook

    def on(self, day: date) -> Library:
        """The library with the rules that count on a day; itself where no rules are laid over it."""
        if self._rulebook is None:
            return self
        layer = self._rulebook.on(day)
        key = (*layer.facts, *(Fn(old, (new,)) for old, new in sorted(layer.replaced.items())))
        if key not in self._layered:
            self._layered[key] = Library(self.root, self.branch, layer)
        return self._layered[key]

    @cached_property
    def _facts(self) -> FactBase:
        return FactBase(self._files(describing=False), self.layer.facts)

    @cached_property
    def _certain(self) -> Facts:
        return Facts(amended(self._facts.certain, self.layer))

    def _files(self, describing: bool) -> list[Path]:
        files = fact_files(self.root)
        within = {path: path.relative_to(self.root).parts for path in files}
        files = [path for path in files if within[path][0] != WORDS]
        if self.branch is None:  # what decides comes first here too
            return [] if describing else sorted(files, key=lambda path: DESCRIPTION in within[path])
        folders = FOLDERS[self.branch]
        if describing:
            return [path for path in files if within[path][0] in folders and DESCRIPTION in within[path]]
        return [
            path
            for path in files
            if len(within[path]) == 1 or (within[path][0] in folders and DESCRIPTION not in within[path])
        ]

    @cached_property
    def declared(self) -> Facts:
        """The facts that declare what files may state."""
        return Facts(FactBase(sorted((self.root / DECLARATIONS).glob("*.lp"))).certain)

    @cached_property
    def described(self) -> Facts:
        """The facts of the files that describe."""
        return Facts(amended(FactBase(self._files(describing=True)).certain, self.layer))

    @cached_property
    def words(self) -> Mapping[str, Rows]:
        """The facts about what people write, by predicate."""
        return FactBase(sorted((self.root / WORDS).glob("*.lp"))).certain

    def of(self, branch: Branch | None) -> Library:
        """The library of another branch, or of everything, below the same root; read once."""
        if branch not in self._siblings:
            self._siblings[branch] = sibling = Library(self.root, branch, self.layer)
            sibling._siblings = self._siblings
        return self._siblings[branch]

    def under(self, readings: Mapping[str, str] | None = None) -> KnowledgeBase:
        """What decides, under the given readings and the defaults elsewhere."""
        key = tuple(sorted((readings or {}).items()))
        if key not in self._bases:
            like = self._bases[()]._facts if () in self._bases else None
            conditional = amended(self._facts.conditional(dict(key)), self.layer)
            facts = Facts(conditional, self._certain, like)
            self._bases[key] = KnowledgeBase(self, dict(key), facts)
        return self._bases[key]

    def decider(self, clauses: tuple[Clause, ...]) -> Decider:
        """The theory grounded over these clauses; the same trees share one."""
        facts = tuple(structure(clauses))
        if facts not in self._deciders:
            programs = [folder("kb") / name for name in THEORY]
            from lgreason.rules.solver import Decider

            self._deciders[facts] = Decider(programs, facts, leaves(clauses))
        return self._deciders[facts]

    def flipper(self, clauses: tuple[Clause, ...]) -> Flipper:
        """The theory grounded over these clauses for finding minimal sets; the same trees share one."""
        facts = tuple(structure(clauses))
        if facts not in self._flippers:
            programs = [folder("kb") / name for name in (*THEORY, MINIMAL)]
            from lgreason.rules.solver import Flipper

            self._flippers[facts] = Flipper(programs, facts, leaves(clauses))
        return self._flippers[facts]

    def comparer(self, clauses: tuple[Clause, ...], bearing: Sequence[Fn]) -> Comparer:
        """The theory grounded over these clauses for questions on all cases at once (kb/compare.lp)."""
        from lgreason.rules.solver import Comparer

        programs = [self.root / name for name in (*THEORY, COMPARE)]
        return Comparer(programs, (*structure(clauses), *bearing), leaves(clauses))


class KnowledgeBase:
    """The knowledge base under one choice of readings."""

    def __init__(self, library: Library, chosen: dict[str, str], facts: Facts) -> None:
        """Wrap the facts; everything typed is built on first use."""
        self.library = library
        self.chosen = chosen
        self._facts = facts
        self._declarations: dict[str, Declarations] = {}

    @cached_property
    def whole(self) -> KnowledgeBase:
        """The same with all that the other branches hold, and with what describes."""
        return self.library.of(None).under(self.chosen)

    @cached_property
    def described(self) -> KnowledgeBase:
        """The same with what describes."""
        return KnowledgeBase(self.library, self.chosen, Facts(self.library.described.own, self._facts))

    @cached_property
    def declared(self) -> KnowledgeBase:
        """The same with what declares the facts of files."""
        return KnowledgeBase(self.library, self.chosen, Facts(self.library.declared.own, self._facts))

    def declarations(self, subject: str) -> Declarations:
        """What may be known about a subject: asked of the base that is `declared`."""
        from lgreason.rules.declared import Declarations

        if subject not in self._declarations:
            self._declarations[subject] = Declarations(self, subject)
        return self._declarations[subject]

    def extended(self, facts: Iterable[Fn]) -> KnowledgeBase:
        """The same with more facts, which no reading changes."""
        rows: dict[str, Rows] = {}
        for fact in facts:
            rows.setdefault(fact.name, []).append(fact.args)
        return KnowledgeBase(self.library, self.chosen, Facts(rows, self._facts))

    def rows(self, predicate: str) -> Sequence[tuple[Value, ...]]:
        """The facts of a predicate, as rows of plain values."""
        return self._facts.rows(predicate)

    @property
    def clauses(self) -> dict[str, Clause]:
        """Every clause by its id, in the order of the files."""
        return self._facts.clauses

    def _pairs(self, predicate: str) -> list[tuple[str, Value]]:
        return [(str(identity), value) for identity, value in self.rows(predicate)]

    def _texts(self, predicate: str) -> dict[str, Text]:
        found: dict[str, dict[str, str]] = {}
        for identity, language, text in self.rows(predicate):
            found.setdefault(str(identity), {})[constant(language)] = str(text)
        return {identity: Text(**texts) for identity, texts in found.items()}

    @cached_property
    def posts(self) -> dict[str, str]:
        """The clause that opens each position, lowest position first."""
        ranks = dict(self._pairs("rank"))
        posts = {position: str(clause) for position, clause in self._pairs("post")}
        return {
            position: posts[position] for position in sorted(posts, key=lambda p: (str(ranks.get(p, "")), p))
        }

    def required_levels(self, document: str, level: str) -> tuple[tuple[str, int], ...]:
        """The competencies of a document, by key, with the level required at a level of position."""
        return self._required.get((document, level), ())

    @cached_property
    def _required(self) -> dict[tuple[str, str], tuple[tuple[str, int], ...]]:
        keys = {str(identity): str(key) for identity, key, _, _ in self.rows("competency")}
        found: dict[tuple[str, str], list[tuple[str, int]]] = {}
        for identity, level, required in self.rows("required_level"):
            clause = self.clauses[str(identity)]
            row = (keys[clause.id], number(required))
            found.setdefault((clause.document, constant(level)), []).append(row)
        return {key: tuple(rows) for key, rows in found.items()}

    @cached_property
    def eligibility(self) -> tuple[Clause, ...]:
        """The clauses that decide who may hold a position."""
        return tree(self.clauses, tuple(self.posts.values()))

    @cached_property
    def decider(self) -> Decider:
        """The theory grounded over the eligibility clauses."""
        return self.library.decider(self.eligibility)

    @cached_property
    def flipper(self) -> Flipper:
        """The theory grounded over the eligibility clauses, for finding minimal sets."""
        return self.library.flipper(self.eligibility)

    @cached_property
    def readings(self) -> dict[str, Reading]:
        """Every ambiguity with the reading in force."""
        questions = {
            identity: text for (category, identity), text in self.names.items() if category == "reading"
        }
        texts: dict[str, dict[str, dict[str, str]]] = {}
        for identity, choice, language, text in self.rows("choice_text"):
            texts.setdefault(str(identity), {}).setdefault(constant(choice), {})[constant(language)] = str(
                text
            )
        order: dict[str, list[str]] = {}
        for identity, _, choice in sorted(self.rows("choice"), key=lambda row: (str(row[0]), number(row[1]))):
            order.setdefault(str(identity), []).append(constant(choice))
        chosen = {str(identity): constant(choice) for identity, choice in self.rows("reading")}
        confidence = {str(identity): constant(level) for identity, level in self.rows("confidence")}
        reasons = self._texts("reason")
        return {
            identity: Reading(
                id=identity,
                question=question,
                choices=tuple((choice, Text(**texts[identity][choice])) for choice in order[identity]),
                reason=reasons[identity],
                confidence=confidence[identity],
                chosen=chosen[identity],
            )
            for identity, question in sorted(questions.items())
        }

    @cached_property
    def names(self) -> dict[tuple[str, str], Text]:
        """The name of every term, by category and id."""
        found: dict[tuple[str, str], dict[str, str]] = {}
        for category, identity, language, text in self.rows("name"):
            found.setdefault((constant(category), str(identity)), {})[constant(language)] = str(text)
        return {key: Text(**texts) for key, texts in found.items()}


_OF_TABLES = ("adds", "subtracts", "ratio", "mean", "row", "opens", "sets_up", "limits")


def amended(rows: Mapping[str, Rows], layer: Layer) -> Mapping[str, Rows]:
    """Facts where the clauses that a layer replaces give way to its own, and those that it repeals are out."""
    if not layer.replaced and not layer.repealed:
        return rows
    gone = {*layer.replaced, *layer.repealed}
    renames: dict[str, str] = {}
    for old, new in layer.replaced.items():
        renames |= {new: old} if new == renewed(old) else {old: new}
    # A replacement with sums or rows of the table of its own takes the place of the old ones, not beside them.
    restated = {
        old
        for old, new in layer.replaced.items()
        if any(fact.name in _OF_TABLES and fact.args[-1] == new for fact in layer.facts)
    }
    # A row of a table that its replacement does not state again goes on to speak of its post.
    stated = {fact.args for fact in layer.facts if fact.name == "row"}
    found: dict[str, Rows] = {}
    for predicate, table in rows.items():
        kept = [
            row
            for row in table
            if row[:1] == () or row[0] not in gone
            if not (predicate in _OF_TABLES and row[-1] in restated)
            or (predicate == "row" and (*row[:-1], layer.replaced[str(row[-1])]) not in stated)
            if not (layer.repealed and any(_mentions(value, layer.repealed) for value in row))
        ]
        found[predicate] = [tuple(_renamed(value, renames) for value in row) for row in kept]
        if layer.kept and predicate in _OF_CLAUSES:
            found[predicate] += [
                _former(predicate, row, layer.kept, renames) for row in table if row[0] in layer.kept
            ]
    return found


_FORMER: Mapping[str, str] = {"th": "ความเดิม", "en": "as it was"}


def _former(
    predicate: str, row: tuple[Value, ...], kept: Mapping[str, str], renames: Mapping[str, str]
) -> tuple[Value, ...]:
    """A row of a clause as it was before it was amended, under the id of the old words."""
    rest = tuple(_renamed(value, renames) for value in row[1:])
    if predicate == "place" and isinstance(rest[0], Fn):
        rest = (rest[0], f"{rest[1]} ({_FORMER.get(rest[0].name, '')})")
    return (kept[str(row[0])], *rest)


def _mentions(value: Value, ids: frozenset[str]) -> bool:
    if isinstance(value, Fn):
        return any(_mentions(argument, ids) for argument in value.args)
    return value in ids


def _renamed(value: Value, renames: Mapping[str, str]) -> Value:
    if isinstance(value, Fn):
        return (
            Fn(value.name, tuple(_renamed(argument, renames) for argument in value.args))
            if value.args
            else value
        )
    return renames.get(value, value) if isinstance(value, str) else value


def _quantity(value: Value | None) -> tuple[str | None, Fn | None]:
    """What a clause measures: a kind of measurement of persons (a constant), a quantity by its id, an expression."""
    if value is None or isinstance(value, str):
        return value, None
    if isinstance(value, Fn) and (value.args or value.name in EXPRESSIONS):
        return EXPRESSION, value
    return constant(value), None


def _term(value: Value) -> Fn:
    assert isinstance(value, Fn)
    return value
