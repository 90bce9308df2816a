"""The knowledge base as typed values: read once, resolved for any choice of readings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from lgreason.rules.decider import Decider
from lgreason.rules.factbase import FactBase
from lgreason.rules.facts import FactTable
from lgreason.rules.findings import Finding, Unusable
from lgreason.rules.grounded import grounded
from lgreason.rules.layer import Layer, Rulebook, amended
from lgreason.rules.model import Clause, Text, leaves, structure, tree
from lgreason.rules.terms import Fn, Rows, Value, constant, number

if TYPE_CHECKING:
    from lgreason.rules.declared import Declarations
    from lgreason.rules.kinds import Kinds
    from lgreason.rules.solver.deciding import Comparer, Flipper

THEORY = ("theory.lp", "generic.lp")
MINIMAL = "minimal.lp"
COMPARE, OPTIONS, STRUCTURES, SOUND = "compare.lp", "options.lp", "structures.lp", "sound.lp"
STEPS = "steps.lp"
RULES = (*THEORY, MINIMAL, COMPARE, OPTIONS, STRUCTURES, SOUND, STEPS)
"""The files that hold rules; all others hold facts."""
DESCRIPTION = "description"
DECLARATIONS = "facts"
"""The folder that declares what files may state (docs/facts.md), read when a file or a clause first asks."""
WORDS = "words"
"""The folder of what people write; it decides nothing, and is read when a word of it is first looked up."""
Branch = Literal["persons", "organisations"]
FOLDERS: Mapping[Branch, tuple[str, ...]] = {"persons": ("std", "history"), "organisations": ("org",)}
"""What decides about persons and what about organisations: neither needs the other's clauses."""


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


def folder(name: str) -> Path:
    """The folder `kb` or `grammar`: inside the installed package, or beside it in a checkout; raises `Unusable`."""
    package = Path(__file__).parent.parent
    inside, beside = package / name, package.parent / name
    if inside.is_dir():
        return inside
    if beside.is_dir():
        return beside
    raise Unusable((Finding("cli_folder_missing", args={"folder": str(inside)}),))


def fact_files(root: Path) -> list[Path]:
    """The files below `root` that hold facts."""
    return [path for path in sorted(root.rglob("*.lp")) if path.name not in RULES]


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
        self._deciders: dict[object, Decider] = {}
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
    def _certain(self) -> FactTable:
        return FactTable(amended(self._facts.certain, self.layer))

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
    def declared(self) -> FactTable:
        """The facts that declare what files may state."""
        return FactTable(FactBase(sorted((self.root / DECLARATIONS).glob("*.lp"))).certain)

    @cached_property
    def described(self) -> FactTable:
        """The facts of the files that describe."""
        return FactTable(amended(FactBase(self._files(describing=True)).certain, self.layer))

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
            facts = FactTable(conditional, self._certain, like)
            self._bases[key] = KnowledgeBase(self, dict(key), facts)
        return self._bases[key]

    def decider(self, clauses: tuple[Clause, ...]) -> Decider:
        """The theory grounded over these clauses; the same trees share one."""
        demanded = tuple((clause.id, clause.says, clause.parts, clause.exceptions) for clause in clauses)
        if demanded not in self._deciders:
            self._deciders[demanded] = Decider(
                grounded([folder("kb") / name for name in THEORY], clauses, keep=self.layer == Layer())
            )
        return self._deciders[demanded]

    def flipper(self, clauses: tuple[Clause, ...]) -> Flipper:
        """The theory grounded over these clauses for finding minimal sets; the same trees share one."""
        facts = tuple(structure(clauses))
        if facts not in self._flippers:
            programs = [folder("kb") / name for name in (*THEORY, MINIMAL)]
            from lgreason.rules.solver.deciding import Flipper

            self._flippers[facts] = Flipper(programs, facts, leaves(clauses))
        return self._flippers[facts]

    def comparer(self, clauses: tuple[Clause, ...], bearing: Sequence[Fn]) -> Comparer:
        """The theory grounded over these clauses for questions on all cases at once (kb/compare.lp)."""
        from lgreason.rules.solver.deciding import Comparer

        programs = [self.root / name for name in (*THEORY, COMPARE)]
        return Comparer(programs, (*structure(clauses), *bearing), leaves(clauses))


class KnowledgeBase:
    """The knowledge base under one choice of readings."""

    def __init__(self, library: Library, chosen: dict[str, str], facts: FactTable) -> None:
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
        return KnowledgeBase(self.library, self.chosen, FactTable(self.library.described.own, self._facts))

    @cached_property
    def declared(self) -> KnowledgeBase:
        """The same with what declares the facts of files."""
        return KnowledgeBase(self.library, self.chosen, FactTable(self.library.declared.own, self._facts))

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
        return KnowledgeBase(self.library, self.chosen, FactTable(rows, self._facts))

    def differs_in(self, other: KnowledgeBase) -> frozenset[str]:
        """The predicates whose facts are not the same under the readings of another base of the same library."""
        mine, theirs = self._facts.own, other._facts.own
        return frozenset(name for name in {*mine, *theirs} if mine.get(name) != theirs.get(name))

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
    def kinds(self) -> Kinds:
        """The types and kinds of organisation, and their posts: those of what speaks of organisations."""
        from lgreason.rules.kinds import Kinds

        return Kinds(self)

    def bearing_on(self, what: str) -> tuple[str, ...]:
        """The ambiguities that bear on something besides the clauses that rely on them (`bears_on`)."""
        return self._bearing.get(what, ())

    @cached_property
    def _bearing(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for identity, what in self.rows("bears_on"):
            found[constant(what)] = (*found.get(constant(what), ()), str(identity))
        return found

    def foremost(self, relies: Iterable[str]) -> str:
        """Of the readings on which a clause relies the one most its own: some bear on nearly every clause."""
        general = self.bearing_on("every_clause")
        return min(relies, key=lambda reading: (reading in general, reading))

    @cached_property
    def names(self) -> dict[tuple[str, str], Text]:
        """The name of every term, by category and id."""
        found: dict[tuple[str, str], dict[str, str]] = {}
        for category, identity, language, text in self.rows("name"):
            found.setdefault((constant(category), str(identity)), {})[constant(language)] = str(text)
        return {key: Text(**texts) for key, texts in found.items()}
